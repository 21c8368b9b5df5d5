//! What the acts on reports take.

use async_graphql::{ID, InputObject};
use duban_domain::report::{self as domain, ReportRefusal, ReportText};

use crate::graphql::{
    report::{
        enums::{ReportCell, SelfAssessment},
        rules::ReportRuleInput,
    },
    scalars::{Date, Period},
};

/// Rules of reports for the months that have not opened.
#[derive(InputObject)]
pub struct UpdateReportRulesInput {
    /// The version that the caller has read; 0 for the rules that the product came with.
    pub expected_version: i32,
    /// The numbers that are to be otherwise.
    pub rules: Vec<ReportRuleInput>,
    /// The caller's key for this very request.
    pub idempotency_key: Option<String>,
}

/// What is written on one task; a text left out is empty.
#[derive(InputObject)]
pub struct SaveReportRow {
    /// The task, by id or code.
    pub task_id: ID,
    /// The version of the report that the caller has read; left out for a new one.
    pub expected_version: Option<i32>,
    /// What was done (进展情况), at most 2,000 characters.
    #[graphql(default)]
    pub progress: String,
    /// What stands in the way (存在问题), at most 1,000 characters.
    #[graphql(default)]
    pub problems: String,
    /// What is done next (下步措施), at most 1,000 characters.
    #[graphql(default)]
    pub next_steps: String,
    /// What others are asked for (需协调事项), at most 1,000 characters.
    #[graphql(default)]
    pub support_needed: String,
    /// How the department itself sees the task (自评).
    pub self_assessment: Option<SelfAssessment>,
}

impl SaveReportRow {
    /// The text of the row, within the limits of its cells.
    ///
    /// # Errors
    ///
    /// [`ReportRefusal`] of the first cell that breaks its limits.
    pub fn text(&self) -> Result<ReportText, ReportRefusal> {
        let mut text = ReportText::default();
        text.write(domain::ReportCell::Progress, &self.progress)?;
        text.write(domain::ReportCell::Problems, &self.problems)?;
        text.write(domain::ReportCell::NextSteps, &self.next_steps)?;
        text.write(domain::ReportCell::SupportNeeded, &self.support_needed)?;
        text.self_assessment = self.self_assessment.map(Into::into);
        Ok(text)
    }
}

/// Drafts to be written together.
#[derive(InputObject)]
pub struct SaveReportsInput {
    /// The department that speaks, by id or code.
    pub department: ID,
    /// The month that it speaks of.
    pub period: Period,
    /// What is written, at most 200 rows.
    pub rows: Vec<SaveReportRow>,
    /// The caller's key for this very request.
    pub idempotency_key: Option<String>,
}

/// A report to be submitted.
#[derive(InputObject)]
pub struct SubmitReportRow {
    /// The task, by id or code.
    pub task_id: ID,
    /// The version of the report that the caller has read.
    pub expected_version: i32,
}

/// Reports to be submitted together.
#[derive(InputObject)]
pub struct SubmitReportsInput {
    /// The department that speaks, by id or code.
    pub department: ID,
    /// The month that it speaks of.
    pub period: Period,
    /// Which reports, at most 200.
    pub rows: Vec<SubmitReportRow>,
    /// The caller's key for this very request.
    pub idempotency_key: Option<String>,
}

/// What is to be mended in a report, and by when.
#[derive(InputObject)]
pub struct ReturnReportInput {
    /// The report.
    pub report_id: ID,
    /// The version that the caller has read.
    pub expected_version: i32,
    /// The cells to mend, at least one.
    pub cells: Vec<ReportCell>,
    /// What is to be mended.
    pub remark: String,
    /// By when.
    pub mend_by: Date,
    /// The caller's key for this very request.
    pub idempotency_key: Option<String>,
}

/// A report to be accepted.
#[derive(InputObject)]
pub struct AcceptReportRow {
    /// The report.
    pub report_id: ID,
    /// The version that the caller has read.
    pub expected_version: i32,
}

/// Reports to be accepted together.
#[derive(InputObject)]
pub struct AcceptReportsInput {
    /// Which reports, at most 200.
    pub rows: Vec<AcceptReportRow>,
    /// The caller's key for this very request.
    pub idempotency_key: Option<String>,
}

/// Which closed period is opened again, for whom, until when, and why.
#[derive(InputObject)]
pub struct ReopenPeriodInput {
    /// For this department and everything below, by id or code.
    pub department: ID,
    /// The month.
    pub period: Period,
    /// Last day on which reports are taken.
    pub until: Date,
    /// Why.
    pub reason: String,
    /// The caller's key for this very request.
    pub idempotency_key: Option<String>,
}
