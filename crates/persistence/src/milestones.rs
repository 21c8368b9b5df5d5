//! Dated steps of tasks.

use std::collections::HashMap;

use duban_domain::{
    access::Scope,
    ids::{MilestoneId, TaskId},
    task::{Milestone, MilestoneAct, MilestoneState},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
    sea_query::{Expr, SelectStatement},
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{
    bulk::insert_all,
    entity::{milestone, milestone_step},
    error::{StoreError, corrupt},
    instant::Instant,
    past,
    scope::on_task,
    store::WriteTx,
};

/// The milestones of these keys that are in scope.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_many(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[MilestoneId],
) -> Result<Vec<Milestone>, StoreError> {
    let keys = ids.iter().map(|id| id.0);
    let rows = scoped(scope)
        .filter(milestone::Column::Id.is_in(keys))
        .all(db)
        .await?;
    rows.into_iter().map(to_domain).collect()
}

/// The milestone, if it is in scope.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: MilestoneId,
) -> Result<Option<Milestone>, StoreError> {
    Ok(find_many(db, scope, &[id]).await?.pop())
}

/// The milestones of each of these tasks, in their order.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn of_tasks(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: &[TaskId],
) -> Result<HashMap<TaskId, Vec<Milestone>>, StoreError> {
    let keys: Vec<Uuid> = tasks.iter().map(|id| id.0).collect();
    let rows = scoped(scope)
        .filter(milestone::Column::TaskId.is_in(keys))
        .order_by_asc(milestone::Column::Position)
        .order_by_asc(milestone::Column::Id)
        .all(db)
        .await?;
    let mut found: HashMap<TaskId, Vec<Milestone>> = HashMap::new();
    for row in rows {
        found
            .entry(TaskId(row.task_id))
            .or_default()
            .push(to_domain(row)?);
    }
    Ok(found)
}

/// The open milestones with a date of each of these tasks, with their titles; for rules, not for
/// readers.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "rules look at every task")]
pub async fn open_dated_unscoped(
    db: &impl ConnectionTrait,
    tasks: &[TaskId],
) -> Result<HashMap<TaskId, Vec<(MilestoneId, String, Date)>>, StoreError> {
    let keys: Vec<Uuid> = tasks.iter().map(|id| id.0).collect();
    let rows = milestone::Entity::find()
        .filter(milestone::Column::TaskId.is_in(keys))
        .filter(milestone::Column::State.eq(MilestoneState::Open.name()))
        .filter(milestone::Column::DueOn.is_not_null())
        .order_by_asc(milestone::Column::Position)
        .all(db)
        .await?;
    let mut found: HashMap<TaskId, Vec<(MilestoneId, String, Date)>> = HashMap::new();
    for row in rows {
        if let Some(day) = row.due_on {
            let list = found.entry(TaskId(row.task_id)).or_default();
            list.push((MilestoneId(row.id), row.title, day));
        }
    }
    Ok(found)
}

/// Adds milestones.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn insert_all_of(tx: &WriteTx, new: &[Milestone]) -> Result<(), StoreError> {
    let rows = new.iter().map(|one| milestone::ActiveModel {
        id: Set(one.id.0),
        task_id: Set(one.task.0),
        title: Set(one.title.clone()),
        due_on: Set(one.due_on),
        state: Set(one.state.name().to_owned()),
        position: Set(one.position),
        version: Set(one.version),
    });
    insert_all(tx.conn(), rows.collect()).await
}

/// Writes a milestone back and counts its version up.
///
/// # Errors
///
/// [`StoreError::Stale`] when someone was faster.
pub async fn save(tx: &WriteTx, milestone: &mut Milestone) -> Result<(), StoreError> {
    keep(tx, milestone).await?;
    let done = milestone::Entity::update_many()
        .col_expr(
            milestone::Column::Title,
            Expr::value(milestone.title.clone()),
        )
        .col_expr(milestone::Column::DueOn, Expr::value(milestone.due_on))
        .col_expr(
            milestone::Column::State,
            Expr::value(milestone.state.name()),
        )
        .col_expr(
            milestone::Column::Version,
            Expr::value(milestone.version + 1),
        )
        .filter(milestone::Column::Id.eq(milestone.id.0))
        .filter(milestone::Column::Version.eq(milestone.version))
        .exec(tx.conn())
        .await?;
    if done.rows_affected != 1 {
        return Err(StoreError::Stale);
    }
    milestone.version += 1;
    Ok(())
}

/// Removes a milestone.
///
/// # Errors
///
/// [`StoreError::Stale`] when someone changed it first.
pub async fn delete(tx: &WriteTx, milestone: &Milestone) -> Result<(), StoreError> {
    keep(tx, milestone).await?;
    let done = milestone::Entity::delete_many()
        .filter(milestone::Column::Id.eq(milestone.id.0))
        .filter(milestone::Column::Version.eq(milestone.version))
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 1 {
        Ok(())
    } else {
        Err(StoreError::Stale)
    }
}

async fn keep(tx: &WriteTx, milestone: &Milestone) -> Result<(), StoreError> {
    let is_it = milestone::Column::Id.eq(milestone.id.0);
    past::keep::<milestone::Entity>(tx, milestone::Column::Version, is_it).await
}

fn scoped(scope: &Scope) -> Select<milestone::Entity> {
    standing(scope).filter(on_task(milestone::Column::TaskId, scope))
}

/// The milestones that stood at the scope's instant, or stand now; the caller narrows them.
#[expect(clippy::disallowed_methods, reason = "the callers scope it")]
pub(crate) fn standing(scope: &Scope) -> Select<milestone::Entity> {
    let found = past::at(milestone::Entity::find(), scope);
    match scope.as_of {
        Some(instant) => found.filter(milestone::Column::Id.not_in_subquery(added_since(instant))),
        None => found,
    }
}

/// The keys of milestones that were added after an instant.
#[expect(clippy::disallowed_methods, reason = "narrows a scoped list")]
fn added_since(instant: OffsetDateTime) -> SelectStatement {
    milestone_step::Entity::find()
        .select_only()
        .column(milestone_step::Column::MilestoneId)
        .filter(milestone_step::Column::Act.eq(MilestoneAct::Add.name()))
        .filter(milestone_step::Column::OccurredAt.gte(Instant::from(instant)))
        .into_query()
}

fn to_domain(row: milestone::Model) -> Result<Milestone, StoreError> {
    Ok(Milestone {
        id: MilestoneId(row.id),
        task: TaskId(row.task_id),
        state: MilestoneState::parse(&row.state)
            .ok_or_else(|| corrupt("milestone", "state", row.id, &row.state))?,
        title: row.title,
        due_on: row.due_on,
        position: row.position,
        version: row.version,
    })
}
