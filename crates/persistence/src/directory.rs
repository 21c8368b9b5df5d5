//! Who holds what where: the people behind departments, for whom something is written.

use std::collections::{BTreeMap, BTreeSet};

use duban_domain::{
    access::{Permission, Reach, Role},
    ids::{AccountId, DepartmentId},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use time::Date;
use uuid::Uuid;

use crate::{
    accounts::can_come_in,
    entity::{account, role_grant, role_permission},
    error::{StoreError, corrupt},
};

/// A role that somebody who can sign in holds at a department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Who.
    pub account: AccountId,
    /// The role.
    pub role: Role,
    /// Where.
    pub department: DepartmentId,
    /// How far below.
    pub reach: Reach,
    /// What the role permits.
    pub permissions: BTreeSet<Permission>,
}

/// The roles held at any of these departments on a day, by people who can sign in.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
#[expect(
    clippy::disallowed_methods,
    reason = "the rules choose whom to tell, not a caller"
)]
pub async fn held_at_unscoped(
    db: &impl ConnectionTrait,
    departments: &[DepartmentId],
    on: Date,
) -> Result<Vec<Held>, StoreError> {
    if departments.is_empty() {
        return Ok(Vec::new());
    }
    let keys: BTreeSet<Uuid> = departments.iter().map(|id| id.0).collect();
    let live = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::DisabledAt.is_null())
        .filter(can_come_in())
        .into_query();
    let rows = role_grant::Entity::find()
        .filter(role_grant::Column::DepartmentId.is_in(keys))
        .filter(role_grant::Column::ValidFrom.lte(on))
        .filter(
            Condition::any()
                .add(role_grant::Column::ValidTo.is_null())
                .add(role_grant::Column::ValidTo.gte(on)),
        )
        .filter(role_grant::Column::AccountId.in_subquery(live))
        .order_by_asc(role_grant::Column::AccountId)
        .order_by_asc(role_grant::Column::Id)
        .all(db)
        .await?;
    let mut permissions: BTreeMap<String, BTreeSet<Permission>> = BTreeMap::new();
    for row in role_permission::Entity::find().all(db).await? {
        let permission = Permission::parse(&row.permission)
            .ok_or_else(|| corrupt("role_permission", "permission", &row.role, &row.permission))?;
        permissions.entry(row.role).or_default().insert(permission);
    }
    rows.into_iter()
        .map(|row| {
            Ok(Held {
                account: AccountId(row.account_id),
                role: Role::parse(&row.role)
                    .ok_or_else(|| corrupt("role_grant", "role", row.id, &row.role))?,
                department: DepartmentId(row.department_id),
                reach: Reach::parse(&row.reach)
                    .ok_or_else(|| corrupt("role_grant", "reach", row.id, &row.reach))?,
                permissions: permissions.get(&row.role).cloned().unwrap_or_default(),
            })
        })
        .collect()
}
