//! The organisation's tree with its dates, whole: a directory that figures are added up over.

use std::collections::HashMap;

use duban_domain::{
    department::DepartmentKind,
    ids::DepartmentId,
    metric::rollup::{DatedParent, DatedTree, Life},
};
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect};
use time::Date;
use uuid::Uuid;

use crate::{
    entity::{department, department_parent as parent},
    error::{StoreError, corrupt},
};

/// Every unit with its life, its parents and its kind, in two statements.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored kind is unknown.
#[expect(
    clippy::disallowed_methods,
    reason = "the tree is a directory: one scope for all"
)]
pub async fn read(
    db: &impl ConnectionTrait,
) -> Result<(DatedTree, Vec<(DepartmentId, DepartmentKind)>), StoreError> {
    let mut parents: HashMap<Uuid, Vec<DatedParent>> = HashMap::new();
    for row in parent::Entity::find().all(db).await? {
        parents
            .entry(row.department_id)
            .or_default()
            .push(DatedParent {
                parent: DepartmentId(row.parent_id),
                from: row.valid_from,
                to: row.valid_to,
            });
    }
    let units: Vec<(Uuid, String, Date, Option<Date>)> = department::Entity::find()
        .select_only()
        .column(department::Column::Id)
        .column(department::Column::Kind)
        .column(department::Column::ValidFrom)
        .column(department::Column::ValidTo)
        .into_tuple()
        .all(db)
        .await?;
    let (mut tree, mut kinds) = (DatedTree::default(), Vec::with_capacity(units.len()));
    for (id, kind, from, to) in units {
        let unknown = || corrupt("department", "kind", id, &kind);
        kinds.push((
            DepartmentId(id),
            DepartmentKind::parse(&kind).ok_or_else(unknown)?,
        ));
        let above = parents.remove(&id).unwrap_or_default();
        tree.add(DepartmentId(id), Life { from, to }, above);
    }
    Ok((tree, kinds))
}
