const KIB = 1024;

/** A size for people: `512 B`, `7.4 KiB`, `12 MiB`. */
export function sizeWords(bytes: number): string {
  if (bytes < KIB) return `${String(bytes)} B`;
  if (bytes < KIB * KIB) return `${short(bytes / KIB)} KiB`;
  return `${short(bytes / (KIB * KIB))} MiB`;
}

function short(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}
