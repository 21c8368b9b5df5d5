import { useRouter } from "@tanstack/react-router";
import { messageFor } from "../../../graphql/outcome";
import { formatDateTime } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { Button } from "../../../ui/Button";
import { Callout } from "../../../ui/Callout";
import { Card } from "../../../ui/Card";
import { Field } from "../../../ui/Field";
import { SegmentedControl } from "../../../ui/SegmentedControl";
import { TextArea } from "../../../ui/TextArea";
import { useToast } from "../../../ui/Toast";
import { BalanceText, ShareBalance } from "../ShareBalance";
import { AllocationTable, type CarryingUnit } from "./AllocationTable";
import { METHODS, type Typed, withMethod } from "./draft";
import type { EditorData } from "./queries";
import { type AllocationDraft, useAllocation } from "./use-allocation";

interface AllocationEditorProps {
  readonly metric: EditorData;
  readonly unit: string | null;
  readonly units: readonly CarryingUnit[];
  readonly account: string;
  /** Where the metric is. */
  readonly back: string;
}

/** 指标分解: chooses how, shows what comes of it while it is typed, and stores it as another version. */
export function AllocationEditor({ metric, unit, units, account, back }: AllocationEditorProps) {
  const t = useMessages("allocation");
  const m = useMessages("metrics");
  const router = useRouter();
  const toast = useToast();
  const codes = units.map((one) => one.code);
  const editing = useAllocation({ metric, unit, units: codes, account });
  const { draft, preview, change } = editing;
  const lastYear = lastYearOf(metric);
  const save = async (): Promise<void> => {
    if (!(await editing.save())) return;
    toast({ message: t("saved") });
    router.history.push(back);
  };
  const hints = preview?.userErrors ?? [];
  return (
    <form
      className="grid min-w-0 gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void save();
        }
      }}
    >
      {metric.allocation !== null && (
        <Card title={t("stored")}>
          <ShareBalance allocation={metric.allocation} unit={metric.unit} />
        </Card>
      )}
      {editing.isOvertaken && <Overtaken metric={metric} editing={editing} />}
      <Card
        title={t("edit")}
        subtitle={
          draft.method === "BY_LAST_YEAR" && metric.lastYear !== null
            ? t("method.BY_LAST_YEAR.known", { code: metric.lastYear.code })
            : t(`method.${draft.method}.detail`)
        }
        isFlush
        actions={
          <SegmentedControl
            label={t("method")}
            value={draft.method}
            options={METHODS.map((value) => ({ value, label: m(`method.${value}`) }))}
            onChange={(method) =>
              change(withMethod(draft, method, { shown: preview?.shares ?? [], lastYear }))
            }
            className="max-sm:grid max-sm:w-full max-sm:grid-cols-2"
          />
        }
      >
        <AllocationTable metric={metric} units={units} editing={editing} />
      </Card>
      <div className="sticky bottom-0 z-10 grid gap-3 rounded-card border border-line bg-card px-4 py-3 shadow-overlay max-md:bottom-14">
        <div aria-live="polite" className={editing.isAsking ? "opacity-60" : ""}>
          {preview?.balance != null && hints.length === 0 && (
            <BalanceText balance={preview.balance} unit={metric.unit} />
          )}
          {hints.map((one) => (
            <p key={one.code + one.message} className="text-warn">
              {one.message}
            </p>
          ))}
          {editing.hasPreviewFailed && <p className="text-danger">{t("preview.failed")}</p>}
          {preview === null && !editing.hasPreviewFailed && (
            <p className="text-muted">{t("preview.waiting")}</p>
          )}
        </div>
        {(preview?.balance?.isContradiction === true || draft.reason !== "") && (
          <Field
            label={t("reason")}
            hint={t("reason.hint")}
            isRequired={preview?.balance?.isContradiction === true}
            error={
              editing.outcome?.kind === "refused"
                ? messageFor(editing.outcome.errors, "reason")
                : undefined
            }
          >
            <TextArea
              rows={2}
              value={draft.reason}
              onChange={(reason) => change({ ...draft, reason })}
            />
          </Field>
        )}
        <Refusal editing={editing} />
        <div className="flex flex-wrap items-center gap-2">
          <Button
            type="submit"
            variant="primary"
            isPending={editing.isSaving}
            disabled={editing.unread.length > 0}
          >
            {t("save")}
          </Button>
          {editing.isChanged && (
            <Button variant="quiet" onClick={editing.takeStored}>
              {t("discard")}
            </Button>
          )}
          <span className="text-sm text-muted max-sm:hidden">
            {editing.isChanged ? t("kept") : t("keys")}
          </span>
        </div>
      </div>
    </form>
  );
}

/** Verified results of the year before, by the code of the unit. */
function lastYearOf(metric: EditorData): Typed {
  const parts = metric.lastYear?.figures?.parts ?? [];
  return Object.fromEntries(
    parts.flatMap(({ department, verified }) =>
      verified === null ? [] : [[department.code, verified] as const],
    ),
  );
}

function Overtaken({ metric, editing }: Pick<AllocationEditorProps, "metric"> & Editing) {
  const t = useMessages("allocation");
  const stored = metric.allocation;
  if (stored === null) return null;
  return (
    <Callout
      tone="warning"
      title={t("conflict", {
        who: stored.madeBy.displayName,
        at: formatDateTime(stored.madeAt),
        version: stored.version,
      })}
    >
      <p>{t("conflict.detail")}</p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button size="small" onClick={editing.keepMine}>
          {t("conflict.mine")}
        </Button>
        <Button size="small" variant="quiet" onClick={editing.takeStored}>
          {t("conflict.theirs")}
        </Button>
      </div>
    </Callout>
  );
}

interface Editing {
  readonly editing: AllocationDraft;
}

/** Why nothing was stored, but for what stands beside its field. */
function Refusal({ editing }: Editing) {
  const t = useMessages("allocation");
  const { outcome } = editing;
  if (outcome?.kind === "failed") return <Callout tone="danger" title={t("save.failed")} />;
  if (outcome?.kind !== "refused") return null;
  return outcome.errors
    .filter((one) => one.path.at(-1) !== "reason")
    .map((one) => <Callout key={one.code} tone="danger" title={one.message} />);
}
