import { lazy, Suspense, useDeferredValue, useMemo } from "react";
import { type CombinedError, useQuery } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import { useAllPages } from "../../graphql/use-all-pages";
import { useViewer } from "../../graphql/use-session";
import { loadMessages, useMessages } from "../../i18n/messages";
import { usePreferences } from "../../i18n/preferences";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { classNames } from "../../ui/class-names";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../states/ErrorState";
import { FilterChip } from "../../ui/FilterChip";
import { KeyHint } from "../../ui/KeyHint";
import { useUrlSearch } from "../../ui/use-url-search";
import { type TaskFacets, taskFacets } from "./facets";
import { filterTasks, groupTasks, sortTasks, type TaskSort, taskListView } from "./list";
import { TaskFacetsQuery, type TaskRow, TaskRowsQuery } from "./queries";
import { useSelection } from "./selection";
import { SelectionBar } from "./SelectionBar";
import { TaskFilterBar } from "./TaskFilterBar";
import { TaskListSkeleton } from "./TaskListSkeleton";
import { TaskTable } from "./TaskTable";

const loadLifeWords = () => loadMessages("life");
const TaskBoard = lazy(async () => {
  const [file] = await Promise.all([import("./board/TaskBoard"), loadLifeWords()]);
  return { default: file.TaskBoard };
});
const TaskTimeline = lazy(async () => {
  const file = await import("./timeline/TaskTimeline");
  return { default: file.TaskTimeline };
});

const tasksOf = (data: ResultOf<typeof TaskRowsQuery>) => data.tasks;
const NOTHING = {
  text: undefined,
  kind: undefined,
  section: undefined,
  department: undefined,
  role: undefined,
  state: undefined,
  light: undefined,
  metric: undefined,
} as const;

/** The tasks of a plan under the filters of the address. */
export function TaskList({ plan }: { readonly plan: string }) {
  const t = useMessages("tasks");
  const words = useMessages("domain");
  const [search, change] = useUrlSearch();
  const view = useMemo(() => taskListView(search), [search]);
  const [{ data: facetData }] = useQuery({ query: TaskFacetsQuery, variables: { plan } });
  const filter = {
    plan,
    ...(view.text !== "" && { text: view.text }),
    ...(view.department !== undefined && { department: view.department }),
    ...(view.department !== undefined && view.role !== undefined && { role: view.role }),
  };
  const { nodes, isStale, isComplete, error, reload } = useAllPages(
    TaskRowsQuery,
    { filter },
    tasksOf,
  );
  const settled = useDeferredValue(view);
  const shown = useMemo(
    () => sortTasks(filterTasks(nodes, settled), settled.sort, settled.isDescending),
    [nodes, settled],
  );
  const groups = useMemo(() => groupTasks(shown, settled.group), [shown, settled.group]);
  const facets = useMemo(
    () => taskFacets(nodes, facetData?.plan, view, [t, words]),
    [nodes, facetData, view, t, words],
  );
  const canIssue = useViewer()?.canIssueNotices === true;
  const selection = useSelection();
  const sortBy = (sort: TaskSort): void => {
    const isAgain = sort === view.sort;
    change({
      sort: sort === "position" ? undefined : sort,
      order: isAgain && !view.isDescending ? "desc" : undefined,
    });
  };

  if (error !== undefined && nodes.length === 0 && !isAbsent(error)) {
    return <ErrorState error={error} onRetry={reload} />;
  }
  if (nodes.length === 0 && !isComplete && error === undefined) return <TaskListSkeleton />;
  const isBoard = settled.layout === "board" && shown.length > 0;
  const open = (code: string): void => change({ task: code }, true);
  const isNarrowed = facets.active.length > 0 || view.kinds !== undefined;
  return (
    <div className="grid min-w-0 gap-3">
      <TaskFilterBar view={view} facets={facets} onChange={change} />
      <ActiveFilters
        facets={facets}
        shown={shown.length}
        all={facetData?.plan?.overview.taskCount ?? nodes.length}
        isNarrowed={isNarrowed}
        hasKeys={!isBoard}
        onChange={change}
      />
      {isBoard && (
        <Suspense fallback={<TaskListSkeleton />}>
          <TaskBoard tasks={shown} onOpen={open} />
        </Suspense>
      )}
      {!isBoard && (
        <Card isFlush className={classNames("transition-opacity", isStale && "opacity-60")}>
          {shown.length > 0 && settled.layout === "list" && (
            <TaskTable
              groups={groups}
              view={settled}
              selection={canIssue ? selection : null}
              onSort={sortBy}
              onOpen={open}
            />
          )}
          {shown.length > 0 && settled.layout === "timeline" && (
            <Suspense fallback={<TaskListSkeleton />}>
              <TaskTimeline groups={groups} by={settled.group} filter={filter} onOpen={open} />
            </Suspense>
          )}
          {shown.length === 0 && isNarrowed && (
            <EmptyState
              icon="search"
              title={t("nothing.title")}
              actions={<Button onClick={() => change(NOTHING)}>{t("filter.clear")}</Button>}
            >
              {t("nothing.detail")}
            </EmptyState>
          )}
          {shown.length === 0 && !isNarrowed && (
            <EmptyState title={t("none.title")}>{t("none.detail")}</EmptyState>
          )}
        </Card>
      )}
      {settled.layout === "list" && (
        <SelectionBar codes={groups.flatMap(codesOf)} selection={selection} />
      )}
    </div>
  );
}

function codesOf(group: { readonly items: readonly TaskRow[] }): readonly string[] {
  return group.items.map((task) => task.code);
}

/** Whether the address names a department that does not exist: then nothing matches. */
function isAbsent(error: CombinedError): boolean {
  return error.graphQLErrors.some((one) => one.extensions.code === "NOT_FOUND");
}

interface ActiveFiltersProps {
  readonly facets: TaskFacets;
  readonly shown: number;
  readonly all: number;
  readonly isNarrowed: boolean;
  /** Whether rows can be walked through. */
  readonly hasKeys: boolean;
  readonly onChange: ReturnType<typeof useUrlSearch>[1];
}

/** How many rows there are, and the filters that hold, each with a button to take it off. */
function ActiveFilters({ facets, shown, all, isNarrowed, hasKeys, onChange }: ActiveFiltersProps) {
  const t = useMessages("tasks");
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-2">
      <p aria-live="polite" className="mr-1 text-sm text-muted">
        {isNarrowed ? t("count.of", { count: shown, all }) : t("count", { count: shown })}
      </p>
      {facets.active.map((one) => (
        <FilterChip
          key={one.name}
          name={one.label}
          value={one.value}
          removeLabel={t("filter.remove", { name: one.label })}
          onRemove={() =>
            onChange(
              one.name === "department"
                ? { department: undefined, role: undefined }
                : { [one.name]: undefined },
            )
          }
        />
      ))}
      {isNarrowed && (
        <Button variant="quiet" size="small" onClick={() => onChange(NOTHING)}>
          {t("filter.clear")}
        </Button>
      )}
      {hasKeys && <KeyHints />}
    </div>
  );
}

/** The keys of the list, where there is a keyboard and they are not turned off. */
function KeyHints() {
  const t = useMessages("tasks");
  const { hasShortcuts } = usePreferences();
  if (!hasShortcuts) return null;
  return (
    <p className="no-print ml-auto flex items-center gap-4 text-sm text-muted max-lg:hidden pointer-coarse:hidden">
      <span className="flex items-center gap-1.5">
        <KeyHint keys={["j", "k"]} />
        {t("keys.move")}
      </span>
      <span className="flex items-center gap-1.5">
        <KeyHint keys={["Enter"]} />
        {t("keys.open")}
      </span>
      <span className="flex items-center gap-1.5">
        <KeyHint keys={["/"]} />
        {t("keys.find")}
      </span>
    </p>
  );
}
