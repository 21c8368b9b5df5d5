//! An officer's word over a light (人工调整).

use duban_domain::{
    access::{Permission, Person},
    clock::official_day,
    event::DomainEvent,
    ids::TaskId,
    light::{LightOverride, OverrideError, OverrideTerms},
    task::Task,
};
use duban_persistence::{WriteTx, light_overrides, tasks};
use serde_json::json;

use crate::{
    App,
    change::{Call, ChangeError, begin},
    tasks::{Side, facts_of, permitted_to},
};

/// Shows another light for a task until a day, with a reason; the computed one stays beside it.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn override_light(
    app: &App,
    call: &Call,
    id: TaskId,
    terms: OverrideTerms,
) -> Result<TaskId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let (task, person) = permitted(tx, call, id).await?;
    let made = LightOverride::try_new(
        (task.id, task.state),
        terms,
        (person, tx.now()),
        official_day(tx.now()),
    );
    let made = made.map_err(|error| ChangeError::invalid(field_of(error), &error))?;
    light_overrides::insert(tx, &made).await?;
    let event = DomainEvent::new("task.light_overridden", "Task", task.id.0).with(json!({
        "code": task.code,
        "colour": made.colour.name(),
        "until": made.until.to_string(),
        "reason": made.reason.as_str(),
        "onBehalfOf": person.acting_for,
    }));
    begun.finish(task.id, [event]).await
}

/// Lets the computed light of a task be shown again.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn end_light_override(app: &App, call: &Call, id: TaskId) -> Result<TaskId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let (task, person) = permitted(tx, call, id).await?;
    if light_overrides::end(tx, task.id, person.account).await? == 0 {
        return Err(ChangeError::field("taskId", "LIGHT_NOT_OVERRIDDEN"));
    }
    let event = DomainEvent::new("task.light_override_ended", "Task", task.id.0)
        .with(json!({ "code": task.code, "onBehalfOf": person.acting_for }));
    begun.finish(task.id, [event]).await
}

/// The task, in scope, whose light this caller may override, and as whom.
async fn permitted(tx: &WriteTx, call: &Call, id: TaskId) -> Result<(Task, Person), ChangeError> {
    let scope = call.who.scope();
    let found = tasks::find(tx.conn(), &scope, id).await?;
    let task = found.ok_or(ChangeError::NotFound)?;
    let facts = facts_of(tx.conn(), &scope, std::slice::from_ref(&task), tx.now()).await?;
    let person = permitted_to(
        call,
        &facts,
        &task,
        (Permission::LightOverride, Side::Owner),
    )?;
    Ok((task, person))
}

/// The field of the input that a refusal is about.
const fn field_of(error: OverrideError) -> &'static str {
    match error {
        OverrideError::Colour { .. } => "colour",
        OverrideError::Past { .. } | OverrideError::TooLong { .. } => "until",
        _ => "taskId",
    }
}
