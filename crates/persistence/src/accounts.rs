//! Accounts; roles with their permissions.

use std::collections::{BTreeSet, HashMap};

use duban_domain::{
    access::{Permission, Role},
    ids::{AccountId, DepartmentId},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
    sea_query::{Expr, Func},
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{
    departments::pattern,
    entity::{account, role, role_grant, role_permission},
    error::{StoreError, corrupt},
    grants::in_force,
    instant::Instant,
    scope::{ancestors, descendants},
    store::WriteTx,
};

/// Somebody who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Key.
    pub id: AccountId,
    /// What is typed to sign in.
    pub login: String,
    /// How others see it.
    pub display_name: String,
    /// The unit it belongs to.
    pub department: DepartmentId,
    /// Raised when its sessions must end.
    pub epoch: i32,
    /// Whether it is there to try the product only.
    pub is_demo: bool,
    /// Whether it may not sign in any more.
    pub is_disabled: bool,
    /// Whether it has a password; one that was only invited has none yet.
    pub has_password: bool,
    /// Changes so far, from 1.
    pub version: i32,
}

impl Account {
    /// Whether it can sign in.
    pub const fn is_live(&self) -> bool {
        self.has_password && !self.is_disabled
    }
}

/// What sign-in compares with; never leaves the identity module.
#[derive(Clone)]
pub struct Credentials {
    /// The account.
    pub account: Account,
    /// Its password in PHC form, where one is set.
    pub password_hash: Option<String>,
}

/// A role with its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleNames {
    /// The role.
    pub role: Role,
    /// In Chinese.
    pub name_zh: String,
    /// In English.
    pub name_en: String,
}

/// The account of that login, with what its password is compared with.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_credentials_unscoped(
    db: &impl ConnectionTrait,
    login: &str,
) -> Result<Option<Credentials>, StoreError> {
    let row = find()
        .filter(account::Column::Login.eq(login))
        .one(db)
        .await?;
    Ok(row.map(|row| Credentials {
        password_hash: row.password_hash.clone(),
        account: to_domain(row),
    }))
}

/// The accounts of these keys.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_many_unscoped(
    db: &impl ConnectionTrait,
    ids: &[AccountId],
) -> Result<Vec<Account>, StoreError> {
    let keys: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = find()
        .filter(account::Column::Id.is_in(keys))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(to_domain).collect())
}

/// The account, locked until the transaction ends, so that nobody disables it meanwhile.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_locked_unscoped(
    tx: &WriteTx,
    id: AccountId,
) -> Result<Option<Account>, StoreError> {
    let row = find()
        .filter(account::Column::Id.eq(id.0))
        .lock_exclusive()
        .one(tx.conn())
        .await?;
    Ok(row.map(to_domain))
}

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
        .filter(account::Column::PasswordHash.is_not_null())
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
        .filter(account::Column::PasswordHash.is_not_null());
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

/// Accounts in whose login or name a word in search form occurs.
fn named(word: &str) -> Condition {
    let contains = |column: account::Column| {
        Expr::expr(Func::lower(Expr::col(column.as_column_ref()))).like(pattern(word))
    };
    Condition::any()
        .add(contains(account::Column::Login))
        .add(contains(account::Column::DisplayName))
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

/// The roles with their names, in their order.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
#[expect(
    clippy::disallowed_methods,
    reason = "the names of roles are no secret"
)]
pub async fn role_names(db: &impl ConnectionTrait) -> Result<Vec<RoleNames>, StoreError> {
    let rows = role::Entity::find()
        .order_by_asc(role::Column::Position)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(RoleNames {
                role: Role::parse(&row.code)
                    .ok_or_else(|| corrupt("role", "code", &row.code, &row.code))?,
                name_zh: row.name_zh,
                name_en: row.name_en,
            })
        })
        .collect()
}

/// Adds an account.
///
/// # Errors
///
/// [`StoreError::Taken`] when the login is in use.
pub async fn insert(
    tx: &WriteTx,
    new: &Account,
    password_hash: Option<String>,
) -> Result<(), StoreError> {
    account::Entity::insert(account::ActiveModel {
        id: Set(new.id.0),
        login: Set(new.login.clone()),
        display_name: Set(new.display_name.clone()),
        department_id: Set(new.department.0),
        password_hash: Set(password_hash),
        epoch: Set(new.epoch),
        is_demo: Set(new.is_demo),
        created_at: Set(tx.now().into()),
        disabled_at: Set(None),
        version: Set(1),
    })
    .exec_without_returning(tx.conn())
    .await?;
    Ok(())
}

/// Stores a new password hash, because the old one was made with weaker parameters or forgotten.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn save_password(tx: &WriteTx, id: AccountId, hash: String) -> Result<(), StoreError> {
    account::Entity::update_many()
        .col_expr(account::Column::PasswordHash, Expr::value(hash))
        .filter(account::Column::Id.eq(id.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Raises the epoch of an account, so that every access token it has is worth nothing.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn raise_epoch(tx: &WriteTx, id: AccountId) -> Result<(), StoreError> {
    account::Entity::update_many()
        .col_expr(
            account::Column::Epoch,
            Expr::col(account::Column::Epoch).add(1),
        )
        .col_expr(
            account::Column::Version,
            Expr::col(account::Column::Version).add(1),
        )
        .filter(account::Column::Id.eq(id.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Takes the right to sign in away, or with no instant gives it back.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn save_disabled(
    tx: &WriteTx,
    id: AccountId,
    at: Option<OffsetDateTime>,
) -> Result<(), StoreError> {
    account::Entity::update_many()
        .col_expr(
            account::Column::DisabledAt,
            Expr::value(at.map(Instant::from)),
        )
        .filter(account::Column::Id.eq(id.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Replaces the roles and what each permits.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn replace_roles(
    tx: &WriteTx,
    roles: &[RoleNames],
    permissions: &[(Role, Permission)],
) -> Result<(), StoreError> {
    let db = tx.conn();
    role_permission::Entity::delete_many().exec(db).await?;
    role::Entity::delete_many().exec(db).await?;
    let rows = roles
        .iter()
        .zip(1..)
        .map(|(one, position)| role::ActiveModel {
            code: Set(one.role.name().to_owned()),
            name_zh: Set(one.name_zh.clone()),
            name_en: Set(one.name_en.clone()),
            position: Set(position),
        });
    role::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    let rows = permissions
        .iter()
        .map(|(role, permission)| role_permission::ActiveModel {
            role: Set(role.name().to_owned()),
            permission: Set(permission.name().to_owned()),
        });
    role_permission::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the callers say in their names what they see"
)]
fn find() -> sea_orm::Select<account::Entity> {
    account::Entity::find()
}

fn to_domain(row: account::Model) -> Account {
    Account {
        id: AccountId(row.id),
        login: row.login,
        display_name: row.display_name,
        department: DepartmentId(row.department_id),
        epoch: row.epoch,
        is_demo: row.is_demo,
        is_disabled: row.disabled_at.is_some(),
        has_password: row.password_hash.is_some(),
        version: row.version,
    }
}
