import { graphql } from "../../graphql/graphql";
import { RefusedField } from "../../graphql/refused-field";
import { DraftHead, DraftMetric, DraftMilestone, DraftTask, DraftTodo } from "./fragments";

/** Changes the head of the document. */
export const UpdatePlan = graphql(
  `
    mutation UpdatePlan($input: UpdatePlanInput!) {
      updatePlan(input: $input) {
        plan {
          ...DraftHead
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [DraftHead, RefusedField],
);

/** Sets a warning aside (无需处理). */
export const DismissPlanWarning = graphql(
  `
    mutation DismissPlanWarning($input: DismissPlanWarningInput!) {
      dismissPlanWarning(input: $input) {
        plan {
          ...DraftTodo
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [DraftTodo, RefusedField],
);

/** Matches an unknown name in the whole plan. */
export const ResolveDepartmentName = graphql(
  `
    mutation ResolveDepartmentName($input: ResolveDepartmentNameInput!) {
      resolveDepartmentName(input: $input) {
        plan {
          ...DraftTodo
        }
        department {
          id
          code
          name
          shortName
          otherNames
          kind
        }
        tasks {
          ...DraftTask
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [DraftTodo, DraftTask, RefusedField],
);

/** Changes title or deadline of a task. */
export const UpdateTask = graphql(
  `
    mutation UpdateTask($input: UpdateTaskInput!) {
      updateTask(input: $input) {
        task {
          ...DraftTask
          plan {
            ...DraftTodo
          }
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [DraftTask, DraftTodo, RefusedField],
);

/** Sets lead and supporting departments of a task. */
export const SetAssignments = graphql(
  `
    mutation SetAssignments($input: SetAssignmentsInput!) {
      setAssignments(input: $input) {
        task {
          ...DraftTask
          plan {
            ...DraftTodo
          }
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [DraftTask, DraftTodo, RefusedField],
);

/** Ties a key task to the work points it sums up. */
export const LinkKeyTask = graphql(
  `
    mutation LinkKeyTask($input: LinkKeyTaskInput!) {
      linkKeyTask(input: $input) {
        task {
          ...DraftTask
          plan {
            ...DraftTodo
          }
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [DraftTask, DraftTodo, RefusedField],
);

/** Adds a metric to a task; with a warning, mends that warning. */
export const AddMetric = graphql(
  `
    mutation AddMetric($input: AddMetricInput!) {
      addMetric(input: $input) {
        metric {
          id
          code
        }
        task {
          ...DraftTask
          plan {
            ...DraftTodo
          }
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [DraftTask, DraftTodo, RefusedField],
);

/** Changes a metric. */
export const UpdateMetric = graphql(
  `
    mutation UpdateMetric($input: UpdateMetricInput!) {
      updateMetric(input: $input) {
        metric {
          ...DraftMetric
          task {
            id
            version
            plan {
              ...DraftTodo
            }
          }
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [DraftMetric, DraftTodo, RefusedField],
);

/** Takes a metric off a task. */
export const RemoveMetric = graphql(
  `
    mutation RemoveMetric($input: RemoveMetricInput!) {
      removeMetric(input: $input) {
        removedMetricId
        task {
          ...DraftTask
          plan {
            ...DraftTodo
          }
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [DraftTask, DraftTodo, RefusedField],
);

/** Adds a milestone to a task. */
export const AddMilestone = graphql(
  `
    mutation AddMilestone($input: AddMilestoneInput!) {
      addMilestone(input: $input) {
        task {
          ...DraftTask
          plan {
            ...DraftTodo
          }
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [DraftTask, DraftTodo, RefusedField],
);

/** Changes a milestone. */
export const UpdateMilestone = graphql(
  `
    mutation UpdateMilestone($input: UpdateMilestoneInput!) {
      updateMilestone(input: $input) {
        milestone {
          ...DraftMilestone
          task {
            id
            version
            plan {
              ...DraftTodo
            }
          }
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [DraftMilestone, DraftTodo, RefusedField],
);

/** Takes a milestone off a task. */
export const RemoveMilestone = graphql(
  `
    mutation RemoveMilestone($input: RemoveMilestoneInput!) {
      removeMilestone(input: $input) {
        removedMilestoneId
        task {
          ...DraftTask
          plan {
            ...DraftTodo
          }
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [DraftTask, DraftTodo, RefusedField],
);

/** Puts the plan in force (印发). */
export const IssuePlan = graphql(
  `
    mutation IssuePlan($input: IssuePlanInput!) {
      issuePlan(input: $input) {
        plan {
          id
          code
          state
          version
          issuedAt
          viewerCanEdit
          viewerCanIssue
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);

/** Throws the draft away. */
export const DiscardPlan = graphql(
  `
    mutation DiscardPlan($input: DiscardPlanInput!) {
      discardPlan(input: $input) {
        discardedPlanId
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);
