//! What a department owes for a period, with what it has written and what it said before.

use std::collections::{HashMap, HashSet};

use duban_domain::{
    access::{Forbidden, Permission, Person, Place, Principal, Scope, authorize},
    clock::official_day,
    ids::{DepartmentId, TaskId},
    period::Period,
    report::{Gate, ProgressReport, ReportState},
    task::Task,
};
use duban_persistence::{
    Connection, StoreError, calendar, departments, report_rules,
    reports::{self, About},
    tasks,
};
use time::{Date, OffsetDateTime};

/// One department and one period, as decisions about reports need it.
pub struct Sheet {
    /// The department.
    pub department: DepartmentId,
    /// Where it stands.
    pub place: Place,
    /// The period with its window.
    pub gate: Gate,
    /// The day it is.
    pub today: Date,
    /// The tasks on which a report is owed.
    pub owed: HashSet<TaskId>,
    /// The tasks in which the department takes part, owed or not.
    pub known: HashSet<TaskId>,
    /// What is written already, by task and period: of this one and of the one before.
    pub written: HashMap<(TaskId, Period), ProgressReport>,
}

/// A row of a sheet: a task and what was said of it.
pub struct SheetRow {
    /// The task.
    pub task: Task,
    /// The report of the period, where one is begun.
    pub report: Option<ProgressReport>,
    /// The report of the period before.
    pub previous: Option<ProgressReport>,
}

impl Sheet {
    /// The period.
    pub const fn period(&self) -> Period {
        self.gate.window.period
    }

    /// The report on a task, where one is begun.
    pub fn report(&self, task: TaskId) -> Option<&ProgressReport> {
        self.written.get(&(task, self.period()))
    }

    /// As whom the caller writes it, the window apart.
    ///
    /// # Errors
    ///
    /// [`Forbidden`] when the caller may not.
    pub fn writer(&self, who: &Principal) -> Result<Person, Forbidden> {
        authorize(who, Permission::ReportWrite, &self.place)
    }

    /// Whether the caller may write it, the window apart.
    pub fn may_be_written_by(&self, who: &Principal) -> bool {
        self.writer(who).is_ok()
    }

    /// Whether the caller may see it at all.
    pub fn may_be_read_by(&self, who: &Principal) -> bool {
        self.may_be_written_by(who) || authorize(who, Permission::ReportRead, &self.place).is_ok()
    }
}

/// The period that a reporter looks at now.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn current_period<C: Connection>(
    db: &C,
    now: OffsetDateTime,
) -> Result<Period, StoreError> {
    let calendar = calendar::load(db).await?;
    let schedule = report_rules::schedule(db).await?;
    Ok(schedule.current(official_day(now), &calendar).period)
}

/// The window of a period for a department, with the reopenings on its path.
pub(super) async fn gate_of<C: Connection>(
    db: &C,
    place: &Place,
    period: Period,
) -> Result<Gate, StoreError> {
    let calendar = calendar::load(db).await?;
    let schedule = report_rules::schedule(db).await?;
    Ok(Gate {
        window: schedule.window(period, &calendar),
        reopened_until: reports::reopened_until(db, &place.0, period).await?,
    })
}

/// Reads a sheet in the caller's scope, as of its day, with a fixed number of statements.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn sheet_of<C: Connection>(
    db: &C,
    scope: &Scope,
    (department, period): (DepartmentId, Period),
    now: OffsetDateTime,
) -> Result<Sheet, StoreError> {
    let place = departments::place(db, department).await?;
    let gate = gate_of(db, &place, period).await?;
    let duties = reports::duties(db, scope, About::Departments(&[department])).await?;
    let both = [period, period.previous()];
    Ok(Sheet {
        department,
        place,
        gate,
        today: official_day(scope.moment(now)),
        owed: duties.owed(period).iter().map(|key| key.task).collect(),
        known: duties.tasks.keys().copied().collect(),
        written: reports::of_department(db, scope, department, &both).await?,
    })
}

/// The rows of a sheet: what was returned on top, then in the order of the plan.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn rows_of<C: Connection>(
    db: &C,
    scope: &Scope,
    mut sheet: Sheet,
) -> Result<Vec<SheetRow>, StoreError> {
    let period = sheet.period();
    let ids: Vec<TaskId> = sheet.owed.iter().copied().collect();
    let mut found = tasks::find_many(db, scope, &ids).await?;
    found.sort_by_key(|task| (std::cmp::Reverse(task.plan), task.position, task.id));
    let mut rows: Vec<SheetRow> = found
        .into_iter()
        .map(|task| SheetRow {
            report: sheet.written.remove(&(task.id, period)),
            previous: sheet.written.remove(&(task.id, period.previous())),
            task,
        })
        .collect();
    rows.sort_by_key(|row| {
        let state = row.report.as_ref().map(|one| one.state);
        state != Some(ReportState::Returned)
    });
    Ok(rows)
}
