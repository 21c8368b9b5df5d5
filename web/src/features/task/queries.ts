import { graphql, type ResultOf } from "../../graphql/graphql";
import { TaskLifeFields } from "./life/fragments";
import { TaskLightParts } from "./life/light-parts";
import { RefusedField } from "../../graphql/refused-field";

const LinkedTask = graphql(`
  fragment LinkedTask on Task @_unmask {
    id
    code
    kind
    state
    title
    lead {
      id
      shortName
    }
  }
`);
export type LinkedTaskData = ResultOf<typeof LinkedTask>;

/** Shows another light for a task. */
export const OverrideLight = graphql(
  `
    mutation OverrideLight($input: OverrideLightInput!) {
      overrideLight(input: $input) {
        task {
          id
          light {
            ...TaskLightParts
          }
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskLightParts, RefusedField],
);

/** Lets the computed light be shown again. */
export const EndLightOverride = graphql(
  `
    mutation EndLightOverride($input: EndLightOverrideInput!) {
      endLightOverride(input: $input) {
        task {
          id
          light {
            ...TaskLightParts
          }
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskLightParts, RefusedField],
);

/** Everything that is known of a task. */
export const TaskDetailQuery = graphql(
  `
    query TaskDetailQuery($code: ID!, $asOf: Date) {
      task(id: $code, asOf: $asOf) {
        kind
        ordinal
        title
        text
        deadlineText
        isRoleStated
        hasOthersUnnamed
        viewerCanEdit
        ...TaskLifeFields
        plan {
          id
          code
          title
          state
          viewerCanHandOut
        }
        section {
          id
          ordinal
          title
        }
        parent {
          ...LinkedTask
        }
        unresolvedDepartments {
          name
          role
        }
        metrics(first: 40) {
          edges {
            node {
              id
              code
              name
              phrase
              value
              unit
              comparator
              by
              isPerYear
              isTentative
              reportingLevel
              figures {
                verified
                provisional
                attainment
                expected
                missing
                until
              }
              sameAs {
                id
                code
              }
              contains {
                id
                code
              }
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
            }
          }
        }
        clauses(first: 60) {
          edges {
            node {
              id
              kind
              position
              text
            }
          }
        }
        sumsUp(first: 40) {
          edges {
            node {
              ...LinkedTask
            }
          }
        }
        summedUpBy(first: 20) {
          edges {
            node {
              ...LinkedTask
            }
          }
        }
      }
    }
  `,
  [LinkedTask, TaskLifeFields],
);
export type TaskDetailData = NonNullable<ResultOf<typeof TaskDetailQuery>["task"]>;

/** Codes and titles of a plan's tasks in the order of the plan, 200 at a time. */
export const TaskNeighboursQuery = graphql(`
  query TaskNeighboursQuery($plan: ID!, $after: String, $asOf: Date) {
    tasks(first: 200, asOf: $asOf, after: $after, filter: { plan: $plan }, orderBy: { field: POSITION }) {
      edges {
        node {
          id
          code
          title
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

/** Plans to choose from, with the sections and departments to filter by. */
export const TaskListPlansQuery = graphql(`
  query TaskListPlansQuery($asOf: Date) {
    viewer {
      account {
        id
      }
      canImportPlans
    }
    plans(first: 50, asOf: $asOf) {
      edges {
        node {
          id
          code
          title
          state
        }
      }
    }
  }
`);

/** What the tasks of one plan can be filtered by. */
export const TaskFacetsQuery = graphql(`
  query TaskFacetsQuery($plan: ID!, $asOf: Date) {
    plan(id: $plan, asOf: $asOf) {
      id
      sections(first: 100) {
        edges {
          node {
            id
            key
            ordinal
            title
            level
            partIndex
          }
        }
      }
      overview {
        taskCount
        byDepartment {
          department {
            id
            code
            shortName
          }
          leadCount
          supportCount
        }
      }
    }
  }
`);

/** Slim rows, 200 at a time; what the rows do not hold (text, support) the server filters. */
export const TaskRowsQuery = graphql(`
  query TaskRowsQuery($filter: TaskFilter!, $after: String, $asOf: Date) {
    tasks(first: 200, asOf: $asOf, after: $after, filter: $filter, orderBy: { field: POSITION }) {
      edges {
        node {
          id
          code
          kind
          state
          title
          deadline
          position
          light {
            colour
            computed
          }
          plan {
            id
            code
          }
          section {
            id
            ordinal
            title
            position
            partIndex
          }
          lead {
            id
            code
            shortName
          }
          metrics(first: 3) {
            totalCount
            edges {
              node {
                id
                value
                unit
                comparator
                isPerYear
                isTentative
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
export type TaskRow = ResultOf<typeof TaskRowsQuery>["tasks"]["edges"][number]["node"];
