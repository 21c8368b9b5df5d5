const BROWSERS = [
  ["Edge", /Edg(e|A|iOS)?\//u],
  ["Firefox", /Firefox\//u],
  ["Chrome", /Chrom(e|ium)\//u],
  ["Safari", /Safari\//u],
] as const;
const SYSTEMS = [
  ["Android", /Android/u],
  ["iOS", /iPhone|iPad/u],
  ["Windows", /Windows/u],
  ["macOS", /Mac OS/u],
  ["Linux", /Linux/u],
] as const;

/** A client's own name in few words, `Chrome · Windows`; null when it says nothing. */
export function deviceOf(client: string): string | null {
  const known = [BROWSERS, SYSTEMS]
    .map((list) => list.find(([, pattern]) => pattern.test(client))?.[0])
    .filter((name) => name !== undefined);
  if (known.length > 0) return known.join(" · ");
  return client === "" ? null : client;
}
