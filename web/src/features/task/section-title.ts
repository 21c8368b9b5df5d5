/** A chapter as printed: “三、繁荣学术”, “（一）夯实基础”; an ordinal that brings its mark keeps it. */
export function sectionTitle(section: {
  readonly ordinal: string;
  readonly title: string;
}): string {
  const { ordinal, title } = section;
  const hasMark = ordinal === "" || /[）)、.．]$/u.test(ordinal);
  return hasMark ? `${ordinal}${title}` : `${ordinal}、${title}`;
}
