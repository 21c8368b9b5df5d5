import { useMessages } from "../../i18n/messages";
import { messageFor } from "../../graphql/outcome";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { formatDateTime } from "../../i18n/format";
import { RuleField, RulesFrame } from "../../states/rules/RulesFrame";
import { LightPreview } from "./LightPreview";
import type { LightRulesData } from "./queries";
import { useLightRules } from "./use-light-rules";

interface LightRulesFormProps {
  readonly rules: LightRulesData;
  readonly reload: () => void;
}

/** The thresholds, and beside them what they would change. */
export function LightRulesForm({ rules, reload }: LightRulesFormProps) {
  const t = useMessages("lightRules");
  const form = useLightRules(rules, reload);
  const canEdit = rules.viewerCanUpdate;
  return (
    <RulesFrame
      title={t("thresholds")}
      subtitle={changed(rules, t)}
      canEdit={canEdit}
      isChanged={form.isChanged}
      isSaving={form.numbers.isSaving}
      hasErrors={form.errors.length > 0}
      words={{ save: t("save"), reset: t("reset") }}
      onSave={() => void form.save()}
      onReset={form.reset}
      preview={
        <LightPreview
          preview={form.preview}
          error={form.previewError}
          isTrying={form.isTrying}
          isChanged={form.isChanged}
        />
      }
    >
      {rules.rules.map((rule) => (
        <RuleField
          key={rule.threshold}
          label={t(`rule.${rule.threshold}`)}
          hint={t("rule.hint", rule)}
          unit={t(`unit.${unitOf(rule.threshold)}`)}
          value={form.numbers.textOf({ name: rule.threshold, value: rule.value })}
          error={messageFor(form.errors, rule.threshold)}
          isReadOnly={!canEdit}
          onChange={(text) => form.numbers.setNumber(rule.threshold, text)}
        />
      ))}
      <div className="sm:col-span-2">
        <p className="mb-1 text-sm font-medium">{t("pace")}</p>
        {canEdit ? (
          <SegmentedControl
            label={t("pace")}
            value={form.pace}
            options={(["LINEAR", "MILESTONES"] as const).map((value) => ({
              value,
              label: t(`pace.${value}`),
            }))}
            onChange={form.setPace}
          />
        ) : (
          <p>{t(`pace.${form.pace}`)}</p>
        )}
      </div>
      {form.isChanged && form.preview !== undefined && (
        <p className="text-sm lg:hidden">
          {t("preview.changes", { count: form.preview.changes.totalCount })}
        </p>
      )}
    </RulesFrame>
  );
}

type Words = ReturnType<typeof useMessages<"lightRules">>;

function changed(rules: LightRulesData, t: Words): string {
  if (rules.changedAt === null || rules.changedBy === null) return t("standard");
  return t("changed", { name: rules.changedBy.displayName, at: formatDateTime(rules.changedAt) });
}

function unitOf(threshold: LightRulesData["rules"][number]["threshold"]) {
  if (threshold.startsWith("BEHIND_PACE")) return "points";
  if (threshold.startsWith("FORECAST")) return "percent";
  if (threshold.startsWith("MISSING_REPORTS")) return "reports";
  return threshold === "UNTOUCHED_PERIODS" ? "periods" : "days";
}
