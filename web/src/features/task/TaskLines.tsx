import { useMessages } from "../../i18n/messages";
import { Light } from "../../ui/Light";
import { Phrases } from "../../ui/Phrases";
import { TaskState } from "../../ui/TaskState";
import type { TaskGroup, TaskGroupBy } from "./list";
import type { TaskRow } from "./queries";
import { sectionTitle } from "./section-title";

/** A heading of a group, or a task. */
export type Line =
  | { readonly key: string; readonly group: TaskGroup<TaskRow> }
  | { readonly key: string; readonly group: null; readonly task: TaskRow };

/** The tasks in one list, each group under its heading. */
export function linesOf(groups: readonly TaskGroup<TaskRow>[], by: TaskGroupBy): readonly Line[] {
  return groups.flatMap<Line>((group) => [
    ...(by === "none" ? [] : [{ key: `group:${group.key}`, group }]),
    ...group.items.map((task) => ({ key: task.id, group: null, task })),
  ]);
}

/** The heading of a group, with the number of its tasks. */
export function GroupHead({
  group,
  by,
}: {
  readonly group: TaskGroup<TaskRow>;
  readonly by: TaskGroupBy;
}) {
  const t = useMessages("tasks");
  const words = useMessages("domain");
  const { of } = group;
  const name = {
    none: "",
    light: "",
    section:
      of.section !== null
        ? sectionTitle(of.section)
        : of.kind === "KEY_TASK"
          ? words("kind.KEY_TASK")
          : t("group.noSection"),
    department: of.lead?.shortName ?? t("group.noLead"),
    state: "",
  }[by];
  return (
    <span className="flex items-baseline gap-2">
      <span className="phrases min-w-0 font-semibold">
        {by === "state" ? (
          <TaskState state={of.state} />
        ) : by === "light" ? (
          <Light colour={of.light.colour} />
        ) : (
          <Phrases text={name} />
        )}
      </span>
      <span className="text-sm whitespace-nowrap text-muted">
        {t("group.count", { count: group.items.length })}
      </span>
    </span>
  );
}
