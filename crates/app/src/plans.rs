//! Plans as a whole: mending the head, issuing, discarding, dealing with warnings.

use duban_domain::{
    access::{Permission, authorize},
    error::Coded,
    event::DomainEvent,
    ids::{PlanId, WarningId},
    plan::issued::{IssueFacts, Plan},
    task::TITLE_LENGTH,
};
use duban_persistence::{StoreError, WriteTx, assignments, departments, plans, tasks, warnings};
use serde_json::json;
use time::Date;

use crate::{
    App,
    change::{Call, ChangeError, begin},
};

/// What to change in the head of a plan; none leaves it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanChange {
    /// Title of the paper.
    pub title: Option<String>,
    /// Who issued it.
    pub issuing_body: Option<String>,
    /// 发文字号.
    pub document_number: Option<String>,
    /// The year it is for.
    pub year: Option<i32>,
    /// Date of issue.
    pub issued_on: Option<Date>,
}

/// A text of a field: one line, trimmed, of the right length.
pub(crate) fn text_field(
    path: &'static str,
    text: &str,
    most: usize,
) -> Result<String, ChangeError> {
    let text = text.trim();
    let length = text.chars().count();
    if length == 0 {
        return Err(ChangeError::field(path, "TEXT_EMPTY"));
    }
    if text.chars().any(char::is_control) {
        return Err(ChangeError::field(path, "TEXT_CONTROL"));
    }
    if length > most {
        return Err(ChangeError::Invalid {
            path,
            code: "TEXT_TOO_LONG",
            figures: vec![("length", length.to_string()), ("most", most.to_string())],
        });
    }
    Ok(text.to_owned())
}

/// The plan, locked, in scope, in a place where the caller may do this, still a draft.
pub(crate) async fn editable(
    tx: &WriteTx,
    call: &Call,
    id: PlanId,
    permission: Permission,
) -> Result<Plan, ChangeError> {
    let found = plans::find_locked(tx, &call.who.scope(), id).await?;
    let plan = found.ok_or(ChangeError::NotFound)?;
    let place = departments::place(tx.conn(), plan.department).await?;
    authorize(&call.who, permission, &place)?;
    plan.check_editable()?;
    Ok(plan)
}

/// Refuses a caller who has read an older version.
pub(crate) fn expect_version(current: i32, expected: i32) -> Result<(), ChangeError> {
    if current == expected {
        Ok(())
    } else {
        Err(ChangeError::Conflict { current })
    }
}

/// Mends the head of a draft.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn update_plan(
    app: &App,
    call: &Call,
    (id, expected): (PlanId, i32),
    change: PlanChange,
) -> Result<PlanId, ChangeError> {
    let begun = begin!(app, call);
    let mut plan = editable(begun.tx(), call, id, Permission::PlanEdit).await?;
    expect_version(plan.version, expected)?;
    let before = plan.clone();
    if let Some(title) = change.title {
        plan.title = text_field("title", &title, TITLE_LENGTH)?;
    }
    if let Some(name) = change.issuing_body {
        plan.issuing_body = Some(text_field("issuingBody", &name, 120)?);
    }
    if let Some(number) = change.document_number {
        plan.document_number = Some(text_field("documentNumber", &number, 80)?);
    }
    if let Some(year) = change.year {
        if !(1949..=2199).contains(&year) {
            return Err(ChangeError::field("year", "YEAR_OUT_OF_RANGE"));
        }
        plan.year = year;
    }
    plan.issued_on = change.issued_on.or(plan.issued_on);
    plans::save(begun.tx(), &mut plan).await?;
    let event = DomainEvent::new("plan.updated", "Plan", plan.id.0).with(json!({
        "before": head(&before), "after": head(&plan),
    }));
    begun.finish(plan.id, [event]).await
}

fn head(plan: &Plan) -> serde_json::Value {
    json!({
        "title": plan.title,
        "issuingBody": plan.issuing_body,
        "documentNumber": plan.document_number,
        "year": plan.year,
        "issuedOn": plan.issued_on.map(|day| day.to_string()),
    })
}

/// Puts a draft in force (印发).
///
/// # Errors
///
/// [`ChangeError::Plan`] names what is still missing; nothing is stored then.
pub async fn issue_plan(
    app: &App,
    call: &Call,
    (id, expected): (PlanId, i32),
) -> Result<PlanId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let mut plan = editable(tx, call, id, Permission::PlanIssue).await?;
    expect_version(plan.version, expected)?;
    plan.issue(issue_facts(tx, call, id).await?, tx.now())?;
    plans::save(tx, &mut plan).await?;
    let event = DomainEvent::new("plan.issued", "Plan", plan.id.0)
        .with(json!({ "code": plan.code, "version": plan.version }));
    begun.finish(plan.id, [event]).await
}

async fn issue_facts(tx: &WriteTx, call: &Call, id: PlanId) -> Result<IssueFacts, StoreError> {
    let scope = call.who.scope();
    let list = tasks::of_plan(tx.conn(), &scope, id).await?;
    let ids: Vec<_> = list.iter().map(|task| task.id).collect();
    let assigned = assignments::of_tasks(tx.conn(), &scope, &ids).await?;
    let unresolved = assignments::unresolved_of_tasks(tx.conn(), &scope, &ids).await?;
    let is_led = |task: &duban_domain::task::Task| {
        assigned.get(&task.id).is_some_and(|list| {
            list.iter()
                .any(|one| one.role == duban_domain::plan::draft::AssignmentRole::Lead)
        })
    };
    let mut names: Vec<String> = unresolved
        .into_values()
        .flatten()
        .map(|one| one.name)
        .collect();
    names.sort();
    names.dedup();
    Ok(IssueFacts {
        tasks: list.len(),
        without_lead: list
            .iter()
            .filter(|task| !is_led(task))
            .map(|task| task.code.clone())
            .collect(),
        unresolved: names,
    })
}

/// Throws a draft away with everything that hangs on it.
///
/// # Errors
///
/// [`ChangeError`]; nothing is removed then.
pub async fn discard_plan(
    app: &App,
    call: &Call,
    (id, expected): (PlanId, i32),
) -> Result<PlanId, ChangeError> {
    let begun = begin!(app, call);
    let plan = editable(begun.tx(), call, id, Permission::PlanEdit).await?;
    expect_version(plan.version, expected)?;
    plans::delete_draft(begun.tx(), &plan).await?;
    let event = DomainEvent::new("plan.discarded", "Plan", plan.id.0)
        .with(json!({ "code": plan.code, "title": plan.title }));
    begun.finish(plan.id, [event]).await
}

/// Marks a warning of the reader as dealt with, and returns its plan.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn dismiss_warning(
    app: &App,
    call: &Call,
    id: WarningId,
) -> Result<(PlanId, WarningId), ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let found = warnings::find(tx.conn(), &call.who.scope(), id).await?;
    let warning = found.ok_or(ChangeError::NotFound)?;
    editable(tx, call, warning.plan, Permission::PlanEdit).await?;
    let changed = warnings::dismiss(tx, &[id]).await?;
    let event = (changed > 0).then(|| {
        DomainEvent::new("plan.warning_dismissed", "PlanWarning", id.0)
            .with(json!({ "excerpt": warning.excerpt }))
    });
    begun.finish((warning.plan, id), event).await
}

/// A refusal of the domain on one field.
pub(crate) fn refuse<T, E: Coded>(
    path: &'static str,
    result: Result<T, E>,
) -> Result<T, ChangeError> {
    result.map_err(|error| ChangeError::invalid(path, &error))
}
