// The metrics of one task, whose next pages are asked of the object itself by its id.
import { graphql } from "relay-runtime";

export const query = graphql`
  query TaskMetricsQuery($task: ID!) {
    task(id: $task) {
      ...TaskMetrics_task
    }
  }
`;

export const metrics = graphql`
  fragment TaskMetrics_task on Task
  @argumentDefinitions(count: { type: "Int", defaultValue: 1 }, cursor: { type: "String" })
  @refetchable(queryName: "TaskMetricsPageQuery") {
    metrics(first: $count, after: $cursor) @connection(key: "TaskMetrics_metrics") {
      edges {
        node {
          code
        }
      }
    }
  }
`;
