import type { ReactNode } from "react";
import { formatDate, formatList } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { Card } from "../../ui/Card";
import { Light } from "../../ui/Light";
import { Link } from "../../ui/Link";
import { orgsUrl, taskUrl, tasksUrl } from "../../ui/urls";
import type { DepartmentDetailData, DepartmentRow, DepartmentTaskData } from "./fragments";

interface DepartmentDetailProps {
  readonly department: DepartmentDetailData;
  /** Departments directly below, in the order of the register. */
  readonly below: readonly DepartmentRow[];
  /** County associations anywhere below. */
  readonly countyCount: number;
  /** Metrics that it is asked for, under its tasks. */
  readonly figures: ReactNode;
  /** What the reader may do to it. */
  readonly acts: ReactNode;
}

/** Names, place, validity and tasks of a department, and what stands below it. */
export function DepartmentDetail(props: DepartmentDetailProps) {
  const { department, below, countyCount, figures, acts } = props;
  const t = useMessages("orgs");
  const others = department.otherNames.filter((name) => name !== department.shortName);
  return (
    <div className="grid gap-4">
      <Card>
        <nav aria-label={t("detail.chain")} className="text-sm text-muted">
          {department.ancestors.map((one) => (
            <span key={one.id}>
              <Link to={orgsUrl(one.code)} className="text-link hover:underline">
                {one.shortName}
              </Link>
              {" / "}
            </span>
          ))}
        </nav>
        <div className="mt-1 flex flex-wrap items-center gap-2">
          <h2 className="text-lg font-semibold">{department.name}</h2>
          <Badge>{t(`kind.${department.kind}`)}</Badge>
          {department.isVenue && <Badge tone="info">{t("venue")}</Badge>}
        </div>
        <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5">
          <Fact name={t("detail.code")}>{department.code}</Fact>
          <Fact name={t("detail.shortName")}>{department.shortName}</Fact>
          {others.length > 0 && <Fact name={t("detail.otherNames")}>{formatList(others)}</Fact>}
          <Fact name={t("detail.validity")}>
            {department.validTo === null
              ? t("detail.since", { from: formatDate(department.validFrom) })
              : t("detail.between", {
                  from: formatDate(department.validFrom),
                  to: formatDate(department.validTo),
                })}
          </Fact>
          {department.venueFrom !== null && (
            <Fact name={t("venue")}>
              {department.venueTo === null
                ? t("detail.since", { from: formatDate(department.venueFrom) })
                : t("detail.between", {
                    from: formatDate(department.venueFrom),
                    to: formatDate(department.venueTo),
                  })}
            </Fact>
          )}
          {countyCount > 0 && (
            <Fact name={t("detail.counties")}>
              {t("detail.countyCount", { count: countyCount })}
            </Fact>
          )}
        </dl>
        {department.byLight.length > 0 && (
          <ul
            aria-label={t("lights")}
            className="mt-3 flex flex-wrap gap-x-5 gap-y-1 border-t border-line pt-2"
          >
            {department.byLight.map(({ colour, count }) => (
              <li key={colour}>
                <Link
                  to={tasksUrl({ department: department.code, role: "LEAD", light: colour })}
                  className="control inline-flex min-h-8 items-center gap-2 text-ink hover:underline"
                >
                  <Light colour={colour} />
                  <strong className="font-semibold">{count}</strong>
                </Link>
              </li>
            ))}
          </ul>
        )}
        {acts}
      </Card>
      {department.leadCount > 0 && (
        <Tasks
          title={t("tasks.lead", { count: department.leadCount })}
          part="LEAD"
          code={department.code}
          tasks={department.lead}
        />
      )}
      {department.supportCount > 0 && (
        <Tasks
          title={t("tasks.support", { count: department.supportCount })}
          part="SUPPORT"
          code={department.code}
          tasks={department.support}
        />
      )}
      {figures}
      {below.length > 0 && (
        <Card title={t("below.title", { count: below.length })} isFlush>
          <ul className="sm:columns-2">
            {below.map((one) => (
              <li key={one.id} className="break-inside-avoid">
                <Link
                  to={orgsUrl(one.code)}
                  className="control flex min-h-10 items-center justify-between gap-3 px-4 text-ink hover:bg-sunken"
                >
                  {one.name}
                  <span className="text-sm text-muted">{one.code}</span>
                </Link>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

interface TasksProps {
  readonly title: string;
  readonly part: "LEAD" | "SUPPORT";
  readonly code: string;
  readonly tasks: {
    readonly edges: readonly { readonly node: DepartmentTaskData }[];
    readonly totalCount: number;
  };
}

/** Tasks in one role, each a link; a link to the filtered list stands above. */
function Tasks({ title, part, code, tasks }: TasksProps) {
  const t = useMessages("orgs");
  const { edges } = tasks;
  return (
    <Card
      title={title}
      isFlush
      actions={
        <Link
          to={tasksUrl({ department: code, role: part })}
          className="text-sm text-link hover:underline"
        >
          {t("tasks.open")}
        </Link>
      }
    >
      <ul>
        {edges.map(({ node }) => (
          <li key={node.id} className="border-b border-line last:border-b-0">
            <Link
              to={taskUrl(node.code)}
              className="control flex min-h-10 items-baseline gap-3 px-4 py-2 text-ink hover:bg-sunken"
            >
              <span className="shrink-0 text-sm text-muted">{node.code}</span>
              <span className="min-w-0 flex-1">{node.title}</span>
              <span className="text-sm">
                <Light {...node.light} />
              </span>
              {node.plan?.state === "DRAFT" && <Badge>{t("tasks.draft")}</Badge>}
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
