import { useMessages } from "../../i18n/messages";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { useUrlSearch } from "../../ui/use-url-search";
import { TASK_LAYOUTS, taskListView } from "./list";

/** List, board or timeline of the same tasks; part of the address. */
export function TaskLayoutSwitch() {
  const t = useMessages("tasks");
  const [search, change] = useUrlSearch();
  return (
    <SegmentedControl
      label={t("layout")}
      value={taskListView(search).layout}
      options={TASK_LAYOUTS.map((value) => ({ value, label: t(`layout.${value}`) }))}
      onChange={(layout) => change({ layout: layout === "list" ? undefined : layout })}
    />
  );
}
