//! Roles given over part of the tree, and what each permits.

use std::collections::{BTreeMap, BTreeSet};

use duban_domain::{
    access::{Grant, Permission, Reach, Role},
    ids::{AccountId, DepartmentId, fresh_key},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};
use time::Date;
use uuid::Uuid;

use crate::{
    entity::{role_grant, role_permission},
    error::{StoreError, corrupt},
    store::WriteTx,
};

/// The grants of an account that hold on a day, and those of the people whom it stands in for,
/// each with what its role permits.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
#[expect(
    clippy::disallowed_methods,
    reason = "grants are what scopes are made of"
)]
pub async fn in_force_unscoped(
    db: &impl ConnectionTrait,
    id: AccountId,
    stands_for: &[AccountId],
    on: Date,
) -> Result<Vec<Grant>, StoreError> {
    let people: Vec<Uuid> = stands_for.iter().chain([&id]).map(|one| one.0).collect();
    let rows = role_grant::Entity::find()
        .filter(role_grant::Column::AccountId.is_in(people))
        .filter(in_force(on))
        .order_by_asc(role_grant::Column::Id)
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let roles: Vec<&str> = rows.iter().map(|row| row.role.as_str()).collect();
    let held = role_permission::Entity::find()
        .filter(role_permission::Column::Role.is_in(roles))
        .all(db)
        .await?;
    let mut permissions: BTreeMap<String, BTreeSet<Permission>> = BTreeMap::new();
    for row in held {
        let permission = Permission::parse(&row.permission)
            .ok_or_else(|| corrupt("role_permission", "permission", &row.role, &row.permission))?;
        permissions.entry(row.role).or_default().insert(permission);
    }
    rows.into_iter()
        .map(|row| {
            let owner = AccountId(row.account_id);
            let grant = grant(&row, &permissions)?;
            Ok(Grant {
                on_behalf_of: (owner != id).then_some(owner),
                ..grant
            })
        })
        .collect()
}

/// The roles that an account holds on any day of a span.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
#[expect(
    clippy::disallowed_methods,
    reason = "grants are what scopes are made of"
)]
pub async fn roles_between_unscoped(
    db: &impl ConnectionTrait,
    id: AccountId,
    (first, last): (Date, Date),
) -> Result<BTreeSet<Role>, StoreError> {
    let rows = role_grant::Entity::find()
        .filter(role_grant::Column::AccountId.eq(id.0))
        .filter(role_grant::Column::ValidFrom.lte(last))
        .filter(holds_until(first))
        .all(db)
        .await?;
    rows.iter().map(role).collect()
}

pub(crate) fn in_force(on: Date) -> Condition {
    Condition::all()
        .add(role_grant::Column::ValidFrom.lte(on))
        .add(holds_until(on))
}

fn holds_until(day: Date) -> Condition {
    Condition::any()
        .add(role_grant::Column::ValidTo.is_null())
        .add(role_grant::Column::ValidTo.gte(day))
}

fn role(row: &role_grant::Model) -> Result<Role, StoreError> {
    Role::parse(&row.role).ok_or_else(|| corrupt("role_grant", "role", row.id, &row.role))
}

fn grant(
    row: &role_grant::Model,
    permissions: &BTreeMap<String, BTreeSet<Permission>>,
) -> Result<Grant, StoreError> {
    Ok(Grant {
        role: role(row)?,
        department: DepartmentId(row.department_id),
        reach: Reach::parse(&row.reach)
            .ok_or_else(|| corrupt("role_grant", "reach", row.id, &row.reach))?,
        permissions: permissions.get(&row.role).cloned().unwrap_or_default(),
        on_behalf_of: None,
    })
}

/// Gives a role.
///
/// # Errors
///
/// [`StoreError::Taken`] when that grant is there already.
pub async fn insert(
    tx: &WriteTx,
    id: AccountId,
    role: Role,
    (department, reach): (DepartmentId, Reach),
    from: Date,
) -> Result<(), StoreError> {
    role_grant::Entity::insert(role_grant::ActiveModel {
        id: Set(fresh_key(tx.now())),
        account_id: Set(id.0),
        role: Set(role.name().to_owned()),
        department_id: Set(department.0),
        reach: Set(reach.name().to_owned()),
        valid_from: Set(from),
        valid_to: Set(None),
    })
    .exec_without_returning(tx.conn())
    .await?;
    Ok(())
}
