import { useState } from "react";
import type { ResultOf } from "../../../graphql/graphql";
import { useKeyedAct } from "../../../graphql/use-act";
import { useMessages } from "../../../i18n/messages";
import { Dialog } from "../../../ui/Dialog";
import { Field } from "../../../ui/Field";
import { TextInput } from "../../../ui/TextInput";
import type { AccountRow } from "../account-documents";
import { FormFrame } from "../FormFrame";
import { UnitPicker } from "../UnitPicker";
import { useForm } from "../use-form";
import { CreateServiceAccount } from "./token-documents";

const created = (data: ResultOf<typeof CreateServiceAccount>) => data.createServiceAccount;

interface CreateServiceDialogProps {
  /** Null for the account that an earlier request of the same has made. */
  readonly onDone: (account: AccountRow | null) => void;
  readonly onClose: () => void;
}

/** 新建服务账号: name, login, unit. */
export function CreateServiceDialog({ onDone, onClose }: CreateServiceDialogProps) {
  const t = useMessages("integrations");
  const act = useKeyedAct(CreateServiceAccount, created);
  const [name, setName] = useState("");
  const [login, setLogin] = useState("");
  const [unit, setUnit] = useState<string | null>(null);
  const form = useForm(
    () => act({ displayName: name, login, departmentId: unit ?? "" }),
    (answer) => onDone(answer?.account ?? null),
  );
  return (
    <Dialog title={t("create")} onClose={onClose}>
      <FormFrame
        form={form}
        fields={["displayName", "login", "departmentId"]}
        submit={t("create.send")}
        isDisabled={name.trim() === "" || login.trim() === "" || unit === null}
        onCancel={onClose}
      >
        <p className="caption text-sm text-muted">{t("create.about")}</p>
        <Field
          label={t("name")}
          isRequired
          hint={t("create.name.hint")}
          error={form.errorOf("displayName")}
        >
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
