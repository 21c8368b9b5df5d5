//! Who owes reports, and which of those owed were handed in.

use std::collections::{HashMap, HashSet};

use duban_domain::{
    access::Scope,
    clock::official_day,
    ids::{DepartmentId, TaskId},
    period::Period,
    report::{Course, ReportKey, owed},
    task::TaskState,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, sea_query::SelectStatement,
};
use uuid::Uuid;

use crate::{
    entity::{assignment, progress_report as report, task_step},
    error::{StoreError, corrupt},
    instant::Instant,
    scope::task_keys_in,
};

/// What is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About<'a> {
    /// Everybody on these tasks.
    Tasks(&'a [TaskId]),
    /// These departments on all their tasks.
    Departments(&'a [DepartmentId]),
    /// Everybody on every task.
    All,
}

/// A task that somebody may owe reports on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskDuty {
    /// Where it went, and when.
    pub course: Course,
    /// The departments that take part and were asked about, in the order of the text.
    pub departments: Vec<DepartmentId>,
}

/// The tasks in question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Duties(pub HashMap<TaskId, TaskDuty>);

impl Duties {
    /// The reports that are owed for a month.
    #[must_use]
    pub fn owed(&self, period: Period) -> Vec<ReportKey> {
        let tasks = self.0.iter();
        owed(
            tasks.map(|(task, duty)| (*task, &duty.course, duty.departments.as_slice())),
            period,
        )
    }
}

/// The tasks in scope with their courses and the departments that take part, in two statements.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn duties(
    db: &impl ConnectionTrait,
    scope: &Scope,
    about: About<'_>,
) -> Result<Duties, StoreError> {
    read_duties(db, about, Some(&task_keys_in(scope))).await
}

/// These tasks with their courses and the departments that take part, in two statements.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn duties_unscoped(
    db: &impl ConnectionTrait,
    tasks: &[TaskId],
) -> Result<Duties, StoreError> {
    read_duties(db, About::Tasks(tasks), None).await
}

/// The tasks of these departments with their courses, in two statements.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn duties_at_unscoped(
    db: &impl ConnectionTrait,
    departments: &[DepartmentId],
) -> Result<Duties, StoreError> {
    read_duties(db, About::Departments(departments), None).await
}

#[expect(clippy::disallowed_methods, reason = "the callers say what is read")]
async fn read_duties(
    db: &impl ConnectionTrait,
    about: About<'_>,
    readable: Option<&SelectStatement>,
) -> Result<Duties, StoreError> {
    let assigned: Vec<(Uuid, Uuid)> = assignment::Entity::find()
        .select_only()
        .column(assignment::Column::TaskId)
        .column(assignment::Column::DepartmentId)
        .filter(asked(about))
        .filter(within(assignment::Column::TaskId, readable))
        .order_by_asc(assignment::Column::Position)
        .into_tuple()
        .all(db)
        .await?;
    let mut found: HashMap<TaskId, TaskDuty> = HashMap::new();
    for (task, department) in assigned {
        let duty = found.entry(TaskId(task)).or_default();
        duty.departments.push(DepartmentId(department));
    }
    let steps: Vec<(Uuid, Uuid, String, Instant)> = task_step::Entity::find()
        .select_only()
        .column(task_step::Column::Id)
        .column(task_step::Column::TaskId)
        .column(task_step::Column::ToState)
        .column(task_step::Column::OccurredAt)
        .filter(task_step::Column::TaskId.in_subquery(tasks_of(about)))
        .filter(within(task_step::Column::TaskId, readable))
        .order_by_asc(task_step::Column::Seq)
        .into_tuple()
        .all(db)
        .await?;
    for (id, task, state, at) in steps {
        let to =
            TaskState::parse(&state).ok_or_else(|| corrupt("task_step", "to_state", id, &state))?;
        if let Some(duty) = found.get_mut(&TaskId(task)) {
            duty.course.push(official_day(at.into()), to);
        }
    }
    Ok(Duties(found))
}

/// Which reports were handed in for these periods, each with whether it was late. Says nothing of
/// what stands in them, so whoever reads the tasks may know.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored period is none.
pub async fn handed_in(
    db: &impl ConnectionTrait,
    scope: &Scope,
    about: About<'_>,
    periods: &[Period],
) -> Result<HashMap<ReportKey, bool>, StoreError> {
    read_handed_in(db, (about, periods), Some(&task_keys_in(scope))).await
}

/// Which reports on these tasks were handed in for these periods.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored period is none.
pub async fn handed_in_unscoped(
    db: &impl ConnectionTrait,
    tasks: &[TaskId],
    periods: &[Period],
) -> Result<HashSet<ReportKey>, StoreError> {
    let found = read_handed_in(db, (About::Tasks(tasks), periods), None).await?;
    Ok(found.into_keys().collect())
}

#[expect(clippy::disallowed_methods, reason = "the callers say what is read")]
async fn read_handed_in(
    db: &impl ConnectionTrait,
    (about, periods): (About<'_>, &[Period]),
    readable: Option<&SelectStatement>,
) -> Result<HashMap<ReportKey, bool>, StoreError> {
    let narrow = match about {
        About::Tasks(ids) => Condition::all().add(report::Column::TaskId.is_in(task_keys(ids))),
        About::Departments(ids) => {
            Condition::all().add(report::Column::DepartmentId.is_in(department_keys(ids)))
        }
        About::All => Condition::all(),
    };
    let rows: Vec<(Uuid, Uuid, String, bool)> = report::Entity::find()
        .select_only()
        .column(report::Column::TaskId)
        .column(report::Column::DepartmentId)
        .column(report::Column::Period)
        .column(report::Column::IsLate)
        .filter(narrow)
        .filter(report::Column::FirstSubmittedAt.is_not_null())
        .filter(report::Column::Period.is_in(periods.iter().map(ToString::to_string)))
        .filter(within(report::Column::TaskId, readable))
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(task, department, period, is_late)| {
            let key = ReportKey {
                task: TaskId(task),
                department: DepartmentId(department),
                period: period
                    .parse()
                    .map_err(|_| corrupt("progress_report", "period", task, &period))?,
            };
            Ok((key, is_late))
        })
        .collect()
}

/// Narrows to what may be read; without that, to nothing less than everything.
fn within(task: impl ColumnTrait, readable: Option<&SelectStatement>) -> Condition {
    let readable = readable.cloned().map(|keys| task.in_subquery(keys));
    Condition::all().add_option(readable)
}

fn task_keys(ids: &[TaskId]) -> impl Iterator<Item = Uuid> + '_ {
    ids.iter().map(|id| id.0)
}

fn department_keys(ids: &[DepartmentId]) -> impl Iterator<Item = Uuid> + '_ {
    ids.iter().map(|id| id.0)
}

fn asked(about: About<'_>) -> Condition {
    match about {
        About::Tasks(ids) => Condition::all().add(assignment::Column::TaskId.is_in(task_keys(ids))),
        About::Departments(ids) => {
            Condition::all().add(assignment::Column::DepartmentId.is_in(department_keys(ids)))
        }
        About::All => Condition::all(),
    }
}

#[expect(clippy::disallowed_methods, reason = "narrows a scoped list")]
fn tasks_of(about: About<'_>) -> SelectStatement {
    assignment::Entity::find()
        .select_only()
        .column(assignment::Column::TaskId)
        .filter(asked(about))
        .into_query()
}
