//! Which account a person of the organisation's own sign-in has: found by its claim once, kept from then on.

use duban_domain::ids::AccountId;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Select,
    sea_query::Expr,
};

use crate::{
    entity::{
        account,
        oidc_link::{self, Column},
    },
    error::StoreError,
    store::WriteTx,
};

/// The account that a person of an issuer has, where one was linked.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn account_of_unscoped(
    db: &impl ConnectionTrait,
    issuer: &str,
    subject: &str,
) -> Result<Option<AccountId>, StoreError> {
    let row = of(issuer)
        .filter(Column::Subject.eq(subject))
        .one(db)
        .await?;
    Ok(row.map(|row| AccountId(row.account_id)))
}

/// Whether an account is somebody's at an issuer.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn is_taken_unscoped(
    db: &impl ConnectionTrait,
    issuer: &str,
    account: AccountId,
) -> Result<bool, StoreError> {
    let row = of(issuer)
        .filter(Column::AccountId.eq(account.0))
        .one(db)
        .await?;
    Ok(row.is_some())
}

#[expect(
    clippy::disallowed_methods,
    reason = "somebody is signing in, or the operator asks"
)]
fn of(issuer: &str) -> Select<oidc_link::Entity> {
    oidc_link::Entity::find().filter(Column::Issuer.eq(issuer))
}

/// Keeps that an account is that person's.
///
/// # Errors
///
/// [`StoreError::Taken`] when the person has another account, or the account is another person's.
pub async fn insert(
    tx: &WriteTx,
    (issuer, subject): (&str, &str),
    account: AccountId,
) -> Result<(), StoreError> {
    oidc_link::Entity::insert(oidc_link::ActiveModel {
        issuer: Set(issuer.to_owned()),
        subject: Set(subject.to_owned()),
        account_id: Set(account.0),
        created_at: Set(tx.now().into()),
    })
    .exec_without_returning(tx.conn())
    .await?;
    mark(tx, account, true).await
}

/// Forgets whose an account is, at every issuer; whether it was anybody's.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn remove(tx: &WriteTx, account: AccountId) -> Result<bool, StoreError> {
    let gone = oidc_link::Entity::delete_many()
        .filter(Column::AccountId.eq(account.0))
        .exec(tx.conn())
        .await?;
    mark(tx, account, false).await?;
    Ok(gone.rows_affected > 0)
}

async fn mark(tx: &WriteTx, account: AccountId, is_linked: bool) -> Result<(), StoreError> {
    account::Entity::update_many()
        .col_expr(account::Column::IsLinked, Expr::value(is_linked))
        .filter(account::Column::Id.eq(account.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}
