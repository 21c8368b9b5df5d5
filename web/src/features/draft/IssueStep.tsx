import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useQuery } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { ErrorState } from "../../states/ErrorState";
import { SkeletonLines } from "../../ui/Skeleton";
import { showToast } from "../../ui/Toast";
import { handOutUrl, planUrl } from "../../ui/urls";
import { useDraft } from "./draft-context";
import { IssueHead, IssueSummary } from "./IssueSummary";
import { IssuePlan } from "./mutations";
import { otherMessages, type Outcome } from "../../graphql/outcome";
import { openProblems } from "./problems";
import { DraftSummaryQuery } from "./queries";
import { useAct } from "../../graphql/use-act";

const issued = (data: ResultOf<typeof IssuePlan>) => data.issuePlan;

/** Step 4: what will be issued, and the button that does it. */
export function IssueStep() {
  const t = useMessages("draft");
  const { plan, tasks } = useDraft();
  const [{ data, error }, read] = useQuery({
    query: DraftSummaryQuery,
    variables: { code: plan.code },
    requestPolicy: "network-only",
  });
  const act = useAct(IssuePlan, issued);
  const router = useRouter();
  const [outcome, setOutcome] = useState<Outcome | "issuing" | null>(null);
  const open = openProblems(plan.warnings, tasks).length;

  const summary = data?.plan;
  if (summary == null) {
    return error === undefined ? (
      <SkeletonLines count={6} className="h-16" />
    ) : (
      <ErrorState
        error={error}
        onRetry={() => {
          read({ requestPolicy: "network-only" });
        }}
      />
    );
  }
  const isBlocked =
    summary.findings.some((finding) => finding.severity === "ERROR") ||
    tasks.some((task) => task.unresolvedDepartments.length > 0);
  const issue = async (): Promise<void> => {
    setOutcome("issuing");
    const ended = await act({ planId: plan.id, expectedVersion: summary.version });
    setOutcome(ended);
    if (ended.kind === "conflict") read({ requestPolicy: "network-only" });
    if (ended.kind !== "done") return;
    router.history.push(planUrl(plan.code));
    const onSelect = (): void => router.history.push(handOutUrl(plan.code));
    showToast({ message: t("issue.done"), action: { label: t("issue.handOut"), onSelect } });
  };
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <IssueSummary overview={summary.overview} />
      <section
        aria-label={t("issue.confirm")}
        className="grid gap-4 rounded-card border border-line bg-card p-4 max-lg:order-first lg:sticky lg:top-20"
      >
        <IssueHead />
        {isBlocked && (
          <Callout tone="danger" title={t("issue.blocked")}>
            {t("issue.blocked.detail")}
          </Callout>
        )}
        {!isBlocked && open > 0 && (
          <Callout tone="warning" title={t("issue.open", { count: open })}>
            {t("issue.open.detail")}
          </Callout>
        )}
        <IssueOutcome outcome={outcome} />
        <Button
          variant="primary"
          isPending={outcome === "issuing"}
          disabled={!plan.viewerCanIssue || isBlocked}
          onClick={() => void issue()}
        >
          {t("issue.confirm")}
        </Button>
        <p className="caption text-sm text-muted">
          {plan.viewerCanIssue ? t("issue.note") : t("issue.notAllowed")}
        </p>
      </section>
    </div>
  );
}

/** Why issuing was refused, and what to do about it. */
function IssueOutcome({ outcome }: { readonly outcome: Outcome | "issuing" | null }) {
  const t = useMessages("draft");
  const act = useMessages("act");
  if (outcome === null || outcome === "issuing") return null;
  switch (outcome.kind) {
    case "done":
      return null;
    case "conflict":
      return (
        <Callout tone="warning" title={t("issue.conflict")}>
          {t("issue.conflict.detail")}
        </Callout>
      );
    case "refused":
      return otherMessages(outcome.errors, []).map((message) => (
        <Callout key={message} tone="danger" title={message}>
          {t("issue.refused.detail")}
        </Callout>
      ));
    case "failed":
      return (
        <Callout tone="danger" title={act("save.failed")}>
          {act("save.failed.detail")}
        </Callout>
      );
  }
}
