//! Amendments of tasks in force, with what they change, and their decisions.

mod stored;

use std::collections::HashMap;

use duban_domain::{
    access::{Person, Scope},
    ids::{AccountId, AmendmentId, PlanId, TaskId, fresh_key},
    task::{
        Decision,
        amendment::{Amendment, AmendmentState, FieldChange},
    },
    text::Reason,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select, sea_query::Expr,
};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    bulk::insert_all,
    entity::{amendment, amendment_change, task},
    error::{StoreError, corrupt},
    instant::Instant,
    page::{self, KeyValue, Page, SortKey, Window},
    scope::on_task,
    store::WriteTx,
};

/// The amendment, if its task is in scope.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn find(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: AmendmentId,
) -> Result<Option<Amendment>, StoreError> {
    let rows = scoped(scope)
        .filter(amendment::Column::Id.eq(id.0))
        .all(db)
        .await?;
    Ok(with_changes(db, scope, rows).await?.pop())
}

/// The amendments of these keys whose tasks are in scope.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn find_many(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[AmendmentId],
) -> Result<Vec<Amendment>, StoreError> {
    let keys: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = scoped(scope)
        .filter(amendment::Column::Id.is_in(keys))
        .all(db)
        .await?;
    with_changes(db, scope, rows).await
}

/// The amendments of each of these tasks, the newest first.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn of_tasks(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: &[TaskId],
) -> Result<HashMap<TaskId, Vec<Amendment>>, StoreError> {
    let keys: Vec<Uuid> = tasks.iter().map(|id| id.0).collect();
    let mut query = scoped(scope).filter(amendment::Column::TaskId.is_in(keys));
    if let Some(instant) = scope.as_of {
        query = query.filter(amendment::Column::ProposedAt.lt(Instant::from(instant)));
    }
    let rows = query
        .order_by_desc(amendment::Column::ProposedAt)
        .order_by_desc(amendment::Column::Id)
        .all(db)
        .await?;
    let mut found: HashMap<TaskId, Vec<Amendment>> = HashMap::new();
    for one in with_changes(db, scope, rows).await? {
        found.entry(one.task).or_default().push(one);
    }
    Ok(found)
}

/// The place of an amendment in a list.
pub fn key_of(one: &Amendment) -> Vec<KeyValue> {
    vec![KeyValue::Instant(one.proposed_at), KeyValue::Key(one.id.0)]
}

/// A window of the amendments of a plan's tasks, the newest first.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
#[expect(clippy::disallowed_methods, reason = "narrows a scoped list")]
pub async fn of_plan(
    db: &impl ConnectionTrait,
    scope: &Scope,
    plan: PlanId,
    window: &Window,
) -> Result<Page<Amendment>, StoreError> {
    let tasks = task::Entity::find()
        .select_only()
        .column(task::Column::Id)
        .filter(task::Column::PlanId.eq(plan.0))
        .into_query();
    let mut select = scoped(scope).filter(amendment::Column::TaskId.in_subquery(tasks));
    if let Some(instant) = scope.as_of {
        select = select.filter(amendment::Column::ProposedAt.lt(Instant::from(instant)));
    }
    let keys = [
        SortKey::instant(amendment::Column::ProposedAt, true),
        SortKey::key(amendment::Column::Id, true),
    ];
    let page = page::fetch(db, select, &keys, window).await?;
    Ok(Page {
        rows: with_changes(db, scope, page.rows).await?,
        has_previous: page.has_previous,
        has_next: page.has_next,
        total: page.total,
    })
}

/// Adds a proposal.
///
/// # Errors
///
/// [`StoreError::Taken`] when another waits.
pub async fn insert(tx: &WriteTx, new: &Amendment) -> Result<(), StoreError> {
    amendment::Entity::insert(amendment::ActiveModel {
        id: Set(new.id.0),
        task_id: Set(new.task.0),
        reason: Set(new.reason.to_string()),
        state: Set(new.state.name().to_owned()),
        proposed_by: Set(new.proposed_by.account.0),
        proposed_for: Set(new.proposed_by.acting_for.map(|one| one.0)),
        proposed_at: Set(new.proposed_at.into()),
        decided_by: Set(None),
        decided_for: Set(None),
        decided_at: Set(None),
        decision_reason: Set(None),
    })
    .exec_without_returning(tx.conn())
    .await?;
    let rows = new.changes.iter().zip(0..).map(|(change, position)| {
        let (object, old, value) = stored::parts(change);
        amendment_change::ActiveModel {
            id: Set(fresh_key(tx.now())),
            amendment_id: Set(new.id.0),
            position: Set(position),
            field: Set(change.field().name().to_owned()),
            object_id: Set(object),
            old: Set(old),
            new: Set(value),
        }
    });
    insert_all(tx.conn(), rows.collect()).await
}

/// Writes the decision on a proposal that still waits.
///
/// # Errors
///
/// [`StoreError::Stale`] when someone decided first.
pub async fn save_decision(tx: &WriteTx, decided: &Amendment) -> Result<(), StoreError> {
    use amendment::Column as C;
    let Some(decision) = &decided.decision else {
        return Ok(());
    };
    let reason = decision.reason.as_ref().map(ToString::to_string);
    let acting_for = decision.by.acting_for.map(|one| one.0);
    let done = amendment::Entity::update_many()
        .col_expr(C::State, Expr::value(decided.state.name()))
        .col_expr(C::DecidedBy, Expr::value(decision.by.account.0))
        .col_expr(C::DecidedFor, Expr::value(acting_for))
        .col_expr(C::DecidedAt, Expr::value(Instant::from(decision.at)))
        .col_expr(C::DecisionReason, Expr::value(reason))
        .filter(C::Id.eq(decided.id.0))
        .filter(C::State.eq(AmendmentState::Proposed.name()))
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 1 {
        Ok(())
    } else {
        Err(StoreError::Stale)
    }
}

#[expect(clippy::disallowed_methods, reason = "scoped here")]
fn scoped(scope: &Scope) -> Select<amendment::Entity> {
    amendment::Entity::find().filter(on_task(amendment::Column::TaskId, scope))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the amendments were found in scope"
)]
async fn with_changes(
    db: &impl ConnectionTrait,
    scope: &Scope,
    rows: Vec<amendment::Model>,
) -> Result<Vec<Amendment>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let found = amendment_change::Entity::find()
        .filter(amendment_change::Column::AmendmentId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(amendment_change::Column::Position)
        .all(db)
        .await?;
    let mut changes: HashMap<Uuid, Vec<FieldChange>> = HashMap::new();
    for row in found {
        let key = row.amendment_id;
        changes.entry(key).or_default().push(stored::read(row)?);
    }
    rows.into_iter()
        .map(|row| {
            let changes = changes.remove(&row.id).unwrap_or_default();
            to_domain(row, changes, scope.as_of)
        })
        .collect()
}

#[expect(clippy::needless_pass_by_value, reason = "a row is taken apart")]
fn to_domain(
    row: amendment::Model,
    changes: Vec<FieldChange>,
    as_of: Option<OffsetDateTime>,
) -> Result<Amendment, StoreError> {
    let unknown = |column, value: &str| corrupt("amendment", column, row.id, value);
    let words = |column, text: &str| Reason::try_new(text).map_err(|_| unknown(column, text));
    let person = |account, acting_for: Option<Uuid>| Person {
        account: AccountId(account),
        acting_for: acting_for.map(AccountId),
    };
    let is_decided = |at: OffsetDateTime| as_of.is_none_or(|instant| at < instant);
    let decision = row
        .decided_by
        .zip(row.decided_at.map(OffsetDateTime::from))
        .filter(|(_, at)| is_decided(*at))
        .map(|(by, at)| {
            let reason = row
                .decision_reason
                .as_deref()
                .map(|text| words("decision_reason", text));
            Ok::<_, StoreError>(Decision {
                by: person(by, row.decided_for),
                at,
                reason: reason.transpose()?,
            })
        })
        .transpose()?;
    let state = match decision {
        None => AmendmentState::Proposed,
        Some(_) => AmendmentState::parse(&row.state).ok_or_else(|| unknown("state", &row.state))?,
    };
    Ok(Amendment {
        id: AmendmentId(row.id),
        task: TaskId(row.task_id),
        changes,
        reason: words("reason", &row.reason)?,
        proposed_by: person(row.proposed_by, row.proposed_for),
        proposed_at: row.proposed_at.into(),
        state,
        decision,
    })
}
