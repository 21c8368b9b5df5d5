import { AmendedFields } from "../../../graphql/amended-values";
import { graphql, type ResultOf } from "../../../graphql/graphql";
import { RefusedField } from "../../../graphql/refused-field";

/** What a task is, and how it was and is to be changed. */
export const TaskAmendments = graphql(
  `
    fragment TaskAmendments on Task @_unmask {
      id
      code
      version
      title
      text
      deadline
      assignments(first: 100) {
        edges {
          node {
            id
            role
            department {
              id
              shortName
            }
          }
        }
      }
      metrics(first: 40) {
        edges {
          node {
            id
            code
            name
            comparator
            value
            unit
            isEvidenceAsked
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
      life {
        viewerCanAmend
        viewerCanDecideAmendment
        amendments {
          id
          state
          reason
          proposedAt
          proposedBy {
            id
            displayName
          }
          decidedBy {
            id
            displayName
          }
          decisionReason
          ...AmendedFields
        }
      }
    }
  `,
  [AmendedFields],
);
export type TaskAmendmentsData = ResultOf<typeof TaskAmendments>;
export type AmendmentData = TaskAmendmentsData["life"]["amendments"][number];

export const TaskAmendmentsQuery = graphql(
  `
    query TaskAmendmentsQuery($code: ID!, $asOf: Date) {
      task(id: $code, asOf: $asOf) {
        ...TaskAmendments
      }
    }
  `,
  [TaskAmendments],
);

/** Proposes to change a task in force (变更). */
export const ProposeAmendment = graphql(
  `
    mutation ProposeAmendment($input: ProposeAmendmentInput!) {
      proposeAmendment(input: $input) {
        task {
          ...TaskAmendments
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskAmendments, RefusedField],
);

/** Approves a change, which applies it, or refuses it. */
export const DecideAmendment = graphql(
  `
    mutation DecideAmendment($input: DecideAmendmentInput!) {
      decideAmendment(input: $input) {
        task {
          ...TaskAmendments
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskAmendments, RefusedField],
);
