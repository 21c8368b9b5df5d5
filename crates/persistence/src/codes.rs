//! Keys of metrics and departments by the codes that people know, many with one statement.

use std::collections::HashMap;

use duban_domain::{
    access::Scope,
    ids::{DepartmentId, MetricId},
    text::is_storable,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::{
    entity::{department, metric},
    error::StoreError,
    past,
    scope::on_plan,
};

/// The keys of the metrics of these codes that are in scope.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
pub async fn metrics(
    db: &impl ConnectionTrait,
    scope: &Scope,
    codes: &[String],
) -> Result<HashMap<String, MetricId>, StoreError> {
    let rows: Vec<(String, Uuid)> = past::at(metric::Entity::find(), scope)
        .select_only()
        .columns([metric::Column::Code, metric::Column::Id])
        .filter(metric::Column::Code.is_in(storable(codes)))
        .filter(on_plan(metric::Column::PlanId, scope))
        .into_tuple()
        .all(db)
        .await?;
    let rows = rows.into_iter();
    Ok(rows.map(|(code, id)| (code, MetricId(id))).collect())
}

/// The keys of the departments of these codes.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(
    clippy::disallowed_methods,
    reason = "the tree is a directory: one scope for all"
)]
pub async fn departments(
    db: &impl ConnectionTrait,
    codes: &[String],
) -> Result<HashMap<String, DepartmentId>, StoreError> {
    let rows: Vec<(String, Uuid)> = department::Entity::find()
        .select_only()
        .columns([department::Column::Code, department::Column::Id])
        .filter(department::Column::Code.is_in(storable(codes)))
        .into_tuple()
        .all(db)
        .await?;
    let rows = rows.into_iter();
    Ok(rows.map(|(code, id)| (code, DepartmentId(id))).collect())
}

fn storable(codes: &[String]) -> impl Iterator<Item = &str> {
    let codes = codes.iter().map(String::as_str);
    codes.filter(|code| is_storable(code))
}
