import type { Translate } from "../i18n/messages";

/** Shape and colour of each severity of a finding; the word comes from the catalogue. */
export const FINDING_LOOK = {
  ERROR: { shape: "square", tone: "danger" },
  WARNING: { shape: "triangle", tone: "warning" },
  NOTE: { shape: "ring", tone: "info" },
} as const;

const KNOWN = [
  "POINT_WITHOUT_DEPARTMENT",
  "POINT_WITHOUT_LEAD",
  "TWO_LEADS",
  "DEPARTMENTS_DISAGREE",
  "TARGETS_DISAGREE",
  "NUMBER_NOT_TAKEN",
  "POINT_WITHOUT_DELIVERABLE",
  "POINT_WITHOUT_DATE",
  "POINT_WITHOUT_NUMBER",
] as const;

/** A kind of finding in words; one that the client does not know is told by its first message. */
export function findingTitle(
  group: { readonly code: string; readonly findings: readonly { readonly message: string }[] },
  words: Translate<"domain">,
): string {
  const code = KNOWN.find((one) => one === group.code);
  return code === undefined ? (group.findings[0]?.message ?? group.code) : words(`finding.${code}`);
}
