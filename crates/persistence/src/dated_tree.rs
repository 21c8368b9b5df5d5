//! The organisation's tree with its dates, whole: a directory that figures are added up over, read once
//! and kept until the tree changes.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use duban_domain::{
    department::DepartmentKind,
    ids::DepartmentId,
    metric::rollup::{DatedParent, DatedTree, Life},
};
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, QuerySelect, sea_query::LockType};
use time::Date;
use uuid::Uuid;

use crate::{
    entity::{department, department_parent as parent, tree_version},
    error::{StoreError, corrupt},
    newest::Newest,
    store::WriteTx,
};

/// Every unit with its life, its parents and its kind, and those that are venues.
#[derive(Debug, Default)]
pub struct Units {
    /// Who stood below whom.
    pub tree: DatedTree,
    by_kind: HashMap<DepartmentKind, Arc<BTreeSet<DepartmentId>>>,
    venues: BTreeMap<DepartmentId, Life>,
}

impl Units {
    /// The units of a kind, whenever they existed.
    #[must_use]
    pub fn of_kind(&self, kind: DepartmentKind) -> Arc<BTreeSet<DepartmentId>> {
        self.by_kind.get(&kind).map(Arc::clone).unwrap_or_default()
    }

    /// The venues, each with the days between which it is one.
    #[must_use]
    pub const fn venues(&self) -> &BTreeMap<DepartmentId, Life> {
        &self.venues
    }

    /// All units.
    pub fn all(&self) -> impl Iterator<Item = DepartmentId> + '_ {
        self.by_kind
            .values()
            .flat_map(|units| units.iter().copied())
    }
}

static KEPT: Newest<Units> = Newest::new();

/// The tree as the connection sees it: one statement where it is the one that was read last, two more
/// where it is not.
///
/// The version is read first: whoever changes the tree changes the version in the same transaction
/// (a trigger does), to one that never was before, so what is kept under a version is never older than it.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored kind is unknown, or the version is not there.
#[expect(
    clippy::disallowed_methods,
    reason = "the tree is a directory: one scope for all"
)]
pub async fn read(db: &impl ConnectionTrait) -> Result<Arc<Units>, StoreError> {
    let version: Option<Uuid> = tree_version::Entity::find()
        .select_only()
        .column(tree_version::Column::Token)
        .into_tuple()
        .one(db)
        .await?;
    let version = version.ok_or_else(|| corrupt("tree_version", "id", 1, "no row"))?;
    match KEPT.find(version) {
        Some(units) => Ok(units),
        None => Ok(KEPT.keep(version, read_anew(db).await?)),
    }
}

/// Makes whoever else changes the tree wait until the transaction ends, before it locks anything that
/// they lock after their change: nobody waits in a ring. On SQLite nobody else writes.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(
    clippy::disallowed_methods,
    reason = "locks the row and reads nothing of it"
)]
pub async fn lock(tx: &WriteTx) -> Result<(), StoreError> {
    let db = tx.conn();
    if db.get_database_backend() == DbBackend::Postgres {
        let _: Option<i16> = tree_version::Entity::find()
            .select_only()
            .column(tree_version::Column::Id)
            .lock(LockType::NoKeyUpdate)
            .into_tuple()
            .one(db)
            .await?;
    }
    Ok(())
}

/// Key, kind, first and last day, and those of being a venue.
type UnitRow = (Uuid, String, Date, Option<Date>, Option<Date>, Option<Date>);

#[expect(
    clippy::disallowed_methods,
    reason = "the tree is a directory: one scope for all"
)]
async fn read_anew(db: &impl ConnectionTrait) -> Result<Units, StoreError> {
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
    let rows: Vec<UnitRow> = department::Entity::find()
        .select_only()
        .column(department::Column::Id)
        .column(department::Column::Kind)
        .column(department::Column::ValidFrom)
        .column(department::Column::ValidTo)
        .column(department::Column::VenueFrom)
        .column(department::Column::VenueTo)
        .into_tuple()
        .all(db)
        .await?;
    let mut tree = DatedTree::default();
    let mut by_kind: HashMap<DepartmentKind, BTreeSet<DepartmentId>> = HashMap::new();
    let mut venues = BTreeMap::new();
    for (id, kind, from, to, venue_from, venue_to) in rows {
        let unknown = || corrupt("department", "kind", id, &kind);
        let kind = DepartmentKind::parse(&kind).ok_or_else(unknown)?;
        by_kind.entry(kind).or_default().insert(DepartmentId(id));
        let venue = venue_from.map(|from| Life { from, to: venue_to });
        venues.extend(venue.map(|life| (DepartmentId(id), life)));
        let above = parents.remove(&id).unwrap_or_default();
        tree.add(DepartmentId(id), Life { from, to }, above);
    }
    let by_kind = by_kind.into_iter();
    Ok(Units {
        tree,
        by_kind: by_kind
            .map(|(kind, units)| (kind, Arc::new(units)))
            .collect(),
        venues,
    })
}
