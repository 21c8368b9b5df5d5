/** Reads what an earlier visit kept under a key; anything unreadable counts as nothing. */
export function readKept<Kept>(
  key: string,
  storage: Pick<Storage, "getItem">,
): Readonly<Record<string, Kept>> {
  try {
    const found: unknown = JSON.parse(storage.getItem(key) ?? "{}");
    return typeof found === "object" && found !== null ? (found as Record<string, Kept>) : {};
  } catch {
    return {};
  }
}

/** Keeps what is not on the server yet; forgets the rest. */
export function keep<Kept>(
  key: string,
  kept: Readonly<Record<string, Kept>>,
  storage: Storage,
): void {
  try {
    if (Object.keys(kept).length === 0) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(kept));
  } catch {
    // A full or forbidden storage: the server has what was saved, the page has the rest.
  }
}
