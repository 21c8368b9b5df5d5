//! Writing the audit trail: numbers and links are given out under the lock of the one head row.

use duban_domain::{
    audit::{Chain, Event, FORMAT, Head, Outcome, micros},
    event::DomainEvent,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, sea_query::Expr,
};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    audit::head_of,
    bulk::insert_all,
    entity::{audit_event, audit_head},
    error::{StoreError, corrupt},
    store::{Actor, WriteTx},
};

/// An act that was refused.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    /// What was tried, by the name of the mutation.
    pub action: String,
    /// The kind of object that it was tried on, as in the API.
    pub object_type: String,
    /// Its key; none when the object is unknown.
    pub object_id: Option<Uuid>,
    /// Why it was refused. No secrets.
    pub detail: Value,
}

/// What is to be written, without when.
pub(crate) struct Entry {
    actor: Actor,
    on_behalf_of: Option<Uuid>,
    action: String,
    object_type: String,
    object_id: Option<Uuid>,
    outcome: Outcome,
    detail: String,
}

impl Entry {
    /// An act that was done.
    pub(crate) fn done(actor: Actor, event: &DomainEvent) -> Self {
        // Acts on a grant by delegation say for whom.
        let acting_for = event.detail.get("onBehalfOf").and_then(Value::as_str);
        Self {
            actor,
            on_behalf_of: acting_for.and_then(|key| key.parse().ok()),
            action: event.action.to_string(),
            object_type: event.object_type.to_string(),
            object_id: Some(event.object_id),
            outcome: Outcome::Done,
            detail: event.detail.to_string(),
        }
    }

    /// An act that was refused.
    pub(crate) fn refused(actor: Actor, refused: Refused) -> Self {
        Self {
            actor,
            on_behalf_of: None,
            action: refused.action,
            object_type: refused.object_type,
            object_id: refused.object_id,
            outcome: Outcome::Refused,
            detail: refused.detail.to_string(),
        }
    }
}

/// Writes events at the end of the trail and returns the number before the first of them; whoever writes
/// next waits for the end of this change.
pub(crate) async fn append(
    tx: &WriteTx,
    entries: impl IntoIterator<Item = Entry>,
) -> Result<i64, StoreError> {
    let events: Vec<Event> = entries.into_iter().map(|entry| event(tx, entry)).collect();
    let Some(count) = i64::try_from(events.len()).ok().filter(|count| *count > 0) else {
        return Ok(0);
    };
    let before = lock_head(tx, count).await?;
    let mut chain = Chain::after(before);
    let rows = events.into_iter().map(|event| {
        let head = chain.append(&event);
        row(head, event)
    });
    let rows: Vec<audit_event::ActiveModel> = rows.collect();
    insert_all(tx.conn(), rows).await?;
    audit_head::Entity::update_many()
        .col_expr(
            audit_head::Column::Hash,
            Expr::value(chain.head().hash.0.to_vec()),
        )
        .filter(audit_head::Column::Id.eq(1))
        .exec(tx.conn())
        .await?;
    Ok(before.seq)
}

/// Takes the next `count` numbers and returns the head before them; holds the row's lock.
async fn lock_head(tx: &WriteTx, count: i64) -> Result<Head, StoreError> {
    let heads = audit_head::Entity::update_many()
        .col_expr(
            audit_head::Column::Seq,
            Expr::col(audit_head::Column::Seq).add(count),
        )
        .filter(audit_head::Column::Id.eq(1))
        .exec_with_returning(tx.conn())
        .await?;
    let row = heads
        .into_iter()
        .next()
        .ok_or_else(|| corrupt("audit_head", "id", 1, "no row"))?;
    let now = head_of(&row)?;
    Ok(Head {
        seq: now.seq - count,
        ..now
    })
}

fn event(tx: &WriteTx, entry: Entry) -> Event {
    let actor = entry.actor;
    Event {
        at: micros(tx.now()),
        actor: actor.account.map(|one| one.0),
        on_behalf_of: entry.on_behalf_of.or(actor.on_behalf_of.map(|one| one.0)),
        session: actor.session.map(|one| one.0),
        address: actor.origin.address.map(|one| one.to_string()),
        request: actor.origin.request,
        action: entry.action,
        object_type: entry.object_type,
        object_id: entry.object_id,
        outcome: entry.outcome,
        detail: entry.detail,
    }
}

fn row(head: Head, event: Event) -> audit_event::ActiveModel {
    audit_event::ActiveModel {
        seq: Set(head.seq),
        format: Set(FORMAT),
        occurred_at: Set(event.at),
        actor_id: Set(event.actor),
        on_behalf_of_id: Set(event.on_behalf_of),
        session_id: Set(event.session),
        address: Set(event.address),
        request_id: Set(event.request),
        action: Set(event.action),
        object_type: Set(event.object_type),
        object_id: Set(event.object_id),
        outcome: Set(event.outcome.name().to_owned()),
        detail: Set(event.detail),
        hash: Set(head.hash.0.to_vec()),
    }
}
