import { useMessages } from "../i18n/messages";
import { sizeWords } from "../ui/size-words";
import { useDownload } from "./use-download";

/** A file under a figure. */
export interface EvidenceFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
}

/** The files that show a figure, each to be saved; nothing where there are none. */
export function EvidenceList({ files }: { readonly files: readonly EvidenceFile[] }) {
  const t = useMessages("figures");
  const { isBusy, start } = useDownload();
  if (files.length === 0) return null;
  return (
    <ul aria-label={t("evidence")} className="flex flex-wrap gap-x-3 text-sm">
      {files.map((file) => (
        <li key={file.id} className="min-w-0">
          <button
            type="button"
            className="control inline-flex min-h-8 max-w-full items-center gap-1 text-left text-link hover:underline"
            disabled={isBusy}
            onClick={() => start(`/files/${file.id}`)}
          >
            <span className="break-all">{file.name}</span>
            <span className="shrink-0 text-muted">{sizeWords(file.size)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
