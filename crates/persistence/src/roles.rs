//! Roles with their names and what each permits: seed data.

use duban_domain::access::{Permission, Role};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, QueryOrder};

use crate::{
    entity::{role, role_permission},
    error::{StoreError, corrupt},
    store::WriteTx,
};

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
