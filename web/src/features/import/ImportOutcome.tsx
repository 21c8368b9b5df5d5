import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { Link } from "../../ui/Link";
import { draftUrl, planUrl } from "../../ui/urls";
import type { ImportState, ImportedPlan } from "./use-import";

interface ImportOutcomeProps {
  readonly state: ImportState;
  readonly onRetry: () => void;
}

/** Says beside the control how the import stands, or why it was refused and what helps. */
export function ImportOutcome({ state, onRetry }: ImportOutcomeProps) {
  const t = useMessages("import");
  return (
    <div aria-live="polite" className="empty:hidden">
      {state.kind === "uploading" && <p className="text-muted">{t("state.uploading")}</p>}
      {state.kind === "reading" && <p className="text-muted">{t("state.reading")}</p>}
      {state.kind === "known" && <KnownPlan plan={state.plan} />}
      {state.kind === "refused" && (
        <Callout tone="danger" title={state.message ?? t(`refused.${known(state.code)}`)}>
          {t(`help.${known(state.code)}`)}
        </Callout>
      )}
      {state.kind === "failed" && (
        <Callout tone="danger" title={t("state.failed")}>
          <p>{t("state.failed.detail")}</p>
          <Button size="small" onClick={onRetry}>
            {t("state.retry")}
          </Button>
        </Callout>
      )}
    </div>
  );
}

/** The file is there already: leads to it. */
function KnownPlan({ plan }: { readonly plan: ImportedPlan }) {
  const t = useMessages("import");
  const isDraft = plan.state === "DRAFT";
  return (
    <Callout tone="info" title={isDraft ? t("known.draft") : t("known.issued")}>
      <Link
        to={isDraft ? draftUrl(plan.code) : planUrl(plan.code)}
        className="text-link underline-offset-2 hover:underline"
      >
        {plan.title}
      </Link>
    </Callout>
  );
}

const KNOWN = [
  "DOCUMENT_EMPTY",
  "DOCUMENT_TOO_LARGE",
  "DOCUMENT_BINARY",
  "DOCUMENT_WRONG_TYPE",
  "DOCUMENT_LEGACY_WORD",
  "DOCUMENT_ENCRYPTED",
  "DOCUMENT_MACROS",
  "DOCUMENT_NO_TEXT",
  "DOCUMENT_DAMAGED",
  "DOCUMENT_NO_TASK",
] as const;

/** The code when there is special help for it, else a common one. */
function known(code: string): (typeof KNOWN)[number] | "OTHER" {
  return KNOWN.find((one) => one === code) ?? "OTHER";
}
