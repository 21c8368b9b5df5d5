import { useEffect, useState } from "react";

const WAIT_MS = 200;

/**
 * Text that is typed here and kept elsewhere (the address). It is handed on when typing pauses,
 * never in the middle of an IME composition; a change from elsewhere (Back) is taken over.
 */
export function useTypedText(kept: string, onSettle: (text: string) => void) {
  const [typed, setTyped] = useState(kept);
  const [isComposing, setComposing] = useState(false);
  const [known, setKnown] = useState({ kept, sent: kept });

  if (known.kept !== kept) {
    setKnown({ kept, sent: kept });
    // Typing went on while the address took over what was sent: that answer must not undo it.
    if (kept !== known.sent) setTyped(kept);
  }
  useEffect(() => {
    if (isComposing || typed === kept) return;
    const timer = setTimeout(() => {
      setKnown((before) => ({ ...before, sent: typed }));
      onSettle(typed);
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [typed, kept, isComposing, onSettle]);

  return {
    typed,
    isComposing,
    setTyped,
    input: {
      value: typed,
      onChange: setTyped,
      onCompositionStart: () => {
        setComposing(true);
      },
      onCompositionEnd: () => {
        setComposing(false);
      },
    },
  };
}
