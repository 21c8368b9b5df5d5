//! Calendar feeds, known by the digest of their token alone.

use std::collections::BTreeSet;

use duban_domain::{
    access::Scope,
    ids::{AccountId, CalendarFeedId, DepartmentId},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select, sea_query::Expr,
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{
    entity::{assignment, calendar_feed as feed, milestone, task, task_life},
    error::StoreError,
    instant::Instant,
    scope::task_rows_in,
    store::WriteTx,
};

/// A calendar feed that is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarFeed {
    /// Key.
    pub id: CalendarFeedId,
    /// Whose.
    pub account: AccountId,
    /// When it was made.
    pub created_at: OffsetDateTime,
}

/// A date with a title, of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedTitle {
    /// Tells it apart from every other.
    pub key: Uuid,
    /// Code of the task.
    pub code: String,
    /// The title of the task, or of its milestone.
    pub title: String,
    /// The day.
    pub on: Date,
}

/// Adds a feed by the digest of its token.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn insert(
    tx: &WriteTx,
    new: &CalendarFeed,
    token_hash: Vec<u8>,
) -> Result<(), StoreError> {
    feed::Entity::insert(feed::ActiveModel {
        id: Set(new.id.0),
        account_id: Set(new.account.0),
        token_hash: Set(token_hash),
        created_at: Set(new.created_at.into()),
        revoked_at: Set(None),
    })
    .exec_without_returning(tx.conn())
    .await?;
    Ok(())
}

/// The feeds of a person that are in force, the newest first.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn of_account(
    db: &impl ConnectionTrait,
    account: AccountId,
) -> Result<Vec<CalendarFeed>, StoreError> {
    let rows = in_force()
        .filter(feed::Column::AccountId.eq(account.0))
        .order_by_desc(feed::Column::CreatedAt)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(to_domain).collect())
}

/// The feed in force with that digest of its token.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_unscoped(
    db: &impl ConnectionTrait,
    token_hash: &[u8],
) -> Result<Option<CalendarFeed>, StoreError> {
    let row = in_force()
        .filter(feed::Column::TokenHash.eq(token_hash.to_vec()))
        .one(db)
        .await?;
    Ok(row.map(to_domain))
}

/// Ends a feed of a person. Returns whether it was in force.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn revoke(
    tx: &WriteTx,
    account: AccountId,
    id: CalendarFeedId,
) -> Result<bool, StoreError> {
    let done = feed::Entity::update_many()
        .col_expr(
            feed::Column::RevokedAt,
            Expr::value(Some(Instant::from(tx.now()))),
        )
        .filter(feed::Column::Id.eq(id.0))
        .filter(feed::Column::AccountId.eq(account.0))
        .filter(feed::Column::RevokedAt.is_null())
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Whose tasks a feed shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedOf {
    /// Every task in scope.
    Everything,
    /// Those that a person answers for or that these departments take part in.
    Own(AccountId, BTreeSet<DepartmentId>),
}

/// The deadlines of open tasks that a feed shows.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn deadlines(
    db: &impl ConnectionTrait,
    scope: &Scope,
    of: &FeedOf,
) -> Result<Vec<DatedTitle>, StoreError> {
    let rows: Vec<(Uuid, String, String, Option<Date>)> = tasks(scope, of)
        .select_only()
        .column(task::Column::Id)
        .column(task::Column::Code)
        .column(task::Column::Title)
        .column(task::Column::Deadline)
        .filter(task::Column::Deadline.is_not_null())
        .order_by_asc(task::Column::Code)
        .into_tuple()
        .all(db)
        .await?;
    let dated = |(key, code, title, on): (Uuid, String, String, Option<Date>)| {
        let on = on?;
        Some(DatedTitle {
            key,
            code,
            title,
            on,
        })
    };
    Ok(rows.into_iter().filter_map(dated).collect())
}

/// The open milestones of open tasks that a feed shows.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "joined to scoped tasks")]
pub async fn milestones(
    db: &impl ConnectionTrait,
    scope: &Scope,
    of: &FeedOf,
) -> Result<Vec<DatedTitle>, StoreError> {
    let shown = tasks(scope, of)
        .select_only()
        .column(task::Column::Id)
        .into_query();
    let of_task = milestone::Entity::belongs_to(task::Entity)
        .from(milestone::Column::TaskId)
        .to(task::Column::Id)
        .into();
    let rows: Vec<(Uuid, String, String, Option<Date>)> = milestone::Entity::find()
        .select_only()
        .column(milestone::Column::Id)
        .column(task::Column::Code)
        .column(milestone::Column::Title)
        .column(milestone::Column::DueOn)
        .join(sea_orm::JoinType::InnerJoin, of_task)
        .filter(milestone::Column::TaskId.in_subquery(shown))
        .filter(milestone::Column::State.eq("OPEN"))
        .filter(milestone::Column::DueOn.is_not_null())
        .order_by_asc(task::Column::Code)
        .order_by_asc(milestone::Column::Position)
        .into_tuple()
        .all(db)
        .await?;
    let dated = |(key, code, title, on): (Uuid, String, String, Option<Date>)| {
        let on = on?;
        Some(DatedTitle {
            key,
            code,
            title,
            on,
        })
    };
    Ok(rows.into_iter().filter_map(dated).collect())
}

#[expect(clippy::disallowed_methods, reason = "scoped here")]
fn tasks(scope: &Scope, of: &FeedOf) -> Select<task::Entity> {
    use duban_domain::task::TaskState;
    let open = TaskState::ALL
        .iter()
        .filter(|one| one.is_open() && **one != TaskState::Draft)
        .map(|one| one.name());
    let select = task::Entity::find()
        .filter(task_rows_in(scope))
        .filter(task::Column::State.is_in(open));
    let FeedOf::Own(account, departments) = of else {
        return select;
    };
    let assigned = assignment::Entity::find()
        .select_only()
        .column(assignment::Column::TaskId)
        .filter(assignment::Column::DepartmentId.is_in(departments.iter().map(|id| id.0)))
        .into_query();
    let owned = task_life::Entity::find()
        .select_only()
        .column(task_life::Column::TaskId)
        .filter(
            Condition::any()
                .add(task_life::Column::AccountableId.eq(account.0))
                .add(task_life::Column::SubstituteId.eq(account.0)),
        )
        .into_query();
    select.filter(
        Condition::any()
            .add(task::Column::Id.in_subquery(assigned))
            .add(task::Column::Id.in_subquery(owned)),
    )
}

#[expect(clippy::disallowed_methods, reason = "a person's own, or by its token")]
fn in_force() -> Select<feed::Entity> {
    feed::Entity::find().filter(feed::Column::RevokedAt.is_null())
}

#[expect(clippy::needless_pass_by_value, reason = "a row is taken apart")]
fn to_domain(row: feed::Model) -> CalendarFeed {
    CalendarFeed {
        id: CalendarFeedId(row.id),
        account: AccountId(row.account_id),
        created_at: row.created_at.into(),
    }
}
