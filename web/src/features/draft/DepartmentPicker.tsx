import { useMemo } from "react";
import { Combobox } from "../../ui/Combobox";
import type { DepartmentChoice } from "./draft-context";
import { namesOf } from "./department-match";

interface DepartmentPickerProps {
  readonly label: string;
  readonly departments: readonly DepartmentChoice[];
  /** Ids that are not offered. */
  readonly without?: readonly string[];
  readonly value?: string | null;
  readonly error?: string | undefined;
  readonly onChoose: (id: string) => void;
}

const NONE: readonly string[] = [];

/** Chooses one department of the register by any of its names or its code. */
export function DepartmentPicker({
  label,
  departments,
  without = NONE,
  value = null,
  error,
  onChoose,
}: DepartmentPickerProps) {
  const options = useMemo(
    () =>
      departments
        .filter((one) => !without.includes(one.id))
        .map((one) => ({
          id: one.id,
          label: one.name,
          hint: one.code,
          search: [...namesOf(one), one.code].join(" "),
        })),
    [departments, without],
  );
  return (
    <Combobox label={label} options={options} value={value} error={error} onChange={onChoose} />
  );
}
