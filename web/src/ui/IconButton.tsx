import { classNames } from "./class-names";
import { Icon, type IconName } from "./Icon";
import type { ButtonProps } from "./Button";
import { Tooltip } from "./Tooltip";

interface IconButtonProps extends Omit<ButtonProps, "children" | "icon" | "variant" | "size"> {
  readonly icon: IconName;
  /** Spoken name, also shown as a tooltip. */
  readonly label: string;
}

/** A square button with a drawing and a spoken name. */
export function IconButton({
  icon,
  label,
  className,
  isPending,
  type = "button",
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <button
        {...rest}
        type={type}
        aria-label={label}
        aria-busy={isPending || undefined}
        className={classNames(
          "control inline-grid size-9 place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink disabled:opacity-50",
          className,
        )}
      >
        <Icon name={icon} />
      </button>
    </Tooltip>
  );
}
