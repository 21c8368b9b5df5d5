//! Outcomes of keyed requests, stored in the transaction of their effect.

use duban_domain::ids::AccountId;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::Value;

use crate::{entity::idempotency_record as record, error::StoreError, store::WriteTx};

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

/// Keeps the outcome of a keyed request.
///
/// # Errors
///
/// [`StoreError::Taken`] when another call with that key was faster.
pub async fn insert(
    tx: &WriteTx,
    account: AccountId,
    key: &str,
    outcome: Outcome,
) -> Result<(), StoreError> {
    record::Entity::insert(record::ActiveModel {
        account_id: Set(account.0),
        key: Set(key.to_owned()),
        request_hash: Set(outcome.request_hash),
        outcome: Set(outcome.value),
        created_at: Set(tx.now().into()),
    })
    .exec_without_returning(tx.conn())
    .await?;
    Ok(())
}
