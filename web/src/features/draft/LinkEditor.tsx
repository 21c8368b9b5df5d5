import { useMemo } from "react";
import type { ResultOf } from "../../graphql/graphql";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Combobox } from "../../ui/Combobox";
import { useDraft } from "./draft-context";
import type { DraftTaskData } from "./fragments";
import { LinkKeyTask } from "./mutations";
import { SaveState } from "../../states/SaveState";
import { useAct } from "../../graphql/use-act";
import { useEdit } from "../../states/use-edit";

interface Links {
  readonly workPoints: readonly string[];
}

const linked = (data: ResultOf<typeof LinkKeyTask>) => data.linkKeyTask;

/** The work points that a key task sums up (对应要点); every change is stored at once. */
export function LinkEditor({ task }: { readonly task: DraftTaskData }) {
  const t = useMessages("draft");
  const { tasks, reload } = useDraft();
  const act = useAct(LinkKeyTask, linked);
  const stored = useMemo(
    () => ({ workPoints: task.sumsUp.edges.map((edge) => edge.node.id) }),
    [task.sumsUp],
  );
  const edit = useEdit<Links>(
    stored,
    ({ workPoints = [] }) =>
      act({ taskId: task.id, expectedVersion: task.version, workPoints: [...workPoints] }),
    reload,
  );
  const { workPoints } = edit.values;
  const points = useMemo(() => tasks.filter((one) => one.kind === "WORK_POINT"), [tasks]);
  const options = points
    .filter((one) => !workPoints.includes(one.id))
    .map((one) => ({
      id: one.id,
      label: `${one.code} ${one.title}`,
      hint: "",
      search: `${one.code} ${one.title}`,
    }));

  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium">{t("links.title")}</legend>
      <ul className="grid gap-1">
        {points
          .filter((one) => workPoints.includes(one.id))
          .map((one) => (
            <li key={one.id} className="flex min-h-9 items-center gap-3">
              <span className="text-sm tabular-nums text-muted">{one.code}</span>
              <span className="min-w-0 flex-1">{one.title}</span>
              <Button
                size="small"
                variant="quiet"
                onClick={() =>
                  void edit.save({ workPoints: workPoints.filter((id) => id !== one.id) })
                }
              >
                {t("remove")}
                <span className="sr-only">{one.code}</span>
              </Button>
            </li>
          ))}
      </ul>
      <Combobox
        label={t("links.add")}
        options={options}
        value={null}
        onChange={(id) => {
          void edit.save({ workPoints: [...workPoints, id] });
        }}
      />
      <SaveState
        status={edit.status}
        errors={edit.errors}
        requestId={edit.requestId}
        fields={[]}
        onRetry={() => void edit.save()}
        onReset={edit.reset}
      />
    </fieldset>
  );
}
