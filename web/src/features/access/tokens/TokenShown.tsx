import { useMessages } from "../../../i18n/messages";
import { WHO } from "../examples/calls";
import { CodeBlock } from "../examples/CodeBlock";
import { curlWith, endpointHere } from "../examples/snippets";
import { SecretShown } from "../SecretShown";
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
  const title = t("shown", { name: token.name });
  return (
    <SecretShown title={title} kind="shown" secret={secret} onClose={onClose}>
      {(onCopied) => (
        <>
          <div className="grid min-w-0 gap-2">
            <h3 className="font-semibold">{t("shown.try")}</h3>
            <CodeBlock
              what={t("shown.try")}
              language="curl"
              code={curlWith(secret ?? "", WHO, endpointHere())}
              onCopied={onCopied}
            />
          </div>
          <p className="caption text-sm text-muted">{t("shown.oauth", { id: token.publicId })}</p>
        </>
      )}
    </SecretShown>
  );
}
