//! Sign-ins whose first step was right and that wait for their second.

use duban_domain::ids::AccountId;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select,
};
use time::OffsetDateTime;

use crate::{
    entity::sign_in_challenge::{self as challenge, Column},
    error::{StoreError, corrupt},
    instant::Instant,
    store::WriteTx,
};

/// What the second step of a sign-in is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Needs {
    /// A code of the second factor.
    Code,
    /// To set a second factor up.
    Enrolment,
}

impl Needs {
    const fn name(self) -> &'static str {
        match self {
            Self::Code => "CODE",
            Self::Enrolment => "ENROLMENT",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::Code, Self::Enrolment]
            .into_iter()
            .find(|one| one.name() == name)
    }
}

/// How a sign-in began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// By account name and password.
    Password,
    /// At the organisation's own provider (OpenID Connect).
    Provider,
}

impl Way {
    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Password => "PASSWORD",
            Self::Provider => "OIDC",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::Password, Self::Provider]
            .into_iter()
            .find(|one| one.name() == name)
    }
}

/// A sign-in that waits.
#[derive(Clone, PartialEq, Eq)]
pub struct Challenge {
    /// SHA-256 of its secret.
    pub hash: Vec<u8>,
    /// Whose.
    pub account: AccountId,
    /// The epoch of the account when the first step was right.
    pub epoch: i32,
    /// What is missing.
    pub needs: Needs,
    /// How it began.
    pub way: Way,
    /// When it ends.
    pub expires_at: OffsetDateTime,
}

/// The waiting sign-in with that hash, if it is in its time.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn find_open(
    db: &impl ConnectionTrait,
    hash: &[u8],
    now: OffsetDateTime,
) -> Result<Option<Challenge>, StoreError> {
    to_domain(open(hash, now).one(db).await?)
}

/// As [`find_open`], locked against a second use at the same time.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn find_open_locked(tx: &WriteTx, hash: &[u8]) -> Result<Option<Challenge>, StoreError> {
    let row = open(hash, tx.now()).lock_exclusive().one(tx.conn()).await?;
    to_domain(row)
}

#[expect(clippy::disallowed_methods, reason = "the bearer of its secret asks")]
fn open(hash: &[u8], now: OffsetDateTime) -> Select<challenge::Entity> {
    challenge::Entity::find()
        .filter(Column::Hash.eq(hash.to_vec()))
        .filter(Column::ExpiresAt.gt(Instant::from(now)))
}

fn to_domain(row: Option<challenge::Model>) -> Result<Option<Challenge>, StoreError> {
    let Some(row) = row else {
        return Ok(None);
    };
    Ok(Some(Challenge {
        needs: Needs::parse(&row.needs)
            .ok_or_else(|| corrupt("sign_in_challenge", "needs", row.account_id, &row.needs))?,
        way: Way::parse(&row.way)
            .ok_or_else(|| corrupt("sign_in_challenge", "way", row.account_id, &row.way))?,
        hash: row.hash,
        account: AccountId(row.account_id),
        epoch: row.epoch,
        expires_at: row.expires_at.into(),
    }))
}

/// Adds a waiting sign-in, and forgets those whose time is over.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn insert(tx: &WriteTx, new: &Challenge) -> Result<(), StoreError> {
    challenge::Entity::delete_many()
        .filter(Column::ExpiresAt.lte(Instant::from(tx.now())))
        .exec(tx.conn())
        .await?;
    challenge::Entity::insert(challenge::ActiveModel {
        hash: Set(new.hash.clone()),
        account_id: Set(new.account.0),
        epoch: Set(new.epoch),
        needs: Set(new.needs.name().to_owned()),
        way: Set(new.way.name().to_owned()),
        expires_at: Set(new.expires_at.into()),
    })
    .exec_without_returning(tx.conn())
    .await?;
    Ok(())
}

/// Forgets every waiting sign-in of an account.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn close_all(tx: &WriteTx, account: AccountId) -> Result<(), StoreError> {
    challenge::Entity::delete_many()
        .filter(Column::AccountId.eq(account.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}
