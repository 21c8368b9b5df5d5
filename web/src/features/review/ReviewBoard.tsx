import { useState } from "react";
import type { Outcome } from "../../graphql/outcome";
import { useMessages } from "../../i18n/messages";
import { useRefusal } from "../../states/use-refusal";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { useIsWide } from "../../ui/use-is-wide";
import { Decision, type Verdict } from "./Decision";
import { isBatchable, itemKey, nextOf } from "./items";
import type { ReviewItemData } from "./queries";
import { requestOf } from "./requests";
import { ReviewQueue } from "./ReviewQueue";
import { Submission } from "./Submission";
import { useDecisions } from "./use-decisions";
import { useReviewKeys } from "./use-review-keys";

interface ReviewBoardProps {
  readonly items: readonly ReviewItemData[];
  readonly today: string;
  readonly reload: () => void;
}

/** Queue, submission, decision; after a decision the next item opens by itself. */
export function ReviewBoard({ items: all, today, reload }: ReviewBoardProps) {
  const t = useMessages("review");
  const isWide = useIsWide();
  const decisions = useDecisions();
  const refuse = useRefusal();
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [wanted, setWanted] = useState<string | null>(null);
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const items = all.filter((item) => !gone.has(itemKey(item)));
  const found = items.find((item) => itemKey(item) === wanted);
  // On a narrow screen the queue stands alone until somebody chooses.
  const item = found ?? (isWide ? (items[0] ?? null) : null);
  const chosen = item === null ? null : itemKey(item);
  const choose = (next: ReviewItemData | null): void => {
    setWanted(next === null ? null : itemKey(next));
    setVerdict(null);
  };
  const decided = (keys: readonly string[], outcome: Outcome, words: string): void => {
    if (refuse(outcome, words)) {
      if (chosen !== null && keys.includes(chosen)) choose(nextOf(items, chosen));
      setGone(new Set([...gone, ...keys]));
      setPicked(new Set());
    }
    if (outcome.kind !== "failed") reload();
  };
  const reports = items.filter((one) => picked.has(itemKey(one)));
  const acceptPicked = async (): Promise<void> => {
    const chosenReports = reports.flatMap((one) => (one.report == null ? [] : [one.report]));
    const outcome = await decisions.accept(chosenReports);
    decided(reports.map(itemKey), outcome, t("accepted.many", { count: reports.length }));
  };
  const accept = async (): Promise<void> => {
    if (item === null || item.isOwn) return;
    if (item.kind === "COMPLETION") {
      setVerdict("accept");
      return;
    }
    if (item.report != null) {
      decided([itemKey(item)], await decisions.accept([item.report]), t("accepted"));
      return;
    }
    const request = requestOf(item, decisions);
    if (request === null) return;
    decided([itemKey(item)], await request.decide(true, null), t(`granted.${request.kind}`));
  };
  useReviewKeys({
    onStep: (step) => {
      const next = items[items.findIndex((one) => itemKey(one) === chosen) + step];
      if (next !== undefined) choose(next);
    },
    onAccept: () => void accept(),
    onReturn: () => {
      if (item !== null && !item.isOwn) setVerdict("return");
    },
  });
  if (items.length === 0) {
    return (
      <EmptyState icon="check" title={t("none")}>
        {t("none.detail")}
      </EmptyState>
    );
  }
  const batch = items.filter(isBatchable);
  const queue = (
    <Card isFlush className="self-start">
      {batch.length > 1 && (
        <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2">
          <Button
            size="small"
            onClick={() =>
              setPicked(picked.size === batch.length ? new Set() : new Set(batch.map(itemKey)))
            }
          >
            {t(picked.size === batch.length ? "pick.none" : "pick.all")}
          </Button>
          <Button
            size="small"
            variant="primary"
            disabled={reports.length === 0}
            onClick={() => void acceptPicked()}
          >
            {t("accept.picked", { count: reports.length })}
          </Button>
        </div>
      )}
      <ReviewQueue
        items={items}
        chosen={chosen}
        picked={picked}
        onChoose={choose}
        onPick={(one, isPicked) => {
          const next = new Set(picked);
          if (isPicked) next.add(itemKey(one));
          else next.delete(itemKey(one));
          setPicked(next);
        }}
      />
    </Card>
  );
  if (item === null) return queue;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[20rem_minmax(0,1fr)_18rem]">
      {isWide ? (
        queue
      ) : (
        <Button icon="arrowLeft" className="justify-self-start" onClick={() => choose(null)}>
          {t("back")}
        </Button>
      )}
      <Card isFlush>
        <Submission key={chosen} item={item} />
      </Card>
      <Card
        title={t("decision")}
        className={verdict === null ? "self-start max-lg:sticky max-lg:bottom-16" : "self-start"}
      >
        <Decision
          key={chosen}
          item={item}
          decisions={decisions}
          today={today}
          verdict={verdict}
          onVerdict={setVerdict}
          onDecided={(outcome, words) => decided([itemKey(item)], outcome, words)}
        />
      </Card>
    </div>
  );
}
