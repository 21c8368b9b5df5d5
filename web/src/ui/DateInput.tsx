import type { InputHTMLAttributes } from "react";
import { classNames } from "./class-names";
import { INPUT_CLASS, useField } from "./Field";

interface DateInputProps
  extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value" | "type"> {
  /** `2025-06-30`, or empty. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A calendar day, in the browser's own control. */
export function DateInput({ value, onChange, className, ...rest }: DateInputProps) {
  return (
    <input
      {...useField()}
      {...rest}
      type="date"
      value={value}
      className={classNames(INPUT_CLASS, className)}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
