import { useState } from "react";
import type { ResultOf } from "../../graphql/graphql";
import { useAct } from "../../graphql/use-act";
import { useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { TextInput } from "../../ui/TextInput";
import { CodeField } from "./CodeField";
import { ConfirmSecondFactor, type Setup, StartSecondFactor } from "./factor-documents";
import { FactorSetup } from "./FactorSetup";
import { FormFrame } from "./FormFrame";
import { RecoveryCodes } from "./RecoveryCodes";
import { useForm } from "./use-form";

const begun = (data: ResultOf<typeof StartSecondFactor>) => data.startSecondFactor;
const confirmed = (data: ResultOf<typeof ConfirmSecondFactor>) => data.confirmSecondFactor;

interface EnrolDialogProps {
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Three steps: the password, the app with its first code, the recovery codes. */
export function EnrolDialog({ onDone, onClose }: EnrolDialogProps) {
  const t = useMessages("factor");
  const [setup, setSetup] = useState<Setup | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes !== null) {
    return (
      <Dialog title={t("codes.title")} onClose={onDone}>
        <RecoveryCodes codes={codes} done={t("codes.kept")} onDone={onDone} />
      </Dialog>
    );
  }
  return (
    <Dialog title={t(setup === null ? "enrol.password" : "scan.title")} onClose={onClose}>
      {setup === null ? (
        <PasswordStep onSetup={setSetup} onClose={onClose} />
      ) : (
        <CodeStep setup={setup} onCodes={setCodes} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface PasswordStepProps {
  readonly onSetup: (setup: Setup) => void;
  readonly onClose: () => void;
}

function PasswordStep({ onSetup, onClose }: PasswordStepProps) {
  const t = useMessages("factor");
  const words = useMessages("access");
  const act = useAct(StartSecondFactor, begun);
  const [password, setPassword] = useState("");
  const form = useForm(
    () => act({ password }),
    (answer) => {
      if (answer?.setup != null) onSetup(answer.setup);
    },
  );
  return (
    <FormFrame
      form={form}
      fields={["password"]}
      submit={t("enrol.next")}
      isDisabled={password === ""}
      onCancel={onClose}
    >
      <Field label={words("password.current")} isRequired error={form.errorOf("password")}>
        <TextInput
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
      </Field>
    </FormFrame>
  );
}

interface CodeStepProps {
  readonly setup: Setup;
  readonly onCodes: (codes: readonly string[]) => void;
  readonly onClose: () => void;
}

function CodeStep({ setup, onCodes, onClose }: CodeStepProps) {
  const t = useMessages("factor");
  const act = useAct(ConfirmSecondFactor, confirmed);
  const [code, setCode] = useState("");
  const form = useForm(
    () => act({ code }),
    (answer) => onCodes(answer?.recoveryCodes ?? []),
  );
  return (
    <FormFrame
      form={form}
      fields={["code"]}
      submit={t("confirm")}
      isDisabled={code === ""}
      onCancel={onClose}
    >
      <FactorSetup setup={setup} />
      <CodeField
        value={code}
        onChange={setCode}
        error={form.errorOf("code")}
        takesRecovery={false}
      />
    </FormFrame>
  );
}
