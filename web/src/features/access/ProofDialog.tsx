import { useEffect, useState } from "react";
import { useQuery } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import type { Proof } from "../../graphql/proof";
import { useAct } from "../../graphql/use-act";
import { loadMessages, useMessages } from "../../i18n/messages";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { TextInput } from "../../ui/TextInput";
import { providerUrl } from "../../ui/urls";
import { CodeField } from "./CodeField";
import { FormFrame } from "./FormFrame";
import { Reauthenticate, SignInElsewhere } from "./own-documents";
import { useForm } from "./use-form";

const proven = (data: ResultOf<typeof Reauthenticate>) => data.reauthenticate;

interface FormProps {
  readonly onEnd: (isProven: boolean) => void;
}

interface ProofDialogProps extends FormProps {
  readonly proof: Proof;
}

/** 确认身份: the password once more, or a code, before an act that cannot be taken lightly. */
export function ProofDialog({ proof, onEnd }: ProofDialogProps) {
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    loadMessages("access", "factor").then(
      () => setReady(true),
      () => onEnd(false),
    );
  }, [onEnd]);
  if (!isReady) return null;
  return proof === "code" ? <CodeForm onEnd={onEnd} /> : <PasswordForm onEnd={onEnd} />;
}

function PasswordForm({ onEnd }: FormProps) {
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
        <p className="caption text-sm text-muted">{t("proof.about")}</p>
        <Field label={t("password")} isRequired error={form.errorOf("password")}>
          <TextInput
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
          />
        </Field>
        <FreshSignIn />
      </FormFrame>
    </Dialog>
  );
}

/** For those who have no password here: the organisation's own sign-in, anew. */
function FreshSignIn() {
  const t = useMessages("access");
  const [{ data }] = useQuery({ query: SignInElsewhere });
  const provider = data?.instance.singleSignOn;
  if (provider === undefined || provider === null) return null;
  const { pathname, search, hash } = window.location;
  return (
    <a
      href={providerUrl(provider.url, `${pathname}${search}${hash}`, true)}
      className="caption text-sm text-link"
    >
      {t("proof.provider", { name: provider.name })}
    </a>
  );
}

function CodeForm({ onEnd }: FormProps) {
  const t = useMessages("factor");
  const act = useAct(Reauthenticate, proven);
  const [code, setCode] = useState("");
  const form = useForm(
    () => act({ code }),
    () => onEnd(true),
  );
  return (
    <Dialog title={t("proof")} onClose={() => onEnd(false)}>
      <FormFrame
        form={form}
        fields={["code"]}
        submit={t("proof.send")}
        isDisabled={code === ""}
        onCancel={() => onEnd(false)}
      >
        <p className="caption text-sm text-muted">{t("proof.about")}</p>
        <CodeField value={code} onChange={setCode} error={form.errorOf("code")} />
      </FormFrame>
    </Dialog>
  );
}
