import { graphql } from "../../../graphql/graphql";
import { RefusedField } from "../../../graphql/refused-field";
import { TaskLifeFields } from "../life/fragments";

/** Accepts the task for its lead department (签收). */
export const AcceptTask = graphql(
  `
    mutation AcceptTask($input: AcceptTaskInput!) {
      acceptTask(input: $input) {
        task {
          ...TaskLifeFields
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskLifeFields, RefusedField],
);

/** Declines it (退回改派). */
export const DeclineTask = graphql(
  `
    mutation DeclineTask($input: DeclineTaskInput!) {
      declineTask(input: $input) {
        task {
          ...TaskLifeFields
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskLifeFields, RefusedField],
);

/** Gives it to other departments (改派). */
export const ReassignTask = graphql(
  `
    mutation ReassignTask($input: ReassignTaskInput!) {
      reassignTask(input: $input) {
        task {
          ...TaskLifeFields
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskLifeFields, RefusedField],
);

/** Submits it as complete (申请办结). */
export const SubmitCompletion = graphql(
  `
    mutation SubmitCompletion($input: SubmitCompletionInput!) {
      submitCompletion(input: $input) {
        task {
          ...TaskLifeFields
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskLifeFields, RefusedField],
);

/** Returns what was submitted (退回). */
export const ReturnTask = graphql(
  `
    mutation ReturnTask($input: ReturnTaskInput!) {
      returnTask(input: $input) {
        task {
          ...TaskLifeFields
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskLifeFields, RefusedField],
);

/** Completes it with a grade (办结). */
export const CompleteTask = graphql(
  `
    mutation CompleteTask($input: CompleteTaskInput!) {
      completeTask(input: $input) {
        task {
          ...TaskLifeFields
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskLifeFields, RefusedField],
);

/** Completes a stage (阶段性办结). */
export const CompleteStage = graphql(
  `
    mutation CompleteStage($input: CompleteStageInput!) {
      completeStage(input: $input) {
        task {
          ...TaskLifeFields
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskLifeFields, RefusedField],
);

/** Begins the next stage. */
export const BeginStage = graphql(
  `
    mutation BeginStage($input: BeginStageInput!) {
      beginStage(input: $input) {
        task {
          ...TaskLifeFields
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskLifeFields, RefusedField],
);

/** Suspends it (中止). */
export const SuspendTask = graphql(
  `
    mutation SuspendTask($input: SuspendTaskInput!) {
      suspendTask(input: $input) {
        task {
          ...TaskLifeFields
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskLifeFields, RefusedField],
);

/** Resumes it (恢复). */
export const ResumeTask = graphql(
  `
    mutation ResumeTask($input: ResumeTaskInput!) {
      resumeTask(input: $input) {
        task {
          ...TaskLifeFields
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskLifeFields, RefusedField],
);

/** Takes it up again (回头看). */
export const ReopenTask = graphql(
  `
    mutation ReopenTask($input: ReopenTaskInput!) {
      reopenTask(input: $input) {
        task {
          ...TaskLifeFields
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskLifeFields, RefusedField],
);

/** Archives it (归档). */
export const ArchiveTask = graphql(
  `
    mutation ArchiveTask($input: ArchiveTaskInput!) {
      archiveTask(input: $input) {
        task {
          ...TaskLifeFields
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskLifeFields, RefusedField],
);

/** Gives it up (撤销). */
export const CancelTask = graphql(
  `
    mutation CancelTask($input: CancelTaskInput!) {
      cancelTask(input: $input) {
        task {
          ...TaskLifeFields
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskLifeFields, RefusedField],
);

/** Asks for more time (申请延期). */
export const RequestExtension = graphql(
  `
    mutation RequestExtension($input: RequestExtensionInput!) {
      requestExtension(input: $input) {
        task {
          ...TaskLifeFields
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskLifeFields, RefusedField],
);

/** Grants or refuses more time (延期审批). */
export const DecideExtension = graphql(
  `
    mutation DecideExtension($input: DecideExtensionInput!) {
      decideExtension(input: $input) {
        task {
          ...TaskLifeFields
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskLifeFields, RefusedField],
);
