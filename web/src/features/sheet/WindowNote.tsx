import { useMessages } from "../../i18n/messages";
import { formatDate } from "../../i18n/format";
import type { ResultOf } from "../../graphql/graphql";
import { Callout } from "../../ui/Callout";
import type { SheetWindowQuery } from "./queries";

type WindowData = NonNullable<ResultOf<typeof SheetWindowQuery>["reportSheet"]>;

/** Whether the month takes figures now; nothing while it simply does. */
export function WindowNote({ of }: { readonly of: WindowData }) {
  const t = useMessages("sheets");
  switch (of.windowState) {
    case "OPEN":
      return null;
    case "NOT_OPEN":
      return (
        <Callout tone="info" title={t("window.NOT_OPEN", { opens: formatDate(of.opensOn) })} />
      );
    case "LATE":
      return (
        <Callout tone="warning" title={t("window.LATE", { closes: formatDate(of.closesOn) })} />
      );
    case "CLOSED":
      return (
        <Callout tone="warning" title={t("window.CLOSED", { closes: formatDate(of.closesOn) })}>
          {t("window.CLOSED.detail")}
        </Callout>
      );
  }
}
