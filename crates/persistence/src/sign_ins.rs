//! What the owner of an account is told at sign-in.

use std::collections::HashMap;

use duban_domain::{access::Scope, ids::AccountId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr,
};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    entity::sign_in_record, error::StoreError, instant::Instant, scope::account_keys_in,
    store::WriteTx,
};

/// What happened before the sign-in that is in force.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Before {
    /// The sign-in before it.
    pub at: Option<OffsetDateTime>,
    /// Where that came from.
    pub address: Option<String>,
    /// Failed attempts between the two.
    pub failures: i32,
    /// The last of them.
    pub failed_at: Option<OffsetDateTime>,
}

/// What the owner of an account is told.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "a person's own sign-ins")]
pub async fn before_unscoped(
    db: &impl ConnectionTrait,
    account: AccountId,
) -> Result<Before, StoreError> {
    let row = sign_in_record::Entity::find()
        .filter(sign_in_record::Column::AccountId.eq(account.0))
        .one(db)
        .await?;
    Ok(row.map_or_else(Before::default, |row| Before {
        at: row.told_last_at.map(Into::into),
        address: row.told_last_address,
        failures: row.told_failures,
        failed_at: row.told_failed_at.map(Into::into),
    }))
}

/// The last sign-in of each of these accounts that are in scope.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
pub async fn last_of_accounts(
    db: &impl ConnectionTrait,
    scope: &Scope,
    accounts: &[AccountId],
) -> Result<HashMap<AccountId, OffsetDateTime>, StoreError> {
    let keys: Vec<Uuid> = accounts.iter().map(|one| one.0).collect();
    let rows = sign_in_record::Entity::find()
        .filter(sign_in_record::Column::AccountId.is_in(keys))
        .filter(sign_in_record::Column::AccountId.in_subquery(account_keys_in(scope)))
        .all(db)
        .await?;
    let last = rows
        .into_iter()
        .filter_map(|row| Some((AccountId(row.account_id), row.last_at?.into())));
    Ok(last.collect())
}

/// Counts a failed attempt at an account; the nil key stands for one that does not exist, so that
/// both cost the same.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn count_failure(tx: &WriteTx, account: AccountId) -> Result<(), StoreError> {
    use sign_in_record::Column as C;
    sign_in_record::Entity::update_many()
        .col_expr(C::Failures, Expr::cust("\"failures\" + 1"))
        .col_expr(C::FailedAt, Expr::value(Instant::from(tx.now())))
        .filter(C::AccountId.eq(account.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Opens the record of a new account.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn open(tx: &WriteTx, account: AccountId) -> Result<(), StoreError> {
    sign_in_record::Entity::insert(sign_in_record::ActiveModel {
        account_id: Set(account.0),
        last_at: Set(None),
        last_address: Set(None),
        failures: Set(0),
        failed_at: Set(None),
        told_last_at: Set(None),
        told_last_address: Set(None),
        told_failures: Set(0),
        told_failed_at: Set(None),
    })
    .on_conflict_do_nothing_on([sign_in_record::Column::AccountId])
    .exec_without_returning(tx.conn())
    .await?;
    Ok(())
}

/// Writes a sign-in, and keeps what its owner is to be told of the time since the one before.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn record(tx: &WriteTx, account: AccountId, address: &str) -> Result<(), StoreError> {
    use sign_in_record::Column as C;
    open(tx, account).await?;
    sign_in_record::Entity::update_many()
        .col_expr(C::ToldLastAt, Expr::col(C::LastAt))
        .col_expr(C::ToldLastAddress, Expr::col(C::LastAddress))
        .col_expr(C::ToldFailures, Expr::col(C::Failures))
        .col_expr(C::ToldFailedAt, Expr::col(C::FailedAt))
        .filter(C::AccountId.eq(account.0))
        .exec(tx.conn())
        .await?;
    let address: String = address.chars().take(64).collect();
    sign_in_record::Entity::update_many()
        .col_expr(C::LastAt, Expr::value(Instant::from(tx.now())))
        .col_expr(C::LastAddress, Expr::value(address))
        .col_expr(C::Failures, Expr::value(0))
        .col_expr(C::FailedAt, Expr::value(Option::<Instant>::None))
        .filter(C::AccountId.eq(account.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}
