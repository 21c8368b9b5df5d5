import { groupFindings } from "../../features/draft/finding-groups";
import { useMessages } from "../../i18n/messages";
import { Card } from "../../ui/Card";
import { Link } from "../../ui/Link";
import { Status } from "../../ui/Status";
import { planUrl } from "../../ui/urls";
import type { OverviewPlanData } from "./query";

const LOOK = {
  ERROR: { shape: "square", tone: "danger" },
  WARNING: { shape: "triangle", tone: "warning" },
  NOTE: { shape: "ring", tone: "info" },
} as const;

const TITLES = {
  POINT_WITHOUT_NUMBER: "finding.POINT_WITHOUT_NUMBER",
  POINT_WITHOUT_DATE: "finding.POINT_WITHOUT_DATE",
  POINT_WITHOUT_DELIVERABLE: "finding.POINT_WITHOUT_DELIVERABLE",
  POINT_WITHOUT_DEPARTMENT: "finding.POINT_WITHOUT_DEPARTMENT",
  DEPARTMENTS_DISAGREE: "finding.DEPARTMENTS_DISAGREE",
  TARGETS_DISAGREE: "finding.TARGETS_DISAGREE",
  NUMBER_NOT_TAKEN: "finding.NUMBER_NOT_TAKEN",
  TWO_LEADS: "finding.TWO_LEADS",
} as const;

function isKnown(code: string): code is keyof typeof TITLES {
  return code in TITLES;
}

/** What the check of the document found, by kind; opens the document. */
export function FindingCard({ plan }: { readonly plan: OverviewPlanData }) {
  const t = useMessages("overview");
  const words = useMessages("domain");
  const groups = groupFindings(plan.findings);
  return (
    <Card
      title={t("findings")}
      actions={
        <Link
          to={planUrl(plan.code)}
          className="control inline-flex items-center text-sm text-link hover:underline"
        >
          {t("findings.open")}
        </Link>
      }
    >
      {groups.length === 0 && <p className="text-sm text-muted">{t("findings.none")}</p>}
      <ul className="grid gap-1">
        {groups.map((group) => (
          <li key={group.code} className="flex items-baseline gap-3">
            <Status
              {...LOOK[group.severity]}
              word={words(`severity.${group.severity}`)}
              className="w-14 text-sm"
            />
            <span className="min-w-0 flex-1">
              {isKnown(group.code) ? t(TITLES[group.code]) : group.findings[0]?.message}
            </span>
            <span className="text-sm whitespace-nowrap text-muted">
              {t("finding.count", { count: group.findings.length })}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
