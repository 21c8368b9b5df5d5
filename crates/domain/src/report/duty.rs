//! Who owes a report for a period: whoever took part in a task that was underway in it.

use time::Date;

use crate::{
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

/// The reports that are owed for a month: one by each department of each task that was underway.
#[must_use]
pub fn owed<'a>(
    tasks: impl IntoIterator<Item = (TaskId, &'a Course, &'a [DepartmentId])>,
    period: Period,
) -> Vec<ReportKey> {
    if period.cadence() != Cadence::Monthly {
        return Vec::new();
    }
    let mut keys = Vec::new();
    for (task, course, departments) in tasks {
        if was_underway_in(course, period) {
            keys.extend(departments.iter().map(|&department| ReportKey {
                task,
                department,
                period,
            }));
        }
    }
    keys
}
