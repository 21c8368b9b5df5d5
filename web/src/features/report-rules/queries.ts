import { graphql, type ResultOf } from "../../graphql/graphql";
import { RefusedField } from "../../graphql/refused-field";

const Days = graphql(`
  fragment ReportWindowDays on ReportWindow @_unmask {
    period
    opensOn
    dueOn
    closesOn
  }
`);
export type ReportWindowData = ResultOf<typeof Days>;

const Rules = graphql(
  `
    fragment ReportRulesParts on ReportRules @_unmask {
      version
      firstMonth
      viewerCanUpdate
      changedAt
      changedBy {
        id
        displayName
      }
      window {
        ...ReportWindowDays
      }
      rules {
        term
        value
        least
        most
        standard
      }
    }
  `,
  [Days],
);
export type ReportRulesData = ResultOf<typeof Rules>;

/** The rules that stand. */
export const ReportRulesQuery = graphql(
  `
    query ReportRulesQuery {
      reportRules {
        ...ReportRulesParts
      }
    }
  `,
  [Rules],
);

/** What other rules would do; nothing is written. */
export const PreviewReportRules = graphql(
  `
    query PreviewReportRules($input: PreviewReportRulesInput!) {
      previewReportRules(input: $input) {
        standing {
          ...ReportWindowDays
        }
        tried {
          ...ReportWindowDays
        }
        first {
          ...ReportWindowDays
        }
        months
        becomingLate
        becomingOnTime
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [Days, RefusedField],
);
export type ReportPreviewData = ResultOf<typeof PreviewReportRules>["previewReportRules"];

/** Makes rules hold from the first month on that has not opened. */
export const UpdateReportRules = graphql(
  `
    mutation UpdateReportRules($input: UpdateReportRulesInput!) {
      updateReportRules(input: $input) {
        reportRules {
          ...ReportRulesParts
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [Rules, RefusedField],
);
