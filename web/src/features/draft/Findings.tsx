import { useMemo } from "react";
import { useQuery } from "urql";
import { useMessages } from "../../i18n/messages";
import { Callout } from "../../ui/Callout";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../states/ErrorState";
import { FINDING_LOOK, findingTitle } from "../../ui/finding";
import { SkeletonLines } from "../../ui/Skeleton";
import { Status } from "../../ui/Status";
import { Icon } from "../../ui/Icon";
import { Link } from "../../ui/Link";
import { reviewUrl } from "./draft-address";
import { useDraft } from "./draft-context";
import { groupFindings, type FindingFacts, type FindingGroup } from "./finding-groups";
import { DraftFindingsQuery } from "./queries";

/** Step 3: what the check of the document finds, by kind; only errors stand against issuing. */
export function Findings() {
  const t = useMessages("draft");
  const { plan } = useDraft();
  const [{ data, error, fetching }, read] = useQuery({
    query: DraftFindingsQuery,
    variables: { code: plan.code },
    requestPolicy: "network-only",
  });
  const findings = data?.plan?.findings;
  const groups = useMemo(() => groupFindings(findings ?? []), [findings]);
  const errors = groups.filter((group) => group.severity === "ERROR");

  if (error !== undefined && findings === undefined) {
    return (
      <ErrorState
        error={error}
        onRetry={() => {
          read({ requestPolicy: "network-only" });
        }}
      />
    );
  }
  if (findings === undefined || fetching) return <SkeletonLines count={6} className="h-12" />;
  if (groups.length === 0) {
    return <EmptyState title={t("findings.empty")}>{t("findings.empty.detail")}</EmptyState>;
  }
  return (
    <div className="grid gap-4">
      {errors.length > 0 ? (
        <Callout tone="danger" title={t("findings.blocked")}>
          {t("findings.blocked.detail")}
        </Callout>
      ) : (
        <Callout tone="info" title={t("findings.free")}>
          {t("findings.free.detail")}
        </Callout>
      )}
      {groups.map((group) => (
        <Group key={group.code} group={group} />
      ))}
    </div>
  );
}

/** Findings of one kind, opened when they are few or block. */
function Group({ group }: { readonly group: FindingGroup<FindingFacts> }) {
  const t = useMessages("draft");
  const words = useMessages("domain");
  const { plan } = useDraft();
  const count = group.findings.length;
  return (
    <details
      open={group.severity === "ERROR" || count <= 3}
      className="group/finding rounded-card border border-line bg-card"
    >
      <summary className="flex min-h-11 cursor-pointer flex-wrap items-center gap-3 px-4 py-2">
        <Icon
          name="chevronRight"
          className="text-muted transition-transform group-open/finding:rotate-90"
        />
        <Status {...FINDING_LOOK[group.severity]} word={words(`severity.${group.severity}`)} />
        <h2 className="min-w-0 flex-1 font-medium">{findingTitle(group, words)}</h2>
        <span className="tabular-nums text-muted">{t("findings.count", { count: count })}</span>
      </summary>
      <ul className="grid border-t border-line">
        {group.findings.map((finding) => (
          <li
            key={`${finding.task?.code ?? ""} ${finding.message}`}
            className="border-b border-line px-4 py-2 last:border-b-0"
          >
            {finding.task === null ? (
              finding.message
            ) : (
              <Link
                to={reviewUrl(plan.code, finding.task.code)}
                className="text-link underline-offset-2 hover:underline"
              >
                {finding.message}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
