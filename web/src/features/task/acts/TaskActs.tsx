import { formatDate } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { useAsOfDay } from "../../../ui/as-of";
import { Button } from "../../../ui/Button";
import { Callout } from "../../../ui/Callout";
import { Icon } from "../../../ui/Icon";
import type { TaskLifeData } from "../life/fragments";
import { type ActName, offerOf, type OfferedAct } from "./acts";
import { prefetchActDialog, useActDialog } from "./use-act-dialog";

interface TaskActsProps {
  readonly task: TaskLifeData;
  readonly mayHandOut: boolean;
  readonly today: string | null;
  readonly reload: () => void;
}

const ENDS: readonly ActName[] = ["CANCEL", "DECLINE"];

/**
 * What may be done to the task now, why the rest may not, and a request for more time to decide. On a day
 * that is over nothing is done, so nothing is refused either.
 */
export function TaskActs({ task, mayHandOut, today, reload }: TaskActsProps) {
  const t = useMessages("life");
  const { open, dialog } = useActDialog({ task, today, reload });
  const isPast = useAsOfDay() !== null;
  if (isPast) return <ToMend task={task} />;
  const offer = offerOf(task, mayHandOut);
  const button = (act: OfferedAct, isMain: boolean) => (
    <Button
      key={act.name}
      variant={isMain ? "primary" : ENDS.includes(act.name) ? "danger" : "secondary"}
      onPointerEnter={prefetchActDialog}
      onFocus={prefetchActDialog}
      onClick={() => open(act.name)}
    >
      {t(`act.${act.name}`)}
    </Button>
  );
  const acts = [
    ...(offer.main === null ? [] : [button(offer.main, true)]),
    ...offer.others.map((act) => button(act, false)),
  ];
  return (
    <section aria-label={t("acts")} className="no-print grid gap-3 empty:hidden">
      <ToMend task={task} />
      <AskedExtension task={task} onDecide={() => open("DECIDE_EXTENSION")} />
      {acts.length > 0 && <div className="flex flex-wrap gap-2">{acts}</div>}
      <Refused blocked={offer.blocked} rest={offer.rest} />
      {dialog}
    </section>
  );
}

/** Acts that would not be taken: first those that miss something, the others when asked. */
function Refused({
  blocked,
  rest,
}: {
  readonly blocked: readonly OfferedAct[];
  readonly rest: readonly OfferedAct[];
}) {
  const t = useMessages("life");
  return (
    <>
      {blocked.length > 0 && (
        <ul className="grid gap-2">
          {blocked.map((act) => (
            <RefusedAct key={act.name} act={act} />
          ))}
        </ul>
      )}
      {rest.length > 0 && (
        <details className="group/rest text-sm">
          <summary className="control inline-flex min-h-8 items-center gap-1 text-muted hover:text-ink">
            <Icon name="chevronRight" size={12} className="group-open/rest:rotate-90" />
            {t("acts.rest", { count: rest.length })}
          </summary>
          <ul className="mt-1 grid gap-3">
            {byReason(rest).map(([reason, acts]) => (
              <li key={reason}>
                <p className="mb-1 text-muted">{reason}</p>
                <div className="flex flex-wrap gap-2">
                  {acts.map((act) => (
                    <Button key={act.name} size="small" disabled>
                      {t(`act.${act.name}`)}
                    </Button>
                  ))}
                </div>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** The acts under the one sentence that refuses them. */
function byReason(acts: readonly OfferedAct[]): readonly (readonly [string, OfferedAct[]])[] {
  const groups = new Map<string, OfferedAct[]>();
  for (const act of acts) {
    const reason = act.refusal ?? "";
    groups.set(reason, [...(groups.get(reason) ?? []), act]);
  }
  return [...groups];
}

function RefusedAct({ act }: { readonly act: OfferedAct }) {
  const t = useMessages("life");
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Button size="small" disabled>
        {t(`act.${act.name}`)}
      </Button>
      <span className="min-w-48 flex-1 text-sm text-muted">{act.refusal}</span>
    </li>
  );
}

/** The task came back: what is to be mended, and by when. */
function ToMend({ task }: { readonly task: TaskLifeData }) {
  const t = useMessages("life");
  const { mendBy, steps } = task.life;
  if (task.state !== "RETURNED") return null;
  const returned = steps.edges.findLast(({ node }) => node.transition === "RETURN")?.node;
  return (
    <Callout
      tone="warning"
      title={mendBy === null ? t("returned.open") : t("returned.by", { date: formatDate(mendBy) })}
    >
      <p className="whitespace-pre-line">{returned?.reason}</p>
    </Callout>
  );
}

/** More time was asked for and is not decided. */
function AskedExtension({
  task,
  onDecide,
}: {
  readonly task: TaskLifeData;
  readonly onDecide: () => void;
}) {
  const t = useMessages("life");
  const asked = task.life.extensions.find((one) => one.state === "REQUESTED");
  if (asked === undefined) return null;
  return (
    <Callout
      tone="warning"
      title={t("extension.open", {
        name: asked.requestedBy.displayName,
        from: formatDate(asked.from),
        to: formatDate(asked.to),
      })}
    >
      <p className="whitespace-pre-line">{asked.reason}</p>
      {task.life.viewerCanDecideExtension && (
        <Button size="small" className="mt-2" onPointerEnter={prefetchActDialog} onClick={onDecide}>
          {t("act.DECIDE_EXTENSION")}
        </Button>
      )}
    </Callout>
  );
}
