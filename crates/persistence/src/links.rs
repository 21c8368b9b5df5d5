//! One-time links: an invitation, a new password.

use duban_domain::ids::AccountId;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select,
    sea_query::Expr,
};
use time::OffsetDateTime;

use crate::{
    entity::account_link,
    error::{StoreError, corrupt},
    instant::Instant,
    mails,
    store::WriteTx,
};

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// The first password of an account.
    Invitation,
    /// Another password.
    PasswordReset,
}

impl LinkKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Invitation => "INVITATION",
            Self::PasswordReset => "PASSWORD_RESET",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::Invitation, Self::PasswordReset]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

/// A link that is still good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// SHA-256 of its secret.
    pub hash: Vec<u8>,
    /// Whose.
    pub account: AccountId,
    /// What for.
    pub kind: LinkKind,
    /// When it ends.
    pub expires_at: OffsetDateTime,
}

/// The link with that hash, if it is unused and in its time.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn find_open(
    db: &impl ConnectionTrait,
    hash: &[u8],
    now: OffsetDateTime,
) -> Result<Option<Link>, StoreError> {
    to_domain(open(hash, now).one(db).await?)
}

/// As [`find_open`], locked against a second use at the same time.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn find_open_locked(tx: &WriteTx, hash: &[u8]) -> Result<Option<Link>, StoreError> {
    let row = open(hash, tx.now()).lock_exclusive().one(tx.conn()).await?;
    to_domain(row)
}

#[expect(clippy::disallowed_methods, reason = "the bearer of its secret asks")]
fn open(hash: &[u8], now: OffsetDateTime) -> Select<account_link::Entity> {
    account_link::Entity::find()
        .filter(account_link::Column::Hash.eq(hash.to_vec()))
        .filter(account_link::Column::UsedAt.is_null())
        .filter(account_link::Column::ExpiresAt.gt(Instant::from(now)))
}

fn to_domain(row: Option<account_link::Model>) -> Result<Option<Link>, StoreError> {
    let Some(row) = row else {
        return Ok(None);
    };
    Ok(Some(Link {
        kind: LinkKind::parse(&row.kind)
            .ok_or_else(|| corrupt("account_link", "kind", row.account_id, &row.kind))?,
        hash: row.hash,
        account: AccountId(row.account_id),
        expires_at: row.expires_at.into(),
    }))
}

/// Adds a link; those that the account had before are good for nothing any more.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn replace(tx: &WriteTx, new: &Link) -> Result<(), StoreError> {
    close_all(tx, new.account).await?;
    account_link::Entity::insert(account_link::ActiveModel {
        hash: Set(new.hash.clone()),
        account_id: Set(new.account.0),
        kind: Set(new.kind.name().to_owned()),
        made_by: Set(tx.actor().account.map(|one| one.0)),
        made_at: Set(tx.now().into()),
        expires_at: Set(new.expires_at.into()),
        used_at: Set(None),
    })
    .exec_without_returning(tx.conn())
    .await?;
    Ok(())
}

/// Said of a mail whose link was used or replaced before it went.
const OVER: &str = "its link was used, or replaced by another";

/// Makes every link of an account good for nothing, and gives up the mails that carry one.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn close_all(tx: &WriteTx, account: AccountId) -> Result<(), StoreError> {
    account_link::Entity::update_many()
        .col_expr(
            account_link::Column::UsedAt,
            Expr::value(Instant::from(tx.now())),
        )
        .filter(account_link::Column::AccountId.eq(account.0))
        .filter(account_link::Column::UsedAt.is_null())
        .exec(tx.conn())
        .await?;
    mails::withdraw_secrets(tx, account, OVER).await?;
    Ok(())
}
