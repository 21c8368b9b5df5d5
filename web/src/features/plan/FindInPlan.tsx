import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useMessages } from "../../i18n/messages";
import { classNames } from "../../ui/class-names";
import { IconButton } from "../../ui/IconButton";
import { TextInput } from "../../ui/TextInput";
import { findInText } from "./find";

interface FindInPlanProps {
  /** Words from the address. */
  readonly words: string;
  readonly onChange: (words: string) => void;
  /** Changes when the text does, so that places are found anew. */
  readonly text: unknown;
}

const ALL = "plan-found";
const CURRENT = "plan-found-current";
const WAIT_MS = 200;

/** Finds words in the text: every place is tinted, Enter goes on, Shift+Enter goes back. */
export function FindInPlan({ words, onChange, text }: FindInPlanProps) {
  const t = useMessages("plan");
  const [typed, setTyped] = useState(words);
  const [isComposing, setComposing] = useState(false);
  const { places, current, go } = usePlaces(typed, isComposing, text);

  const isSearching = typed.trim() !== "";

  useEffect(() => {
    if (isComposing || typed === words) return;
    const timer = setTimeout(() => {
      onChange(typed);
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [typed, words, isComposing, onChange]);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      go(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") setTyped("");
  };
  return (
    <search
      className={classNames(
        "flex min-w-0 flex-1 basis-40 items-center gap-1 sm:max-w-sm",
        isSearching && "max-sm:basis-full",
      )}
    >
      <TextInput
        type="search"
        data-search=""
        value={typed}
        aria-label={t("find")}
        placeholder={t("find")}
        className="min-w-0"
        onChange={setTyped}
        onKeyDown={onKeyDown}
        onCompositionStart={() => {
          setComposing(true);
        }}
        onCompositionEnd={() => {
          setComposing(false);
        }}
      />
      <span
        role="status"
        className="px-1 text-center text-sm whitespace-nowrap text-muted empty:-ml-1 empty:p-0"
      >
        {isSearching &&
          (places === 0 ? t("find.none") : t("find.place", { place: current + 1, count: places }))}
      </span>
      {isSearching && (
        <>
          <IconButton
            icon="chevronDown"
            label={t("find.previous")}
            className="rotate-180"
            disabled={places === 0}
            onClick={() => {
              go(-1);
            }}
          />
          <IconButton
            icon="chevronDown"
            label={t("find.next")}
            disabled={places === 0}
            onClick={() => {
              go(1);
            }}
          />
        </>
      )}
    </search>
  );
}

function usePlaces(typed: string, isComposing: boolean, text: unknown) {
  const ranges = useRef<readonly Range[]>([]);
  const [places, setPlaces] = useState(0);
  const [current, setCurrent] = useState(0);
  useEffect(() => {
    if (isComposing || text === null) return;
    ranges.current = findInText(document, typed);
    setPlaces(ranges.current.length);
    setCurrent(0);
    tint(ALL, ranges.current);
    show(ranges.current[0], typed.trim().length > 1);
    return () => {
      tint(ALL, []);
      tint(CURRENT, []);
    };
  }, [typed, isComposing, text]);
  const go = (step: 1 | -1): void => {
    const count = ranges.current.length;
    if (count === 0) return;
    const next = (current + step + count) % count;
    setCurrent(next);
    show(ranges.current[next], true);
  };
  return { places, current, go };
}

function show(range: Range | undefined, isScrolling: boolean): void {
  tint(CURRENT, range === undefined ? [] : [range]);
  if (isScrolling) range?.startContainer.parentElement?.scrollIntoView({ block: "center" });
}

/** Tints ranges without touching the page; where the browser cannot, only counting is left. */
function tint(name: string, ranges: readonly Range[]): void {
  if (typeof Highlight === "undefined") return;
  if (ranges.length === 0) CSS.highlights.delete(name);
  else CSS.highlights.set(name, new Highlight(...ranges));
}
