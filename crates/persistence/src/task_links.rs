//! Which work points a key task sums up.

use std::collections::HashMap;

use duban_domain::{access::Scope, ids::TaskId, task::Task};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    bulk::insert_all, entity::task_link, error::StoreError, store::WriteTx, tasks::find_many,
};

/// Which end of the links between key tasks and work points is asked from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkEnd {
    /// From key tasks: the work points that each sums up.
    KeyTask,
    /// From work points: the key tasks that sum each up.
    WorkPoint,
}

/// The tasks at the other end of the links of each of these, in the order of the text.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(
    clippy::disallowed_methods,
    reason = "the linked tasks are scoped below"
)]
pub async fn linked(
    db: &impl ConnectionTrait,
    scope: &Scope,
    from: LinkEnd,
    tasks: &[TaskId],
) -> Result<HashMap<TaskId, Vec<Task>>, StoreError> {
    let keys: Vec<Uuid> = tasks.iter().map(|id| id.0).collect();
    let here = match from {
        LinkEnd::KeyTask => task_link::Column::KeyTaskId,
        LinkEnd::WorkPoint => task_link::Column::WorkPointId,
    };
    let links = task_link::Entity::find()
        .filter(here.is_in(keys))
        .all(db)
        .await?;
    let pairs: Vec<(TaskId, TaskId)> = links
        .iter()
        .map(|link| match from {
            LinkEnd::KeyTask => (TaskId(link.key_task_id), TaskId(link.work_point_id)),
            LinkEnd::WorkPoint => (TaskId(link.work_point_id), TaskId(link.key_task_id)),
        })
        .collect();
    if pairs.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<TaskId> = pairs.iter().map(|(_, there)| *there).collect();
    let known: HashMap<TaskId, Task> = find_many(db, scope, &ids)
        .await?
        .into_iter()
        .map(|task| (task.id, task))
        .collect();
    let mut found: HashMap<TaskId, Vec<Task>> = HashMap::new();
    for (here, there) in pairs {
        if let Some(task) = known.get(&there) {
            found.entry(here).or_default().push(task.clone());
        }
    }
    for list in found.values_mut() {
        list.sort_by_key(|task| task.position);
    }
    Ok(found)
}

/// Replaces the work points that a key task sums up.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn replace(
    tx: &WriteTx,
    key_task: TaskId,
    work_points: &[TaskId],
) -> Result<(), StoreError> {
    task_link::Entity::delete_many()
        .filter(task_link::Column::KeyTaskId.eq(key_task.0))
        .exec(tx.conn())
        .await?;
    let links = work_points
        .iter()
        .map(|work_point| (key_task, *work_point))
        .collect();
    insert_all_of(tx, links).await
}

/// Adds links from key tasks to work points.
///
/// # Errors
///
/// [`StoreError::Taken`] when one is there already.
pub async fn insert_all_of(tx: &WriteTx, links: Vec<(TaskId, TaskId)>) -> Result<(), StoreError> {
    let rows = links
        .into_iter()
        .map(|(key_task, work_point)| task_link::ActiveModel {
            key_task_id: Set(key_task.0),
            work_point_id: Set(work_point.0),
        });
    insert_all(tx.conn(), rows.collect()).await
}
