//! Chapters of plans.

use std::collections::HashMap;

use duban_domain::{
    access::Scope,
    ids::{PlanId, SectionId},
    plan::{draft::Span, issued::Section},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select,
};
use uuid::Uuid;

use crate::{
    bulk::insert_all,
    entity::section,
    error::{StoreError, corrupt},
    scope::on_plan,
    store::WriteTx,
};

/// The sections of these keys that are in scope.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_many(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[SectionId],
) -> Result<Vec<Section>, StoreError> {
    let keys: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = scoped(scope)
        .filter(section::Column::Id.is_in(keys))
        .all(db)
        .await?;
    rows.into_iter().map(to_domain).collect()
}

/// The sections of each of these plans, in their order.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn of_plans(
    db: &impl ConnectionTrait,
    scope: &Scope,
    plans: &[PlanId],
) -> Result<HashMap<PlanId, Vec<Section>>, StoreError> {
    let keys: Vec<Uuid> = plans.iter().map(|id| id.0).collect();
    let rows = scoped(scope)
        .filter(section::Column::PlanId.is_in(keys))
        .order_by_asc(section::Column::Position)
        .all(db)
        .await?;
    let mut found: HashMap<PlanId, Vec<Section>> = HashMap::new();
    for row in rows {
        found
            .entry(PlanId(row.plan_id))
            .or_default()
            .push(to_domain(row)?);
    }
    Ok(found)
}

/// Adds sections; a parent stands before its children.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn insert_all_of(tx: &WriteTx, sections: &[Section]) -> Result<(), StoreError> {
    let rows = sections.iter().map(|one| section::ActiveModel {
        id: Set(one.id.0),
        plan_id: Set(one.plan.0),
        part: Set(one.part),
        key: Set(one.key.clone()),
        ordinal: Set(one.ordinal.clone()),
        title: Set(one.title.clone()),
        level: Set(one.level),
        parent_id: Set(one.parent.map(|id| id.0)),
        span_start: Set(column(one.span.start)),
        span_end: Set(column(one.span.end)),
        position: Set(one.position),
    });
    insert_all(tx.conn(), rows.collect()).await
}

/// An offset as stored; the reader refuses texts that are longer than this can count.
pub(crate) fn column(offset: usize) -> i32 {
    i32::try_from(offset).unwrap_or(i32::MAX)
}

/// A stored range.
pub(crate) fn span(
    table: &'static str,
    key: Uuid,
    start: i32,
    end: i32,
) -> Result<Span, StoreError> {
    let read =
        |column, value: i32| usize::try_from(value).map_err(|_| corrupt(table, column, key, value));
    Ok(Span {
        start: read("span_start", start)?,
        end: read("span_end", end)?,
    })
}

#[expect(clippy::disallowed_methods, reason = "scoped here")]
fn scoped(scope: &Scope) -> Select<section::Entity> {
    section::Entity::find().filter(on_plan(section::Column::PlanId, scope))
}

fn to_domain(row: section::Model) -> Result<Section, StoreError> {
    Ok(Section {
        span: span("section", row.id, row.span_start, row.span_end)?,
        id: SectionId(row.id),
        plan: PlanId(row.plan_id),
        part: row.part,
        key: row.key,
        ordinal: row.ordinal,
        title: row.title,
        level: row.level,
        parent: row.parent_id.map(SectionId),
        position: row.position,
    })
}
