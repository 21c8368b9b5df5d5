import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { classNames } from "./class-names";
import { Icon, type IconName } from "./Icon";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";
export type ButtonSize = "medium" | "small";

const BASE =
  "control inline-flex items-center justify-center gap-1.5 rounded-md border print:hidden font-medium whitespace-nowrap no-underline transition-colors select-none aria-disabled:opacity-55";
const VARIANTS: Readonly<Record<ButtonVariant, string>> = {
  primary:
    "border-brand bg-brand text-on-brand hover:bg-brand-hover hover:border-brand-hover disabled:border-line disabled:bg-sunken disabled:text-muted",
  secondary: "border-line-strong bg-card text-ink hover:bg-sunken disabled:opacity-55",
  quiet: "border-transparent bg-transparent text-link hover:bg-sunken disabled:opacity-55",
  danger: "border-danger bg-card text-danger hover:bg-danger-soft disabled:opacity-55",
};
const SIZES: Readonly<Record<ButtonSize, string>> = {
  medium: "min-h-10 px-4 text-base",
  small: "min-h-8 px-2.5 text-sm",
};

/** Classes of a button, for links that look like one. */
export function buttonClass(variant: ButtonVariant, size: ButtonSize, className?: string): string {
  return classNames(BASE, VARIANTS[variant], SIZES[size], className);
}

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "type"> {
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  readonly type?: "button" | "submit";
  readonly icon?: IconName;
  /** Work is under way: the button stays focused and does nothing. */
  readonly isPending?: boolean;
  readonly children?: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button; `primary` at most once on a view. */
export function Button({
  variant = "secondary",
  size = "medium",
  type = "button",
  icon,
  isPending = false,
  className,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-disabled={isPending || undefined}
      aria-busy={isPending || undefined}
      className={buttonClass(variant, size, className)}
      onClick={(event) => {
        if (isPending) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {isPending ? <Spinner /> : icon !== undefined && <Icon name={icon} />}
      {children}
    </button>
  );
}

function Spinner() {
  return (
    <span
      aria-hidden="true"
      className="size-4 animate-spin rounded-full border-2 border-current border-r-transparent"
    />
  );
}
