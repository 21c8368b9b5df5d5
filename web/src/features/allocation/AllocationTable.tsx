import type { KeyboardEvent } from "react";
import { useMessages } from "../../i18n/messages";
import { usePreferences } from "../../i18n/preferences";
import { quantityWords } from "../../i18n/targets";
import { classNames } from "../../ui/class-names";
import { INPUT_CLASS } from "../../ui/Field";
import { figuresOf, pastedColumn, typedOf, withTyped, withUnits } from "./draft";
import type { EditorData } from "./queries";
import type { AllocationDraft } from "./use-allocation";

/** A unit that can carry a share. */
export interface CarryingUnit {
  readonly code: string;
  readonly name: string;
  /** Verified so far this year. */
  readonly verified: string | null;
}

interface AllocationTableProps {
  readonly metric: EditorData;
  readonly units: readonly CarryingUnit[];
  readonly editing: AllocationDraft;
}

/** One line a unit: whether it carries, what is typed, and the share that comes of it. */
export function AllocationTable({ metric, units, editing }: AllocationTableProps) {
  const t = useMessages("allocation");
  const { draft, change } = editing;
  const codes = units.map((unit) => unit.code);
  const isAll = draft.left.length === 0;
  const { method } = draft;
  const isEven = method === "EVENLY";
  const heads = [
    { key: "now", name: t("column.verified"), isShown: true },
    { key: "stored", name: t("column.stored"), isShown: metric.allocation !== null },
    { key: "typed", name: isEven ? "" : t(`column.${method}`), isShown: !isEven },
    { key: "share", name: t("column.share"), isShown: method !== "BY_HAND" },
    { key: "part", name: t("column.part"), isShown: true },
  ].filter((head) => head.isShown);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table must scroll by keyboard
    <section aria-label={t("table")} tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-collapse tabular-nums">
        <caption className="sr-only">{t("table")}</caption>
        <thead>
          <tr className="border-b border-line text-sm text-muted">
            <th scope="col" className="px-4 py-2 text-left font-medium">
              <label className="inline-flex min-h-6 items-center gap-2">
                <input
                  type="checkbox"
                  checked={isAll}
                  aria-label={t("all")}
                  className="size-4 accent-(--brand)"
                  onChange={() => change(withUnits(draft, codes, !isAll))}
                />
                {t("column.unit")}
              </label>
            </th>
            {heads.map((head) => (
              <th
                key={head.key}
                scope="col"
                className={classNames(
                  "px-3 py-2 text-right font-medium last:pr-4",
                  ["now", "stored", "part"].includes(head.key) && "max-sm:hidden",
                )}
              >
                {head.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {units.map((unit, index) => (
            <Line
              key={unit.code}
              metric={metric}
              unit={unit}
              index={index}
              codes={codes}
              editing={editing}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface LineProps extends Omit<AllocationTableProps, "units"> {
  readonly unit: CarryingUnit;
  readonly index: number;
  readonly codes: readonly string[];
}

function Line({ metric, unit, index, codes, editing }: LineProps) {
  const t = useMessages("allocation");
  const { locale } = usePreferences();
  const { draft, preview, unread, change } = editing;
  const { code } = unit;
  const { method } = draft;
  const isIn = !draft.left.includes(code);
  const inWords = (value: string | undefined): string =>
    value === undefined ? "—" : quantityWords(value, metric.unit, locale);
  const stored = metric.allocation === null ? {} : figuresOf(metric.allocation.shares);
  const share = isIn ? figuresOf(preview?.shares ?? [])[code] : undefined;
  const isUnread = unread.includes(code);
  const muted = isIn ? undefined : "text-muted";
  return (
    <tr className="border-b border-line last:border-b-0">
      <th scope="row" className="px-4 py-1.5 text-left font-normal">
        <label className={classNames("inline-flex min-h-8 items-center gap-2", muted)}>
          <input
            type="checkbox"
            checked={isIn}
            className="size-4 shrink-0 accent-(--brand)"
            onChange={(event) => change(withUnits(draft, [code], event.target.checked))}
          />
          {unit.name}
        </label>
      </th>
      <td className="px-3 py-1.5 text-right text-muted max-sm:hidden">
        {unit.verified === null ? t("nothing") : inWords(unit.verified)}
      </td>
      {metric.allocation !== null && (
        <td className="px-3 py-1.5 text-right text-muted max-sm:hidden">{inWords(stored[code])}</td>
      )}
      {method !== "EVENLY" && (
        <td className="px-3 py-1.5 text-right">
          {isIn ? (
            <input
              data-share={index}
              inputMode="decimal"
              aria-label={`${unit.name} ${t(`column.${method}`)}`}
              aria-invalid={isUnread || undefined}
              value={typedOf(draft, code)}
              className={classNames(INPUT_CLASS, "!min-h-9 !w-28 px-2 text-right tabular-nums")}
              onChange={(event) => change(withTyped(draft, { [code]: event.target.value }))}
              onKeyDown={(event) => move(event, index)}
              onPaste={(event) => {
                const text = event.clipboardData.getData("text/plain");
                const written = pastedColumn(text, code, codes);
                if (written === null) return;
                event.preventDefault();
                change(withTyped(draft, written));
              }}
            />
          ) : (
            <span className="text-muted">{t("carries.nothing")}</span>
          )}
          {isUnread && <p className="text-sm text-danger">{t("unread")}</p>}
        </td>
      )}
      {method !== "BY_HAND" && (
        <td className="px-3 py-1.5 text-right font-medium last:pr-4">
          {isIn ? (
            inWords(share)
          ) : (
            <span className="font-normal text-muted">{t("carries.nothing")}</span>
          )}
        </td>
      )}
      <td className="px-3 py-1.5 pr-4 text-right text-muted max-sm:hidden">
        {partOf(share, preview?.balance?.target)}
      </td>
    </tr>
  );
}

/** A share in percent of the target, for the eye alone. */
function partOf(share: string | undefined, target: string | undefined): string {
  if (share === undefined || target === undefined || Number(target) === 0) return "";
  return `${((Number(share) / Number(target)) * 100).toFixed(1)}%`;
}

/** Enter and the arrows go down and up the column; what is being composed is left alone. */
function move(event: KeyboardEvent, index: number): void {
  const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
  const inputs = [...document.querySelectorAll<HTMLInputElement>("[data-share]")];
  const here = inputs.findIndex((one) => one.dataset.share === String(index));
  const next = inputs[here + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
  next.select();
}
