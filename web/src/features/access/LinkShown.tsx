import { formatDateTime } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { useToast } from "../../ui/Toast";
import type { LinkData, LinkWay } from "./account-documents";

interface LinkMadeProps {
  readonly way: LinkWay;
  readonly name: string;
}

/** What became of a one-time link: where it was mailed to, and itself where it may be seen. */
export function LinkMade({ way, name }: LinkMadeProps) {
  const t = useMessages("accounts");
  return (
    <div className="grid gap-3">
      {way.mailedTo !== null && (
        <Callout tone="info" title={t("link.mailed", { name, address: way.mailedTo })}>
          {t(way.link === null ? "link.mailed.alone" : "link.mailed.waits")}
        </Callout>
      )}
      {way.link !== null && <LinkShown link={way.link} name={name} />}
    </div>
  );
}

/** A one-time link, shown this once, with a button that copies it. */
function LinkShown({ link, name }: { readonly link: LinkData; readonly name: string }) {
  const t = useMessages("accounts");
  const toast = useToast();
  const address = `${window.location.origin}${link.path}`;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address);
      toast({ message: t("link.copied") });
    } catch {
      toast({ tone: "danger", message: t("link.notCopied") });
    }
  };
  return (
    <Callout tone="warning" title={t("link.title", { name })}>
      <p className="mb-2">{t("link.about", { at: formatDateTime(link.expiresAt) })}</p>
      <p className="mb-2 rounded-md border border-line bg-card p-2 font-mono text-sm break-all text-ink select-all">
        {address}
      </p>
      <Button size="small" icon="link" onClick={() => void copy()}>
        {t("link.copy")}
      </Button>
    </Callout>
  );
}
