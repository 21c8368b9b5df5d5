import { graphql, type ResultOf } from "../../../graphql/graphql";
import { RefusedField } from "../../../graphql/refused-field";

/** What people settle about a task besides its course: milestones, exceptions, parts. */
export const TaskMatters = graphql(`
  fragment TaskMatters on Task @_unmask {
    id
    code
    version
    state
    deadline
    origin {
      source
      on
      documentNumber
      owner {
        id
        shortName
      }
      createdAt
      createdBy {
        id
        displayName
      }
    }
    metrics(first: 40) {
      edges {
        node {
          id
          code
          name
        }
      }
    }
    milestones(first: 40) {
      edges {
        node {
          id
          title
          dueOn
          state
          version
          settled {
            act
            doneOn
            words
            at
            by {
              id
              displayName
            }
          }
        }
      }
    }
    subTasks(first: 100) {
      edges {
        node {
          id
          code
          title
          state
          deadline
          lead {
            id
            shortName
          }
        }
      }
    }
    life {
      exceptions {
        id
        reason
        state
        decisionReason
        requestedBy {
          id
          displayName
        }
        metric {
          id
          code
          name
        }
      }
      viewerCanSettle
      viewerCanWaive
      viewerCanReopenMilestones
      viewerCanDivide
    }
  }
`);
export type TaskMattersData = ResultOf<typeof TaskMatters>;
export type MilestoneData = TaskMattersData["milestones"]["edges"][number]["node"];
export type ExceptionData = TaskMattersData["life"]["exceptions"][number];

export const TaskMattersQuery = graphql(
  `
    query TaskMattersQuery($code: ID!, $asOf: Date) {
      task(id: $code, asOf: $asOf) {
        ...TaskMatters
      }
    }
  `,
  [TaskMatters],
);

/** Says that a milestone is done (节点完成). */
export const CompleteMilestone = graphql(
  `
    mutation CompleteMilestone($input: CompleteMilestoneInput!) {
      completeMilestone(input: $input) {
        task {
          ...TaskMatters
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskMatters, RefusedField],
);

/** Does without a milestone (节点豁免). */
export const WaiveMilestone = graphql(
  `
    mutation WaiveMilestone($input: WaiveMilestoneInput!) {
      waiveMilestone(input: $input) {
        task {
          ...TaskMatters
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskMatters, RefusedField],
);

/** Takes a milestone up again. */
export const ReopenMilestone = graphql(
  `
    mutation ReopenMilestone($input: ReopenMilestoneInput!) {
      reopenMilestone(input: $input) {
        task {
          ...TaskMatters
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskMatters, RefusedField],
);

/** Asks to complete the task although a metric is not attained (指标例外). */
export const RequestMetricException = graphql(
  `
    mutation RequestMetricException($input: RequestMetricExceptionInput!) {
      requestMetricException(input: $input) {
        task {
          ...TaskMatters
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskMatters, RefusedField],
);

/** Grants or refuses an exception. */
export const DecideMetricException = graphql(
  `
    mutation DecideMetricException($input: DecideMetricExceptionInput!) {
      decideMetricException(input: $input) {
        task {
          ...TaskMatters
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskMatters, RefusedField],
);

/** Hands parts of a task down (分解任务). */
export const DivideTask = graphql(
  `
    mutation DivideTask($input: DivideTaskInput!) {
      divideTask(input: $input) {
        task {
          ...TaskMatters
        }
        rows {
          task {
            id
            code
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
  [TaskMatters, RefusedField],
);

/** Units to hand parts down to: departments, institutions, cities, counties. */
export const PartDepartments = graphql(`
  query PartDepartments($after: String) {
    departments(
      first: 200
      after: $after
      filter: {
        kind: [
          HQ_DEPARTMENT
          AFFILIATED_INSTITUTION
          MUNICIPAL_ASSOCIATION
          COUNTY_ASSOCIATION
        ]
      }
    ) {
      edges {
        node {
          id
          code
          name
          shortName
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
