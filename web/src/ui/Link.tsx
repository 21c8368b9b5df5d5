import { useRouter } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, MouseEvent, Ref } from "react";
import { keepingDay, useAsOfDay } from "./as-of";

export interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> {
  /** Address inside the client, made by a builder of `urls.ts`. */
  readonly to: string;
  readonly replace?: boolean;
  readonly ref?: Ref<HTMLAnchorElement>;
}

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

/** A link inside the client: opens without loading the page anew, fetches its page on hover. */
export function Link({
  to: given,
  replace = false,
  onClick,
  onMouseEnter,
  onFocus,
  ...rest
}: LinkProps) {
  const router = useRouter();
  const to = keepingDay(given, useAsOfDay());
  const prefetch = (): void => {
    router.preloadRoute({ to: to.split(/[?#]/)[0] ?? to }).catch(() => undefined);
  };
  return (
    <a
      {...rest}
      href={to}
      onMouseEnter={(event) => {
        onMouseEnter?.(event);
        prefetch();
      }}
      onFocus={(event) => {
        onFocus?.(event);
        prefetch();
      }}
      onClick={(event) => {
        onClick?.(event);
        if (event.defaultPrevented || !isPlainClick(event) || rest.target === "_blank") return;
        event.preventDefault();
        if (replace) router.history.replace(to);
        else router.history.push(to);
      }}
    />
  );
}
