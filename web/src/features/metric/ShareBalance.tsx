import { formatDateTime } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { usePreferences } from "../../i18n/preferences";
import { quantityWords } from "../../i18n/targets";
import { Status } from "../../ui/Status";
import type { AllocationData } from "./outlook-queries";

export type Balance = NonNullable<AllocationData["balance"]>;

/** The sum of the shares against what is to be met: always both figures, and what the difference means. */
export function BalanceText({
  balance,
  unit,
}: {
  readonly balance: Balance;
  readonly unit: string;
}) {
  const t = useMessages("metrics");
  const { locale } = usePreferences();
  const inWords = (value: string): string => quantityWords(value, unit, locale);
  const { difference, isContradiction } = balance;
  const apart = difference.replace(/^-/u, "");
  return (
    <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1 tabular-nums">
      <span>
        {t("shares.sum")} <strong className="font-semibold">{inWords(balance.shared)}</strong>
      </span>
      <span>
        {t("shares.target")} <strong className="font-semibold">{inWords(balance.target)}</strong>
      </span>
      {Number(difference) === 0 ? (
        <Status shape="tick" tone="ok" word={t("shares.equal")} />
      ) : (
        <Status
          shape={isContradiction ? "square" : "triangle"}
          tone={isContradiction ? "danger" : "warning"}
          word={t(difference.startsWith("-") ? "shares.less" : "shares.more", {
            value: inWords(apart),
          })}
        />
      )}
    </p>
  );
}

interface ShareBalanceProps {
  readonly allocation: AllocationData | null;
  readonly unit: string;
}

/** How the target stands shared out: sum, who did it, how and why. */
export function ShareBalance({ allocation, unit }: ShareBalanceProps) {
  const t = useMessages("metrics");
  if (allocation === null) return <p className="caption text-sm text-muted">{t("shares.none")}</p>;
  return (
    <div className="grid gap-0.5">
      {allocation.balance !== null && <BalanceText balance={allocation.balance} unit={unit} />}
      <p className="caption text-sm text-muted">
        {t("shares.made", {
          who: allocation.madeBy.displayName,
          at: formatDateTime(allocation.madeAt),
          how: t(`method.${allocation.method}`),
          version: allocation.version,
        })}
      </p>
      {allocation.reason !== null && (
        <p className="text-sm">{t("shares.reason", { reason: allocation.reason })}</p>
      )}
    </div>
  );
}
