import { useQuery } from "urql";
import { IssueForm } from "../../features/notice/IssueForm";
import {
  type PressableTask,
  PressableTasksQuery,
  RecipientsQuery,
} from "../../features/notice/queries";
import { TaskChoice } from "../../features/notice/TaskChoice";
import type { ResultOf } from "../../graphql/graphql";
import { useAllPages } from "../../graphql/use-all-pages";
import { useViewer } from "../../graphql/use-session";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { NoPermission } from "../../states/NoPermission";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { Link } from "../../ui/Link";
import { LinkButton } from "../../ui/LinkButton";
import { PageHeader } from "../../ui/PageHeader";
import { SkeletonLines } from "../../ui/Skeleton";
import { noticesUrl, tasksUrl } from "../../ui/urls";
import { useUrlSearch } from "../../ui/use-url-search";

const NO_VARIABLES = {};
const pick = (data: ResultOf<typeof PressableTasksQuery>) => data.tasks;

/** 制发督办单: tasks, then who would be told, then what is asked. The address holds the tasks. */
export function IssueNoticesPage() {
  const t = useMessages("notices");
  const canIssue = useViewer()?.canIssueNotices === true;
  const [search, change] = useUrlSearch();
  const chosen = (search.get("tasks") ?? "").split(",").filter((code) => code !== "");
  const found = useAllPages(PressableTasksQuery, NO_VARIABLES, pick);
  if (!canIssue) return <NoPermission isPage />;
  if (found.error !== undefined && found.nodes.length === 0) {
    return <ErrorState isPage error={found.error} onRetry={found.reload} />;
  }
  const choose = (codes: readonly string[]): void => change({ tasks: codes.join(",") });
  return (
    <>
      <PageHeader
        title={t("issue.title")}
        overline={
          <Link to={noticesUrl()} className="text-link hover:underline">
            {t("toList")}
          </Link>
        }
        meta={t("issue.lead")}
      />
      <div className="grid gap-4 lg:grid-cols-[24rem_minmax(0,1fr)] lg:items-start large:!grid-cols-1">
        <Card title={t("choose")}>
          <Tasks
            tasks={found.nodes}
            isComplete={found.isComplete}
            chosen={chosen}
            onChange={choose}
          />
        </Card>
        <Card title={t("prospects")} subtitle={t("prospects.hint")}>
          {chosen.length === 0 ? (
            <p className="text-muted">{t("prospects.none")}</p>
          ) : (
            <Reach
              codes={chosen}
              onIssued={(codes) => choose(chosen.filter((code) => !codes.includes(code)))}
            />
          )}
        </Card>
      </div>
    </>
  );
}

interface TasksProps {
  readonly tasks: readonly PressableTask[];
  readonly isComplete: boolean;
  readonly chosen: readonly string[];
  readonly onChange: (codes: readonly string[]) => void;
}

function Tasks({ tasks, isComplete, chosen, onChange }: TasksProps) {
  const t = useMessages("notices");
  if (tasks.length > 0) return <TaskChoice tasks={tasks} chosen={chosen} onChange={onChange} />;
  if (!isComplete) return <SkeletonLines count={4} className="h-8" />;
  return (
    <EmptyState
      title={t("choose.empty")}
      actions={<LinkButton to={tasksUrl()}>{t("choose.toTasks")}</LinkButton>}
    >
      {t("choose.empty.next")}
    </EmptyState>
  );
}

interface ReachProps {
  readonly codes: readonly string[];
  readonly onIssued: (codes: readonly string[]) => void;
}

function Reach({ codes, onIssued }: ReachProps) {
  const [{ data, error }, read] = useQuery({
    query: RecipientsQuery,
    variables: { tasks: [...codes] },
    requestPolicy: "cache-and-network",
  });
  if (data === undefined) {
    if (error === undefined) return <SkeletonLines count={3} className="h-16" />;
    return <ErrorState error={error} onRetry={() => read({ requestPolicy: "network-only" })} />;
  }
  return <IssueForm prospects={data.noticeRecipients} onIssued={onIssued} />;
}
