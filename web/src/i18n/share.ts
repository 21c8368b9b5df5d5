/** A share from 0 to 1 as a percentage, rounded down: only the whole is 100%. */
export function formatShare(share: string | null): string {
  return share === null ? "—" : `${Math.floor(Number(share) * 1000) / 10}%`;
}

/** How likely something is, to whole percents; a forecast knows neither never nor certainly. */
export function formatLikelihood(share: string): string {
  const percent = Math.round(Number(share) * 100);
  if (percent < 1) return "<1%";
  return percent > 99 ? ">99%" : `${String(percent)}%`;
}
