import { useId, useRef, useState } from "react";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { sizeWords } from "./size-words";

const ACCEPT = ".docx,.md,.txt,.pdf";

interface FileDropProps {
  readonly file: File | null;
  readonly isBusy: boolean;
  readonly error: string | undefined;
  readonly onChoose: (file: File) => void;
}

/** A place to drop a file on, with a button that does the same by keyboard. */
export function FileDrop({ file, isBusy, error, onChoose }: FileDropProps) {
  const t = useMessages("import");
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const id = useId();
  const take = (files: FileList | null): void => {
    const first = files?.[0];
    if (first !== undefined) onChoose(first);
  };
  return (
    <div className="grid gap-2">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button inside does the same */}
      <div
        className={`grid justify-items-center gap-3 rounded-card border border-dashed p-10 text-center ${isOver ? "border-info bg-info-soft" : "border-line-strong bg-paper"}`}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => {
          setIsOver(false);
        }}
        onDrop={(event) => {
          event.preventDefault();
          setIsOver(false);
          if (!isBusy) take(event.dataTransfer.files);
        }}
      >
        <Icon name="upload" size={28} className="text-muted" />
        <p className="text-lg pointer-coarse:hidden">{t("file.drop")}</p>
        <Button
          disabled={isBusy}
          aria-describedby={error === undefined ? `${id}-hint` : `${id}-hint ${id}-error`}
          onClick={() => input.current?.click()}
        >
          {file === null ? t("file.choose") : t("file.chooseOther")}
        </Button>
        <p id={`${id}-hint`} className="text-sm text-muted">
          {t("file.hint")}
        </p>
        {file !== null && (
          <p>{t("file.chosen", { name: file.name, size: sizeWords(file.size) })}</p>
        )}
      </div>
      <input
        ref={input}
        type="file"
        accept={ACCEPT}
        hidden
        onChange={(event) => {
          take(event.target.files);
          event.target.value = "";
        }}
      />
      {error !== undefined && (
        <p id={`${id}-error`} role="alert" className="text-sm text-danger">
          {error}
        </p>
      )}
    </div>
  );
}
