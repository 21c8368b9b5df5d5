import { lazy, Suspense } from "react";
import { useQuery } from "urql";
import { TaskListPlansQuery } from "../../features/task/queries";
import { TaskList } from "../../features/task/TaskList";
import { TaskLayoutSwitch } from "../../features/task/TaskLayoutSwitch";
import { TaskListSkeleton } from "../../features/task/TaskListSkeleton";
import type { PageLoad } from "../../graphql/page-load";
import { loadMessages, useMessages } from "../../i18n/messages";
import { AsOfSwitch } from "../../states/AsOfSwitch";
import { DownloadMenu } from "../../states/DownloadMenu";
import { useAsOfDay } from "../../ui/as-of";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../states/ErrorState";
import { LinkButton } from "../../ui/LinkButton";
import { PageHeader } from "../../ui/PageHeader";
import { Select } from "../../ui/Select";
import { fileUrl, importUrl, itemsUrl } from "../../ui/urls";
import { useUrlSearch } from "../../ui/use-url-search";

const loadTaskDrawer = async () => {
  const [file] = await Promise.all([
    import("../../features/task/TaskDrawer"),
    loadMessages("task", "life", "act"),
  ]);
  return { default: file.TaskDrawer };
};
const TaskDrawer = lazy(loadTaskDrawer);

/** Starts the query of the page. */
export function loader({ client }: PageLoad): void {
  client
    .query(TaskListPlansQuery, {})
    .toPromise()
    .catch(() => undefined);
}

/** 任务: every task of a plan. */
export function TasksPage() {
  const t = useMessages("tasks");
  const [search, change] = useUrlSearch();
  const [{ data, error }, read] = useQuery({ query: TaskListPlansQuery });
  const plans = data?.plans.edges.map((edge) => edge.node) ?? [];
  const wanted = search.get("plan");
  const chosen =
    plans.find((plan) => plan.code === wanted) ??
    plans.find((plan) => plan.state === "ISSUED") ??
    plans[0];
  const task = search.get("task");
  const isPast = useAsOfDay() !== null;

  if (error !== undefined && data === undefined) {
    return (
      <ErrorState isPage error={error} onRetry={() => read({ requestPolicy: "network-only" })} />
    );
  }
  return (
    <div className="print-wide" onPointerEnter={() => void loadTaskDrawer()}>
      <PageHeader
        title={t("page.title")}
        meta={chosen?.title ?? " "}
        actions={
          <>
            <AsOfSwitch />
            <LinkButton to={itemsUrl()}>{t("toItems")}</LinkButton>
            {chosen !== undefined && !isPast && (
              <DownloadMenu
                label={t("export")}
                addressOf={(format) => fileUrl("/exports/ledger", { plan: chosen.code, format })}
              />
            )}
            {chosen !== undefined && <TaskLayoutSwitch />}
            {plans.length > 1 && chosen !== undefined && (
              <Select
                aria-label={t("plan.choose")}
                value={chosen.code}
                options={plans.map(({ code, state }) => ({
                  value: code,
                  label: state === "DRAFT" ? t("plan.draft", { code }) : code,
                }))}
                onChange={(plan) => change({ plan, section: undefined }, true)}
                className="w-auto"
              />
            )}
          </>
        }
      />
      {data === undefined && <TaskListSkeleton />}
      {data !== undefined && chosen === undefined && (
        <EmptyState
          title={t("plans.none")}
          actions={
            data.viewer?.canImportPlans === true && (
              <LinkButton to={importUrl()} variant="primary" icon="upload">
                {t("plans.import")}
              </LinkButton>
            )
          }
        >
          {t(data.viewer?.canImportPlans === true ? "plans.none.detail" : "plans.none.wait")}
        </EmptyState>
      )}
      {chosen !== undefined && <TaskList key={chosen.id} plan={chosen.code} />}
      {task !== null && (
        <Suspense fallback={null}>
          <TaskDrawer code={task} onClose={() => change({ task: undefined })} />
        </Suspense>
      )}
    </div>
  );
}
