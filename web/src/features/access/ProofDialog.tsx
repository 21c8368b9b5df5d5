import { useEffect, useState } from "react";
import type { ResultOf } from "../../graphql/graphql";
import { useAct } from "../../graphql/use-act";
import { loadMessages, useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { TextInput } from "../../ui/TextInput";
import { FormFrame } from "./FormFrame";
import { Reauthenticate } from "./own-documents";
import { useForm } from "./use-form";

const proven = (data: ResultOf<typeof Reauthenticate>) => data.reauthenticate;

interface ProofDialogProps {
  readonly onEnd: (isProven: boolean) => void;
}

/** 确认身份: the password once more, before an act that cannot be taken lightly. */
export function ProofDialog({ onEnd }: ProofDialogProps) {
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    loadMessages("access").then(
      () => setReady(true),
      () => onEnd(false),
    );
  }, [onEnd]);
  return isReady ? <ProofForm onEnd={onEnd} /> : null;
}

function ProofForm({ onEnd }: ProofDialogProps) {
  const t = useMessages("access");
  const act = useAct(Reauthenticate, proven);
  const [password, setPassword] = useState("");
  const form = useForm(
    () => act({ password }),
    () => onEnd(true),
  );
  return (
    <Dialog title={t("proof")} onClose={() => onEnd(false)}>
      <FormFrame
        form={form}
        fields={["password"]}
        submit={t("proof.send")}
        isDisabled={password === ""}
        onCancel={() => onEnd(false)}
      >
        <p className="text-sm text-muted">{t("proof.about")}</p>
        <Field label={t("password")} isRequired error={form.errorOf("password")}>
          <TextInput
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
          />
        </Field>
      </FormFrame>
    </Dialog>
  );
}
