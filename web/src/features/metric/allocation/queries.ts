import { graphql, type ResultOf } from "../../../graphql/graphql";
import { RefusedField } from "../../../graphql/refused-field";
import { AllocationParts } from "../outlook-queries";

/** A target with the units that can carry it, and how it is shared out now. */
export const AllocationEditorQuery = graphql(
  `
    query AllocationEditorQuery($code: ID!, $unit: ID) {
      metric(id: $code) {
        id
        code
        name
        value
        unit
        comparator
        isPerYear
        isTentative
        viewerCanAllocate(whole: $unit)
        allocation(whole: $unit) {
          ...AllocationParts
        }
        lastYear {
          id
          code
          figures(department: $unit) {
            parts {
              verified
              department {
                id
                code
              }
            }
          }
        }
        figures(department: $unit) {
          share
          department {
            id
            code
            name
            shortName
          }
          parts {
            verified
            department {
              id
              code
              shortName
            }
          }
        }
      }
    }
  `,
  [AllocationParts],
);
export type EditorData = NonNullable<ResultOf<typeof AllocationEditorQuery>["metric"]>;

/** What sharing out like this comes to; stores nothing. */
export const PreviewAllocationQuery = graphql(
  `
    query PreviewAllocationQuery($input: PreviewAllocationInput!) {
      previewAllocation(input: $input) {
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
          }
          figure
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);

/** Stores the shares as another version. */
export const AllocateMetric = graphql(
  `
    mutation AllocateMetric($input: AllocateMetricInput!) {
      allocateMetric(input: $input) {
        allocation {
          version
        }
        metric {
          id
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);
