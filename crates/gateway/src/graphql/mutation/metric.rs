//! Metrics of a draft: add, mend, remove.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use duban_app::drafts::{self, MetricChange, NewMetric};
use duban_domain::{
    ids::{MetricId, TaskId, WarningId},
    metric::Target,
};

use super::{answered_before, draft::edit, refused};
use crate::graphql::{
    context::{RequestContext, call, request},
    enums::{Comparator, ReportingLevel, TimeAggregation, TreeAggregation},
    error::Fault,
    id::{Kind, decode, global},
    metric::Metric,
    scalars::{Date, Decimal},
    task::Task,
    user_error::UserError,
};

/// A metric to be added.
#[derive(InputObject)]
pub struct AddMetricInput {
    /// The task, by id or code.
    task_id: ID,
    /// The version of the task that the caller has read.
    expected_task_version: i32,
    /// What is counted.
    name: String,
    /// The words of the document that state it.
    phrase: Option<String>,
    /// The figure.
    value: Decimal,
    /// Measure word.
    unit: String,
    /// How a result compares.
    comparator: Comparator,
    /// The date that it is for.
    by: Option<Date>,
    /// Each year (每年).
    is_per_year: Option<bool>,
    /// Striven for only (力争).
    is_tentative: Option<bool>,
    /// Whether figures are handed in with evidence only (佐证材料).
    is_evidence_asked: Option<bool>,
    /// The warning `NUMBER_NOT_TAKEN` that it answers.
    warning_id: Option<ID>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// What to change in a metric; what is left out stays.
#[derive(InputObject)]
pub struct UpdateMetricInput {
    /// The metric, by id or code.
    metric_id: ID,
    /// The version that the caller has read.
    expected_version: i32,
    /// What is counted.
    name: Option<String>,
    /// The figure.
    value: Option<Decimal>,
    /// Measure word.
    unit: Option<String>,
    /// How a result compares.
    comparator: Option<Comparator>,
    /// The date that it is for.
    by: Option<Date>,
    /// Removes the date.
    clear_by: Option<bool>,
    /// Each year (每年).
    is_per_year: Option<bool>,
    /// Striven for only (力争).
    is_tentative: Option<bool>,
    /// Over time.
    time_aggregation: Option<TimeAggregation>,
    /// Over the tree.
    tree_aggregation: Option<TreeAggregation>,
    /// Who reports it.
    reporting_level: Option<ReportingLevel>,
    /// Whether figures are handed in with evidence only (佐证材料).
    is_evidence_asked: Option<bool>,
    /// The metric that it repeats, by id or code.
    same_as: Option<ID>,
    /// Says that it repeats none.
    clear_same_as: Option<bool>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// Which metric to remove.
#[derive(InputObject)]
pub struct RemoveMetricInput {
    /// The metric, by id or code.
    metric_id: ID,
    /// The version that the caller has read.
    expected_version: i32,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// The added metric.
#[derive(SimpleObject, Default)]
pub struct AddMetricPayload {
    /// The metric.
    metric: Option<Metric>,
    /// Its task.
    task: Option<Task>,
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// The mended metric.
#[derive(SimpleObject, Default)]
pub struct UpdateMetricPayload {
    /// The metric.
    metric: Option<Metric>,
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// What removing a metric answers.
#[derive(SimpleObject, Default)]
pub struct RemoveMetricPayload {
    /// Id of the metric that is gone.
    removed_metric_id: Option<ID>,
    /// Its task.
    task: Option<Task>,
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// Mutations of metrics of a draft.
#[derive(Default)]
pub struct MetricMutation;

impl RequestContext {
    async fn metric_now(&self, id: MetricId) -> Result<Option<Metric>, Fault> {
        let db = self.app.store().read();
        Ok(duban_persistence::metrics::find(db, &self.scope, id)
            .await?
            .map(Metric::from))
    }

    fn missing(&self, path: &str) -> Vec<UserError> {
        vec![UserError::new(self.language, path, "NOT_FOUND", &[])]
    }
}

#[Object]
impl MetricMutation {
    /// Adds a metric to a task of a draft.
    async fn add_metric(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change, and what the caller knows of it.")] input: AddMetricInput,
    ) -> Result<AddMetricPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let refuse = |user_errors| AddMetricPayload {
            user_errors,
            ..Default::default()
        };
        let Some(task) = request.task_key(&input.task_id).await? else {
            return Ok(refuse(request.missing("taskId")));
        };
        let answers = match input.warning_id.as_ref().map(decode) {
            None => None,
            Some(Some((Kind::Warning, key))) => Some(WarningId(key)),
            Some(_) => return Ok(refuse(request.missing("warningId"))),
        };
        let new = NewMetric {
            name: input.name,
            phrase: input.phrase,
            target: Target {
                comparator: input.comparator.into(),
                value: input.value.0,
                unit: input.unit.trim().to_owned(),
                by: input.by.map(|day| day.0),
                is_per_year: input.is_per_year.unwrap_or_default(),
                is_tentative: input.is_tentative.unwrap_or_default(),
            },
            is_evidence_asked: input.is_evidence_asked.unwrap_or_default(),
            answers,
        };
        let at = (task, input.expected_task_version);
        let tried = drafts::add_metric(&request.app, &call, at, new).await;
        Ok(match refused!(request.language, "taskId", tried) {
            Ok((task, metric)) => AddMetricPayload {
                metric: request.metric_now(metric).await?,
                task: request.task_now(task).await?,
                user_errors: Vec::new(),
            },
            Err(error) => refuse(vec![error.with_version_in("expectedTaskVersion")]),
        })
    }

    /// Mends a metric of a draft.
    async fn update_metric(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change, and what the caller knows of it.")]
        input: UpdateMetricInput,
    ) -> Result<UpdateMetricPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let refuse = |user_errors| UpdateMetricPayload {
            metric: None,
            user_errors,
        };
        let Some(id) = request.metric_key(&input.metric_id).await? else {
            return Ok(refuse(request.missing("metricId")));
        };
        let same_as = match &input.same_as {
            None => None,
            Some(other) => match request.metric_key(other).await? {
                Some(other) => Some(other),
                None => return Ok(refuse(request.missing("sameAs"))),
            },
        };
        let change = MetricChange {
            name: input.name,
            value: input.value.map(|value| value.0),
            unit: input.unit,
            comparator: input.comparator.map(Into::into),
            by: edit(input.by.map(|day| day.0), input.clear_by),
            is_per_year: input.is_per_year,
            is_tentative: input.is_tentative,
            time_aggregation: input.time_aggregation.map(Into::into),
            tree_aggregation: input.tree_aggregation.map(Into::into),
            reporting_level: input.reporting_level.map(Into::into),
            is_evidence_asked: input.is_evidence_asked,
            same_as: edit(same_as, input.clear_same_as),
        };
        let at = (id, input.expected_version);
        let tried = drafts::update_metric(&request.app, &call, at, change).await;
        Ok(match refused!(request.language, "metricId", tried) {
            Ok(id) => UpdateMetricPayload {
                metric: request.metric_now(id).await?,
                user_errors: Vec::new(),
            },
            Err(error) => refuse(vec![error]),
        })
    }

    /// Removes a metric from a draft.
    async fn remove_metric(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change, and what the caller knows of it.")]
        input: RemoveMetricInput,
    ) -> Result<RemoveMetricPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let refuse = |user_errors| RemoveMetricPayload {
            user_errors,
            ..Default::default()
        };
        let tried: Result<(Option<TaskId>, MetricId), UserError> =
            match request.metric_key(&input.metric_id).await? {
                Some(id) => {
                    let at = (id, input.expected_version);
                    let tried = drafts::remove_metric(&request.app, &call, at).await;
                    refused!(request.language, "metricId", tried)
                }
                None => answered_before(request, &call, "metricId").await?,
            };
        Ok(match tried {
            Ok((task, id)) => RemoveMetricPayload {
                removed_metric_id: Some(global(Kind::Metric, id.0)),
                task: match task {
                    Some(task) => request.task_now(task).await?,
                    None => None,
                },
                user_errors: Vec::new(),
            },
            Err(error) => refuse(vec![error]),
        })
    }
}
