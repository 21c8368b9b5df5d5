import { useDeferredValue, useState } from "react";
import { useQuery } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import type { RefusedFieldData } from "../../graphql/refused-field";
import { useKeyedAct } from "../../graphql/use-act";
import { useMessages } from "../../i18n/messages";
import { useRefusal } from "../../states/use-refusal";
import { PreviewReportRules, type ReportRulesData, UpdateReportRules } from "./queries";

type Term = ReportRulesData["rules"][number]["term"];
const updated = (data: ResultOf<typeof UpdateReportRules>) => data.updateReportRules;

/** Numbers typed over the rules made last, what they would do, and saving them. */
export function useReportRules(standing: ReportRulesData, reload: () => void) {
  const t = useMessages("reportRules");
  const [typed, setTyped] = useState<Partial<Record<Term, string>>>({});
  const [refused, setRefused] = useState<readonly RefusedFieldData[]>([]);
  const [isSaving, setIsSaving] = useState(false);
  const act = useKeyedAct(UpdateReportRules, updated);
  const tell = useRefusal();

  const rules = standing.rules.flatMap(({ term, value }) => {
    const text = typed[term];
    return text === undefined || text === String(value) ? [] : [{ term, value: numberOf(text) }];
  });
  const wanted = JSON.stringify({ rules });
  const tried = useDeferredValue(wanted);
  const [{ data, error, fetching }] = useQuery({
    query: PreviewReportRules,
    variables: { input: JSON.parse(tried) as { rules: typeof rules } },
    pause: !standing.viewerCanUpdate,
    requestPolicy: "network-only",
  });
  const preview = data?.previewReportRules;

  const reset = (): void => {
    setTyped({});
    setRefused([]);
  };
  const save = async (): Promise<void> => {
    setIsSaving(true);
    const outcome = await act({ expectedVersion: standing.version, rules });
    setIsSaving(false);
    if (outcome.kind === "refused") setRefused(outcome.errors);
    if (outcome.kind === "conflict") reload();
    if (outcome.kind !== "refused" && tell(outcome, t("saved"))) {
      reset();
      reload();
    }
  };
  return {
    typed,
    preview,
    previewError: error,
    isTrying: fetching || tried !== wanted,
    errors: refused.length > 0 ? refused : (preview?.userErrors ?? []),
    isChanged: rules.length > 0,
    isSaving,
    setNumber: (term: Term, text: string) => {
      setRefused([]);
      setTyped((known) => ({ ...known, [term]: text }));
    },
    reset,
    save,
  };
}

/** What is no whole number is out of any bounds, so that the server says what to mend. */
function numberOf(text: string): number {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : -1;
}
