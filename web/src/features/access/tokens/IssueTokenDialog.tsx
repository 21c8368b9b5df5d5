import { useRef, useState } from "react";
import type { ResultOf } from "../../../graphql/graphql";
import { useKeyedAct } from "../../../graphql/use-act";
import { useToday } from "../../../graphql/use-today";
import { useMessages } from "../../../i18n/messages";
import { Dialog } from "../../../ui/Dialog";
import type { AccountRow } from "../account-documents";
import { FormFrame } from "../FormFrame";
import { useForm } from "../use-form";
import { IssueApiToken, type TokenRow } from "./token-documents";
import { TokenFields } from "./TokenFields";
import { TokenShown } from "./TokenShown";
import { inputOf, useTokenForm } from "./use-token-form";

const issued = (data: ResultOf<typeof IssueApiToken>) => data.issueApiToken;
type Issued = ReturnType<typeof issued>;

const FIELDS = ["name", "scopes", "expiresOn", "addresses", "metrics", "replaces"];

interface IssueTokenDialogProps {
  readonly account: AccountRow;
  /** Its tokens that are in force. */
  readonly live: readonly TokenRow[];
  /** The one whose place the new one takes. */
  readonly replaced: TokenRow | null;
  readonly onClose: () => void;
}

/** 签发令牌: what it may do, from where, for how long; then the token, once. */
export function IssueTokenDialog({ account, live, replaced, onClose }: IssueTokenDialogProps) {
  const t = useMessages("integrations");
  const { today } = useToday();
  const act = useKeyedAct(IssueApiToken, issued);
  const { typed, change } = useTokenForm(replaced);
  const [made, setMade] = useState<Issued | null>(null);
  const input = inputOf(typed, account.id, today);
  const form = useForm(
    // The button waits until there is an input.
    () => act(input ?? { accountId: account.id, name: "", scopes: [] }),
    (answer) => (answer === undefined ? onClose() : setMade(answer)),
  );
  const fields = useRef<HTMLDivElement>(null);
  const submit = async (): Promise<void> => {
    await form.submit();
    // The dialog is longer than the screen: what is to be mended comes into sight.
    requestAnimationFrame(() => {
      fields.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
    });
  };
  if (made !== null && made.apiToken !== null) {
    return <TokenShown token={made.apiToken} secret={made.secret} onClose={onClose} />;
  }
  return (
    <Dialog title={t("issue.for", { name: account.displayName })} onClose={onClose}>
      <FormFrame
        form={{ ...form, submit }}
        fields={FIELDS}
        submit={t("issue.send")}
        isDisabled={input === null}
        onCancel={onClose}
      >
        <p className="caption text-sm text-muted">{t("issue.about")}</p>
        <div ref={fields} className="grid gap-4">
          <TokenFields
            typed={typed}
            onChange={change}
            errorOf={form.errorOf}
            live={live}
            today={today}
          />
        </div>
      </FormFrame>
    </Dialog>
  );
}
