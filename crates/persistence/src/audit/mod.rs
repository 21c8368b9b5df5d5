//! Reading the audit trail.

mod file;

use duban_domain::{
    audit::{ChainHash, Event, Found, Head, Outcome, micros},
    ids::AccountId,
    text::is_storable,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, Order, QueryFilter, QueryOrder,
    QueryResult, QuerySelect, QueryTrait,
};
use time::OffsetDateTime;
use uuid::Uuid;

pub use self::file::TrailFile;
use crate::{
    entity::{audit_event, audit_head},
    error::{StoreError, corrupt},
    page::{self, KeyValue, Page, SortKey, Window},
};

/// An event as it stands in the store, or the number of one that cannot be read.
pub type Row = Result<Found, i64>;

/// How far the trail goes.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when the head row is gone or holds no hash.
#[expect(clippy::disallowed_methods, reason = "of the whole installation")]
pub async fn head(db: &impl ConnectionTrait) -> Result<Head, StoreError> {
    let row = audit_head::Entity::find()
        .filter(audit_head::Column::Id.eq(1))
        .one(db)
        .await?
        .ok_or_else(|| corrupt("audit_head", "id", 1, "no row"))?;
    head_of(&row)
}

pub(crate) fn head_of(row: &audit_head::Model) -> Result<Head, StoreError> {
    let hash = ChainHash::try_from(row.hash.as_slice())
        .map_err(|error| corrupt("audit_head", "hash", row.id, error))?;
    Ok(Head { seq: row.seq, hash })
}

/// The link stored beside one event.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when it is no hash.
#[expect(clippy::disallowed_methods, reason = "of the whole installation")]
pub async fn link_of(db: &impl ConnectionTrait, seq: i64) -> Result<Option<ChainHash>, StoreError> {
    let hash: Option<Vec<u8>> = audit_event::Entity::find()
        .select_only()
        .column(audit_event::Column::Hash)
        .filter(audit_event::Column::Seq.eq(seq))
        .into_tuple()
        .one(db)
        .await?;
    hash.map(|hash| {
        ChainHash::try_from(hash.as_slice())
            .map_err(|error| corrupt("audit_event", "hash", seq, error))
    })
    .transpose()
}

/// The next events after a number, in order, at most so many; all from the very first when it is
/// none, and none after the last number where one is given.
///
/// # Errors
///
/// [`StoreError::Database`] when the database does not answer. What cannot be read is named in
/// place.
#[expect(clippy::disallowed_methods, reason = "of the whole installation")]
pub async fn next(
    db: &impl ConnectionTrait,
    (after, last): (Option<i64>, Option<i64>),
    most: u64,
) -> Result<Vec<Row>, StoreError> {
    let mut query = audit_event::Entity::find()
        .order_by(audit_event::Column::Seq, Order::Asc)
        .limit(most);
    if let Some(after) = after {
        query = query.filter(audit_event::Column::Seq.gt(after));
    }
    if let Some(last) = last {
        query = query.filter(audit_event::Column::Seq.lte(last));
    }
    let rows = db
        .query_all_raw(query.build(db.get_database_backend()))
        .await?;
    rows.iter()
        .map(|row| {
            let seq: i64 = row.try_get_by_index(0)?;
            Ok(found(row, seq).map_err(|_| seq))
        })
        .collect::<Result<_, DbErr>>()
        .map_err(StoreError::from)
}

/// Takes a row apart by position, in the order of the entity: names cost more than the rest.
fn found(row: &QueryResult, seq: i64) -> Result<Found, DbErr> {
    let outcome: String = row.try_get_by_index(11)?;
    Ok(Found {
        seq,
        format: row.try_get_by_index(1)?,
        event: Event {
            at: row.try_get_by_index(2)?,
            actor: row.try_get_by_index(3)?,
            on_behalf_of: row.try_get_by_index(4)?,
            session: row.try_get_by_index(5)?,
            address: row.try_get_by_index(6)?,
            request: row.try_get_by_index(7)?,
            action: row.try_get_by_index(8)?,
            object_type: row.try_get_by_index(9)?,
            object_id: row.try_get_by_index(10)?,
            outcome: Outcome::parse(&outcome).ok_or_else(|| DbErr::Type(outcome.clone()))?,
            detail: row.try_get_by_index(12)?,
        },
        hash: row.try_get_by_index(13)?,
    })
}

/// What narrows a list of events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// Acts of this account, or for it.
    pub actor: Option<AccountId>,
    /// The object, by kind and key.
    pub object: Option<(String, Uuid)>,
    /// The kind of object.
    pub object_type: Option<String>,
    /// What was done or tried.
    pub action: Option<String>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Not before.
    pub from: Option<OffsetDateTime>,
    /// Before.
    pub until: Option<OffsetDateTime>,
}

/// A window of the trail, the newest event first. For who may read the whole of it.
///
/// # Errors
///
/// [`StoreError`] of the database, or [`StoreError::Corrupt`] for an event that cannot be read.
#[expect(clippy::disallowed_methods, reason = "of the whole installation")]
pub async fn list_unscoped(
    db: &impl ConnectionTrait,
    filter: &EventFilter,
    window: &Window,
) -> Result<Page<Found>, StoreError> {
    use audit_event::Column as C;
    let texts = [&filter.object_type, &filter.action];
    if texts.into_iter().flatten().any(|text| !is_storable(text)) {
        return Ok(Page::empty());
    }
    let (kind, key) = match &filter.object {
        Some((kind, key)) => (Some(kind), Some(*key)),
        None => (filter.object_type.as_ref(), None),
    };
    let by = |account: AccountId| {
        Condition::any()
            .add(C::ActorId.eq(account.0))
            .add(C::OnBehalfOfId.eq(account.0))
    };
    let condition = Condition::all()
        .add_option(filter.actor.map(by))
        .add_option(kind.map(|kind| C::ObjectType.eq(kind.as_str())))
        .add_option(key.map(|key| C::ObjectId.eq(key)))
        .add_option(filter.action.as_ref().map(|one| C::Action.eq(one.as_str())))
        .add_option(filter.outcome.map(|one| C::Outcome.eq(one.name())))
        .add_option(filter.from.map(|from| C::OccurredAt.gte(micros(from))))
        .add_option(filter.until.map(|until| C::OccurredAt.lt(micros(until))));
    let select = audit_event::Entity::find().filter(condition);
    let keys = [SortKey::number(C::Seq, true)];
    page::fetch(db, select, &keys, window)
        .await?
        .try_map(to_domain)
}

/// The place of an event in that list.
pub fn key_of(event: &Found) -> Vec<KeyValue> {
    vec![KeyValue::Int(event.seq)]
}

fn to_domain(row: audit_event::Model) -> Result<Found, StoreError> {
    let outcome = Outcome::parse(&row.outcome)
        .ok_or_else(|| corrupt("audit_event", "outcome", row.seq, &row.outcome))?;
    Ok(Found {
        format: row.format,
        seq: row.seq,
        event: Event {
            at: row.occurred_at,
            actor: row.actor_id,
            on_behalf_of: row.on_behalf_of_id,
            session: row.session_id,
            address: row.address,
            request: row.request_id,
            action: row.action,
            object_type: row.object_type,
            object_id: row.object_id,
            outcome,
            detail: row.detail,
        },
        hash: row.hash,
    })
}
