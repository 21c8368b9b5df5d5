import type { ReactNode } from "react";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { Field } from "../../ui/Field";
import { TextInput } from "../../ui/TextInput";

interface RulesFrameProps {
  readonly title: string;
  /** Who changed them last. */
  readonly subtitle: string;
  readonly canEdit: boolean;
  readonly isChanged: boolean;
  readonly isSaving: boolean;
  readonly hasErrors: boolean;
  readonly words: { readonly save: string; readonly reset: string };
  readonly onSave: () => void;
  readonly onReset: () => void;
  /** What the rules would do, beside them; for those who may change them. */
  readonly preview: ReactNode;
  readonly children: ReactNode;
}

/** Rules made of numbers: their fields, saving them, and beside them what they would do. */
export function RulesFrame({
  title,
  subtitle,
  canEdit,
  isChanged,
  isSaving,
  hasErrors,
  words,
  onSave,
  onReset,
  preview,
  children,
}: RulesFrameProps) {
  return (
    <form
      className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] lg:items-start large:!grid-cols-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged) onSave();
      }}
    >
      <Card title={title} subtitle={subtitle}>
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 sm:items-start">
          {children}
          {canEdit && (
            <div className="no-print flex flex-wrap gap-2 sm:col-span-2">
              <Button
                type="submit"
                variant="primary"
                isPending={isSaving}
                disabled={!isChanged || hasErrors}
              >
                {words.save}
              </Button>
              <Button variant="quiet" disabled={!isChanged} onClick={onReset}>
                {words.reset}
              </Button>
            </div>
          )}
        </div>
      </Card>
      {canEdit && preview}
    </form>
  );
}

interface RuleFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly unit: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly isReadOnly: boolean;
  readonly onChange: (text: string) => void;
}

/** One number of a rule with its unit and bounds. */
export function RuleField({
  label,
  hint,
  unit,
  value,
  error,
  isReadOnly,
  onChange,
}: RuleFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      <span className="flex items-center gap-2">
        <TextInput
          inputMode="numeric"
          autoComplete="off"
          value={value}
          onChange={onChange}
          disabled={isReadOnly}
          className="!w-24 text-right tabular-nums"
        />
        <span className="text-sm text-muted">{unit}</span>
      </span>
    </Field>
  );
}
