import { useState } from "react";
import type { ResultOf } from "../../graphql/graphql";
import { messageFor, otherMessages, type Outcome } from "../../graphql/outcome";
import { useKeyedAct } from "../../graphql/use-act";
import { useMessages } from "../../i18n/messages";
import { useRefusal } from "../../states/use-refusal";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { DateInput } from "../../ui/DateInput";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { TextArea } from "../../ui/TextArea";
import { EndLightOverride, OverrideLight, type TaskDetailData } from "./queries";

const COLOURS = ["GREEN", "YELLOW", "RED"] as const;
const FIELDS = ["colour", "reason", "until"] as const;
const overridden = (data: ResultOf<typeof OverrideLight>) => data.overrideLight;
const ended = (data: ResultOf<typeof EndLightOverride>) => data.endLightOverride;

interface OverrideLightDialogProps {
  readonly task: TaskDetailData;
  readonly onClose: () => void;
}

/** Another light for a task until a day, with a reason; or the end of the one that stands. */
export function OverrideLightDialog({ task, onClose }: OverrideLightDialogProps) {
  const t = useMessages("task");
  const words = useMessages("domain");
  const common = useMessages("common");
  const standing = task.light.override;
  const [colour, setColour] = useState<(typeof COLOURS)[number]>(
    COLOURS.find((one) => one === standing?.colour) ?? "GREEN",
  );
  const [reason, setReason] = useState(standing?.reason ?? "");
  const [until, setUntil] = useState<string>(standing?.until ?? "");
  const [errors, setErrors] = useState<Extract<Outcome, { kind: "refused" }>["errors"]>([]);
  const [isBusy, setIsBusy] = useState(false);
  const override = useKeyedAct(OverrideLight, overridden);
  const end = useKeyedAct(EndLightOverride, ended);
  const tell = useRefusal();
  const finish = (outcome: Outcome): void => {
    setIsBusy(false);
    if (outcome.kind === "refused") setErrors(outcome.errors);
    else if (tell(outcome)) onClose();
  };
  const save = async (): Promise<void> => {
    setIsBusy(true);
    finish(await override({ taskId: task.id, colour, reason, until }));
  };
  const takeBack = async (): Promise<void> => {
    setIsBusy(true);
    finish(await end({ taskId: task.id }));
  };
  return (
    <Dialog
      title={t("light.override.title", { code: task.code })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          {standing !== null && (
            <Button isPending={isBusy} onClick={() => void takeBack()}>
              {t("light.override.end")}
            </Button>
          )}
          <Button
            variant="primary"
            isPending={isBusy}
            disabled={reason.trim() === "" || until === ""}
            onClick={() => void save()}
          >
            {t("light.override.save")}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <p className="caption text-sm text-muted">
          {t("light.override.hint", { light: words(`light.${task.light.computed}`) })}
        </p>
        <SegmentedControl
          label={t("light.override.colour")}
          value={colour}
          options={COLOURS.map((value) => ({ value, label: words(`light.${value}`) }))}
          onChange={setColour}
        />
        <Field label={t("light.override.reason")} isRequired error={messageFor(errors, "reason")}>
          <TextArea value={reason} onChange={setReason} rows={3} />
        </Field>
        <Field
          label={t("light.override.until")}
          hint={t("light.override.until.hint")}
          isRequired
          error={messageFor(errors, "until")}
        >
          <DateInput value={until} onChange={setUntil} />
        </Field>
        {otherMessages(errors, FIELDS).map((message) => (
          <Callout key={message} tone="danger" title={message} />
        ))}
      </div>
    </Dialog>
  );
}
