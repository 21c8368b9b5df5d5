//! What the reader of a file wants a person to look at.

use std::collections::HashMap;

use duban_domain::{
    access::Scope,
    ids::{PlanId, TaskId, WarningId},
    plan::{draft::WarningCode, issued::PlanWarning},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select,
    sea_query::Expr,
};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    bulk::insert_all,
    entity::plan_warning,
    error::{StoreError, corrupt},
    scope::on_plan,
    sections::{column, span},
    store::WriteTx,
};

/// The warning, if its plan is in scope.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: WarningId,
) -> Result<Option<PlanWarning>, StoreError> {
    let row = scoped(scope)
        .filter(plan_warning::Column::Id.eq(id.0))
        .one(db)
        .await?;
    row.map(to_domain).transpose()
}

/// The warnings of each of these plans, in the order of the text.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn of_plans(
    db: &impl ConnectionTrait,
    scope: &Scope,
    plans: &[PlanId],
) -> Result<HashMap<PlanId, Vec<PlanWarning>>, StoreError> {
    let keys: Vec<Uuid> = plans.iter().map(|id| id.0).collect();
    let rows = scoped(scope)
        .filter(plan_warning::Column::PlanId.is_in(keys))
        .order_by_asc(plan_warning::Column::Position)
        .all(db)
        .await?;
    let mut found: HashMap<PlanId, Vec<PlanWarning>> = HashMap::new();
    for row in rows {
        found
            .entry(PlanId(row.plan_id))
            .or_default()
            .push(to_domain(row)?);
    }
    Ok(found)
}

/// Adds warnings, in the order given.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn insert_all_of(tx: &WriteTx, new: &[PlanWarning]) -> Result<(), StoreError> {
    let rows = new
        .iter()
        .zip(0..)
        .map(|(one, position)| plan_warning::ActiveModel {
            id: Set(one.id.0),
            plan_id: Set(one.plan.0),
            task_id: Set(one.task.map(|id| id.0)),
            code: Set(code_name(one.code)),
            message: Set(one.message.clone()),
            span_start: Set(column(one.span.start)),
            span_end: Set(column(one.span.end)),
            excerpt: Set(one.excerpt.clone()),
            position: Set(position),
            is_dismissed: Set(one.is_dismissed),
        });
    insert_all(tx.conn(), rows.collect()).await
}

/// Marks warnings as dealt with, and returns how many were not before.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn dismiss(tx: &WriteTx, ids: &[WarningId]) -> Result<u64, StoreError> {
    let done = plan_warning::Entity::update_many()
        .col_expr(plan_warning::Column::IsDismissed, Expr::value(true))
        .filter(plan_warning::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .filter(plan_warning::Column::IsDismissed.eq(false))
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected)
}

/// The name of a code, as in the plan JSON.
fn code_name(code: WarningCode) -> String {
    match serde_json::to_value(code) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

#[expect(clippy::disallowed_methods, reason = "scoped here")]
fn scoped(scope: &Scope) -> Select<plan_warning::Entity> {
    plan_warning::Entity::find().filter(on_plan(plan_warning::Column::PlanId, scope))
}

fn to_domain(row: plan_warning::Model) -> Result<PlanWarning, StoreError> {
    let code = serde_json::from_value(Value::String(row.code.clone()))
        .map_err(|_| corrupt("plan_warning", "code", row.id, &row.code))?;
    Ok(PlanWarning {
        span: span("plan_warning", row.id, row.span_start, row.span_end)?,
        id: WarningId(row.id),
        plan: PlanId(row.plan_id),
        task: row.task_id.map(TaskId),
        code,
        message: row.message,
        excerpt: row.excerpt,
        is_dismissed: row.is_dismissed,
    })
}
