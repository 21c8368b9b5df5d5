import { useState } from "react";
import type { ResultOf } from "../../graphql/graphql";
import { useKeyedAct } from "../../graphql/use-act";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { TextInput } from "../../ui/TextInput";
import { InviteAccount, type LinkData } from "./account-documents";
import { FormFrame } from "./FormFrame";
import { LinkShown } from "./LinkShown";
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
  const [link, setLink] = useState<LinkData | null>(null);
  const form = useForm(
    () => act({ displayName: name, login, departmentId: unit ?? "" }),
    (answer) => {
      if (answer?.link == null) onClose();
      else setLink(answer.link);
    },
  );
  if (link !== null) {
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
        <LinkShown link={link} name={name} />
        <p className="mt-3 text-sm text-muted">{t("invited.next")}</p>
      </Dialog>
    );
  }
  return (
    <Dialog title={t("invite")} onClose={onClose}>
      <FormFrame
        form={form}
        fields={["displayName", "login", "departmentId"]}
        submit={t("invite.send")}
        isDisabled={name.trim() === "" || login.trim() === "" || unit === null}
        onCancel={onClose}
      >
        <p className="text-sm text-muted">{t("invite.about")}</p>
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
      </FormFrame>
    </Dialog>
  );
}
