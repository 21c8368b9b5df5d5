/** A note in the margin: where its sentence stands and how high the note is, in pixels. */
export interface Note {
  readonly desiredTop: number;
  readonly height: number;
}

/**
 * Space to leave above each note so that it stands beside its sentence, or below the note before
 * it where there is no room; never less than `gap` between two.
 */
export function noteSpaces(notes: readonly Note[], gap: number): number[] {
  let bottom = 0;
  return notes.map(({ desiredTop, height }, index) => {
    const least = index === 0 ? 0 : gap;
    const space = Math.max(least, desiredTop - bottom);
    bottom += space + height;
    return space;
  });
}
