//! All departments with their names, read once and kept until one of them changes.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use duban_domain::{department::Department, ids::DepartmentId};
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect};
use uuid::Uuid;

use super::{dated::present_parents, find, to_domain};
use crate::{
    entity::rows_version,
    error::{StoreError, corrupt},
    newest::Newest,
};

/// The rows whose token changes with every department.
const FAMILY: &str = "DIRECTORY";

/// Every department, by key and by code.
#[derive(Debug, Default)]
pub struct Directory {
    by_id: BTreeMap<DepartmentId, Department>,
    by_code: HashMap<String, DepartmentId>,
}

impl Directory {
    /// The department of a key.
    #[must_use]
    pub fn get(&self, id: DepartmentId) -> Option<&Department> {
        self.by_id.get(&id)
    }

    /// The department of a code.
    #[must_use]
    pub fn of_code(&self, code: &str) -> Option<DepartmentId> {
        self.by_code.get(code).copied()
    }
}

static KEPT: Newest<Directory> = Newest::new();

/// All departments as the connection sees them: one statement where none has changed since they were read
/// last, two more where one has. Not for a transaction that changes departments itself: PostgreSQL renews
/// the token when it commits.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown, or the token is not there.
#[expect(
    clippy::disallowed_methods,
    reason = "the tree is a directory: one scope for all"
)]
pub async fn whole(db: &impl ConnectionTrait) -> Result<Arc<Directory>, StoreError> {
    let token: Option<Uuid> = rows_version::Entity::find_by_id(FAMILY)
        .select_only()
        .column(rows_version::Column::Token)
        .into_tuple()
        .one(db)
        .await?;
    let token = token.ok_or_else(|| corrupt("rows_version", "family", FAMILY, "no row"))?;
    if let Some(directory) = KEPT.find(token) {
        return Ok(directory);
    }
    let rows = find().all(db).await?;
    let mut directory = Directory::default();
    let parents = present_parents(db, None).await?;
    for row in rows {
        let one = to_domain(row, &parents)?;
        directory.by_code.insert(one.code.clone(), one.id);
        directory.by_id.insert(one.id, one);
    }
    Ok(KEPT.keep(token, directory))
}
