import { useToday } from "../../../graphql/use-today";
import { formatDate, formatDateTime } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { TONE_TEXT } from "../../../ui/tones";
import { daysLeft, lastDayOf, type Standing, toneOfEnd } from "./standing";
import type { TokenRow } from "./token-documents";

interface TokenEndProps {
  readonly token: TokenRow;
  readonly standing: Standing;
}

/** The last day of a token, and how far away that is. */
export function TokenEnd({ token, standing }: TokenEndProps) {
  const t = useMessages("integrations");
  const { today } = useToday();
  const day = formatDate(lastDayOf(token.expiresAt));
  if (standing === "REVOKED") return <span className="text-muted">{day}</span>;
  const isOver = standing === "ENDED";
  const left = today === null ? null : daysLeft(token.expiresAt, today);
  const words = (): string | null => {
    if (isOver) return t("expires.ended");
    if (left === null) return null;
    return left <= 0 ? t("expires.today") : t("expires.left", { count: left });
  };
  return (
    <>
      <span title={formatDateTime(token.expiresAt)} className="whitespace-nowrap">
        {day}
      </span>
      <span className={`block text-sm ${TONE_TEXT[toneOfEnd(isOver, left)]}`}>{words()}</span>
    </>
  );
}
