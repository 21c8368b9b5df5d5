import { formatNumber } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { useImportStart } from "./use-import-start";
import type { SheetFile, SheetOf } from "./use-sheet-file";

/** The code by which the server says that a file is too long to be tried and taken at once. */
export const TOO_LONG = "SHEET_TOO_MANY_ROWS";

interface LargeOfferProps {
  readonly sheet: SheetFile;
  readonly of: SheetOf;
  /** How many rows it has and how many go at once, where that was said. */
  readonly rows?: string | undefined;
  readonly most?: string | undefined;
  readonly onStarted: (id: string) => void;
}

const TERMS = ["large.parts", "large.goodRows", "large.noTrial", "large.reason"] as const;

/** The file is too long to be tried row by row: what else can be done with it, and on which terms. */
export function LargeOffer({ sheet, of, rows, most, onStarted }: LargeOfferProps) {
  const t = useMessages("sheets");
  const { isStarting, outcome, start } = useImportStart(sheet, of, onStarted);
  const title =
    rows === undefined || most === undefined
      ? t("large.title")
      : t("large.title.rows", { rows: formatNumber(rows), most: formatNumber(most) });
  return (
    <div className="grid gap-3" role="status">
      <Callout tone="info" title={title}>
        <ul className="mt-1 grid list-disc gap-0.5 pl-5">
          {TERMS.map((term) => (
            <li key={term}>{t(term)}</li>
          ))}
        </ul>
      </Callout>
      <StartOutcome outcome={outcome} onRetry={sheet.retry} />
      <p>
        <Button variant="primary" icon="upload" isPending={isStarting} onClick={() => void start()}>
          {t("large.start")}
        </Button>
      </p>
    </div>
  );
}

interface StartOutcomeProps {
  readonly outcome: ReturnType<typeof useImportStart>["outcome"];
  readonly onRetry: () => void;
}

/** Why it was not begun. */
function StartOutcome({ outcome, onRetry }: StartOutcomeProps) {
  const t = useMessages("sheets");
  if (outcome === null || outcome.kind === "done") return null;
  if (outcome.kind === "failed") return <Callout tone="danger" title={t("large.failed")} />;
  const messages =
    outcome.kind === "conflict" ? [outcome.message] : outcome.errors.map((one) => one.message);
  return messages.map((message) => (
    <Callout key={message} tone="danger" title={message}>
      <Button size="small" onClick={onRetry}>
        {t("retry")}
      </Button>
    </Callout>
  ));
}
