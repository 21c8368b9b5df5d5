import type { Client } from "@urql/core";
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from "react";
import { useClient } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import type { Outcome } from "../../graphql/outcome";
import { useKeyedAct } from "../../graphql/use-act";
import { periodBefore } from "../../i18n/period";
import { keep, readKept } from "../../states/kept";
import {
  belowOf,
  type FigureRow,
  figureInput,
  figureRows,
  isToSend,
  keptOf,
  type KeptFigure,
  reduceFigures,
  type Typed,
} from "./figure-state";
import {
  type FigureMetricData,
  FigureMetricsQuery,
  FigurePlansQuery,
  RecordMeasurements,
  SaidQuery,
} from "./queries";

const recorded = (data: ResultOf<typeof RecordMeasurements>) => data.recordMeasurements;
const fresh = { requestPolicy: "network-only" } as const;

/** Of which department and month the figures are, and who writes them. */
export interface FiguresOf {
  readonly department: string;
  readonly departmentCode: string;
  readonly period: string;
  readonly account: string;
}

/** A unit below that is asked for figures of its own. */
export interface UnitBelow {
  readonly id: string;
  readonly code: string;
  readonly shortName: string;
}

/** The figures that a department is asked for in a month: what is typed, and how to hand it in. */
export interface FigureSheet {
  readonly state: "loading" | "failed" | "ready";
  readonly rows: readonly FigureRow[];
  readonly below: readonly UnitBelow[];
  readonly write: (code: string, typed: Partial<Typed>) => void;
  readonly keepTyped: (code: string) => void;
  readonly takeStored: (code: string) => void;
  readonly retry: () => void;
  /** Hands in what is typed, all in one request; a refused row leaves the others alone. */
  readonly handIn: () => Promise<Outcome>;
}

/** Holds the figures of a month. What is typed stays in this browser until it is handed in. */
export function useFigures(of: FiguresOf): FigureSheet {
  const client = useClient();
  const record = useKeyedAct(RecordMeasurements, recorded);
  const { department, period } = of;
  const key = `duban.figures.${of.account}.${of.departmentCode}.${period}`;
  const [state, setState] = useState<FigureSheet["state"]>("loading");
  const [below, setBelow] = useState<readonly UnitBelow[]>([]);
  const [rows, dispatch] = useReducer(reduceFigures, []);
  const [round, setRound] = useState(0);
  const latest = useRef(rows);

  useEffect(() => {
    latest.current = rows;
    if (state === "ready") keep(key, keptOf(rows), localStorage);
  }, [rows, key, state]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another round reads again
  useEffect(() => {
    let isOver = false;
    void readAll(client, { department, period }).then((found) => {
      if (isOver) return;
      if (found === null) {
        setState("failed");
        return;
      }
      const asked = found.metrics.filter((metric) => metric.isAsked);
      const kept = readKept<KeptFigure>(key, localStorage);
      dispatch({ type: "loaded", rows: figureRows(asked, found.said, kept) });
      setBelow(unitsBelow(found.metrics));
      setState("ready");
    });
    return () => {
      isOver = true;
    };
  }, [client, department, period, key, round]);

  const handIn = useCallback(async (): Promise<Outcome> => {
    const wanted = latest.current.filter(isToSend);
    const codes = wanted.map((row) => row.metric.code);
    if (wanted.length === 0) return { kind: "done" };
    dispatch({ type: "handing", codes, handing: "sending" });
    const outcome = await record({
      rows: wanted.map((row) => figureInput(row, { department, period })),
    });
    if (outcome.kind !== "done" || outcome.payload === undefined) {
      dispatch({ type: "handing", codes, handing: "failed" });
      return outcome;
    }
    const answers = outcome.payload.rows;
    answers.forEach((answer, index) => {
      const code = codes[index];
      if (code !== undefined) dispatch({ type: "answered", code, answer });
    });
    const errors = answers.flatMap((answer) => answer.userErrors);
    if (errors.some((error) => error.code === "CONFLICT")) {
      const said = await readSaid(client, { department, period });
      if (said !== null) dispatch({ type: "reloaded", said: said.now });
    }
    return errors.length === 0 ? outcome : { kind: "refused", errors };
  }, [client, record, department, period]);

  const acts = useMemo(
    () => ({
      write: (code: string, typed: Partial<Typed>) => dispatch({ type: "write", code, typed }),
      keepTyped: (code: string) => dispatch({ type: "keepTyped", code }),
      takeStored: (code: string) => dispatch({ type: "takeStored", code }),
      retry: () => {
        setState("loading");
        setRound((count) => count + 1);
      },
    }),
    [],
  );
  return { state, rows, below, handIn, ...acts };
}

type Of = Pick<FiguresOf, "department" | "period">;

/** Every metric of the year's plans with what was said; null where something could not be read. */
async function readAll(client: Client, of: Of) {
  const [plans, said] = await Promise.all([
    client.query(FigurePlansQuery, {}).toPromise(),
    readSaid(client, of),
  ]);
  if (plans.data === undefined || said === null) return null;
  const year = Number(of.period.slice(0, 4));
  const ofYear = plans.data.plans.edges.filter(
    ({ node }) => node.year === year && node.state === "ISSUED",
  );
  const lists = await Promise.all(ofYear.map(({ node }) => readMetrics(client, node.id, of)));
  const metrics = lists.flatMap((list) => list ?? []);
  return lists.includes(null) ? null : { metrics, said };
}

async function readMetrics(
  client: Client,
  plan: string,
  { department, period }: Of,
): Promise<FigureMetricData[] | null> {
  const before = periodBefore(period, 1);
  const hasBefore = before.slice(0, 4) === period.slice(0, 4);
  const found: FigureMetricData[] = [];
  let after: string | null = null;
  do {
    const page: ResultOf<typeof FigureMetricsQuery> | undefined = (
      await client
        .query(
          FigureMetricsQuery,
          { plan, department, period, before: hasBefore ? before : period, hasBefore, after },
          fresh,
        )
        .toPromise()
    ).data;
    if (page === undefined) return null;
    found.push(...page.metrics.edges.map((edge) => edge.node));
    after = page.metrics.pageInfo.hasNextPage ? page.metrics.pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}

async function readSaid(client: Client, { department, period }: Of) {
  const before = periodBefore(period, 1);
  const { data } = await client.query(SaidQuery, { department, period, before }, fresh).toPromise();
  if (data === undefined) return null;
  return {
    now: data.measurements.edges.map((edge) => edge.node),
    before: data.previous.edges.map((edge) => edge.node),
  };
}

/** The units below, each once, that are asked where the department itself is not. */
function unitsBelow(metrics: readonly FigureMetricData[]): UnitBelow[] {
  const units = new Map<string, UnitBelow>();
  for (const metric of metrics) {
    for (const unit of belowOf(metric)) units.set(unit.code, unit);
  }
  return [...units.values()];
}
