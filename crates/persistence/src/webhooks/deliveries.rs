//! The messages to each endpoint: queued, due, sent, sent again, forgotten.

use std::collections::HashMap;

use duban_domain::{
    change::ChangedType,
    ids::{DeliveryId, WebhookId},
    webhook::{Attempt, Delivery, DeliveryState, Webhook},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select, sea_query::Expr,
};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    bulk::insert_all,
    entity::{webhook, webhook_delivery as delivery},
    error::{StoreError, corrupt},
    instant::Instant,
    page::{self, KeyValue, Page, SortKey, Window},
    store::WriteTx,
};

/// Which messages are sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Again {
    /// These.
    These(Vec<DeliveryId>),
    /// Those of what happened from one instant to before another.
    Between(OffsetDateTime, OffsetDateTime),
}

#[expect(clippy::disallowed_methods, reason = "of an endpoint found before")]
fn every_delivery(of: WebhookId) -> Select<delivery::Entity> {
    delivery::Entity::find().filter(delivery::Column::WebhookId.eq(of.0))
}

/// Messages that wait for an endpoint.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn waiting(db: &impl ConnectionTrait, id: WebhookId) -> Result<u64, StoreError> {
    let pending =
        every_delivery(id).filter(delivery::Column::State.eq(DeliveryState::Pending.name()));
    Ok(pending.count(db).await?)
}

/// Queues messages and moves the endpoint on in the sequence; false when another server was faster, and
/// nothing may be kept then.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn queue(
    tx: &WriteTx,
    one: &Webhook,
    position: i64,
    new: &[Delivery],
) -> Result<bool, StoreError> {
    use webhook::Column as C;
    let done = webhook::Entity::update_many()
        .col_expr(C::Position, Expr::value(position))
        .filter(C::Id.eq(one.id.0))
        .filter(C::Position.eq(one.position))
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 0 {
        return Ok(false);
    }
    let rows = new.iter().map(|one| row(tx, one)).collect();
    insert_all(tx.conn(), rows).await?;
    Ok(true)
}

/// Adds one message, past the sequence.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn add_delivery(tx: &WriteTx, new: &Delivery) -> Result<(), StoreError> {
    insert_all(tx.conn(), vec![row(tx, new)]).await
}

fn row(tx: &WriteTx, one: &Delivery) -> delivery::ActiveModel {
    delivery::ActiveModel {
        id: Set(one.id.0),
        webhook_id: Set(one.webhook.0),
        seq: Set(one.seq),
        occurred_at: Set(one.at.into()),
        action: Set(one.action.clone()),
        object_type: Set(one.object.map(|(kind, _)| kind.name().to_owned())),
        object_id: Set(one.object.map(|(_, key)| key)),
        state: Set(one.state.name().to_owned()),
        tries: Set(i32::try_from(one.tries).unwrap_or(i32::MAX)),
        attempts: Set(json!(one.attempts)),
        next_at: Set(one.next_at.map(Instant::from)),
        created_at: Set(tx.now().into()),
        finished_at: Set(None),
    }
}

/// The messages of an endpoint that are due, those that wait longest first.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored value makes no sense.
pub async fn due(
    db: &impl ConnectionTrait,
    id: WebhookId,
    now: OffsetDateTime,
    most: u64,
) -> Result<Vec<Delivery>, StoreError> {
    use delivery::Column as C;
    let rows = every_delivery(id)
        .filter(C::State.eq(DeliveryState::Pending.name()))
        .filter(C::NextAt.lte(Instant::from(now)))
        .order_by_asc(C::NextAt)
        .order_by_asc(C::Id)
        .limit(most)
        .all(db)
        .await?;
    rows.iter().map(delivery_of).collect()
}

/// Stores what came of a message.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn save_delivery(tx: &WriteTx, one: &Delivery) -> Result<(), StoreError> {
    use delivery::Column as C;
    let is_over = one.state != DeliveryState::Pending;
    let finished = is_over.then(|| Instant::from(tx.now()));
    delivery::Entity::update_many()
        .col_expr(C::State, Expr::value(one.state.name()))
        .col_expr(
            C::Tries,
            Expr::value(i32::try_from(one.tries).unwrap_or(i32::MAX)),
        )
        .col_expr(C::Attempts, Expr::value(json!(one.attempts)))
        .col_expr(C::NextAt, Expr::value(one.next_at.map(Instant::from)))
        .col_expr(C::FinishedAt, Expr::value(finished))
        .filter(C::Id.eq(one.id.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Sends messages of an endpoint again, as if never tried; returns how many.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn again(tx: &WriteTx, id: WebhookId, which: &Again) -> Result<u64, StoreError> {
    use delivery::Column as C;
    let chosen = match which {
        Again::These(ids) => C::Id.is_in(ids.iter().map(|id| id.0)),
        Again::Between(from, until) => C::OccurredAt
            .gte(Instant::from(*from))
            .and(C::OccurredAt.lt(Instant::from(*until))),
    };
    let done = delivery::Entity::update_many()
        .col_expr(C::State, Expr::value(DeliveryState::Pending.name()))
        .col_expr(C::Tries, Expr::value(0))
        .col_expr(C::NextAt, Expr::value(Some(Instant::from(tx.now()))))
        .col_expr(C::FinishedAt, Expr::value(None::<Instant>))
        .filter(C::WebhookId.eq(id.0))
        .filter(chosen)
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected)
}

/// Forgets messages that were finished before then; returns how many.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn forget(tx: &WriteTx, before: OffsetDateTime) -> Result<u64, StoreError> {
    let done = delivery::Entity::delete_many()
        .filter(delivery::Column::FinishedAt.lt(Instant::from(before)))
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected)
}

/// A window of the messages to an endpoint, the newest first; the caller has its account in scope.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored value makes no sense.
pub async fn list_deliveries(
    db: &impl ConnectionTrait,
    id: WebhookId,
    state: Option<DeliveryState>,
    window: &Window,
) -> Result<Page<Delivery>, StoreError> {
    let condition =
        Condition::all().add_option(state.map(|one| delivery::Column::State.eq(one.name())));
    let select = every_delivery(id).filter(condition);
    let keys = [SortKey::key(delivery::Column::Id, true)];
    let found = page::fetch(db, select, &keys, window).await?;
    found.try_map(|row| delivery_of(&row))
}

/// The newest message to each of the endpoints; the caller has their accounts in scope. Two statements.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored value makes no sense.
#[expect(clippy::disallowed_methods, reason = "of endpoints found before")]
pub async fn newest(
    db: &impl ConnectionTrait,
    of: &[WebhookId],
) -> Result<HashMap<WebhookId, Delivery>, StoreError> {
    let newest = "(SELECT one.id FROM webhook_delivery one WHERE one.webhook_id = webhook.id \
                  ORDER BY one.id DESC LIMIT 1)";
    let keys: Vec<Option<Uuid>> = webhook::Entity::find()
        .select_only()
        .column_as(Expr::cust(newest), "newest")
        .filter(webhook::Column::Id.is_in(of.iter().map(|one| one.0)))
        .into_tuple()
        .all(db)
        .await?;
    let rows = delivery::Entity::find()
        .filter(delivery::Column::Id.is_in(keys.into_iter().flatten()))
        .all(db)
        .await?;
    rows.iter()
        .map(|row| Ok((WebhookId(row.webhook_id), delivery_of(row)?)))
        .collect()
}

/// The place of a message in that list.
pub fn key_of(one: &Delivery) -> Vec<KeyValue> {
    vec![KeyValue::Key(one.id.0)]
}

fn delivery_of(row: &delivery::Model) -> Result<Delivery, StoreError> {
    let wrong = |column: &'static str, value: &dyn std::fmt::Display| {
        corrupt("webhook_delivery", column, row.id, value)
    };
    let kind = row
        .object_type
        .as_deref()
        .map(|name| ChangedType::parse(name).ok_or_else(|| wrong("object_type", &name)));
    let attempts: Vec<Attempt> =
        serde_json::from_value(row.attempts.clone()).map_err(|error| wrong("attempts", &error))?;
    Ok(Delivery {
        id: DeliveryId(row.id),
        webhook: WebhookId(row.webhook_id),
        seq: row.seq,
        at: row.occurred_at.into(),
        action: row.action.clone(),
        object: kind.transpose()?.zip(row.object_id),
        state: DeliveryState::parse(&row.state).ok_or_else(|| wrong("state", &row.state))?,
        tries: u32::try_from(row.tries).unwrap_or_default(),
        attempts,
        next_at: row.next_at.map(OffsetDateTime::from),
    })
}
