import { useState } from "react";
import { useMessages } from "../../../i18n/messages";
import { Badge } from "../../../ui/Badge";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { DecideExceptionDialog, RequestExceptionDialog } from "./ExceptionDialogs";
import type { ExceptionData, TaskMattersData } from "./queries";

const TONES = { REQUESTED: "warning", APPROVED: "ok", REFUSED: "neutral" } as const;

interface ExceptionListProps {
  readonly task: TaskMattersData;
  readonly reload: () => void;
}

type Metric = TaskMattersData["metrics"]["edges"][number]["node"];
type Opened = { readonly ask: Metric } | { readonly decide: ExceptionData };

/** Metrics that will not be attained: asked for, decided; nothing where there is nothing to say. */
export function ExceptionList({ task, reload }: ExceptionListProps) {
  const t = useMessages("matters");
  const [open, setOpen] = useState<Opened | null>(null);
  const { exceptions, viewerCanSettle, viewerCanWaive } = task.life;
  const settled = exceptions.filter((one) => one.state !== "REFUSED").map((one) => one.metric.id);
  const others = task.metrics.edges
    .map((edge) => edge.node)
    .filter((metric) => !settled.includes(metric.id));
  const toAsk = viewerCanSettle ? others : [];
  if (exceptions.length === 0 && toAsk.length === 0) return null;
  return (
    <Card title={t("exceptions")} subtitle={t("exceptions.hint")} isFlush>
      <ul className="grid">
        {exceptions.map((one) => (
          <li
            key={one.id}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2.5 last:border-b-0"
          >
            <Badge tone={TONES[one.state]}>{t(`exception.${one.state}`)}</Badge>
            <span className="min-w-48 flex-1">
              {one.metric.name}
              <span className="block text-sm text-muted">
                {one.requestedBy.displayName}：{one.reason}
              </span>
              {one.decisionReason !== null && (
                <span className="block text-sm text-muted">
                  {t("exception.words", { words: one.decisionReason })}
                </span>
              )}
            </span>
            {one.state === "REQUESTED" && viewerCanWaive && (
              <Button size="small" onClick={() => setOpen({ decide: one })}>
                {t("exception.decide")}
              </Button>
            )}
          </li>
        ))}
        {toAsk.map((metric) => (
          <li
            key={metric.id}
            className="no-print flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2.5 last:border-b-0"
          >
            <span className="min-w-48 flex-1">{metric.name}</span>
            <Button size="small" onClick={() => setOpen({ ask: metric })}>
              {t("exception.ask")}
              <span className="sr-only">{metric.code}</span>
            </Button>
          </li>
        ))}
      </ul>
      {open !== null && "ask" in open && (
        <RequestExceptionDialog metric={open.ask} reload={reload} onClose={() => setOpen(null)} />
      )}
      {open !== null && "decide" in open && (
        <DecideExceptionDialog
          exception={open.decide}
          reload={reload}
          onClose={() => setOpen(null)}
        />
      )}
    </Card>
  );
}
