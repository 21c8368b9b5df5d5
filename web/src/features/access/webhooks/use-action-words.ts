import { useCallback } from "react";
import type { Areas } from "../../../i18n/areas";
import { useMessages } from "../../../i18n/messages";

/** What was done, in the words of the audit trail; its code where there are none. */
export function useActionWords(): (action: string) => string {
  const t = useMessages("integrations");
  const trail = useMessages("audit");
  return useCallback(
    (action) => {
      if (action === "webhook.test") return t("log.trial.action");
      const key = `action.${action}` as Extract<keyof Areas["audit"], string>;
      const words = trail(key);
      return words === key ? action : words;
    },
    [t, trail],
  );
}
