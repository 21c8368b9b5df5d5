//! Milestones of tasks that are not handed out yet: of a draft, of a plan in force, of items.

use duban_domain::{
    access::Permission,
    event::DomainEvent,
    ids::{MilestoneId, TaskId},
    task::{Milestone, MilestoneState},
};
use duban_persistence::{WriteTx, milestones, tasks};
use serde_json::{Value, json};
use time::Date;

use super::{Edit, preparable_task};
use crate::{
    App,
    change::{Call, ChangeError, begin},
    plans::{expect_version, text_field},
};

/// Longest title of a milestone, in characters.
const TITLE_LENGTH: usize = 200;

/// A milestone to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMilestone {
    /// What is to be there.
    pub title: String,
    /// Last day.
    pub due_on: Option<Date>,
}

/// What to change in a milestone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MilestoneChange {
    /// What is to be there; none leaves it.
    pub title: Option<String>,
    /// Last day.
    pub due_on: Edit<Date>,
}

/// Adds a milestone to a task of a draft, or one not handed out yet.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn add_milestone(
    app: &App,
    call: &Call,
    at: (TaskId, i32),
    new: NewMilestone,
) -> Result<(TaskId, MilestoneId), ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let mut task = preparable_task(tx, call, at.0, Permission::TaskAssign).await?;
    expect_version(task.version, at.1)?;
    let mut known = milestones::of_tasks(tx.conn(), &call.who.scope(), &[task.id]).await?;
    let last = known
        .remove(&task.id)
        .unwrap_or_default()
        .iter()
        .map(|one| one.position)
        .max();
    let milestone = Milestone {
        id: MilestoneId::fresh(tx.now()),
        task: task.id,
        title: text_field("title", &new.title, TITLE_LENGTH)?,
        due_on: new.due_on,
        state: MilestoneState::Open,
        position: last.map_or(0, |last| last + 1),
        version: 1,
    };
    milestones::insert_all_of(tx, std::slice::from_ref(&milestone)).await?;
    tasks::save(tx, &mut task).await?;
    let event =
        DomainEvent::new("milestone.added", "Milestone", milestone.id.0).with(facts(&milestone));
    begun.finish((task.id, milestone.id), [event]).await
}

async fn editable_milestone(
    tx: &WriteTx,
    call: &Call,
    (id, expected): (MilestoneId, i32),
) -> Result<Milestone, ChangeError> {
    let scope = call.who.scope();
    let found = milestones::find(tx.conn(), &scope, id)
        .await?
        .ok_or(ChangeError::NotFound)?;
    preparable_task(tx, call, found.task, Permission::TaskAssign).await?;
    let milestone = milestones::find(tx.conn(), &scope, id)
        .await?
        .ok_or(ChangeError::NotFound)?;
    expect_version(milestone.version, expected)?;
    Ok(milestone)
}

/// Mends a milestone of a task of a draft, or one not handed out yet.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn update_milestone(
    app: &App,
    call: &Call,
    at: (MilestoneId, i32),
    change: MilestoneChange,
) -> Result<MilestoneId, ChangeError> {
    let begun = begin!(app, call);
    let mut milestone = editable_milestone(begun.tx(), call, at).await?;
    let before = facts(&milestone);
    if let Some(title) = change.title {
        milestone.title = text_field("title", &title, TITLE_LENGTH)?;
    }
    milestone.due_on = change.due_on.apply(milestone.due_on);
    milestones::save(begun.tx(), &mut milestone).await?;
    let event = DomainEvent::new("milestone.updated", "Milestone", milestone.id.0)
        .with(json!({ "before": before, "after": facts(&milestone) }));
    begun.finish(milestone.id, [event]).await
}

/// Removes a milestone from a task of a draft, or one not handed out yet, and returns the task.
///
/// # Errors
///
/// [`ChangeError`]; nothing is removed then.
pub async fn remove_milestone(
    app: &App,
    call: &Call,
    at: (MilestoneId, i32),
) -> Result<(TaskId, MilestoneId), ChangeError> {
    let begun = begin!(app, call);
    let milestone = editable_milestone(begun.tx(), call, at).await?;
    milestones::delete(begun.tx(), &milestone).await?;
    let event =
        DomainEvent::new("milestone.removed", "Milestone", milestone.id.0).with(facts(&milestone));
    begun.finish((milestone.task, milestone.id), [event]).await
}

fn facts(milestone: &Milestone) -> Value {
    json!({
        "task": milestone.task,
        "title": milestone.title,
        "dueOn": milestone.due_on.map(|day| day.to_string()),
        "state": milestone.state.name(),
    })
}
