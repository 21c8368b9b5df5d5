import { useId, useRef, useState } from "react";
import { Button } from "./Button";
import { classNames } from "./class-names";
import { Icon } from "./Icon";
import { sizeWords } from "./size-words";

/** What the place says. */
export interface FileDropWords {
  readonly drop: string;
  readonly choose: string;
  readonly chooseOther: string;
  readonly hint: string;
}

interface FileDropProps {
  readonly words: FileDropWords;
  /** Endings of the files that are taken, `.docx,.md`. */
  readonly accept: string;
  readonly file: File | null;
  readonly isBusy: boolean;
  readonly error?: string | undefined;
  /** Low and in one row: the file is there, and what became of it stands below. */
  readonly isSmall?: boolean;
  readonly onChoose: (file: File) => void;
}

/** A place to drop a file on, with a button that does the same by keyboard. */
export function FileDrop(props: FileDropProps) {
  const { words, accept, file, isBusy, error, isSmall = false, onChoose } = props;
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
        className={classNames(
          "gap-3 rounded-card border border-dashed",
          isSmall
            ? "flex flex-wrap items-center px-4 py-3"
            : "grid justify-items-center p-10 text-center max-sm:p-5",
          isOver ? "border-info bg-info-soft" : "border-line-strong bg-paper",
        )}
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
        {!isSmall && (
          <>
            <Icon name="upload" size={28} className="text-muted" />
            <p className="text-lg pointer-coarse:hidden">{words.drop}</p>
          </>
        )}
        <Button
          disabled={isBusy}
          aria-describedby={error === undefined ? `${id}-hint` : `${id}-hint ${id}-error`}
          onClick={() => input.current?.click()}
        >
          {file === null ? words.choose : words.chooseOther}
        </Button>
        <p id={`${id}-hint`} className={isSmall ? "sr-only" : "text-sm text-muted"}>
          {words.hint}
        </p>
        {file !== null && (
          <p className="max-w-full break-words">
            {file.name} <span className="text-muted">{sizeWords(file.size)}</span>
          </p>
        )}
      </div>
      <input
        ref={input}
        type="file"
        accept={accept}
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
