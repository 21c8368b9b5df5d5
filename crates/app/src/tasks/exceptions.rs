//! Exceptions for metrics that are not attained (product rule 4): asked for by the lead department,
//! decided by a leader.

use duban_domain::{
    access::Permission,
    event::DomainEvent,
    ids::{ExceptionId, MetricId, TaskId},
    task::{Decision, ExceptionState, MetricException},
    text::Reason,
};
use duban_persistence::{exceptions, metrics, tasks};
use serde_json::json;

use super::{
    facts_of,
    rights::{Side, permitted_to},
};
use crate::{
    App,
    change::{Call, ChangeError, begin},
    plans::refuse,
};

/// Asks to complete a task although one of its metrics is not attained.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn request_exception(
    app: &App,
    call: &Call,
    metric: MetricId,
    reason: Reason,
) -> Result<(TaskId, ExceptionId), ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let scope = call.who.scope();
    let found = metrics::find(tx.conn(), &scope, metric).await?;
    let task = found
        .and_then(|metric| metric.task)
        .ok_or(ChangeError::NotFound)?;
    let found = tasks::find(tx.conn(), &scope, task).await?;
    let task = found.ok_or(ChangeError::NotFound)?;
    let facts = facts_of(tx.conn(), &scope, std::slice::from_ref(&task), tx.now()).await?;
    let person = permitted_to(
        call,
        &facts,
        &task,
        (Permission::CompletionSubmit, Side::Lead),
    )?;
    let known = exceptions::of_tasks(tx.conn(), &scope, &[task.id]).await?;
    let earlier = known.values().flatten().filter(|one| one.metric == metric);
    refuse(
        "metricId",
        MetricException::may_be_requested(task.state, earlier),
    )?;
    let made = MetricException {
        id: ExceptionId::fresh(tx.now()),
        task: task.id,
        metric,
        reason,
        requested_by: person,
        requested_at: tx.now(),
        state: ExceptionState::Requested,
        decision: None,
    };
    exceptions::insert(tx, &made).await?;
    let event = event("metric.exception_requested", &made);
    begun.finish((task.id, made.id), [event]).await
}

/// Grants or refuses an exception.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn decide_exception(
    app: &App,
    call: &Call,
    id: ExceptionId,
    (state, reason): (ExceptionState, Option<Reason>),
) -> Result<(TaskId, ExceptionId), ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let scope = call.who.scope();
    let found = exceptions::find(tx.conn(), &scope, id).await?;
    let mut exception = found.ok_or(ChangeError::NotFound)?;
    let found = tasks::find(tx.conn(), &scope, exception.task).await?;
    let task = found.ok_or(ChangeError::NotFound)?;
    let facts = facts_of(tx.conn(), &scope, std::slice::from_ref(&task), tx.now()).await?;
    let person = permitted_to(
        call,
        &facts,
        &task,
        (Permission::CompletionApprove, Side::Owner),
    )?;
    let decision = Decision {
        by: person,
        at: tx.now(),
        reason,
    };
    refuse(
        "exceptionId",
        exception.decide(state, (decision, call.who.stands_for())),
    )?;
    exceptions::save_decision(tx, &exception).await?;
    let event = event("metric.exception_decided", &exception);
    begun.finish((task.id, exception.id), [event]).await
}

fn event(action: &'static str, exception: &MetricException) -> DomainEvent {
    let decision = exception.decision.as_ref();
    let words = decision.and_then(|one| one.reason.as_ref());
    DomainEvent::new(action, "Metric", exception.metric.0).with(json!({
        "exception": exception.id,
        "task": exception.task,
        "reason": exception.reason.as_str(),
        "state": exception.state.name(),
        "decisionReason": words.map(Reason::as_str),
    }))
}
