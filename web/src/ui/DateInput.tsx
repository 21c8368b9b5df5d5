import type { InputHTMLAttributes } from "react";
import { classNames } from "./class-names";
import { INPUT_CLASS, useField } from "./Field";

interface DateInputProps
  extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value" | "type"> {
  /** `2025-06-30`, or `2025-06-30T08:00` with the time of the reader's zone, or empty. */
  readonly value: string;
  readonly hasTime?: boolean;
  readonly onChange: (value: string) => void;
}

/** A calendar day, perhaps with a time, in the browser's own control. */
export function DateInput({
  value,
  hasTime = false,
  onChange,
  className,
  ...rest
}: DateInputProps) {
  return (
    <input
      {...useField()}
      {...rest}
      type={hasTime ? "datetime-local" : "date"}
      value={value}
      className={classNames(INPUT_CLASS, className)}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
