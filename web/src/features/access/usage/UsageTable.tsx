import { formatDateTime, formatNumber } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { type Column, DataTable } from "../../../ui/DataTable";
import { Link } from "../../../ui/Link";
import { TONE_TEXT } from "../../../ui/tones";
import { serviceAccountUrl } from "../tokens/address";
import { DayBars } from "./DayBars";
import { filled } from "./days";
import type { TokenUsage } from "./usage-documents";

interface UsageTableProps {
  readonly usage: readonly TokenUsage[];
  /** Every day of the period. */
  readonly days: readonly string[];
}

/** On a phone: a line of its own in the card. */
const WHOLE_LINE = "max-sm:basis-full";

/** Tokens with what they were used for; on a phone each figure says what it is. */
export function UsageTable({ usage, days }: UsageTableProps) {
  const t = useMessages("integrations");
  const figure = (name: "requests" | "points" | "refused" | "errors"): Column<TokenUsage> => ({
    key: name,
    header: t(`usage.${name}`),
    align: "end",
    phone: "below",
    cell: (one) => {
      const isBad = one[name] > 0 && (name === "refused" || name === "errors");
      return (
        <span className={isBad ? TONE_TEXT.danger : undefined}>
          <span className="sm:hidden">{t(`usage.${name}`)} </span>
          <span className="tabular-nums">{formatNumber(one[name])}</span>
        </span>
      );
    },
  });
  const columns: readonly Column<TokenUsage>[] = [
    {
      key: "account",
      header: t("accounts"),
      isRowHeader: true,
      cell: ({ account }) => (
        <Link
          to={serviceAccountUrl(account.login)}
          className="control inline-flex items-center text-link hover:underline"
        >
          {account.displayName}
        </Link>
      ),
    },
    {
      key: "token",
      header: t("token"),
      className: WHOLE_LINE,
      cell: ({ token }) => (
        <>
          {token.name}
          <code translate="no" className="block font-mono text-sm text-muted">
            {token.publicId}
          </code>
        </>
      ),
    },
    figure("requests"),
    figure("points"),
    figure("refused"),
    figure("errors"),
    {
      key: "days",
      header: t("usage.days"),
      className: WHOLE_LINE,
      cell: (one) => <DayBars days={filled(days, one.days)} />,
    },
    {
      key: "seen",
      header: t("usage.seen"),
      className: WHOLE_LINE,
      cell: ({ lastSeenAt }) => (
        <span className="lg:whitespace-nowrap">{formatDateTime(lastSeenAt)}</span>
      ),
    },
  ];
  return (
    <DataTable
      label={t("tab.usage")}
      columns={columns}
      rows={usage}
      rowKey={({ token }) => token.id}
    />
  );
}
