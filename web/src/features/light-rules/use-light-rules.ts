import { useDeferredValue, useState } from "react";
import { useQuery } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import { useKeyedAct } from "../../graphql/use-act";
import { useMessages } from "../../i18n/messages";
import { useRuleNumbers } from "../../states/rules/use-rule-numbers";
import { type LightRulesData, PreviewLightRules, UpdateLightRules } from "./queries";

const updated = (data: ResultOf<typeof UpdateLightRules>) => data.updateLightRules;

/** Numbers typed over the rules that stand, what they would do, and saving them. */
export function useLightRules(standing: LightRulesData, reload: () => void) {
  const t = useMessages("lightRules");
  const [pace, setPace] = useState<LightRulesData["pace"]>();
  const act = useKeyedAct(UpdateLightRules, updated);
  const numbers = useRuleNumbers(
    standing.rules.map(({ threshold, value }) => ({ name: threshold, value })),
    reload,
  );
  const rules = numbers.changed.map(({ name, value }) => ({ threshold: name, value }));
  const wanted = { rules, pace: pace ?? standing.pace };
  const tried = useDeferredValue(JSON.stringify(wanted));
  const [{ data, error, fetching }] = useQuery({
    query: PreviewLightRules,
    variables: { input: JSON.parse(tried) as typeof wanted },
    pause: !standing.viewerCanUpdate,
    requestPolicy: "network-only",
  });
  const preview = data?.previewLightRules;
  return {
    numbers,
    pace: wanted.pace,
    preview,
    previewError: error,
    isTrying: fetching || tried !== JSON.stringify(wanted),
    errors: numbers.refused.length > 0 ? numbers.refused : (preview?.userErrors ?? []),
    isChanged: rules.length > 0 || wanted.pace !== standing.pace,
    setPace,
    reset: () => {
      numbers.reset();
      setPace(undefined);
    },
    save: async (): Promise<void> => {
      const send = () => act({ expectedVersion: standing.version, ...wanted });
      if (await numbers.save(send, t("saved"))) setPace(undefined);
    },
  };
}
