//! Metrics of a draft: add what the reader left out, mend, remove.

use duban_domain::{
    access::Permission,
    event::DomainEvent,
    ids::{MetricId, TaskId, WarningId, metric_code},
    metric::{Metric, ReportingLevel, Target, TargetError, TimeAggregation, TreeAggregation},
    plan::{
        draft::{Span, WarningCode},
        issued::PlanWarning,
    },
    quantity::{Comparator, Figure},
};
use duban_persistence::{WriteTx, clauses, metrics, tasks, warnings};
use serde_json::{Value, json};
use time::Date;

use super::{Edit, editable_task_at};
use crate::{
    App,
    change::{Call, ChangeError, begin},
    plans::{editable, expect_version, text_field},
};

/// Longest name of a metric, in characters.
const NAME_LENGTH: usize = 200;
/// Longest phrase, in characters.
const PHRASE_LENGTH: usize = 500;

/// A metric to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMetric {
    /// What is counted.
    pub name: String,
    /// The words of the document, where it states the target.
    pub phrase: Option<String>,
    /// The target.
    pub target: Target,
    /// Whether figures are handed in with evidence only.
    pub is_evidence_asked: bool,
    /// The warning of the reader that it answers; dealt with by this.
    pub answers: Option<WarningId>,
}

/// What to change in a metric; none leaves it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MetricChange {
    /// What is counted.
    pub name: Option<String>,
    /// The figure.
    pub value: Option<Figure>,
    /// Measure word.
    pub unit: Option<String>,
    /// How a result compares.
    pub comparator: Option<Comparator>,
    /// The date that it is for.
    pub by: Edit<Date>,
    /// Each year.
    pub is_per_year: Option<bool>,
    /// Striven for only.
    pub is_tentative: Option<bool>,
    /// Over time.
    pub time_aggregation: Option<TimeAggregation>,
    /// Over the tree.
    pub tree_aggregation: Option<TreeAggregation>,
    /// Who reports it.
    pub reporting_level: Option<ReportingLevel>,
    /// Whether figures are handed in with evidence only.
    pub is_evidence_asked: Option<bool>,
    /// The metric that it repeats.
    pub same_as: Edit<MetricId>,
}

/// Adds a metric to a task of a draft.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn add_metric(
    app: &App,
    call: &Call,
    at: (TaskId, i32),
    new: NewMetric,
) -> Result<(TaskId, MetricId), ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let (plan, mut task) = editable_task_at(tx, call, at).await?;
    check_target(&new.target)?;
    let scope = call.who.scope();
    let all = metrics::of_plan(tx.conn(), &scope, plan.id).await?;
    let source = match new.answers {
        Some(id) => Some(answered(tx, call, id, task.id).await?),
        None => None,
    };
    let span = source.as_ref().map(|warning| warning.span);
    let metric = Metric {
        id: MetricId::fresh(tx.now()),
        code: free_code(&task.code, &all),
        plan: plan.id,
        task: Some(task.id),
        clause: clause_of(tx, call, task.id, span).await?,
        name: text_field("name", &new.name, NAME_LENGTH)?,
        phrase: phrase_of(new.phrase, source)?,
        span,
        target: new.target,
        time_aggregation: TimeAggregation::Sum,
        tree_aggregation: TreeAggregation::Sum,
        reporting_level: ReportingLevel::Province,
        is_evidence_asked: new.is_evidence_asked,
        same_as: None,
        position: all
            .iter()
            .map(|one| one.position + 1)
            .max()
            .unwrap_or_default(),
        version: 1,
    };
    metrics::insert_all_of(tx, std::slice::from_ref(&metric)).await?;
    if let Some(id) = new.answers {
        warnings::dismiss(tx, &[id]).await?;
    }
    tasks::save(tx, &mut task).await?;
    let event = DomainEvent::new("metric.added", "Metric", metric.id.0).with(facts(&metric));
    begun.finish((task.id, metric.id), [event]).await
}

/// Refuses a target at the field that is wrong.
fn check_target(target: &Target) -> Result<(), ChangeError> {
    if target.unit.chars().any(char::is_control) {
        return Err(ChangeError::field("unit", "TEXT_CONTROL"));
    }
    target.check().map_err(|error| {
        let path = match error {
            TargetError::UnitMissing | TargetError::UnitTooLong { .. } => "unit",
            _ => "value",
        };
        ChangeError::invalid(path, &error)
    })
}

/// The words given, else those that the answered warning is about.
fn phrase_of(given: Option<String>, source: Option<PlanWarning>) -> Result<String, ChangeError> {
    match given.filter(|text| !text.trim().is_empty()) {
        Some(text) => text_field("phrase", &text, PHRASE_LENGTH),
        None => Ok(source.map(|one| one.excerpt).unwrap_or_default()),
    }
}

async fn answered(
    tx: &WriteTx,
    call: &Call,
    id: WarningId,
    task: TaskId,
) -> Result<PlanWarning, ChangeError> {
    let found = warnings::find(tx.conn(), &call.who.scope(), id).await?;
    found
        .filter(|one| one.task == Some(task) && one.code == WarningCode::NumberNotTaken)
        .ok_or(ChangeError::field("warningId", "WARNING_UNKNOWN"))
}

async fn clause_of(
    tx: &WriteTx,
    call: &Call,
    task: TaskId,
    span: Option<Span>,
) -> Result<Option<duban_domain::ids::ClauseId>, ChangeError> {
    let Some(span) = span else { return Ok(None) };
    let mut found = clauses::of_tasks(tx.conn(), &call.who.scope(), &[task]).await?;
    Ok(found
        .remove(&task)
        .unwrap_or_default()
        .into_iter()
        .find(|one| one.span.start <= span.start && span.start < one.span.end)
        .map(|one| one.id))
}

/// The next ordinal that no metric of the plan uses under that owner.
fn free_code(owner: &str, taken: &[Metric]) -> String {
    (1..=taken.len() + 1)
        .map(|ordinal| metric_code(owner, ordinal))
        .find(|code| !taken.iter().any(|one| one.code == *code))
        .unwrap_or_default()
}

/// A metric of a draft that the caller may mend, with its plan locked.
async fn editable_metric(
    tx: &WriteTx,
    call: &Call,
    (id, expected): (MetricId, i32),
) -> Result<Metric, ChangeError> {
    let scope = call.who.scope();
    let found = metrics::find(tx.conn(), &scope, id)
        .await?
        .ok_or(ChangeError::NotFound)?;
    editable(tx, call, found.plan, Permission::PlanEdit).await?;
    let metric = metrics::find(tx.conn(), &scope, id)
        .await?
        .ok_or(ChangeError::NotFound)?;
    expect_version(metric.version, expected)?;
    Ok(metric)
}

/// Mends a metric of a draft.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn update_metric(
    app: &App,
    call: &Call,
    at: (MetricId, i32),
    change: MetricChange,
) -> Result<MetricId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let mut metric = editable_metric(tx, call, at).await?;
    let before = facts(&metric);
    apply(&mut metric, change)?;
    if let Some(other) = metric.same_as {
        let known = metrics::find(tx.conn(), &call.who.scope(), other).await?;
        if other == metric.id || known.is_none_or(|one| one.plan != metric.plan) {
            return Err(ChangeError::field("sameAs", "METRIC_UNKNOWN"));
        }
    }
    metrics::save(tx, &mut metric).await?;
    let event = DomainEvent::new("metric.updated", "Metric", metric.id.0)
        .with(json!({ "before": before, "after": facts(&metric) }));
    begun.finish(metric.id, [event]).await
}

fn apply(metric: &mut Metric, change: MetricChange) -> Result<(), ChangeError> {
    if let Some(name) = change.name {
        metric.name = text_field("name", &name, NAME_LENGTH)?;
    }
    let target = &mut metric.target;
    target.value = change.value.unwrap_or(target.value);
    target.unit = change
        .unit
        .map_or_else(|| target.unit.clone(), |unit| unit.trim().to_owned());
    target.comparator = change.comparator.unwrap_or(target.comparator);
    target.by = change.by.apply(target.by);
    target.is_per_year = change.is_per_year.unwrap_or(target.is_per_year);
    target.is_tentative = change.is_tentative.unwrap_or(target.is_tentative);
    check_target(target)?;
    metric.time_aggregation = change.time_aggregation.unwrap_or(metric.time_aggregation);
    metric.tree_aggregation = change.tree_aggregation.unwrap_or(metric.tree_aggregation);
    metric.reporting_level = change.reporting_level.unwrap_or(metric.reporting_level);
    metric.is_evidence_asked = change.is_evidence_asked.unwrap_or(metric.is_evidence_asked);
    metric.same_as = change.same_as.apply(metric.same_as);
    Ok(())
}

/// Removes a metric from a draft, and returns the task it belonged to.
///
/// # Errors
///
/// [`ChangeError`]; nothing is removed then.
pub async fn remove_metric(
    app: &App,
    call: &Call,
    at: (MetricId, i32),
) -> Result<(Option<TaskId>, MetricId), ChangeError> {
    let begun = begin!(app, call);
    let metric = editable_metric(begun.tx(), call, at).await?;
    metrics::delete(begun.tx(), &metric).await?;
    let event = DomainEvent::new("metric.removed", "Metric", metric.id.0).with(facts(&metric));
    begun.finish((metric.task, metric.id), [event]).await
}

fn facts(metric: &Metric) -> Value {
    json!({
        "code": metric.code,
        "name": metric.name,
        "comparator": metric.target.comparator.name(),
        "value": metric.target.value.to_string(),
        "unit": metric.target.unit,
        "by": metric.target.by.map(|day| day.to_string()),
        "isPerYear": metric.target.is_per_year,
        "isTentative": metric.target.is_tentative,
        "timeAggregation": metric.time_aggregation.name(),
        "treeAggregation": metric.tree_aggregation.name(),
        "reportingLevel": metric.reporting_level.name(),
        "isEvidenceAsked": metric.is_evidence_asked,
        "sameAs": metric.same_as,
    })
}
