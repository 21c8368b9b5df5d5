//! Title and deadline of a task, its departments, and what a key task sums up.

use std::collections::BTreeMap;

use duban_domain::{
    event::DomainEvent,
    ids::{DepartmentId, TaskId},
    task::{Assignments, TITLE_LENGTH, TaskKind},
};
use duban_persistence::{WriteTx, assignments, departments, task_links, tasks};
use serde_json::json;
use time::Date;

use super::{Edit, editable_task_at, preparable_task_at};
use crate::{
    App,
    change::{Call, ChangeError, begin},
    measurements::lead_changed,
    plans::{refuse, text_field},
};

/// What to change in a task.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskChange {
    /// Lead sentence; none leaves it.
    pub title: Option<String>,
    /// Last day.
    pub deadline: Edit<Date>,
}

/// Mends title and deadline of a task of a draft, or of an item not handed out yet.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn update_task(
    app: &App,
    call: &Call,
    at: (TaskId, i32),
    change: TaskChange,
) -> Result<TaskId, ChangeError> {
    let begun = begin!(app, call);
    let mut task = preparable_task_at(begun.tx(), call, at).await?;
    let before = json!({ "title": task.title, "deadline": task.deadline.map(|d| d.to_string()) });
    if let Some(title) = change.title {
        task.title = text_field("title", &title, TITLE_LENGTH)?;
    }
    let deadline = change.deadline.apply(task.deadline);
    if deadline != task.deadline {
        task.deadline = deadline;
        task.deadline_text = None;
    }
    tasks::save(begun.tx(), &mut task).await?;
    let after = json!({ "title": task.title, "deadline": task.deadline.map(|d| d.to_string()) });
    let event = DomainEvent::new("task.updated", "Task", task.id.0)
        .with(json!({ "before": before, "after": after }));
    begun.finish(task.id, [event]).await
}

/// Says who is responsible for a task of a draft, or for an item not handed out yet: one lead, any number of supporters.
///
/// # Errors
///
/// [`ChangeError::Invalid`] when a department is unknown or named twice.
pub async fn set_assignments(
    app: &App,
    call: &Call,
    at: (TaskId, i32),
    (lead, support): (DepartmentId, Vec<DepartmentId>),
) -> Result<TaskId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let mut task = preparable_task_at(tx, call, at).await?;
    let wanted = assign(tx, task.id, (lead, support)).await?;
    tasks::save(tx, &mut task).await?;
    let who: Vec<_> = wanted.iter().map(|(id, role)| json!([id, role])).collect();
    let event = DomainEvent::new("task.assignments_set", "Task", task.id.0)
        .with(json!({ "assignments": who }));
    begun.finish(task.id, [event]).await
}

/// Checks who is to be responsible for a task and writes it.
pub(crate) async fn assign(
    tx: &WriteTx,
    task: TaskId,
    (lead, support): (DepartmentId, Vec<DepartmentId>),
) -> Result<Assignments, ChangeError> {
    let mut wanted = Assignments::led_by(lead);
    for one in &support {
        refuse("support", wanted.add_support(*one))?;
    }
    let mut ids = support;
    ids.push(lead);
    let known = departments::find_many(tx.conn(), &ids).await?;
    let names: BTreeMap<DepartmentId, String> = known
        .into_iter()
        .map(|one| (one.id, one.short_name))
        .collect();
    if !names.contains_key(&lead) {
        return Err(ChangeError::field("lead", "DEPARTMENT_UNKNOWN"));
    }
    if ids.iter().any(|id| !names.contains_key(id)) {
        return Err(ChangeError::field("support", "DEPARTMENT_UNKNOWN"));
    }
    assignments::replace(tx, task, &wanted, &names).await?;
    lead_changed(tx, task).await?;
    Ok(wanted)
}

/// Says which work points a key task sums up.
///
/// # Errors
///
/// [`ChangeError::Invalid`] when one is no work point of the same plan.
pub async fn link_key_task(
    app: &App,
    call: &Call,
    at: (TaskId, i32),
    mut work_points: Vec<TaskId>,
) -> Result<TaskId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let (_, mut task) = editable_task_at(tx, call, at).await?;
    if task.kind != TaskKind::KeyTask {
        return Err(ChangeError::field("taskId", "TASK_NOT_KEY_TASK"));
    }
    work_points.sort();
    work_points.dedup();
    let found = tasks::find_many(tx.conn(), &call.who.scope(), &work_points).await?;
    let fits = found
        .iter()
        .all(|one| one.plan == task.plan && one.kind == TaskKind::WorkPoint);
    if found.len() != work_points.len() || !fits {
        return Err(ChangeError::field("workPoints", "TASK_NOT_WORK_POINT"));
    }
    task_links::replace(tx, task.id, &work_points).await?;
    tasks::save(tx, &mut task).await?;
    let codes: Vec<&str> = found.iter().map(|one| one.code.as_str()).collect();
    let event =
        DomainEvent::new("task.links_set", "Task", task.id.0).with(json!({ "workPoints": codes }));
    begun.finish(task.id, [event]).await
}
