//! The closed loop of a task: handed out, accepted or declined, submitted, reviewed, archived.

mod amendments;
mod division;
mod exceptions;
mod extensions;
mod facts;
pub(crate) mod items;
mod milestones;
mod rights;
mod row;

use std::collections::HashMap;

use duban_domain::{
    event::DomainEvent,
    ids::{AccountId, DepartmentId, TaskId},
    task::{Circumstances, Command, Owners, Refusal, Step, Task, TaskLife, Transition},
    text::Reason,
};
use duban_persistence::{
    lives::{self, Lived},
    tasks,
};
use serde_json::json;
use time::Date;

use self::rights::permitted;
pub(crate) use self::rights::{Side, permitted_to};
pub use self::{
    amendments::{MilestoneWish, TargetWish, Wish, decide_amendment, propose_amendment},
    division::{Part, divide},
    exceptions::{decide_exception, request_exception},
    extensions::{ExtensionVerdict, decide_extension, request_extension},
    facts::{Facts, Verdict, facts_of, verdicts},
    items::{NewItem, create_item},
    milestones::settle_milestone,
    row::{RowOutcome, RowRefusal},
};
use crate::{
    App,
    change::{Call, ChangeError, begin},
    drafts::assign,
    identity::require_recent_proof,
    plans::expect_version,
};

/// Working days that a lead department has to accept or decline (product rule 3).
const SIGN_WORKING_DAYS: u8 = 3;

/// One task to be handed out, with what is settled at that moment.
#[derive(Debug, Clone)]
pub struct HandOut {
    /// The task and the version that the caller has read.
    pub at: (TaskId, i32),
    /// Its last day; none keeps the one it has.
    pub deadline: Option<Date>,
    /// Whether it is done stage by stage; none keeps what is set.
    pub is_standing: Option<bool>,
}

/// Hands tasks out (交办), row by row: a refused row leaves the others alone.
///
/// # Errors
///
/// [`ChangeError`] of the batch as a whole; nothing is stored then.
pub async fn hand_out(
    app: &App,
    call: &Call,
    rows: Vec<HandOut>,
) -> Result<Vec<RowOutcome>, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let ids: Vec<TaskId> = rows.iter().map(|row| row.at.0).collect();
    let found = tasks::find_many(tx.conn(), &call.who.scope(), &ids).await?;
    let facts = facts_of(tx.conn(), &call.who.scope(), &found, tx.now()).await?;
    let mut known: HashMap<TaskId, Task> = found.into_iter().map(|one| (one.id, one)).collect();
    let (mut outcomes, mut taken) = (Vec::with_capacity(rows.len()), Vec::new());
    for row in rows {
        let decided = match known.remove(&row.at.0) {
            Some(task) => decide_hand_out((call, &facts), &row, task),
            None => Err(ChangeError::NotFound),
        };
        let refused = match decided {
            Ok(one) => {
                taken.push(one);
                None
            }
            Err(error) => Some(RowRefusal::of(error)?),
        };
        outcomes.push(RowOutcome {
            task: row.at.0,
            refused,
        });
    }
    let events: Vec<DomainEvent> = taken
        .iter()
        .map(|(task, _, step)| event(task, step))
        .collect();
    let mut lived: Vec<Lived<'_>> = taken
        .iter_mut()
        .map(|(task, life, step)| Lived {
            task,
            life,
            step: Some(step),
        })
        .collect();
    lives::save_all(tx, &mut lived).await?;
    begun.finish(outcomes, events).await
}

/// Gives a task to other departments (改派), which accept or decline it anew.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn reassign(
    app: &App,
    call: &Call,
    at: (TaskId, i32),
    departments: (DepartmentId, Vec<DepartmentId>),
    reason: Reason,
) -> Result<TaskId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let scope = call.who.scope();
    let found = tasks::find(tx.conn(), &scope, at.0).await?;
    let mut task = found.ok_or(ChangeError::NotFound)?;
    let facts = facts_of(tx.conn(), &scope, std::slice::from_ref(&task), tx.now()).await?;
    let person = permitted(call, &facts, &task, Transition::Reassign)?;
    expect_version(task.version, at.1)?;
    let mut life = facts.life(&task);
    let command = Command::Reassign(reason);
    let step = facts.decide(&task, (&call.who, person), |now| {
        let now = Circumstances {
            has_lead: true,
            ..now.clone()
        };
        life.apply(&command, &now)
    });
    let step = refused("taskId", step)?;
    assign(tx, task.id, departments).await?;
    lives::save(tx, &mut task, &life, Some(&step)).await?;
    let event = event(&task, &step);
    begun.finish(task.id, [event]).await
}

fn decide_hand_out(
    (call, facts): (&Call, &Facts),
    row: &HandOut,
    task: Task,
) -> Result<(Task, TaskLife, Step), ChangeError> {
    let person = permitted(call, facts, &task, Transition::HandOut)?;
    expect_version(task.version, row.at.1)?;
    let mut life = facts.life(&task);
    life.deadline = row.deadline.or(life.deadline);
    life.is_standing = row.is_standing.unwrap_or(life.is_standing);
    let command = Command::HandOut;
    let step = facts.decide(&task, (&call.who, person), |now| life.apply(&command, now));
    let step = refused("deadline", step)?;
    Ok((task, life, step))
}

/// Does one act on one task.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn act(
    app: &App,
    call: &Call,
    at: (TaskId, i32),
    command: &Command,
) -> Result<TaskId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let scope = call.who.scope();
    let found = tasks::find(tx.conn(), &scope, at.0).await?;
    let mut task = found.ok_or(ChangeError::NotFound)?;
    let facts = facts_of(tx.conn(), &scope, std::slice::from_ref(&task), tx.now()).await?;
    let transition = command.transition();
    let person = permitted(call, &facts, &task, transition)?;
    if matches!(transition, Transition::Complete | Transition::CompleteStage) {
        require_recent_proof(tx, &call.who).await?;
        app.identity().require_approval_proof(tx, &call.who).await?;
    }
    expect_version(task.version, at.1)?;
    let mut life = facts.life(&task);
    let step = facts.decide(&task, (&call.who, person), |now| life.apply(command, now));
    let step = refused(field_of(command), step)?;
    lives::save(tx, &mut task, &life, Some(&step)).await?;
    let event = event(&task, &step);
    begun.finish(task.id, [event]).await
}

fn refused<T>(path: &'static str, result: Result<T, Refusal>) -> Result<T, ChangeError> {
    result.map_err(|refusal| match refusal {
        Refusal::NotAllowed { .. } => ChangeError::invalid("taskId", &refusal),
        _ => ChangeError::invalid(path, &refusal),
    })
}

/// The field of the input that a refusal of this act is about.
const fn field_of(command: &Command) -> &'static str {
    match command {
        Command::Accept(_) => "accountable",
        Command::Return { .. } => "mendBy",
        Command::Suspend { .. } => "reviewOn",
        _ => "taskId",
    }
}

fn event(task: &Task, step: &Step) -> DomainEvent {
    let action = match step.transition {
        Transition::HandOut => "task.handed_out",
        Transition::Reassign => "task.reassigned",
        Transition::Accept => "task.accepted",
        Transition::Decline => "task.declined",
        Transition::SubmitCompletion => "task.completion_submitted",
        Transition::Return => "task.returned",
        Transition::Complete => "task.completed",
        Transition::CompleteStage => "task.stage_completed",
        Transition::BeginStage => "task.stage_begun",
        Transition::Suspend => "task.suspended",
        Transition::Resume => "task.resumed",
        Transition::Reopen => "task.reopened",
        Transition::Archive => "task.archived",
        Transition::Cancel => "task.cancelled",
    };
    DomainEvent::new(action, "Task", task.id.0).with(json!({
        "code": task.code,
        "from": step.from.name(),
        "to": step.to.name(),
        "onBehalfOf": step.who.acting_for,
        "reason": step.reason.as_ref().map(ToString::to_string),
    }))
}

/// The two people who act for the lead department, from their accounts.
///
/// # Errors
///
/// [`ChangeError::Invalid`] when both are one.
pub fn owners(accountable: AccountId, substitute: AccountId) -> Result<Owners, ChangeError> {
    refused("substitute", Owners::try_new(accountable, substitute))
}
