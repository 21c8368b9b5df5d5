import { useDeferredValue, useState } from "react";
import { useQuery } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import type { RefusedFieldData } from "../../graphql/refused-field";
import { useKeyedAct } from "../../graphql/use-act";
import { useMessages } from "../../i18n/messages";
import { useRefusal } from "../../states/use-refusal";
import { type LightRulesData, PreviewLightRules, UpdateLightRules } from "./queries";

type Threshold = LightRulesData["rules"][number]["threshold"];
const updated = (data: ResultOf<typeof UpdateLightRules>) => data.updateLightRules;

/** Numbers typed over the rules that stand, what they would do, and saving them. */
export function useLightRules(standing: LightRulesData, reload: () => void) {
  const t = useMessages("lightRules");
  const [typed, setTyped] = useState<Partial<Record<Threshold, string>>>({});
  const [pace, setPace] = useState<LightRulesData["pace"]>();
  const [refused, setRefused] = useState<readonly RefusedFieldData[]>([]);
  const [isSaving, setIsSaving] = useState(false);
  const act = useKeyedAct(UpdateLightRules, updated);
  const tell = useRefusal();

  const rules = standing.rules.flatMap(({ threshold, value }) => {
    const text = typed[threshold];
    return text === undefined || text === String(value)
      ? []
      : [{ threshold, value: numberOf(text) }];
  });
  const isChanged = rules.length > 0 || (pace !== undefined && pace !== standing.pace);
  const wanted = { rules, pace: pace ?? standing.pace };
  const tried = useDeferredValue(JSON.stringify(wanted));
  const [{ data, error, fetching }] = useQuery({
    query: PreviewLightRules,
    variables: { input: JSON.parse(tried) as typeof wanted },
    pause: !standing.viewerCanUpdate,
    requestPolicy: "network-only",
  });
  const preview = data?.previewLightRules;
  const errors = refused.length > 0 ? refused : (preview?.userErrors ?? []);

  const reset = (): void => {
    setTyped({});
    setPace(undefined);
    setRefused([]);
  };
  const save = async (): Promise<void> => {
    setIsSaving(true);
    const outcome = await act({ expectedVersion: standing.version, ...wanted });
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
    pace: wanted.pace,
    preview,
    previewError: error,
    isTrying: fetching || tried !== JSON.stringify(wanted),
    errors,
    isChanged,
    isSaving,
    setNumber: (threshold: Threshold, text: string) => {
      setRefused([]);
      setTyped((known) => ({ ...known, [threshold]: text }));
    },
    setPace,
    reset,
    save,
  };
}

/** What is no whole number is out of any bounds, so that the server says what to mend. */
function numberOf(text: string): number {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : -1;
}
