import { useMemo } from "react";
import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { responsibilityOf, withDepartment, withLead, withoutSupport } from "./assignments";
import { DepartmentPicker } from "./DepartmentPicker";
import { useDraft } from "./draft-context";
import type { DraftTaskData } from "./fragments";
import { SetAssignments } from "./mutations";
import { SaveState } from "../../states/SaveState";
import { useAct } from "../../graphql/use-act";
import { useEdit } from "../../states/use-edit";
import type { ResultOf } from "../../graphql/graphql";
import type { Responsibility } from "./assignments";
import type { Outcome } from "../../graphql/outcome";

const payloadOf = (data: ResultOf<typeof SetAssignments>) => data.setAssignments;

/** Lead and supporting departments of a task; every change is stored at once. */
export function DepartmentEditor({ task }: { readonly task: DraftTaskData }) {
  const t = useMessages("draft");
  const { departments, reload } = useDraft();
  const act = useAct(SetAssignments, payloadOf);
  const stored = useMemo(
    () => responsibilityOf(task.assignments.edges.map((edge) => edge.node)),
    [task.assignments],
  );
  const names = useNames(task);

  const commit = async (changed: Partial<Responsibility>): Promise<Outcome> => {
    const { lead, support } = { ...stored, ...changed };
    if (lead === null) return { kind: "done" };
    return act({
      taskId: task.id,
      expectedVersion: task.version,
      lead,
      support: [...support],
    });
  };
  const edit = useEdit<Responsibility>(stored, commit, reload);
  const who = edit.values;
  const chosen = who.lead === null ? who.support : [who.lead, ...who.support];

  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium">{t("departments.title")}</legend>
      <ul className="grid gap-1">
        {who.lead !== null && (
          <li className="flex min-h-9 items-center gap-2">
            <Badge tone="info">{t("role.LEAD")}</Badge>
            <span>{names.get(who.lead)}</span>
          </li>
        )}
        {who.support.map((id) => (
          <li key={id} className="flex min-h-9 flex-wrap items-center gap-2">
            <Badge>{t("role.SUPPORT")}</Badge>
            <span>{names.get(id)}</span>
            <span className="ml-auto flex gap-1">
              <Button
                size="small"
                variant="quiet"
                onClick={() => void edit.save(withLead(who, id))}
              >
                {t("departments.makeLead")}
                <span className="sr-only">{names.get(id)}</span>
              </Button>
              <Button
                size="small"
                variant="quiet"
                onClick={() => void edit.save(withoutSupport(who, id))}
              >
                {t("departments.remove")}
                <span className="sr-only">{names.get(id)}</span>
              </Button>
            </span>
          </li>
        ))}
        {task.unresolvedDepartments.map((one) => (
          <li key={one.name} className="flex min-h-9 items-center gap-2">
            <Badge tone="warning">{t("departments.unknown")}</Badge>
            <span>{t("departments.unknownName", { name: one.name })}</span>
          </li>
        ))}
      </ul>
      <DepartmentPicker
        label={who.lead === null ? t("departments.chooseLead") : t("departments.add")}
        departments={departments}
        without={chosen}
        onChoose={(id) => void edit.save(withDepartment(who, id))}
      />
      {!task.isRoleStated && who.support.length > 0 && (
        <p className="caption text-sm text-muted">{t("departments.roleNotStated")}</p>
      )}
      {task.hasOthersUnnamed && (
        <p className="caption text-sm text-muted">{t("departments.othersUnnamed")}</p>
      )}
      <SaveState
        status={edit.status}
        errors={edit.errors}
        requestId={edit.requestId}
        fields={[]}
        onRetry={() => void edit.save()}
        onReset={edit.reset}
      />
    </fieldset>
  );
}

/** Short names by id, of the register and of the task's own departments. */
function useNames(task: DraftTaskData): ReadonlyMap<string, string> {
  const { departments } = useDraft();
  return useMemo(() => {
    const known = departments.map((one) => [one.id, one.name] as const);
    const own = task.assignments.edges.map(
      ({ node }) => [node.department.id, node.department.name] as const,
    );
    return new Map([...known, ...own]);
  }, [departments, task.assignments]);
}
