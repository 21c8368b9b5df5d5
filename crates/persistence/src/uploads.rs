//! Uploaded files waiting to be used by their owner.

use duban_domain::ids::{AccountId, UploadId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
};
use time::OffsetDateTime;

use crate::{entity::upload, error::StoreError, instant::Instant, store::WriteTx};

/// A file as uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Key.
    pub id: UploadId,
    /// Who uploaded it; nobody else can use it.
    pub account: AccountId,
    /// Its name, a label only.
    pub name: String,
    /// SHA-256 in lower-case hex.
    pub sha256: String,
    /// The bytes.
    pub content: Vec<u8>,
}

/// The upload of that key, if it is that account's own and not older than `since`.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "a person's own uploads")]
pub async fn find(
    db: &impl ConnectionTrait,
    account: AccountId,
    id: UploadId,
    since: OffsetDateTime,
) -> Result<Option<Upload>, StoreError> {
    let row = upload::Entity::find()
        .filter(upload::Column::Id.eq(id.0))
        .filter(upload::Column::AccountId.eq(account.0))
        .filter(upload::Column::CreatedAt.gte(Instant::from(since)))
        .one(db)
        .await?;
    Ok(row.map(|row| Upload {
        id: UploadId(row.id),
        account: AccountId(row.account_id),
        name: row.name,
        sha256: row.sha256,
        content: row.content,
    }))
}

/// The keys of an account's uploads that are not older than `since`.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "a person's own uploads")]
pub async fn keys(
    db: &impl ConnectionTrait,
    account: AccountId,
    since: OffsetDateTime,
) -> Result<Vec<UploadId>, StoreError> {
    let keys: Vec<uuid::Uuid> = upload::Entity::find()
        .select_only()
        .column(upload::Column::Id)
        .filter(upload::Column::AccountId.eq(account.0))
        .filter(upload::Column::CreatedAt.gte(Instant::from(since)))
        .into_tuple()
        .all(db)
        .await?;
    Ok(keys.into_iter().map(UploadId).collect())
}

/// What an account keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kept {
    /// Files.
    pub files: u64,
    /// Bytes of all of them.
    pub bytes: u64,
}

/// What an account keeps that is not older than `since`.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "a person's own uploads")]
pub async fn kept(
    db: &impl ConnectionTrait,
    account: AccountId,
    since: OffsetDateTime,
) -> Result<Kept, StoreError> {
    let sizes: Vec<i64> = upload::Entity::find()
        .select_only()
        .column(upload::Column::Size)
        .filter(upload::Column::AccountId.eq(account.0))
        .filter(upload::Column::CreatedAt.gte(Instant::from(since)))
        .into_tuple()
        .all(db)
        .await?;
    let bytes = sizes.iter().map(|size| u64::try_from(*size).unwrap_or(0));
    Ok(Kept {
        files: u64::try_from(sizes.len()).unwrap_or(u64::MAX),
        bytes: bytes.sum(),
    })
}

/// Keeps an upload and forgets those older than `before`.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn insert(tx: &WriteTx, new: Upload, before: OffsetDateTime) -> Result<(), StoreError> {
    upload::Entity::delete_many()
        .filter(upload::Column::CreatedAt.lt(Instant::from(before)))
        .exec(tx.conn())
        .await?;
    upload::Entity::insert(upload::ActiveModel {
        id: Set(new.id.0),
        account_id: Set(new.account.0),
        name: Set(new.name),
        sha256: Set(new.sha256),
        size: Set(i64::try_from(new.content.len()).unwrap_or(i64::MAX)),
        content: Set(new.content),
        created_at: Set(tx.now().into()),
    })
    .exec_without_returning(tx.conn())
    .await?;
    Ok(())
}
