import { useEffect, useRef } from "react";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { TextArea } from "../../ui/TextArea";

interface WordsFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (words: string) => void;
  readonly error: string | undefined;
  /** Sentences that are offered, to be taken with a click. */
  readonly canned: readonly string[];
  readonly isRequired: boolean;
}

/** The words of a decision, with usual sentences beside them; takes the focus when it appears. */
export function WordsField({ label, value, onChange, error, canned, isRequired }: WordsFieldProps) {
  const t = useMessages("review");
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div className="grid gap-2">
      <Field label={label} error={error} isRequired={isRequired}>
        <TextArea ref={box} rows={4} value={value} onChange={onChange} />
      </Field>
      <ul aria-label={t("canned")} className="flex flex-wrap gap-1.5">
        {canned.map((words) => (
          <li key={words}>
            <Button
              size="small"
              onClick={() => onChange(value === "" ? words : `${value.trim()} ${words}`)}
            >
              {words}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
