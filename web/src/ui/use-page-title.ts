import { useEffect } from "react";
import { useMessages } from "../i18n/messages";

/** Names the window after what is on the page; null where something else names it. */
export function usePageTitle(title: string | null): void {
  const product = useMessages("common")("product");
  useEffect(() => {
    if (title !== null) document.title = `${title} · ${product}`;
  }, [title, product]);
}
