import { useMessages } from "../../i18n/messages";
import { FINDING_LOOK, findingTitle } from "../../ui/finding";
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

/** What the check of the document (文件体检) found, one line a kind, each with its sentences. */
export function PlanFindings({ groups }: { readonly groups: readonly PlanFindingGroup[] }) {
  const t = useMessages("plan");
  if (groups.length === 0)
    return <p className="caption text-sm text-muted">{t("findings.none")}</p>;
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
        <Status {...FINDING_LOOK[group.severity]} word={words(`severity.${group.severity}`)} />
        <span className="min-w-0 flex-1">{findingTitle(group, words)}</span>
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
