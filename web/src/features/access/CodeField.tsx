import { useEffect, useRef } from "react";
import { useMessages } from "../../i18n/messages";
import { Field } from "../../ui/Field";
import { TextInput } from "../../ui/TextInput";

interface CodeFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
  /** Whether a recovery code does as well. */
  readonly takesRecovery?: boolean;
}

/** The code of the app; the cursor stands in it from the start. */
export function CodeField({ value, onChange, error, takesRecovery = true }: CodeFieldProps) {
  const t = useMessages("factor");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <Field
      label={t("code")}
      hint={t(takesRecovery ? "code.either" : "code.hint")}
      isRequired
      error={error}
    >
      <TextInput
        ref={input}
        value={value}
        onChange={onChange}
        inputMode={takesRecovery ? "text" : "numeric"}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={32}
        className="font-mono tracking-widest"
      />
    </Field>
  );
}
