import { useDeferredValue } from "react";
import { useQuery } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import { useKeyedAct } from "../../graphql/use-act";
import { useMessages } from "../../i18n/messages";
import { useRuleNumbers } from "../../states/rules/use-rule-numbers";
import { PreviewReportRules, type ReportRulesData, UpdateReportRules } from "./queries";

const updated = (data: ResultOf<typeof UpdateReportRules>) => data.updateReportRules;

/** Numbers typed over the rules made last, what they would do, and saving them. */
export function useReportRules(standing: ReportRulesData, reload: () => void) {
  const t = useMessages("reportRules");
  const act = useKeyedAct(UpdateReportRules, updated);
  const numbers = useRuleNumbers(
    standing.rules.map(({ term, value }) => ({ name: term, value })),
    reload,
  );
  const rules = numbers.changed.map(({ name, value }) => ({ term: name, value }));
  const wanted = JSON.stringify({ rules });
  const tried = useDeferredValue(wanted);
  const [{ data, error, fetching }] = useQuery({
    query: PreviewReportRules,
    variables: { input: JSON.parse(tried) as { rules: typeof rules } },
    pause: !standing.viewerCanUpdate,
    requestPolicy: "network-only",
  });
  const preview = data?.previewReportRules;
  return {
    numbers,
    preview,
    previewError: error,
    isTrying: fetching || tried !== wanted,
    errors: numbers.refused.length > 0 ? numbers.refused : (preview?.userErrors ?? []),
    isChanged: rules.length > 0,
    save: () => numbers.save(() => act({ expectedVersion: standing.version, rules }), t("saved")),
  };
}
