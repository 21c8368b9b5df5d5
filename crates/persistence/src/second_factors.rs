//! Second factors with their recovery codes.

use duban_domain::ids::AccountId;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Select,
    sea_query::{Expr, OnConflict},
};
use time::OffsetDateTime;

use crate::{
    entity::{recovery_code, second_factor},
    error::StoreError,
    instant::Instant,
    store::WriteTx,
};

/// A second factor; its secret is sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// Whose.
    pub account: AccountId,
    /// The secret, sealed.
    pub sealed: Vec<u8>,
    /// The key that it is sealed with, by its id.
    pub sealed_with: String,
    /// When it was begun.
    pub made_at: OffsetDateTime,
    /// When its owner showed that it works; none for one that is not in force.
    pub confirmed_at: Option<OffsetDateTime>,
}

/// The second factor of an account, in force or only begun.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "for sign-in and its owner")]
pub async fn find_unscoped(
    db: &impl ConnectionTrait,
    account: AccountId,
) -> Result<Option<SecondFactor>, StoreError> {
    let row = second_factor::Entity::find()
        .filter(second_factor::Column::AccountId.eq(account.0))
        .one(db)
        .await?;
    Ok(row.map(|row| SecondFactor {
        account,
        sealed: row.secret,
        sealed_with: row.sealed_with.unwrap_or_default(),
        made_at: row.made_at.into(),
        confirmed_at: row.confirmed_at.map(Into::into),
    }))
}

/// Keeps a factor that was begun, in place of one before it.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn begin(tx: &WriteTx, new: &SecondFactor) -> Result<(), StoreError> {
    use second_factor::Column as C;
    second_factor::Entity::insert(second_factor::ActiveModel {
        account_id: Set(new.account.0),
        secret: Set(new.sealed.clone()),
        sealed_with: Set(Some(new.sealed_with.clone())),
        made_at: Set(new.made_at.into()),
        confirmed_at: Set(None),
        last_step: Set(None),
    })
    .on_conflict(
        OnConflict::column(C::AccountId)
            .update_columns([
                C::Secret,
                C::SealedWith,
                C::MadeAt,
                C::ConfirmedAt,
                C::LastStep,
            ])
            .to_owned(),
    )
    .exec_without_returning(tx.conn())
    .await?;
    Ok(())
}

/// Puts the factor of an account in force.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn confirm(tx: &WriteTx, account: AccountId) -> Result<(), StoreError> {
    second_factor::Entity::update_many()
        .col_expr(
            second_factor::Column::ConfirmedAt,
            Expr::value(Instant::from(tx.now())),
        )
        .filter(second_factor::Column::AccountId.eq(account.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Spends the code of a step of time; false when that one or a later one was spent before.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn spend_step(tx: &WriteTx, account: AccountId, step: i64) -> Result<bool, StoreError> {
    use second_factor::Column as C;
    let done = second_factor::Entity::update_many()
        .col_expr(C::LastStep, Expr::value(step))
        .filter(C::AccountId.eq(account.0))
        .filter(
            Condition::any()
                .add(C::LastStep.is_null())
                .add(C::LastStep.lt(step)),
        )
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Takes a factor away, with its recovery codes; false when there was none in force.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn delete(tx: &WriteTx, account: AccountId) -> Result<bool, StoreError> {
    let known = find_unscoped(tx.conn(), account).await?;
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::AccountId.eq(account.0))
        .exec(tx.conn())
        .await?;
    second_factor::Entity::delete_many()
        .filter(second_factor::Column::AccountId.eq(account.0))
        .exec(tx.conn())
        .await?;
    Ok(known.is_some_and(|one| one.confirmed_at.is_some()))
}

/// Keeps new recovery codes by their hashes; those before are good for nothing any more.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn replace_codes(
    tx: &WriteTx,
    account: AccountId,
    hashes: Vec<Vec<u8>>,
) -> Result<(), StoreError> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::AccountId.eq(account.0))
        .exec(tx.conn())
        .await?;
    let rows = hashes.into_iter().map(|hash| recovery_code::ActiveModel {
        account_id: Set(account.0),
        hash: Set(hash),
        used_at: Set(None),
    });
    recovery_code::Entity::insert_many(rows)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// Spends a recovery code; false when it is unknown or was spent before.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn spend_code(
    tx: &WriteTx,
    account: AccountId,
    hash: Vec<u8>,
) -> Result<bool, StoreError> {
    use recovery_code::Column as C;
    let done = recovery_code::Entity::update_many()
        .col_expr(C::UsedAt, Expr::value(Instant::from(tx.now())))
        .filter(C::AccountId.eq(account.0))
        .filter(C::Hash.eq(hash))
        .filter(C::UsedAt.is_null())
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected == 1)
}

/// How many recovery codes of an account are unused.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn codes_left_unscoped(
    db: &impl ConnectionTrait,
    account: AccountId,
) -> Result<u64, StoreError> {
    Ok(codes_of(account).count(db).await?)
}

#[expect(clippy::disallowed_methods, reason = "for its owner")]
fn codes_of(account: AccountId) -> Select<recovery_code::Entity> {
    recovery_code::Entity::find()
        .filter(recovery_code::Column::AccountId.eq(account.0))
        .filter(recovery_code::Column::UsedAt.is_null())
}
