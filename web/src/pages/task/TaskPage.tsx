import { useParams } from "@tanstack/react-router";
import { reviewUrl } from "../../features/draft/draft-address";
import { TaskDetail, useTask } from "../../features/task/TaskDetail";
import { TaskNeighbours } from "../../features/task/TaskNeighbours";
import { TaskDetailQuery } from "../../features/task/queries";
import type { PageLoad } from "../../graphql/page-load";
import { useMessages } from "../../i18n/messages";
import { AsOfSwitch } from "../../states/AsOfSwitch";
import { Badge } from "../../ui/Badge";
import { Link } from "../../ui/Link";
import { LinkButton } from "../../ui/LinkButton";
import { PageHeader } from "../../ui/PageHeader";
import { tasksUrl } from "../../ui/urls";

/** Starts the query of the page. */
export function loader({ client, params }: PageLoad): void {
  client
    .query(TaskDetailQuery, { code: params.code ?? "" })
    .toPromise()
    .catch(() => undefined);
}

/** 任务详情: one task by its code. */
export function TaskPage() {
  const { code = "" } = useParams({ strict: false });
  const t = useMessages("task");
  const words = useMessages("domain");
  const loaded = useTask(code);
  const { task } = loaded;
  return (
    <div>
      <PageHeader
        title={task == null ? code : task.title}
        overline={
          <Link to={tasksUrl({ plan: task?.plan?.code })} className="text-link hover:underline">
            {t("toList")}
          </Link>
        }
        meta={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="tabular-nums">{code}</span>
            {task != null && <Badge>{words(`kind.${task.kind}`)}</Badge>}
            {task?.plan?.state === "DRAFT" && (
              <Badge tone="warning">{words("planState.DRAFT")}</Badge>
            )}
          </span>
        }
        actions={
          <>
            <AsOfSwitch />
            {task?.viewerCanEdit === true && task.plan !== null && (
              <LinkButton to={reviewUrl(task.plan.code, task.code)} icon="edit">
                {t("edit")}
              </LinkButton>
            )}
          </>
        }
      />
      <TaskDetail loaded={loaded} isPage />
      {task?.plan != null && <TaskNeighbours plan={task.plan.code} code={task.code} />}
    </div>
  );
}
