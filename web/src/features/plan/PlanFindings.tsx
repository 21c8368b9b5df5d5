import { useMessages } from "../../i18n/messages";
import { Status } from "../../ui/Status";
import { clauseAnchor } from "./document";
import type { PlanHead } from "./queries";

type Finding = PlanHead["findings"][number];

/** Findings of one kind. */
export interface PlanFindingGroup {
  readonly code: string;
  readonly severity: Finding["severity"];
  readonly findings: readonly Finding[];
}

type Translate = ReturnType<typeof useMessages<"plan">>;

const LOOKS = {
  ERROR: { shape: "square", tone: "danger" },
  WARNING: { shape: "triangle", tone: "warning" },
  NOTE: { shape: "ring", tone: "info" },
} as const;

/** What the check of the document (文件体检) found, one line a kind, each with its sentences. */
export function PlanFindings({ groups }: { readonly groups: readonly PlanFindingGroup[] }) {
  const t = useMessages("plan");
  if (groups.length === 0) return <p className="text-sm text-muted">{t("findings.none")}</p>;
  return (
    <div className="grid gap-1">
      {groups.map((group) => (
        <Group key={group.code} group={group} />
      ))}
    </div>
  );
}

function Group({ group }: { readonly group: PlanFindingGroup }) {
  const t = useMessages("plan");
  const words = useMessages("domain");
  return (
    <details>
      <summary className="control flex min-h-8 items-center gap-2 rounded px-1 text-sm hover:bg-sunken">
        <Status {...LOOKS[group.severity]} word={words(`severity.${group.severity}`)} />
        <span className="min-w-0 flex-1">{findingTitle(group, t)}</span>
        <span className="tabular-nums text-muted">
          {t("findings.count", { count: group.findings.length })}
        </span>
      </summary>
      <ul className="grid gap-1 py-1 pl-5 text-sm">
        {group.findings.map((finding) => (
          <li key={`${finding.task?.id ?? ""}-${finding.message}`}>
            {finding.clause === null ? (
              finding.message
            ) : (
              <a
                href={`#${clauseAnchor(finding.clause.position)}`}
                className="text-link hover:underline"
              >
                {finding.message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

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

/** The kind in words; a kind that the client does not know yet is told by its first message. */
function findingTitle(group: PlanFindingGroup, t: Translate): string {
  return group.code in TITLES
    ? t(TITLES[group.code as keyof typeof TITLES])
    : (group.findings[0]?.message ?? group.code);
}
