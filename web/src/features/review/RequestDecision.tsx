import { useState } from "react";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import type { DecisionProps } from "./Decision";
import { requestOf } from "./requests";
import { useForm } from "./use-form";
import { VerdictButtons } from "./VerdictButtons";
import { WordsField } from "./WordsField";

/** Grants a request at once, or refuses it with the reason. */
export function RequestDecision(props: DecisionProps) {
  const { item, decisions, verdict, onVerdict, onDecided } = props;
  const t = useMessages("review");
  const { isBusy, send, error } = useForm(onDecided);
  const [words, setWords] = useState("");
  const request = requestOf(item, decisions);
  if (request === null) return null;
  const decide = (isApproved: boolean): void => {
    const sending = request.decide(isApproved, isApproved ? null : words);
    void send(sending, t(isApproved ? `granted.${request.kind}` : "refused"));
  };
  if (verdict !== "return") {
    return (
      <VerdictButtons
        accept={t(`grant.${request.kind}`)}
        refuse={t("refuse")}
        isBusy={isBusy}
        onAccept={() => decide(true)}
        onRefuse={() => onVerdict("return")}
      />
    );
  }
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        decide(false);
      }}
    >
      <WordsField
        label={t("refuse.reason")}
        value={words}
        onChange={setWords}
        error={error("reason")}
        canned={[t(`canned.keep.${request.kind}`), t("canned.part")]}
        isRequired
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" isPending={isBusy}>
          {t("refuse.confirm")}
        </Button>
        <Button variant="quiet" onClick={() => onVerdict(null)}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
