import type { CombinedError } from "@urql/core";
import { useCallback, useEffect, useState } from "react";
import { useClient } from "urql";
import { type CellFigures, chunksOf, METRICS_AT_ONCE } from "./cells";
import { type MatrixData, MatrixQuery } from "./queries";

/** Of the month alone, or from January up to it. */
export type Span = "ofPeriod" | "toDate";

/** A unit of the matrix. */
export interface MatrixUnit {
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
}

/** The whole grid: the units in order, and a figure for each place. */
export interface Matrix {
  readonly period: string;
  readonly units: readonly MatrixUnit[];
  readonly cell: (unit: string, metric: string, span: Span) => CellFigures | undefined;
}

export interface Asked {
  readonly metrics: readonly string[];
  readonly under: string | null;
  readonly depth: number;
  readonly period: string | null;
}

interface Answer {
  readonly key: string;
  readonly matrix: Matrix | null;
  readonly error: CombinedError | null;
}

/** Reads the grid in as many requests as its limits ask for; the one before stands until the next is whole. */
export function useMatrix(asked: Asked) {
  const client = useClient();
  const key = JSON.stringify(asked);
  const [round, setRound] = useState(0);
  const [answer, setAnswer] = useState<Answer>({ key: "", matrix: null, error: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round reads again
  useEffect(() => {
    let isOver = false;
    const { metrics, ...rest } = JSON.parse(key) as Asked;
    const requests = chunksOf(metrics, METRICS_AT_ONCE).map((chunk) =>
      client
        .query(MatrixQuery, { metrics: [...chunk], ...rest }, { requestPolicy: "network-only" })
        .toPromise(),
    );
    void Promise.all(requests).then((results) => {
      if (isOver || results.length === 0) return;
      const error = results.find((one) => one.error !== undefined)?.error ?? null;
      const parts = results.flatMap((one) => one.data?.metricMatrix ?? []);
      setAnswer((known) => ({
        key,
        matrix: error === null ? matrixOf(parts) : known.matrix,
        error,
      }));
    });
    return () => {
      isOver = true;
    };
  }, [client, key, round]);
  const reload = useCallback(() => setRound((count) => count + 1), []);
  return { ...answer, isStale: answer.key !== key, reload };
}

/** Puts the parts together: a unit stands where the first part that has it puts it. */
export function matrixOf(parts: readonly MatrixData[]): Matrix {
  const units = new Map<string, MatrixUnit>();
  const cells = new Map<string, Record<Span, CellFigures>>();
  for (const part of parts) {
    for (const unit of part.departments) units.set(unit.code, units.get(unit.code) ?? unit);
    for (const row of part.rows) {
      for (const cell of row.cells) cells.set(`${cell.department.code} ${row.metric.code}`, cell);
    }
  }
  return {
    period: parts[0]?.period ?? "",
    units: [...units.values()],
    cell: (unit, metric, span) => cells.get(`${unit} ${metric}`)?.[span],
  };
}
