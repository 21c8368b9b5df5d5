import { type Ref, useRef } from "react";
import { useMessages } from "../../../i18n/messages";
import { CopyButton } from "./CopyButton";
import { type PieceKind, piecesOf } from "./highlight";
import type { Language } from "./snippets";

const COLOURS: Readonly<Record<PieceKind, string | undefined>> = {
  comment: "text-muted",
  string: "text-ok",
  keyword: "text-info",
  number: "text-warn",
  plain: undefined,
};

interface CodeProps {
  /** What the code does, in words. */
  readonly what: string;
  readonly language: Language;
  readonly code: string;
  /** The element whose text is the code. */
  readonly ref: Ref<HTMLElement>;
}

/** Code with its colours. */
export function Code({ what, language, code, ref }: CodeProps) {
  const t = useMessages("integrations");
  return (
    <section
      aria-label={t("code", { what, language: t(`language.${language}`) })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines must scroll by keyboard
      tabIndex={0}
      className="overflow-x-auto rounded-b-md bg-sunken px-4 py-3 -outline-offset-2"
    >
      <pre translate="no" className="font-mono text-sm leading-relaxed print:whitespace-pre-wrap">
        <code ref={ref}>
          {piecesOf(code, language).map((piece, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never move
            <span key={index} className={COLOURS[piece.kind]}>
              {piece.text}
            </span>
          ))}
        </code>
      </pre>
    </section>
  );
}

interface CodeBlockProps extends Omit<CodeProps, "ref"> {
  readonly onCopied?: () => void;
}

/** Code in a frame, with its language and a button that copies it. */
export function CodeBlock({ onCopied, ...code }: CodeBlockProps) {
  const t = useMessages("integrations");
  const text = useRef<HTMLElement>(null);
  return (
    <div className="min-w-0 rounded-md border border-line">
      <div className="flex min-h-11 items-center justify-between gap-3 border-b border-line py-1 pr-1.5 pl-4">
        <span className="text-sm text-muted">{t(`language.${code.language}`)}</span>
        <CopyButton what={code.what} from={text} {...(onCopied && { onCopied })} />
      </div>
      <Code {...code} ref={text} />
    </div>
  );
}
