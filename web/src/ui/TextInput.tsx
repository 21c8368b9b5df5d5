import type { InputHTMLAttributes, Ref } from "react";
import { classNames } from "./class-names";
import { INPUT_CLASS, useField } from "./Field";

interface TextInputProps
  extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value" | "type"> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: "text" | "password" | "search";
  readonly ref?: Ref<HTMLInputElement>;
}

/** One line of text. */
export function TextInput({ value, onChange, type = "text", className, ...rest }: TextInputProps) {
  return (
    <input
      {...useField()}
      {...rest}
      type={type}
      value={value}
      className={classNames(INPUT_CLASS, className)}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
