import { graphql, type ResultOf } from "../../graphql/graphql";
import { RefusedField } from "../../graphql/refused-field";

const Rules = graphql(`
  fragment LightRulesParts on LightRules @_unmask {
    version
    pace
    viewerCanUpdate
    changedAt
    changedBy {
      id
      displayName
    }
    rules {
      threshold
      value
      least
      most
      standard
    }
  }
`);
export type LightRulesData = ResultOf<typeof Rules>;

/** The rules that stand. */
export const LightRulesQuery = graphql(
  `
    query LightRulesQuery {
      lightRules {
        ...LightRulesParts
      }
    }
  `,
  [Rules],
);

/** What other rules would do; nothing is written. */
export const PreviewLightRules = graphql(
  `
    query PreviewLightRules($input: PreviewLightRulesInput!) {
      previewLightRules(input: $input) {
        before {
          colour
          count
        }
        after {
          colour
          count
        }
        changes(first: 50) {
          totalCount
          edges {
            node {
              from
              to
              task {
                id
                code
                title
                lead {
                  id
                  shortName
                }
              }
            }
          }
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);
export type LightPreviewData = ResultOf<typeof PreviewLightRules>["previewLightRules"];

/** Makes rules stand from now on. */
export const UpdateLightRules = graphql(
  `
    mutation UpdateLightRules($input: UpdateLightRulesInput!) {
      updateLightRules(input: $input) {
        lightRules {
          ...LightRulesParts
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [Rules, RefusedField],
);
