import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { useToast } from "../../ui/Toast";

/** The receipt as it was signed, to be copied or printed. */
export function ReceiptPaper({ receipt }: { readonly receipt: string }) {
  const t = useMessages("sheets");
  const toast = useToast();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(receipt);
      toast({ message: t("receipt.copied") });
    } catch {
      toast({ tone: "danger", message: t("receipt.copyFailed") });
    }
  };
  return (
    <section aria-label={t("receipt")} className="grid gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <div className="min-w-0 flex-1 basis-64">
          <h3 className="font-semibold">{t("receipt")}</h3>
          <p className="no-print text-sm text-muted">{t("receipt.detail")}</p>
        </div>
        <div className="no-print flex gap-2">
          <Button size="small" icon="document" onClick={() => void copy()}>
            {t("receipt.copy")}
          </Button>
          <Button size="small" icon="print" onClick={() => window.print()}>
            {t("receipt.print")}
          </Button>
        </div>
      </div>
      <pre className="rounded-md border border-line bg-sunken/50 p-3 font-mono text-sm break-all whitespace-pre-wrap select-all">
        {receipt}
      </pre>
    </section>
  );
}
