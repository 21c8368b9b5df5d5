//! Progress reports: found by key, task and department; saved under their version with their steps.

mod duties;
mod parts;
mod reopenings;
mod returned;
mod row;
mod submissions;

use std::collections::HashMap;

use duban_domain::{
    access::Scope,
    ids::{DepartmentId, ReportId, TaskId, fresh_key},
    period::Period,
    report::{ProgressReport, ReportKey, ReportState, ReportStep},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter,
    QueryOrder, QuerySelect, Select, sea_query::OnConflict,
};
use uuid::Uuid;

use self::row::{active, active_step, step_to_domain, to_domain};
pub use self::{
    duties::{
        About, Duties, TaskDuty, duties, duties_at_unscoped, duties_unscoped, handed_in,
        handed_in_unscoped,
    },
    reopenings::{Reopening, insert_reopening, reopened_until, reopenings},
    returned::returned_unscoped,
    submissions::{FirstSubmission, first_submissions},
};
use crate::{
    bulk::insert_all,
    entity::{progress_report as report, report_step},
    error::StoreError,
    page::{self, KeyValue, Page, SortKey, Window},
    past::{self, until},
    scope::reports_in,
    store::WriteTx,
};

/// Which reports a list holds; what is none or empty does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportFilter {
    /// Of this period.
    pub period: Option<Period>,
    /// Of this department.
    pub department: Option<DepartmentId>,
    /// On this task.
    pub task: Option<TaskId>,
    /// In these states.
    pub states: Vec<ReportState>,
    /// Submitted late, or not.
    pub is_late: Option<bool>,
}

/// A step of a report, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReportStep {
    /// Key.
    pub id: Uuid,
    /// The report.
    pub report: ReportId,
    /// From 1, without gaps.
    pub seq: i32,
    /// What was done.
    pub step: ReportStep,
}

/// The reports of these keys that are in scope.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn find_many(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[ReportId],
) -> Result<Vec<ProgressReport>, StoreError> {
    let keys: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = scoped(scope)
        .filter(report::Column::Id.is_in(keys))
        .all(db)
        .await?;
    rows.into_iter().map(to_domain).collect()
}

/// The reports of a department for some periods, by task and period.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn of_department(
    db: &impl ConnectionTrait,
    scope: &Scope,
    department: DepartmentId,
    periods: &[Period],
) -> Result<HashMap<(TaskId, Period), ProgressReport>, StoreError> {
    let rows = scoped(scope)
        .filter(report::Column::DepartmentId.eq(department.0))
        .filter(report::Column::Period.is_in(periods.iter().map(ToString::to_string)))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            let one = to_domain(row)?;
            Ok(((one.key.task, one.key.period), one))
        })
        .collect()
}

/// The reports on each of these tasks, the newest period first.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn of_tasks(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: &[TaskId],
) -> Result<HashMap<TaskId, Vec<ProgressReport>>, StoreError> {
    let keys: Vec<Uuid> = tasks.iter().map(|id| id.0).collect();
    let rows = scoped(scope)
        .filter(report::Column::TaskId.is_in(keys))
        .order_by_desc(report::Column::Period)
        .order_by_asc(report::Column::Id)
        .all(db)
        .await?;
    let mut found: HashMap<TaskId, Vec<ProgressReport>> = HashMap::new();
    for row in rows {
        let one = to_domain(row)?;
        found.entry(one.key.task).or_default().push(one);
    }
    Ok(found)
}

/// The reports of these tasks, departments and periods that are in scope.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn at(
    db: &impl ConnectionTrait,
    scope: &Scope,
    keys: &[ReportKey],
) -> Result<HashMap<ReportKey, ProgressReport>, StoreError> {
    let rows = scoped(scope)
        .filter(report::Column::TaskId.is_in(keys.iter().map(|key| key.task.0)))
        .filter(report::Column::DepartmentId.is_in(keys.iter().map(|key| key.department.0)))
        .filter(report::Column::Period.is_in(keys.iter().map(|key| key.period.to_string())))
        .all(db)
        .await?;
    let found = rows.into_iter().map(to_domain);
    found
        .map(|one| one.map(|one| (one.key, one)))
        .filter(|one| one.as_ref().map_or(true, |(key, _)| keys.contains(key)))
        .collect()
}

/// The sort key of a report in lists.
pub fn key_of(one: &ProgressReport) -> Vec<KeyValue> {
    vec![
        KeyValue::Text(one.key.period.to_string()),
        KeyValue::Key(one.id.0),
    ]
}

/// A window of the reports that the filter lets through, the newest period first.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &ReportFilter,
    window: &Window,
) -> Result<Page<ProgressReport>, StoreError> {
    let backend = db.get_database_backend();
    let keys = [
        SortKey::text(backend, "progress_report", "period", true),
        SortKey::key(report::Column::Id, false),
    ];
    let select = scoped(scope).filter(condition(filter));
    page::fetch(db, select, &keys, window)
        .await?
        .try_map(to_domain)
}

fn condition(filter: &ReportFilter) -> Condition {
    let mut all = Condition::all()
        .add_option(
            filter
                .period
                .map(|one| report::Column::Period.eq(one.to_string())),
        )
        .add_option(
            filter
                .department
                .map(|id| report::Column::DepartmentId.eq(id.0)),
        )
        .add_option(filter.task.map(|id| report::Column::TaskId.eq(id.0)));
    if let Some(is_late) = filter.is_late {
        all = all
            .add(report::Column::FirstSubmittedAt.is_not_null())
            .add(report::Column::IsLate.eq(is_late));
    }
    if !filter.states.is_empty() {
        all = all.add(report::Column::State.is_in(filter.states.iter().map(|one| one.name())));
    }
    all
}

/// The steps of each of these reports, the first step first.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
pub async fn steps_of(
    db: &impl ConnectionTrait,
    scope: &Scope,
    reports: &[ReportId],
) -> Result<HashMap<ReportId, Vec<StoredReportStep>>, StoreError> {
    let keys: Vec<Uuid> = reports.iter().map(|id| id.0).collect();
    let rows = report_step::Entity::find()
        .filter(report_step::Column::ReportId.is_in(keys))
        .filter(report_step::Column::ReportId.in_subquery(report_keys_in(scope)))
        .filter(until(report_step::Column::OccurredAt, scope))
        .order_by_asc(report_step::Column::Seq)
        .all(db)
        .await?;
    let mut found: HashMap<ReportId, Vec<StoredReportStep>> = HashMap::new();
    for row in rows {
        let one = step_to_domain(row)?;
        found.entry(one.report).or_default().push(one);
    }
    Ok(found)
}

/// Adds a draft.
///
/// # Errors
///
/// [`StoreError::Stale`] when its department has one on the task for the period meanwhile.
pub async fn insert(tx: &WriteTx, new: &ProgressReport) -> Result<(), StoreError> {
    let row = keyed(new);
    let natural = [
        report::Column::TaskId,
        report::Column::DepartmentId,
        report::Column::Period,
    ];
    let added = report::Entity::insert(row)
        .on_conflict(OnConflict::columns(natural).do_nothing().to_owned())
        .exec_without_returning(tx.conn())
        .await?;
    if added == 1 {
        Ok(())
    } else {
        Err(StoreError::Stale)
    }
}

/// Adds reports of any state, without their steps, in as few statements as may be.
///
/// # Errors
///
/// [`StoreError::Taken`] when one of a department on a task for a period is there.
pub async fn insert_all_of(tx: &WriteTx, new: &[ProgressReport]) -> Result<(), StoreError> {
    let rows = new.iter().map(keyed);
    insert_all(tx.conn(), rows.collect()).await
}

fn keyed(new: &ProgressReport) -> report::ActiveModel {
    let mut row = active(new, new.version);
    row.id = Set(new.id.0);
    row
}

/// Writes a report back, with the step that was taken, and counts its version up.
///
/// # Errors
///
/// [`StoreError::Stale`] when someone was faster.
pub async fn save(
    tx: &WriteTx,
    changed: &mut ProgressReport,
    step: Option<&ReportStep>,
) -> Result<(), StoreError> {
    let is_read = report::Column::Id
        .eq(changed.id.0)
        .and(report::Column::Version.eq(changed.version));
    past::keep::<report::Entity>(tx, report::Column::Version, is_read).await?;
    changed.updated_at = tx.now();
    let done = report::Entity::update_many()
        .set(active(changed, changed.version + 1))
        .filter(report::Column::Id.eq(changed.id.0))
        .filter(report::Column::Version.eq(changed.version))
        .exec(tx.conn())
        .await?;
    if done.rows_affected != 1 {
        return Err(StoreError::Stale);
    }
    changed.version += 1;
    match step {
        Some(step) => append(tx, changed.id, step).await,
        None => Ok(()),
    }
}

#[expect(clippy::disallowed_methods, reason = "the report was found in scope")]
async fn append(tx: &WriteTx, id: ReportId, step: &ReportStep) -> Result<(), StoreError> {
    let last: Option<Option<i32>> = report_step::Entity::find()
        .select_only()
        .column_as(report_step::Column::Seq.max(), "seq")
        .filter(report_step::Column::ReportId.eq(id.0))
        .into_tuple()
        .one(tx.conn())
        .await?;
    let seq = last.flatten().unwrap_or_default() + 1;
    report_step::Entity::insert(active_step(fresh_key(tx.now()), (id, seq), step))
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

fn scoped(scope: &Scope) -> Select<report::Entity> {
    standing(scope).filter(reports_in(scope))
}

/// The reports as they stood at the scope's instant, or stand now; the caller narrows them.
///
/// A row that changed since the instant first, and was never kept, came after it.
#[expect(clippy::disallowed_methods, reason = "the callers scope it")]
pub(crate) fn standing(scope: &Scope) -> Select<report::Entity> {
    past::at(report::Entity::find(), scope).filter(until(report::Column::UpdatedAt, scope))
}

/// The keys of the reports that may be read, for the condition of what hangs on them.
fn report_keys_in(scope: &Scope) -> sea_orm::sea_query::SelectStatement {
    use sea_orm::QueryTrait;
    scoped(scope)
        .select_only()
        .column(report::Column::Id)
        .into_query()
}
