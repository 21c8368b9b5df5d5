//! More time (延期): asked for by the lead department, decided by a leader.

use duban_domain::{
    access::Permission,
    clock::official_day,
    event::DomainEvent,
    ids::{ExtensionId, TaskId},
    task::{Decision, Extension, ExtensionRequest, ExtensionState},
    text::Reason,
};
use duban_persistence::{extensions, lives, tasks};
use serde_json::json;
use time::Date;

use super::{
    facts_of, refused,
    rights::{Side, permitted_to},
};
use crate::{
    App,
    change::{Call, ChangeError, begin},
    plans::expect_version,
};

/// A decision on a request for more time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExtensionVerdict {
    /// Granted.
    Approve(Option<Reason>),
    /// Refused, with the reason.
    Refuse(Reason),
}

/// Asks for more time for a task.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn request_extension(
    app: &App,
    call: &Call,
    at: (TaskId, i32),
    (to, reason): (Date, Reason),
) -> Result<(TaskId, ExtensionId), ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let scope = call.who.scope();
    let found = tasks::find(tx.conn(), &scope, at.0).await?;
    let mut task = found.ok_or(ChangeError::NotFound)?;
    let facts = facts_of(tx.conn(), &scope, std::slice::from_ref(&task), tx.now()).await?;
    let person = permitted_to(
        call,
        &facts,
        &task,
        (Permission::ExtensionRequest, Side::Lead),
    )?;
    expect_version(task.version, at.1)?;
    let known = extensions::of_tasks(tx.conn(), &scope, &[task.id]).await?;
    let is_pending = known
        .values()
        .flatten()
        .any(|one| one.state == ExtensionState::Requested);
    let life = facts.life(&task);
    let request = ExtensionRequest {
        id: ExtensionId::fresh(tx.now()),
        task: task.id,
        to,
        reason,
    };
    let made = life.request_extension(request, (person, tx.now()), facts.today(), is_pending);
    let made = refused("to", made)?;
    extensions::insert(tx, &made).await?;
    lives::save(tx, &mut task, &life, None).await?;
    let event = event("task.extension_requested", &made);
    begun.finish((task.id, made.id), [event]).await
}

/// Grants or refuses more time.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn decide_extension(
    app: &App,
    call: &Call,
    id: ExtensionId,
    verdict: ExtensionVerdict,
) -> Result<(TaskId, ExtensionId), ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let scope = call.who.scope();
    let found = extensions::find(tx.conn(), &scope, id).await?;
    let mut extension = found.ok_or(ChangeError::NotFound)?;
    let found = tasks::find(tx.conn(), &scope, extension.task).await?;
    let mut task = found.ok_or(ChangeError::NotFound)?;
    let facts = facts_of(tx.conn(), &scope, std::slice::from_ref(&task), tx.now()).await?;
    let person = permitted_to(
        call,
        &facts,
        &task,
        (Permission::ExtensionApprove, Side::Owner),
    )?;
    if matches!(verdict, ExtensionVerdict::Approve(_)) {
        let identity = app.identity();
        identity.require_approval_proof(tx, &call.who).await?;
    }
    let mut life = facts.life(&task);
    let (state, reason) = match verdict {
        ExtensionVerdict::Approve(reason) => (ExtensionState::Approved, reason),
        ExtensionVerdict::Refuse(reason) => (ExtensionState::Refused, Some(reason)),
    };
    let decision = Decision {
        by: person,
        at: tx.now(),
        reason,
    };
    refused(
        "extensionId",
        life.decide_extension(&mut extension, state, (decision, call.who.stands_for())),
    )?;
    extensions::save_decision(tx, &extension).await?;
    lives::save(tx, &mut task, &life, None).await?;
    let event = event("task.extension_decided", &extension);
    begun.finish((task.id, extension.id), [event]).await
}

fn event(action: &'static str, extension: &Extension) -> DomainEvent {
    let decision = extension.decision.as_ref();
    DomainEvent::new(action, "Task", extension.task.0).with(json!({
        "extension": extension.id,
        "from": extension.from.to_string(),
        "to": extension.to.to_string(),
        "reason": extension.reason.as_str(),
        "state": extension.state.name(),
        "onBehalfOf": decision.map_or(extension.requested_by, |one| one.by).acting_for,
        "decidedOn": decision.map(|one| official_day(one.at).to_string()),
    }))
}
