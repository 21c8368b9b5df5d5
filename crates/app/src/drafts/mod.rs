//! Mending a draft before issue: tasks, who is responsible, metrics, milestones.

mod metrics;
mod milestones;
mod names;
mod tasks;

use duban_domain::{access::Permission, ids::TaskId, plan::issued::Plan, task::Task};
use duban_persistence::{WriteTx, tasks as stored};

pub use metrics::{MetricChange, NewMetric, add_metric, remove_metric, update_metric};
pub use milestones::{
    MilestoneChange, NewMilestone, add_milestone, remove_milestone, update_milestone,
};
pub use names::{NameTarget, NewDepartment, Resolved, resolve_department_name};
pub(crate) use tasks::assign;
pub use tasks::{TaskChange, link_key_task, set_assignments, update_task};

use crate::{
    change::{Call, ChangeError},
    plans::{editable, expect_version},
};

/// A new value for a field that may also be emptied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Edit<T> {
    /// Leave it.
    #[default]
    Keep,
    /// Empty it.
    Clear,
    /// Set it.
    Set(T),
}

impl<T> Edit<T> {
    /// The field after the edit.
    pub fn apply(self, old: Option<T>) -> Option<T> {
        match self {
            Self::Keep => old,
            Self::Clear => None,
            Self::Set(new) => Some(new),
        }
    }
}

/// A task of a draft that the caller may mend, with its plan locked.
async fn editable_task(tx: &WriteTx, call: &Call, id: TaskId) -> Result<(Plan, Task), ChangeError> {
    let scope = call.who.scope();
    let found = stored::find(tx.conn(), &scope, id)
        .await?
        .ok_or(ChangeError::NotFound)?;
    let plan = editable(
        tx,
        call,
        found.plan.ok_or(ChangeError::NotFound)?,
        Permission::PlanEdit,
    )
    .await?;
    let task = stored::find(tx.conn(), &scope, id)
        .await?
        .ok_or(ChangeError::NotFound)?;
    Ok((plan, task))
}

/// As [`editable_task`], refusing a caller who has read an older version.
async fn editable_task_at(
    tx: &WriteTx,
    call: &Call,
    (id, expected): (TaskId, i32),
) -> Result<(Plan, Task), ChangeError> {
    let (plan, task) = editable_task(tx, call, id).await?;
    expect_version(task.version, expected)?;
    Ok((plan, task))
}
