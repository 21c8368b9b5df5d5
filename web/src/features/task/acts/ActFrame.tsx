import type { ReactNode } from "react";
import { useMessages } from "../../../i18n/messages";
import { Button, type ButtonVariant } from "../../../ui/Button";
import { Callout } from "../../../ui/Callout";
import { Dialog } from "../../../ui/Dialog";
import type { ActName } from "./acts";
import type { ActForm } from "./use-act-form";

interface ActFrameProps {
  readonly name: ActName;
  /** The task that it is done to. */
  readonly task: { readonly code: string };
  readonly form: ActForm;
  /** Fields that show their own sentence. */
  readonly fields: readonly string[];
  readonly variant?: ButtonVariant;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

/** The dialog of an act: what it does, its fields, how sending ended, and the way out. */
export function ActFrame({
  name,
  task,
  form,
  fields,
  variant = "primary",
  onClose,
  children,
}: ActFrameProps) {
  const t = useMessages("life");
  const common = useMessages("common");
  return (
    <Dialog title={`${t(`act.${name}`)} ${task.code}`} onClose={onClose}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit();
        }}
      >
        <p className="caption text-sm text-muted">{t(`about.${name}`)}</p>
        {children}
        <ActOutcome form={form} fields={fields} />
        <footer className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" variant={variant} isPending={form.isPending}>
            {t(`act.${name}`)}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

/** Why it was not done, and what to do about it. */
export function ActOutcome({ form, fields }: Pick<ActFrameProps, "form" | "fields">) {
  const t = useMessages("act");
  switch (form.outcome?.kind) {
    case "conflict":
      return (
        <Callout tone="warning" title={t("save.conflict")}>
          {t("save.conflict.look")}
        </Callout>
      );
    case "failed":
      return (
        <Callout tone="danger" title={t("save.failed")}>
          <p>{t("save.failed.detail")}</p>
          {form.outcome.requestId !== null && (
            <p>{t("save.request", { id: form.outcome.requestId })}</p>
          )}
        </Callout>
      );
    case "refused":
      return form
        .others(fields)
        .map((message) => <Callout key={message} tone="danger" title={message} />);
    default:
      return null;
  }
}
