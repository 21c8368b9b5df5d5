//! Progress reports: save, submit, return, accept; open a closed period again.

mod input;

use async_graphql::{Context, ID, Object, SimpleObject};
use duban_app::{
    change::ChangeError,
    reports::{self as use_case, ReportOutcome, Written},
};
use duban_domain::{
    ids::{DepartmentId, ReportId, TaskId},
    report::Returning,
    text::Reason,
};
use duban_persistence::report_rules;
use uuid::Uuid;

use self::input::*;
use super::{Batch, batch_payloads, not_too_many, refused};
use crate::graphql::{
    context::{RequestContext, call, request},
    department::Department,
    error::Fault,
    id::{Kind, decode},
    report::{
        ProgressReport,
        rules::{ReportRules, terms},
    },
    scalars::{Date, Period},
    user_error::UserError,
};

/// Most rows of one batch.
const MOST_ROWS: usize = 200;

/// Mutations of progress reports.
#[derive(Default)]
pub struct ReportMutation;

/// How one row of a batch of reports ended.
#[derive(SimpleObject)]
pub struct ReportRowPayload {
    /// The report as it stands now.
    report: Option<ProgressReport>,
    /// What the user can mend in the row; nothing of it was stored then.
    user_errors: Vec<UserError>,
}

batch_payloads! {
    ReportRowPayload;
    /// How the writing of drafts ended, row by row.
    SaveReportsPayload,
    /// How the submission of reports ended, row by row.
    SubmitReportsPayload,
    /// How the acceptance of reports ended, row by row.
    AcceptReportsPayload,
}

/// The rules of reports after a change.
#[derive(SimpleObject)]
pub struct UpdateReportRulesPayload {
    /// The rules that stand now.
    report_rules: Option<ReportRules>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

/// The returned report.
#[derive(SimpleObject)]
pub struct ReturnReportPayload {
    /// The report as it stands now.
    report: Option<ProgressReport>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

/// The period that takes reports again.
#[derive(SimpleObject)]
pub struct ReopenPeriodPayload {
    /// For whom.
    department: Option<Department>,
    /// The month.
    period: Option<Period>,
    /// Last day on which reports are taken.
    until: Option<Date>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

impl RequestContext {
    async fn report_now(&self, id: ReportId) -> Result<Option<ProgressReport>, Fault> {
        Ok(self.loader.load_one(id).await?.map(ProgressReport))
    }

    async fn batch(
        &self,
        tried: Result<Vec<ReportOutcome>, ChangeError>,
    ) -> Result<Batch<ReportRowPayload>, Fault> {
        let outcomes = match refused!(self.language, "department", tried) {
            Ok(outcomes) => outcomes,
            Err(error) => return Ok(Batch(Vec::new(), vec![error])),
        };
        let done = outcomes.iter().filter_map(|one| one.report);
        let found = self.loader.load_many(done).await?;
        let row = |outcome: ReportOutcome| ReportRowPayload {
            report: outcome
                .report
                .and_then(|id| found.get(&id).cloned().map(ProgressReport)),
            user_errors: outcome
                .refused
                .iter()
                .map(|refusal| self.refusal(refusal))
                .collect(),
        };
        Ok(Batch(outcomes.into_iter().map(row).collect(), Vec::new()))
    }

    /// The department of a batch that is not too long.
    async fn batch_of(
        &self,
        department: &ID,
        rows: usize,
    ) -> Result<Result<DepartmentId, ChangeError>, Fault> {
        if let Err(error) = not_too_many(rows, MOST_ROWS) {
            return Ok(Err(error));
        }
        let found = self.department_key(department).await?;
        Ok(found.ok_or(ChangeError::field("department", "DEPARTMENT_UNKNOWN")))
    }

    /// The task of a row. One that is not in scope has no key that could be told apart from an
    /// unknown one.
    async fn row_task(&self, id: &ID) -> Result<TaskId, Fault> {
        let found = self.task_key(id).await?;
        Ok(found.unwrap_or(TaskId(Uuid::nil())))
    }
}

fn report_key(id: &ID) -> Option<ReportId> {
    decode(id)
        .filter(|(kind, _)| *kind == Kind::Report)
        .map(|(_, key)| ReportId(key))
}

#[Object]
impl ReportMutation {
    /// Writes drafts of progress reports, row by row: a refused row leaves the others alone.
    async fn save_reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose reports of which month, and what they say.")]
        input: SaveReportsInput,
    ) -> Result<SaveReportsPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let tried = match request
            .batch_of(&input.department, input.rows.len())
            .await?
        {
            Err(error) => Err(error),
            Ok(department) => {
                let mut rows = Vec::with_capacity(input.rows.len());
                for row in input.rows {
                    let task = request.row_task(&row.task_id).await?;
                    rows.push(Written {
                        at: (task, row.expected_version),
                        text: row.text(),
                    });
                }
                let of = (department, input.period.0);
                use_case::save_reports(&request.app, &call, of, rows).await
            }
        };
        Ok(request.batch(tried).await?.into())
    }

    /// Submits progress reports (报送), row by row; one that is late the first time stays late.
    async fn submit_reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose reports of which month.")] input: SubmitReportsInput,
    ) -> Result<SubmitReportsPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let tried = match request
            .batch_of(&input.department, input.rows.len())
            .await?
        {
            Err(error) => Err(error),
            Ok(department) => {
                let mut rows = Vec::with_capacity(input.rows.len());
                for row in input.rows {
                    rows.push((request.row_task(&row.task_id).await?, row.expected_version));
                }
                let of = (department, input.period.0);
                use_case::submit_reports(&request.app, &call, of, rows).await
            }
        };
        Ok(request.batch(tried).await?.into())
    }

    /// Returns a submitted report (退回), naming the cells to mend and by when.
    async fn return_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The report, what to mend, and by when.")] input: ReturnReportInput,
    ) -> Result<ReturnReportPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let words =
            Reason::try_new(&input.remark).map_err(|error| ChangeError::invalid("remark", &error));
        let tried = match (report_key(&input.report_id), words) {
            (None, _) => Err(ChangeError::NotFound),
            (_, Err(error)) => Err(error),
            (Some(id), Ok(words)) => {
                let returning = Returning {
                    cells: input.cells.into_iter().map(Into::into).collect(),
                    words,
                    mend_by: input.mend_by.0,
                };
                let at = (id, input.expected_version);
                use_case::return_report(&request.app, &call, at, returning).await
            }
        };
        Ok(match refused!(request.language, "reportId", tried) {
            Ok(id) => ReturnReportPayload {
                report: request.report_now(id).await?,
                user_errors: Vec::new(),
            },
            Err(error) => ReturnReportPayload {
                report: None,
                user_errors: vec![error],
            },
        })
    }

    /// Accepts submitted reports (通过), row by row; nobody accepts what he wrote.
    async fn accept_reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which reports.")] input: AcceptReportsInput,
    ) -> Result<AcceptReportsPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let rows: Vec<(ReportId, i32)> = input
            .rows
            .iter()
            .map(|row| {
                let id = report_key(&row.report_id).unwrap_or(ReportId(Uuid::nil()));
                (id, row.expected_version)
            })
            .collect();
        let tried = match not_too_many(rows.len(), MOST_ROWS) {
            Ok(()) => use_case::accept_reports(&request.app, &call, rows).await,
            Err(error) => Err(error),
        };
        Ok(request.batch(tried).await?.into())
    }

    /// Opens a closed reporting period again, for a department and everything below it.
    async fn reopen_period(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which period, for whom, until when, and why.")] input: ReopenPeriodInput,
    ) -> Result<ReopenPeriodPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let reason =
            Reason::try_new(&input.reason).map_err(|error| ChangeError::invalid("reason", &error));
        let found = request.batch_of(&input.department, 0).await?;
        let tried = match (found, reason) {
            (Err(error), _) | (_, Err(error)) => Err(error),
            (Ok(department), Ok(reason)) => {
                let of = (department, input.period.0);
                use_case::reopen_period(&request.app, &call, of, input.until.0, reason)
                    .await
                    .map(|until| (department, until))
            }
        };
        Ok(match refused!(request.language, "department", tried) {
            Ok((department, until)) => ReopenPeriodPayload {
                department: request.loader.load_one(department).await?.map(Department),
                period: Some(input.period),
                until: Some(Date(until)),
                user_errors: Vec::new(),
            },
            Err(error) => ReopenPeriodPayload {
                department: None,
                period: None,
                until: None,
                user_errors: vec![error],
            },
        })
    }

    /// Changes when reports open, are due and close, from the first month on that has not opened;
    /// a month that has opened keeps its rules.
    async fn update_report_rules(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The rules.")] input: UpdateReportRulesInput,
    ) -> Result<UpdateReportRulesPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let standing = report_rules::history(request.app.store().read()).await?;
        let wanted = terms(&standing, &input.rules);
        let expected = input.expected_version;
        let tried = use_case::update_report_rules(&request.app, &call, expected, wanted).await;
        Ok(match refused!(request.language, "rules", tried) {
            Ok(_) => {
                let stored = report_rules::history(request.app.store().read()).await?;
                UpdateReportRulesPayload {
                    report_rules: Some(ReportRules(stored)),
                    user_errors: Vec::new(),
                }
            }
            Err(error) => UpdateReportRulesPayload {
                report_rules: None,
                user_errors: vec![error],
            },
        })
    }
}
