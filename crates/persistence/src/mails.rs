//! Mails that go out: queued, claimed by one server, sent or failed.

use duban_domain::ids::{AccountId, MailId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    Select, TryInsertResult, UpdateMany,
    sea_query::{Expr, LockBehavior, LockType},
};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    entity::outgoing_mail as mail,
    error::{StoreError, corrupt},
    instant::Instant,
    page::{self, KeyValue, Page, SortKey, Window},
    store::WriteTx,
};

/// Whether a mail is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MailState {
    /// Waits for its next try.
    Queued,
    /// A server is at it.
    Sending,
    /// Taken by the mail server.
    Sent,
    /// Given up.
    Failed,
}

impl MailState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Queued, Self::Sending, Self::Sent, Self::Failed];

    /// The stored name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "QUEUED",
            Self::Sending => "SENDING",
            Self::Sent => "SENT",
            Self::Failed => "FAILED",
        }
    }
}

/// What is secret of a mail; nobody reads it from the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Under which key it is sealed.
    pub with: String,
    /// The secret, sealed.
    pub bytes: Vec<u8>,
}

/// A mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Key.
    pub id: MailId,
    /// What tells it apart: a second one under the same key is never made.
    pub natural_key: String,
    /// To whom.
    pub account: AccountId,
    /// The address.
    pub address: String,
    /// The subject; says nothing of the organisation's business.
    pub subject: String,
    /// The text; what is secret of it is left out.
    pub body: String,
    /// What is secret of it, until the mail is gone.
    pub sealed: Option<Sealed>,
    /// Whether it is gone.
    pub state: MailState,
    /// Tries so far.
    pub attempts: i32,
    /// Not before.
    pub next_try_at: OffsetDateTime,
    /// What went wrong last.
    pub failure: Option<String>,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// When it was taken by the mail server.
    pub sent_at: Option<OffsetDateTime>,
}

/// How a try to send a mail ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attempt {
    /// Taken by the mail server.
    Sent,
    /// Not yet; another try then.
    Again {
        /// When.
        at: OffsetDateTime,
        /// What went wrong.
        failure: String,
    },
    /// Never.
    GivenUp {
        /// What went wrong.
        failure: String,
    },
}

/// Puts a mail in the queue, unless there is one under its key. Returns whether it is new.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn queue(tx: &WriteTx, new: &Mail) -> Result<bool, StoreError> {
    let done = mail::Entity::insert(mail::ActiveModel {
        id: Set(new.id.0),
        natural_key: Set(new.natural_key.clone()),
        account_id: Set(new.account.0),
        address: Set(new.address.clone()),
        subject: Set(new.subject.clone()),
        body: Set(new.body.clone()),
        state: Set(new.state.name().to_owned()),
        attempts: Set(new.attempts),
        next_try_at: Set(new.next_try_at.into()),
        failure: Set(None),
        created_at: Set(new.created_at.into()),
        sent_at: Set(None),
        secret: Set(new.sealed.as_ref().map(|one| one.bytes.clone())),
        sealed_with: Set(new.sealed.as_ref().map(|one| one.with.clone())),
    })
    .on_conflict_do_nothing_on([mail::Column::NaturalKey])
    .exec_without_returning(tx.conn())
    .await?;
    Ok(matches!(done, TryInsertResult::Inserted(1)))
}

/// Which of these keys have a mail.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn known_keys_unscoped(
    db: &impl ConnectionTrait,
    keys: &[String],
) -> Result<Vec<String>, StoreError> {
    Ok(all()
        .select_only()
        .column(mail::Column::NaturalKey)
        .filter(mail::Column::NaturalKey.is_in(keys.iter().cloned()))
        .into_tuple()
        .all(db)
        .await?)
}

/// Takes mails whose time has come, so that no other server sends them; the caller commits and
/// has until `lease` to say how it went.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn claim(
    tx: &WriteTx,
    limit: u64,
    lease: OffsetDateTime,
) -> Result<Vec<Mail>, StoreError> {
    let rows = all()
        .filter(mail::Column::State.eq(MailState::Queued.name()))
        .filter(mail::Column::NextTryAt.lte(Instant::from(tx.now())))
        .order_by_asc(mail::Column::NextTryAt)
        .order_by_asc(mail::Column::Id)
        .limit(limit)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(tx.conn())
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    mail::Entity::update_many()
        .col_expr(mail::Column::State, Expr::value(MailState::Sending.name()))
        .col_expr(
            mail::Column::Attempts,
            Expr::col(mail::Column::Attempts).add(1),
        )
        .col_expr(mail::Column::NextTryAt, Expr::value(Instant::from(lease)))
        .filter(mail::Column::Id.is_in(keys))
        .exec(tx.conn())
        .await?;
    let claimed = |row: mail::Model| {
        let mut one = to_domain(row)?;
        one.attempts += 1;
        one.state = MailState::Sending;
        Ok(one)
    };
    rows.into_iter().map(claimed).collect()
}

/// Keeps how a try ended.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn save_attempt(tx: &WriteTx, id: MailId, attempt: &Attempt) -> Result<(), StoreError> {
    let now = Instant::from(tx.now());
    let (state, next, failure, sent) = match attempt {
        Attempt::Sent => (MailState::Sent, now, None, Some(now)),
        Attempt::Again { at, failure } => {
            (MailState::Queued, (*at).into(), Some(failure.clone()), None)
        }
        Attempt::GivenUp { failure } => (MailState::Failed, now, Some(failure.clone()), None),
    };
    let change = mail::Entity::update_many()
        .col_expr(mail::Column::State, Expr::value(state.name()))
        .col_expr(mail::Column::NextTryAt, Expr::value(next))
        .col_expr(mail::Column::Failure, Expr::value(failure))
        .col_expr(mail::Column::SentAt, Expr::value(sent));
    let change = match attempt {
        Attempt::Again { .. } => change,
        Attempt::Sent | Attempt::GivenUp { .. } => forget_secret(change),
    };
    change
        .filter(mail::Column::Id.eq(id.0))
        .filter(mail::Column::State.eq(MailState::Sending.name()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Gives up mails whose server died over them: they may be gone already, and none goes twice.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn give_up_interrupted(tx: &WriteTx, failure: &str) -> Result<u64, StoreError> {
    let done = given_up(failure)
        .filter(mail::Column::State.eq(MailState::Sending.name()))
        .filter(mail::Column::NextTryAt.lt(Instant::from(tx.now())))
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected)
}

/// Gives up what waits for an account with a secret in it: the link is good for nothing any more.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn withdraw_secrets(
    tx: &WriteTx,
    account: AccountId,
    failure: &str,
) -> Result<u64, StoreError> {
    let done = given_up(failure)
        .filter(mail::Column::AccountId.eq(account.0))
        .filter(mail::Column::Secret.is_not_null())
        .filter(mail::Column::State.eq(MailState::Queued.name()))
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected)
}

/// Whether a mail with a secret in it has waited since before an instant.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn has_secrets_before_unscoped(
    db: &impl ConnectionTrait,
    instant: OffsetDateTime,
) -> Result<bool, StoreError> {
    let found = all()
        .select_only()
        .column(mail::Column::Id)
        .filter(waits_with_secret_since(instant))
        .into_tuple::<Uuid>()
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// Gives up what has waited with a secret in it since before an instant.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn withdraw_secrets_before(
    tx: &WriteTx,
    instant: OffsetDateTime,
    failure: &str,
) -> Result<u64, StoreError> {
    let done = given_up(failure)
        .filter(waits_with_secret_since(instant))
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected)
}

fn waits_with_secret_since(instant: OffsetDateTime) -> sea_orm::Condition {
    sea_orm::Condition::all()
        .add(mail::Column::Secret.is_not_null())
        .add(mail::Column::State.eq(MailState::Queued.name()))
        .add(mail::Column::CreatedAt.lte(Instant::from(instant)))
}

fn given_up(failure: &str) -> UpdateMany<mail::Entity> {
    let change = mail::Entity::update_many()
        .col_expr(mail::Column::State, Expr::value(MailState::Failed.name()))
        .col_expr(mail::Column::Failure, Expr::value(failure));
    forget_secret(change)
}

fn forget_secret(change: UpdateMany<mail::Entity>) -> UpdateMany<mail::Entity> {
    change
        .col_expr(mail::Column::Secret, Expr::value(None::<Vec<u8>>))
        .col_expr(mail::Column::SealedWith, Expr::value(None::<String>))
}

/// The sort key of a mail in its list.
pub fn key_of(mail: &Mail) -> Vec<KeyValue> {
    vec![KeyValue::Instant(mail.created_at), KeyValue::Key(mail.id.0)]
}

/// A window of the mails, the newest first, for administrators.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn list_unscoped(
    db: &impl ConnectionTrait,
    state: Option<MailState>,
    window: &Window,
) -> Result<Page<Mail>, StoreError> {
    let mut select = all();
    if let Some(state) = state {
        select = select.filter(mail::Column::State.eq(state.name()));
    }
    let keys = [
        SortKey::instant(mail::Column::CreatedAt, true),
        SortKey::key(mail::Column::Id, true),
    ];
    page::fetch(db, select, &keys, window)
        .await?
        .try_map(to_domain)
}

#[expect(clippy::disallowed_methods, reason = "for jobs and administrators")]
fn all() -> Select<mail::Entity> {
    mail::Entity::find()
}

fn to_domain(row: mail::Model) -> Result<Mail, StoreError> {
    let state = MailState::ALL
        .into_iter()
        .find(|one| one.name() == row.state)
        .ok_or_else(|| corrupt("outgoing_mail", "state", row.id, &row.state))?;
    let sealed = row.secret.zip(row.sealed_with);
    Ok(Mail {
        id: MailId(row.id),
        natural_key: row.natural_key,
        account: AccountId(row.account_id),
        address: row.address,
        subject: row.subject,
        body: row.body,
        sealed: sealed.map(|(bytes, with)| Sealed { with, bytes }),
        state,
        attempts: row.attempts,
        next_try_at: row.next_try_at.into(),
        failure: row.failure,
        created_at: row.created_at.into(),
        sent_at: row.sent_at.map(Into::into),
    })
}
