import { graphql, type ResultOf } from "../../graphql/graphql";

/** Where the year of a unit will end. */
export const Forecast = graphql(`
  fragment Forecast on MetricForecast @_unmask {
    expected
    low
    high
    probability
    shortfall
    target
    turnsRed
    months
    gap
    course {
      period
      expected
    }
    closingUnits {
      id
      code
      shortName
    }
  }
`);
export type ForecastData = ResultOf<typeof Forecast>;

/** What a unit shared out, as far as one may see it. */
export const AllocationParts = graphql(`
  fragment AllocationParts on Allocation @_unmask {
    version
    method
    reason
    madeAt
    madeBy {
      id
      displayName
    }
    balance {
      target
      shared
      difference
      isContradiction
    }
    shares {
      department {
        id
        code
        shortName
      }
      figure
    }
  }
`);
export type AllocationData = ResultOf<typeof AllocationParts>;

/** Where a unit's year will end, and what it shared out of its target. */
export const MetricOutlookQuery = graphql(
  `
    query MetricOutlookQuery($code: ID!, $unit: ID) {
      metric(id: $code) {
        id
        forecast(department: $unit) {
          ...Forecast
        }
        allocation(whole: $unit) {
          ...AllocationParts
        }
        viewerCanAllocate(whole: $unit)
      }
    }
  `,
  [Forecast, AllocationParts],
);
export type OutlookData = NonNullable<ResultOf<typeof MetricOutlookQuery>["metric"]>;
