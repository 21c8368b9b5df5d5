import { groupFindings } from "../../features/draft/finding-groups";
import { useMessages } from "../../i18n/messages";
import { Card } from "../../ui/Card";
import { FINDING_LOOK, findingTitle } from "../../ui/finding";
import { Link } from "../../ui/Link";
import { Status } from "../../ui/Status";
import { planUrl } from "../../ui/urls";
import type { OverviewPlanData } from "./query";

interface FindingCardProps {
  readonly plan: OverviewPlanData;
  readonly className?: string;
}

/** What the check of the document found, by kind; opens the document. */
export function FindingCard({ plan, className }: FindingCardProps) {
  const t = useMessages("overview");
  const words = useMessages("domain");
  const groups = groupFindings(plan.findings);
  return (
    <Card
      title={t("findings")}
      className={className}
      actions={
        <Link
          to={planUrl(plan.code)}
          className="control inline-flex items-center text-sm text-link hover:underline"
        >
          {t("findings.open")}
        </Link>
      }
    >
      {groups.length === 0 && <p className="caption text-sm text-muted">{t("findings.none")}</p>}
      <ul className="grid gap-1">
        {groups.map((group) => (
          <li key={group.code} className="flex items-baseline gap-3">
            <Status
              {...FINDING_LOOK[group.severity]}
              word={words(`severity.${group.severity}`)}
              className="w-14 text-sm"
            />
            <span className="min-w-0 flex-1">{findingTitle(group, words)}</span>
            <span className="text-sm whitespace-nowrap text-muted">
              {t("finding.count", { count: group.findings.length })}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
