import { useState } from "react";
import type { ResultOf } from "../../graphql/graphql";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { useDraft } from "./draft-context";
import type { DraftMetricData, DraftTaskData } from "./fragments";
import { EditMetric, NewMetric } from "./MetricForm";
import { RemoveMetric } from "./mutations";
import { TargetWords } from "./TargetWords";
import { useAct } from "../../graphql/use-act";
import { useRefusal } from "../../states/use-refusal";

const removed = (data: ResultOf<typeof RemoveMetric>) => data.removeMetric;

/** The metrics of a task: each in words, to change or take off, and a way to add one. */
export function MetricEditor({ task }: { readonly task: DraftTaskData }) {
  const t = useMessages("draft");
  const [open, setOpen] = useState<string | null>(null);
  const close = (): void => {
    setOpen(null);
  };
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium">{t("metrics.title")}</legend>
      {task.metrics.edges.map(({ node }) =>
        open === node.id ? (
          <EditMetric key={node.id} metric={node} onDone={close} />
        ) : (
          <MetricLine
            key={node.id}
            metric={node}
            onEdit={() => {
              setOpen(node.id);
            }}
          />
        ),
      )}
      {open === NEW ? (
        <NewMetric task={task} onDone={close} onCancel={close} />
      ) : (
        <div>
          <Button
            size="small"
            variant="quiet"
            icon="plus"
            className="-ml-2.5"
            onClick={() => {
              setOpen(NEW);
            }}
          >
            {t("metrics.add")}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

const NEW = "new";

interface MetricLineProps {
  readonly metric: DraftMetricData;
  readonly onEdit: () => void;
}

function MetricLine({ metric, onEdit }: MetricLineProps) {
  const t = useMessages("draft");
  const { reload } = useDraft();
  const act = useAct(RemoveMetric, removed);
  const refuse = useRefusal();
  const remove = async (): Promise<void> => {
    const outcome = await act({ metricId: metric.id, expectedVersion: metric.version });
    if (outcome.kind === "conflict") reload();
    refuse(outcome, t("metrics.removed", { code: metric.code }));
  };
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1">
      <span className="text-sm tabular-nums text-muted">{metric.code}</span>
      <span>
        {metric.name} <TargetWords metric={metric} />
      </span>
      <span className="ml-auto flex gap-1">
        <Button size="small" variant="quiet" onClick={onEdit}>
          {t("edit")}
          <span className="sr-only">{metric.code}</span>
        </Button>
        <Button size="small" variant="quiet" onClick={() => void remove()}>
          {t("remove")}
          <span className="sr-only">{metric.code}</span>
        </Button>
      </span>
    </div>
  );
}
