import { type ReactNode, useMemo, useState } from "react";
import { Provider } from "urql";
import { createPastClient } from "../graphql/past-client";
import { formatDate } from "../i18n/format";
import { useMessages } from "../i18n/messages";
import { AsOfDay } from "../ui/as-of";
import { Button } from "../ui/Button";
import { Callout } from "../ui/Callout";
import { useUrlSearch } from "../ui/use-url-search";
import { AsOfDialog } from "./AsOfDialog";

interface PastFrameProps {
  /** `2025-06-30`. */
  readonly day: string;
  readonly children: ReactNode;
}

/** A page as it stood at the end of a day: says so, lets nothing be done, and leads back. */
export function PastFrame({ day, children }: PastFrameProps) {
  const t = useMessages("asOf");
  const [, change] = useUrlSearch();
  const [isOpen, setOpen] = useState(false);
  const client = useMemo(() => createPastClient(day), [day]);
  return (
    <>
      <section aria-label={t("banner")} className="mb-4">
        <Callout tone="warning" title={t("title", { day: formatDate(day) })}>
          <p>{t("detail")}</p>
          <div className="no-print mt-2 flex flex-wrap gap-2">
            <Button size="small" icon="calendar" onClick={() => setOpen(true)}>
              {t("other")}
            </Button>
            <Button size="small" onClick={() => change({ asOf: undefined }, true)}>
              {t("leave")}
            </Button>
          </div>
        </Callout>
      </section>
      {isOpen && <AsOfDialog day={day} onClose={() => setOpen(false)} />}
      <AsOfDay value={day}>
        <Provider key={day} value={client}>
          {children}
        </Provider>
      </AsOfDay>
    </>
  );
}
