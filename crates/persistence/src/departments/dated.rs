//! The tree as it was on a day: who stood below whom, and who was there.

use std::collections::{BTreeMap, HashMap, HashSet};

use duban_domain::{access::Scope, ids::DepartmentId};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::SelectStatement,
};
use time::Date;
use uuid::Uuid;

use super::closure::closures;
use crate::{
    entity::{department, department_closure as closure, department_parent as link},
    error::StoreError,
};

/// That a department was there on the scope's day; without one, every department is.
pub(super) fn was_there(scope: &Scope) -> Condition {
    Condition::all().add_option(scope.day().map(|day| {
        on(
            (department::Column::ValidFrom, department::Column::ValidTo),
            day,
        )
    }))
}

/// That a day lies in a span, whose end belongs to it.
fn on((from, to): (impl ColumnTrait, impl ColumnTrait), day: Date) -> Condition {
    Condition::all()
        .add(from.lte(day))
        .add(Condition::any().add(to.is_null()).add(to.gte(day)))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the tree is a directory: one scope for all"
)]
fn links(day: Date) -> sea_orm::Select<link::Entity> {
    link::Entity::find().filter(on((link::Column::ValidFrom, link::Column::ValidTo), day))
}

/// The keys of the units directly below these on the scope's day, or now.
pub(super) fn children_of(scope: &Scope, parents: Vec<Uuid>) -> SelectStatement {
    match scope.day() {
        Some(day) => links(day)
            .select_only()
            .column(link::Column::DepartmentId)
            .filter(link::Column::ParentId.is_in(parents))
            .into_query(),
        None => closures()
            .select_only()
            .column(closure::Column::DescendantId)
            .filter(closure::Column::Depth.eq(1))
            .filter(closure::Column::AncestorId.is_in(parents))
            .into_query(),
    }
}

/// The unit above each of these on the scope's day, or now.
pub(super) async fn parents(
    db: &impl ConnectionTrait,
    scope: &Scope,
    keys: Vec<Uuid>,
) -> Result<BTreeMap<Uuid, Uuid>, StoreError> {
    if let Some(day) = scope.day() {
        let rows = links(day)
            .filter(link::Column::DepartmentId.is_in(keys))
            .all(db)
            .await?;
        let pair = |row: link::Model| (row.department_id, row.parent_id);
        return Ok(rows.into_iter().map(pair).collect());
    }
    present_parents(db, Some(keys)).await
}

/// The unit above each of these now; above every unit where none are given.
pub(super) async fn present_parents(
    db: &impl ConnectionTrait,
    keys: Option<Vec<Uuid>>,
) -> Result<BTreeMap<Uuid, Uuid>, StoreError> {
    let of = keys.map(|keys| closure::Column::DescendantId.is_in(keys));
    let rows = closures()
        .filter(closure::Column::Depth.eq(1))
        .filter(Condition::all().add_option(of))
        .all(db)
        .await?;
    let pair = |row: closure::Model| (row.descendant_id, row.ancestor_id);
    Ok(rows.into_iter().map(pair).collect())
}

/// The units above each of these on a day, the nearest first.
pub(super) async fn ancestors(
    db: &impl ConnectionTrait,
    day: Date,
    ids: &[DepartmentId],
) -> Result<HashMap<DepartmentId, Vec<DepartmentId>>, StoreError> {
    let rows = links(day).all(db).await?;
    let above: HashMap<Uuid, Uuid> = rows
        .into_iter()
        .map(|row| (row.department_id, row.parent_id))
        .collect();
    Ok(ids.iter().map(|id| (*id, way_up(&above, *id))).collect())
}

fn way_up(above: &HashMap<Uuid, Uuid>, id: DepartmentId) -> Vec<DepartmentId> {
    let (mut path, mut seen) = (Vec::new(), HashSet::from([id.0]));
    let mut here = id.0;
    while let Some(&parent) = above.get(&here) {
        // Stored links that go round end where they began.
        if !seen.insert(parent) {
            break;
        }
        path.push(DepartmentId(parent));
        here = parent;
    }
    path
}
