//! Codes of tasks: looked up together, and those in use.

use std::collections::HashMap;

use duban_domain::{access::Scope, ids::TaskId, task::TaskState, text::is_storable};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{entity::task, error::StoreError, tasks::scoped};

/// The keys of the tasks of these codes that are in scope.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn keys_by_code(
    db: &impl ConnectionTrait,
    scope: &Scope,
    codes: &[String],
) -> Result<HashMap<String, TaskId>, StoreError> {
    let codes = codes.iter().filter(|code| is_storable(code)).cloned();
    let rows: Vec<(String, Uuid)> = scoped(scope)
        .select_only()
        .columns([task::Column::Code, task::Column::Id])
        .filter(task::Column::Code.is_in(codes))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(code, key)| (code, TaskId(key)))
        .collect())
}

/// Every code in use that begins so, whoever may see it, so that a new one is free.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "codes must be free everywhere")]
pub async fn codes_unscoped(
    db: &impl ConnectionTrait,
    prefix: &str,
) -> Result<Vec<String>, StoreError> {
    Ok(task::Entity::find()
        .select_only()
        .column(task::Column::Code)
        .filter(task::Column::Code.starts_with(prefix))
        .into_tuple()
        .all(db)
        .await?)
}

/// Codes of the open tasks divided from each of these, whoever may see them: a task is not complete
/// before its parts are, those that its new lead may not read included.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "the parents were found in scope")]
pub async fn open_parts_unscoped(
    db: &impl ConnectionTrait,
    parents: &[TaskId],
) -> Result<HashMap<TaskId, Vec<String>>, StoreError> {
    let open = TaskState::ALL.iter().filter(|state| state.is_open());
    let rows: Vec<(Uuid, String)> = task::Entity::find()
        .select_only()
        .columns([task::Column::ParentId, task::Column::Code])
        .filter(task::Column::ParentId.is_in(parents.iter().map(|id| id.0)))
        .filter(task::Column::State.is_in(open.map(|state| state.name())))
        .order_by_asc(task::Column::Position)
        .into_tuple()
        .all(db)
        .await?;
    let mut found: HashMap<TaskId, Vec<String>> = HashMap::new();
    for (parent, code) in rows {
        found.entry(TaskId(parent)).or_default().push(code);
    }
    Ok(found)
}
