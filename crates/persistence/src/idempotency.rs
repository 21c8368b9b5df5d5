//! Outcomes of keyed requests, stored in the transaction of their effect.

use std::collections::{BTreeMap, HashMap, HashSet};

use duban_domain::ids::AccountId;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryTrait,
    sea_query::{OnConflict, Query},
};
use serde_json::Value;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    bulk::insert_alike, entity::idempotency_record as record, error::StoreError, instant::Instant,
    store::WriteTx,
};

/// What a keyed request did before.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// SHA-256 over the request.
    pub request_hash: Vec<u8>,
    /// What the use case returned.
    pub value: Value,
}

/// Whose key it is, and the key.
pub type Key = (AccountId, String);

/// What a key is taken by: SHA-256 over the request.
pub type Hashes = BTreeMap<Key, Vec<u8>>;

/// What that key did before for that account.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find(
    db: &impl ConnectionTrait,
    account: AccountId,
    key: &str,
) -> Result<Option<Outcome>, StoreError> {
    let key = (account, key.to_owned());
    Ok(find_many(db, [&key]).await?.remove(&key))
}

#[expect(clippy::disallowed_methods, reason = "a person's own keys")]
async fn find_many(
    db: &impl ConnectionTrait,
    keys: impl IntoIterator<Item = &Key>,
) -> Result<HashMap<Key, Outcome>, StoreError> {
    let is_one = keys.into_iter().map(|(account, key)| {
        let whose = record::Column::AccountId.eq(account.0);
        whose.and(record::Column::Key.eq(key.as_str()))
    });
    let is_any = is_one.fold(Condition::any(), Condition::add);
    let rows = record::Entity::find().filter(is_any).all(db).await?;
    let outcomes = rows.into_iter().map(|row| {
        let key = (AccountId(row.account_id), row.key);
        let outcome = Outcome {
            request_hash: row.request_hash,
            value: row.outcome,
        };
        (key, outcome)
    });
    Ok(outcomes.collect())
}

/// Takes keys for requests, and returns what the requests did that have one already: two statements, and one more
/// where some have.
///
/// While another call with one of the keys is under way, this waits for its end. Keys of calls before
/// `forgotten` are free again.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn claim(
    tx: &WriteTx,
    requests: &Hashes,
    forgotten: OffsetDateTime,
) -> Result<HashMap<Key, Outcome>, StoreError> {
    if requests.is_empty() {
        return Ok(HashMap::new());
    }
    record::Entity::delete_many()
        .filter(record::Column::CreatedAt.lt(Instant::from(forgotten)))
        .exec(tx.conn())
        .await?;
    let primary = [record::Column::AccountId, record::Column::Key];
    // In the order of the keys: others may take some of them at the same time.
    let rows = requests
        .iter()
        .map(|(key, hash)| row(tx, key, hash, Value::Null));
    let mut insert = record::Entity::insert_many(rows)
        .on_conflict(OnConflict::columns(primary).do_nothing().to_owned())
        .into_query();
    insert.returning(Query::returning().columns(primary));
    let mut taken = HashSet::with_capacity(requests.len());
    for row in tx.conn().query_all(&insert).await? {
        let (account, key): (Uuid, String) = (row.try_get_by(0)?, row.try_get_by(1)?);
        taken.insert((AccountId(account), key));
    }
    let mut others = requests.keys().filter(|key| !taken.contains(*key));
    match others.next() {
        Some(first) => find_many(tx.conn(), [first].into_iter().chain(others)).await,
        None => Ok(HashMap::new()),
    }
}

/// Keeps what requests did under the keys that they took, in one statement.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn save(tx: &WriteTx, done: Vec<(Key, Outcome)>) -> Result<(), StoreError> {
    let rows = done
        .into_iter()
        .map(|(key, done)| row(tx, &key, &done.request_hash, done.value));
    let conflict = || {
        let primary = [record::Column::AccountId, record::Column::Key];
        let mut conflict = OnConflict::columns(primary);
        conflict.update_column(record::Column::Outcome);
        conflict
    };
    insert_alike(tx.conn(), rows.collect(), conflict).await
}

fn row(tx: &WriteTx, (account, key): &Key, hash: &[u8], outcome: Value) -> record::ActiveModel {
    record::ActiveModel {
        account_id: Set(account.0),
        key: Set(key.clone()),
        request_hash: Set(hash.to_vec()),
        outcome: Set(outcome),
        created_at: Set(tx.now().into()),
    }
}
