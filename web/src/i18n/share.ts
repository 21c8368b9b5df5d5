/** A share from 0 to 1 as a percentage, rounded down: only the whole is 100%. */
export function formatShare(share: string | null): string {
  return share === null ? "—" : `${Math.floor(Number(share) * 1000) / 10}%`;
}
