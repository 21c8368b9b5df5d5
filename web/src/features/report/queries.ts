import { graphql, type ResultOf } from "../../graphql/graphql";
import { RefusedField } from "../../graphql/refused-field";

/** A report as its writer needs it. */
export const SheetReport = graphql(`
  fragment SheetReport on ProgressReport @_unmask {
    id
    version
    state
    isLate
    progress
    problems
    nextSteps
    supportNeeded
    selfAssessment
    remark {
      cells
      words
      mendBy
      by {
        displayName
      }
    }
  }
`);
export type SheetReportData = ResultOf<typeof SheetReport>;

/** Everything that a department owes for a month. */
export const ReportSheetQuery = graphql(
  `
    query ReportSheetQuery($period: Period, $department: ID, $asOf: Date) {
      reportSheet(period: $period, department: $department, asOf: $asOf) {
        period
        opensOn
        dueOn
        closesOn
        isReopened
        windowState
        viewerCanWrite
        department {
          id
          code
          name
          shortName
        }
        rows(first: 200) {
          edges {
            node {
              role
              task {
                id
                code
                title
              }
              report {
                ...SheetReport
              }
              previous {
                id
                progress
                problems
                nextSteps
                supportNeeded
                selfAssessment
              }
            }
          }
        }
      }
    }
  `,
  [SheetReport],
);
export type ReportSheetData = NonNullable<ResultOf<typeof ReportSheetQuery>["reportSheet"]>;
export type SheetRowData = ReportSheetData["rows"]["edges"][number]["node"];

/** Writes drafts. */
export const SaveReports = graphql(
  `
    mutation SaveReports($input: SaveReportsInput!) {
      saveReports(input: $input) {
        rows {
          report {
            ...SheetReport
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
  [SheetReport, RefusedField],
);

/** Submits what is written. */
export const SubmitReports = graphql(
  `
    mutation SubmitReports($input: SubmitReportsInput!) {
      submitReports(input: $input) {
        rows {
          report {
            ...SheetReport
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
  [SheetReport, RefusedField],
);
