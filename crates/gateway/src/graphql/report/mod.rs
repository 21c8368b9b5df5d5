//! Progress reports (进展报告) as the API shows them.

pub mod calendar;
pub mod enums;
mod object;
pub mod query;
pub mod rates;
pub mod review;
pub mod rules;
pub mod sheet;

use async_graphql::{Context, Description, ID, InputObject};
use duban_domain::{
    access::{Decider, Person},
    ids::TaskId,
    report as domain,
};
use duban_persistence::reports::{self, ReportFilter as StoredFilter, StoredReportStep};

use self::enums::ReportState;
use super::{
    context::request,
    department::find_department,
    error::Fault,
    page::{self, Args, Conn, LARGEST_PAGE},
    scalars::Period,
    task::find_task,
};

/// A department's word on one task for one period (进展报告).
#[derive(Debug, Clone, Description)]
pub struct ProgressReport(pub domain::ProgressReport);

/// What a reviewer wants mended.
#[derive(Debug, Clone, Description)]
pub struct ReportRemark(pub domain::Remark);

/// A submission of a report, or a decision on it; never changed, never removed.
#[derive(Debug, Clone, Description)]
pub struct ReportStep(pub StoredReportStep);

/// Which reports a list holds; what is left out does not narrow.
#[derive(InputObject, Debug, Clone, Default)]
pub struct ReportFilter {
    /// Of this period.
    period: Option<Period>,
    /// Of this department, by id or code.
    department: Option<ID>,
    /// On this task, by id or code.
    task: Option<ID>,
    /// In these states.
    state: Option<Vec<ReportState>>,
    /// Submitted late, or on time.
    is_late: Option<bool>,
}

impl ReportFilter {
    async fn resolve(self, ctx: &Context<'_>) -> Result<StoredFilter, Fault> {
        let states = self.state.unwrap_or_default();
        let mut wanted = StoredFilter {
            period: self.period.map(|one| one.0),
            states: states.into_iter().map(Into::into).collect(),
            is_late: self.is_late,
            ..StoredFilter::default()
        };
        if let Some(id) = &self.department {
            wanted.department = Some(find_department(ctx, id).await?.ok_or(Fault::NotFound)?.id);
        }
        if let Some(id) = &self.task {
            wanted.task = Some(find_task(ctx, id).await?.ok_or(Fault::NotFound)?.id);
        }
        Ok(wanted)
    }
}

/// A page of the reports that the filter lets through.
///
/// # Errors
///
/// [`Fault::BadInput`] for wrong page arguments.
pub async fn list_reports(
    ctx: &Context<'_>,
    args: Args,
    filter: Option<ReportFilter>,
) -> Result<Conn<ProgressReport>, Fault> {
    let request = request(ctx);
    let window = args.window(ctx, "reports", LARGEST_PAGE)?;
    let filter = filter.unwrap_or_default().resolve(ctx).await?;
    let db = request.app.store().read();
    let found = reports::list(db, &request.scope, &filter, &window).await?;
    Ok(page::connection(
        "reports",
        found.map(ProgressReport),
        |one| reports::key_of(&one.0),
    ))
}

/// A page of the reports on a task, the newest period first.
///
/// # Errors
///
/// [`Fault::BadInput`] for wrong page arguments.
pub async fn reports_on(
    ctx: &Context<'_>,
    args: &Args,
    task: TaskId,
) -> Result<Conn<ProgressReport>, Fault> {
    let loader = &request(ctx).loader;
    let found = loader.load_one(super::loaders::ReportsOf(task)).await?;
    let rows = found.unwrap_or_default().into_iter().map(ProgressReport);
    page::slice(args, "taskReports", rows.collect(), LARGEST_PAGE)
}

/// Who is asking, as one who writes or decides.
///
/// # Errors
///
/// [`Fault::Unauthenticated`] when nobody is signed in.
pub fn asking<'a>(ctx: &Context<'a>) -> Result<Decider<'a>, Fault> {
    let who = request(ctx).principal()?;
    Ok(Decider {
        person: Person::alone(who.account()),
        stands_for: who.stands_for(),
    })
}
