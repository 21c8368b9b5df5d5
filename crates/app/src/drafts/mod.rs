//! Mending a draft before issue: tasks, who is responsible, metrics, milestones.

mod metrics;
mod milestones;
mod names;
mod tasks;

use duban_domain::{
    access::{Permission, authorize},
    ids::TaskId,
    plan::issued::{Plan, PlanState},
    task::{Task, TaskState},
};
use duban_persistence::{WriteTx, departments, origins, plans, tasks as stored};

pub use metrics::{MetricChange, NewMetric, add_metric, remove_metric, update_metric};
pub use milestones::{
    MilestoneChange, NewMilestone, add_milestone, remove_milestone, update_milestone,
};
pub use names::{NameTarget, Resolved, resolve_department_name};
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

/// A task whose words and people may still be set directly: of a draft plan, or an item that nobody
/// has been handed yet.
async fn preparable_task_at(
    tx: &WriteTx,
    call: &Call,
    (id, expected): (TaskId, i32),
) -> Result<Task, ChangeError> {
    let task = preparable_task(tx, call, id, Permission::PlanEdit).await?;
    expect_version(task.version, expected)?;
    Ok(task)
}

/// A task that may be prepared: of a draft plan, or not handed out yet. In a plan in force `issued` is
/// what it needs; a permission to edit plans never is enough there.
async fn preparable_task(
    tx: &WriteTx,
    call: &Call,
    id: TaskId,
    issued: Permission,
) -> Result<Task, ChangeError> {
    let scope = call.who.scope();
    let found = stored::find(tx.conn(), &scope, id).await?;
    let task = found.ok_or(ChangeError::NotFound)?;
    let owner = if let Some(plan) = task.plan {
        let found = plans::find_locked(tx, &scope, plan).await?;
        let plan = found.ok_or(ChangeError::NotFound)?;
        if plan.state == PlanState::Draft || issued == Permission::PlanEdit {
            return Ok(editable_task(tx, call, id).await?.1);
        }
        plan.department
    } else {
        let found = origins::of_tasks(tx.conn(), &scope, &[id]).await?;
        let origin = found.into_values().next();
        origin.ok_or(ChangeError::NotFound)?.owner
    };
    let needed = match task.plan {
        Some(_) => issued,
        None => Permission::TaskCreate,
    };
    let place = departments::place(tx.conn(), owner).await?;
    authorize(&call.who, needed, &place)?;
    if task.state == TaskState::Draft {
        Ok(task)
    } else {
        Err(ChangeError::field("taskId", "TASK_HANDED_OUT"))
    }
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
