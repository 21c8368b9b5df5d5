//! Who owes reports, and which of those owed were handed in.

use std::collections::{HashMap, HashSet};

use duban_domain::{
    access::Scope,
    clock::official_day,
    ids::{DepartmentId, TaskId},
    period::Period,
    report::{Course, Parts, ReportKey, owed},
    task::TaskState,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{IntoColumnRef, SelectStatement, UnionType},
};
use uuid::Uuid;

use super::{
    parts::{self, parts_of},
    standing,
};
use crate::{
    entity::{progress_report as report, task_step},
    error::{StoreError, corrupt},
    instant::Instant,
    past::until,
    scope::on_task,
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
    /// The departments that take part, in the order of the text, and those that did before.
    pub parts: Parts,
}

/// The tasks in question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Duties {
    /// What is owed on each.
    pub tasks: HashMap<TaskId, TaskDuty>,
    /// The departments that were asked about; none asks about all.
    only: Option<HashSet<DepartmentId>>,
}

impl Duties {
    /// The reports that are owed for a month.
    #[must_use]
    pub fn owed(&self, period: Period) -> Vec<ReportKey> {
        let tasks = self.tasks.iter();
        let mut keys = owed(
            tasks.map(|(task, duty)| (*task, &duty.course, &duty.parts)),
            period,
        );
        if let Some(only) = &self.only {
            keys.retain(|key| only.contains(&key.department));
        }
        keys
    }
}

/// The tasks in scope with their courses and the departments that take part or did, in three statements.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn duties(
    db: &impl ConnectionTrait,
    scope: &Scope,
    about: About<'_>,
) -> Result<Duties, StoreError> {
    read_duties(db, scope, about, Read::Scoped).await
}

/// These tasks with their courses and the departments that take part or did, in three statements.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn duties_unscoped(
    db: &impl ConnectionTrait,
    tasks: &[TaskId],
) -> Result<Duties, StoreError> {
    read_duties(db, &Scope::default(), About::Tasks(tasks), Read::Everything).await
}

/// The tasks of these departments with their courses, in three statements.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn duties_at_unscoped(
    db: &impl ConnectionTrait,
    departments: &[DepartmentId],
) -> Result<Duties, StoreError> {
    let about = About::Departments(departments);
    read_duties(db, &Scope::default(), about, Read::Everything).await
}

#[expect(clippy::disallowed_methods, reason = "the callers say what is read")]
async fn read_duties(
    db: &impl ConnectionTrait,
    scope: &Scope,
    about: About<'_>,
    read: Read,
) -> Result<Duties, StoreError> {
    let tasks = tasks_of(about);
    let parts = parts_of(db, scope, &tasks, read).await?;
    let mut found: HashMap<TaskId, TaskDuty> = parts
        .into_iter()
        .map(|(task, parts)| {
            let course = Course::default();
            (task, TaskDuty { course, parts })
        })
        .collect();
    let steps: Vec<(Uuid, Uuid, String, Instant)> = task_step::Entity::find()
        .select_only()
        .column(task_step::Column::Id)
        .column(task_step::Column::TaskId)
        .column(task_step::Column::ToState)
        .column(task_step::Column::OccurredAt)
        .filter(task_step::Column::TaskId.in_subquery(tasks))
        .filter(read.within(task_step::Column::TaskId, scope))
        .filter(until(task_step::Column::OccurredAt, scope))
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
    let only = match about {
        About::Departments(ids) => Some(ids.iter().copied().collect()),
        About::Tasks(_) | About::All => None,
    };
    Ok(Duties { tasks: found, only })
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
    read_handed_in(db, scope, (about, periods), Read::Scoped).await
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
    let found = read_handed_in(
        db,
        &Scope::default(),
        (About::Tasks(tasks), periods),
        Read::Everything,
    )
    .await?;
    Ok(found.into_keys().collect())
}

async fn read_handed_in(
    db: &impl ConnectionTrait,
    scope: &Scope,
    (about, periods): (About<'_>, &[Period]),
    read: Read,
) -> Result<HashMap<ReportKey, bool>, StoreError> {
    let narrow = match about {
        About::Tasks(ids) => Condition::all().add(report::Column::TaskId.is_in(task_keys(ids))),
        About::Departments(ids) => {
            Condition::all().add(report::Column::DepartmentId.is_in(department_keys(ids)))
        }
        About::All => Condition::all(),
    };
    let rows: Vec<(Uuid, Uuid, String, bool)> = standing(scope)
        .select_only()
        .column(report::Column::TaskId)
        .column(report::Column::DepartmentId)
        .column(report::Column::Period)
        .column(report::Column::IsLate)
        .filter(narrow)
        .filter(report::Column::FirstSubmittedAt.is_not_null())
        .filter(report::Column::Period.is_in(periods.iter().map(ToString::to_string)))
        .filter(read.within(report::Column::TaskId, scope))
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

/// Whether only what is in scope is read.
#[derive(Clone, Copy)]
pub(super) enum Read {
    Scoped,
    Everything,
}

impl Read {
    pub(super) fn within(self, task: impl IntoColumnRef, scope: &Scope) -> Condition {
        match self {
            Self::Scoped => on_task(task, scope),
            Self::Everything => Condition::all(),
        }
    }
}

fn task_keys(ids: &[TaskId]) -> impl Iterator<Item = Uuid> + '_ {
    ids.iter().map(|id| id.0)
}

fn department_keys(ids: &[DepartmentId]) -> impl Iterator<Item = Uuid> + '_ {
    ids.iter().map(|id| id.0)
}

/// The keys of the tasks in which those who are asked about take part, or did.
fn tasks_of(about: About<'_>) -> SelectStatement {
    let mut now = parts::joined(parts::NOW);
    let mut before = parts::joined(parts::BEFORE);
    match about {
        About::Tasks(ids) => {
            now.and_where(parts::column(parts::TASK).is_in(task_keys(ids)));
            before.and_where(parts::column(parts::TASK).is_in(task_keys(ids)));
        }
        About::Departments(ids) => {
            now.and_where(parts::column(parts::DEPARTMENT).is_in(department_keys(ids)));
            before.and_where(parts::column(parts::DEPARTMENT).is_in(department_keys(ids)));
        }
        About::All => {}
    }
    now.union(UnionType::Distinct, before).to_owned()
}
