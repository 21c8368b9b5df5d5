import { graphql, type ResultOf } from "../../../graphql/graphql";

/** How the reports of one's unit, and of everything below it, came in: the present month and its course. */
export const MonthQuery = graphql(`
  query MonthQuery {
    viewer {
      account {
        id
        department {
          id
          code
          present: reportingRates(months: 1) {
            period
            dueOn
            isDue
            expected
            onTime
            late
            missingCount
            missing(first: 100) {
              edges {
                node {
                  department {
                    id
                    code
                    shortName
                  }
                }
              }
            }
          }
          course: reportingRates(months: 6) {
            period
            isDue
            expected
            onTime
            late
            missingCount
            timeliness
          }
        }
      }
    }
  }
`);
type Unit = NonNullable<ResultOf<typeof MonthQuery>["viewer"]>["account"]["department"];
export type PresentMonth = NonNullable<Unit["present"]>[number];
export type CourseMonth = NonNullable<Unit["course"]>[number];

/** The reports of one's unit. */
export interface Month {
  readonly code: string;
  readonly present: PresentMonth;
  /** Months in which reports were owed, the oldest first. */
  readonly course: readonly CourseMonth[];
}

/** What the answer says; null where nothing was owed this month. */
export function monthOf(data: ResultOf<typeof MonthQuery> | undefined): Month | null {
  const unit = data?.viewer?.account.department;
  const present = unit?.present?.[0];
  if (unit === undefined || present === undefined) return null;
  const course = (unit.course ?? []).filter((one) => one.expected > 0).toReversed();
  if (course.length === 0) return null;
  return { code: unit.code, present, course };
}

/** Units that have not reported, each with how many reports, the most first. */
export function missingUnits(present: PresentMonth): readonly {
  readonly code: string;
  readonly name: string;
  readonly count: number;
}[] {
  const units = new Map<string, { code: string; name: string; count: number }>();
  for (const { node } of present.missing.edges) {
    const { id, code, shortName } = node.department;
    const unit = units.get(id) ?? { code, name: shortName, count: 0 };
    unit.count += 1;
    units.set(id, unit);
  }
  return [...units.values()].toSorted((a, b) => b.count - a.count);
}
