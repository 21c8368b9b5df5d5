import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { useToast } from "../../ui/Toast";

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly done: string;
  readonly onDone: () => void;
}

/** 备用码: shown this once, to be printed or copied. */
export function RecoveryCodes({ codes, done, onDone }: RecoveryCodesProps) {
  const t = useMessages("factor");
  const toast = useToast();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(codes.join("\n"));
      toast({ message: t("codes.copied") });
    } catch {
      toast({ tone: "danger", message: t("codes.notCopied") });
    }
  };
  return (
    <div className="grid gap-3">
      <p className="caption text-sm text-muted">{t("codes.about")}</p>
      <ol className="grid gap-x-4 gap-y-1 rounded-md border border-line bg-sunken p-3 font-mono text-sm select-all sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <footer className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => void copy()}>{t("codes.copy")}</Button>
        <Button onClick={() => window.print()}>{t("codes.print")}</Button>
        <Button variant="primary" onClick={onDone}>
          {done}
        </Button>
      </footer>
    </div>
  );
}
