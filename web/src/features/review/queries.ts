import { AmendedFields } from "../../graphql/amended-values";
import { graphql, type ResultOf } from "../../graphql/graphql";
import { RefusedField } from "../../graphql/refused-field";

/** Something that waits for a decision, with what is decided on. */
export const ReviewItemFields = graphql(
  `
  fragment ReviewItemFields on ReviewItem @_unmask {
    kind
    since
    dueOn
    isOverdue
    isOwn
    words
    submittedBy {
      displayName
    }
    department {
      id
      code
      shortName
    }
    task {
      id
      code
      title
      version
      deadline
    }
    extension {
      id
      from
      to
    }
    exception {
      id
      metric {
        id
        code
        name
      }
    }
    amendment {
      id
      ...AmendedFields
    }
    report {
      id
      version
      period
      state
      isLate
      progress
      problems
      nextSteps
      supportNeeded
      selfAssessment
      viewerCanReview
      previous {
        id
        period
        progress
        problems
        nextSteps
        supportNeeded
        selfAssessment
      }
    }
  }
`,
  [AmendedFields],
);
export type ReviewItemData = ResultOf<typeof ReviewItemFields>;
export type ReviewReport = NonNullable<ReviewItemData["report"]>;

/** Everything that waits for one's decision. */
export const ReviewQueueQuery = graphql(
  `
  query ReviewQueueQuery($after: String, $filter: ReviewFilter) {
    reviewQueue(first: 30, after: $after, filter: $filter) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        cursor
        node {
          ...ReviewItemFields
        }
      }
    }
  }
`,
  [ReviewItemFields],
);

/** Accepts reports. */
export const AcceptReports = graphql(
  `
    mutation AcceptReports($input: AcceptReportsInput!) {
      acceptReports(input: $input) {
        rows {
          report {
            id
            version
            state
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
  [RefusedField],
);

/** Returns a report with the cells to mend. */
export const ReturnReport = graphql(
  `
    mutation ReturnReport($input: ReturnReportInput!) {
      returnReport(input: $input) {
        report {
          id
          version
          state
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);

/** Completes a task. */
export const ReviewComplete = graphql(
  `
    mutation ReviewComplete($input: CompleteTaskInput!) {
      completeTask(input: $input) {
        task {
          id
          version
          state
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);

/** Returns what was submitted as complete. */
export const ReviewReturnTask = graphql(
  `
    mutation ReviewReturnTask($input: ReturnTaskInput!) {
      returnTask(input: $input) {
        task {
          id
          version
          state
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);

/** Grants or refuses more time. */
export const ReviewExtension = graphql(
  `
    mutation ReviewExtension($input: DecideExtensionInput!) {
      decideExtension(input: $input) {
        task {
          id
          version
          deadline
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);

/** Grants or refuses that a metric stays open. */
export const ReviewException = graphql(
  `
    mutation ReviewException($input: DecideMetricExceptionInput!) {
      decideMetricException(input: $input) {
        task {
          id
          version
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);

/** Approves a change, which applies it, or refuses it. */
export const ReviewAmendment = graphql(
  `
    mutation ReviewAmendment($input: DecideAmendmentInput!) {
      decideAmendment(input: $input) {
        task {
          id
          version
          title
          deadline
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);
