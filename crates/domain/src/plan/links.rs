//! Which work points a key task sums up, as its wording suggests; a person confirms it.

use super::draft::PlanDraft;

/// A task of a draft: index of its plan and index in that plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaskPlace {
    /// Index into `plans`.
    pub plan: usize,
    /// Index into that plan's `tasks`.
    pub task: usize,
}

/// A key task and one work point that it sums up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Link {
    /// The key task.
    pub key_task: TaskPlace,
    /// The work point.
    pub work_point: TaskPlace,
}

/// The links that the wording suggests, in order.
#[must_use]
pub fn propose(_draft: &PlanDraft) -> Vec<Link> {
    Vec::new()
}
