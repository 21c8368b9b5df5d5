import { useState } from "react";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { classNames } from "../../ui/class-names";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { Select } from "../../ui/Select";
import { TextInput } from "../../ui/TextInput";
import { Toolbar } from "../../ui/Toolbar";
import { useTypedText } from "../../ui/use-typed-text";
import type { SearchChange } from "../../ui/use-url-search";
import type { TaskFacets } from "./facets";
import { TASK_GROUPS, type TaskListView } from "./list";

interface TaskFilterBarProps {
  readonly view: TaskListView;
  readonly facets: TaskFacets;
  readonly onChange: (change: SearchChange) => void;
}

/** Everything that narrows or groups the list; each choice is part of the address. */
export function TaskFilterBar({ view, facets, onChange }: TaskFilterBarProps) {
  const t = useMessages("tasks");
  const [isOpen, setOpen] = useState(false);
  const chosen = facets.active.filter((one) => one.name !== "text").length;
  return (
    <Toolbar label={t("filter.label")}>
      <div className="flex w-full flex-wrap items-center gap-2">
        {facets.kinds.length > 2 && (
          <SegmentedControl
            label={t("filter.kind")}
            value={view.kinds?.join(",") ?? ""}
            options={facets.kinds}
            onChange={(kind) => onChange({ kind })}
            className={classNames("max-md:w-full", !isOpen && "max-md:hidden")}
          />
        )}
        <SearchBox text={view.text} onChange={onChange} />
        <Button
          className="md:hidden"
          icon="filter"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {t("filter.show")}
          {chosen > 0 && <span className="tabular-nums">{chosen}</span>}
        </Button>
        <div
          className={classNames(
            "w-full grid-cols-2 gap-2 md:contents",
            isOpen ? "max-md:grid" : "max-md:hidden",
          )}
        >
          <div className="flex flex-wrap items-center gap-2 max-md:contents">
            <Choices view={view} facets={facets} onChange={onChange} />
          </div>
          <div className="flex flex-wrap items-center gap-2 max-md:contents md:ml-auto">
            {view.layout !== "board" && (
              <Select
                aria-label={t("group")}
                value={view.group}
                options={TASK_GROUPS.map((value) => ({ value, label: t(`group.${value}`) }))}
                onChange={(group) => onChange({ group: group === "none" ? undefined : group })}
                className="w-full md:w-auto"
              />
            )}
          </div>
        </div>
      </div>
    </Toolbar>
  );
}

function SearchBox({ text, onChange }: Pick<TaskFilterBarProps, "onChange"> & { text: string }) {
  const t = useMessages("tasks");
  const [settle] = useState(() => (next: string) => onChange({ text: next.trim() }));
  const { input } = useTypedText(text, settle);
  return (
    <TextInput
      {...input}
      type="search"
      data-search=""
      aria-label={t("filter.text")}
      placeholder={t("filter.text")}
      className="max-md:min-w-0 max-md:flex-1 md:w-56"
    />
  );
}

/** Section, department with its role, light, state and metrics. */
function Choices({ view, facets, onChange }: TaskFilterBarProps) {
  const t = useMessages("tasks");
  const look = "w-full md:w-auto md:max-w-36";
  return (
    <>
      {facets.sections.length > 1 && (
        <Select
          aria-label={t("filter.section")}
          value={view.section ?? ""}
          options={facets.sections}
          onChange={(section) => onChange({ section })}
          className={look}
        />
      )}
      <Select
        aria-label={t("filter.department")}
        value={view.department ?? ""}
        options={facets.departments}
        onChange={(department) =>
          onChange(department === "" ? { department, role: undefined } : { department })
        }
        className={look}
      />
      {view.department !== undefined && (
        <Select
          aria-label={t("filter.role")}
          value={view.role ?? ""}
          options={(["", "LEAD", "SUPPORT"] as const).map((value) => ({
            value,
            label: t(`filter.role.${value === "" ? "any" : value}`),
          }))}
          onChange={(role) => onChange({ role })}
          className={look}
        />
      )}
      <Select
        aria-label={t("filter.light")}
        value={view.lights?.join(",") ?? ""}
        options={facets.lights}
        onChange={(light) => onChange({ light })}
        className={look}
      />
      <Select
        aria-label={t("filter.state")}
        value={view.states?.join(",") ?? ""}
        options={facets.states}
        onChange={(state) => onChange({ state })}
        className={look}
      />
      <Select
        aria-label={t("filter.metric")}
        value={view.metric ?? ""}
        options={(["", "yes", "no"] as const).map((value) => ({
          value,
          label: t(`filter.metric.${value === "" ? "any" : value}`),
        }))}
        onChange={(metric) => onChange({ metric })}
        className={look}
      />
    </>
  );
}
