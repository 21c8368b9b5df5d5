//! What tasks have attained of their targets by verified figures: for lights and for completion.

use std::collections::{BTreeMap, HashMap};

use duban_domain::{
    access::Scope,
    ids::{MetricId, TaskId},
    light::Percent,
    metric::{Metric, rollup::Stretch},
    period::Period,
    quantity::Figure,
};
use duban_persistence::{Connection, StoreError, rollups};

use super::{
    Reporters,
    rolling::{FiguresKey, standing, with_repeated},
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
    let metrics = with_repeated(db, asked.to_vec()).await?;
    let (reporters, kept) = standing(db, scope, (metrics, of_the_year)).await?;
    let nobody = BTreeMap::new();
    let figures = of_the_year(&reporters).into_iter().filter_map(|key| {
        let (metric, unit) = key.target(&reporters)?;
        let rule = reporters.rule(metric);
        let of = (kept.get(&metric.id)?, &nobody);
        let rolled = rule.told(of, unit, key.stretch).ok()?;
        Some((metric.id, rolled.verified?))
    });
    let figures: HashMap<MetricId, Figure> = figures.collect();
    let of = |metric: &Metric| {
        let own = figures.get(&metric.id);
        let figure = own.or_else(|| figures.get(&metric.same_as?))?;
        Some((metric.id, *figure))
    };
    Ok(asked.iter().filter_map(of).collect())
}

/// The whole figure of each metric over the year of its plan.
fn of_the_year(reporters: &Reporters) -> Vec<FiguresKey> {
    let keys = reporters.metrics().filter_map(|metric| {
        let year = reporters.plan(metric)?.year;
        let december: Period = format!("{year:04}-12").parse().ok()?;
        Some(FiguresKey {
            metric: metric.id,
            department: None,
            stretch: Stretch::YearTo(december),
        })
    });
    keys.collect()
}

/// How much of its targets each of these tasks has attained, where anything of them is verified: the
/// target that is furthest behind counts. What was never measured is missing and not zero, so it says
/// nothing; nor does a yes/no result.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn attained_of<C: Connection>(
    db: &C,
    scope: &Scope,
    tasks: &[TaskId],
) -> Result<HashMap<TaskId, Percent>, StoreError> {
    let mut found: Vec<Metric> = Vec::new();
    for tasks in tasks.chunks(AT_ONCE) {
        found.append(&mut rollups::measured_of_tasks(db, scope, tasks).await?);
    }
    let figures = verified_of(db, scope, &found).await?;
    let mut attained: HashMap<TaskId, Percent> = HashMap::new();
    for metric in found {
        let percent = figures
            .get(&metric.id)
            .and_then(|figure| metric.target.percent(*figure));
        if let Some((task, percent)) = metric.task.zip(percent) {
            let least = attained.entry(task).or_insert(percent);
            *least = percent.min(*least);
        }
    }
    Ok(attained)
}

/// Tasks of one statement.
const AT_ONCE: usize = 10_000;
