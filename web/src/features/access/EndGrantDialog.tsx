import { useState } from "react";
import type { ResultOf } from "../../graphql/graphql";
import { useKeyedAct } from "../../graphql/use-act";
import { useToday } from "../../graphql/use-today";
import { useMessages } from "../../i18n/messages";
import { DateInput } from "../../ui/DateInput";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { EndGrant, type GrantRow } from "./account-documents";
import { FormFrame } from "./FormFrame";
import { useForm } from "./use-form";

const ended = (data: ResultOf<typeof EndGrant>) => data.endGrant;

interface EndGrantDialogProps {
  readonly grant: GrantRow;
  readonly name: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** 结束授权: at once, or after a day to come. */
export function EndGrantDialog({ grant, name, onDone, onClose }: EndGrantDialogProps) {
  const t = useMessages("accounts");
  const { today } = useToday();
  const act = useKeyedAct(EndGrant, ended);
  const [last, setLast] = useState("");
  const form = useForm(
    () => act({ grantId: grant.id, lastDay: last === "" ? null : last }),
    onDone,
  );
  return (
    <Dialog title={t("grant.ending", { name, role: grant.roleName })} onClose={onClose}>
      <FormFrame form={form} fields={["lastDay"]} submit={t("grant.end")} onCancel={onClose}>
        <p className="caption text-sm text-muted">{t("grant.ending.about")}</p>
        <Field label={t("lastDay")} hint={t("grant.ending.hint")} error={form.errorOf("lastDay")}>
          <DateInput value={last} {...(today === null ? {} : { min: today })} onChange={setLast} />
        </Field>
      </FormFrame>
    </Dialog>
  );
}
