import { graphql } from "../../graphql/graphql";
import { DraftClause, DraftHead, DraftTask } from "./fragments";

/** Head, parts and warnings of the draft: all that the frame of the wizard needs. */
export const DraftHeadQuery = graphql(
  `
    query DraftHeadQuery($code: ID!) {
      plan(id: $code) {
        ...DraftHead
      }
    }
  `,
  [DraftHead],
);

/** Tasks, 25 at a time: a page stays under the cost bound of one operation. */
export const DraftTasksQuery = graphql(
  `
    query DraftTasksQuery($code: ID!, $after: String) {
      plan(id: $code) {
        id
        tasks(first: 25, after: $after) {
          edges {
            node {
              ...DraftTask
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
          totalCount
        }
      }
    }
  `,
  [DraftTask],
);

/** Sentences of the source, 200 at a time. */
export const DraftClausesQuery = graphql(
  `
    query DraftClausesQuery($code: ID!, $after: String) {
      plan(id: $code) {
        id
        clauses(first: 200, after: $after) {
          edges {
            node {
              ...DraftClause
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
          totalCount
        }
      }
    }
  `,
  [DraftClause],
);

/** The register of departments to choose from, 200 at a time. */
export const DraftDepartmentsQuery = graphql(`
  query DraftDepartmentsQuery($after: String) {
    departments(first: 200, after: $after) {
      edges {
        node {
          id
          code
          name
          shortName
          otherNames
          kind
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

/** What the check finds, and the counts of the plan. */
export const DraftFindingsQuery = graphql(`
  query DraftFindingsQuery($code: ID!) {
    plan(id: $code) {
      id
      findings {
        code
        severity
        message
        task {
          id
          code
          title
        }
        clause {
          id
          start
          text
        }
      }
    }
  }
`);

/** What will be issued. */
export const DraftSummaryQuery = graphql(`
  query DraftSummaryQuery($code: ID!) {
    plan(id: $code) {
      id
      version
      findings {
        severity
      }
      overview {
        taskCount
        metricCount
        taskWithMetricCount
        taskWithDeadlineCount
        byKind {
          kind
          count
        }
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
