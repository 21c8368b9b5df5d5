import { graphql, type ResultOf } from "../../graphql/graphql";
import { RefusedField } from "../../graphql/refused-field";

/** The plan whose tasks are handed out. */
export const HandOutPlanQuery = graphql(`
  query HandOutPlanQuery($code: ID!) {
    plan(id: $code) {
      id
      code
      title
      year
      state
      isDemo
      viewerCanHandOut
    }
  }
`);

/** Tasks that still wait for their hand-out, 50 at a time. */
export const HandOutRowsQuery = graphql(`
  query HandOutRowsQuery($plan: ID!, $after: String) {
    tasks(
      first: 50
      after: $after
      filter: { plan: $plan, state: [DRAFT] }
      orderBy: { field: POSITION }
    ) {
      edges {
        node {
          id
          code
          kind
          state
          title
          version
          deadline
          deadlineText
          lead {
            id
            shortName
          }
          assignments(first: 20) {
            edges {
              node {
                id
                role
                department {
                  id
                  code
                  name
                  shortName
                }
              }
            }
          }
          milestones(first: 10) {
            edges {
              node {
                id
                title
                dueOn
                state
              }
            }
          }
          life {
            isStanding
            ownerCandidates {
              id
              displayName
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
`);
export type HandOutRowData = ResultOf<typeof HandOutRowsQuery>["tasks"]["edges"][number]["node"];

/** Hands the rows out (交办), each with its own answer. */
export const HandOutTasks = graphql(
  `
    mutation HandOutTasks($input: HandOutTasksInput!) {
      handOutTasks(input: $input) {
        rows {
          task {
            id
            state
            version
            deadline
            life {
              isStanding
              originalDeadline
              signBy
            }
          }
          userErrors {
            ...RefusedField
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
