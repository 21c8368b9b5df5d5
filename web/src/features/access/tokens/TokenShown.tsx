import { useRef, useState } from "react";
import { useMessages } from "../../../i18n/messages";
import { Button } from "../../../ui/Button";
import { Callout } from "../../../ui/Callout";
import { Dialog } from "../../../ui/Dialog";
import { WHO } from "../examples/calls";
import { CodeBlock } from "../examples/CodeBlock";
import { CopyButton } from "../examples/CopyButton";
import { curlWith, endpointHere } from "../examples/snippets";
import type { TokenRow } from "./token-documents";

interface TokenShownProps {
  readonly token: TokenRow;
  /** The whole token; none where its answer was lost and the same was asked again. */
  readonly secret: string | null;
  readonly onClose: () => void;
}

/** A new token, shown this once, and a call to try it with. */
export function TokenShown({ token, secret, onClose }: TokenShownProps) {
  const t = useMessages("integrations");
  const common = useMessages("common");
  const text = useRef<HTMLElement>(null);
  const [isCopied, setCopied] = useState(false);
  const [isWarned, setWarned] = useState(false);
  const leave = (): void => {
    if (isCopied || isWarned || secret === null) onClose();
    else setWarned(true);
  };
  return (
    <Dialog
      title={t("shown", { name: token.name })}
      onClose={leave}
      actions={
        <Button variant="primary" onClick={leave}>
          {secret === null || (isWarned && !isCopied) ? common("close") : t("shown.done")}
        </Button>
      }
    >
      {secret === null ? (
        <Callout tone="danger" title={t("shown.lost")}>
          {t("shown.lost.about")}
        </Callout>
      ) : (
        <div className="grid min-w-0 gap-4">
          <Callout tone="warning" title={t("shown.once")}>
            {t("shown.about")}
          </Callout>
          <div className="flex flex-wrap items-center justify-between gap-2 rounded-md border border-line bg-sunken p-3">
            <code
              ref={text}
              translate="no"
              className="min-w-0 flex-1 basis-60 font-mono text-sm break-all select-all"
            >
              {secret}
            </code>
            <CopyButton what={t("shown.token")} from={text} onCopied={() => setCopied(true)} />
          </div>
          <div className="grid min-w-0 gap-2">
            <h3 className="font-semibold">{t("shown.try")}</h3>
            <CodeBlock
              what={t("shown.try")}
              language="curl"
              code={curlWith(secret, WHO, endpointHere())}
              onCopied={() => setCopied(true)}
            />
          </div>
          <p className="caption text-sm text-muted">{t("shown.oauth", { id: token.publicId })}</p>
          {isWarned && !isCopied && (
            <Callout tone="danger" title={t("shown.leave")}>
              {t("shown.leave.about")}
            </Callout>
          )}
        </div>
      )}
    </Dialog>
  );
}
