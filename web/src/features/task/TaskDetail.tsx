import { useEffect } from "react";
import { useQuery } from "urql";
import { onTaskNews } from "../../graphql/task-news";
import { useToday } from "../../graphql/use-today";
import { useMessages } from "../../i18n/messages";
import { useAsOfDay } from "../../ui/as-of";
import { classNames } from "../../ui/class-names";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../states/ErrorState";
import { LinkButton } from "../../ui/LinkButton";
import { SkeletonLines } from "../../ui/Skeleton";
import { tasksUrl } from "../../ui/urls";
import { TaskActs } from "./acts/TaskActs";
import { TaskHistory } from "./life/TaskHistory";
import { TaskRail } from "./life/TaskRail";
import { type TaskDetailData, TaskDetailQuery } from "./queries";
import { LazyMatters } from "./matters/LazyMatters";
import { TaskFacts } from "./TaskFacts";
import { TaskLight } from "./TaskLight";
import { TaskLinks } from "./TaskLinks";
import { TaskMetrics } from "./TaskMetrics";
import { TaskSource } from "./TaskSource";

/** Reads a task; the same data serve the page and the drawer. */
export function useTask(code: string) {
  const [{ data, error, fetching }, read] = useQuery({
    query: TaskDetailQuery,
    variables: { code },
    requestPolicy: "cache-and-network",
  });
  const id = data?.task?.id;
  useEffect(() => {
    if (id === undefined) return;
    return onTaskNews(id, () => read({ requestPolicy: "network-only" }));
  }, [id, read]);
  return {
    task: data?.task,
    error,
    isLoading: fetching && data === undefined,
    reload: () => {
      read({ requestPolicy: "network-only" });
    },
  };
}

type Loaded = ReturnType<typeof useTask>;

interface TaskDetailProps {
  readonly loaded: Loaded;
  /** A whole page: the facts stand at the right where there is room. */
  readonly isPage?: boolean;
}

/** All that is known of a task: source, departments, time, targets, steps, related tasks. */
export function TaskDetail({ loaded, isPage = false }: TaskDetailProps) {
  const t = useMessages("task");
  const { task, error, isLoading, reload } = loaded;
  const { today: now } = useToday();
  const today = useAsOfDay() ?? now;
  if (task == null) {
    if (error !== undefined) return <ErrorState error={error} onRetry={reload} />;
    if (isLoading || task === undefined) {
      return (
        <div role="status" aria-busy="true" aria-label={t("loading")}>
          <SkeletonLines count={3} className="h-24" />
        </div>
      );
    }
    return (
      <EmptyState
        title={t("absent")}
        actions={<LinkButton to={tasksUrl()}>{t("absent.list")}</LinkButton>}
      >
        {t("absent.detail")}
      </EmptyState>
    );
  }
  return (
    <div className="grid gap-4">
      <div className="-order-2 empty:hidden">
        <TaskActs
          task={task}
          mayHandOut={task.plan?.viewerCanHandOut ?? task.viewerCanEdit}
          today={today}
          reload={reload}
        />
      </div>
      <TaskRail task={task} today={today} />
      <TaskBody task={task} isPage={isPage} reload={reload} />
    </div>
  );
}

interface TaskBodyProps {
  readonly task: TaskDetailData;
  readonly isPage: boolean;
  readonly reload: () => void;
}

/**
 * Facts, source, targets, steps, related tasks, history. In one column the light stands above the
 * closed loop: what is red, and why, comes first.
 */
function TaskBody({ task, isPage, reload }: TaskBodyProps) {
  return (
    <div
      className={classNames(
        isPage
          ? "gap-4 max-lg:contents lg:grid lg:grid-cols-[minmax(0,1fr)_22rem] lg:items-start large:!grid-cols-1"
          : "contents",
      )}
    >
      <div
        className={
          isPage
            ? "gap-4 max-lg:contents lg:sticky lg:top-20 lg:order-last lg:grid large:!static large:!order-none"
            : "contents"
        }
      >
        <div className={isPage ? "max-lg:-order-1" : "-order-1"}>
          <TaskLight task={task} />
        </div>
        <TaskFacts task={task} />
      </div>
      <div className="grid min-w-0 gap-4">
        <TaskSource task={task} />
        <TaskMetrics task={task} />
        <LazyMatters code={task.code} reload={reload} />
        <TaskLinks task={task} />
        <TaskHistory task={task} />
      </div>
    </div>
  );
}
