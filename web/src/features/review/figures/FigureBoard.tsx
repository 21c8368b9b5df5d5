import { useMemo, useState } from "react";
import type { ResultOf } from "../../../graphql/graphql";
import { useAllPages } from "../../../graphql/use-all-pages";
import { useMessages } from "../../../i18n/messages";
import { ErrorState } from "../../../states/ErrorState";
import { useRefusal } from "../../../states/use-refusal";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { EmptyState } from "../../../ui/EmptyState";
import { SkeletonLines } from "../../../ui/Skeleton";
import { useIsWide } from "../../../ui/use-is-wide";
import { useReviewKeys } from "../use-review-keys";
import { FigureDecision } from "./FigureDecision";
import { FigureQueue } from "./FigureQueue";
import { type WaitingFigureData, WaitingFiguresQuery } from "./queries";
import { type Answered, useVerdicts } from "./use-verdicts";
import { groupFigures, waitingOf } from "./waiting";

const measurementsOf = (data: ResultOf<typeof WaitingFiguresQuery>) => data.measurements;
const NO_VARIABLES = {};

/** 数据核实: what was handed in by metric and month; each is verified or rejected by somebody else. */
export function FigureBoard() {
  const { nodes, isComplete, error, reload } = useAllPages(
    WaitingFiguresQuery,
    NO_VARIABLES,
    measurementsOf,
  );
  const [isFresh, setIsFresh] = useState(false);
  if (isComplete && !isFresh) setIsFresh(true);
  if (error !== undefined && nodes.length === 0) {
    return <ErrorState error={error} onRetry={reload} />;
  }
  if (!isFresh) return <SkeletonLines count={6} className="h-16" />;
  return <Board all={nodes} reload={reload} />;
}

interface BoardProps {
  readonly all: readonly WaitingFigureData[];
  readonly reload: () => void;
}

function Board({ all, reload }: BoardProps) {
  const t = useMessages("figures");
  const r = useMessages("review");
  const isWide = useIsWide();
  const refuse = useRefusal();
  const verdicts = useVerdicts();
  const [wanted, setWanted] = useState<string | null>(null);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [isRejecting, setIsRejecting] = useState(false);
  const groups = useMemo(
    () => groupFigures(waitingOf(all).filter((one) => !verdicts.done.has(one.id))),
    [all, verdicts.done],
  );
  const rows = groups.flatMap((group) => group.rows);
  const found = rows.find((row) => row.id === wanted);
  const chosen = found ?? (isWide ? (rows[0] ?? null) : null);
  const choose = (row: WaitingFigureData | null): void => {
    setWanted(row?.id ?? null);
    setIsRejecting(false);
  };
  const decided = ({ outcome, done }: Answered, words: string): void => {
    if (chosen !== null && done.includes(chosen.id)) {
      const at = rows.indexOf(chosen);
      const left = (row: WaitingFigureData): boolean => !done.includes(row.id);
      choose(rows.slice(at).find(left) ?? rows.slice(0, at).findLast(left) ?? null);
    }
    setPicked(new Set([...picked].filter((id) => !done.includes(id))));
    refuse(outcome, words);
    if (outcome.kind !== "failed") reload();
  };
  const verify = async (ids: readonly string[]): Promise<void> => {
    if (ids.length === 0 || verdicts.isBusy) return;
    const answered = await verdicts.verify(ids);
    decided(answered, t("verified.many", { count: answered.done.length }));
  };
  useReviewKeys({
    onStep: (step) => {
      const next = rows[rows.findIndex((row) => row.id === chosen?.id) + step];
      if (next !== undefined) choose(next);
    },
    onAccept: () => void verify(chosen?.viewerCanDecide === true ? [chosen.id] : []),
    onReturn: () => {
      if (chosen?.viewerCanDecide === true) setIsRejecting(true);
    },
  });
  if (rows.length === 0) {
    return (
      <EmptyState icon="check" title={t("waiting.none")}>
        {t("waiting.none.detail")}
      </EmptyState>
    );
  }
  const open = rows.filter((row) => row.viewerCanDecide);
  const wantedIds = open.filter((row) => picked.has(row.id)).map((row) => row.id);
  const isAll = wantedIds.length === open.length;
  const queue = (
    <Card isFlush className="self-start">
      {open.length > 1 && (
        <div className="no-print flex flex-wrap items-center gap-2 border-b border-line px-3 py-2">
          <Button
            size="small"
            onClick={() => setPicked(isAll ? new Set() : new Set(open.map((row) => row.id)))}
          >
            {isAll ? r("pick.none") : t("pick.all")}
          </Button>
          <Button
            size="small"
            variant="primary"
            disabled={wantedIds.length === 0}
            isPending={verdicts.isBusy}
            onClick={() => void verify(wantedIds)}
          >
            {t("verify.picked", { count: wantedIds.length })}
          </Button>
        </div>
      )}
      <FigureQueue
        groups={groups}
        chosen={chosen?.id ?? null}
        picked={picked}
        refused={verdicts.refused}
        onChoose={choose}
        onPick={(ids, isPicked) => {
          const next = new Set(picked);
          for (const id of ids) {
            if (isPicked) next.add(id);
            else next.delete(id);
          }
          setPicked(next);
        }}
      />
    </Card>
  );
  if (chosen === null) return queue;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem]">
      {isWide ? (
        queue
      ) : (
        <Button icon="arrowLeft" className="justify-self-start" onClick={() => choose(null)}>
          {r("back")}
        </Button>
      )}
      <FigureDecision
        key={chosen.id}
        row={chosen}
        words={verdicts.refused.get(chosen.id)}
        isBusy={verdicts.isBusy}
        isRejecting={isRejecting}
        onRejecting={setIsRejecting}
        onVerify={() => void verify([chosen.id])}
        onReject={async (reason) => {
          const answered = await verdicts.reject(chosen.id, reason);
          decided(answered, t("rejected"));
          return answered.reason;
        }}
      />
    </div>
  );
}
