import { useMessages } from "../../../i18n/messages";
import { Button } from "../../../ui/Button";
import { Combobox } from "../../../ui/Combobox";
import { DateInput } from "../../../ui/DateInput";
import { Field } from "../../../ui/Field";
import { TextInput } from "../../../ui/TextInput";
import type { PartEntry } from "./parts";
import type { PartOption } from "./use-part-departments";

/** What is wrong with a row, by field. */
export interface PartError {
  readonly title?: string | undefined;
  readonly lead?: string | undefined;
  readonly deadline?: string | undefined;
}

interface PartRowProps {
  readonly number: number;
  readonly row: PartEntry;
  readonly error: PartError | undefined;
  readonly options: readonly PartOption[];
  /** The last day of the whole. */
  readonly latest: string | null;
  readonly isLast: boolean;
  readonly onChange: (more: Partial<PartEntry>) => void;
  readonly onFillDown: (field: "title" | "deadline") => void;
  readonly onRemove: (() => void) | null;
}

/** One part: what, who, until when; its words and day can be filled down. */
export function PartRow(props: PartRowProps) {
  const { number, row, error, options, latest, isLast, onChange, onFillDown, onRemove } = props;
  const t = useMessages("matters");
  return (
    <li className="grid gap-2 rounded-md border border-line p-3">
      <Field label={t("divide.title", { number })} isRequired error={error?.title}>
        <TextInput value={row.title} onChange={(title) => onChange({ title })} />
      </Field>
      <div className="grid gap-2 sm:grid-cols-[minmax(0,1fr)_11rem]">
        <Combobox
          label={t("divide.lead")}
          options={options}
          value={row.lead}
          error={error?.lead}
          onChange={(lead) => onChange({ lead })}
        />
        <Field label={t("divide.deadline")} isRequired error={error?.deadline}>
          <DateInput
            value={row.deadline}
            {...(latest === null ? {} : { max: latest })}
            onChange={(deadline) => onChange({ deadline })}
          />
        </Field>
      </div>
      <div className="flex flex-wrap gap-2">
        {!isLast && (
          <>
            <Button size="small" variant="quiet" onClick={() => onFillDown("title")}>
              {t("divide.fill.title")}
            </Button>
            <Button size="small" variant="quiet" onClick={() => onFillDown("deadline")}>
              {t("divide.fill.deadline")}
            </Button>
          </>
        )}
        {onRemove !== null && (
          <Button size="small" variant="quiet" onClick={onRemove}>
            {t("divide.remove", { number })}
          </Button>
        )}
      </div>
    </li>
  );
}
