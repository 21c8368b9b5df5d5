//! Endpoints to which changes are sent, their place in the sequence, and the messages to each.

use std::collections::{BTreeSet, HashMap};

use duban_domain::{
    access::{Person, Scope},
    change::ChangedType,
    ids::{AccountId, DeliveryId, WebhookId},
    webhook::{Attempt, Delivery, DeliveryState, Webhook, WebhookState},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, LockType},
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
    scope::account_keys_in,
    store::WriteTx,
};

/// What a message is signed with, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSecrets {
    /// The present secret.
    pub secret: Vec<u8>,
    /// The one before it, and until when it signs too.
    pub old: Option<(Vec<u8>, OffsetDateTime)>,
}

/// Which messages are sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Again {
    /// These.
    These(Vec<DeliveryId>),
    /// Those of what happened from one instant to before another.
    Between(OffsetDateTime, OffsetDateTime),
}

/// Adds an endpoint.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn insert(tx: &WriteTx, new: &Webhook, secret: Vec<u8>) -> Result<(), StoreError> {
    webhook::Entity::insert(webhook::ActiveModel {
        id: Set(new.id.0),
        account_id: Set(new.account.0),
        name: Set(new.name.clone()),
        url: Set(new.url.clone()),
        kinds: Set(json!(names(&new.kinds))),
        document: Set(new.document.clone()),
        secret: Set(secret),
        old_secret: Set(None),
        old_secret_until: Set(None),
        state: Set(new.state.name().to_owned()),
        position: Set(new.position),
        failing_since: Set(None),
        leased_until: Set(None),
        author_id: Set(new.by.account.0),
        author_for_id: Set(new.by.acting_for.map(|one| one.0)),
        created_at: Set(new.created_at.into()),
        version: Set(new.version),
    })
    .exec_without_returning(tx.conn())
    .await?;
    Ok(())
}

fn names(kinds: &BTreeSet<ChangedType>) -> Vec<&'static str> {
    kinds.iter().map(|kind| kind.name()).collect()
}

/// Stores what people change of an endpoint, and counts the change.
///
/// # Errors
///
/// [`StoreError::Stale`] when somebody was faster.
pub async fn save(tx: &WriteTx, one: &mut Webhook) -> Result<(), StoreError> {
    use webhook::Column as C;
    let done = webhook::Entity::update_many()
        .col_expr(C::Name, Expr::value(one.name.clone()))
        .col_expr(C::Url, Expr::value(one.url.clone()))
        .col_expr(C::Kinds, Expr::value(json!(names(&one.kinds))))
        .col_expr(C::Document, Expr::value(one.document.clone()))
        .col_expr(C::State, Expr::value(one.state.name()))
        .col_expr(
            C::FailingSince,
            Expr::value(one.failing_since.map(Instant::from)),
        )
        .col_expr(C::Version, Expr::value(one.version + 1))
        .filter(C::Id.eq(one.id.0))
        .filter(C::Version.eq(one.version))
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 0 {
        return Err(StoreError::Stale);
    }
    one.version += 1;
    Ok(())
}

/// Gives an endpoint another secret; the one before signs too until then.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn rotate(
    tx: &WriteTx,
    id: WebhookId,
    secret: Vec<u8>,
    until: OffsetDateTime,
) -> Result<(), StoreError> {
    use webhook::Column as C;
    webhook::Entity::update_many()
        .col_expr(C::OldSecret, Expr::col(C::Secret))
        .col_expr(C::OldSecretUntil, Expr::value(Some(Instant::from(until))))
        .col_expr(C::Secret, Expr::value(secret))
        .filter(C::Id.eq(id.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Removes an endpoint with its messages.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn remove(tx: &WriteTx, id: WebhookId) -> Result<(), StoreError> {
    webhook::Entity::delete_many()
        .filter(webhook::Column::Id.eq(id.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "narrowed by account, or for the program that sends"
)]
fn every() -> Select<webhook::Entity> {
    webhook::Entity::find()
}

#[expect(clippy::disallowed_methods, reason = "of an endpoint found before")]
fn every_delivery(of: WebhookId) -> Select<delivery::Entity> {
    delivery::Entity::find().filter(delivery::Column::WebhookId.eq(of.0))
}

/// The endpoint of that key, whoever asks; the caller has its account in scope.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored value makes no sense.
pub async fn find_unscoped(
    db: &impl ConnectionTrait,
    id: WebhookId,
) -> Result<Option<Webhook>, StoreError> {
    let row = every().filter(webhook::Column::Id.eq(id.0)).one(db).await?;
    row.as_ref().map(to_domain).transpose()
}

/// The endpoint of that key, if its account is in scope; kept from others who change it until the
/// transaction ends.
///
/// # Errors
///
/// As [`find_unscoped`].
pub async fn find_locked(
    tx: &WriteTx,
    scope: &Scope,
    id: WebhookId,
) -> Result<Option<Webhook>, StoreError> {
    let row = every()
        .filter(webhook::Column::Id.eq(id.0))
        .filter(webhook::Column::AccountId.in_subquery(account_keys_in(scope)))
        .lock(LockType::Update)
        .one(tx.conn())
        .await?;
    row.as_ref().map(to_domain).transpose()
}

/// The endpoints of those of the accounts that are in scope, the newest first; one statement.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored value makes no sense.
pub async fn of_accounts(
    db: &impl ConnectionTrait,
    scope: &Scope,
    accounts: &[AccountId],
) -> Result<HashMap<AccountId, Vec<Webhook>>, StoreError> {
    let rows = every()
        .filter(webhook::Column::AccountId.is_in(accounts.iter().map(|one| one.0)))
        .filter(webhook::Column::AccountId.in_subquery(account_keys_in(scope)))
        .order_by_desc(webhook::Column::Id)
        .all(db)
        .await?;
    let mut found: HashMap<AccountId, Vec<Webhook>> = HashMap::new();
    for row in &rows {
        let one = to_domain(row)?;
        found.entry(one.account).or_default().push(one);
    }
    Ok(found)
}

/// The endpoints to which changes are sent now.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored value makes no sense.
pub async fn active_unscoped(db: &impl ConnectionTrait) -> Result<Vec<Webhook>, StoreError> {
    let rows = every()
        .filter(webhook::Column::State.eq(WebhookState::Active.name()))
        .order_by_asc(webhook::Column::Id)
        .all(db)
        .await?;
    rows.iter().map(to_domain).collect()
}

/// The endpoints that are sent to now and for which a message is due.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(
    clippy::disallowed_methods,
    reason = "for the program that sends, keys alone"
)]
pub async fn with_due_unscoped(
    db: &impl ConnectionTrait,
    now: OffsetDateTime,
) -> Result<Vec<WebhookId>, StoreError> {
    use delivery::Column as D;
    let active = every()
        .select_only()
        .column(webhook::Column::Id)
        .filter(webhook::Column::State.eq(WebhookState::Active.name()));
    let ids: Vec<Uuid> = delivery::Entity::find()
        .select_only()
        .column(D::WebhookId)
        .distinct()
        .filter(D::State.eq(DeliveryState::Pending.name()))
        .filter(D::NextAt.lte(Instant::from(now)))
        .filter(D::WebhookId.in_subquery(active.into_query()))
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(WebhookId).collect())
}

/// The secrets of an endpoint, for the program that sends.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn secrets_unscoped(
    db: &impl ConnectionTrait,
    id: WebhookId,
) -> Result<Option<KeptSecrets>, StoreError> {
    let row = every().filter(webhook::Column::Id.eq(id.0)).one(db).await?;
    Ok(row.map(|row| KeptSecrets {
        secret: row.secret,
        old: row
            .old_secret
            .zip(row.old_secret_until.map(OffsetDateTime::from)),
    }))
}

/// Takes an endpoint for one server until then, unless another has it.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn lease(tx: &WriteTx, id: WebhookId, until: OffsetDateTime) -> Result<bool, StoreError> {
    use webhook::Column as C;
    let is_free = Condition::any()
        .add(C::LeasedUntil.is_null())
        .add(C::LeasedUntil.lte(Instant::from(tx.now())));
    let done = webhook::Entity::update_many()
        .col_expr(C::LeasedUntil, Expr::value(Some(Instant::from(until))))
        .filter(C::Id.eq(id.0))
        .filter(C::State.eq(WebhookState::Active.name()))
        .filter(is_free)
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Gives an endpoint back, or keeps it for longer.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn hold(
    tx: &WriteTx,
    id: WebhookId,
    until: Option<OffsetDateTime>,
) -> Result<(), StoreError> {
    use webhook::Column as C;
    webhook::Entity::update_many()
        .col_expr(C::LeasedUntil, Expr::value(until.map(Instant::from)))
        .filter(C::Id.eq(id.0))
        .exec(tx.conn())
        .await?;
    Ok(())
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

/// Stores whether an endpoint answers, and whether it is tried any longer.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn save_health(
    tx: &WriteTx,
    id: WebhookId,
    failing_since: Option<OffsetDateTime>,
    is_over: bool,
) -> Result<(), StoreError> {
    use webhook::Column as C;
    let mut update = webhook::Entity::update_many().col_expr(
        C::FailingSince,
        Expr::value(failing_since.map(Instant::from)),
    );
    if is_over {
        update = update
            .col_expr(C::State, Expr::value(WebhookState::Disabled.name()))
            .col_expr(C::Version, Expr::col(C::Version).add(1));
    }
    update.filter(C::Id.eq(id.0)).exec(tx.conn()).await?;
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

/// The place of a message in that list.
pub fn key_of(one: &Delivery) -> Vec<KeyValue> {
    vec![KeyValue::Key(one.id.0)]
}

fn to_domain(row: &webhook::Model) -> Result<Webhook, StoreError> {
    let wrong = |column: &'static str, value: &dyn std::fmt::Display| {
        corrupt("webhook", column, row.id, value)
    };
    let kinds: Vec<String> =
        serde_json::from_value(row.kinds.clone()).map_err(|error| wrong("kinds", &error))?;
    let kinds: Option<BTreeSet<ChangedType>> =
        kinds.iter().map(|name| ChangedType::parse(name)).collect();
    Ok(Webhook {
        id: WebhookId(row.id),
        account: AccountId(row.account_id),
        name: row.name.clone(),
        url: row.url.clone(),
        kinds: kinds.ok_or_else(|| wrong("kinds", &row.kinds))?,
        document: row.document.clone(),
        state: WebhookState::parse(&row.state).ok_or_else(|| wrong("state", &row.state))?,
        position: row.position,
        failing_since: row.failing_since.map(OffsetDateTime::from),
        by: Person {
            account: AccountId(row.author_id),
            acting_for: row.author_for_id.map(AccountId),
        },
        created_at: row.created_at.into(),
        version: row.version,
    })
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
