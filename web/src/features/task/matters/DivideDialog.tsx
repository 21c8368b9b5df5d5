import { useState } from "react";
import type { ResultOf } from "../../../graphql/graphql";
import { messageFor } from "../../../graphql/outcome";
import { useKeyedAct } from "../../../graphql/use-act";
import { useMessages } from "../../../i18n/messages";
import { Button } from "../../../ui/Button";
import { showToast } from "../../../ui/Toast";
import { MatterFrame } from "./MatterFrame";
import { filledDown, missingIn, nextPart, type PartEntry } from "./parts";
import { PartRow, type PartError } from "./PartRow";
import { DivideTask, type TaskMattersData } from "./queries";
import { useMatterForm } from "./use-matter-form";
import { usePartDepartments } from "./use-part-departments";

const divided = (data: ResultOf<typeof DivideTask>) => data.divideTask;

interface DivideDialogProps {
  readonly task: TaskMattersData;
  readonly reload: () => void;
  readonly onClose: () => void;
}

/** 分解任务: parts with their units and last days, handed down together; refused rows stay. */
export function DivideDialog({ task, reload, onClose }: DivideDialogProps) {
  const t = useMessages("matters");
  const options = usePartDepartments();
  const act = useKeyedAct(DivideTask, divided);
  const [rows, setRows] = useState<readonly PartEntry[]>(() => [nextPart([])]);
  const [errors, setErrors] = useState<ReadonlyMap<number, PartError>>(new Map());
  const [version, setVersion] = useState(task.version);
  const form = useMatterForm({
    done: t("divide.done"),
    reload,
    onDone: () => undefined,
    send: async () => {
      const outcome = await act({
        taskId: task.id,
        expectedVersion: version,
        rows: rows.map((row) => ({
          title: row.title,
          lead: row.lead ?? "",
          deadline: row.deadline,
        })),
      });
      if (outcome.kind !== "done" || outcome.payload === undefined) return outcome;
      const answers = outcome.payload.rows;
      const left = rows.filter((_, index) => (answers[index]?.userErrors.length ?? 0) > 0);
      setErrors(
        new Map(
          rows.flatMap((row, index) => {
            const refused = answers[index]?.userErrors ?? [];
            if (refused.length === 0) return [];
            const error: PartError = {
              title: messageFor(refused, "title"),
              lead: messageFor(refused, "lead"),
              deadline: messageFor(refused, "deadline"),
            };
            return [[row.key, error] as const];
          }),
        ),
      );
      setVersion(outcome.payload.task?.version ?? version);
      if (left.length === 0) {
        onClose();
        return outcome;
      }
      showToast({
        message: t("divide.partly", { done: rows.length - left.length, left: left.length }),
      });
      setRows(left);
      reload();
      return { kind: "refused", errors: [] };
    },
  });
  const submit = async (): Promise<void> => {
    const missing = new Map(
      rows.flatMap((row) => {
        const field = missingIn(row);
        return field === null
          ? []
          : [[row.key, { [field]: t(`divide.missing.${field}`) }] as const];
      }),
    );
    setErrors(missing);
    if (missing.size === 0) await form.submit();
  };
  const change = (key: number, more: Partial<PartEntry>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...more } : row)));
  return (
    <MatterFrame
      title={`${t("divide")} ${task.code}`}
      about={t("divide.about")}
      action={t("divide.send", { count: rows.length })}
      form={{ ...form, submit }}
      fields={[]}
      onClose={onClose}
    >
      <ol className="grid gap-3">
        {rows.map((row, index) => (
          <PartRow
            key={row.key}
            number={index + 1}
            row={row}
            error={errors.get(row.key)}
            options={options}
            latest={task.deadline}
            isLast={index === rows.length - 1}
            onChange={(more) => change(row.key, more)}
            onFillDown={(field) => setRows(filledDown(rows, row.key, field))}
            onRemove={
              rows.length === 1 ? null : () => setRows(rows.filter((one) => one.key !== row.key))
            }
          />
        ))}
      </ol>
      <Button
        icon="plus"
        className="justify-self-start"
        onClick={() => setRows([...rows, nextPart(rows)])}
      >
        {t("divide.add")}
      </Button>
    </MatterFrame>
  );
}
