import { buttonClass, type ButtonSize, type ButtonVariant } from "./Button";
import { Icon, type IconName } from "./Icon";
import { Link, type LinkProps } from "./Link";

interface LinkButtonProps extends LinkProps {
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  readonly icon?: IconName;
}

/** A link that looks like a button. */
export function LinkButton({
  variant = "secondary",
  size = "medium",
  icon,
  className,
  children,
  ...rest
}: LinkButtonProps) {
  return (
    <Link {...rest} className={buttonClass(variant, size, className)}>
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </Link>
  );
}
