//! Accounts whose people can be reached: of units, around a unit, holding a permission.

use std::collections::{BTreeSet, HashMap};

use duban_domain::{access::Permission, ids::DepartmentId};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use time::Date;
use uuid::Uuid;

use super::{Account, can_come_in, find, named, to_domain};
use crate::{
    entity::{account, role_grant, role_permission},
    error::StoreError,
    grants::in_force,
    scope::{ancestors, descendants},
};

/// The accounts of each of these units that can sign in, by name.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn live_of_departments_unscoped(
    db: &impl ConnectionTrait,
    departments: &[DepartmentId],
) -> Result<HashMap<DepartmentId, Vec<Account>>, StoreError> {
    let keys: Vec<Uuid> = departments.iter().map(|id| id.0).collect();
    let rows = find()
        .filter(account::Column::DepartmentId.is_in(keys))
        .filter(account::Column::DisabledAt.is_null())
        .filter(can_come_in())
        .order_by_asc(account::Column::DisplayName)
        .all(db)
        .await?;
    let mut found: HashMap<DepartmentId, Vec<Account>> = HashMap::new();
    for row in rows {
        let one = to_domain(row);
        found.entry(one.department).or_default().push(one);
    }
    Ok(found)
}

/// The accounts that can sign in and belong to a unit, to one below it or to one above it, of
/// which every word occurs in login or name; by name, at most `most`.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn live_around_unscoped(
    db: &impl ConnectionTrait,
    department: DepartmentId,
    words: &[String],
    most: u64,
) -> Result<Vec<Account>, StoreError> {
    let mut wanted = find()
        .filter(lineage(department))
        .filter(account::Column::DisabledAt.is_null())
        .filter(can_come_in());
    for word in words {
        wanted = wanted.filter(named(word));
    }
    let rows = wanted
        .order_by_asc(account::Column::DisplayName)
        .order_by_asc(account::Column::Id)
        .limit(most)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(to_domain).collect())
}

/// Accounts of a unit, of those below it and of those above it.
fn lineage(department: DepartmentId) -> Condition {
    let own = BTreeSet::from([department]);
    Condition::any()
        .add(account::Column::DepartmentId.in_subquery(ancestors(&own)))
        .add(account::Column::DepartmentId.in_subquery(descendants(&own)))
}

/// The demo accounts, by login.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn list_demo_unscoped(db: &impl ConnectionTrait) -> Result<Vec<Account>, StoreError> {
    let rows = find()
        .filter(account::Column::IsDemo.eq(true))
        .order_by_asc(account::Column::CreatedAt)
        .order_by_asc(account::Column::Login)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(to_domain).collect())
}

/// The accounts, not disabled, that hold a permission anywhere on a day, by login.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(
    clippy::disallowed_methods,
    reason = "the operator chooses in whose name to work"
)]
pub async fn holders_unscoped(
    db: &impl ConnectionTrait,
    permission: Permission,
    on: Date,
) -> Result<Vec<Account>, StoreError> {
    let roles = role_permission::Entity::find()
        .select_only()
        .column(role_permission::Column::Role)
        .filter(role_permission::Column::Permission.eq(permission.name()))
        .into_query();
    let holders = role_grant::Entity::find()
        .select_only()
        .column(role_grant::Column::AccountId)
        .filter(role_grant::Column::Role.in_subquery(roles))
        .filter(in_force(on))
        .into_query();
    let rows = find()
        .filter(account::Column::Id.in_subquery(holders))
        .filter(account::Column::DisabledAt.is_null())
        .order_by_asc(account::Column::Login)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(to_domain).collect())
}
