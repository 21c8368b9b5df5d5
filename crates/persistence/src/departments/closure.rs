//! The tree as it stands: who is above and below whom, from the rows that keep every pair.

use std::collections::HashMap;

use duban_domain::{
    access::{Coverage, Place, Scope},
    ids::DepartmentId,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::dated;
use crate::{
    entity::department_closure::{Column, Entity, Model},
    error::StoreError,
    scope::covered,
};

#[expect(
    clippy::disallowed_methods,
    reason = "the tree is a directory: one scope for all"
)]
pub(super) fn closures() -> Select<Entity> {
    Entity::find()
}

/// The path of each of these up to the root, itself first.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn paths(
    db: &impl ConnectionTrait,
    ids: &[DepartmentId],
) -> Result<HashMap<DepartmentId, Vec<DepartmentId>>, StoreError> {
    let of_these = Column::DescendantId.is_in(ids.iter().map(|id| id.0));
    let up = |row: Model| (row.descendant_id, row.ancestor_id);
    grouped(db, closures().filter(of_these), up).await
}

/// The units above each of these on the scope's day, the nearest first; one statement.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn ancestors(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[DepartmentId],
) -> Result<HashMap<DepartmentId, Vec<DepartmentId>>, StoreError> {
    if let Some(day) = scope.day() {
        return dated::ancestors(db, day, ids).await;
    }
    let mut found = paths(db, ids).await?;
    for path in found.values_mut() {
        path.remove(0);
    }
    Ok(found)
}

/// What a permission covers of each of these departments and of everything below them.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn covered_below(
    db: &impl ConnectionTrait,
    coverage: &Coverage,
    ids: &[DepartmentId],
) -> Result<HashMap<DepartmentId, Vec<DepartmentId>>, StoreError> {
    let select = closures()
        .filter(Column::AncestorId.is_in(ids.iter().map(|id| id.0)))
        .filter(covered(Column::DescendantId, coverage));
    let down = |row: Model| (row.ancestor_id, row.descendant_id);
    grouped(db, select, down).await
}

/// A department and everything below it.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn below(
    db: &impl ConnectionTrait,
    id: DepartmentId,
) -> Result<Vec<DepartmentId>, StoreError> {
    let rows = closures()
        .filter(Column::AncestorId.eq(id.0))
        .all(db)
        .await?;
    let found = rows.into_iter().map(|row| DepartmentId(row.descendant_id));
    Ok(found.collect())
}

/// Where a department stands, for a decision of access.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn place(db: &impl ConnectionTrait, id: DepartmentId) -> Result<Place, StoreError> {
    Ok(Place(
        paths(db, &[id]).await?.remove(&id).unwrap_or_default(),
    ))
}

/// The pairs of a selection by the first of each, the nearest second first.
async fn grouped(
    db: &impl ConnectionTrait,
    select: Select<Entity>,
    pair: impl Fn(Model) -> (Uuid, Uuid),
) -> Result<HashMap<DepartmentId, Vec<DepartmentId>>, StoreError> {
    let rows = select.order_by_asc(Column::Depth).all(db).await?;
    let mut found: HashMap<DepartmentId, Vec<DepartmentId>> = HashMap::new();
    for (one, other) in rows.into_iter().map(pair) {
        found
            .entry(DepartmentId(one))
            .or_default()
            .push(DepartmentId(other));
    }
    Ok(found)
}
