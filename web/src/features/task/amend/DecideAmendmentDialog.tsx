import { useState } from "react";
import type { ResultOf } from "../../../graphql/graphql";
import { useKeyedAct } from "../../../graphql/use-act";
import { useMessages } from "../../../i18n/messages";
import { AmendmentChanges } from "../../../states/AmendmentChanges";
import { Field } from "../../../ui/Field";
import { SegmentedControl } from "../../../ui/SegmentedControl";
import { TextArea } from "../../../ui/TextArea";
import { MatterFrame } from "../matters/MatterFrame";
import { useMatterForm } from "../matters/use-matter-form";
import { type AmendmentData, DecideAmendment } from "./queries";

const decided = (data: ResultOf<typeof DecideAmendment>) => data.decideAmendment;

interface DecideProps {
  readonly code: string;
  readonly amendment: AmendmentData;
  readonly reload: () => void;
  readonly onClose: () => void;
}

/** 变更审批: approve, which applies it, or refuse with the reason. */
export function DecideAmendmentDialog({ code, amendment, reload, onClose }: DecideProps) {
  const t = useMessages("amend");
  const act = useKeyedAct(DecideAmendment, decided);
  const [verdict, setVerdict] = useState<"APPROVED" | "REFUSED">("APPROVED");
  const [reason, setReason] = useState("");
  const isApproved = verdict === "APPROVED";
  const form = useMatterForm({
    done: t(`done.${verdict}`),
    reload,
    onDone: onClose,
    send: () => act({ amendmentId: amendment.id, isApproved, reason }),
  });
  return (
    <MatterFrame
      title={`${t("decide")} ${code}`}
      about={t("decide.about")}
      action={t("decide")}
      form={form}
      fields={["reason"]}
      onClose={onClose}
    >
      <AmendmentChanges amendment={amendment} />
      <SegmentedControl
        label={t("decide")}
        value={verdict}
        options={(["APPROVED", "REFUSED"] as const).map((value) => ({
          value,
          label: t(`verdict.${value}`),
        }))}
        onChange={setVerdict}
      />
      <Field label={t("words")} isRequired={!isApproved} error={form.errorOf("reason")}>
        <TextArea value={reason} onChange={setReason} data-first-focus="" />
      </Field>
    </MatterFrame>
  );
}
