//! Who owes a report for a period: whoever took part, at its end, in a task that was underway in it.

use time::{Date, OffsetDateTime};

use crate::{
    clock::end_of,
    ids::{DepartmentId, TaskId},
    period::{Cadence, Period},
    task::TaskState,
};

/// What a report is about; no two reports share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportKey {
    /// The task.
    pub task: TaskId,
    /// The department that speaks.
    pub department: DepartmentId,
    /// The month it speaks of.
    pub period: Period,
}

/// Where a task went, and on which days; the first step first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Course(Vec<(Date, TaskState)>);

impl Course {
    /// A course of steps in the order in which they were taken.
    #[must_use]
    pub const fn new(steps: Vec<(Date, TaskState)>) -> Self {
        Self(steps)
    }

    /// Adds the next step.
    pub fn push(&mut self, day: Date, to: TaskState) {
        self.0.push((day, to));
    }

    /// The first day on which somebody worked on it.
    #[must_use]
    pub fn first_day(&self) -> Option<Date> {
        let mut steps = self.0.iter();
        steps.find(|(_, to)| is_worked_on(*to)).map(|(day, _)| *day)
    }
}

/// Whether somebody is at work on a task, or has it between two stages or before its review.
const fn is_worked_on(state: TaskState) -> bool {
    matches!(
        state,
        TaskState::InProgress
            | TaskState::CompletionSubmitted
            | TaskState::Returned
            | TaskState::StageCompleted
            | TaskState::Reopened
    )
}

/// Whether a task was underway in a period: accepted by its end, neither suspended nor done before
/// its start, and not cancelled by its end. Standing tasks are so from stage to stage.
#[must_use]
pub fn was_underway_in(course: &Course, period: Period) -> bool {
    let (first, last) = (period.first_day(), period.last_day());
    let before = course.0.iter().rev().find(|(day, _)| *day < first);
    let within = course
        .0
        .iter()
        .filter(|(day, _)| (first..=last).contains(day));
    let is_cancelled = course
        .0
        .iter()
        .any(|(day, to)| *day <= last && *to == TaskState::Cancelled);
    !is_cancelled
        && before
            .into_iter()
            .chain(within)
            .any(|(_, to)| is_worked_on(*to))
}

/// Who takes part in a task, and who did before it passed to others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    now: Vec<DepartmentId>,
    before: Vec<(OffsetDateTime, Vec<DepartmentId>)>,
}

impl Parts {
    /// Those who take part now, in the order of the text, and nobody else before.
    #[must_use]
    pub const fn new(now: Vec<DepartmentId>) -> Self {
        Self {
            now,
            before: Vec::new(),
        }
    }

    /// Those who take part now.
    #[must_use]
    pub fn now(&self) -> &[DepartmentId] {
        &self.now
    }

    /// Adds those who took part until an instant, in whatever order.
    pub fn push_before(&mut self, until: OffsetDateTime, departments: Vec<DepartmentId>) {
        let index = self.before.partition_point(|(at, _)| *at <= until);
        self.before.insert(index, (until, departments));
    }

    /// Those who took part at an instant: the first who did until it or later, or who do now.
    #[must_use]
    pub fn at(&self, instant: OffsetDateTime) -> &[DepartmentId] {
        let mut before = self.before.iter();
        let found = before.find(|(until, _)| *until >= instant);
        found.map_or(self.now.as_slice(), |(_, departments)| departments)
    }

    /// Those who speak of a period: who took part when it ended. Who took the work over in it has it
    /// to report whole; who gave it away later still says what was done.
    #[must_use]
    pub fn at_end_of(&self, period: Period) -> &[DepartmentId] {
        self.at(end_of(period.last_day()))
    }

    /// The same as it was known at an instant: what came later is left out.
    #[must_use]
    pub fn as_of(&self, instant: OffsetDateTime) -> Self {
        let before = self.before.iter();
        let known = before.filter(|(until, _)| *until < instant);
        Self {
            now: self.at(instant).to_vec(),
            before: known.cloned().collect(),
        }
    }

    /// Everybody who ever took part.
    pub fn ever(&self) -> impl Iterator<Item = DepartmentId> + '_ {
        let before = self.before.iter().flat_map(|(_, departments)| departments);
        self.now.iter().chain(before).copied()
    }
}

/// The reports that are owed for a month: one by each department that took part at its end, of each
/// task that was underway.
#[must_use]
pub fn owed<'a>(
    tasks: impl IntoIterator<Item = (TaskId, &'a Course, &'a Parts)>,
    period: Period,
) -> Vec<ReportKey> {
    if period.cadence() != Cadence::Monthly {
        return Vec::new();
    }
    let mut keys = Vec::new();
    for (task, course, parts) in tasks {
        if was_underway_in(course, period) {
            let departments = parts.at_end_of(period).iter();
            keys.extend(departments.map(|&department| ReportKey {
                task,
                department,
                period,
            }));
        }
    }
    keys
}
