import { graphql, type ResultOf } from "../../graphql/graphql";

/** A metric while it is being mended. */
export const DraftMetric = graphql(`
  fragment DraftMetric on Metric @_unmask {
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
    timeAggregation
    treeAggregation
    reportingLevel
    isEvidenceAsked
    start
    end
    position
    version
  }
`);
export type DraftMetricData = ResultOf<typeof DraftMetric>;

/** A milestone while it is being mended. */
export const DraftMilestone = graphql(`
  fragment DraftMilestone on Milestone @_unmask {
    id
    title
    dueOn
    version
  }
`);
export type DraftMilestoneData = ResultOf<typeof DraftMilestone>;

/** A task with everything that a person may mend before issue. */
export const DraftTask = graphql(
  `
    fragment DraftTask on Task @_unmask {
      id
      code
      kind
      ordinal
      title
      deadline
      deadlineText
      position
      version
      start
      end
      isRoleStated
      hasOthersUnnamed
      viewerCanEdit
      section {
        id
        ordinal
        title
      }
      unresolvedDepartments {
        name
        role
      }
      assignments(first: 40) {
        edges {
          node {
            id
            role
            department {
              id
              code
              name
              shortName
            }
          }
        }
      }
      metrics(first: 40) {
        edges {
          node {
            ...DraftMetric
          }
        }
      }
      milestones(first: 20) {
        edges {
          node {
            ...DraftMilestone
          }
        }
      }
      sumsUp(first: 30) {
        edges {
          node {
            id
            code
            title
          }
        }
      }
    }
  `,
  [DraftMetric, DraftMilestone],
);
export type DraftTaskData = ResultOf<typeof DraftTask>;

/** What the reader left for a person to decide, and the version that issuing needs. */
export const DraftTodo = graphql(`
  fragment DraftTodo on Plan @_unmask {
    id
    version
    warnings {
      id
      code
      message
      start
      end
      excerpt
      isDismissed
      task {
        id
        code
      }
    }
  }
`);
export type DraftTodoData = ResultOf<typeof DraftTodo>;

/** Head of the document and its parts. */
export const DraftHead = graphql(
  `
    fragment DraftHead on Plan @_unmask {
      id
      code
      title
      issuingBody
      documentNumber
      year
      issuedOn
      state
      sourceFile
      sourceCharacters
      isDemo
      viewerCanEdit
      viewerCanIssue
      parts {
        index
        title
        kind
      }
      ...DraftTodo
    }
  `,
  [DraftTodo],
);
export type DraftHeadData = ResultOf<typeof DraftHead>;

/** One sentence of the source. */
export const DraftClause = graphql(`
  fragment DraftClause on Clause @_unmask {
    id
    kind
    block
    text
    start
    end
    partIndex
  }
`);
export type DraftClauseData = ResultOf<typeof DraftClause>;
