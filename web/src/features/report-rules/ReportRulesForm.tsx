import { messageFor } from "../../graphql/outcome";
import { formatDate, formatDateTime } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { RuleField, RulesFrame } from "../../states/rules/RulesFrame";
import type { ReportRulesData } from "./queries";
import { ReportPreview } from "./ReportPreview";
import { useReportRules } from "./use-report-rules";

interface ReportRulesFormProps {
  readonly rules: ReportRulesData;
  readonly reload: () => void;
}

/** When monthly reports open, are due and close, and beside it what other rules would do. */
export function ReportRulesForm({ rules, reload }: ReportRulesFormProps) {
  const t = useMessages("reportRules");
  const form = useReportRules(rules, reload);
  const canEdit = rules.viewerCanUpdate;
  return (
    <RulesFrame
      title={t("title")}
      subtitle={changed(rules, t)}
      canEdit={canEdit}
      isChanged={form.isChanged}
      isSaving={form.numbers.isSaving}
      hasErrors={form.errors.length > 0}
      words={{ save: t("save"), reset: t("reset") }}
      onSave={() => void form.save()}
      onReset={form.numbers.reset}
      preview={
        <ReportPreview
          preview={form.preview}
          error={form.previewError}
          isTrying={form.isTrying}
          isChanged={form.isChanged}
        />
      }
    >
      <p className="text-sm sm:col-span-2">
        {t("window", {
          month: rules.window.period,
          opens: formatDate(rules.window.opensOn),
          due: formatDate(rules.window.dueOn),
          closes: formatDate(rules.window.closesOn),
        })}
      </p>
      {rules.rules.map((rule) => (
        <RuleField
          key={rule.term}
          label={t(`rule.${rule.term}`)}
          hint={t("rule.hint", rule)}
          unit={t(`unit.${rule.term}`)}
          value={form.numbers.textOf({ name: rule.term, value: rule.value })}
          error={messageFor(form.errors, rule.term)}
          isReadOnly={!canEdit}
          onChange={(text) => form.numbers.setNumber(rule.term, text)}
        />
      ))}
    </RulesFrame>
  );
}

type Words = ReturnType<typeof useMessages<"reportRules">>;

function changed(rules: ReportRulesData, t: Words): string {
  const { changedAt, changedBy, firstMonth } = rules;
  if (changedAt === null || changedBy === null || firstMonth === null) return t("standard");
  const at = formatDateTime(changedAt);
  return t("changed", { name: changedBy.displayName, at, month: firstMonth });
}
