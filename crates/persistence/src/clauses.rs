//! Sentences of the source texts.

use std::collections::HashMap;

use duban_domain::{
    access::Scope,
    ids::{ClauseId, PlanId, SectionId, TaskId},
    plan::{draft::ClauseKind, issued::Clause},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select,
};
use uuid::Uuid;

use crate::{
    bulk::insert_all,
    entity::clause,
    error::{StoreError, corrupt},
    page::{self, KeyValue, Page, SortKey, Window},
    scope::on_plan,
    sections::{column, span},
    store::WriteTx,
};

/// The clauses of these keys that are in scope.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_many(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[ClauseId],
) -> Result<Vec<Clause>, StoreError> {
    let keys: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = scoped(scope)
        .filter(clause::Column::Id.is_in(keys))
        .all(db)
        .await?;
    rows.into_iter().map(to_domain).collect()
}

/// The sort key of a clause in lists.
pub fn key_of(clause: &Clause) -> Vec<KeyValue> {
    vec![
        KeyValue::Int(clause.position.into()),
        KeyValue::Key(clause.id.0),
    ]
}

/// A window of the clauses of a plan, in the order of the text.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    plan: PlanId,
    window: &Window,
) -> Result<Page<Clause>, StoreError> {
    let select = scoped(scope).filter(clause::Column::PlanId.eq(plan.0));
    let keys = [
        SortKey::number(clause::Column::Position, false),
        SortKey::key(clause::Column::Id, false),
    ];
    page::fetch(db, select, &keys, window)
        .await?
        .try_map(to_domain)
}

/// The clauses of each of these tasks, in the order of the text.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn of_tasks(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: &[TaskId],
) -> Result<HashMap<TaskId, Vec<Clause>>, StoreError> {
    let keys: Vec<Uuid> = tasks.iter().map(|id| id.0).collect();
    let rows = scoped(scope)
        .filter(clause::Column::TaskId.is_in(keys))
        .order_by_asc(clause::Column::Position)
        .all(db)
        .await?;
    let mut found: HashMap<TaskId, Vec<Clause>> = HashMap::new();
    for row in rows {
        if let Some(task) = row.task_id {
            found.entry(TaskId(task)).or_default().push(to_domain(row)?);
        }
    }
    Ok(found)
}

/// Adds clauses.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn insert_all_of(tx: &WriteTx, clauses: &[Clause]) -> Result<(), StoreError> {
    let rows = clauses.iter().map(|one| clause::ActiveModel {
        id: Set(one.id.0),
        plan_id: Set(one.plan.0),
        part: Set(one.part),
        section_id: Set(one.section.map(|id| id.0)),
        task_id: Set(one.task.map(|id| id.0)),
        kind: Set(one.kind.name().to_owned()),
        block: Set(one.block),
        text: Set(one.text.clone()),
        span_start: Set(column(one.span.start)),
        span_end: Set(column(one.span.end)),
        position: Set(one.position),
    });
    insert_all(tx.conn(), rows.collect()).await
}

#[expect(clippy::disallowed_methods, reason = "scoped here")]
fn scoped(scope: &Scope) -> Select<clause::Entity> {
    clause::Entity::find().filter(on_plan(clause::Column::PlanId, scope))
}

fn to_domain(row: clause::Model) -> Result<Clause, StoreError> {
    Ok(Clause {
        span: span("clause", row.id, row.span_start, row.span_end)?,
        kind: ClauseKind::parse(&row.kind)
            .ok_or_else(|| corrupt("clause", "kind", row.id, &row.kind))?,
        id: ClauseId(row.id),
        plan: PlanId(row.plan_id),
        part: row.part,
        section: row.section_id.map(SectionId),
        task: row.task_id.map(TaskId),
        block: row.block,
        text: row.text,
        position: row.position,
    })
}
