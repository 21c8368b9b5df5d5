import { useState } from "react";
import type { ResultOf } from "../../graphql/graphql";
import type { Outcome } from "../../graphql/outcome";
import { useKeyedAct } from "../../graphql/use-act";
import { StartImport } from "./import-queries";
import { meantBy, type SheetFile, type SheetOf } from "./use-sheet-file";

const started = (data: ResultOf<typeof StartImport>) => data.startMeasurementImport;

/** The way to take a file that is on the server as a large one; `onStarted` gets the id of the import. */
export function useImportStart(
  sheet: Pick<SheetFile, "uploadId" | "columns">,
  of: SheetOf,
  onStarted: (id: string) => void,
): {
  readonly isStarting: boolean;
  readonly outcome: Outcome | null;
  readonly start: () => Promise<void>;
} {
  const act = useKeyedAct(StartImport, started);
  const [isStarting, setIsStarting] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const { uploadId, columns } = sheet;
  const start = async (): Promise<void> => {
    if (uploadId === null) return;
    setIsStarting(true);
    const ended = await act({ uploadId, ...of, columns: meantBy(columns) });
    setIsStarting(false);
    setOutcome(ended);
    const id = ended.kind === "done" ? ended.payload?.import?.id : undefined;
    if (id !== undefined) onStarted(id);
  };
  return { isStarting, outcome, start };
}
