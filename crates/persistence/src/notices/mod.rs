//! Supervision notices (督办单) with their addressees, recipients and steps.

mod read;
mod write;

use std::collections::HashMap;

use duban_domain::{
    access::Scope,
    ids::{DepartmentId, NoticeId, TaskId},
    notice::{NoticeNumber, NoticeState, NoticeStep, SupervisionNotice},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select, sea_query::SelectStatement,
};
use time::Date;
use uuid::Uuid;

use self::read::{steps_to_domain, with_people};
pub use self::write::{insert, insert_step, lock_counter, save, save_counter};
use crate::{
    entity::{notice, notice_addressee, notice_step},
    error::StoreError,
    page::{self, KeyValue, Page, SortKey, Window},
    past::{self, until},
    scope::notices_in,
};

/// Which notices a list holds; what is none or empty does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoticeFilter {
    /// In these states.
    pub states: Vec<NoticeState>,
    /// On this task.
    pub task: Option<TaskId>,
    /// Addressed to this department.
    pub department: Option<DepartmentId>,
    /// Whose reply date was over on that day without every reply.
    pub overdue_on: Option<Date>,
}

/// The sort key of a notice in its list.
pub fn key_of(notice: &SupervisionNotice) -> Vec<KeyValue> {
    vec![
        KeyValue::Instant(notice.issued_at),
        KeyValue::Key(notice.id.0),
    ]
}

/// The notices of these keys that are in scope.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn find_many(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[NoticeId],
) -> Result<Vec<SupervisionNotice>, StoreError> {
    let keys: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = scoped(scope)
        .filter(notice::Column::Id.is_in(keys))
        .all(db)
        .await?;
    with_people(db, scope, rows).await
}

/// The notice, if it is in scope; one out of scope looks like none.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn find(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: NoticeId,
) -> Result<Option<SupervisionNotice>, StoreError> {
    Ok(find_many(db, scope, &[id]).await?.pop())
}

/// The notice of that number, if it is in scope.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn find_by_number(
    db: &impl ConnectionTrait,
    scope: &Scope,
    number: NoticeNumber,
) -> Result<Option<SupervisionNotice>, StoreError> {
    let rows = scoped(scope)
        .filter(notice::Column::Year.eq(number.year))
        .filter(notice::Column::Ordinal.eq(number.ordinal))
        .all(db)
        .await?;
    Ok(with_people(db, scope, rows).await?.pop())
}

/// A window of the notices that the filter lets through, the newest first.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &NoticeFilter,
    window: &Window,
) -> Result<Page<SupervisionNotice>, StoreError> {
    let keys = [
        SortKey::instant(notice::Column::IssuedAt, true),
        SortKey::key(notice::Column::Id, true),
    ];
    let page = page::fetch(db, scoped(scope).filter(condition(filter)), &keys, window).await?;
    Ok(Page {
        rows: with_people(db, scope, page.rows).await?,
        has_previous: page.has_previous,
        has_next: page.has_next,
        total: page.total,
    })
}

/// The notices on each of these tasks that are in scope, the newest first.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn of_tasks(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: &[TaskId],
) -> Result<HashMap<TaskId, Vec<SupervisionNotice>>, StoreError> {
    let rows = newest_first(scoped(scope))
        .filter(notice::Column::TaskId.is_in(keys(tasks)))
        .all(db)
        .await?;
    Ok(by_task(with_people(db, scope, rows).await?))
}

/// The notices on each of these tasks that wait for a reply; for rules, not for readers.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn waiting_unscoped(
    db: &impl ConnectionTrait,
    tasks: &[TaskId],
) -> Result<HashMap<TaskId, Vec<SupervisionNotice>>, StoreError> {
    let rows = newest_first(all())
        .filter(notice::Column::TaskId.is_in(keys(tasks)))
        .filter(notice::Column::State.eq(NoticeState::Issued.name()))
        .all(db)
        .await?;
    Ok(by_task(with_people(db, &Scope::default(), rows).await?))
}

/// The notices on these tasks that wait for a reply, each with its last day; at most one a task.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub(crate) async fn waiting_on(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: SelectStatement,
) -> Result<HashMap<Uuid, (NoticeNumber, Date)>, StoreError> {
    let rows: Vec<(Uuid, i32, i32, Date)> = standing(scope)
        .select_only()
        .column(notice::Column::TaskId)
        .column(notice::Column::Year)
        .column(notice::Column::Ordinal)
        .column(notice::Column::ReplyBy)
        .filter(notice::Column::TaskId.in_subquery(tasks))
        .filter(notice::Column::State.eq(NoticeState::Issued.name()))
        .into_tuple()
        .all(db)
        .await?;
    let waiting = |(task, year, ordinal, day)| (task, (NoticeNumber { year, ordinal }, day));
    Ok(rows.into_iter().map(waiting).collect())
}

/// The notices whose reply date was over on that day without every reply.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn overdue_unscoped(
    db: &impl ConnectionTrait,
    today: Date,
) -> Result<Vec<SupervisionNotice>, StoreError> {
    let rows = all()
        .filter(is_overdue(today))
        .order_by_asc(notice::Column::Id)
        .all(db)
        .await?;
    with_people(db, &Scope::default(), rows).await
}

/// What happened to each of these notices, the first step first.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
pub async fn steps_of(
    db: &impl ConnectionTrait,
    scope: &Scope,
    notices: &[NoticeId],
) -> Result<HashMap<NoticeId, Vec<NoticeStep>>, StoreError> {
    let readable = scoped(scope)
        .select_only()
        .column(notice::Column::Id)
        .into_query();
    let ids: Vec<Uuid> = notices.iter().map(|id| id.0).collect();
    let rows = notice_step::Entity::find()
        .filter(notice_step::Column::NoticeId.is_in(ids))
        .filter(notice_step::Column::NoticeId.in_subquery(readable))
        .filter(until(notice_step::Column::OccurredAt, scope))
        .order_by_asc(notice_step::Column::Seq)
        .all(db)
        .await?;
    steps_to_domain(rows)
}

fn keys(tasks: &[TaskId]) -> Vec<Uuid> {
    tasks.iter().map(|id| id.0).collect()
}

fn is_overdue(today: Date) -> Condition {
    Condition::all()
        .add(notice::Column::State.eq(NoticeState::Issued.name()))
        .add(notice::Column::ReplyBy.lt(today))
}

#[expect(clippy::disallowed_methods, reason = "narrows a scoped list")]
fn condition(filter: &NoticeFilter) -> Condition {
    let mut all = Condition::all();
    if !filter.states.is_empty() {
        let names = filter.states.iter().map(|one| one.name());
        all = all.add(notice::Column::State.is_in(names));
    }
    if let Some(task) = filter.task {
        all = all.add(notice::Column::TaskId.eq(task.0));
    }
    if let Some(department) = filter.department {
        let addressed = notice_addressee::Entity::find()
            .select_only()
            .column(notice_addressee::Column::NoticeId)
            .filter(notice_addressee::Column::DepartmentId.eq(department.0))
            .into_query();
        all = all.add(notice::Column::Id.in_subquery(addressed));
    }
    if let Some(today) = filter.overdue_on {
        all = all.add(is_overdue(today));
    }
    all
}

fn by_task(notices: Vec<SupervisionNotice>) -> HashMap<TaskId, Vec<SupervisionNotice>> {
    let mut found: HashMap<TaskId, Vec<SupervisionNotice>> = HashMap::new();
    for one in notices {
        found.entry(one.task).or_default().push(one);
    }
    found
}

fn newest_first(select: Select<notice::Entity>) -> Select<notice::Entity> {
    select
        .order_by_desc(notice::Column::IssuedAt)
        .order_by_desc(notice::Column::Id)
}

fn scoped(scope: &Scope) -> Select<notice::Entity> {
    standing(scope).filter(notices_in(scope))
}

/// The notices as they stood at the scope's instant, or stand now; the caller narrows them.
fn standing(scope: &Scope) -> Select<notice::Entity> {
    past::at(all(), scope).filter(until(notice::Column::IssuedAt, scope))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the callers say in their names what they see"
)]
fn all() -> Select<notice::Entity> {
    notice::Entity::find()
}
