import { useCallback, useEffect, useMemo, useState } from "react";
import { useClient } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import type { Outcome } from "../../graphql/outcome";
import { type Upload, upload } from "../../graphql/upload";
import { useKeyedAct } from "../../graphql/use-act";
import {
  ApplySheet,
  PreviewSheetQuery,
  type SheetCheckData,
  type SheetField,
  type SheetRefusalData,
  type TakenSheetData,
} from "./queries";

const applied = (data: ResultOf<typeof ApplySheet>) => data.applyMeasurementSheet;

/** Of which unit and month a file is; empty while they are not known. */
export interface SheetOf {
  readonly department: string;
  readonly period: string;
}

/** What a heading of the file means; null where its column means nothing here. */
export interface ColumnChoice {
  readonly heading: string;
  readonly field: SheetField | null;
}

export type Mode = "ALL_OR_NOTHING" | "GOOD_ROWS";

/** Where a file stands. */
export type SheetFileState =
  | { readonly kind: "none" | "sending" | "checking" | "failed" }
  /** The server does not take its bytes, or says why it cannot be read. */
  | { readonly kind: "refused"; readonly errors: readonly SheetRefusalData[] }
  | { readonly kind: "checked"; readonly check: SheetCheckData }
  | { readonly kind: "taken"; readonly sheet: TakenSheetData };

export interface SheetFile {
  readonly file: File | null;
  readonly state: SheetFileState;
  /** The file as the server named it; until then null. */
  readonly uploadId: string | null;
  /** What the headings mean, as said by hand. */
  readonly columns: readonly ColumnChoice[];
  readonly isTaking: boolean;
  /** Why it was not taken, until something changes. */
  readonly outcome: Outcome | null;
  readonly choose: (file: File) => void;
  readonly retry: () => void;
  readonly mean: (columns: readonly ColumnChoice[]) => void;
  readonly take: (mode: Mode) => Promise<void>;
  readonly forget: () => void;
}

interface Answer {
  readonly key: string;
  readonly state: SheetFileState;
}

const NONE: readonly ColumnChoice[] = [];

/**
 * A file on its way: sent once, tried again whenever unit, month or the meaning of its headings change,
 * then taken. Nothing of it is lost when a step fails.
 */
export function useSheetFile(of: SheetOf): SheetFile {
  const client = useClient();
  const act = useKeyedAct(ApplySheet, applied);
  const [file, setFile] = useState<File | null>(null);
  const [sent, setSent] = useState<Upload | null>(null);
  const [columns, setColumns] = useState(NONE);
  const [round, setRound] = useState(0);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [taken, setTaken] = useState<TakenSheetData | null>(null);
  const [isTaking, setIsTaking] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const uploadId = sent?.kind === "stored" ? sent.uploadId : null;
  const { department, period } = of;
  const key = JSON.stringify({ uploadId, department, period, columns, round });

  const send = useCallback(async (chosen: File): Promise<void> => {
    setSent(null);
    setAnswer(null);
    setTaken(null);
    setOutcome(null);
    setSent(await upload(chosen));
  }, []);

  useEffect(() => {
    if (uploadId === null || period === "" || taken !== null) return;
    let isOver = false;
    const input = { uploadId, department, period, columns: meantBy(columns) };
    void client
      .query(PreviewSheetQuery, { input }, { requestPolicy: "network-only" })
      .toPromise()
      .then(({ data }) => {
        if (isOver) return;
        setAnswer({ key, state: stateOf(data?.previewMeasurementSheet) });
        setOutcome(null);
      });
    return () => {
      isOver = true;
    };
  }, [client, uploadId, department, period, columns, key, taken]);

  const acts = useMemo(
    () => ({
      choose: (chosen: File): void => {
        setFile(chosen);
        void send(chosen);
      },
      mean: setColumns,
      forget: (): void => {
        setFile(null);
        setSent(null);
        setAnswer(null);
        setTaken(null);
        setOutcome(null);
        setColumns(NONE);
      },
    }),
    [send],
  );
  const state: SheetFileState =
    taken === null ? stateNow({ file, sent, key, answer }) : { kind: "taken", sheet: taken };
  const retry = (): void => {
    const isGone =
      state.kind === "refused" && state.errors.some((one) => one.code === "SHEET_UPLOAD_UNKNOWN");
    if (file !== null && (uploadId === null || isGone)) void send(file);
    else setRound((count) => count + 1);
  };
  const take = async (mode: Mode): Promise<void> => {
    if (uploadId === null) return;
    setIsTaking(true);
    const ended = await act({
      uploadId,
      department,
      period,
      mode,
      columns: meantBy(columns),
    });
    setIsTaking(false);
    setOutcome(ended);
    if (ended.kind !== "done") return;
    setTaken(ended.payload?.sheet ?? null);
  };
  return { file, state, uploadId, columns, isTaking, outcome, retry, take, ...acts };
}

/** Nothing said by hand leaves the headings to the server, and to what it remembers. */
export const meantBy = (columns: readonly ColumnChoice[]): ColumnChoice[] | null =>
  columns.length === 0 ? null : [...columns];

interface Now {
  readonly file: File | null;
  readonly sent: Upload | null;
  readonly key: string;
  readonly answer: Answer | null;
}

/** Where a file stands that is not taken yet. */
function stateNow({ file, sent, key, answer }: Now): SheetFileState {
  if (file === null) return { kind: "none" };
  if (sent === null) return { kind: "sending" };
  if (sent.kind === "failed") return { kind: "failed" };
  if (sent.kind === "refused") {
    const { code, message } = sent;
    return { kind: "refused", errors: [{ code, path: [], message: message ?? "", figures: [] }] };
  }
  return answer?.key === key ? answer.state : { kind: "checking" };
}

type Preview = ResultOf<typeof PreviewSheetQuery>["previewMeasurementSheet"];

/** What the answer to a trial amounts to. */
export function stateOf(preview: Preview | undefined): SheetFileState {
  if (preview === undefined) return { kind: "failed" };
  if (preview.check !== null) return { kind: "checked", check: preview.check };
  return { kind: "refused", errors: preview.userErrors };
}
