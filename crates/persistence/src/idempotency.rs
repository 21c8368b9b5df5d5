//! Outcomes of keyed requests, stored in the transaction of their effect.

use duban_domain::ids::AccountId;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, TryInsertResult,
    sea_query::Expr,
};
use serde_json::Value;
use time::OffsetDateTime;

use crate::{
    entity::idempotency_record as record, error::StoreError, instant::Instant, store::WriteTx,
};

/// What a keyed request did before.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// SHA-256 over the request.
    pub request_hash: Vec<u8>,
    /// What the use case returned.
    pub value: Value,
}

/// What that key did before for that account.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "a person's own keys")]
pub async fn find(
    db: &impl ConnectionTrait,
    account: AccountId,
    key: &str,
) -> Result<Option<Outcome>, StoreError> {
    let row = record::Entity::find()
        .filter(record::Column::AccountId.eq(account.0))
        .filter(record::Column::Key.eq(key))
        .one(db)
        .await?;
    Ok(row.map(|row| Outcome {
        request_hash: row.request_hash,
        value: row.outcome,
    }))
}

/// Takes a key for a request, or returns what the request did that has it.
///
/// While another call with that key is under way, this waits for its end. Keys of calls before
/// `forgotten` are free again.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn claim(
    tx: &WriteTx,
    account: AccountId,
    (key, request_hash): (&str, &[u8]),
    forgotten: OffsetDateTime,
) -> Result<Option<Outcome>, StoreError> {
    record::Entity::delete_many()
        .filter(record::Column::CreatedAt.lt(Instant::from(forgotten)))
        .exec(tx.conn())
        .await?;
    let new = record::ActiveModel {
        account_id: Set(account.0),
        key: Set(key.to_owned()),
        request_hash: Set(request_hash.to_vec()),
        outcome: Set(Value::Null),
        created_at: Set(tx.now().into()),
    };
    let taken = [record::Column::AccountId, record::Column::Key];
    let done = record::Entity::insert(new)
        .on_conflict_do_nothing_on(taken)
        .exec_without_returning(tx.conn())
        .await?;
    match done {
        TryInsertResult::Inserted(1) => Ok(None),
        _ => find(tx.conn(), account, key).await,
    }
}

/// Keeps what a request did under the key that it took.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn save(
    tx: &WriteTx,
    account: AccountId,
    key: &str,
    value: Value,
) -> Result<(), StoreError> {
    record::Entity::update_many()
        .col_expr(record::Column::Outcome, Expr::value(value))
        .filter(record::Column::AccountId.eq(account.0))
        .filter(record::Column::Key.eq(key))
        .exec(tx.conn())
        .await?;
    Ok(())
}
