//! Roles given over part of the tree, and what each permits.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use duban_domain::{
    access::{DatedGrant, Grant, Permission, Reach, Role, Scope},
    ids::{AccountId, DepartmentId, GrantId},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, Select, sea_query::Expr,
};
use time::Date;
use uuid::Uuid;

use crate::{
    entity::{role_grant, role_permission},
    error::{StoreError, corrupt},
    scope::account_keys_in,
    store::WriteTx,
};

/// A grant with its key and whose it is.
pub struct Held {
    /// Its key, by which grants are ordered.
    pub id: GrantId,
    /// Whose it is.
    pub owner: AccountId,
    /// What it gives, as its owner holds it.
    pub grant: Grant,
}

impl Held {
    /// The grant as somebody holds it: his own, or that of somebody whom he stands in for.
    #[must_use]
    pub fn as_held_by(&self, holder: AccountId) -> Grant {
        Grant {
            on_behalf_of: (self.owner != holder).then_some(self.owner),
            ..self.grant.clone()
        }
    }
}

/// The grants of an account that hold on a day, and those of the people whom it stands in for,
/// each with what its role permits.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn in_force_unscoped(
    db: &impl ConnectionTrait,
    id: AccountId,
    stands_for: &[AccountId],
    on: Date,
) -> Result<Vec<Grant>, StoreError> {
    let people: Vec<AccountId> = stands_for.iter().chain([&id]).copied().collect();
    let held = in_force_of_unscoped(db, &people, on).await?;
    Ok(held.iter().map(|one| one.as_held_by(id)).collect())
}

/// The grants of these accounts that hold on a day, the oldest first; two statements.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
#[expect(
    clippy::disallowed_methods,
    reason = "grants are what scopes are made of"
)]
pub async fn in_force_of_unscoped(
    db: &impl ConnectionTrait,
    accounts: &[AccountId],
    on: Date,
) -> Result<Vec<Held>, StoreError> {
    let people: Vec<Uuid> = accounts.iter().map(|one| one.0).collect();
    let rows = role_grant::Entity::find()
        .filter(role_grant::Column::AccountId.is_in(people))
        .filter(in_force(on))
        .order_by_asc(role_grant::Column::Id)
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let roles: BTreeSet<&str> = rows.iter().map(|row| row.role.as_str()).collect();
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
    let held = rows.iter().map(|row| {
        Ok(Held {
            id: GrantId(row.id),
            owner: AccountId(row.account_id),
            grant: grant(row, &permissions)?,
        })
    });
    held.collect()
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
        reach: reach(row)?,
        permissions: permissions.get(&row.role).cloned().unwrap_or_default(),
        on_behalf_of: None,
    })
}

/// Every grant of an account, ended ones too, the earliest first.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn of_account_unscoped(
    db: &impl ConnectionTrait,
    account: AccountId,
) -> Result<Vec<DatedGrant>, StoreError> {
    let rows = find()
        .filter(role_grant::Column::AccountId.eq(account.0))
        .order_by_asc(role_grant::Column::ValidFrom)
        .order_by_asc(role_grant::Column::Id)
        .all(db)
        .await?;
    rows.iter().map(dated).collect()
}

/// Every grant of each of these accounts that are in scope, the earliest first.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn of_accounts(
    db: &impl ConnectionTrait,
    scope: &Scope,
    accounts: &[AccountId],
) -> Result<HashMap<AccountId, Vec<DatedGrant>>, StoreError> {
    let keys: Vec<Uuid> = accounts.iter().map(|one| one.0).collect();
    let rows = find()
        .filter(role_grant::Column::AccountId.is_in(keys))
        .filter(role_grant::Column::AccountId.in_subquery(account_keys_in(scope)))
        .order_by_asc(role_grant::Column::ValidFrom)
        .order_by_asc(role_grant::Column::Id)
        .all(db)
        .await?;
    let mut found: HashMap<AccountId, Vec<DatedGrant>> = HashMap::new();
    for row in &rows {
        let one = dated(row)?;
        found.entry(one.account).or_default().push(one);
    }
    Ok(found)
}

/// The grant of that key, if its account is in scope.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn find_one(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: GrantId,
) -> Result<Option<DatedGrant>, StoreError> {
    let row = find()
        .filter(role_grant::Column::Id.eq(id.0))
        .filter(role_grant::Column::AccountId.in_subquery(account_keys_in(scope)))
        .one(db)
        .await?;
    row.as_ref().map(dated).transpose()
}

/// Gives a role.
///
/// # Errors
///
/// [`StoreError::Taken`] when that grant is there already.
pub async fn insert(tx: &WriteTx, new: &DatedGrant) -> Result<(), StoreError> {
    role_grant::Entity::insert(role_grant::ActiveModel {
        id: Set(new.id.0),
        account_id: Set(new.account.0),
        role: Set(new.role.name().to_owned()),
        department_id: Set(new.department.0),
        reach: Set(new.reach.name().to_owned()),
        valid_from: Set(new.first),
        valid_to: Set(new.last),
    })
    .exec_without_returning(tx.conn())
    .await?;
    Ok(())
}

/// Writes the last day of a grant.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn save_end(tx: &WriteTx, ended: &DatedGrant) -> Result<(), StoreError> {
    role_grant::Entity::update_many()
        .col_expr(role_grant::Column::ValidTo, Expr::value(ended.last))
        .filter(role_grant::Column::Id.eq(ended.id.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "scoped by the callers, or for a decision on one account"
)]
fn find() -> Select<role_grant::Entity> {
    role_grant::Entity::find()
}

fn reach(row: &role_grant::Model) -> Result<Reach, StoreError> {
    Reach::parse(&row.reach).ok_or_else(|| corrupt("role_grant", "reach", row.id, &row.reach))
}

fn dated(row: &role_grant::Model) -> Result<DatedGrant, StoreError> {
    Ok(DatedGrant {
        id: GrantId(row.id),
        account: AccountId(row.account_id),
        role: role(row)?,
        department: DepartmentId(row.department_id),
        reach: reach(row)?,
        first: row.valid_from,
        last: row.valid_to,
    })
}
