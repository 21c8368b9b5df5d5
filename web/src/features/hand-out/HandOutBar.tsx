import { useState } from "react";
import { otherMessages } from "../../graphql/outcome";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { DateInput } from "../../ui/DateInput";
import type { Entry } from "./entries";
import type { HandOut } from "./use-hand-out";

interface HandOutBarProps {
  readonly chosen: readonly Entry[];
  readonly handOut: HandOut;
  readonly onFillChosen: (deadline: string) => void;
  readonly onSend: () => void;
}

/** Under the table, always in sight: one day for all that is chosen, how much is filled, 交办. */
export function HandOutBar({ chosen, handOut, onFillChosen, onSend }: HandOutBarProps) {
  const t = useMessages("handOut");
  const [day, setDay] = useState("");
  const missing = chosen.filter((entry) => entry.deadline === "").length;
  const refused = [...handOut.rows.values()].filter((one) => one.kind === "refused").length;
  return (
    <section
      aria-label={t("bar")}
      className="no-print sticky bottom-0 z-20 grid gap-2 rounded-card border border-line bg-card p-3 shadow-overlay max-md:bottom-16"
    >
      <WholeOutcome handOut={handOut} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="flex flex-wrap items-center gap-2">
          <DateInput aria-label={t("bar.day")} value={day} className="!w-40" onChange={setDay} />
          <Button disabled={day === "" || chosen.length === 0} onClick={() => onFillChosen(day)}>
            {t("bar.fill")}
          </Button>
        </div>
        <p role="status" className="text-sm text-muted">
          {t("bar.count", { count: chosen.length })}
          {missing > 0 && `，${t("bar.missing", { count: missing })}`}
          {refused > 0 && (
            <strong className="ml-2 font-medium text-danger">
              {t("bar.refused", { count: refused })}
            </strong>
          )}
        </p>
        <Button
          variant="primary"
          className="ml-auto"
          isPending={handOut.isPending}
          disabled={chosen.length === 0}
          onClick={onSend}
        >
          {t("bar.send", { count: chosen.length })}
        </Button>
      </div>
    </section>
  );
}

/** Why nothing at all was handed out. */
function WholeOutcome({ handOut }: { readonly handOut: HandOut }) {
  const t = useMessages("act");
  const { outcome } = handOut;
  if (outcome?.kind === "failed") {
    return (
      <Callout tone="danger" title={t("save.failed")}>
        {t("save.failed.detail")}
      </Callout>
    );
  }
  if (outcome?.kind !== "refused") return null;
  return otherMessages(outcome.errors, []).map((message) => (
    <Callout key={message} tone="danger" title={message} />
  ));
}
