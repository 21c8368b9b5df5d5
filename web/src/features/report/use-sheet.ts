import { useCallback, useEffect, useEffectEvent, useMemo, useReducer, useRef } from "react";
import { useClient } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import type { Outcome } from "../../graphql/outcome";
import { useAct, useKeyedAct } from "../../graphql/use-act";
import type { Cells } from "./cells";
import { draftsKey, keepDrafts, readDrafts } from "./local-drafts";
import { ReportSheetQuery, type ReportSheetData, SaveReports, SubmitReports } from "./queries";
import {
  draftsOf,
  isEditable,
  isFilled,
  isUnsaved,
  reduce,
  type Row,
  rowInput,
  rowsOf,
} from "./sheet-state";

const saved = (data: ResultOf<typeof SaveReports>) => data.saveReports;
const submitted = (data: ResultOf<typeof SubmitReports>) => data.submitReports;

/** How long the hand rests before what was typed is sent. */
const REST_MS = 1_200;
/** How long after a failure it is tried again. */
const RETRY_MS = 15_000;

/** The sheet of a department: its rows, what is typed, and how to store and submit it. */
export interface Sheet {
  readonly rows: readonly Row[];
  readonly write: (code: string, cells: Partial<Cells>) => void;
  /** Takes the text of last month as it stands. */
  readonly confirm: (code: string) => void;
  /** Drops what was typed for what somebody else stored. */
  readonly takeStored: (code: string) => void;
  /** Stores what was typed over what somebody else stored. */
  readonly keepTyped: (code: string) => void;
  /** Sends what is not stored yet. */
  readonly save: () => Promise<void>;
  /** Submits what is filled in. */
  readonly submit: () => Promise<Outcome>;
}

/**
 * Holds a sheet. What is typed goes to this browser at once and to the server when the hand rests;
 * after a failed network it is tried again, and a reload brings it back. A sheet that is only read
 * keeps and sends nothing.
 */
export function useSheet(sheet: ReportSheetData, account: string): Sheet {
  const client = useClient();
  const save = useAct(SaveReports, saved);
  const submit = useKeyedAct(SubmitReports, submitted);
  const { period, department } = sheet;
  const isReadOnly = !sheet.viewerCanWrite;
  const key = draftsKey(account, department.code, period);
  const [rows, dispatch] = useReducer(reduce, null, () =>
    rowsOf(
      sheet.rows.edges.map((edge) => edge.node),
      isReadOnly ? {} : readDrafts(key, localStorage),
      isReadOnly,
    ),
  );
  const isSending = useRef(false);
  const latest = useRef(rows);
  useEffect(() => {
    latest.current = rows;
    if (!isReadOnly) keepDrafts(key, draftsOf(rows), localStorage);
  }, [rows, key, isReadOnly]);

  const of = useMemo(() => ({ department: department.id, period }), [department.id, period]);
  const reload = useCallback(async (): Promise<void> => {
    const policy = { requestPolicy: "network-only" } as const;
    const found = await client.query(ReportSheetQuery, of, policy).toPromise();
    const fresh = found.data?.reportSheet?.rows.edges.map((edge) => edge.node);
    if (fresh !== undefined) dispatch({ type: "reloaded", rows: fresh });
  }, [client, of]);

  const send = useCallback(
    async (wanted: readonly Row[]): Promise<void> => {
      if (wanted.length === 0 || isSending.current) return;
      isSending.current = true;
      const codes = wanted.map((row) => row.task.code);
      dispatch({ type: "saving", codes });
      const outcome = await save({ ...of, rows: wanted.map(rowInput) });
      isSending.current = false;
      if (outcome.kind !== "done" || outcome.payload === undefined) {
        dispatch({ type: "failed", codes });
        return;
      }
      const answers = outcome.payload.rows;
      answers.forEach((answer, index) => {
        const code = codes[index];
        if (code !== undefined) dispatch({ type: "answered", code, answer });
      });
      const isLost = (answer: (typeof answers)[number]) =>
        answer.userErrors.some((error) => error.code === "CONFLICT");
      if (answers.some(isLost)) await reload();
    },
    [save, of, reload],
  );

  const saveAll = useCallback(() => send(latest.current.filter(isToSend)), [send]);
  const flush = useEffectEvent(() => void saveAll());
  useEffect(() => {
    const isOpen = rows.some((row) => isToSend(row) && row.saving !== "failed");
    if (!isOpen && !rows.some((row) => row.saving === "failed")) return;
    const timer = setTimeout(flush, isOpen ? REST_MS : RETRY_MS);
    return () => clearTimeout(timer);
  }, [rows]);
  useEffect(() => {
    const onOnline = (): void => flush();
    addEventListener("online", onOnline);
    return () => removeEventListener("online", onOnline);
  }, []);

  const keepTyped = useCallback(
    (code: string) => void send(latest.current.filter((row) => row.task.code === code)),
    [send],
  );
  const submitAll = useCallback(async (): Promise<Outcome> => {
    await saveAll();
    // What the last answer brought is shown a moment later; it is read where it lands first.
    await new Promise((done) => setTimeout(done, 0));
    const ready = latest.current.filter(isReady);
    const wanted = ready.map((row) => ({
      taskId: row.task.id,
      expectedVersion: row.report?.version ?? 0,
    }));
    const outcome = await submit({ ...of, rows: wanted });
    if (outcome.kind !== "done" || outcome.payload === undefined) return outcome;
    outcome.payload.rows.forEach((answer, index) => {
      const code = ready[index]?.task.code;
      if (code !== undefined) dispatch({ type: "answered", code, answer });
    });
    const errors = outcome.payload.rows.flatMap((answer) => answer.userErrors);
    return errors.length === 0 ? outcome : { kind: "refused", errors };
  }, [saveAll, submit, of]);

  return {
    rows,
    write: useCallback((code, cells) => dispatch({ type: "write", code, cells }), []),
    confirm: useCallback((code) => dispatch({ type: "confirm", code }), []),
    takeStored: useCallback((code) => dispatch({ type: "takeStored", code }), []),
    keepTyped,
    save: saveAll,
    submit: submitAll,
  };
}

function isToSend(row: Row): boolean {
  return isUnsaved(row) && row.saving !== "conflict" && row.saving !== "refused";
}

/** Whether the row goes along when the sheet is submitted. */
export function isReady(row: Row): boolean {
  return isEditable(row) && isFilled(row) && row.report !== null && !isUnsaved(row);
}
