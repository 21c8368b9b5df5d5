//! The root queries of progress reports and of what waits for review.

use async_graphql::{Context, ID, Object};

use super::{
    ProgressReport, ReportFilter,
    calendar::{CalendarYear, calendar_of},
    list_reports,
    review::{ReviewFilter, ReviewItem, queue},
    rules::{self, PreviewReportRulesInput, ReportRules, ReportRulesPreview},
    sheet::{ReportSheet, find_sheet},
};
use crate::graphql::{
    error::Fault,
    page::{Args, Conn},
    scalars::{Date, Period},
};

/// Queries of progress reports.
#[derive(Default)]
pub struct ReportQuery;

#[Object]
impl ReportQuery {
    /// Everything that a department owes for a period, on one sheet (月报填报); null where the
    /// caller may not see it.
    async fn report_sheet(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The month; the one that takes reports now when left out.")]
        period: Option<Period>,
        #[graphql(desc = "The department, by id or code; the caller's own when left out.")]
        department: Option<ID>,
        #[graphql(
            desc = "Reads as of the end of this day; all root fields of a request say the same."
        )]
        as_of: Option<Date>,
    ) -> Option<Result<ReportSheet, Fault>> {
        // The whole request is read so; see `http::as_of`.
        let _ = as_of;
        find_sheet(ctx, period, department).await.transpose()
    }

    /// The progress reports that the caller may see, the newest period first.
    #[expect(
        clippy::too_many_arguments,
        reason = "the four arguments of a connection"
    )]
    async fn reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "What narrows the list.")] filter: Option<ReportFilter>,
        #[graphql(
            desc = "Reads as of the end of this day; all root fields of a request say the same."
        )]
        as_of: Option<Date>,
    ) -> Result<Conn<ProgressReport>, Fault> {
        // The whole request is read so; see `http::as_of`.
        let _ = as_of;
        let args = Args {
            first,
            after,
            last,
            before,
        };
        list_reports(ctx, args, filter).await
    }

    /// When reports open, are due and close.
    async fn report_rules(&self, ctx: &Context<'_>) -> Result<ReportRules, Fault> {
        rules::current(ctx).await
    }

    /// The working-day calendar of a year, by which reports are due.
    async fn calendar_year(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The year.")] year: i32,
    ) -> Result<CalendarYear, Fault> {
        calendar_of(ctx, year).await
    }

    /// What other rules of reports would do; changes nothing.
    async fn preview_report_rules(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The rules to be tried.")] input: PreviewReportRulesInput,
    ) -> Result<ReportRulesPreview, Fault> {
        rules::preview(ctx, &input).await
    }

    /// Everything that waits for the caller's decision (审核): what has waited too long on top, the
    /// oldest first.
    #[expect(
        clippy::too_many_arguments,
        reason = "the four arguments of a connection"
    )]
    async fn review_queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "What narrows the queue.")] filter: Option<ReviewFilter>,
    ) -> Result<Conn<ReviewItem>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        queue(ctx, args, filter).await
    }
}
