import type { CalendarYearData } from "./queries";

type Day = CalendarYearData["days"][number];

/** One holiday of a year: its days off and the days on which they are made up for. */
export interface Holiday {
  readonly name: string;
  readonly off: readonly string[];
  readonly work: readonly string[];
}

/** The days of a year by holiday, in the order of their first day. */
export function holidaysOf(days: readonly Day[]): readonly Holiday[] {
  const byName = new Map<string, { off: string[]; work: string[] }>();
  for (const { day, kind, name } of days) {
    const holiday = byName.get(name) ?? { off: [], work: [] };
    holiday[kind === "OFF" ? "off" : "work"].push(day);
    byName.set(name, holiday);
  }
  return [...byName].map(([name, rest]) => ({ name, ...rest }));
}

/** Days one after the other, by the first and the last of them. */
export interface Run {
  readonly first: string;
  readonly last: string;
}

const DAY_MS = 86_400_000;

/** Days in their order as runs; a day by itself is a run of one. */
export function runsOf(days: readonly string[]): readonly Run[] {
  const runs: Run[] = [];
  for (const day of days) {
    const run = runs.at(-1);
    const isNext = run !== undefined && Date.parse(day) - Date.parse(run.last) === DAY_MS;
    if (isNext) runs.splice(-1, 1, { ...run, last: day });
    else runs.push({ first: day, last: day });
  }
  return runs;
}

/** The days of a year as a table that can be changed and loaded again. */
export function tableOf(days: readonly Day[]): string {
  const lines = days.map(({ day, kind, name }) => `${day},${kind},${name}`);
  return ["date,kind,name", ...lines].join("\n");
}
