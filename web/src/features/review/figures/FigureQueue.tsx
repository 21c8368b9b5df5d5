import { useEffect, useRef } from "react";
import { formatDateTime } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { formatPeriod } from "../../../i18n/period";
import { Badge } from "../../../ui/Badge";
import { classNames } from "../../../ui/class-names";
import { TargetText } from "../../../ui/TargetText";
import { FigureWords, SaidWords } from "./FigureWords";
import type { WaitingFigureData } from "./queries";
import { type FigureGroup, replacedBy } from "./waiting";

interface FigureQueueProps {
  readonly groups: readonly FigureGroup[];
  readonly chosen: string | null;
  readonly picked: ReadonlySet<string>;
  readonly refused: ReadonlyMap<string, string>;
  readonly onChoose: (row: WaitingFigureData) => void;
  readonly onPick: (ids: readonly string[], isPicked: boolean) => void;
}

/** What waits by metric and month: who says what instead of what, since when. */
export function FigureQueue({ groups, ...rest }: FigureQueueProps) {
  const t = useMessages("figures");
  return (
    <div className="grid">
      {groups.map((group) => (
        <section key={group.key} aria-label={`${group.metric.code} ${formatPeriod(group.period)}`}>
          <header className="flex flex-wrap items-baseline gap-x-3 border-b border-line bg-sunken/60 px-3 py-2">
            <h2 className="font-semibold">{group.metric.name}</h2>
            <p className="caption text-sm text-muted">
              <span className="tabular-nums">{group.metric.code}</span>
              {" · "}
              {formatPeriod(group.period)}
              {" · "}
              {t("target")} <TargetText target={group.metric} />
            </p>
          </header>
          <ul aria-label={t("waiting")}>
            {group.rows.map((row) => (
              <Entry key={row.id} row={row} {...rest} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface EntryProps extends Omit<FigureQueueProps, "groups"> {
  readonly row: WaitingFigureData;
}

function Entry({ row, chosen, picked, refused, onChoose, onPick }: EntryProps) {
  const t = useMessages("figures");
  const r = useMessages("review");
  const isChosen = chosen === row.id;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isChosen) button.current?.scrollIntoView({ block: "nearest" });
  }, [isChosen]);
  const before = replacedBy(row);
  const words = refused.get(row.id);
  return (
    <li
      className={classNames(
        "flex border-b border-line",
        isChosen && "bg-sunken shadow-[inset_3px_0_0_var(--brand)]",
      )}
    >
      <span className="no-print grid w-9 shrink-0 place-items-stretch pointer-coarse:w-11">
        {row.viewerCanDecide && (
          <label className="control grid place-items-center">
            <input
              type="checkbox"
              aria-label={t("pick", {
                metric: row.metric.name,
                department: row.department.shortName,
              })}
              className="size-4 accent-(--brand)"
              checked={picked.has(row.id)}
              onChange={(event) => onPick([row.id], event.target.checked)}
            />
          </label>
        )}
      </span>
      <button
        ref={button}
        type="button"
        aria-current={isChosen ? "true" : undefined}
        data-figure-waits={`${row.metric.code} ${row.department.code}`}
        className="control grid min-w-0 flex-1 gap-x-3 px-2 py-2 text-left hover:bg-sunken/60 sm:grid-cols-[9rem_minmax(0,1fr)_auto] sm:items-baseline"
        onClick={() => onChoose(row)}
      >
        <span className="font-medium">{row.department.shortName}</span>
        <span className="flex flex-wrap items-center gap-1.5 tabular-nums">
          {before !== null && (
            <>
              <s className="text-muted">
                <SaidWords said={before} unit={row.metric.unit} />
              </s>
              <span aria-hidden="true">→</span>
            </>
          )}
          <strong className="font-semibold">
            <FigureWords row={row} />
          </strong>
          {row.isLate && <Badge tone="warning">{t("late")}</Badge>}
          {row.kind === "ZERO" && <Badge>{t("kind.ZERO")}</Badge>}
          {!row.viewerCanDecide && <Badge>{r("own")}</Badge>}
        </span>
        <span className="text-xs text-muted">
          {row.recordedBy.displayName} {formatDateTime(row.recordedAt)}
        </span>
        {words !== undefined && (
          <span role="alert" className="text-sm text-danger sm:col-span-3">
            {words}
          </span>
        )}
      </button>
    </li>
  );
}
