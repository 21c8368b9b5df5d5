//! The one sequence of changes, as it is followed: what happened after a place in it.

use std::{borrow::Cow, collections::HashSet};

use duban_domain::{
    access::Scope,
    audit::{Outcome, instant},
    change::ChangedType,
    event::{DomainEvent, Stored},
    ids::{
        AmendmentId, DepartmentId, MeasurementId, MetricId, MilestoneId, NoticeId, PlanId,
        ReportId, SheetId, TaskId,
    },
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder,
    QuerySelect, sea_query::OnConflict,
};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    amendments, audit, departments,
    entity::{audit_event, relay_mark},
    error::StoreError,
    measurements, metrics, milestones, notices, plans, reports, sheets,
    store::WriteTx,
    tasks,
};

/// Numbers that one look passes over at most, whatever happened there.
const SPAN: i64 = 50_000;

/// A change that was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// Its number.
    pub seq: i64,
    /// When.
    pub at: OffsetDateTime,
    /// What was done, such as `task.accepted`.
    pub action: String,
    /// The kind of object.
    pub kind: ChangedType,
    /// Its key.
    pub object: Uuid,
}

/// What was found in one look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// What happened, in order.
    pub found: Vec<Happened>,
    /// Up to which number was looked.
    pub position: i64,
    /// Whether there is more behind it.
    pub has_more: bool,
}

/// How far the sequence goes.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn head(db: &impl ConnectionTrait) -> Result<i64, StoreError> {
    Ok(audit::head(db).await?.seq)
}

/// What happened to objects of some kinds after a number, at most so much; whoever calls looks which of
/// it may be told. Numbers become visible in their order, so nothing appears later behind the place that
/// was reached.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(
    clippy::disallowed_methods,
    reason = "whoever calls narrows it to what may be read"
)]
pub async fn after_unscoped(
    db: &impl ConnectionTrait,
    after: i64,
    kinds: &[ChangedType],
    most: u64,
) -> Result<Look, StoreError> {
    use audit_event::Column as C;
    let head = head(db).await?;
    let last = head.min(after.saturating_add(SPAN));
    let rows: Vec<(i64, i64, String, String, Option<Uuid>)> = audit_event::Entity::find()
        .select_only()
        .columns([C::Seq, C::OccurredAt, C::Action, C::ObjectType, C::ObjectId])
        .filter(C::Seq.gt(after))
        .filter(C::Seq.lte(last))
        .filter(C::Outcome.eq(Outcome::Done.name()))
        .filter(C::ObjectType.is_in(kinds.iter().map(|kind| kind.name())))
        .order_by(C::Seq, Order::Asc)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?;
    let is_full = u64::try_from(rows.len()).is_ok_and(|count| count >= most);
    let position = match rows.last() {
        Some(row) if is_full => row.0,
        _ => last.max(after),
    };
    let found = rows
        .into_iter()
        .filter_map(|(seq, at, action, kind, object)| {
            Some(Happened {
                seq,
                at: instant(at),
                action,
                kind: ChangedType::parse(&kind)?,
                object: object?,
            })
        });
    Ok(Look {
        found: found.collect(),
        position,
        has_more: position < head,
    })
}

/// The number before the first change since an instant.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "a number alone")]
pub async fn position_at(
    db: &impl ConnectionTrait,
    since: OffsetDateTime,
) -> Result<i64, StoreError> {
    use audit_event::Column as C;
    let first: Option<i64> = audit_event::Entity::find()
        .select_only()
        .column(C::Seq)
        .filter(C::OccurredAt.gte(duban_domain::audit::micros(since)))
        .order_by(C::OccurredAt, Order::Asc)
        .order_by(C::Seq, Order::Asc)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    match first {
        Some(first) => Ok(first - 1),
        None => head(db).await,
    }
}

/// What happened to any object after a number, in order, for servers that tell one another.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "from server to server")]
pub async fn events_after_unscoped(
    db: &impl ConnectionTrait,
    after: i64,
    most: u64,
) -> Result<Vec<DomainEvent>, StoreError> {
    use audit_event::Column as C;
    let rows: Vec<(i64, i64, String, String, Option<Uuid>)> = audit_event::Entity::find()
        .select_only()
        .columns([C::Seq, C::OccurredAt, C::Action, C::ObjectType, C::ObjectId])
        .filter(C::Seq.gt(after))
        .filter(C::Outcome.eq(Outcome::Done.name()))
        .order_by(C::Seq, Order::Asc)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?;
    let events = rows
        .into_iter()
        .map(|(seq, at, action, kind, object)| DomainEvent {
            action: Cow::Owned(action),
            object_type: Cow::Owned(kind),
            object_id: object.unwrap_or_default(),
            detail: serde_json::Value::Null,
            stored: Some(Stored {
                seq,
                at: instant(at),
            }),
        });
    Ok(events.collect())
}

/// How far others were told under a name; none when they never were.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "a number alone")]
pub async fn mark(db: &impl ConnectionTrait, name: &str) -> Result<Option<i64>, StoreError> {
    let row = relay_mark::Entity::find()
        .filter(relay_mark::Column::Name.eq(name))
        .one(db)
        .await?;
    Ok(row.map(|row| row.position))
}

/// Keeps how far others were told under a name.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn save_mark(tx: &WriteTx, name: &str, position: i64) -> Result<(), StoreError> {
    use relay_mark::Column as C;
    relay_mark::Entity::insert(relay_mark::ActiveModel {
        name: Set(name.to_owned()),
        position: Set(position),
    })
    .on_conflict(
        OnConflict::column(C::Name)
            .update_column(C::Position)
            .to_owned(),
    )
    .exec_without_returning(tx.conn())
    .await?;
    Ok(())
}

/// Those of the changes whose object is in scope: one statement for each kind among them.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn visible(
    db: &impl ConnectionTrait,
    scope: &Scope,
    found: Vec<Happened>,
) -> Result<Vec<Happened>, StoreError> {
    let mut seen = HashSet::new();
    for kind in ChangedType::ALL {
        let of_kind = found.iter().filter(|one| one.kind == *kind);
        let mut keys: Vec<Uuid> = of_kind.map(|one| one.object).collect();
        keys.sort_unstable();
        keys.dedup();
        if !keys.is_empty() {
            let in_scope = in_scope(db, scope, *kind, &keys).await?;
            seen.extend(in_scope.into_iter().map(|key| (*kind, key)));
        }
    }
    let mut found = found;
    found.retain(|one| seen.contains(&(one.kind, one.object)));
    Ok(found)
}

async fn in_scope(
    db: &impl ConnectionTrait,
    scope: &Scope,
    kind: ChangedType,
    keys: &[Uuid],
) -> Result<Vec<Uuid>, StoreError> {
    macro_rules! keys_of {
        ($id:ident, $find:expr) => {{
            let ids: Vec<$id> = keys.iter().copied().map($id).collect();
            let rows = $find(db, scope, &ids).await?;
            rows.into_iter().map(|row| row.id.0).collect()
        }};
    }
    Ok(match kind {
        ChangedType::Plan => keys_of!(PlanId, plans::find_many),
        ChangedType::Task => keys_of!(TaskId, tasks::find_many),
        ChangedType::Milestone => keys_of!(MilestoneId, milestones::find_many),
        ChangedType::Metric => keys_of!(MetricId, metrics::find_many),
        ChangedType::Measurement => keys_of!(MeasurementId, measurements::find_many),
        ChangedType::MeasurementSheet => keys_of!(SheetId, sheets::find_many),
        ChangedType::ProgressReport => keys_of!(ReportId, reports::find_many),
        ChangedType::SupervisionNotice => keys_of!(NoticeId, notices::find_many),
        ChangedType::Amendment => keys_of!(AmendmentId, amendments::find_many),
        ChangedType::Department => keys_of!(DepartmentId, departments::find_many_at),
    })
}
