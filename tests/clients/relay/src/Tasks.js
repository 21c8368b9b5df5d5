// A list of tasks that grows page by page, as a component of Relay asks for it.
import { graphql } from "relay-runtime";

export const query = graphql`
  query TasksQuery($count: Int!) {
    ...Tasks_query @arguments(count: $count)
  }
`;

export const list = graphql`
  fragment Tasks_query on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 3 }, cursor: { type: "String" })
  @refetchable(queryName: "TasksPageQuery") {
    tasks(filter: { plan: "2025" }, first: $count, after: $cursor) @connection(key: "Tasks_tasks") {
      totalCount
      edges {
        node {
          ...Tasks_task
        }
      }
    }
  }
`;

export const row = graphql`
  fragment Tasks_task on Task {
    code
    state
    light {
      colour
    }
  }
`;

export const add = graphql`
  mutation TasksAddMutation($input: CreateTaskInput!, $connections: [ID!]!) {
    createTask(input: $input) {
      task @appendNode(connections: $connections, edgeTypeName: "TaskEdge") {
        ...Tasks_task
      }
      userErrors {
        code
      }
    }
  }
`;
