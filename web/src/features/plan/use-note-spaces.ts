import { type RefObject, useLayoutEffect } from "react";
import { noteSpaces } from "./margin";

/** Attribute of a note with the anchor of its sentence. */
export const NOTE_FOR = "data-note-for";
const GAP = 6;

/** Sets the notes of every paragraph beside their sentences while the margin is shown. */
export function useNoteSpaces(root: RefObject<HTMLElement | null>, content: unknown): void {
  useLayoutEffect(() => {
    const element = root.current;
    if (element === null || content === null) return;
    const place = (): void => {
      const moves = [...element.querySelectorAll<HTMLElement>("[data-notes]")].flatMap(movesOf);
      for (const { note, space } of moves) note.style.marginTop = space;
    };
    place();
    if (typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(place);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [root, content]);
}

interface Move {
  readonly note: HTMLElement;
  readonly space: string;
}

/** Reads only; all reading comes before all writing, so that the page is laid out once. */
function movesOf(list: HTMLElement): Move[] {
  const notes = [...list.querySelectorAll<HTMLElement>(`[${NOTE_FOR}]`)];
  const isMargin = getComputedStyle(list).getPropertyValue("--is-margin").trim() === "1";
  if (!isMargin) return notes.map((note) => ({ note, space: "" }));
  const top = list.getBoundingClientRect().top;
  const wanted = notes.map((note) => {
    const sentence = document.getElementById(note.getAttribute(NOTE_FOR) ?? "");
    const first = sentence?.getClientRects()[0];
    return {
      desiredTop: first === undefined ? 0 : first.top - top,
      height: note.getBoundingClientRect().height,
    };
  });
  return noteSpaces(wanted, GAP).map((space, index) => ({
    note: notes[index] as HTMLElement,
    space: `${String(Math.round(space))}px`,
  }));
}
