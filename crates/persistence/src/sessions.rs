//! Sessions, their refresh tokens, and failed sign-ins.

use duban_domain::{
    access::Coverage,
    ids::{AccountId, SessionId},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    entity::{refresh_token, session, sign_in_failure},
    error::StoreError,
    instant::Instant,
    scope::accounts_covered,
    store::WriteTx,
};

/// A sign-in that is or was in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Key.
    pub id: SessionId,
    /// Whose.
    pub account: AccountId,
    /// The client's own name, cut.
    pub client: String,
    /// Where it came from.
    pub address: String,
    /// When the password was typed.
    pub authenticated_at: OffsetDateTime,
    /// Last refresh.
    pub last_used_at: OffsetDateTime,
    /// The end, whatever is done.
    pub expires_at: OffsetDateTime,
    /// When it was ended.
    pub revoked_at: Option<OffsetDateTime>,
}

/// A refresh token by the hash of its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefreshToken {
    /// SHA-256 of the secret.
    pub hash: Vec<u8>,
    /// The session it continues.
    pub session: SessionId,
    /// When it was given out.
    pub issued_at: OffsetDateTime,
    /// When it was used.
    pub spent_at: Option<OffsetDateTime>,
}

/// Failed sign-ins of one account name or address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failures {
    /// How many without a success.
    pub count: i32,
    /// The last one.
    pub last_at: OffsetDateTime,
    /// No attempt is taken before this.
    pub blocked_until: OffsetDateTime,
}

/// The session of that key.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "the bearer of its token asks")]
pub async fn find_unscoped(
    db: &impl ConnectionTrait,
    id: SessionId,
) -> Result<Option<Session>, StoreError> {
    let row = session::Entity::find()
        .filter(session::Column::Id.eq(id.0))
        .one(db)
        .await?;
    Ok(row.map(to_domain))
}

/// The sessions of these keys; one statement.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "the bearers of their tokens ask")]
pub async fn find_many_unscoped(
    db: &impl ConnectionTrait,
    ids: &[SessionId],
) -> Result<Vec<Session>, StoreError> {
    let rows = session::Entity::find()
        .filter(session::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(to_domain).collect())
}

/// The session of that key, if it is the caller's own or of an account that the caller manages: with one
/// statement, so that another's costs what an absent one does.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
pub async fn find_managed(
    db: &impl ConnectionTrait,
    id: SessionId,
    (own, managed): (AccountId, &Coverage),
) -> Result<Option<Session>, StoreError> {
    let theirs = accounts_covered(&[own], managed);
    let row = session::Entity::find()
        .filter(session::Column::Id.eq(id.0))
        .filter(session::Column::AccountId.in_subquery(theirs))
        .one(db)
        .await?;
    Ok(row.map(to_domain))
}

/// The sessions of an account that are not over, the last used first.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(
    clippy::disallowed_methods,
    reason = "a person's own, or decided by the caller"
)]
pub async fn open_of_account_unscoped(
    db: &impl ConnectionTrait,
    account: AccountId,
    (now, used_since): (OffsetDateTime, OffsetDateTime),
) -> Result<Vec<Session>, StoreError> {
    let rows = session::Entity::find()
        .filter(session::Column::AccountId.eq(account.0))
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(Instant::from(now)))
        .filter(session::Column::LastUsedAt.gt(Instant::from(used_since)))
        .order_by_desc(session::Column::LastUsedAt)
        .order_by_desc(session::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(to_domain).collect())
}

/// The refresh token with that hash, locked against a second use on PostgreSQL.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "the bearer of its secret asks")]
pub async fn find_token_locked(
    tx: &WriteTx,
    hash: &[u8],
) -> Result<Option<RefreshToken>, StoreError> {
    let row = refresh_token::Entity::find()
        .filter(refresh_token::Column::Hash.eq(hash.to_vec()))
        .lock_exclusive()
        .one(tx.conn())
        .await?;
    Ok(row.map(|row| RefreshToken {
        hash: row.hash,
        session: SessionId(row.session_id),
        issued_at: row.issued_at.into(),
        spent_at: row.spent_at.map(OffsetDateTime::from),
    }))
}

/// Begins a session.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn insert(tx: &WriteTx, new: &Session) -> Result<(), StoreError> {
    session::Entity::insert(session::ActiveModel {
        id: Set(new.id.0),
        account_id: Set(new.account.0),
        client: Set(new.client.clone()),
        address: Set(new.address.clone()),
        authenticated_at: Set(new.authenticated_at.into()),
        last_used_at: Set(new.last_used_at.into()),
        expires_at: Set(new.expires_at.into()),
        revoked_at: Set(None),
        revoked_why: Set(None),
    })
    .exec_without_returning(tx.conn())
    .await?;
    Ok(())
}

/// Gives a refresh token out.
///
/// # Errors
///
/// [`StoreError::Taken`] when that token is there already.
pub async fn insert_token(
    tx: &WriteTx,
    session: SessionId,
    hash: Vec<u8>,
) -> Result<(), StoreError> {
    refresh_token::Entity::insert(refresh_token::ActiveModel {
        hash: Set(hash),
        session_id: Set(session.0),
        issued_at: Set(tx.now().into()),
        spent_at: Set(None),
    })
    .exec_without_returning(tx.conn())
    .await?;
    Ok(())
}

/// Marks a refresh token as used and the session as alive.
///
/// # Errors
///
/// [`StoreError::Stale`] when another call used it first.
pub async fn spend_token(tx: &WriteTx, token: &RefreshToken) -> Result<(), StoreError> {
    let now = Instant::from(tx.now());
    let done = refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::SpentAt, Expr::value(now))
        .filter(refresh_token::Column::Hash.eq(token.hash.clone()))
        .filter(refresh_token::Column::SpentAt.is_null())
        .exec(tx.conn())
        .await?;
    if done.rows_affected != 1 {
        return Err(StoreError::Stale);
    }
    session::Entity::update_many()
        .col_expr(session::Column::LastUsedAt, Expr::value(now))
        .filter(session::Column::Id.eq(token.session.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Ends a session; one that is ended already stays as it was.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn revoke(tx: &WriteTx, id: SessionId, why: &'static str) -> Result<bool, StoreError> {
    let done = session::Entity::update_many()
        .col_expr(
            session::Column::RevokedAt,
            Expr::value(Instant::from(tx.now())),
        )
        .col_expr(session::Column::RevokedWhy, Expr::value(why))
        .filter(session::Column::Id.eq(id.0))
        .filter(session::Column::RevokedAt.is_null())
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Ends the oldest sessions of an account beyond the newest `keep`, and returns how many ended.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "a person's own sessions")]
pub async fn revoke_oldest(
    tx: &WriteTx,
    account: AccountId,
    keep: u64,
) -> Result<usize, StoreError> {
    let rows: Vec<Uuid> = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(session::Column::AccountId.eq(account.0))
        .filter(session::Column::RevokedAt.is_null())
        .order_by_desc(session::Column::AuthenticatedAt)
        .order_by_desc(session::Column::Id)
        .offset(keep)
        .limit(1_000)
        .into_tuple()
        .all(tx.conn())
        .await?;
    for id in &rows {
        revoke(tx, SessionId(*id), "TOO_MANY").await?;
    }
    Ok(rows.len())
}

/// Ends every session of an account.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn revoke_all(
    tx: &WriteTx,
    account: AccountId,
    why: &'static str,
) -> Result<(), StoreError> {
    revoke_others(tx, account, None, why).await.map(|_| ())
}

/// Ends every session of an account but one, and returns how many ended.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn revoke_others(
    tx: &WriteTx,
    account: AccountId,
    keep: Option<SessionId>,
    why: &'static str,
) -> Result<u64, StoreError> {
    let kept = keep.map_or_else(Uuid::nil, |one| one.0);
    let done = session::Entity::update_many()
        .col_expr(
            session::Column::RevokedAt,
            Expr::value(Instant::from(tx.now())),
        )
        .col_expr(session::Column::RevokedWhy, Expr::value(why))
        .filter(session::Column::AccountId.eq(account.0))
        .filter(session::Column::Id.ne(kept))
        .filter(session::Column::RevokedAt.is_null())
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected)
}

/// Removes the sessions of an account, with their refresh tokens, that were over before an instant.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn delete_over(
    tx: &WriteTx,
    account: AccountId,
    before: OffsetDateTime,
) -> Result<(), StoreError> {
    session::Entity::delete_many()
        .filter(session::Column::AccountId.eq(account.0))
        .filter(session::Column::ExpiresAt.lt(Instant::from(before)))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// What failed before under that subject.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "read before anybody is known")]
pub async fn failures(
    db: &impl ConnectionTrait,
    subject: &str,
) -> Result<Option<Failures>, StoreError> {
    let row = sign_in_failure::Entity::find()
        .filter(sign_in_failure::Column::Subject.eq(subject))
        .one(db)
        .await?;
    Ok(row.as_ref().map(to_failures))
}

/// Counts one more failure, and returns the count with the wait that was set before.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn count_failure(tx: &WriteTx, subject: &str) -> Result<Failures, StoreError> {
    let now = Instant::from(tx.now());
    let row = sign_in_failure::Entity::insert(sign_in_failure::ActiveModel {
        subject: Set(subject.to_owned()),
        failures: Set(1),
        last_at: Set(now),
        blocked_until: Set(now),
    })
    .on_conflict(
        OnConflict::column(sign_in_failure::Column::Subject)
            .value(
                sign_in_failure::Column::Failures,
                Expr::cust("\"sign_in_failure\".\"failures\" + 1"),
            )
            .value(sign_in_failure::Column::LastAt, Expr::value(now))
            .to_owned(),
    )
    .exec_with_returning(tx.conn())
    .await?;
    Ok(to_failures(&row))
}

/// Forgets the failures of subjects whose last one was before an instant.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn forget_failures(tx: &WriteTx, before: OffsetDateTime) -> Result<(), StoreError> {
    sign_in_failure::Entity::delete_many()
        .filter(sign_in_failure::Column::LastAt.lt(Instant::from(before)))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Refuses attempts under that subject until an instant.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn block(tx: &WriteTx, subject: &str, until: OffsetDateTime) -> Result<(), StoreError> {
    sign_in_failure::Entity::update_many()
        .col_expr(
            sign_in_failure::Column::BlockedUntil,
            Expr::value(Instant::from(until)),
        )
        .filter(sign_in_failure::Column::Subject.eq(subject))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Forgets the failures of these subjects.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn clear_failures(tx: &WriteTx, subjects: &[&str]) -> Result<(), StoreError> {
    for subject in subjects {
        sign_in_failure::Entity::delete_many()
            .filter(sign_in_failure::Column::Subject.eq(*subject))
            .exec(tx.conn())
            .await?;
    }
    Ok(())
}

fn to_failures(row: &sign_in_failure::Model) -> Failures {
    Failures {
        count: row.failures,
        last_at: row.last_at.into(),
        blocked_until: row.blocked_until.into(),
    }
}

fn to_domain(row: session::Model) -> Session {
    Session {
        id: SessionId(row.id),
        account: AccountId(row.account_id),
        client: row.client,
        address: row.address,
        authenticated_at: row.authenticated_at.into(),
        last_used_at: row.last_used_at.into(),
        expires_at: row.expires_at.into(),
        revoked_at: row.revoked_at.map(OffsetDateTime::from),
    }
}
