//! Endpoints to which changes are sent, their place in the sequence, and the messages to each.

mod deliveries;

use std::collections::{BTreeSet, HashMap};

use duban_domain::{
    access::{Person, Scope},
    change::ChangedType,
    ids::{AccountId, WebhookId},
    webhook::{DeliveryState, Webhook, WebhookState},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
    sea_query::{Expr, LockType},
};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

pub use deliveries::{
    Again, add_delivery, again, due, forget, key_of, list_deliveries, newest, queue, save_delivery,
    waiting,
};

use crate::{
    entity::{webhook, webhook_delivery as delivery},
    error::{StoreError, corrupt},
    instant::Instant,
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

fn one_in(scope: &Scope, id: WebhookId) -> Select<webhook::Entity> {
    every()
        .filter(webhook::Column::Id.eq(id.0))
        .filter(webhook::Column::AccountId.in_subquery(account_keys_in(scope)))
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

/// The endpoint of that key, if its account is in scope.
///
/// # Errors
///
/// As [`find_unscoped`].
pub async fn find(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: WebhookId,
) -> Result<Option<Webhook>, StoreError> {
    let row = one_in(scope, id).one(db).await?;
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
    let locked = one_in(scope, id).lock(LockType::Update);
    let row = locked.one(tx.conn()).await?;
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
