import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import type { Tone } from "../../ui/tones";
import type { NoticeRowData } from "./queries";

const TONES: Readonly<Record<NoticeRowData["state"], Tone>> = {
  ISSUED: "info",
  REPLIED: "ok",
  CLOSED: "neutral",
  WITHDRAWN: "neutral",
};

/** Where a notice stands; one whose reply is late says so. */
export function NoticeState({ notice }: { readonly notice: NoticeRowData }) {
  const t = useMessages("notices");
  if (notice.isOverdue) return <Badge tone="danger">■ {t("state.overdue")}</Badge>;
  return <Badge tone={TONES[notice.state]}>{t(`state.${notice.state}`)}</Badge>;
}
