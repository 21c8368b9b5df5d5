/** One line of an event's detail: what a value was and is, or what it is. */
export interface DetailLine {
  readonly name: string;
  readonly before: string | null;
  readonly after: string;
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wordsOf(value: unknown): string {
  if (value === null || value === undefined) return "—";
  if (typeof value === "string") return value === "" ? "—" : value;
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) {
    return value.join(" · ");
  }
  return JSON.stringify(value);
}

function changes(before: Fields, after: Fields): DetailLine[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .map((name) => ({ name, before: wordsOf(before[name]), after: wordsOf(after[name]) }))
    .filter((line) => line.before !== line.after);
}

function read(detail: string): unknown {
  try {
    return JSON.parse(detail);
  } catch {
    return detail;
  }
}

/** Why an act was refused, a line for each code. */
function refusals(errors: unknown): DetailLine[] {
  if (!Array.isArray(errors)) return [];
  return errors.filter(isFields).map(({ path, code }) => ({
    name: typeof path === "string" ? path : "",
    before: null,
    after: wordsOf(code),
  }));
}

/** What else is known, one level deep. */
function others(name: string, value: unknown): DetailLine[] {
  if (value === null) return [];
  if (!isFields(value)) return [{ name, before: null, after: wordsOf(value) }];
  return Object.entries(value).map(([inner, one]) => ({
    name: `${name}.${inner}`,
    before: null,
    after: wordsOf(one),
  }));
}

/** The lines of a detail; a text that is no JSON object is one line of its own. */
export function linesOf(detail: string): readonly DetailLine[] {
  const found = read(detail);
  if (found === null) return [];
  if (!isFields(found)) return [{ name: "", before: null, after: wordsOf(found) }];
  const { before, after, from, to, errors, ...rest } = found;
  const isStep = from !== undefined || to !== undefined;
  return [
    ...(isFields(before) && isFields(after) ? changes(before, after) : []),
    ...(isStep ? [{ name: "state", before: wordsOf(from), after: wordsOf(to) }] : []),
    ...refusals(errors),
    ...Object.entries(rest).flatMap(([name, value]) => others(name, value)),
  ];
}
