import type { ReactNode } from "react";
import { formatDate, formatList } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Card } from "../../ui/Card";
import { Link } from "../../ui/Link";
import { Status } from "../../ui/Status";
import { TaskState } from "../../ui/TaskState";
import { orgsUrl, planUrl, tasksUrl } from "../../ui/urls";
import type { TaskDetailData } from "./queries";
import { sectionTitle } from "./section-title";

/** State, departments, time and place in the plan. */
export function TaskFacts({ task }: { readonly task: TaskDetailData }) {
  const t = useMessages("task");
  const words = useMessages("domain");
  return (
    <Card>
      <dl className="grid gap-x-6 gap-y-3 grid-cols-[max-content_minmax(0,1fr)]">
        <Fact name={t("state")}>
          <TaskState state={task.state} />
          {task.state === "DRAFT" && (
            <span className="ml-2 text-sm text-muted">{t("state.draft")}</span>
          )}
        </Fact>
        <Fact name={t("kind")}>{words(`kind.${task.kind}`)}</Fact>
        <Departments task={task} role="LEAD" />
        <Departments task={task} role="SUPPORT" />
        <DeadlineFact task={task} />
        <Owners task={task} />
        {task.plan !== null && (
          <Fact name={t("place")}>
            <Link to={planUrl(task.plan.code)} className="text-link hover:underline">
              {task.plan.title}
            </Link>
            {task.section !== null && (
              <Link
                to={tasksUrl({ plan: task.plan.code, section: task.section.id })}
                className="block text-link hover:underline"
              >
                {sectionTitle(task.section)}
              </Link>
            )}
          </Fact>
        )}
      </dl>
    </Card>
  );
}

/** The last day; the one that is evaluated beside it where it was moved. */
function DeadlineFact({ task }: { readonly task: TaskDetailData }) {
  const t = useMessages("task");
  const words = useMessages("life");
  const { originalDeadline, isOverdue, isStanding } = task.life;
  return (
    <Fact name={t("deadline")}>
      {task.deadline === null ? (
        <span className="text-muted">{t("deadline.none")}</span>
      ) : (
        <span className="inline-flex flex-wrap items-baseline gap-x-2">
          {formatDate(task.deadline)}
          {isOverdue && (
            <span className="text-sm">
              <Status shape="square" tone="danger" word={words("facts.overdue")} />
            </span>
          )}
          {originalDeadline !== null && originalDeadline !== task.deadline && (
            <span className="text-sm text-muted">
              {words("facts.original", { date: formatDate(originalDeadline) })}
            </span>
          )}
        </span>
      )}
      {task.deadlineText !== null && (
        <span className="ml-2 text-sm text-muted">{t("inText", { text: task.deadlineText })}</span>
      )}
      {isStanding && <p className="caption text-sm text-muted">{words("standing")}</p>}
    </Fact>
  );
}

/** Who answers and who stands in; before the acceptance, who could. */
function Owners({ task }: { readonly task: TaskDetailData }) {
  const t = useMessages("life");
  const { accountable, substitute, ownerCandidates, grade } = task.life;
  return (
    <>
      {accountable !== null && <Fact name={t("accountable")}>{accountable.displayName}</Fact>}
      {substitute !== null && <Fact name={t("substitute")}>{substitute.displayName}</Fact>}
      {accountable === null && task.state === "ASSIGNED" && (
        <Fact name={t("facts.candidates")}>
          {ownerCandidates.length === 0 ? (
            <span className="text-warn">{t("facts.candidates.none")}</span>
          ) : (
            formatList(ownerCandidates.map((one) => one.displayName))
          )}
        </Fact>
      )}
      {grade !== null && <Fact name={t("grade")}>{t(`grade.${grade}`)}</Fact>}
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="pt-px text-sm leading-6 text-muted">{name}</dt>
      <dd className="m-0 min-w-0">{children}</dd>
    </div>
  );
}

interface DepartmentsProps {
  readonly task: TaskDetailData;
  readonly role: "LEAD" | "SUPPORT";
}

/** Departments in one role; names that the register does not know are said to be so. */
function Departments({ task, role }: DepartmentsProps) {
  const t = useMessages("task");
  const words = useMessages("domain");
  const assigned = task.assignments.edges
    .map((edge) => edge.node)
    .filter((assignment) => assignment.role === role);
  const unknown = task.unresolvedDepartments.filter((one) => one.role === role);
  const isEmpty = assigned.length + unknown.length === 0;
  return (
    <Fact name={words(`role.${role}`)}>
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {isEmpty && <li className="text-muted">{t(`none.${role}`)}</li>}
        {assigned.map(({ id, department, nameInText }) => (
          <li key={id}>
            <Link
              to={orgsUrl(department.code)}
              title={
                nameInText === department.name ? undefined : t("nameInText", { name: nameInText })
              }
              className={`text-link hover:underline ${role === "LEAD" ? "font-medium" : ""}`}
            >
              {department.name}
            </Link>
          </li>
        ))}
        {unknown.map((one) => (
          <li key={one.name}>
            {one.name}
            <span className="ml-1 text-sm text-warn">{t("unresolved")}</span>
          </li>
        ))}
      </ul>
      {role === "LEAD" && !task.isRoleStated && assigned.length > 0 && (
        <p className="caption text-sm text-muted">{t("roleNotStated")}</p>
      )}
      {role === "SUPPORT" && task.hasOthersUnnamed && (
        <p className="caption text-sm text-muted">{t("othersUnnamed")}</p>
      )}
    </Fact>
  );
}
