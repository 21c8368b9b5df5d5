import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import type { SheetData } from "./queries";

type Standing = "taken" | "partly" | "undone";

const TONES = { taken: "ok", partly: "warning", undone: "neutral" } as const;

function standingOf(sheet: Pick<SheetData, "undoneAt" | "refused">): Standing {
  if (sheet.undoneAt !== null) return "undone";
  return sheet.refused > 0 ? "partly" : "taken";
}

/** How a file stands: taken, in part, or taken back. */
export function SheetState({ sheet }: { readonly sheet: SheetData }) {
  const t = useMessages("sheets");
  const standing = standingOf(sheet);
  return <Badge tone={TONES[standing]}>{t(`state.${standing}`)}</Badge>;
}
