//! Flat rows for feeds, page by page in the order of keys, each page with a fixed number of statements.

mod figures;
mod measurements;

use std::collections::HashMap;

use duban_domain::{
    access::Scope,
    ids::{DepartmentId, MetricId, PlanId, TaskId},
    metric::Metric,
    period::Period,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Alias, Expr, Query},
};
use uuid::Uuid;

pub use self::{
    figures::{FiguresPage, KeptPlace, figures},
    measurements::{Counting, measurements},
};
use crate::{
    bulk::BINDS,
    entity::{audit_event, department, metric, task},
    error::StoreError,
    metrics, tasks,
};

/// Which rows a page is made of.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Of these metrics, which the caller has found in scope.
    pub metrics: &'a [MetricId],
    /// Of this department and of all that stand below it now; none for all.
    pub under: Option<DepartmentId>,
    /// From this month on.
    pub from: Option<Period>,
    /// Up to and with this month.
    pub until: Option<Period>,
    /// How many rows a page has at most.
    pub limit: u64,
}

/// The metrics in scope, of a plan and of some keys where they are given, in the order of keys.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn metrics(
    db: &impl ConnectionTrait,
    scope: &Scope,
    (plan, only): (Option<PlanId>, Option<&[MetricId]>),
) -> Result<Vec<Metric>, StoreError> {
    use metric::Column as C;
    let only = only.map(|all| C::Id.is_in(all.iter().map(|id| id.0)));
    let condition = Condition::all()
        .add_option(plan.map(|id| C::PlanId.eq(id.0)))
        .add_option(only);
    let rows = metrics::scoped(scope)
        .filter(condition)
        .order_by_asc(C::Id)
        .all(db)
        .await?;
    rows.into_iter().map(metrics::to_domain).collect()
}

/// The codes of these tasks, as far as they are in scope.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn task_codes(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[TaskId],
) -> Result<HashMap<TaskId, String>, StoreError> {
    let mut codes = HashMap::new();
    for some in ids.chunks(BINDS) {
        let rows: Vec<(Uuid, String)> = tasks::scoped(scope)
            .select_only()
            .columns([task::Column::Id, task::Column::Code])
            .filter(task::Column::Id.is_in(some.iter().map(|id| id.0)))
            .into_tuple()
            .all(db)
            .await?;
        codes.extend(rows.into_iter().map(|(id, code)| (TaskId(id), code)));
    }
    Ok(codes)
}

/// The code and the full name of each of these departments.
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
    ids: &[DepartmentId],
) -> Result<HashMap<DepartmentId, (String, String)>, StoreError> {
    let rows: Vec<(Uuid, String, String)> = department::Entity::find()
        .select_only()
        .columns([
            department::Column::Id,
            department::Column::Code,
            department::Column::Name,
        ])
        .filter(department::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .into_tuple()
        .all(db)
        .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(id, code, name)| (DepartmentId(id), (code, name)))
        .collect())
}

/// Events at the end of the trail among which the last change is looked for.
const RECENT: u64 = 1_000;

/// The link of the last event that something was done by other than these acts, with one statement: two
/// answers of the same link are told from the same data. Where all recent events are of these acts, it is
/// the newest of them, so that no change is ever overlooked. Empty on a new database.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn last_change(
    db: &impl ConnectionTrait,
    harmless: &[&str],
) -> Result<Vec<u8>, StoreError> {
    use audit_event::Column as C;
    let recent = Query::select()
        .columns([C::Seq, C::Action, C::Outcome, C::Hash])
        .from(audit_event::Entity)
        .order_by(C::Seq, sea_orm::Order::Desc)
        .limit(RECENT)
        .to_owned();
    let changes = Expr::col(C::Outcome)
        .eq("DONE")
        .and(Expr::col(C::Action).is_not_in(harmless.iter().copied()));
    let statement = Query::select()
        .expr_as(Expr::col(C::Hash), "hash")
        .from_subquery(recent, Alias::new("recent"))
        .order_by_expr(
            Expr::case(changes, Expr::value(0)).finally(1).into(),
            sea_orm::Order::Asc,
        )
        .order_by(C::Seq, sea_orm::Order::Desc)
        .limit(1)
        .to_owned();
    let row = db.query_one(&statement).await?;
    Ok(row.map_or(Ok(Vec::new()), |row| row.try_get("", "hash"))?)
}
