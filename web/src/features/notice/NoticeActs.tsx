import { type FormEvent, useState } from "react";
import { messageFor, type Outcome, otherMessages } from "../../graphql/outcome";
import { useKeyedAct } from "../../graphql/use-act";
import { useMessages } from "../../i18n/messages";
import { SaveState } from "../../states/SaveState";
import { useToast } from "../../ui/Toast";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { Field } from "../../ui/Field";
import { TextArea } from "../../ui/TextArea";
import { DaysSelect } from "./DaysSelect";
import {
  CloseNotice,
  EscalateNotice,
  type NoticeDetailData,
  ReplyNotice,
  WithdrawNotice,
} from "./queries";

type Act = "REPLY" | "ESCALATE" | "CLOSE" | "WITHDRAW";
const ACTS: readonly Act[] = ["REPLY", "ESCALATE", "CLOSE", "WITHDRAW"];

interface NoticeActsProps {
  readonly notice: NoticeDetailData;
  readonly reload: () => void;
}

/** What the reader may do with a notice now; the reply stands open, the rest behind buttons. */
export function NoticeActs({ notice, reload }: NoticeActsProps) {
  const t = useMessages("notices");
  const allowed = ACTS.filter((act) => notice.acts.some((one) => one.act === act && one.isAllowed));
  const [chosen, setChosen] = useState<Act | null>(null);
  // Taking a notice back is no act to be offered first.
  const open =
    chosen !== null && allowed.includes(chosen)
      ? chosen
      : allowed.find((act) => act !== "WITHDRAW");
  const later = notice.acts.find(
    (one) => one.act === "ESCALATE" && one.refusal?.code === "NOTICE_NOT_OVERDUE",
  );
  if (allowed.length === 0) {
    return later === undefined ? null : (
      <p className="caption text-sm text-muted">{later.refusal?.message}</p>
    );
  }
  return (
    <Card title={t("acts")} className="no-print">
      {(allowed.length > 1 || open === undefined) && (
        <div className="mb-3 flex flex-wrap gap-2">
          {allowed.map((act) => (
            <Button
              key={act}
              size="small"
              aria-pressed={act === open}
              variant={act === open ? "secondary" : "quiet"}
              onClick={() => setChosen(act)}
            >
              {t(`act.${act}`)}
            </Button>
          ))}
        </div>
      )}
      {open !== undefined && <ActForm key={open} act={open} notice={notice} reload={reload} />}
      {later !== undefined && (
        <p className="mt-3 caption text-sm text-muted">{later.refusal?.message}</p>
      )}
    </Card>
  );
}

interface ActFormProps extends NoticeActsProps {
  readonly act: Act;
}

function ActForm({ act, notice, reload }: ActFormProps) {
  const t = useMessages("notices");
  const toast = useToast();
  const run = useNoticeAct(act);
  const [text, setText] = useState("");
  const [days, setDays] = useState(3);
  const [outcome, setOutcome] = useState<Outcome | "saving" | null>(null);
  const errors =
    outcome !== null && outcome !== "saving" && outcome.kind === "refused" ? outcome.errors : [];
  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    setOutcome("saving");
    const ended = await run(notice, text, days);
    setOutcome(ended);
    if (ended.kind === "done") {
      setText("");
      toast({ message: t(`done.${act}`, { number: notice.number }) });
    }
    if (ended.kind === "conflict") reload();
  };
  const status = outcome === null ? "idle" : outcome === "saving" ? "saving" : outcome.kind;
  return (
    <form className="grid gap-3" onSubmit={(event) => void submit(event)}>
      <Field
        label={t(`words.${act}`)}
        isRequired={act === "REPLY" || act === "WITHDRAW"}
        error={messageFor(errors, "text")}
      >
        <TextArea rows={act === "REPLY" ? 6 : 3} value={text} onChange={setText} />
      </Field>
      {act === "ESCALATE" && (
        <DaysSelect
          value={days}
          error={messageFor(errors, "replyWorkingDays")}
          onChange={setDays}
        />
      )}
      <SaveState
        status={status === "done" || status === "saving" ? "idle" : status}
        errors={otherMessages(errors, ["text", "replyWorkingDays"]).length > 0 ? errors : []}
        requestId={
          outcome !== null && outcome !== "saving" && outcome.kind === "failed"
            ? outcome.requestId
            : null
        }
        fields={["text", "replyWorkingDays"]}
        onRetry={() => void submit()}
        onReset={() => setOutcome(null)}
      />
      <div>
        <Button
          type="submit"
          variant={act === "WITHDRAW" ? "danger" : "primary"}
          isPending={outcome === "saving"}
        >
          {t(`act.${act}`)}
        </Button>
      </div>
    </form>
  );
}

/** Runs the mutation of an act. */
function useNoticeAct(
  act: Act,
): (notice: NoticeDetailData, text: string, days: number) => Promise<Outcome> {
  const reply = useKeyedAct(ReplyNotice, (data) => data.replyNotice);
  const escalate = useKeyedAct(EscalateNotice, (data) => data.escalateNotice);
  const close = useKeyedAct(CloseNotice, (data) => data.closeNotice);
  const withdraw = useKeyedAct(WithdrawNotice, (data) => data.withdrawNotice);
  return (notice, text, days) => {
    const at = { noticeId: notice.id, expectedVersion: notice.version };
    switch (act) {
      case "REPLY":
        return reply({ ...at, text, departmentId: null });
      case "ESCALATE":
        return escalate({ ...at, text, replyWorkingDays: days });
      case "CLOSE":
        return close({ ...at, text });
      case "WITHDRAW":
        return withdraw({ ...at, text });
    }
  };
}
