import type { KeyboardEvent } from "react";
import { CELLS, type Cell } from "./cells";

/** The control of a cell, wherever it is drawn. */
function control(row: number, cell: Cell): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-cell="${row}.${cell}"]`);
}

/** Puts the focus on the nearest cell that takes it, going on in the same direction. */
function go(row: number, column: number, [down, right]: readonly [number, number]): boolean {
  let [at, across] = [row + down, column + right];
  while (at >= 0 && across >= 0 && across < CELLS.length) {
    const cell = CELLS[across];
    const found = cell === undefined ? null : control(at, cell);
    if (found !== null) {
      found.focus();
      found.scrollIntoView({ block: "nearest" });
      return true;
    }
    const isGridEnd = document.querySelector(`[data-sheet-row="${at}"]`) === null;
    if (isGridEnd) return false;
    [at, across] = [at + down, across + right];
  }
  return false;
}

/**
 * Moves between the cells of the sheet as in a spreadsheet: Enter goes down (Alt or Shift with it
 * breaks the line), an arrow leaves a text at its end. Keys of an input method are left alone.
 */
export function onCellKey(
  event: KeyboardEvent<HTMLTextAreaElement | HTMLSelectElement>,
  row: number,
  cell: Cell,
): void {
  if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter" && event.altKey) {
    event.preventDefault();
    breakLine(event.currentTarget);
    return;
  }
  const step = stepOf(event);
  if (step === null) return;
  if (go(row, CELLS.indexOf(cell), step) || event.key === "Enter") event.preventDefault();
}

/** Breaks the line as Excel does with Alt; browsers do it with Shift by themselves. */
function breakLine(place: HTMLTextAreaElement | HTMLSelectElement): void {
  if (!(place instanceof HTMLTextAreaElement)) return;
  place.setRangeText("\n", place.selectionStart, place.selectionEnd, "end");
  place.dispatchEvent(new Event("input", { bubbles: true }));
}

type Step = readonly [number, number];

function stepOf(event: KeyboardEvent<HTMLTextAreaElement | HTMLSelectElement>): Step | null {
  const place = event.currentTarget;
  if (event.shiftKey || event.altKey) return null;
  if (event.key === "Enter") return [1, 0];
  return place instanceof HTMLTextAreaElement
    ? stepInText(place, event.key)
    : (ASIDE[event.key] ?? null);
}

/** From a list: up and down choose in it. */
const ASIDE: Readonly<Record<string, Step>> = { ArrowLeft: [0, -1], ArrowRight: [0, 1] };
/** Out of a text at its start, and at its end. */
const AT_START: Readonly<Record<string, Step>> = { ArrowUp: [-1, 0], ArrowLeft: [0, -1] };
const AT_END: Readonly<Record<string, Step>> = { ArrowDown: [1, 0], ArrowRight: [0, 1] };

function stepInText(place: HTMLTextAreaElement, key: string): Step | null {
  const { selectionStart, selectionEnd, value } = place;
  if (selectionStart !== selectionEnd) return null;
  const atStart = selectionStart === 0 ? AT_START[key] : undefined;
  const atEnd = selectionEnd === value.length ? AT_END[key] : undefined;
  return atStart ?? atEnd ?? null;
}
