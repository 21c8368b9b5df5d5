//! Metrics with their targets.

use std::collections::HashMap;

use duban_domain::{
    access::Scope,
    ids::{ClauseId, DepartmentId, MetricId, PlanId, TaskId},
    metric::{Metric, ReportingLevel, Target, TimeAggregation, TreeAggregation},
    quantity::{Comparator, Figure},
    text::{is_storable, search_form, search_words},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    bulk::insert_all,
    departments::contains,
    entity::{assignment, measurement, metric, metric_overlap},
    error::{StoreError, corrupt},
    page::{self, KeyValue, Page, SortKey, Window},
    past,
    scope::{exists, on_plan, same},
    sections::{column, span},
    store::WriteTx,
};

/// Which metrics a list holds; what is none does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct MetricFilter {
    /// Of this plan.
    pub plan: Option<PlanId>,
    /// Of this task.
    pub task: Option<TaskId>,
    /// Of tasks that this department takes part in.
    pub department: Option<DepartmentId>,
    /// All words occur in code, name or phrase.
    pub text: Option<String>,
}

/// The metrics of these keys that are in scope.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_many(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[MetricId],
) -> Result<Vec<Metric>, StoreError> {
    let keys: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = scoped(scope)
        .filter(metric::Column::Id.is_in(keys))
        .all(db)
        .await?;
    rows.into_iter().map(to_domain).collect()
}

/// The metrics of these keys, for figures that are kept whoever writes.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(
    clippy::disallowed_methods,
    reason = "what is kept does not depend on who reads"
)]
pub async fn find_many_unscoped(
    db: &impl ConnectionTrait,
    ids: &[MetricId],
) -> Result<Vec<Metric>, StoreError> {
    let rows = metric::Entity::find()
        .filter(metric::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .all(db)
        .await?;
    rows.into_iter().map(to_domain).collect()
}

/// The metrics of a task of which anything was measured, in the order of keys, for figures that are kept
/// whoever writes.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(
    clippy::disallowed_methods,
    reason = "what is kept does not depend on who reads"
)]
pub async fn measured_of_task_unscoped(
    db: &impl ConnectionTrait,
    task: TaskId,
) -> Result<Vec<Metric>, StoreError> {
    let measured =
        measurement::Entity::find().filter(same(measurement::Column::MetricId, metric::Column::Id));
    let rows = metric::Entity::find()
        .filter(metric::Column::TaskId.eq(task.0))
        .filter(exists(measured))
        .order_by_asc(metric::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(to_domain).collect()
}

/// The metric, if it is in scope.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: MetricId,
) -> Result<Option<Metric>, StoreError> {
    Ok(find_many(db, scope, &[id]).await?.pop())
}

/// The metric of that code, if it is in scope.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_by_code(
    db: &impl ConnectionTrait,
    scope: &Scope,
    code: &str,
) -> Result<Option<Metric>, StoreError> {
    if !is_storable(code) {
        return Ok(None);
    }
    let row = scoped(scope)
        .filter(metric::Column::Code.eq(code))
        .one(db)
        .await?;
    row.map(to_domain).transpose()
}

/// The sort key of a metric in lists.
pub fn key_of(metric: &Metric) -> Vec<KeyValue> {
    vec![
        KeyValue::Key(metric.plan.0),
        KeyValue::Int(metric.position.into()),
        KeyValue::Key(metric.id.0),
    ]
}

/// A window of the metrics that the filter lets through, in the order of the text.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &MetricFilter,
    window: &Window,
) -> Result<Page<Metric>, StoreError> {
    let keys = [
        SortKey::key(metric::Column::PlanId, true),
        SortKey::number(metric::Column::Position, false),
        SortKey::key(metric::Column::Id, false),
    ];
    let select = scoped(scope).filter(condition(filter, scope));
    page::fetch(db, select, &keys, window)
        .await?
        .try_map(to_domain)
}

#[expect(clippy::disallowed_methods, reason = "narrows a scoped list")]
fn condition(filter: &MetricFilter, scope: &Scope) -> Condition {
    let mut all = Condition::all()
        .add_option(filter.plan.map(|id| metric::Column::PlanId.eq(id.0)))
        .add_option(filter.task.map(|id| metric::Column::TaskId.eq(id.0)));
    if let Some(department) = filter.department {
        let tasks = past::at(assignment::Entity::find(), scope)
            .select_only()
            .column(assignment::Column::TaskId)
            .filter(assignment::Column::DepartmentId.eq(department.0))
            .into_query();
        all = all.add(metric::Column::TaskId.in_subquery(tasks));
    }
    for word in filter.text.as_deref().map(search_words).unwrap_or_default() {
        all = all.add(contains(metric::Column::Search, &word));
    }
    all
}

/// The metrics of each of these tasks, in the order of the text.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn of_tasks(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: &[TaskId],
) -> Result<HashMap<TaskId, Vec<Metric>>, StoreError> {
    let keys = tasks.iter().map(|id| id.0);
    let rows = ordered(scope)
        .filter(metric::Column::TaskId.is_in(keys))
        .all(db)
        .await?;
    let mut found: HashMap<TaskId, Vec<Metric>> = HashMap::new();
    for row in rows {
        if let Some(task) = row.task_id {
            found.entry(TaskId(task)).or_default().push(to_domain(row)?);
        }
    }
    Ok(found)
}

/// The metrics that each of these clauses states, in the order of the text.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn of_clauses(
    db: &impl ConnectionTrait,
    scope: &Scope,
    clauses: &[ClauseId],
) -> Result<HashMap<ClauseId, Vec<Metric>>, StoreError> {
    let keys = clauses.iter().map(|id| id.0);
    let rows = ordered(scope)
        .filter(metric::Column::ClauseId.is_in(keys))
        .all(db)
        .await?;
    let mut found: HashMap<ClauseId, Vec<Metric>> = HashMap::new();
    for row in rows {
        if let Some(clause) = row.clause_id {
            found
                .entry(ClauseId(clause))
                .or_default()
                .push(to_domain(row)?);
        }
    }
    Ok(found)
}

/// All metrics of a plan, in the order of the text.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn of_plan(
    db: &impl ConnectionTrait,
    scope: &Scope,
    plan: PlanId,
) -> Result<Vec<Metric>, StoreError> {
    let rows = ordered(scope)
        .filter(metric::Column::PlanId.eq(plan.0))
        .all(db)
        .await?;
    rows.into_iter().map(to_domain).collect()
}

/// The metrics whose figures each of these contains.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(
    clippy::disallowed_methods,
    reason = "the contained metrics are scoped below"
)]
pub async fn contained_in(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[MetricId],
) -> Result<HashMap<MetricId, Vec<Metric>>, StoreError> {
    let keys = ids.iter().map(|id| id.0);
    let pairs = metric_overlap::Entity::find()
        .filter(metric_overlap::Column::MetricId.is_in(keys))
        .all(db)
        .await?;
    if pairs.is_empty() {
        return Ok(HashMap::new());
    }
    let inner: Vec<MetricId> = pairs
        .iter()
        .map(|pair| MetricId(pair.contained_id))
        .collect();
    let known: HashMap<MetricId, Metric> = find_many(db, scope, &inner)
        .await?
        .into_iter()
        .map(|one| (one.id, one))
        .collect();
    let mut found: HashMap<MetricId, Vec<Metric>> = HashMap::new();
    for pair in pairs {
        if let Some(metric) = known.get(&MetricId(pair.contained_id)) {
            found
                .entry(MetricId(pair.metric_id))
                .or_default()
                .push(metric.clone());
        }
    }
    Ok(found)
}

/// Declares that the figure of one metric contains those of others.
///
/// # Errors
///
/// [`StoreError::Taken`] when that is declared already.
pub async fn insert_overlaps(
    tx: &WriteTx,
    pairs: Vec<(MetricId, MetricId)>,
) -> Result<(), StoreError> {
    let rows = pairs
        .into_iter()
        .map(|(outer, inner)| metric_overlap::ActiveModel {
            metric_id: Set(outer.0),
            contained_id: Set(inner.0),
        });
    insert_all(tx.conn(), rows.collect()).await
}

/// Adds metrics.
///
/// # Errors
///
/// [`StoreError::Taken`] when a code is in use.
pub async fn insert_all_of(tx: &WriteTx, new: &[Metric]) -> Result<(), StoreError> {
    let rows = new.iter().map(|one| metric::ActiveModel {
        id: Set(one.id.0),
        code: Set(one.code.clone()),
        plan_id: Set(one.plan.0),
        task_id: Set(one.task.map(|id| id.0)),
        clause_id: Set(one.clause.map(|id| id.0)),
        name: Set(one.name.clone()),
        phrase: Set(one.phrase.clone()),
        span_start: Set(one.span.map(|span| column(span.start))),
        span_end: Set(one.span.map(|span| column(span.end))),
        comparator: Set(one.target.comparator.name().to_owned()),
        value: Set(one.target.value.scaled()),
        unit: Set(one.target.unit.clone()),
        by_date: Set(one.target.by),
        is_per_year: Set(one.target.is_per_year),
        is_tentative: Set(one.target.is_tentative),
        time_aggregation: Set(one.time_aggregation.name().to_owned()),
        tree_aggregation: Set(one.tree_aggregation.name().to_owned()),
        reporting_level: Set(one.reporting_level.name().to_owned()),
        is_evidence_asked: Set(one.is_evidence_asked),
        same_as_id: Set(one.same_as.map(|id| id.0)),
        position: Set(one.position),
        search: Set(search_of(one)),
        version: Set(one.version),
    });
    insert_all(tx.conn(), rows.collect()).await
}

/// Writes a metric back and counts its version up.
///
/// # Errors
///
/// [`StoreError::Stale`] when someone was faster.
pub async fn save(tx: &WriteTx, metric: &mut Metric) -> Result<(), StoreError> {
    let target = &metric.target;
    let done = metric::Entity::update_many()
        .col_expr(metric::Column::Name, Expr::value(metric.name.clone()))
        .col_expr(
            metric::Column::Comparator,
            Expr::value(target.comparator.name()),
        )
        .col_expr(metric::Column::Value, Expr::value(target.value.scaled()))
        .col_expr(metric::Column::Unit, Expr::value(target.unit.clone()))
        .col_expr(metric::Column::ByDate, Expr::value(target.by))
        .col_expr(metric::Column::IsPerYear, Expr::value(target.is_per_year))
        .col_expr(
            metric::Column::IsTentative,
            Expr::value(target.is_tentative),
        )
        .col_expr(
            metric::Column::TimeAggregation,
            Expr::value(metric.time_aggregation.name()),
        )
        .col_expr(
            metric::Column::TreeAggregation,
            Expr::value(metric.tree_aggregation.name()),
        )
        .col_expr(
            metric::Column::ReportingLevel,
            Expr::value(metric.reporting_level.name()),
        )
        .col_expr(
            metric::Column::IsEvidenceAsked,
            Expr::value(metric.is_evidence_asked),
        )
        .col_expr(
            metric::Column::SameAsId,
            Expr::value(metric.same_as.map(|id| id.0)),
        )
        .col_expr(metric::Column::Search, Expr::value(search_of(metric)))
        .col_expr(metric::Column::Version, Expr::value(metric.version + 1))
        .filter(metric::Column::Id.eq(metric.id.0))
        .filter(metric::Column::Version.eq(metric.version))
        .exec(tx.conn())
        .await?;
    if done.rows_affected != 1 {
        return Err(StoreError::Stale);
    }
    metric.version += 1;
    Ok(())
}

/// Writes what an amendment has made of a metric, and keeps how it was.
///
/// # Errors
///
/// [`StoreError::Stale`] when someone was faster.
pub async fn amend(tx: &WriteTx, metric: &mut Metric) -> Result<(), StoreError> {
    let is_it = metric::Column::Id.eq(metric.id.0);
    past::keep::<metric::Entity>(tx, metric::Column::Version, is_it).await?;
    save(tx, metric).await
}

/// Removes a metric.
///
/// # Errors
///
/// [`StoreError::Stale`] when someone changed it first.
pub async fn delete(tx: &WriteTx, metric: &Metric) -> Result<(), StoreError> {
    let done = metric::Entity::delete_many()
        .filter(metric::Column::Id.eq(metric.id.0))
        .filter(metric::Column::Version.eq(metric.version))
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 1 {
        Ok(())
    } else {
        Err(StoreError::Stale)
    }
}

fn search_of(metric: &Metric) -> String {
    search_form(&format!(
        "{} {} {}",
        metric.code, metric.name, metric.phrase
    ))
}

fn ordered(scope: &Scope) -> Select<metric::Entity> {
    scoped(scope)
        .order_by_asc(metric::Column::Position)
        .order_by_asc(metric::Column::Id)
}

#[expect(clippy::disallowed_methods, reason = "scoped here")]
pub(crate) fn scoped(scope: &Scope) -> Select<metric::Entity> {
    past::at(metric::Entity::find(), scope).filter(on_plan(metric::Column::PlanId, scope))
}

pub(crate) fn to_domain(row: metric::Model) -> Result<Metric, StoreError> {
    let unknown = |column, value: &str| corrupt("metric", column, row.id, value);
    let range = match row.span_start.zip(row.span_end) {
        Some((start, end)) => Some(span("metric", row.id, start, end)?),
        None => None,
    };
    let target = Target {
        comparator: Comparator::parse(&row.comparator)
            .ok_or_else(|| unknown("comparator", &row.comparator))?,
        value: Figure::from_scaled(row.value)
            .map_err(|_| unknown("value", &row.value.to_string()))?,
        unit: row.unit.clone(),
        by: row.by_date,
        is_per_year: row.is_per_year,
        is_tentative: row.is_tentative,
    };
    let time_aggregation = TimeAggregation::parse(&row.time_aggregation)
        .ok_or_else(|| unknown("time_aggregation", &row.time_aggregation))?;
    let tree_aggregation = TreeAggregation::parse(&row.tree_aggregation)
        .ok_or_else(|| unknown("tree_aggregation", &row.tree_aggregation))?;
    let reporting_level = ReportingLevel::parse(&row.reporting_level)
        .ok_or_else(|| unknown("reporting_level", &row.reporting_level))?;
    Ok(Metric {
        id: MetricId(row.id),
        code: row.code,
        plan: PlanId(row.plan_id),
        task: row.task_id.map(TaskId),
        clause: row.clause_id.map(ClauseId),
        name: row.name,
        phrase: row.phrase,
        span: range,
        target,
        time_aggregation,
        tree_aggregation,
        reporting_level,
        is_evidence_asked: row.is_evidence_asked,
        same_as: row.same_as_id.map(MetricId),
        position: row.position,
        version: row.version,
    })
}
