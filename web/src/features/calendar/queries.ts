import { graphql, type ResultOf } from "../../graphql/graphql";
import { RefusedField } from "../../graphql/refused-field";

const Year = graphql(`
  fragment CalendarYearParts on CalendarYear @_unmask {
    year
    workingDays
    days {
      day
      kind
      name
    }
  }
`);
export type CalendarYearData = ResultOf<typeof Year>;

/** The holidays and make-up days of two years. */
export const CalendarQuery = graphql(
  `
    query CalendarQuery($year: Int!, $next: Int!) {
      reportRules {
        viewerCanUpdate
      }
      current: calendarYear(year: $year) {
        ...CalendarYearParts
      }
      next: calendarYear(year: $next) {
        ...CalendarYearParts
      }
    }
  `,
  [Year],
);

/** Tries or loads the days of a year. */
export const LoadCalendar = graphql(
  `
    mutation LoadCalendar($input: LoadCalendarInput!) {
      loadCalendar(input: $input) {
        calendar {
          ...CalendarYearParts
        }
        added
        removed
        changed
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [Year, RefusedField],
);
export type LoadedCalendarData = ResultOf<typeof LoadCalendar>["loadCalendar"];
