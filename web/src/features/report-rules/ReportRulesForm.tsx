import { messageFor } from "../../graphql/outcome";
import { formatDate, formatDateTime } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { Field } from "../../ui/Field";
import { TextInput } from "../../ui/TextInput";
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
    <form
      className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] lg:items-start large:!grid-cols-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (form.isChanged) void form.save();
      }}
    >
      <Card title={t("title")} subtitle={changed(rules, t)}>
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 sm:items-start">
          <p className="text-sm sm:col-span-2">
            {t("window", {
              month: rules.window.period,
              opens: formatDate(rules.window.opensOn),
              due: formatDate(rules.window.dueOn),
              closes: formatDate(rules.window.closesOn),
            })}
          </p>
          {rules.rules.map((rule) => (
            <Field
              key={rule.term}
              label={t(`rule.${rule.term}`)}
              hint={t("rule.hint", rule)}
              error={messageFor(form.errors, rule.term)}
            >
              <span className="flex items-center gap-2">
                <TextInput
                  inputMode="numeric"
                  autoComplete="off"
                  value={form.typed[rule.term] ?? String(rule.value)}
                  onChange={(text) => form.setNumber(rule.term, text)}
                  disabled={!canEdit}
                  className="!w-24 text-right tabular-nums"
                />
                <span className="text-sm text-muted">{t(`unit.${rule.term}`)}</span>
              </span>
            </Field>
          ))}
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
        <ReportPreview
          preview={form.preview}
          error={form.previewError}
          isTrying={form.isTrying}
          isChanged={form.isChanged}
        />
      )}
    </form>
  );
}

type Words = ReturnType<typeof useMessages<"reportRules">>;

function changed(rules: ReportRulesData, t: Words): string {
  const { changedAt, changedBy, firstMonth } = rules;
  if (changedAt === null || changedBy === null || firstMonth === null) return t("standard");
  const at = formatDateTime(changedAt);
  return t("changed", { name: changedBy.displayName, at, month: firstMonth });
}
