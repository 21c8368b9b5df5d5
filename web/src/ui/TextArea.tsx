import type { Ref, TextareaHTMLAttributes } from "react";
import { classNames } from "./class-names";
import { INPUT_CLASS, useField } from "./Field";

interface TextAreaProps
  extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "onChange" | "value"> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly ref?: Ref<HTMLTextAreaElement>;
}

/** Several lines of text. */
export function TextArea({ value, onChange, className, rows = 4, ...rest }: TextAreaProps) {
  return (
    <textarea
      {...useField()}
      {...rest}
      rows={rows}
      value={value}
      className={classNames(INPUT_CLASS, "py-2 leading-relaxed", className)}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
