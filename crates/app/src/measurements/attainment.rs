//! What tasks have attained of their targets by verified figures: for lights and for completion.

use std::collections::{BTreeMap, HashMap};

use duban_domain::{
    access::Scope,
    ids::{MetricId, TaskId},
    light::{Outlook, Percent},
    metric::{
        Metric,
        outlook::{is_counted, prospect},
        rollup::{Kept, Months, Stretch},
    },
    period::Period,
    quantity::Figure,
};
use duban_persistence::{Connection, StoreError, rollups};

use super::{
    Reporters,
    rolling::{FiguresKey, source, standing, with_repeated},
};

/// The verified figure of each of these metrics over the year of its plan, for the unit whose figure is
/// the metric's; as they stood on the day of the scope. A metric that repeats another one has the
/// figure of that one unless it has its own. Metrics of which nothing is verified are left out.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn verified_of<C: Connection>(
    db: &C,
    scope: &Scope,
    asked: &[Metric],
) -> Result<HashMap<MetricId, Figure>, StoreError> {
    if asked.is_empty() {
        return Ok(HashMap::new());
    }
    let years = Years::of(db, scope, asked).await?;
    let verified = asked
        .iter()
        .filter_map(|metric| Some((metric.id, years.verified(metric)?)));
    Ok(verified.collect())
}

/// What is kept of the years of some metrics, for the units whose figures are theirs.
struct Years {
    reporters: Reporters,
    kept: BTreeMap<MetricId, Kept>,
}

impl Years {
    /// Reads them with a fixed number of statements.
    async fn of<C: Connection>(
        db: &C,
        scope: &Scope,
        metrics: &[Metric],
    ) -> Result<Self, StoreError> {
        let all = with_repeated(db, metrics.to_vec()).await?;
        let (reporters, kept) = standing(db, scope, (all, of_the_year)).await?;
        Ok(Self { reporters, kept })
    }

    fn verified(&self, metric: &Metric) -> Option<Figure> {
        let repeated = metric.same_as.and_then(|id| self.reporters.metric(id));
        let mut either = [Some(metric), repeated].into_iter().flatten();
        either.find_map(|metric| {
            let until = december(self.reporters.plan(metric)?.year)?;
            self.told(metric, Stretch::YearTo(until))
        })
    }

    fn told(&self, metric: &Metric, stretch: Stretch) -> Option<Figure> {
        let kept = self.kept.get(&metric.id)?;
        let unit = self.reporters.home(metric)?;
        let rule = self.reporters.rule(metric);
        let rolled = rule
            .told((kept, &BTreeMap::new()), unit, &Months::of(stretch))
            .ok()?;
        rolled.verified
    }

    /// How likely the target is met; none of a metric whose months are no counts, and while too few of
    /// them are verified.
    fn outlook(&self, metric: &Metric) -> Option<Outlook> {
        if !is_counted(metric.time_aggregation, metric.tree_aggregation) {
            return None;
        }
        let counted = source(&self.reporters, &self.kept, metric);
        let until = december(self.reporters.plan(counted)?.year)?;
        let months: Vec<(Period, Option<Figure>)> = Stretch::YearTo(until)
            .periods()
            .into_iter()
            .map(|month| (month, self.told(counted, Stretch::Of(month))))
            .collect();
        let found = prospect(&months, (metric.target.comparator, metric.target.value))?;
        Some(Outlook {
            metric: metric.code.clone(),
            probability: Percent::of_share(found.chance.probability),
            expected: found.chance.expected,
            target: found.least,
            months: found.months,
            each: found.each,
        })
    }
}

fn december(year: i32) -> Option<Period> {
    format!("{year:04}-12").parse().ok()
}

/// The whole figure of each metric over the year of its plan.
fn of_the_year(reporters: &Reporters) -> Vec<FiguresKey> {
    let keys = reporters.metrics().filter_map(|metric| {
        let until = december(reporters.plan(metric)?.year)?;
        Some(FiguresKey {
            metric: metric.id,
            department: None,
            stretch: Stretch::YearTo(until),
        })
    });
    keys.collect()
}

/// What figures say of a task for its light.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskFigures {
    /// How much of its targets is attained by verified figures: the target that is furthest behind
    /// counts. What was never measured is missing and not zero, so it says nothing; nor does a yes/no
    /// result.
    pub attained: Option<Percent>,
    /// The target that is least likely met.
    pub outlook: Option<Outlook>,
}

/// What figures say of each of these tasks of which anything was measured, with a fixed number of
/// statements; told anew at each read.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn task_figures<C: Connection>(
    db: &C,
    scope: &Scope,
    tasks: &[TaskId],
) -> Result<HashMap<TaskId, TaskFigures>, StoreError> {
    let mut found: Vec<Metric> = Vec::new();
    for tasks in tasks.chunks(AT_ONCE) {
        found.append(&mut rollups::measured_of_tasks(db, scope, tasks).await?);
    }
    if found.is_empty() {
        return Ok(HashMap::new());
    }
    let years = Years::of(db, scope, &found).await?;
    let mut figures: HashMap<TaskId, TaskFigures> = HashMap::new();
    for metric in &found {
        let Some(task) = metric.task else { continue };
        let of = figures.entry(task).or_default();
        let verified = years.verified(metric);
        let percent = verified.and_then(|figure| metric.target.percent(figure));
        of.attained = [of.attained, percent].into_iter().flatten().min();
        let outlooks = [of.outlook.take(), years.outlook(metric)];
        of.outlook = outlooks
            .into_iter()
            .flatten()
            .min_by_key(|one| one.probability);
    }
    Ok(figures)
}

/// Tasks of one statement.
const AT_ONCE: usize = 10_000;
