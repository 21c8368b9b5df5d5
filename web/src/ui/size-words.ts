const KIB = 1024;

/** A size for people: `512 B`, `7.4 KB`, `12 MB`. */
export function sizeWords(bytes: number): string {
  if (bytes < KIB) return `${String(bytes)} B`;
  if (bytes < KIB * KIB) return `${short(bytes / KIB)} KB`;
  return `${short(bytes / (KIB * KIB))} MB`;
}

function short(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}
