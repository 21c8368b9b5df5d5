import { useState } from "react";
import type { ResultOf } from "../../../graphql/graphql";
import { useKeyedAct } from "../../../graphql/use-act";
import { useMessages } from "../../../i18n/messages";
import { Field } from "../../../ui/Field";
import { SegmentedControl } from "../../../ui/SegmentedControl";
import { TextArea } from "../../../ui/TextArea";
import { MatterFrame } from "./MatterFrame";
import { DecideMetricException, type ExceptionData, RequestMetricException } from "./queries";
import { useMatterForm } from "./use-matter-form";

const requested = (data: ResultOf<typeof RequestMetricException>) => data.requestMetricException;
const decided = (data: ResultOf<typeof DecideMetricException>) => data.decideMetricException;

interface RequestExceptionProps {
  readonly metric: { readonly id: string; readonly code: string; readonly name: string };
  readonly reload: () => void;
  readonly onClose: () => void;
}

/** 申请指标例外: why the task should be completed all the same. */
export function RequestExceptionDialog({ metric, reload, onClose }: RequestExceptionProps) {
  const t = useMessages("matters");
  const act = useKeyedAct(RequestMetricException, requested);
  const [reason, setReason] = useState("");
  const form = useMatterForm({
    done: t("exception.asked"),
    reload,
    onDone: onClose,
    send: () => act({ metricId: metric.id, reason }),
  });
  return (
    <MatterFrame
      title={`${t("exception.ask")} ${metric.code}`}
      about={t("exception.about")}
      action={t("exception.ask")}
      form={form}
      fields={["reason"]}
      onClose={onClose}
    >
      <p>{metric.name}</p>
      <Field label={t("exception.reason")} isRequired error={form.errorOf("reason")}>
        <TextArea value={reason} onChange={setReason} data-first-focus="" />
      </Field>
    </MatterFrame>
  );
}

interface DecideExceptionProps {
  readonly exception: ExceptionData;
  readonly reload: () => void;
  readonly onClose: () => void;
}

/** 指标例外审批: grant or refuse; a refusal says why. */
export function DecideExceptionDialog({ exception, reload, onClose }: DecideExceptionProps) {
  const t = useMessages("matters");
  const act = useKeyedAct(DecideMetricException, decided);
  const [verdict, setVerdict] = useState<"APPROVED" | "REFUSED">("APPROVED");
  const [reason, setReason] = useState("");
  const isApproved = verdict === "APPROVED";
  const form = useMatterForm({
    done: t(`exception.done.${verdict}`),
    reload,
    onDone: onClose,
    send: () => act({ exceptionId: exception.id, isApproved, reason }),
  });
  return (
    <MatterFrame
      title={`${t("exception.decide")} ${exception.metric.code}`}
      about={t("exception.decide.about")}
      action={t("exception.decide")}
      form={form}
      fields={["reason"]}
      onClose={onClose}
    >
      <blockquote className="m-0 border-l-2 border-line-strong pl-3 text-sm whitespace-pre-line">
        <p className="font-medium">{exception.metric.name}</p>
        <p className="text-muted">{exception.requestedBy.displayName}</p>
        {exception.reason}
      </blockquote>
      <SegmentedControl
        label={t("exception.decide")}
        value={verdict}
        options={(["APPROVED", "REFUSED"] as const).map((value) => ({
          value,
          label: t(`decide.${value}`),
        }))}
        onChange={setVerdict}
      />
      <Field label={t("decide.reason")} isRequired={!isApproved} error={form.errorOf("reason")}>
        <TextArea value={reason} onChange={setReason} data-first-focus="" />
      </Field>
    </MatterFrame>
  );
}
