//! Metrics (指标) and milestones (节点) as the API shows them.

mod forecast;

use std::sync::Arc;

use async_graphql::{Context, Description, ID, InputObject, Object};
use duban_domain::{ids::MetricId, metric as domain, task as task_domain};
use duban_persistence::metrics::{self, MetricFilter as StoredFilter};

use self::forecast::{MetricForecast, forecast_for};
use super::{
    allocation::{Allocation, allocation_of, can_allocate, capacity::MetricCapacity},
    context::request,
    department::find_department,
    enums::{Comparator, MilestoneState, ReportingLevel, TimeAggregation, TreeAggregation},
    error::Fault,
    id::{Kind, Named, global, named},
    loaders::{CapacitiesOf, ContainedIn, LastYearOf, MilestoneStepsOf, Recall, shared},
    measurement::figures::{MetricFigures, figures_for, is_asked},
    page::{self, Args, Conn, LARGEST_PAGE},
    plan::{Clause, Plan, find_plan},
    ready::ready,
    scalars::{Date, Decimal, Period},
    task::{Task, find_task, settled::MilestoneStep},
};

/// A target: what is counted, to which figure, until when (指标).
#[derive(Debug, Clone, Description)]
pub struct Metric(pub Arc<domain::Metric>);

impl From<domain::Metric> for Metric {
    fn from(one: domain::Metric) -> Self {
        Self(Arc::new(one))
    }
}

/// A dated step or yes/no deliverable inside a task (节点).
#[derive(Debug, Clone, Description)]
pub struct Milestone(pub task_domain::Milestone);

/// Which metrics a list holds; what is left out does not narrow.
#[derive(InputObject, Debug, Clone, Default)]
pub struct MetricFilter {
    /// Of this plan, by id or code.
    plan: Option<ID>,
    /// Of this task, by id or code.
    task: Option<ID>,
    /// Of tasks that this department takes part in, by id or code.
    department: Option<ID>,
    /// All words occur in code, name or phrase.
    text: Option<String>,
}

impl MetricFilter {
    /// Everything of one plan.
    pub fn of_plan(plan: duban_domain::ids::PlanId) -> StoredFilter {
        StoredFilter {
            plan: Some(plan),
            ..StoredFilter::default()
        }
    }

    /// The filter with its ids and codes looked up; one that names nothing finds nothing.
    ///
    /// # Errors
    ///
    /// [`Fault::NotFound`] when a named object is absent.
    pub async fn resolve(self, ctx: &Context<'_>) -> Result<StoredFilter, Fault> {
        let mut wanted = StoredFilter {
            text: self.text,
            ..StoredFilter::default()
        };
        if let Some(id) = &self.plan {
            wanted.plan = Some(find_plan(ctx, id).await?.ok_or(Fault::NotFound)?.id);
        }
        if let Some(id) = &self.task {
            wanted.task = Some(find_task(ctx, id).await?.ok_or(Fault::NotFound)?.id);
        }
        if let Some(id) = &self.department {
            wanted.department = Some(find_department(ctx, id).await?.ok_or(Fault::NotFound)?.id);
        }
        Ok(wanted)
    }
}

/// The metric that an argument names, if it is in scope.
///
/// # Errors
///
/// [`Fault::Internal`] when the store fails.
pub async fn find_metric(ctx: &Context<'_>, id: &ID) -> Result<Option<Arc<domain::Metric>>, Fault> {
    let request = request(ctx);
    match named(Kind::Metric, id) {
        Named::Key(key) => Ok(request.load(MetricId(key)).await?),
        Named::Code(code) => {
            let db = request.app.store().read();
            let found = || shared(metrics::find_by_code(db, &request.scope, &code));
            let asked = Recall::MetricOf(code.clone());
            Ok(request.loaders().recalled(asked, found).await?)
        }
    }
}

/// A page of the metrics that the filter lets through.
///
/// # Errors
///
/// [`Fault::BadInput`] for wrong page arguments.
pub async fn list_metrics(
    ctx: &Context<'_>,
    args: Args,
    filter: &StoredFilter,
) -> Result<Conn<Metric>, Fault> {
    let request = request(ctx);
    let window = args.window(ctx, "metrics", LARGEST_PAGE)?;
    let db = request.app.store().read();
    let asked = Recall::Metrics(filter.clone(), window.clone());
    let found = || shared(metrics::list(db, &request.scope, filter, &window));
    let found = request.loaders().recalled(asked, found).await?;
    Ok(page::connection("metrics", found.map(Metric), |one| {
        metrics::key_of(&one.0)
    }))
}

#[Object(use_type_description)]
impl Metric {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.global_id()
    }

    /// The code that people know: `2025-14-M1`.
    fn code(&self) -> &str {
        &self.0.code
    }

    /// What is counted, for people.
    fn name(&self) -> &str {
        &self.0.name
    }

    /// The words of the document that state the target.
    fn phrase(&self) -> &str {
        &self.0.phrase
    }

    /// The task it belongs to; none for a target that stands outside any point.
    async fn task(&self, ctx: &Context<'_>) -> Option<Result<Task, Fault>> {
        let id = self.0.task?;
        let found = request(ctx).loader.load_one(id).await.map_err(Fault::from);
        found.transpose().map(|task| task.map(Task))
    }

    /// The plan it belongs to.
    async fn plan(&self, ctx: &Context<'_>) -> Result<Plan, Fault> {
        let found = request(ctx).loader.load_one(self.0.plan).await?;
        found.map(Plan).ok_or(Fault::NotFound)
    }

    /// The sentence that states it.
    async fn clause(&self, ctx: &Context<'_>) -> Option<Result<Clause, Fault>> {
        let id = self.0.clause?;
        let found = request(ctx).loader.load_one(id).await.map_err(Fault::from);
        found.transpose().map(|clause| clause.map(Clause))
    }

    /// The figure to be met.
    fn value(&self) -> Decimal {
        Decimal(self.0.target.value)
    }

    /// Measure word (场, 名, 人次, %).
    fn unit(&self) -> &str {
        &self.0.target.unit
    }

    /// How a result compares with the value.
    fn comparator(&self) -> Comparator {
        self.0.target.comparator.into()
    }

    /// The date that the target is for.
    fn by(&self) -> Option<Date> {
        self.0.target.by.map(Date)
    }

    /// Whether it holds for each year (每年).
    fn is_per_year(&self) -> bool {
        self.0.target.is_per_year
    }

    /// Whether it is striven for only (力争, 争取).
    fn is_tentative(&self) -> bool {
        self.0.target.is_tentative
    }

    /// How values add up over time.
    fn time_aggregation(&self) -> TimeAggregation {
        self.0.time_aggregation.into()
    }

    /// How values add up over the tree.
    fn tree_aggregation(&self) -> TreeAggregation {
        self.0.tree_aggregation.into()
    }

    /// The level whose units report it.
    fn reporting_level(&self) -> ReportingLevel {
        self.0.reporting_level.into()
    }

    /// Whether a figure above zero is handed in with evidence only (佐证材料).
    fn is_evidence_asked(&self) -> bool {
        self.0.is_evidence_asked
    }

    /// The metric that it repeats: one figure seen from two tasks.
    async fn same_as(&self, ctx: &Context<'_>) -> Option<Result<Metric, Fault>> {
        let id = self.0.same_as?;
        let found = request(ctx).loader.load_one(id).await.map_err(Fault::from);
        found.transpose().map(|metric| metric.map(Metric))
    }

    /// Metrics whose figures this one contains; they are never added to it.
    async fn contains(&self, ctx: &Context<'_>) -> Result<Vec<Metric>, Fault> {
        let found = request(ctx).loader.load_one(ContainedIn(self.0.id)).await?;
        Ok(found
            .unwrap_or_default()
            .into_iter()
            .map(Metric::from)
            .collect())
    }

    /// What it amounts to for a unit with everything below, from January up to and with a month.
    async fn figures(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The unit, by id or code; the one whose plan it is when left out.")]
        department: Option<ID>,
        #[graphql(desc = "The last month; the one that is reported now when left out.")]
        until: Option<Period>,
    ) -> Option<Result<MetricFigures, Fault>> {
        figures_for(ctx, &self.0, department, until)
            .await
            .transpose()
    }

    /// Whether a unit itself is asked for the figure of a month; of a metric that repeats another one
    /// nobody is.
    async fn is_asked(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The unit, by id or code.")] department: ID,
        #[graphql(desc = "The month; the one that is reported now when left out.")] period: Option<
            Period,
        >,
    ) -> Result<bool, Fault> {
        is_asked(ctx, &self.0, &department, period).await
    }

    /// What a unit shared out of what it carries of the target (指标分解), as far as the caller may see
    /// it; none where nothing was shared out, and where figures of units do not add up.
    async fn allocation(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Who shared out, by id or code; the unit whose plan it is when left out."
        )]
        whole: Option<ID>,
    ) -> Option<Result<Allocation, Fault>> {
        allocation_of(ctx, &self.0, whole).await.transpose()
    }

    /// The most that units can reach in a month (承载上限), as far as the caller sees the units.
    async fn capacities(&self, ctx: &Context<'_>) -> Result<Vec<MetricCapacity>, Fault> {
        let found = request(ctx)
            .loader
            .load_one(CapacitiesOf(self.0.id))
            .await?;
        let declared = found.unwrap_or_default().into_iter();
        Ok(declared.map(MetricCapacity).collect())
    }

    /// The same metric in the plan of the year before: of the same unit, with the same name, measure word and
    /// aggregations; none where there is none, or several.
    async fn last_year(&self, ctx: &Context<'_>) -> Option<Result<Metric, Fault>> {
        let found = request(ctx).loader.load_one(LastYearOf(self.0.id)).await;
        let found = found.map_err(Fault::from).transpose();
        found.map(|metric| metric.map(Metric::from))
    }

    /// Where the year of a unit will end if nothing changes (预测).
    async fn forecast(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The unit, by id or code; the one whose plan it is when left out.")]
        department: Option<ID>,
    ) -> Option<Result<MetricForecast, Fault>> {
        forecast_for(ctx, &self.0, department).await.transpose()
    }

    /// Whether the caller may share out what a unit carries of the target.
    async fn viewer_can_allocate(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Who shares out, by id or code; the unit whose plan it is when left out."
        )]
        whole: Option<ID>,
    ) -> Result<bool, Fault> {
        can_allocate(ctx, &self.0, whole).await
    }

    /// First character of the phrase in the source text.
    fn start(&self) -> Option<i32> {
        self.0.span.map(|span| super::plan::offset(span.start))
    }

    /// One past the last character of the phrase.
    fn end(&self) -> Option<i32> {
        self.0.span.map(|span| super::plan::offset(span.end))
    }

    /// Order within the plan.
    fn position(&self) -> i32 {
        self.0.position
    }

    /// Changes so far, from 1.
    fn version(&self) -> i32 {
        self.0.version
    }
}

impl Metric {
    fn global_id(&self) -> ID {
        global(Kind::Metric, self.0.id.0)
    }
}

ready!(Metric, by global_id {
    code,
    name,
    phrase,
    value,
    unit,
    comparator,
    by,
    is_per_year,
    is_tentative,
    time_aggregation,
    tree_aggregation,
    reporting_level,
    is_evidence_asked,
    start,
    end,
    position,
    version
});

impl Milestone {
    /// Everything that happened to it, the first step first.
    async fn history(&self, ctx: &Context<'_>) -> Result<Vec<MilestoneStep>, Fault> {
        let found = request(ctx)
            .loader
            .load_one(MilestoneStepsOf(self.0.id))
            .await?;
        let steps = found.unwrap_or_default();
        Ok(steps.into_iter().map(MilestoneStep).collect())
    }
}

#[Object(use_type_description)]
impl Milestone {
    /// Global id.
    pub async fn id(&self) -> ID {
        global(Kind::Milestone, self.0.id.0)
    }

    /// The task.
    async fn task(&self, ctx: &Context<'_>) -> Result<Task, Fault> {
        let found = request(ctx).loader.load_one(self.0.task).await?;
        found.map(Task).ok_or(Fault::NotFound)
    }

    /// What is to be there.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Last day, where one is set.
    async fn due_on(&self) -> Option<Date> {
        self.0.due_on.map(Date)
    }

    /// Whether it is taken.
    async fn state(&self) -> MilestoneState {
        self.0.state.into()
    }

    /// How it was done or given up, while it is; the last step that says so.
    async fn settled(&self, ctx: &Context<'_>) -> Option<Result<MilestoneStep, Fault>> {
        if self.0.state == task_domain::MilestoneState::Open {
            return None;
        }
        match self.history(ctx).await {
            Ok(steps) => steps.into_iter().next_back().map(Ok),
            Err(fault) => Some(Err(fault)),
        }
    }

    /// Everything that happened to it since its plan is in force, the first step first.
    async fn steps(&self, ctx: &Context<'_>) -> Result<Vec<MilestoneStep>, Fault> {
        self.history(ctx).await
    }

    /// Order within the task.
    async fn position(&self) -> i32 {
        self.0.position
    }

    /// Changes so far, from 1.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

ready!(Milestone {});
