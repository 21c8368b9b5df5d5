//! The closed loop of a task: handed out, accepted or declined, submitted, reviewed, archived.

mod extensions;
mod facts;

use duban_domain::{
    access::{Permission, Person, Place, authorize},
    event::DomainEvent,
    ids::{AccountId, TaskId},
    plan::issued::PlanState,
    task::{Command, Refusal, Step, Task, TaskLife, Transition},
};
use duban_persistence::{WriteTx, lives, tasks};
use serde_json::json;
use time::Date;

pub use self::{
    extensions::{ExtensionVerdict, decide_extension, request_extension},
    facts::{Facts, Verdict, facts_of, verdicts},
};
use crate::{
    App,
    change::{Call, ChangeError, begin},
    plans::expect_version,
};

/// Working days that a lead department has to accept or decline (product rule 3).
const SIGN_WORKING_DAYS: u8 = 3;

/// What an act needs, and of which place: the lead department's, or the owner's of the plan.
const fn needs(by: Transition) -> (Permission, Side) {
    match by {
        Transition::HandOut | Transition::Reassign | Transition::BeginStage => {
            (Permission::TaskAssign, Side::Owner)
        }
        Transition::Accept | Transition::Decline => (Permission::TaskAccept, Side::Lead),
        Transition::SubmitCompletion => (Permission::CompletionSubmit, Side::Lead),
        Transition::Return | Transition::Complete | Transition::CompleteStage => {
            (Permission::CompletionApprove, Side::Owner)
        }
        Transition::Suspend | Transition::Resume | Transition::Reopen | Transition::Archive => {
            (Permission::TaskManage, Side::Owner)
        }
        Transition::Cancel => (Permission::TaskCancel, Side::Owner),
    }
}

/// On whose side of the task a permission must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// The department whose plan it is.
    Owner,
    /// The department that leads.
    Lead,
}

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

/// How one row of a batch ended.
#[derive(Debug)]
pub struct RowOutcome {
    /// The task.
    pub task: TaskId,
    /// Why it was not done.
    pub refused: Option<ChangeError>,
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
    let tx = app.store().begin(crate::change::actor(call)).await?;
    let ids: Vec<TaskId> = rows.iter().map(|row| row.at.0).collect();
    let found = tasks::find_many(tx.conn(), &call.who.scope(), &ids).await?;
    let facts = facts_of(tx.conn(), &call.who.scope(), &found, tx.now()).await?;
    let mut outcomes = Vec::with_capacity(rows.len());
    let mut events = Vec::new();
    for row in rows {
        let (task, life) = match found.iter().find(|one| one.id == row.at.0) {
            Some(task) => (task.clone(), facts.life(task)),
            None => {
                outcomes.push(RowOutcome {
                    task: row.at.0,
                    refused: Some(ChangeError::NotFound),
                });
                continue;
            }
        };
        let done = hand_one_out((&tx, call, &facts), row.clone(), task, life).await;
        match done {
            Ok(event) => {
                events.push(event);
                outcomes.push(RowOutcome {
                    task: row.at.0,
                    refused: None,
                });
            }
            Err(ChangeError::Store(error)) => return Err(ChangeError::Store(error)),
            Err(refused) => outcomes.push(RowOutcome {
                task: row.at.0,
                refused: Some(refused),
            }),
        }
    }
    tx.commit(events).await?;
    Ok(outcomes)
}

async fn hand_one_out(
    (tx, call, facts): (&WriteTx, &Call, &Facts),
    row: HandOut,
    mut task: Task,
    mut life: TaskLife,
) -> Result<DomainEvent, ChangeError> {
    permitted(call, facts, &task, Transition::HandOut)?;
    expect_version(task.version, row.at.1)?;
    life.deadline = row.deadline.or(life.deadline);
    life.is_standing = row.is_standing.unwrap_or(life.is_standing);
    let command = Command::HandOut;
    let step = facts.decide(&task, person(call), |now| life.apply(&command, now));
    let step = refused("deadline", step)?;
    lives::save(tx, &mut task, &life, Some(&step)).await?;
    Ok(event(&task, &step))
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
    permitted(call, &facts, &task, command.transition())?;
    expect_version(task.version, at.1)?;
    let mut life = facts.life(&task);
    let step = facts.decide(&task, person(call), |now| life.apply(command, now));
    let step = refused(field_of(command), step)?;
    lives::save(tx, &mut task, &life, Some(&step)).await?;
    let event = event(&task, &step);
    begun.finish(task.id, [event]).await
}

/// Who acts.
pub(crate) const fn person(call: &Call) -> Person {
    Person::alone(call.who.account())
}

/// Refuses a caller without the permission on the right side of the task, and a plan not in force.
fn permitted(call: &Call, facts: &Facts, task: &Task, by: Transition) -> Result<(), ChangeError> {
    let (permission, side) = needs(by);
    permitted_to(call, facts, task, (permission, side))
}

fn permitted_to(
    call: &Call,
    facts: &Facts,
    task: &Task,
    (permission, side): (Permission, Side),
) -> Result<(), ChangeError> {
    let nowhere = Place(Vec::new());
    let place = match side {
        Side::Owner => facts.owner(task),
        Side::Lead => facts.lead(task),
    };
    authorize(&call.who, permission, place.unwrap_or(&nowhere))?;
    match facts.plan_state(task) {
        Some(PlanState::Draft) => Err(ChangeError::field("taskId", "PLAN_NOT_ISSUED")),
        Some(PlanState::Issued) | None => Ok(()),
    }
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
        "reason": step.reason.as_ref().map(ToString::to_string),
    }))
}

/// The two people who act for the lead department, from their accounts.
///
/// # Errors
///
/// [`ChangeError::Invalid`] when both are one.
pub fn owners(
    accountable: AccountId,
    substitute: AccountId,
) -> Result<duban_domain::task::Owners, ChangeError> {
    refused(
        "substitute",
        duban_domain::task::Owners::try_new(accountable, substitute),
    )
}
