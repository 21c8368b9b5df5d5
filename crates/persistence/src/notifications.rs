//! What people are told. Everybody reads only what is their own.

use duban_domain::{
    access::Scope,
    ids::{AccountId, NoticeId, NotificationId, TaskId},
    notification::{Notification, NotificationKind},
    reminder::Phase,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select, sea_query::Expr,
};
use time::Date;
use uuid::Uuid;

use crate::{
    entity::notification,
    error::{StoreError, corrupt},
    instant::Instant,
    page::{self, KeyValue, Page, SortKey, Window},
    scope::{account_keys_in, notices_in, on_task},
    store::WriteTx,
};

/// Rows of one insert; each binds some dozen values.
const PIECE: usize = 2_000;

/// The sort key of a notification in its list.
pub fn key_of(one: &Notification) -> Vec<KeyValue> {
    vec![KeyValue::Instant(one.created_at), KeyValue::Key(one.id.0)]
}

/// Tells people; under a key that somebody was told before, nothing happens. Returns how many were new.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn insert_new(tx: &WriteTx, new: &[Notification]) -> Result<u64, StoreError> {
    use notification::Column as C;
    let mut count = 0;
    for piece in new.chunks(PIECE) {
        let rows = piece.iter().map(|one| notification::ActiveModel {
            id: Set(one.id.0),
            account_id: Set(one.account.0),
            natural_key: Set(one.natural_key.clone()),
            kind: Set(one.kind.name().to_owned()),
            phase: Set(one.phase.map(|phase| phase.name().to_owned())),
            task_id: Set(one.task.map(|id| id.0)),
            notice_id: Set(one.notice.map(|id| id.0)),
            token_id: Set(one.figures.token.as_ref().map(|of| of.token.0)),
            webhook_id: Set(one.figures.webhook.as_ref().map(|of| of.webhook.0)),
            due_on: Set(one.due_on),
            detail: Set(serde_json::to_value(&one.figures).unwrap_or_default()),
            created_at: Set(one.created_at.into()),
            read_at: Set(None),
            digest_on: Set(None),
        });
        let done = notification::Entity::insert_many(rows)
            .on_conflict_do_nothing_on([C::AccountId, C::NaturalKey])
            .exec_without_returning(tx.conn())
            .await?;
        if let sea_orm::TryInsertResult::Inserted(rows) = done {
            count += rows;
        }
    }
    Ok(count)
}

/// A window of what a person was told, the newest first.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn list(
    db: &impl ConnectionTrait,
    (account, scope): (AccountId, &Scope),
    is_unread: bool,
    window: &Window,
) -> Result<Page<Notification>, StoreError> {
    let mut select = own(account, scope);
    if is_unread {
        select = select.filter(notification::Column::ReadAt.is_null());
    }
    let keys = [
        SortKey::instant(notification::Column::CreatedAt, true),
        SortKey::key(notification::Column::Id, true),
    ];
    page::fetch(db, select, &keys, window)
        .await?
        .try_map(to_domain)
}

/// Something that a person was told, if it is about what that person may still see.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn find(
    db: &impl ConnectionTrait,
    (account, scope): (AccountId, &Scope),
    id: NotificationId,
) -> Result<Option<Notification>, StoreError> {
    let row = own(account, scope)
        .filter(notification::Column::Id.eq(id.0))
        .one(db)
        .await?;
    row.map(to_domain).transpose()
}

/// How much of it is unread.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn count_unread(
    db: &impl ConnectionTrait,
    account: AccountId,
    scope: &Scope,
) -> Result<u64, StoreError> {
    let unread = own(account, scope).filter(notification::Column::ReadAt.is_null());
    Ok(unread.count(db).await?)
}

/// Marks what a person was told as read: these, or with none everything. Returns how much it was.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn mark_read(
    tx: &WriteTx,
    account: AccountId,
    ids: Option<&[NotificationId]>,
) -> Result<u64, StoreError> {
    let mut update = notification::Entity::update_many()
        .col_expr(
            notification::Column::ReadAt,
            Expr::value(Instant::from(tx.now())),
        )
        .filter(notification::Column::AccountId.eq(account.0))
        .filter(notification::Column::ReadAt.is_null());
    if let Some(ids) = ids {
        update = update.filter(notification::Column::Id.is_in(ids.iter().map(|id| id.0)));
    }
    Ok(update.exec(tx.conn()).await?.rows_affected)
}

/// What people have neither read nor had in a digest, for those accounts, the oldest first.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn undelivered_unscoped(
    db: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> Result<Vec<Notification>, StoreError> {
    let keys: Vec<Uuid> = accounts.iter().map(|id| id.0).collect();
    let rows = all()
        .filter(notification::Column::AccountId.is_in(keys))
        .filter(notification::Column::DigestOn.is_null())
        .filter(notification::Column::ReadAt.is_null())
        .order_by_asc(notification::Column::AccountId)
        .order_by_asc(notification::Column::CreatedAt)
        .order_by_asc(notification::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(to_domain).collect()
}

/// Keeps that these were in the digest of a day.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn save_digest(tx: &WriteTx, ids: &[NotificationId], on: Date) -> Result<(), StoreError> {
    let keys: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    notification::Entity::update_many()
        .col_expr(notification::Column::DigestOn, Expr::value(on))
        .filter(notification::Column::Id.is_in(keys))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// What is a person's own and about what that person may still see.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
fn own(account: AccountId, scope: &Scope) -> Select<notification::Entity> {
    use crate::entity::{api_token, notice, webhook};
    use sea_orm::QueryTrait;
    let notices = notice::Entity::find()
        .select_only()
        .column(notice::Column::Id)
        .filter(notices_in(scope))
        .into_query();
    let tokens = api_token::Entity::find()
        .select_only()
        .column(api_token::Column::Id)
        .filter(api_token::Column::AccountId.in_subquery(account_keys_in(scope)))
        .into_query();
    let webhooks = webhook::Entity::find()
        .select_only()
        .column(webhook::Column::Id)
        .filter(webhook::Column::AccountId.in_subquery(account_keys_in(scope)))
        .into_query();
    all()
        .filter(notification::Column::AccountId.eq(account.0))
        .filter(
            Condition::any()
                .add(notification::Column::NoticeId.in_subquery(notices))
                .add(notification::Column::TokenId.in_subquery(tokens))
                .add(notification::Column::WebhookId.in_subquery(webhooks))
                .add(
                    Condition::all()
                        .add(notification::Column::NoticeId.is_null())
                        .add(on_task(notification::Column::TaskId, scope)),
                ),
        )
}

#[expect(
    clippy::disallowed_methods,
    reason = "the callers say in their names what they see"
)]
fn all() -> Select<notification::Entity> {
    notification::Entity::find()
}

fn to_domain(row: notification::Model) -> Result<Notification, StoreError> {
    let phase = row.phase.as_deref().map(|name| {
        Phase::parse(name).ok_or_else(|| corrupt("notification", "phase", row.id, name))
    });
    Ok(Notification {
        id: NotificationId(row.id),
        account: AccountId(row.account_id),
        kind: NotificationKind::parse(&row.kind)
            .ok_or_else(|| corrupt("notification", "kind", row.id, &row.kind))?,
        phase: phase.transpose()?,
        task: row.task_id.map(TaskId),
        notice: row.notice_id.map(NoticeId),
        due_on: row.due_on,
        figures: serde_json::from_value(row.detail.clone())
            .map_err(|_| corrupt("notification", "detail", row.id, &row.detail))?,
        created_at: row.created_at.into(),
        read_at: row.read_at.map(Into::into),
        natural_key: row.natural_key,
    })
}
