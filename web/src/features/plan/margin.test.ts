import { describe, expect, it } from "vitest";
import { noteSpaces } from "./margin";

describe("noteSpaces", () => {
  it("sets a note beside its sentence where there is room", () => {
    const notes = [
      { desiredTop: 0, height: 40 },
      { desiredTop: 100, height: 40 },
    ];
    expect(noteSpaces(notes, 6)).toEqual([0, 60]);
  });

  it("pushes a note down rather than over the one before", () => {
    const notes = [
      { desiredTop: 30, height: 40 },
      { desiredTop: 30, height: 40 },
      { desiredTop: 60, height: 40 },
      { desiredTop: 200, height: 10 },
    ];
    expect(noteSpaces(notes, 6)).toEqual([30, 6, 6, 38]);
  });
});
