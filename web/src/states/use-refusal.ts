import { useCallback } from "react";
import { useMessages } from "../i18n/messages";
import { useToast } from "../ui/Toast";
import type { Outcome } from "../graphql/outcome";

/**
 * Tells how an act without a form ended: a toast says why it was not done, or, given words for it,
 * what was done. Without words the page shows it by itself.
 */
export function useRefusal(): (outcome: Outcome, done?: string) => boolean {
  const t = useMessages("act");
  const toast = useToast();
  return useCallback(
    (outcome: Outcome, done?: string) => {
      switch (outcome.kind) {
        case "done":
          if (done !== undefined) toast({ message: done });
          return true;
        case "conflict":
          toast({ tone: "danger", message: t("save.conflict.reloaded") });
          return false;
        case "refused":
          toast({ tone: "danger", message: outcome.errors.map((one) => one.message).join(" ") });
          return false;
        case "failed":
          toast({ tone: "danger", message: t("save.failed") });
          return false;
      }
    },
    [t, toast],
  );
}
