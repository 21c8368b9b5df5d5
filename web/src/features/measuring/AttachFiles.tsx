import { useRef, useState } from "react";
import { upload } from "../../graphql/upload";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { sizeWords } from "../../ui/size-words";
import type { TypedFile } from "./figure-state";

/** Files of one figure, as the server takes them. */
const FILES_MOST = 10;
const KINDS = ".pdf,.jpg,.jpeg,.png,.xlsx,.docx,.csv,.txt";

interface AttachFilesProps {
  readonly metric: string;
  /** Whether figures of the metric are handed in with files only. */
  readonly isAsked: boolean;
  readonly files: readonly TypedFile[];
  readonly onWrite: (files: readonly TypedFile[]) => void;
}

/** Files that show a figure: sent when they are chosen, kept under the figure when it is handed in. */
export function AttachFiles({ metric, isAsked, files, onWrite }: AttachFilesProps) {
  const t = useMessages("figures");
  const input = useRef<HTMLInputElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (chosen: readonly File[]): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const sent = [...files];
    for (const file of chosen.slice(0, FILES_MOST - files.length)) {
      const outcome = await upload(file);
      if (outcome.kind === "stored") {
        sent.push({ id: outcome.uploadId, name: file.name, size: file.size });
        continue;
      }
      const words = outcome.kind === "refused" ? outcome.message : null;
      setProblem(words ?? t("evidence.failed", { name: file.name }));
    }
    onWrite(sent);
    setBusy(false);
  };
  return (
    <div className="no-print flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={KINDS}
        aria-label={t("evidence.of", { metric })}
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])];
          event.target.value = "";
          void send(chosen);
        }}
      />
      <Button
        size="small"
        variant="quiet"
        icon="plus"
        isPending={isBusy}
        disabled={files.length >= FILES_MOST}
        onClick={() => input.current?.click()}
      >
        {t("evidence.add")}
      </Button>
      {isAsked && files.length === 0 && <span className="text-muted">{t("evidence.asked")}</span>}
      {files.map((file) => (
        <span key={file.id} className="inline-flex min-w-0 items-center gap-1">
          <span className="break-all">{file.name}</span>
          <span className="shrink-0 text-muted">{sizeWords(file.size)}</span>
          <Button
            size="small"
            variant="quiet"
            aria-label={t("evidence.remove", { name: file.name })}
            onClick={() => onWrite(files.filter((one) => one.id !== file.id))}
          >
            ×
          </Button>
        </span>
      ))}
      {problem !== null && (
        <p role="alert" className="text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}
