import { useQuery } from "urql";
import { Combobox } from "../../ui/Combobox";
import { AccountUnits } from "./account-documents";

interface UnitPickerProps {
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (id: string) => void;
  readonly error: string | undefined;
}

/** Chooses a unit by name or code. */
export function UnitPicker({ label, value, onChange, error }: UnitPickerProps) {
  const [{ data }] = useQuery({ query: AccountUnits });
  const options = (data?.departments.edges ?? []).map(({ node }) => ({
    id: node.id,
    label: node.name,
    hint: node.code,
    search: `${node.name} ${node.shortName} ${node.code}`,
  }));
  return (
    <Combobox label={label} options={options} value={value} error={error} onChange={onChange} />
  );
}
