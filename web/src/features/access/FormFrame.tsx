import type { ReactNode } from "react";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import type { Form } from "./use-form";

interface FormFrameProps {
  readonly form: Form;
  /** Fields that show their own message. */
  readonly fields: readonly string[];
  readonly submit: string;
  readonly isDisabled?: boolean;
  /** Without it there is no way back. */
  readonly onCancel?: () => void;
  readonly children: ReactNode;
}

/** Fields, what went wrong, and the buttons. */
export function FormFrame({
  form,
  fields,
  submit,
  isDisabled = false,
  onCancel,
  children,
}: FormFrameProps) {
  const t = useMessages("access");
  const common = useMessages("common");
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isDisabled) void form.submit();
      }}
    >
      {children}
      {form.others(fields).map((message) => (
        <Callout key={message} tone="danger" title={message} />
      ))}
      {form.hasFailed && <Callout tone="danger" title={t("failed")} />}
      <footer className="flex flex-wrap justify-end gap-2">
        {onCancel !== undefined && <Button onClick={onCancel}>{common("cancel")}</Button>}
        <Button type="submit" variant="primary" isPending={form.isPending} disabled={isDisabled}>
          {submit}
        </Button>
      </footer>
    </form>
  );
}
