import { useMessages } from "../../i18n/messages";
import { Callout } from "../../ui/Callout";
import type { Outcome } from "../../graphql/outcome";
import { CompletionDecision } from "./CompletionDecision";
import type { ReviewItemData } from "./queries";
import { ReportDecision } from "./ReportDecision";
import { RequestDecision } from "./RequestDecision";
import type { Decisions } from "./use-decisions";

/** Which form of the decision is open. */
export type Verdict = "accept" | "return";

export interface DecisionProps {
  readonly item: ReviewItemData;
  readonly decisions: Decisions;
  /** The day it is; the proposed day to mend by counts from it. */
  readonly today: string;
  readonly verdict: Verdict | null;
  /** Words that are proposed for a completion, so that a second tap is enough. */
  readonly proposed?: string;
  readonly onVerdict: (verdict: Verdict | null) => void;
  /** A decision was sent: how it ended, and what to say when it is done. */
  readonly onDecided: (outcome: Outcome, words: string) => void;
}

/** The decision on one item; nobody decides on what is his own. */
export function Decision(props: DecisionProps) {
  const t = useMessages("review");
  const { item } = props;
  if (item.isOwn) {
    return (
      <Callout tone="neutral" title={t("own.title")}>
        {t("own.detail")}
      </Callout>
    );
  }
  switch (item.kind) {
    case "REPORT":
      return <ReportDecision {...props} />;
    case "COMPLETION":
      return <CompletionDecision {...props} />;
    case "EXTENSION":
    case "EXCEPTION":
    case "AMENDMENT":
      return <RequestDecision {...props} />;
  }
}
