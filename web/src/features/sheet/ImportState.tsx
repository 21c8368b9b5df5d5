import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { percentDone } from "./import-progress";
import type { LargeImportData } from "./import-queries";

const TONES = { WAITING: "neutral", RUNNING: "info", STOPPED: "danger" } as const;

/** How a large file stands, in a word; while it is taken with how much of it. */
export function ImportState({ of }: { readonly of: LargeImportData }) {
  const t = useMessages("sheets");
  const doneTone = of.refused > 0 ? "warning" : "ok";
  return (
    <Badge tone={of.state === "DONE" ? doneTone : TONES[of.state]}>
      {t(`import.${of.state}`)}
      {of.state === "RUNNING" && <span className="tabular-nums">{percentDone(of)}%</span>}
    </Badge>
  );
}
