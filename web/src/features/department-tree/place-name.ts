/** 郑州市科协 → 郑州: a tile has room for the place alone. */
export function placeName(shortName: string): string {
  return shortName.replace(/(市|示范区)?(科协|科学技术协会)$/, "");
}
