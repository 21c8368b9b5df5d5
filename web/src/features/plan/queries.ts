import { graphql, type ResultOf } from "../../graphql/graphql";

/** The head of a plan, its source, its counts and what the check finds. */
export const PlanHeadQuery = graphql(`
  query PlanHeadQuery($code: ID!, $asOf: Date) {
    plan(id: $code, asOf: $asOf) {
      id
      code
      title
      issuingBody
      documentNumber
      issuedOn
      state
      isDemo
      sourceFile
      sourceText
      importedAt
      viewerCanEdit
      viewerCanHandOut
      overview {
        taskCount
        metricCount
        taskWithMetricCount
        taskWithDeadlineCount
        byState {
          state
          count
        }
      }
      findings {
        code
        severity
        message
        task {
          id
          code
          title
        }
        clause {
          id
          position
          start
          text
        }
      }
    }
  }
`);
export type PlanHead = NonNullable<ResultOf<typeof PlanHeadQuery>["plan"]>;

/** Sentences with the metrics that they state, 200 at a time. */
export const PlanClausesQuery = graphql(`
  query PlanClausesQuery($code: ID!, $after: String, $asOf: Date) {
    plan(id: $code, asOf: $asOf) {
      id
      clauses(first: 200, after: $after) {
        edges {
          node {
            id
            kind
            block
            position
            text
            start
            end
            partIndex
            section {
              id
              level
            }
            task {
              id
            }
            metrics(first: 10) {
              edges {
                node {
                  id
                  code
                  name
                  phrase
                  value
                  unit
                  comparator
                  isPerYear
                  isTentative
                  task {
                    id
                    code
                  }
                }
              }
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount
      }
    }
  }
`);
type ClausesPlan = NonNullable<ResultOf<typeof PlanClausesQuery>["plan"]>;
export type PlanClause = ClausesPlan["clauses"]["edges"][number]["node"];
export type PlanClauseMetric = PlanClause["metrics"]["edges"][number]["node"];

/** What the margin says of each task, 200 at a time. */
export const PlanTasksQuery = graphql(`
  query PlanTasksQuery($code: ID!, $after: String, $asOf: Date) {
    plan(id: $code, asOf: $asOf) {
      id
      tasks(first: 200, after: $after) {
        edges {
          node {
            id
            code
            kind
            state
            title
            deadline
            light {
              colour
              computed
            }
            lead {
              id
              shortName
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount
      }
    }
  }
`);
type TasksPlan = NonNullable<ResultOf<typeof PlanTasksQuery>["plan"]>;
export type PlanTask = TasksPlan["tasks"]["edges"][number]["node"];

/** What is attained of each metric; apart from the sentences, which are there sooner. */
export const PlanFiguresQuery = graphql(`
  query PlanFiguresQuery($plan: ID!) {
    metrics(first: 200, filter: { plan: $plan }) {
      edges {
        node {
          id
          figures {
            verified
            attainment
            expected
          }
        }
      }
    }
  }
`);
type FiguresMetric = ResultOf<typeof PlanFiguresQuery>["metrics"]["edges"][number]["node"];
export type PlanFigures = NonNullable<FiguresMetric["figures"]>;

/** A metric in the margin; its figures are null until they are known, and on an earlier day. */
export type PlanMetric = PlanClauseMetric & { readonly figures?: PlanFigures | null };
