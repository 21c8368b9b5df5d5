//! Who is responsible for which task.

use std::collections::{BTreeMap, HashMap};

use duban_domain::{
    access::Scope,
    ids::{AssignmentId, DepartmentId, TaskId, fresh_key},
    plan::draft::AssignmentRole,
    task::{Assignment, Assignments},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use uuid::Uuid;

use crate::{
    bulk::insert_all,
    entity::{assignment, unresolved_department},
    error::{StoreError, corrupt},
    past,
    scope::on_task,
    store::WriteTx,
};

/// A name in the text that matches no department yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    /// The task.
    pub task: TaskId,
    /// The name, as in the text.
    pub name: String,
    /// The role that the text gives it.
    pub role: AssignmentRole,
    /// Order of the text.
    pub position: i32,
}

/// How many tasks a department leads and supports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Load {
    /// Tasks led.
    pub lead: i64,
    /// Tasks supported.
    pub support: i64,
}

/// The stored name of a role.
pub(crate) const fn role_name(role: AssignmentRole) -> &'static str {
    match role {
        AssignmentRole::Lead => "LEAD",
        AssignmentRole::Support => "SUPPORT",
    }
}

fn parse_role(table: &'static str, key: Uuid, name: &str) -> Result<AssignmentRole, StoreError> {
    match name {
        "LEAD" => Ok(AssignmentRole::Lead),
        "SUPPORT" => Ok(AssignmentRole::Support),
        other => Err(corrupt(table, "role", key, other)),
    }
}

/// The assignments of these keys that are in scope.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_many(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[AssignmentId],
) -> Result<Vec<Assignment>, StoreError> {
    let keys: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = scoped(scope)
        .filter(assignment::Column::Id.is_in(keys))
        .all(db)
        .await?;
    rows.into_iter().map(to_domain).collect()
}

/// The assignments of each of these tasks, in the order of the text.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn of_tasks(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: &[TaskId],
) -> Result<HashMap<TaskId, Vec<Assignment>>, StoreError> {
    let keys: Vec<Uuid> = tasks.iter().map(|id| id.0).collect();
    let rows = scoped(scope)
        .filter(assignment::Column::TaskId.is_in(keys))
        .order_by_asc(assignment::Column::Position)
        .all(db)
        .await?;
    let mut found: HashMap<TaskId, Vec<Assignment>> = HashMap::new();
    for row in rows {
        found
            .entry(TaskId(row.task_id))
            .or_default()
            .push(to_domain(row)?);
    }
    Ok(found)
}

/// The department that leads each of these tasks, for figures that are kept whoever writes.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(
    clippy::disallowed_methods,
    reason = "what is kept does not depend on who reads"
)]
pub async fn leads_unscoped(
    db: &impl ConnectionTrait,
    tasks: &[TaskId],
) -> Result<HashMap<TaskId, DepartmentId>, StoreError> {
    let rows: Vec<(Uuid, Uuid)> = assignment::Entity::find()
        .select_only()
        .columns([assignment::Column::TaskId, assignment::Column::DepartmentId])
        .filter(assignment::Column::TaskId.is_in(tasks.iter().map(|id| id.0)))
        .filter(assignment::Column::Role.eq(role_name(AssignmentRole::Lead)))
        .into_tuple()
        .all(db)
        .await?;
    let pair = |(task, department)| (TaskId(task), DepartmentId(department));
    Ok(rows.into_iter().map(pair).collect())
}

/// The unmatched names of each of these tasks, in the order of the text.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
pub async fn unresolved_of_tasks(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: &[TaskId],
) -> Result<HashMap<TaskId, Vec<Unresolved>>, StoreError> {
    let keys: Vec<Uuid> = tasks.iter().map(|id| id.0).collect();
    let rows = unresolved_department::Entity::find()
        .filter(unresolved_department::Column::TaskId.is_in(keys))
        .filter(on_task(unresolved_department::Column::TaskId, scope))
        .order_by_asc(unresolved_department::Column::Position)
        .all(db)
        .await?;
    let mut found: HashMap<TaskId, Vec<Unresolved>> = HashMap::new();
    for row in rows {
        let role = parse_role("unresolved_department", row.id, &row.role)?;
        let task = TaskId(row.task_id);
        found.entry(task).or_default().push(Unresolved {
            task,
            name: row.name,
            role,
            position: row.position,
        });
    }
    Ok(found)
}

/// How many tasks in scope each of these departments leads and supports.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn loads(
    db: &impl ConnectionTrait,
    scope: &Scope,
    departments: &[DepartmentId],
) -> Result<HashMap<DepartmentId, Load>, StoreError> {
    let keys: Vec<Uuid> = departments.iter().map(|id| id.0).collect();
    let rows: Vec<(Uuid, String, i64)> = scoped(scope)
        .select_only()
        .column(assignment::Column::DepartmentId)
        .column(assignment::Column::Role)
        .column_as(assignment::Column::Id.count(), "tasks")
        .filter(assignment::Column::DepartmentId.is_in(keys))
        .group_by(assignment::Column::DepartmentId)
        .group_by(assignment::Column::Role)
        .into_tuple()
        .all(db)
        .await?;
    let mut found: HashMap<DepartmentId, Load> = HashMap::new();
    for (department, role, count) in rows {
        let load = found.entry(DepartmentId(department)).or_default();
        match parse_role("assignment", department, &role)? {
            AssignmentRole::Lead => load.lead = count,
            AssignmentRole::Support => load.support = count,
        }
    }
    Ok(found)
}

/// Adds assignments.
///
/// # Errors
///
/// [`StoreError::Taken`] when a task has a second lead or a department twice.
pub async fn insert_all_of(tx: &WriteTx, new: &[Assignment]) -> Result<(), StoreError> {
    let rows = new.iter().map(|one| assignment::ActiveModel {
        id: Set(one.id.0),
        task_id: Set(one.task.0),
        department_id: Set(one.department.0),
        role: Set(role_name(one.role).to_owned()),
        name_in_text: Set(one.name_in_text.clone()),
        position: Set(one.position),
    });
    insert_all(tx.conn(), rows.collect()).await
}

/// Adds names that match no department yet.
///
/// # Errors
///
/// [`StoreError::Taken`] when a task has one twice.
pub async fn insert_unresolved(tx: &WriteTx, new: &[Unresolved]) -> Result<(), StoreError> {
    let rows = new.iter().map(|one| unresolved_department::ActiveModel {
        id: Set(fresh_key(tx.now())),
        task_id: Set(one.task.0),
        name: Set(one.name.clone()),
        role: Set(role_name(one.role).to_owned()),
        position: Set(one.position),
    });
    insert_all(tx.conn(), rows.collect()).await
}

/// Replaces who is responsible for a task; names in the text of those who stay are kept.
///
/// Unmatched names of the task are gone: a person has said who is responsible.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "the task was found in scope")]
pub async fn replace(
    tx: &WriteTx,
    task: TaskId,
    wanted: &Assignments,
    short_names: &BTreeMap<DepartmentId, String>,
) -> Result<(), StoreError> {
    let db = tx.conn();
    let old = assignment::Entity::find()
        .filter(assignment::Column::TaskId.eq(task.0))
        .all(db)
        .await?;
    let mut names = short_names.clone();
    names.extend(
        old.into_iter()
            .map(|row| (DepartmentId(row.department_id), row.name_in_text)),
    );
    past::keep_of_tasks::<assignment::Entity>(tx, std::iter::once(task.0)).await?;
    assignment::Entity::delete_many()
        .filter(assignment::Column::TaskId.eq(task.0))
        .exec(db)
        .await?;
    unresolved_department::Entity::delete_many()
        .filter(unresolved_department::Column::TaskId.eq(task.0))
        .exec(db)
        .await?;
    let rows: Vec<Assignment> = wanted
        .iter()
        .zip(0..)
        .map(|((department, role), position)| Assignment {
            id: AssignmentId::fresh(tx.now()),
            task,
            department,
            role,
            name_in_text: names.get(&department).cloned().unwrap_or_default(),
            position,
        })
        .collect();
    insert_all_of(tx, &rows).await
}

/// Removes a name that is matched now from these tasks.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn delete_unresolved(
    tx: &WriteTx,
    tasks: &[TaskId],
    name: &str,
) -> Result<(), StoreError> {
    unresolved_department::Entity::delete_many()
        .filter(unresolved_department::Column::TaskId.is_in(tasks.iter().map(|id| id.0)))
        .filter(unresolved_department::Column::Name.eq(name))
        .exec(tx.conn())
        .await?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "scoped here")]
fn scoped(scope: &Scope) -> Select<assignment::Entity> {
    past::at(assignment::Entity::find(), scope).filter(on_task(assignment::Column::TaskId, scope))
}

fn to_domain(row: assignment::Model) -> Result<Assignment, StoreError> {
    Ok(Assignment {
        id: AssignmentId(row.id),
        task: TaskId(row.task_id),
        department: DepartmentId(row.department_id),
        role: parse_role("assignment", row.id, &row.role)?,
        name_in_text: row.name_in_text,
        position: row.position,
    })
}
