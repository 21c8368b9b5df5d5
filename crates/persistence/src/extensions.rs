//! Requests for more time, and their decisions.

use std::collections::HashMap;

use duban_domain::{
    access::{Person, Scope},
    ids::{AccountId, ExtensionId, TaskId},
    task::{Decision, Extension, ExtensionState},
    text::Reason,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select,
    sea_query::Expr,
};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    entity::extension,
    error::{StoreError, corrupt},
    instant::Instant,
    scope::on_task,
    store::WriteTx,
};

/// The request, if its task is in scope.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn find(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: ExtensionId,
) -> Result<Option<Extension>, StoreError> {
    let row = scoped(scope)
        .filter(extension::Column::Id.eq(id.0))
        .one(db)
        .await?;
    row.map(to_domain).transpose()
}

/// The requests of these keys whose tasks are in scope.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn find_many(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[ExtensionId],
) -> Result<Vec<Extension>, StoreError> {
    let keys: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = scoped(scope)
        .filter(extension::Column::Id.is_in(keys))
        .all(db)
        .await?;
    rows.into_iter().map(to_domain).collect()
}

/// The requests of each of these tasks, the newest first.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn of_tasks(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: &[TaskId],
) -> Result<HashMap<TaskId, Vec<Extension>>, StoreError> {
    let keys: Vec<Uuid> = tasks.iter().map(|id| id.0).collect();
    let mut query = scoped(scope).filter(extension::Column::TaskId.is_in(keys));
    if let Some(instant) = scope.as_of {
        query = query.filter(extension::Column::RequestedAt.lt(Instant::from(instant)));
    }
    let rows = query
        .order_by_desc(extension::Column::RequestedAt)
        .order_by_desc(extension::Column::Id)
        .all(db)
        .await?;
    let mut found: HashMap<TaskId, Vec<Extension>> = HashMap::new();
    for row in rows {
        let one = as_it_was(to_domain(row)?, scope.as_of);
        found.entry(one.task).or_default().push(one);
    }
    Ok(found)
}

/// The request as it stood at an instant: one that was decided later still waited.
fn as_it_was(mut one: Extension, as_of: Option<OffsetDateTime>) -> Extension {
    let is_later = |decision: &Decision| as_of.is_some_and(|instant| decision.at >= instant);
    if one.decision.as_ref().is_some_and(is_later) {
        one.decision = None;
        one.state = ExtensionState::Requested;
    }
    one
}

/// Adds a request.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn insert(tx: &WriteTx, new: &Extension) -> Result<(), StoreError> {
    extension::Entity::insert(extension::ActiveModel {
        id: Set(new.id.0),
        task_id: Set(new.task.0),
        from_on: Set(new.from),
        to_on: Set(new.to),
        reason: Set(new.reason.to_string()),
        state: Set(new.state.name().to_owned()),
        requested_by: Set(new.requested_by.account.0),
        requested_for: Set(new.requested_by.acting_for.map(|one| one.0)),
        requested_at: Set(new.requested_at.into()),
        decided_by: Set(None),
        decided_for: Set(None),
        decided_at: Set(None),
        decision_reason: Set(None),
    })
    .exec_without_returning(tx.conn())
    .await?;
    Ok(())
}

/// Writes the decision on a request that still waits.
///
/// # Errors
///
/// [`StoreError::Stale`] when someone decided first.
pub async fn save_decision(tx: &WriteTx, decided: &Extension) -> Result<(), StoreError> {
    use extension::Column as C;
    let Some(decision) = &decided.decision else {
        return Ok(());
    };
    let reason = decision.reason.as_ref().map(ToString::to_string);
    let done = extension::Entity::update_many()
        .col_expr(C::State, Expr::value(decided.state.name()))
        .col_expr(C::DecidedBy, Expr::value(decision.by.account.0))
        .col_expr(
            C::DecidedFor,
            Expr::value(decision.by.acting_for.map(|one| one.0)),
        )
        .col_expr(C::DecidedAt, Expr::value(Instant::from(decision.at)))
        .col_expr(C::DecisionReason, Expr::value(reason))
        .filter(C::Id.eq(decided.id.0))
        .filter(C::State.eq(ExtensionState::Requested.name()))
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 1 {
        Ok(())
    } else {
        Err(StoreError::Stale)
    }
}

#[expect(clippy::disallowed_methods, reason = "scoped here")]
fn scoped(scope: &Scope) -> Select<extension::Entity> {
    extension::Entity::find().filter(on_task(extension::Column::TaskId, scope))
}

#[expect(clippy::needless_pass_by_value, reason = "a row is taken apart")]
fn to_domain(row: extension::Model) -> Result<Extension, StoreError> {
    let unknown = |column, value: &str| corrupt("extension", column, row.id, value);
    let words = |column, text: &str| Reason::try_new(text).map_err(|_| unknown(column, text));
    let person = |account, acting_for: Option<Uuid>| Person {
        account: AccountId(account),
        acting_for: acting_for.map(AccountId),
    };
    let decision = row.decided_by.zip(row.decided_at).map(|(by, at)| {
        let reason = row
            .decision_reason
            .as_deref()
            .map(|text| words("decision_reason", text));
        Ok::<_, StoreError>(Decision {
            by: person(by, row.decided_for),
            at: at.into(),
            reason: reason.transpose()?,
        })
    });
    Ok(Extension {
        id: ExtensionId(row.id),
        task: TaskId(row.task_id),
        from: row.from_on,
        to: row.to_on,
        reason: words("reason", &row.reason)?,
        requested_by: person(row.requested_by, row.requested_for),
        requested_at: row.requested_at.into(),
        state: ExtensionState::parse(&row.state).ok_or_else(|| unknown("state", &row.state))?,
        decision: decision.transpose()?,
    })
}
