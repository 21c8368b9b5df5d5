import { graphql, type ResultOf } from "../../graphql/graphql";
import { RefusedField } from "../../graphql/refused-field";

/** Items that no plan holds, and parts that somebody was handed, 200 at a time. */
export const ItemsQuery = graphql(`
  query ItemsQuery($filter: TaskFilter!, $after: String, $asOf: Date) {
    viewer {
      canCreateTasks
    }
    tasks(first: 200, asOf: $asOf, after: $after, filter: $filter, orderBy: { field: UPDATED_AT, direction: DESC }) {
      edges {
        node {
          id
          code
          kind
          state
          title
          deadline
          lead {
            id
            shortName
          }
          origin {
            source
            on
            documentNumber
          }
          parent {
            id
            code
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
export type ItemData = ResultOf<typeof ItemsQuery>["tasks"]["edges"][number]["node"];

/** Enters an item (新增事项). */
export const CreateTask = graphql(
  `
    mutation CreateTask($input: CreateTaskInput!) {
      createTask(input: $input) {
        task {
          id
          code
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);

/** Units that an item may go to. */
export const ItemDepartments = graphql(`
  query ItemDepartments {
    departments(
      first: 200
      filter: { kind: [HQ_DEPARTMENT, AFFILIATED_INSTITUTION, MUNICIPAL_ASSOCIATION] }
    ) {
      edges {
        node {
          id
          code
          name
          shortName
        }
      }
    }
  }
`);
