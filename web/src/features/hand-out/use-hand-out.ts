import { useState } from "react";
import type { ResultOf } from "../../graphql/graphql";
import type { Outcome } from "../../graphql/outcome";
import type { RefusedFieldData } from "../../graphql/refused-field";
import { useKeyedAct } from "../../graphql/use-act";
import { entryOf, type Typed } from "./entries";
import { HandOutTasks, type HandOutRowData } from "./queries";

const handedOut = (data: ResultOf<typeof HandOutTasks>) => data.handOutTasks;
type Answer = ReturnType<typeof handedOut>;

/** How a row ended: handed out, or refused with what to mend. */
export type RowOutcome =
  | { readonly kind: "done" }
  | { readonly kind: "refused"; readonly errors: readonly RefusedFieldData[] };

export interface HandOut {
  readonly isPending: boolean;
  /** How the whole request ended, apart from its rows. */
  readonly outcome: Outcome | null;
  readonly rows: ReadonlyMap<string, RowOutcome>;
  /** Sends rows in one request; resolves to the ids of those handed out. */
  readonly send: (rows: readonly HandOutRowData[], typed: Typed) => Promise<readonly string[]>;
  /** Forgets how a row ended, once it is changed. */
  readonly forget: (ids: readonly string[]) => void;
}

/** Sends all rows at once and keeps how each of them ended. */
export function useHandOut(reload: () => void): HandOut {
  const act = useKeyedAct(HandOutTasks, handedOut);
  const [isPending, setPending] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [ended, setEnded] = useState<ReadonlyMap<string, RowOutcome>>(new Map());

  const send = async (
    rows: readonly HandOutRowData[],
    typed: Typed,
  ): Promise<readonly string[]> => {
    setPending(true);
    const whole = await act({ rows: rows.map((row) => inputOf(row, typed)) });
    setPending(false);
    setOutcome(whole);
    if (whole.kind !== "done" || whole.payload === undefined) return [];
    const fresh = outcomesOf(rows, whole.payload);
    setEnded((known) => new Map([...known, ...fresh]));
    if ([...fresh.values()].some(isConflict)) reload();
    return [...fresh].filter(([, one]) => one.kind === "done").map(([id]) => id);
  };
  const forget = (ids: readonly string[]): void => {
    setEnded((known) => {
      const isGone = (id: string): boolean => ids.includes(id) && known.get(id)?.kind === "refused";
      return new Map([...known].filter(([id]) => !isGone(id)));
    });
  };
  return { isPending, outcome, rows: ended, send, forget };
}

function inputOf(row: HandOutRowData, typed: Typed) {
  const { deadline, isStanding } = entryOf(row, typed);
  const input = { taskId: row.id, expectedVersion: row.version, isStanding };
  return deadline === "" ? input : { ...input, deadline };
}

/** The answers stand in the order of the rows that were sent. */
function outcomesOf(rows: readonly HandOutRowData[], answer: Answer): Map<string, RowOutcome> {
  return new Map(
    rows.map((row, index): [string, RowOutcome] => {
      const errors = answer.rows[index]?.userErrors ?? [];
      return [row.id, errors.length === 0 ? { kind: "done" } : { kind: "refused", errors }];
    }),
  );
}

function isConflict(outcome: RowOutcome): boolean {
  return outcome.kind === "refused" && outcome.errors.some((error) => error.code === "CONFLICT");
}
