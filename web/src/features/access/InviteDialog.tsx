import { useState } from "react";
import type { ResultOf } from "../../graphql/graphql";
import { useKeyedAct } from "../../graphql/use-act";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { TextInput } from "../../ui/TextInput";
import { InviteAccount, type LinkWay } from "./account-documents";
import { FormFrame } from "./FormFrame";
import { LinkMade } from "./LinkShown";
import { UnitPicker } from "./UnitPicker";
import { useForm } from "./use-form";

const invited = (data: ResultOf<typeof InviteAccount>) => data.inviteAccount;

/** 邀请人员: name, login, unit; then the link for its owner, once. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useMessages("accounts");
  const common = useMessages("common");
  const act = useKeyedAct(InviteAccount, invited);
  const [name, setName] = useState("");
  const [login, setLogin] = useState("");
  const [unit, setUnit] = useState<string | null>(null);
  const [mail, setMail] = useState("");
  const [way, setWay] = useState<LinkWay | null>(null);
  const form = useForm(
    () =>
      act({
        displayName: name,
        login,
        departmentId: unit ?? "",
        mailAddress: mail.trim() === "" ? null : mail,
      }),
    (answer) => {
      if (answer === undefined || (answer.link === null && answer.mailedTo === null)) onClose();
      else setWay({ link: answer.link, mailedTo: answer.mailedTo });
    },
  );
  if (way !== null) {
    return (
      <Dialog
        title={t("invited", { name })}
        onClose={onClose}
        actions={
          <Button variant="primary" onClick={onClose}>
            {common("close")}
          </Button>
        }
      >
        <LinkMade way={way} name={name} />
        <p className="mt-3 caption text-sm text-muted">{t("invited.next")}</p>
      </Dialog>
    );
  }
  return (
    <Dialog title={t("invite")} onClose={onClose}>
      <FormFrame
        form={form}
        fields={["displayName", "login", "departmentId", "mailAddress"]}
        submit={t("invite.send")}
        isDisabled={name.trim() === "" || login.trim() === "" || unit === null}
        onCancel={onClose}
      >
        <p className="caption text-sm text-muted">{t("invite.about")}</p>
        <Field label={t("name")} isRequired error={form.errorOf("displayName")}>
          <TextInput value={name} autoComplete="off" onChange={setName} />
        </Field>
        <Field label={t("login")} isRequired hint={t("login.hint")} error={form.errorOf("login")}>
          <TextInput value={login} autoComplete="off" spellCheck={false} onChange={setLogin} />
        </Field>
        <UnitPicker
          label={t("unit")}
          value={unit}
          onChange={setUnit}
          error={form.errorOf("departmentId")}
        />
        <Field label={t("mail")} hint={t("mail.hint")} error={form.errorOf("mailAddress")}>
          <TextInput value={mail} autoComplete="off" inputMode="email" onChange={setMail} />
        </Field>
      </FormFrame>
    </Dialog>
  );
}
