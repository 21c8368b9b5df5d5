import { useState } from "react";
import { useToday } from "../graphql/use-today";
import { useMessages } from "../i18n/messages";
import { Button } from "../ui/Button";
import { DateInput } from "../ui/DateInput";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { useUrlSearch } from "../ui/use-url-search";

interface AsOfDialogProps {
  /** The day shown now. */
  readonly day: string | null;
  readonly onClose: () => void;
}

/** Chooses the day whose state the pages show. */
export function AsOfDialog({ day, onClose }: AsOfDialogProps) {
  const t = useMessages("asOf");
  const common = useMessages("common");
  const { today } = useToday();
  const [, change] = useUrlSearch();
  const [chosen, setChosen] = useState(day ?? "");
  const isFuture = today !== null && chosen >= today;
  return (
    <Dialog title={t("switch")} onClose={onClose}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen === "" || isFuture) return;
          onClose();
          change({ asOf: chosen }, true);
        }}
      >
        <p className="caption text-sm text-muted">{t("about")}</p>
        <Field label={t("day")} className="max-w-56" error={isFuture ? t("day.future") : undefined}>
          <DateInput
            value={chosen}
            required
            {...(today === null ? {} : { max: today })}
            onChange={setChosen}
          />
        </Field>
        <footer className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" variant="primary" disabled={chosen === "" || isFuture}>
            {t("show")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
