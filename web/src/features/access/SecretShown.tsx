import { type ReactNode, useRef, useState } from "react";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { Dialog } from "../../ui/Dialog";
import { CopyButton } from "./examples/CopyButton";

interface SecretShownProps {
  readonly title: string;
  /** Its words are `<kind>.once` and so on of the area `integrations`. */
  readonly kind: "shown" | "secret";
  /** None where its answer was lost and the same was asked again. */
  readonly secret: string | null;
  readonly onClose: () => void;
  /** What is shown under it; told when something with the secret in it was copied. */
  readonly children: (onCopied: () => void) => ReactNode;
}

/** A secret, shown this once; whoever leaves without having copied it is asked once more. */
export function SecretShown({ title, kind, secret, onClose, children }: SecretShownProps) {
  const t = useMessages("integrations");
  const common = useMessages("common");
  const text = useRef<HTMLElement>(null);
  const [isCopied, setCopied] = useState(false);
  const [isWarned, setWarned] = useState(false);
  const leave = (): void => {
    if (isCopied || isWarned || secret === null) onClose();
    else setWarned(true);
  };
  const copied = (): void => setCopied(true);
  return (
    <Dialog
      title={title}
      onClose={leave}
      actions={
        <Button variant="primary" onClick={leave}>
          {secret === null || (isWarned && !isCopied) ? common("close") : t("shown.done")}
        </Button>
      }
    >
      {secret === null ? (
        <Callout tone="danger" title={t(`${kind}.lost`)}>
          {t(`${kind}.lost.about`)}
        </Callout>
      ) : (
        <div className="grid min-w-0 gap-4">
          <Callout tone="warning" title={t(`${kind}.once`)}>
            {t(`${kind}.about`)}
          </Callout>
          <div className="flex flex-wrap items-center justify-between gap-2 rounded-md border border-line bg-sunken p-3">
            <code
              ref={text}
              translate="no"
              className="min-w-0 flex-1 basis-60 font-mono text-sm break-all select-all"
            >
              {secret}
            </code>
            <CopyButton what={t(`${kind}.what`)} from={text} onCopied={copied} />
          </div>
          {children(copied)}
          {isWarned && !isCopied && (
            <Callout tone="danger" title={t(`${kind}.leave`)}>
              {t(`${kind}.leave.about`)}
            </Callout>
          )}
        </div>
      )}
    </Dialog>
  );
}
