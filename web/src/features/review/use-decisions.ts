import { useCallback } from "react";
import type { ResultOf, VariablesOf } from "../../graphql/graphql";
import type { Outcome } from "../../graphql/outcome";
import { useAct, useKeyedAct } from "../../graphql/use-act";
import {
  AcceptReports,
  ReturnReport,
  ReviewAmendment,
  ReviewComplete,
  ReviewException,
  ReviewExtension,
  type ReviewReport,
  ReviewReturnTask,
} from "./queries";

const accepted = (data: ResultOf<typeof AcceptReports>) => data.acceptReports;
const returned = (data: ResultOf<typeof ReturnReport>) => data.returnReport;
const completed = (data: ResultOf<typeof ReviewComplete>) => data.completeTask;
const sentBack = (data: ResultOf<typeof ReviewReturnTask>) => data.returnTask;
const decided = (data: ResultOf<typeof ReviewExtension>) => data.decideExtension;
const excepted = (data: ResultOf<typeof ReviewException>) => data.decideMetricException;
const amended = (data: ResultOf<typeof ReviewAmendment>) => data.decideAmendment;

type Input<Document> = VariablesOf<Document> extends { input: infer Given } ? Given : never;

/** Every decision that can be made on the page. */
export interface Decisions {
  readonly accept: (reports: readonly Pick<ReviewReport, "id" | "version">[]) => Promise<Outcome>;
  readonly returnReport: (input: Input<typeof ReturnReport>) => Promise<Outcome>;
  readonly complete: (input: Input<typeof ReviewComplete>) => Promise<Outcome>;
  readonly returnTask: (input: Input<typeof ReviewReturnTask>) => Promise<Outcome>;
  readonly decideExtension: (input: Input<typeof ReviewExtension>) => Promise<Outcome>;
  readonly decideException: (input: Input<typeof ReviewException>) => Promise<Outcome>;
  readonly decideAmendment: (input: Input<typeof ReviewAmendment>) => Promise<Outcome>;
}

/** The decisions, each sent to the server; a batch is done when each of its rows is. */
export function useDecisions(): Decisions {
  const acceptAll = useKeyedAct(AcceptReports, accepted);
  const accept = useCallback(
    async (reports: readonly Pick<ReviewReport, "id" | "version">[]): Promise<Outcome> => {
      const rows = reports.map((one) => ({ reportId: one.id, expectedVersion: one.version }));
      const outcome = await acceptAll({ rows });
      if (outcome.kind !== "done") return outcome;
      const errors = outcome.payload?.rows.flatMap((row) => row.userErrors) ?? [];
      return errors.length === 0 ? outcome : { kind: "refused", errors };
    },
    [acceptAll],
  );
  return {
    accept,
    returnReport: useAct(ReturnReport, returned),
    complete: useAct(ReviewComplete, completed),
    returnTask: useAct(ReviewReturnTask, sentBack),
    decideExtension: useAct(ReviewExtension, decided),
    decideException: useAct(ReviewException, excepted),
    decideAmendment: useAct(ReviewAmendment, amended),
  };
}
