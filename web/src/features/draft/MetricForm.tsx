import { useMemo, useState } from "react";
import type { ResultOf } from "../../graphql/graphql";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { useDraft } from "./draft-context";
import type { RefusedFieldData } from "../../graphql/refused-field";
import type { DraftMetricData, DraftTaskData } from "./fragments";
import { MetricFields } from "./MetricFields";
import { NEW_METRIC, normalisedFigure, valuesOf, type MetricValues } from "./metric-values";
import { AddMetric, UpdateMetric } from "./mutations";
import type { Outcome } from "../../graphql/outcome";
import { SaveState } from "../../states/SaveState";
import { useAct } from "../../graphql/use-act";
import { useEdit, type EditStatus } from "../../states/use-edit";

const FIELDS = [
  "name",
  "value",
  "unit",
  "comparator",
  "by",
  "timeAggregation",
  "treeAggregation",
  "reportingLevel",
] as const;
const added = (data: ResultOf<typeof AddMetric>) => data.addMetric;
const updated = (data: ResultOf<typeof UpdateMetric>) => data.updateMetric;

interface NewMetricProps {
  readonly task: Pick<DraftTaskData, "id" | "version">;
  readonly initial?: Partial<MetricValues>;
  /** Words of the document that state it. */
  readonly phrase?: string;
  /** The warning that this metric mends. */
  readonly warningId?: string;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** Adds a metric to a task. */
export function NewMetric({ task, initial, phrase, warningId, onDone, onCancel }: NewMetricProps) {
  const { reload } = useDraft();
  const act = useAct(AddMetric, added);
  const [values, setValues] = useState<MetricValues>({ ...NEW_METRIC, ...initial });
  const [state, setState] = useState<FormState>(IDLE);

  const save = async (): Promise<void> => {
    setState({ ...IDLE, status: "saving" });
    const outcome = await act({
      taskId: task.id,
      expectedTaskVersion: task.version,
      name: values.name.trim(),
      phrase: phrase ?? null,
      value: normalisedFigure(values.value),
      unit: values.unit.trim(),
      comparator: values.comparator,
      by: values.by === "" ? null : values.by,
      isPerYear: values.isPerYear,
      isTentative: values.isTentative,
      warningId: warningId ?? null,
    });
    if (outcome.kind === "conflict") reload();
    setState(stateOf(outcome));
    if (outcome.kind === "done") onDone();
  };

  return (
    <MetricFormFrame
      values={values}
      state={state}
      hasMore={false}
      onChange={(patch) => {
        setValues((known) => ({ ...known, ...patch }));
      }}
      onSave={() => void save()}
      onCancel={onCancel}
    />
  );
}

interface EditMetricProps {
  readonly metric: DraftMetricData;
  readonly onDone: () => void;
}

/** Changes a stored metric. */
export function EditMetric({ metric, onDone }: EditMetricProps) {
  const { reload } = useDraft();
  const act = useAct(UpdateMetric, updated);
  const stored = useMemo(() => valuesOf(metric), [metric]);
  const commit = ({ by, value, ...changed }: Partial<MetricValues>): Promise<Outcome> =>
    act({
      metricId: metric.id,
      expectedVersion: metric.version,
      ...changed,
      ...(value === undefined ? {} : { value: normalisedFigure(value) }),
      ...(by === undefined ? {} : by === "" ? { clearBy: true } : { by }),
    });
  const edit = useEdit<MetricValues>(stored, commit, reload);

  return (
    <MetricFormFrame
      values={edit.values}
      state={edit}
      hasMore
      onChange={edit.set}
      onSave={() => {
        void edit.save().then((isStored) => {
          if (isStored) onDone();
        });
      }}
      onCancel={() => {
        edit.reset();
        onDone();
      }}
    />
  );
}

interface FormState {
  readonly status: EditStatus;
  readonly errors: readonly RefusedFieldData[];
  readonly requestId: string | null;
}

const IDLE: FormState = { status: "idle", errors: [], requestId: null };

function stateOf(outcome: Outcome): FormState {
  switch (outcome.kind) {
    case "done":
      return { ...IDLE, status: "saved" };
    case "conflict":
      return { ...IDLE, status: "conflict" };
    case "refused":
      return { ...IDLE, status: "refused", errors: outcome.errors };
    case "failed":
      return { ...IDLE, status: "failed", requestId: outcome.requestId };
  }
}

interface MetricFormFrameProps {
  readonly values: MetricValues;
  readonly state: FormState;
  readonly hasMore: boolean;
  readonly onChange: (patch: Partial<MetricValues>) => void;
  readonly onSave: () => void;
  readonly onCancel: () => void;
}

function MetricFormFrame({
  values,
  state,
  hasMore,
  onChange,
  onSave,
  onCancel,
}: MetricFormFrameProps) {
  const t = useMessages("draft");
  return (
    <form
      className="grid gap-3 rounded-card border border-line bg-paper p-3"
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      <MetricFields values={values} errors={state.errors} hasMore={hasMore} onChange={onChange} />
      <SaveState {...state} fields={FIELDS} onRetry={onSave} onReset={onCancel} />
      <div className="flex gap-2">
        <Button type="submit" isPending={state.status === "saving"}>
          {t("metric.save")}
        </Button>
        <Button variant="quiet" onClick={onCancel}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
