import { useState } from "react";
import { useQuery } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import { useKeyedAct } from "../../graphql/use-act";
import { useMessages } from "../../i18n/messages";
import { Checkbox } from "../../ui/Checkbox";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { TextInput } from "../../ui/TextInput";
import { AccountAddress, type AccountRow, UpdateAccount } from "./account-documents";
import { FormFrame } from "./FormFrame";
import { UnitPicker } from "./UnitPicker";
import { useForm } from "./use-form";

const updated = (data: ResultOf<typeof UpdateAccount>) => data.updateAccount;

interface AccountDialogProps {
  readonly account: AccountRow;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** 修改账号: name, unit and mail address; roles are the security administrator's. */
export function AccountDialog({ account, onDone, onClose }: AccountDialogProps) {
  const t = useMessages("accounts");
  const act = useKeyedAct(UpdateAccount, updated);
  const [name, setName] = useState(account.displayName);
  const [unit, setUnit] = useState(account.department.id);
  const [{ data }] = useQuery({
    query: AccountAddress,
    variables: { id: account.id },
    requestPolicy: "cache-and-network",
  });
  const known = data?.account?.mailAddress ?? null;
  const [mail, setMail] = useState("");
  const [isCleared, setCleared] = useState(false);
  // Left out it stays, empty it goes.
  const typed = mail.trim();
  const address = isCleared ? "" : typed === "" ? null : typed;
  const form = useForm(
    () =>
      act({
        accountId: account.id,
        expectedVersion: account.version,
        displayName: name,
        departmentId: unit,
        mailAddress: address,
      }),
    onDone,
  );
  const isSame =
    name.trim() === account.displayName && unit === account.department.id && address === null;
  return (
    <Dialog title={t("update.of", { name: account.displayName })} onClose={onClose}>
      <FormFrame
        form={form}
        fields={["displayName", "departmentId", "mailAddress"]}
        submit={t("update.send")}
        isDisabled={name.trim() === "" || isSame}
        onCancel={onClose}
      >
        <p className="caption text-sm text-muted">{t("update.about", { login: account.login })}</p>
        <Field label={t("name")} isRequired error={form.errorOf("displayName")}>
          <TextInput value={name} autoComplete="off" onChange={setName} />
        </Field>
        <UnitPicker
          label={t("unit")}
          value={unit}
          onChange={setUnit}
          error={form.errorOf("departmentId")}
        />
        <Field
          label={t("mail")}
          hint={known === null ? t("mail.none") : t("mail.known", { address: known })}
          error={form.errorOf("mailAddress")}
        >
          <TextInput
            value={mail}
            autoComplete="off"
            inputMode="email"
            disabled={isCleared}
            onChange={setMail}
          />
        </Field>
        {known !== null && (
          <Checkbox isChecked={isCleared} onChange={setCleared}>
            {t("mail.clear")}
          </Checkbox>
        )}
      </FormFrame>
    </Dialog>
  );
}
