import { formatDateTime, formatNumber } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import type { Attempt, DeliveryRow } from "./webhook-documents";
import { isTaken } from "./words";

type Tried = Pick<DeliveryRow, "attempts" | "nextAttemptAt">;

/** The attempts of a message, and when it is tried again. */
export function Attempts({ delivery: { attempts, nextAttemptAt } }: { readonly delivery: Tried }) {
  const t = useMessages("integrations");
  const last = attempts.at(-1);
  if (last === undefined) return <span className="text-muted">{t("log.attempts.none")}</span>;
  return (
    <>
      {attempts.length === 1 ? <Outcome attempt={last} /> : <All attempts={attempts} last={last} />}
      {nextAttemptAt !== null && (
        <span className="block text-sm text-muted">
          {t("log.next", { at: formatDateTime(nextAttemptAt) })}
        </span>
      )}
    </>
  );
}

interface AllProps {
  readonly attempts: readonly Attempt[];
  readonly last: Attempt;
}

/** The last attempt, and all of them when asked. */
function All({ attempts, last }: AllProps) {
  const t = useMessages("integrations");
  return (
    <details>
      <summary className="control">
        <Outcome attempt={last} />
        <span className="ml-2 text-sm text-muted">
          {t("log.attempts.count", { count: attempts.length })}
        </span>
      </summary>
      <ol className="mt-1 grid gap-1">
        {attempts.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two of one second differ in their place alone
          <li key={`${one.at} ${index}`} className="text-sm">
            <span className="text-muted">{formatDateTime(one.at)}</span> <Outcome attempt={one} />
          </li>
        ))}
      </ol>
    </details>
  );
}

/** What came of an attempt: the status or why there was none, and how long it took. */
function Outcome({ attempt }: { readonly attempt: Attempt }) {
  const t = useMessages("integrations");
  const words = [
    attempt.status === null ? null : t("log.status", { status: attempt.status }),
    attempt.fault === null ? null : t(`fault.${attempt.fault}`),
    t("log.ms", { count: formatNumber(attempt.milliseconds) }),
  ].filter((one) => one !== null);
  return (
    <span
      className={isTaken(attempt) ? undefined : "text-danger"}
      title={formatDateTime(attempt.at)}
    >
      {words.join(" · ")}
    </span>
  );
}
