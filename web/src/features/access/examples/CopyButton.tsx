import { type RefObject, useEffect, useState } from "react";
import { useMessages } from "../../../i18n/messages";
import { Button } from "../../../ui/Button";
import { copyTextOf } from "./copy-text";

const SHOWN_MS = 4_000;

interface CopyButtonProps {
  /** What is copied, for screen readers. */
  readonly what: string;
  /** The element whose text it is. */
  readonly from: RefObject<HTMLElement | null>;
  readonly onCopied?: () => void;
}

/** Copies what an element says, and tells how it ended. */
export function CopyButton({ what, from, onCopied }: CopyButtonProps) {
  const t = useMessages("integrations");
  const [isCopied, setCopied] = useState<boolean | null>(null);
  useEffect(() => {
    if (isCopied !== true) return;
    const timer = setTimeout(() => setCopied(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async (): Promise<void> => {
    if (from.current === null) return;
    const isDone = await copyTextOf(from.current);
    setCopied(isDone);
    if (isDone) onCopied?.();
  };
  return (
    <span className="flex flex-wrap items-center justify-end gap-2 print:hidden">
      <span role="status" className="text-sm text-muted">
        {isCopied === true && t("copied")}
        {isCopied === false && t("copy.failed")}
      </span>
      <Button size="small" onClick={() => void copy()}>
        {t("copy")}
        <span className="sr-only">{what}</span>
      </Button>
    </span>
  );
}
