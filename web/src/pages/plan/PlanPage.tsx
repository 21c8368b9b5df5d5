import { useParams } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useMemo } from "react";
import { groupFindings } from "../../features/draft/finding-groups";
import { usePlan } from "../../features/plan/use-plan";
import { PlanReader } from "../../features/plan/PlanReader";
import { loadMessages, useMessages } from "../../i18n/messages";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../states/ErrorState";
import { LinkButton } from "../../ui/LinkButton";
import { plansUrl } from "../../ui/urls";
import { useUrlSearch } from "../../ui/use-url-search";
import { PlanSkeleton } from "./PlanSkeleton";

const loadTaskDrawer = async () => {
  const [file] = await Promise.all([
    import("../../features/task/TaskDrawer"),
    loadMessages("task", "life", "act"),
  ]);
  return { default: file.TaskDrawer };
};
const TaskDrawer = lazy(loadTaskDrawer);

/** 要点原文: the official text, tied to what became of its sentences. */
export function PlanPage() {
  const { code = "" } = useParams({ strict: false });
  const t = useMessages("plan");
  const data = usePlan(code);
  const [search, change] = useUrlSearch();
  const task = search.get("task");
  const found = data.kind === "ready" ? data.plan.head.findings : undefined;
  const findings = useMemo(() => groupFindings(found ?? []), [found]);
  useAnchor(data.kind === "ready");

  if (data.kind === "loading") return <PlanSkeleton />;
  if (data.kind === "failed") return <ErrorState isPage error={data.error} onRetry={data.reload} />;
  if (data.kind === "absent") {
    return (
      <EmptyState
        isPage
        title={t("absent")}
        actions={<LinkButton to={plansUrl()}>{t("absent.list")}</LinkButton>}
      >
        {t("absent.detail")}
      </EmptyState>
    );
  }
  return (
    <div data-plan-page="" onPointerEnter={() => void loadTaskDrawer()}>
      <PlanReader plan={data.plan} findings={findings} />
      {task !== null && (
        <Suspense fallback={null}>
          <TaskDrawer
            code={task}
            onClose={() => {
              change({ task: undefined });
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

/** The text arrives after the page, so the browser cannot go to the anchor of the address itself. */
function useAnchor(isReady: boolean): void {
  useEffect(() => {
    if (!isReady || location.hash.length < 2) return;
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    target?.scrollIntoView({ block: "center" });
  }, [isReady]);
}
