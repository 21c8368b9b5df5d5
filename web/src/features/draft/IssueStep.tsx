import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useQuery } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { ErrorState } from "../../ui/ErrorState";
import { SkeletonLines } from "../../ui/Skeleton";
import { planUrl } from "../../ui/urls";
import { useDraft } from "./draft-context";
import { IssuePlan } from "./mutations";
import { otherMessages, type Outcome } from "./outcome";
import { openProblems } from "./problems";
import { DraftSummaryQuery } from "./queries";
import { useAct } from "./use-act";

const issued = (data: ResultOf<typeof IssuePlan>) => data.issuePlan;
type Overview = NonNullable<ResultOf<typeof DraftSummaryQuery>["plan"]>["overview"];

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
  const issue = async (): Promise<void> => {
    setOutcome("issuing");
    const ended = await act({ planId: plan.id, expectedVersion: summary.version });
    setOutcome(ended);
    if (ended.kind === "conflict") read({ requestPolicy: "network-only" });
    if (ended.kind === "done") router.history.push(planUrl(plan.code));
  };
  return (
    <div className="grid gap-5">
      <Summary overview={summary.overview} />
      {open > 0 && (
        <Callout tone="warning" title={t("issue.open", { count: open })}>
          {t("issue.open.detail")}
        </Callout>
      )}
      <IssueOutcome outcome={outcome} />
      <div className="flex flex-wrap items-center gap-3">
        <Button
          variant="primary"
          isPending={outcome === "issuing"}
          disabled={!plan.viewerCanIssue}
          onClick={() => void issue()}
        >
          {t("issue.confirm")}
        </Button>
        <p className="text-sm text-muted">
          {plan.viewerCanIssue ? t("issue.note") : t("issue.notAllowed")}
        </p>
      </div>
    </div>
  );
}

/** Why issuing was refused, and what to do about it. */
function IssueOutcome({ outcome }: { readonly outcome: Outcome | "issuing" | null }) {
  const t = useMessages("draft");
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
        <Callout tone="danger" title={t("save.failed")}>
          {t("save.failed.detail")}
        </Callout>
      );
  }
}

/** Counts of tasks and metrics, and who carries what. */
function Summary({ overview }: { readonly overview: Overview }) {
  const t = useMessages("draft");
  const { plan } = useDraft();
  const facts = [
    [t("issue.tasks"), overview.taskCount],
    [t("issue.metrics"), overview.metricCount],
    [t("issue.withMetric"), overview.taskWithMetricCount],
    [t("issue.withDeadline"), overview.taskWithDeadlineCount],
  ] as const;
  return (
    <section aria-label={t("issue.summary")} className="grid gap-4">
      <div className="rounded-card border border-line bg-card p-4">
        <h2 className="text-lg font-semibold">{plan.title}</h2>
        <p className="text-muted">
          {[plan.issuingBody, plan.documentNumber, plan.issuedOn].filter(Boolean).join(" · ")}
        </p>
      </div>
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {facts.map(([label, count]) => (
          <div key={label} className="rounded-card border border-line bg-card p-4">
            <dt className="text-sm text-muted">{label}</dt>
            <dd className="text-2xl font-semibold tabular-nums">{count}</dd>
          </div>
        ))}
      </dl>
      <table className="w-full rounded-card border border-line bg-card text-left">
        <caption className="sr-only">{t("issue.departments")}</caption>
        <thead className="text-sm text-muted">
          <tr>
            <th scope="col" className="px-4 py-2 font-normal">
              {t("issue.department")}
            </th>
            <th scope="col" className="px-4 py-2 text-right font-normal">
              {t("issue.leads")}
            </th>
            <th scope="col" className="px-4 py-2 text-right font-normal">
              {t("issue.supports")}
            </th>
          </tr>
        </thead>
        <tbody>
          {overview.byDepartment.map(({ department, leadCount, supportCount }) => (
            <tr key={department.id} className="border-t border-line">
              <th scope="row" className="px-4 py-2 font-normal">
                {department.shortName}
              </th>
              <td className="px-4 py-2 text-right tabular-nums">{leadCount}</td>
              <td className="px-4 py-2 text-right tabular-nums">{supportCount}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
