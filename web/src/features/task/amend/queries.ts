import { graphql, type ResultOf } from "../../../graphql/graphql";
import { RefusedField } from "../../../graphql/refused-field";

/** A value of a changed field, in whatever form the field has. */
const AmendedValueFields = graphql(`
  fragment AmendedValueFields on AmendedValue @_unmask {
    text
    date
    comparator
    value
    lead {
      id
      shortName
    }
    support {
      id
      shortName
    }
  }
`);
export type AmendedValueData = ResultOf<typeof AmendedValueFields>;

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
          changes {
            field
            metric {
              id
              code
            }
            old {
              ...AmendedValueFields
            }
            new {
              ...AmendedValueFields
            }
          }
        }
      }
    }
  `,
  [AmendedValueFields],
);
export type TaskAmendmentsData = ResultOf<typeof TaskAmendments>;
export type AmendmentData = TaskAmendmentsData["life"]["amendments"][number];

export const TaskAmendmentsQuery = graphql(
  `
    query TaskAmendmentsQuery($code: ID!) {
      task(id: $code) {
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
