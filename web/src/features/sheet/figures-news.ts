import { useEffect } from "react";
import { resetClient } from "../../graphql/current-client";

let haveCome = false;

/** The server has taken figures that no answer has told of one by one. */
export function figuresCame(): void {
  haveCome = true;
}

/** Forgets what pages have read before such figures came, when this page is left. */
export function useForgetting(): void {
  useEffect(
    () => () => {
      if (!haveCome) return;
      haveCome = false;
      resetClient();
    },
    [],
  );
}
