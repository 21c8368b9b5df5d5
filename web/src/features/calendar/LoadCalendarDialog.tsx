import { useRef, useState } from "react";
import type { ResultOf } from "../../graphql/graphql";
import { useAct, useKeyedAct } from "../../graphql/use-act";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { TextArea } from "../../ui/TextArea";
import { showToast } from "../../ui/Toast";
import { tableOf } from "./holidays";
import { type CalendarYearData, LoadCalendar, type LoadedCalendarData } from "./queries";

const loaded = (data: ResultOf<typeof LoadCalendar>) => data.loadCalendar;

interface LoadCalendarDialogProps {
  /** The year that is shown; where it has days, they are what is changed. */
  readonly standing: CalendarYearData;
  readonly onClose: () => void;
  readonly onLoaded: () => void;
}

/** A table of days, typed, pasted or taken from a file: tried first, then loaded. */
export function LoadCalendarDialog({ standing, onClose, onLoaded }: LoadCalendarDialogProps) {
  const t = useMessages("calendar");
  const attempt = useAct(LoadCalendar, loaded);
  const act = useKeyedAct(LoadCalendar, loaded);
  const file = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(() =>
    standing.days.length === 0 ? t("example", { year: standing.year }) : tableOf(standing.days),
  );
  const [isBusy, setIsBusy] = useState(false);
  const [tried, setTried] = useState<LoadedCalendarData | null>(null);
  const [errors, setErrors] = useState<readonly string[]>([]);

  const change = (next: string): void => {
    setText(next);
    setTried(null);
    setErrors([]);
  };
  const run = async (isTrial: boolean): Promise<void> => {
    setIsBusy(true);
    const outcome = await (isTrial ? attempt({ text, isTrial }) : act({ text, isTrial }));
    setIsBusy(false);
    if (outcome.kind === "refused") {
      setErrors(outcome.errors.map((error) => error.message));
    } else if (outcome.kind !== "done") {
      setErrors([t("failed")]);
    } else if (isTrial) {
      setTried(outcome.payload ?? null);
    } else {
      showToast({ message: t("loaded") });
      onLoaded();
    }
  };
  const count = tried === null ? 0 : tried.added + tried.removed + tried.changed;
  return (
    <Dialog
      title={t("load.title")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          {tried === null || count === 0 ? (
            <Button variant="primary" isPending={isBusy} onClick={() => void run(true)}>
              {t("try")}
            </Button>
          ) : (
            <Button variant="primary" isPending={isBusy} onClick={() => void run(false)}>
              {t("confirm")}
            </Button>
          )}
        </>
      }
    >
      <div className="grid gap-3">
        <Field label={t("text")} hint={t("text.hint")}>
          <TextArea rows={12} value={text} onChange={change} />
        </Field>
        <div>
          <Button onClick={() => file.current?.click()}>{t("file")}</Button>
          <input
            ref={file}
            type="file"
            accept=".csv,.txt"
            hidden
            onChange={(event) => {
              const chosen = event.target.files?.[0];
              event.target.value = "";
              void chosen?.text().then(change);
            }}
          />
        </div>
        <div aria-live="polite">
          {errors.length > 0 && (
            <ul className="grid list-disc gap-1 pl-5 text-danger">
              {errors.map((error) => (
                <li key={error}>{error}</li>
              ))}
            </ul>
          )}
          {tried !== null && errors.length === 0 && (
            <p>{count === 0 ? t("same") : counts(t, tried)}</p>
          )}
        </div>
      </div>
    </Dialog>
  );
}

function counts(
  t: ReturnType<typeof useMessages<"calendar">>,
  { added, removed, changed }: LoadedCalendarData,
): string {
  return t("tried", { added, removed, changed });
}
