import { useId } from "react";
import { useMessages } from "../../i18n/messages";
import { usePreferences } from "../../i18n/preferences";
import { quantityWords } from "../../i18n/targets";
import { EvidenceList } from "../../states/EvidenceList";
import { Button } from "../../ui/Button";
import { classNames } from "../../ui/class-names";
import { TargetText } from "../../ui/TargetText";
import {
  beforeOf,
  BLANK,
  bothOf,
  type FigureRow,
  isCorrection,
  saidOf,
  shapeOf,
  type Typed,
  typedOf,
  unreadable,
} from "./figure-state";
import { AttachFiles } from "./AttachFiles";
import { FigureCell } from "./FigureCell";
import { FigureMark } from "./FigureMark";
import type { SaidData } from "./queries";
import type { FigureSheet } from "./use-figures";

export interface FigureEntryProps {
  readonly row: FigureRow;
  /** Place among all figures of the page; keys and pasted columns go by it. */
  readonly index: number;
  readonly sheet: FigureSheet;
  readonly isOpen: boolean;
}

/** One metric for the month: what was said so far, the cells, and what the server says of them. */
export function FigureEntry({ row, index, sheet, isOpen }: FigureEntryProps) {
  const t = useMessages("figures");
  const { locale } = usePreferences();
  const id = useId();
  const { metric, previous, stored } = row;
  const shape = shapeOf(metric);
  const inWords = (value: string): string => quantityWords(value, metric.unit, locale);
  const hints = [
    shape.hasTotal && beforeWords(row, t, inWords),
    previous?.value != null && t("previous", { value: inWords(previous.value) }),
    previous?.kind === "NOT_APPLICABLE" && t("previous.notApplicable"),
  ].filter((one) => one !== false);
  return (
    <li
      aria-labelledby={id}
      className="grid gap-x-4 gap-y-2 px-3 py-2.5 lg:grid-cols-[minmax(13rem,18rem)_minmax(0,1fr)]"
      data-figure-row={metric.code}
    >
      <div className="grid content-start gap-0.5">
        <p id={id} className="font-medium">
          {metric.name}
        </p>
        <p className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
          <span className="tabular-nums">{metric.code}</span>
          <span>
            {t("target")} <TargetText target={metric} />
          </span>
        </p>
        {hints.map((hint) => (
          <p key={hint} className="text-sm text-muted tabular-nums">
            {hint}
          </p>
        ))}
        <FigureMark row={row} />
        <EvidenceList files={saidOf(row)?.evidence ?? []} />
        {(stored?.state === "REJECTED" || stored?.state === "WITHDRAWN") && (
          <Gone gone={stored} stands={row.stands} inWords={inWords} />
        )}
      </div>
      {isOpen ? (
        <Cells row={row} index={index} sheet={sheet} />
      ) : (
        <p className="self-center tabular-nums">{saidWords(saidOf(row), t, inWords)}</p>
      )}
    </li>
  );
}

interface GoneProps {
  readonly gone: SaidData;
  readonly stands: SaidData | null;
  readonly inWords: (value: string) => string;
}

/** The newest revision does not count: who said so and why, and what counts instead. */
function Gone({ gone, stands, inWords }: GoneProps) {
  const t = useMessages("figures");
  const isRejected = gone.state === "REJECTED";
  const who = gone.decidedBy?.displayName ?? "";
  const what = saidWords(gone, t, inWords);
  return (
    <p
      data-figure-gone={gone.state}
      className={classNames(
        "rounded px-2 py-1 text-sm",
        isRejected ? "bg-warn-soft" : "border border-line",
      )}
    >
      <strong className="font-medium">
        {isRejected
          ? t("rejected.by", { who })
          : t("withdrawn.by", { number: gone.revision, who, what })}
      </strong>
      {gone.decidedReason}
      {stands !== null && (
        <span className="block">
          {t("stands", {
            number: stands.revision,
            what: saidWords(stands, t, inWords),
            state: t(`state.${stands.state}`),
          })}
        </span>
      )}
    </p>
  );
}

/** What the year amounts to so far; nothing said is not zero. */
function beforeWords(
  row: FigureRow,
  t: ReturnType<typeof useMessages<"figures">>,
  inWords: (value: string) => string,
): string | false {
  const { before } = row.metric;
  if (before === undefined) return false;
  const isSaid = before?.provisional != null || before?.verified != null;
  return isSaid ? t("before", { value: inWords(beforeOf(row)) }) : t("before.none");
}

function saidWords(
  said: SaidData | null,
  t: ReturnType<typeof useMessages<"figures">>,
  inWords: (value: string) => string,
): string {
  if (said === null) return "";
  if (said.kind === "NOT_APPLICABLE") return t("notApplicable");
  const names = said.things.length === 0 ? "" : `（${said.things.join("、")}）`;
  return `${inWords(said.value ?? "0")}${names}`;
}

type CellsProps = Omit<FigureEntryProps, "isOpen">;

/** What can be written: the figure in either form, zero, that it does not apply, and why. */
function Cells({ row, index, sheet }: CellsProps) {
  const t = useMessages("figures");
  const { metric, typed } = row;
  const shape = shapeOf(metric);
  const both = bothOf(row);
  const wrong = unreadable(row);
  const write = (patch: Parameters<FigureSheet["write"]>[1]) => sheet.write(metric.code, patch);
  const message = (field: string, cell: string): string | undefined =>
    row.errors.find((error) => error.path.at(-1) === field)?.message ??
    (wrong === cell ? t("unreadable") : undefined);
  const shared = { row, index, sheet };
  const isZero = !typed.isNotApplicable && typed.names.trim() === "" && typed.month.trim() === "0";
  const others = row.errors.filter((error) => !SHOWN.includes(error.path.at(-1) ?? ""));
  return (
    <div className="grid content-start gap-2">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        {shape.hasNames ? (
          <FigureCell
            {...shared}
            column="names"
            label={t("names")}
            hint={t("names.hint")}
            value={typed.names}
            message={message("things", "month") ?? message("value", "month")}
            onWrite={(names) => write({ names, month: "", isNotApplicable: false })}
          />
        ) : (
          <FigureCell
            {...shared}
            column="month"
            label={shape.hasBase ? t("numerator") : t("month")}
            unit={metric.unit}
            value={both.month}
            isDerived={typed.by === "total"}
            message={message("value", "month")}
            onWrite={(month) => write({ month, by: "month", isNotApplicable: false })}
          />
        )}
        {shape.hasBase && (
          <FigureCell
            {...shared}
            column="base"
            label={metric.treeAggregation === "RATIO" ? t("denominator") : t("weight")}
            value={typed.base}
            message={message("base", "base")}
            onWrite={(base) => write({ base, isNotApplicable: false })}
          />
        )}
        {shape.hasTotal && (
          <FigureCell
            {...shared}
            column="total"
            label={t("total")}
            unit={metric.unit}
            value={both.total}
            isDerived={typed.by === "month"}
            message={message("runningTotal", "total")}
            onWrite={(total) => write({ total, by: "total", isNotApplicable: false })}
          />
        )}
        <fieldset className="flex flex-wrap gap-2 pt-6 max-sm:pt-0">
          <legend className="sr-only">{t("instead")}</legend>
          <Choice
            isOn={isZero}
            label={t("zero")}
            onClick={() =>
              write(isZero ? typedWithout(row) : { ...BLANK, month: "0", ...rest(typed) })
            }
          />
          <Choice
            isOn={typed.isNotApplicable}
            label={t("notApplicable")}
            onClick={() =>
              write(
                typed.isNotApplicable
                  ? typedWithout(row)
                  : { ...BLANK, isNotApplicable: true, ...rest(typed) },
              )
            }
          />
          {shape.hasNames && row.previous !== null && row.previous.things.length > 0 && (
            <Button
              size="small"
              variant="quiet"
              onClick={() => write({ ...typedOf(row.previous), ...rest(typed) })}
            >
              {t("names.previous")}
            </Button>
          )}
        </fieldset>
      </div>
      <AttachFiles
        metric={metric.name}
        isAsked={metric.isEvidenceAsked}
        files={typed.files}
        onWrite={(files) => write({ files })}
      />
      {isCorrection(row) && (
        <FigureCell
          {...shared}
          column="reason"
          label={t("reason")}
          value={typed.reason}
          message={message("reason", "reason")}
          onWrite={(reason) => write({ reason })}
        />
      )}
      {others.length > 0 && (
        <p role="alert" className="text-sm text-danger">
          {others.map((error) => error.message).join(" ")}
        </p>
      )}
      {row.handing === "failed" && (
        <p role="alert" className="text-sm text-danger">
          {t("handing.failed")}
        </p>
      )}
      {row.handing === "conflict" && (
        <div role="alert" className="grid gap-1 rounded bg-warn-soft px-2 py-1.5 text-sm">
          <p>
            {t("conflict", {
              who: row.stored?.recordedBy.displayName ?? "",
              what: storedWords(row, t),
            })}
          </p>
          <p className="flex flex-wrap gap-1.5">
            <Button size="small" onClick={() => sheet.keepTyped(metric.code)}>
              {t("conflict.mine")}
            </Button>
            <Button size="small" variant="quiet" onClick={() => sheet.takeStored(metric.code)}>
              {t("conflict.theirs")}
            </Button>
          </p>
        </div>
      )}
    </div>
  );
}

/** Fields whose refusals stand beside their cells. */
const SHOWN = ["value", "runningTotal", "base", "things", "reason"];

/** What stays when another figure is chosen by a button. */
function rest({ reason, files }: Typed): Pick<Typed, "reason" | "files"> {
  return { reason, files };
}

/** Without zero or "does not apply": what is stored, where that is a figure. */
function typedWithout(row: FigureRow) {
  const said = saidOf(row);
  const isFigure = said?.kind === "AMOUNT";
  return { ...(isFigure ? typedOf(said) : BLANK), ...rest(row.typed) };
}

function storedWords(row: FigureRow, t: ReturnType<typeof useMessages<"figures">>): string {
  if (row.stored?.kind === "NOT_APPLICABLE") return t("notApplicable");
  return row.stored?.value ?? "";
}

interface ChoiceProps {
  readonly isOn: boolean;
  readonly label: string;
  readonly onClick: () => void;
}

/** A button that stays pressed. */
function Choice({ isOn, label, onClick }: ChoiceProps) {
  return (
    <Button
      size="small"
      icon={isOn ? "check" : undefined}
      aria-pressed={isOn}
      className={classNames("min-h-9", isOn && "border-info bg-info-soft text-ink")}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}
