import { useMessages } from "../../i18n/messages";
import { Field } from "../../ui/Field";
import { TextInput } from "../../ui/TextInput";

interface NewPasswordProps {
  readonly password: string;
  readonly again: string;
  readonly onPassword: (password: string) => void;
  readonly onAgain: (again: string) => void;
  readonly error: string | undefined;
}

/** A new password, typed twice. */
export function NewPassword({ password, again, onPassword, onAgain, error }: NewPasswordProps) {
  const t = useMessages("access");
  const differs = again !== "" && again !== password;
  return (
    <>
      <Field label={t("password.new")} isRequired hint={t("password.hint")} error={error}>
        <TextInput
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={onPassword}
        />
      </Field>
      <Field
        label={t("password.again")}
        isRequired
        error={differs ? t("password.differs") : undefined}
      >
        <TextInput type="password" autoComplete="new-password" value={again} onChange={onAgain} />
      </Field>
    </>
  );
}
