//! Where tasks without a plan come from, and whose they are.

use std::collections::HashMap;

use duban_domain::{
    access::{Person, Scope},
    ids::{AccountId, DepartmentId, TaskId},
    task::item::Origin,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    QueryTrait, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    bulk::insert_all,
    entity::{task, task_origin},
    error::StoreError,
    scope::on_task,
    store::WriteTx,
};

/// The origin of each of these tasks that is in scope and has one.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
pub async fn of_tasks(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: &[TaskId],
) -> Result<HashMap<TaskId, Origin>, StoreError> {
    let keys: Vec<Uuid> = tasks.iter().map(|id| id.0).collect();
    let rows = task_origin::Entity::find()
        .filter(task_origin::Column::TaskId.is_in(keys))
        .filter(on_task(task_origin::Column::TaskId, scope))
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (TaskId(row.task_id), to_domain(row)))
        .collect())
}

/// Gives the parts of a task to whoever leads it now.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "the task was found in scope")]
pub async fn set_owner_of_parts(
    tx: &WriteTx,
    parent: TaskId,
    owner: DepartmentId,
) -> Result<(), StoreError> {
    let parts = task::Entity::find()
        .select_only()
        .column(task::Column::Id)
        .filter(task::Column::ParentId.eq(parent.0))
        .into_query();
    task_origin::Entity::update_many()
        .col_expr(task_origin::Column::OwnerId, Expr::value(owner.0))
        .filter(task_origin::Column::TaskId.in_subquery(parts))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Adds origins of new tasks.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn insert_all_of(tx: &WriteTx, new: &[Origin]) -> Result<(), StoreError> {
    let rows = new.iter().map(|one| task_origin::ActiveModel {
        task_id: Set(one.task.0),
        owner_id: Set(one.owner.0),
        source: Set(one.source.clone()),
        source_on: Set(one.on),
        document_number: Set(one.document_number.clone()),
        created_by: Set(one.created_by.account.0),
        created_for: Set(one.created_by.acting_for.map(|person| person.0)),
        created_at: Set(one.created_at.into()),
    });
    insert_all(tx.conn(), rows.collect()).await
}

fn to_domain(row: task_origin::Model) -> Origin {
    Origin {
        task: TaskId(row.task_id),
        owner: DepartmentId(row.owner_id),
        source: row.source,
        on: row.source_on,
        document_number: row.document_number,
        created_by: Person {
            account: AccountId(row.created_by),
            acting_for: row.created_for.map(AccountId),
        },
        created_at: row.created_at.into(),
    }
}
