import { useMessages } from "../../../i18n/messages";
import { Button } from "../../../ui/Button";
import { Combobox, type ComboboxOption } from "../../../ui/Combobox";
import { WishFold } from "./WishFold";

interface DepartmentsWishProps {
  readonly lead: string | null;
  readonly support: readonly string[];
  readonly options: readonly ComboboxOption[];
  readonly nameOf: (department: string) => string;
  readonly error: string | undefined;
  readonly onChange: (more: {
    readonly lead?: string;
    readonly support?: readonly string[];
  }) => void;
}

/** Who leads and who supports; whoever becomes the lead supports no more. */
export function DepartmentsWish(props: DepartmentsWishProps) {
  const t = useMessages("amend");
  const { lead, support, options, nameOf, error, onChange } = props;
  return (
    <WishFold title={t("field.DEPARTMENTS")} error={error}>
      <Combobox
        label={t("lead")}
        options={options}
        value={lead}
        onChange={(id) => onChange({ lead: id, support: support.filter((one) => one !== id) })}
      />
      {support.length > 0 && (
        <ul aria-label={t("support")} className="flex flex-wrap gap-2">
          {support.map((id) => (
            <li key={id}>
              <Button
                size="small"
                icon="close"
                onClick={() => onChange({ support: support.filter((one) => one !== id) })}
              >
                {nameOf(id)}
                <span className="sr-only">{t("support.remove")}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Combobox
        key={support.join()}
        label={t("support.add")}
        options={options.filter((one) => one.id !== lead && !support.includes(one.id))}
        value={null}
        onChange={(id) => onChange({ support: [...support, id] })}
      />
    </WishFold>
  );
}
