//! Amendments of tasks in force (变更, product rule 10): proposed, decided by somebody else, applied at once.

mod apply;
mod wish;

use duban_domain::{
    access::{Permission, Person},
    event::DomainEvent,
    ids::{AmendmentId, TaskId},
    task::{
        Decision, Task, TaskState,
        amendment::{Amendment, AmendmentState, FieldChange},
    },
    text::Reason,
};
use duban_persistence::{WriteTx, amendments, tasks};
use serde_json::{Value, json};

pub use self::wish::{MilestoneWish, TargetWish, Wish};
use super::{
    Facts, facts_of,
    rights::{Side, permitted_to},
};
use crate::{
    App,
    change::{Call, ChangeError, begin},
    plans::{expect_version, refuse},
};

/// A task that is amended, with who amends it and what decisions about it need.
struct Amended {
    task: Task,
    facts: Facts,
    person: Person,
}

async fn amended(
    tx: &WriteTx,
    call: &Call,
    task: TaskId,
    permission: Permission,
) -> Result<Amended, ChangeError> {
    let scope = call.who.scope();
    let found = tasks::find(tx.conn(), &scope, task).await?;
    let task = found.ok_or(ChangeError::NotFound)?;
    let facts = facts_of(tx.conn(), &scope, std::slice::from_ref(&task), tx.now()).await?;
    let person = permitted_to(call, &facts, &task, (permission, Side::Owner))?;
    Ok(Amended {
        task,
        facts,
        person,
    })
}

/// Proposes to change a task in force.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn propose_amendment(
    app: &App,
    call: &Call,
    at: (TaskId, i32),
    (wish, reason): (Wish, Reason),
) -> Result<(TaskId, AmendmentId), ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let Amended {
        task,
        facts,
        person,
    } = amended(tx, call, at.0, Permission::AmendmentPropose).await?;
    expect_version(task.version, at.1)?;
    if task.plan.is_none() && task.state == TaskState::Draft {
        return Err(ChangeError::field("taskId", "AMENDMENT_NOT_NEEDED"));
    }
    refuse("taskId", Amendment::may_amend(task.state))?;
    let scope = call.who.scope();
    let known = amendments::of_tasks(tx.conn(), &scope, &[task.id]).await?;
    let earlier = known.into_values().next().unwrap_or_default();
    let proposed = Amendment {
        id: AmendmentId::fresh(tx.now()),
        task: task.id,
        changes: wish::changes(tx, call, &task, wish).await?,
        reason,
        proposed_by: person,
        proposed_at: tx.now(),
        state: AmendmentState::Proposed,
        decision: None,
    };
    let made = refuse(
        "taskId",
        Amendment::propose(proposed, facts.today(), &earlier),
    )?;
    amendments::insert(tx, &made).await?;
    let event = event("amendment.proposed", &made);
    begun.finish((task.id, made.id), [event]).await
}

/// Approves a proposal, which changes the task in the same transaction, or refuses it.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn decide_amendment(
    app: &App,
    call: &Call,
    id: AmendmentId,
    (state, reason): (AmendmentState, Option<Reason>),
) -> Result<(TaskId, AmendmentId), ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let scope = call.who.scope();
    let found = amendments::find(tx.conn(), &scope, id).await?;
    let mut amendment = found.ok_or(ChangeError::NotFound)?;
    let mut amended = amended(tx, call, amendment.task, Permission::AmendmentApprove).await?;
    if state == AmendmentState::Approved {
        let identity = app.identity();
        identity.require_approval_proof(tx, &call.who).await?;
    }
    let decision = Decision {
        by: amended.person,
        at: tx.now(),
        reason,
    };
    let decided = amendment.decide(state, (decision, call.who.stands_for()));
    refuse("amendmentId", decided)?;
    if state == AmendmentState::Approved {
        refuse("amendmentId", Amendment::may_amend(amended.task.state))?;
        apply::apply(tx, call, &mut amended, &amendment).await?;
    }
    amendments::save_decision(tx, &amendment).await?;
    let event = event("amendment.decided", &amendment);
    begun.finish((amended.task.id, amendment.id), [event]).await
}

fn event(action: &'static str, amendment: &Amendment) -> DomainEvent {
    let words = amendment
        .decision
        .as_ref()
        .and_then(|one| one.reason.as_ref());
    let who = amendment
        .decision
        .as_ref()
        .map_or(amendment.proposed_by, |one| one.by);
    let changes: Vec<Value> = amendment.changes.iter().map(told).collect();
    DomainEvent::new(action, "Task", amendment.task.0).with(json!({
        "amendment": amendment.id,
        "changes": changes,
        "reason": amendment.reason.as_str(),
        "state": amendment.state.name(),
        "decisionReason": words.map(Reason::as_str),
        "onBehalfOf": who.acting_for,
    }))
}

/// A change of a field for the trail.
fn told(change: &FieldChange) -> Value {
    let field = change.field().name();
    match change {
        FieldChange::Title { old, new } | FieldChange::Text { old, new } => {
            json!({ "field": field, "old": old, "new": new })
        }
        FieldChange::Deadline { old, new } => json!({
            "field": field, "old": old.map(|day| day.to_string()), "new": new.to_string(),
        }),
        FieldChange::Departments { old, new } => json!({
            "field": field,
            "old": old.as_ref().map(|one| json!({ "lead": one.lead, "support": one.support })),
            "new": { "lead": new.lead, "support": new.support },
        }),
        FieldChange::Target { metric, old, new } => json!({
            "field": field,
            "metric": metric,
            "old": format!("{} {}", old.comparator.name(), old.value),
            "new": format!("{} {}", new.comparator.name(), new.value),
        }),
        FieldChange::Milestone { old, new } => json!({
            "field": field,
            "milestone": old.as_ref().map(|(id, _)| id),
            "old": old.as_ref().map(|(_, words)| &words.title),
            "new": new.title,
            "dueOn": new.due_on.map(|day| day.to_string()),
        }),
    }
}
