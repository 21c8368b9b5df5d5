//! Where tasks went, and the months for which nothing was reported of them.

use std::collections::HashMap;

use duban_domain::{
    access::Scope,
    calendar::WorkingCalendar,
    clock::official_day,
    ids::DepartmentId,
    period::{Cadence, Period},
    report::{Course, ReportSchedule, was_underway_in},
    task::TaskState,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::SelectStatement,
};
use time::Date;
use uuid::Uuid;

use crate::{
    entity::{progress_report as report, task_step},
    error::{StoreError, corrupt},
    instant::Instant,
    past::until,
    reports,
};

/// A task's way so far.
#[derive(Debug, Clone)]
pub(super) struct Way {
    pub(super) handed_out_on: Option<Date>,
    pub(super) last_step_on: Date,
    pub(super) course: Course,
}

/// The last report of a department on a task.
pub(super) struct LastReport {
    pub(super) period: Period,
    pub(super) submitted_on: Date,
}

/// Months that reports are missed over; what is older has long been red.
const LOOKED_BACK: usize = 24;

/// Where each of these tasks went.
#[expect(clippy::disallowed_methods, reason = "the tasks are scoped already")]
pub(super) async fn ways(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: SelectStatement,
) -> Result<HashMap<Uuid, Way>, StoreError> {
    let rows: Vec<(Uuid, Instant, String)> = task_step::Entity::find()
        .select_only()
        .columns([
            task_step::Column::TaskId,
            task_step::Column::OccurredAt,
            task_step::Column::ToState,
        ])
        .filter(task_step::Column::TaskId.in_subquery(tasks))
        .filter(until(task_step::Column::OccurredAt, scope))
        .order_by_asc(task_step::Column::Seq)
        .into_tuple()
        .all(db)
        .await?;
    let mut ways: HashMap<Uuid, Way> = HashMap::new();
    for (task, at, name) in rows {
        let day = official_day(at.into());
        let to =
            TaskState::parse(&name).ok_or_else(|| corrupt("task_step", "to_state", task, &name))?;
        let way = ways.entry(task).or_insert_with(|| Way {
            handed_out_on: None,
            last_step_on: day,
            course: Course::default(),
        });
        way.last_step_on = day;
        way.course.push(day, to);
        if way.handed_out_on.is_none() && to == TaskState::Assigned {
            way.handed_out_on = Some(day);
        }
    }
    Ok(ways)
}

/// The last report of each department on each task: what came before it is no longer missed.
pub(super) async fn last_reports(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: SelectStatement,
) -> Result<HashMap<(Uuid, DepartmentId), LastReport>, StoreError> {
    let rows: Vec<(Uuid, Uuid, String, Instant)> = reports::standing(scope)
        .select_only()
        .columns([report::Column::TaskId, report::Column::DepartmentId])
        .column_as(report::Column::Period.max(), "period")
        .column_as(report::Column::SubmittedAt.max(), "submitted_at")
        .filter(report::Column::TaskId.in_subquery(tasks))
        .filter(report::Column::FirstSubmittedAt.is_not_null())
        .group_by(report::Column::TaskId)
        .group_by(report::Column::DepartmentId)
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(task, department, period, at)| {
            let last = LastReport {
                period: period
                    .parse()
                    .map_err(|_| corrupt("progress_report", "period", task, &period))?,
                submitted_on: official_day(at.into()),
            };
            Ok(((task, DepartmentId(department)), last))
        })
        .collect()
}

/// The months whose reports were due before today, the newest first.
pub(super) fn due_months(
    today: Date,
    schedule: &ReportSchedule,
    calendar: &WorkingCalendar,
) -> Vec<Period> {
    let this = Period::of(today, Cadence::Monthly);
    std::iter::successors(Some(this), |one| Some(one.previous()))
        .filter(|one| schedule.window(*one, calendar).due_on < today)
        .take(LOOKED_BACK)
        .collect()
}

/// The months after the last report in which the task was underway, the oldest first. A month is the
/// department's that led when it ended: its last report says whether the month is missing, and a month
/// that nobody led is nobody's.
pub(super) fn missing(
    due: &[Period],
    course: &Course,
    last_by: impl Fn(Period) -> Option<Option<Period>>,
) -> Vec<Period> {
    let is_told = |month: Period| last_by(month).flatten().is_some_and(|last| month <= last);
    let since = due.iter().take_while(|month| !is_told(**month));
    let mut missing: Vec<Period> = since
        .filter(|month| last_by(**month).is_some() && was_underway_in(course, **month))
        .copied()
        .collect();
    missing.reverse();
    missing
}
