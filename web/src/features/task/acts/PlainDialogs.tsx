import { useState } from "react";
import type { ResultOf } from "../../../graphql/graphql";
import { useKeyedAct } from "../../../graphql/use-act";
import { formatDate } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { Field } from "../../../ui/Field";
import { SegmentedControl } from "../../../ui/SegmentedControl";
import { TextArea } from "../../../ui/TextArea";
import { ActFrame } from "./ActFrame";
import type { ActDialogProps } from "./dialog-props";
import { BeginStage, DecideExtension } from "./mutations";
import { useActForm } from "./use-act-form";

const begun = (data: ResultOf<typeof BeginStage>) => data.beginStage;
const decided = (data: ResultOf<typeof DecideExtension>) => data.decideExtension;

/** The next stage of a standing task begins; there is nothing to fill in. */
export function BeginStageDialog({ task, reload, onClose }: ActDialogProps) {
  const act = useKeyedAct(BeginStage, begun);
  const form = useActForm({
    name: "BEGIN_STAGE",
    reload,
    onDone: onClose,
    send: () => act({ taskId: task.id, expectedVersion: task.version }),
  });
  return <ActFrame name="BEGIN_STAGE" task={task} form={form} fields={[]} onClose={onClose} />;
}

/** 延期审批: grant or refuse; a refusal says why. */
export function DecideExtensionDialog({ task, reload, onClose }: ActDialogProps) {
  const t = useMessages("life");
  const act = useKeyedAct(DecideExtension, decided);
  const asked = task.life.extensions.find((one) => one.state === "REQUESTED");
  const [verdict, setVerdict] = useState<"APPROVED" | "REFUSED">("APPROVED");
  const [reason, setReason] = useState("");
  const isApproved = verdict === "APPROVED";
  const form = useActForm({
    name: "DECIDE_EXTENSION",
    reload,
    onDone: onClose,
    send: () => act({ extensionId: asked?.id ?? "", isApproved, reason }),
  });
  return (
    <ActFrame name="DECIDE_EXTENSION" task={task} form={form} fields={["reason"]} onClose={onClose}>
      {asked !== undefined && (
        <blockquote className="m-0 border-l-2 border-line-strong pl-3 text-sm whitespace-pre-line">
          <p className="font-medium">
            {t("extension.fromTo", { from: formatDate(asked.from), to: formatDate(asked.to) })}
          </p>
          <p className="text-muted">{asked.requestedBy.displayName}</p>
          {asked.reason}
        </blockquote>
      )}
      <div>
        <SegmentedControl
          label={t("act.DECIDE_EXTENSION")}
          value={verdict}
          options={(["APPROVED", "REFUSED"] as const).map((value) => ({
            value,
            label: t(`decide.${value}`),
          }))}
          onChange={setVerdict}
        />
      </div>
      <Field
        label={t(isApproved ? "reason.APPROVED" : "reason.REFUSED")}
        isRequired={!isApproved}
        error={form.errorOf("reason")}
      >
        <TextArea value={reason} onChange={setReason} data-first-focus="" />
      </Field>
    </ActFrame>
  );
}
