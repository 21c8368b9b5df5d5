import { graphql, type ResultOf } from "../../../graphql/graphql";

/** What bars and diamonds are drawn from, 50 tasks at a time. */
export const TimelineQuery = graphql(`
  query TimelineQuery($filter: TaskFilter!, $after: String, $asOf: Date) {
    tasks(first: 50, asOf: $asOf, after: $after, filter: $filter, orderBy: { field: POSITION }) {
      edges {
        node {
          id
          deadline
          state
          milestones(first: 20) {
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
            originalDeadline
            isOverdue
            steps(first: 1) {
              edges {
                node {
                  at
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
`);
export type TimelineTask = ResultOf<typeof TimelineQuery>["tasks"]["edges"][number]["node"];
