//! Which departments are asked for a metric.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use duban_domain::{
    access::{Place, Scope},
    ids::{DepartmentId, MetricId, PlanId, TaskId},
    measurement::MeasurementKey,
    metric::{
        Metric, ReportingLevel, TreeAggregation,
        rollup::{DatedTree, Life, Rule, Stretch, asked_of_venues},
    },
    period::Period,
    plan::{
        draft::AssignmentRole,
        issued::{Plan, PlanState},
    },
};
use duban_persistence::{
    Connection, StoreError, assignments,
    dated_tree::{self, Units},
    metrics, plans,
};
use time::Date;

/// The metrics of a request with their plans, who leads their tasks, and the tree: what says who is
/// asked for which figure.
pub struct Reporters {
    plans: HashMap<PlanId, Plan>,
    leads: HashMap<TaskId, DepartmentId>,
    units: Arc<Units>,
    metrics: HashMap<MetricId, Metric>,
    /// Of metrics of venues, who is asked.
    venues: HashMap<MetricId, Asked>,
}

/// Units, and the days between which some of them are asked.
type Asked = (
    Arc<BTreeSet<DepartmentId>>,
    Arc<BTreeMap<DepartmentId, Vec<Life>>>,
);

impl Reporters {
    /// Reads them with a fixed number of statements; the metrics were found in scope.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of the database.
    pub async fn of<C: Connection>(
        db: &C,
        scope: &Scope,
        metrics: Vec<Metric>,
    ) -> Result<Self, StoreError> {
        let (ids, tasks) = of(&metrics);
        let plans = plans::find_many(db, scope, &ids).await?;
        let assigned = assignments::of_tasks(db, scope, &tasks).await?;
        let leads = assigned.into_iter().filter_map(|(task, all)| {
            let lead = all.into_iter().find(|one| one.role == AssignmentRole::Lead);
            lead.map(|one| (task, one.department))
        });
        Self::with(db, metrics, (plans, leads.collect())).await
    }

    /// Reads them whoever asks, for figures that are kept and must not depend on who reads or writes.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of the database.
    pub async fn of_unscoped<C: Connection>(
        db: &C,
        metrics: Vec<Metric>,
    ) -> Result<Self, StoreError> {
        let (ids, tasks) = of(&metrics);
        let plans = plans::find_many_unscoped(db, &ids).await?;
        let leads = assignments::leads_unscoped(db, &tasks).await?;
        Self::with(db, metrics, (plans, leads)).await
    }

    async fn with<C: Connection>(
        db: &C,
        metrics: Vec<Metric>,
        (plans, leads): (Vec<Plan>, HashMap<TaskId, DepartmentId>),
    ) -> Result<Self, StoreError> {
        let mut all = Self {
            plans: plans.into_iter().map(|plan| (plan.id, plan)).collect(),
            leads,
            units: dated_tree::read(db).await?,
            metrics: metrics.into_iter().map(|one| (one.id, one)).collect(),
            venues: HashMap::new(),
        };
        all.venues = all.asked_of_venues();
        Ok(all)
    }

    /// Who is asked for each of the metrics of venues.
    fn asked_of_venues(&self) -> HashMap<MetricId, Asked> {
        let of_venues = self.metrics.values().filter(|one| is_of_venues(one));
        let asked = of_venues.filter_map(|metric| {
            let body = self.plan(metric)?.department;
            let speakers = (body, self.lead(metric));
            let between = asked_of_venues(self.tree(), self.units.venues(), speakers);
            let units = between.keys().copied().collect();
            Some((metric.id, (Arc::new(units), Arc::new(between))))
        });
        asked.collect()
    }

    /// The metric, where it was given.
    #[must_use]
    pub fn metric(&self, id: MetricId) -> Option<&Metric> {
        self.metrics.get(&id)
    }

    /// All metrics that were given, in any order.
    pub fn metrics(&self) -> impl Iterator<Item = &Metric> {
        self.metrics.values()
    }

    /// The plan of a metric.
    #[must_use]
    pub fn plan(&self, metric: &Metric) -> Option<&Plan> {
        self.plans.get(&metric.plan)
    }

    /// Whether the plan of a metric is in force.
    #[must_use]
    pub fn is_in_force(&self, metric: &Metric) -> bool {
        let plan = self.plan(metric);
        plan.is_some_and(|plan| plan.state == PlanState::Issued)
    }

    /// Whether one of these units was a venue on any day.
    pub(super) fn has_venue(&self, units: &[DepartmentId]) -> bool {
        units
            .iter()
            .any(|unit| self.units.venues().contains_key(unit))
    }

    /// The tree of the organisation.
    #[must_use]
    pub fn tree(&self) -> &DatedTree {
        &self.units.tree
    }

    /// Where a unit stands today, for a decision of access; none for one that is not known.
    #[must_use]
    pub fn place(&self, unit: DepartmentId) -> Option<Place> {
        self.tree().present_path(unit).map(Place)
    }

    /// Who speaks for the plan on a metric: the lead of its task, and of one without a task the unit
    /// whose plan it is.
    #[must_use]
    pub fn lead(&self, metric: &Metric) -> Option<DepartmentId> {
        let lead = metric.task.and_then(|task| self.leads.get(&task));
        let unit = self.plan(metric).map(|plan| plan.department);
        lead.copied().or(unit)
    }

    /// The unit whose figure is that of the metric: the one whose plan it is, and for a figure from
    /// outside (EXTERNAL), which is nobody's part, the one that is asked for it.
    #[must_use]
    pub fn home(&self, metric: &Metric) -> Option<DepartmentId> {
        match metric.tree_aggregation {
            TreeAggregation::External => self.lead(metric),
            _ => self.plan(metric).map(|plan| plan.department),
        }
    }

    /// How the metric adds up, and the units of its level.
    #[must_use]
    pub fn rule(&self, metric: &Metric) -> Rule {
        let is_external = metric.tree_aggregation == TreeAggregation::External;
        let kind = metric.reporting_level.kind().filter(|_| !is_external);
        let (reporters, between) = match (kind, self.venues.get(&metric.id)) {
            (_, Some((units, between))) => (Arc::clone(units), Arc::clone(between)),
            (Some(kind), None) => (self.units.of_kind(kind), Arc::default()),
            (None, None) => {
                let lead = self.lead(metric);
                (Arc::new(lead.into_iter().collect()), Arc::default())
            }
        };
        Rule {
            over_time: metric.time_aggregation,
            over_tree: metric.tree_aggregation,
            reporters,
            between,
        }
    }

    /// The units that are some departments or stand below one of them in a month of the plans, in the
    /// tree as it is or as it was.
    pub(super) fn within(
        &self,
        before: &DatedTree,
        departments: &[DepartmentId],
    ) -> Vec<DepartmentId> {
        let years: BTreeSet<i32> = self.plans.values().map(|plan| plan.year).collect();
        let days: Vec<Date> = years
            .into_iter()
            .filter_map(|year| format!("{year:04}-12").parse::<Period>().ok())
            .flat_map(|december| Stretch::YearTo(december).periods())
            .map(Period::last_day)
            .collect();
        let is_below = |unit: DepartmentId, tree: &DatedTree, day: Date| {
            tree.path(unit, day).any(|one| departments.contains(&one))
        };
        let units = self.units.all();
        units
            .filter(|unit| {
                let mut days = days.iter();
                days.any(|day| is_below(*unit, before, *day) || is_below(*unit, self.tree(), *day))
            })
            .collect()
    }

    /// Whether a department is asked for the metric on a day.
    #[must_use]
    pub fn is_asked(&self, metric: &Metric, department: DepartmentId, day: Date) -> bool {
        let Some(plan) = self.plan(metric) else {
            return false;
        };
        let rule = self.rule(metric);
        rule.reporters.contains(&department)
            && rule.is_asked_on(self.tree(), department, day)
            && self.tree().is_within(department, plan.department, day)
    }
}

/// Whether each unit itself is asked for its metric in its period, as far as the metrics are in scope; of
/// a metric that repeats another one nobody is, for what is said there is asked once.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn asked_of<C: Connection>(
    db: &C,
    scope: &Scope,
    keys: &[MeasurementKey],
) -> Result<HashMap<MeasurementKey, bool>, StoreError> {
    let ids: BTreeSet<MetricId> = keys.iter().map(|key| key.metric).collect();
    let ids: Vec<MetricId> = ids.into_iter().collect();
    let found = metrics::find_many(db, scope, &ids).await?;
    let reporters = Reporters::of(db, scope, found).await?;
    let asked = keys.iter().filter_map(|key| {
        let metric = reporters.metric(key.metric)?;
        let is_asked = metric.same_as.is_none()
            && reporters.is_asked(metric, key.department, key.period.last_day());
        Some((*key, is_asked))
    });
    Ok(asked.collect())
}

/// Whether venues are asked for a metric; a figure from outside is nobody's part.
pub(super) fn is_of_venues(metric: &Metric) -> bool {
    metric.reporting_level == ReportingLevel::Venue
        && metric.tree_aggregation != TreeAggregation::External
}

/// The plans and the tasks of some metrics.
fn of(metrics: &[Metric]) -> (Vec<PlanId>, Vec<TaskId>) {
    let mut plans: Vec<PlanId> = metrics.iter().map(|one| one.plan).collect();
    plans.sort_unstable();
    plans.dedup();
    (plans, metrics.iter().filter_map(|one| one.task).collect())
}
