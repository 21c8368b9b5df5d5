/** A finding of the check, as the API gives it. */
export interface FindingFacts {
  readonly code: string;
  readonly severity: "ERROR" | "WARNING" | "NOTE";
  readonly message: string;
  readonly task: { readonly code: string; readonly title: string } | null;
  readonly clause: { readonly start: number; readonly text: string } | null;
}

/** Findings of one kind. */
export interface FindingGroup<Finding extends FindingFacts> {
  readonly code: string;
  readonly severity: Finding["severity"];
  readonly findings: readonly Finding[];
}

const GRAVITY = { ERROR: 0, WARNING: 1, NOTE: 2 } as const;

/** Groups findings by code: what blocks issuing first, then the larger groups. */
export function groupFindings<Finding extends FindingFacts>(
  findings: readonly Finding[],
): FindingGroup<Finding>[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    groups.set(finding.code, [...(groups.get(finding.code) ?? []), finding]);
  }
  return [...groups.entries()]
    .map(([code, found]) => ({ code, severity: gravest(found), findings: found }))
    .toSorted(
      (a, b) => GRAVITY[a.severity] - GRAVITY[b.severity] || b.findings.length - a.findings.length,
    );
}

function gravest(findings: readonly FindingFacts[]): FindingFacts["severity"] {
  return findings.reduce<FindingFacts["severity"]>(
    (worst, { severity }) => (GRAVITY[severity] < GRAVITY[worst] ? severity : worst),
    "NOTE",
  );
}
