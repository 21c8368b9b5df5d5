import { useCallback, useState } from "react";
import type { ResultOf } from "../../../graphql/graphql";
import { messageFor, type Outcome } from "../../../graphql/outcome";
import type { RefusedFieldData } from "../../../graphql/refused-field";
import { useKeyedAct } from "../../../graphql/use-act";
import { RejectMeasurements, VerifyMeasurements } from "./queries";

const verified = (data: ResultOf<typeof VerifyMeasurements>) => data.verifyMeasurements;
const rejected = (data: ResultOf<typeof RejectMeasurements>) => data.rejectMeasurements;

/** What came of decisions on figures: which are decided, and why the others are not. */
export interface Verdicts {
  readonly done: ReadonlySet<string>;
  /** Words of the server for a figure that could not be decided on. */
  readonly refused: ReadonlyMap<string, string>;
  readonly isBusy: boolean;
  /** Verifies figures row by row; tells which went through. */
  readonly verify: (ids: readonly string[]) => Promise<Answered>;
  readonly reject: (id: string, reason: string) => Promise<Answered>;
}

/** How a batch ended: as a whole, and which of its rows went through. */
export interface Answered {
  readonly outcome: Outcome;
  readonly done: readonly string[];
  /** What is wrong with the reason. */
  readonly reason: string | undefined;
}

interface Row {
  readonly userErrors: readonly RefusedFieldData[];
}

/** Decides on figures and remembers, row by row, what the server said. */
export function useVerdicts(): Verdicts {
  const verifyAll = useKeyedAct(VerifyMeasurements, verified);
  const rejectAll = useKeyedAct(RejectMeasurements, rejected);
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const [isBusy, setIsBusy] = useState(false);

  const answer = useCallback(
    (ids: readonly string[], outcome: Outcome<{ rows: readonly Row[] } & Row>): Answered => {
      setIsBusy(false);
      if (outcome.kind !== "done" || outcome.payload === undefined) {
        return { outcome, done: [], reason: undefined };
      }
      const { rows } = outcome.payload;
      const through = ids.filter((_, index) => rows[index]?.userErrors.length === 0);
      const errors = rows.flatMap((row) => row.userErrors);
      setDone((known) => new Set([...known, ...through]));
      setRefused((known) => {
        const next = new Map(known);
        ids.forEach((id, index) => {
          const words = rows[index]?.userErrors.map((error) => error.message).join(" ") ?? "";
          if (words === "") next.delete(id);
          else next.set(id, words);
        });
        return next;
      });
      return {
        outcome: errors.length === 0 ? outcome : { kind: "refused", errors },
        done: through,
        reason: messageFor(errors, "reason"),
      };
    },
    [],
  );
  const verify = useCallback(
    async (ids: readonly string[]) => {
      setIsBusy(true);
      return answer(ids, await verifyAll({ measurementIds: [...ids] }));
    },
    [verifyAll, answer],
  );
  const reject = useCallback(
    async (id: string, reason: string) => {
      setIsBusy(true);
      return answer([id], await rejectAll({ rows: [{ measurementId: id, reason }] }));
    },
    [rejectAll, answer],
  );
  return { done, refused, isBusy, verify, reject };
}
