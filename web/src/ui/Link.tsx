import { useRouter } from "@tanstack/react-router";
import { type AnchorHTMLAttributes, type MouseEvent, type Ref, useEffect, useRef } from "react";
import { keepingDay, useAsOfDay } from "./as-of";

export interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> {
  /** Address inside the client, made by a builder of `urls.ts`. */
  readonly to: string;
  readonly replace?: boolean;
  readonly ref?: Ref<HTMLAnchorElement>;
}

/** Milliseconds that the pointer or the focus rests on a link before its page is fetched: who passes by wants none. */
const REST = 150;

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

/** A link inside the client: opens without loading the page anew, fetches its page when one rests on it. */
export function Link({
  to: given,
  replace = false,
  onClick,
  onMouseEnter,
  onMouseLeave,
  onFocus,
  onBlur,
  ...rest
}: LinkProps) {
  const router = useRouter();
  const to = keepingDay(given, useAsOfDay());
  const resting = useRef<number>(undefined);
  const leave = (): void => window.clearTimeout(resting.current);
  const rests = (): void => {
    leave();
    resting.current = window.setTimeout(() => {
      router.preloadRoute({ to: to.split(/[?#]/)[0] ?? to }).catch(() => undefined);
    }, REST);
  };
  useEffect(() => () => window.clearTimeout(resting.current), []);
  return (
    <a
      {...rest}
      href={to}
      onMouseEnter={(event) => {
        onMouseEnter?.(event);
        rests();
      }}
      onMouseLeave={(event) => {
        onMouseLeave?.(event);
        leave();
      }}
      onFocus={(event) => {
        onFocus?.(event);
        rests();
      }}
      onBlur={(event) => {
        onBlur?.(event);
        leave();
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
