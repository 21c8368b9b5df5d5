import { useMessages } from "../../i18n/messages";
import { isUnsaved, type Row } from "./sheet-state";

/** How the sheet as a whole is stored, in a few words. */
export function useShownSaving(rows: readonly Row[]): string {
  const t = useMessages("report");
  const has = (saving: Row["saving"]): boolean => rows.some((row) => row.saving === saving);
  if (has("saving")) return t("saving");
  if (has("failed")) return t("saving.failed");
  if (has("conflict")) return t("saving.conflict");
  if (has("refused")) return t("saving.refused");
  if (rows.some(isUnsaved)) return t("saving.local");
  return has("saved") ? t("saving.saved") : "";
}
