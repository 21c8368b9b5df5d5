import { useMessages } from "../i18n/messages";
import { Button } from "../ui/Button";
import { Callout } from "../ui/Callout";
import { otherMessages } from "../graphql/outcome";
import type { EditStatus } from "./use-edit";
import type { RefusedFieldData } from "../graphql/refused-field";

interface SaveStateProps {
  readonly status: EditStatus;
  readonly errors: readonly RefusedFieldData[];
  readonly requestId: string | null;
  /** Fields that show their own message. */
  readonly fields: readonly string[];
  readonly onRetry: () => void;
  readonly onReset: () => void;
}

/** Says how saving stands; what was typed is kept, and the way on is offered beside it. */
export function SaveState({ status, errors, requestId, fields, onRetry, onReset }: SaveStateProps) {
  const t = useMessages("act");
  return (
    <div aria-live="polite" className="empty:hidden">
      {status === "saving" && <p className="caption text-sm text-muted">{t("save.saving")}</p>}
      {status === "saved" && <p className="text-sm text-ok">{t("save.saved")}</p>}
      {status === "conflict" && (
        <Callout tone="warning" title={t("save.conflict")}>
          <p>{t("save.conflict.detail")}</p>
          <SaveChoices onRetry={onRetry} onReset={onReset} />
        </Callout>
      )}
      {status === "failed" && (
        <Callout tone="danger" title={t("save.failed")}>
          <p>{t("save.failed.detail")}</p>
          {requestId !== null && <p>{t("save.request", { id: requestId })}</p>}
          <SaveChoices onRetry={onRetry} onReset={onReset} />
        </Callout>
      )}
      {status === "refused" &&
        otherMessages(errors, fields).map((message) => (
          <Callout key={message} tone="danger" title={message} />
        ))}
    </div>
  );
}

/** Tries again with what was typed, or goes back to what is stored. */
function SaveChoices({ onRetry, onReset }: Pick<SaveStateProps, "onRetry" | "onReset">) {
  const t = useMessages("act");
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      <Button size="small" onClick={onRetry}>
        {t("save.retry")}
      </Button>
      <Button size="small" variant="quiet" onClick={onReset}>
        {t("save.reset")}
      </Button>
    </div>
  );
}
