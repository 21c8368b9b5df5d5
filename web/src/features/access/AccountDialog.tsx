import { useState } from "react";
import type { ResultOf } from "../../graphql/graphql";
import { useKeyedAct } from "../../graphql/use-act";
import { useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { TextInput } from "../../ui/TextInput";
import { type AccountRow, UpdateAccount } from "./account-documents";
import { FormFrame } from "./FormFrame";
import { UnitPicker } from "./UnitPicker";
import { useForm } from "./use-form";

const updated = (data: ResultOf<typeof UpdateAccount>) => data.updateAccount;

interface AccountDialogProps {
  readonly account: AccountRow;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** 修改账号: name and unit; roles are the security administrator's. */
export function AccountDialog({ account, onDone, onClose }: AccountDialogProps) {
  const t = useMessages("accounts");
  const act = useKeyedAct(UpdateAccount, updated);
  const [name, setName] = useState(account.displayName);
  const [unit, setUnit] = useState(account.department.id);
  const form = useForm(
    () =>
      act({
        accountId: account.id,
        expectedVersion: account.version,
        displayName: name,
        departmentId: unit,
      }),
    onDone,
  );
  const isSame = name.trim() === account.displayName && unit === account.department.id;
  return (
    <Dialog title={t("update.of", { name: account.displayName })} onClose={onClose}>
      <FormFrame
        form={form}
        fields={["displayName", "departmentId"]}
        submit={t("update.send")}
        isDisabled={name.trim() === "" || isSame}
        onCancel={onClose}
      >
        <p className="text-sm text-muted">{t("update.about", { login: account.login })}</p>
        <Field label={t("name")} isRequired error={form.errorOf("displayName")}>
          <TextInput value={name} autoComplete="off" onChange={setName} />
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
