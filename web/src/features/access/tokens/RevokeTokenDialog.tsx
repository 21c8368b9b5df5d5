import type { ResultOf } from "../../../graphql/graphql";
import { useKeyedAct } from "../../../graphql/use-act";
import { formatDateTime } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { Callout } from "../../../ui/Callout";
import { Dialog } from "../../../ui/Dialog";
import { useToast } from "../../../ui/Toast";
import { FormFrame } from "../FormFrame";
import { useForm } from "../use-form";
import { RevokeApiToken, type TokenRow } from "./token-documents";

const revoked = (data: ResultOf<typeof RevokeApiToken>) => data.revokeApiToken;

interface RevokeTokenDialogProps {
  readonly token: TokenRow;
  readonly onClose: () => void;
}

/** 吊销令牌: asked once more, with what hangs on it. */
export function RevokeTokenDialog({ token, onClose }: RevokeTokenDialogProps) {
  const t = useMessages("integrations");
  const toast = useToast();
  const act = useKeyedAct(RevokeApiToken, revoked);
  const form = useForm(
    () => act({ tokenId: token.id }),
    () => {
      onClose();
      toast({ message: t("revoked", { name: token.name }) });
    },
  );
  return (
    <Dialog title={t("revoke.of", { name: token.name })} onClose={onClose}>
      <FormFrame form={form} fields={[]} submit={t("revoke.send")} onCancel={onClose}>
        <Callout tone="warning" title={t("revoke.about")}>
          {token.lastUsedAt === null
            ? t("revoke.unused")
            : t("revoke.used", {
                at: formatDateTime(token.lastUsedAt),
                address: token.lastAddress ?? "",
              })}
        </Callout>
        <p className="caption text-sm text-muted">{t("revoke.successor")}</p>
      </FormFrame>
    </Dialog>
  );
}
