import { useMessages } from "../../i18n/messages";
import { messageFor } from "../../graphql/outcome";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { Field } from "../../ui/Field";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { TextInput } from "../../ui/TextInput";
import { formatDateTime } from "../../i18n/format";
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
    <form
      className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] lg:items-start large:!grid-cols-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (form.isChanged) void form.save();
      }}
    >
      <Card title={t("thresholds")} subtitle={changed(rules, t)}>
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 sm:items-start">
          {rules.rules.map((rule) => (
            <Field
              key={rule.threshold}
              label={t(`rule.${rule.threshold}`)}
              hint={t("rule.hint", rule)}
              error={messageFor(form.errors, rule.threshold)}
            >
              <span className="flex items-center gap-2">
                <TextInput
                  inputMode="numeric"
                  autoComplete="off"
                  value={form.typed[rule.threshold] ?? String(rule.value)}
                  onChange={(text) => form.setNumber(rule.threshold, text)}
                  disabled={!canEdit}
                  className="!w-24 text-right tabular-nums"
                />
                <span className="text-sm text-muted">{t(`unit.${unitOf(rule.threshold)}`)}</span>
              </span>
            </Field>
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
          {canEdit && (
            <div className="no-print flex flex-wrap gap-2 sm:col-span-2">
              <Button
                type="submit"
                variant="primary"
                isPending={form.isSaving}
                disabled={!form.isChanged || form.errors.length > 0}
              >
                {t("save")}
              </Button>
              <Button variant="quiet" disabled={!form.isChanged} onClick={form.reset}>
                {t("reset")}
              </Button>
            </div>
          )}
        </div>
      </Card>
      {canEdit && (
        <LightPreview
          preview={form.preview}
          error={form.previewError}
          isTrying={form.isTrying}
          isChanged={form.isChanged}
        />
      )}
    </form>
  );
}

type Words = ReturnType<typeof useMessages<"lightRules">>;

function changed(rules: LightRulesData, t: Words): string {
  if (rules.changedAt === null || rules.changedBy === null) return t("standard");
  return t("changed", { name: rules.changedBy.displayName, at: formatDateTime(rules.changedAt) });
}

function unitOf(threshold: LightRulesData["rules"][number]["threshold"]) {
  if (threshold.startsWith("BEHIND_PACE")) return "points";
  if (threshold.startsWith("MISSING_REPORTS")) return "reports";
  return threshold === "UNTOUCHED_PERIODS" ? "periods" : "days";
}
