//! The year before: which metric was the same then, and what units came to in it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use duban_domain::{
    access::Scope,
    error::Coded,
    ids::{DepartmentId, MetricId, PlanId},
    metric::{Metric, rollup::Stretch, sharing::is_shared},
    period::Period,
    plan::issued::Plan,
    quantity::Figure,
};
use duban_persistence::{Connection, StoreError, metrics, plans};

use crate::measurements::{FiguresKey, figures_of};

/// Why the results of another metric are not those of the year before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LastYearError {
    /// No metric of the year before is defined like it.
    #[error("no metric of {year} is defined alike")]
    Unknown {
        /// The year before.
        year: i32,
    },
    /// The metric that was named is not in scope, not of the year before, or not added up over units.
    #[error("the metric is none of {year} whose figures add up")]
    NotLastYear {
        /// The year before.
        year: i32,
    },
}

impl LastYearError {
    /// The field of the input that is to be mended.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "shares",
            Self::NotLastYear { .. } => "lastYearMetric",
        }
    }
}

impl Coded for LastYearError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "ALLOCATION_LAST_YEAR_UNKNOWN",
            Self::NotLastYear { .. } => "ALLOCATION_NOT_LAST_YEAR",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        let (Self::Unknown { year } | Self::NotLastYear { year }) = self;
        vec![("year", year.to_string())]
    }
}

/// Of each of these metrics, where they are in scope, the one of the year before: of a plan in force of
/// the same unit, and defined alike; none where several are. A fixed number of statements for each unit
/// whose plan it is and year, and one for each of its plans.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn last_year_of<C: Connection>(
    db: &C,
    scope: &Scope,
    ids: &[MetricId],
) -> Result<HashMap<MetricId, Metric>, StoreError> {
    let found = metrics::find_many(db, scope, ids).await?;
    let of: BTreeSet<PlanId> = found.iter().map(|one| one.plan).collect();
    let of: Vec<PlanId> = of.into_iter().collect();
    let of: BTreeMap<PlanId, Plan> = plans::find_many(db, scope, &of)
        .await?
        .into_iter()
        .map(|plan| (plan.id, plan))
        .collect();
    let before: BTreeSet<(DepartmentId, i32)> = of
        .values()
        .map(|plan| (plan.department, plan.year - 1))
        .collect();
    let mut known: BTreeMap<(DepartmentId, i32), Vec<Metric>> = BTreeMap::new();
    for (department, year) in before {
        let all = known.entry((department, year)).or_default();
        for plan in plans::in_force(db, scope, year).await? {
            if plan.department == department {
                all.extend(metrics::of_plan(db, scope, plan.id).await?);
            }
        }
    }
    let same = found.iter().filter_map(|metric| {
        let plan = of.get(&metric.plan)?;
        let all = known.get(&(plan.department, plan.year - 1))?.iter();
        let mut alike = all.filter(|one| one.is_defined_like(metric));
        let one = alike.next()?;
        alike.next().is_none().then(|| (metric.id, one.clone()))
    });
    Ok(same.collect())
}

/// What is verified of units for the year before: of the metric that is named, or of the one that is
/// defined alike. Units of which nothing is verified are left out.
pub(crate) async fn results_of_last_year<C: Connection>(
    db: &C,
    scope: &Scope,
    (metric, named): (&Metric, Option<MetricId>),
    units: &[DepartmentId],
) -> Result<Result<HashMap<DepartmentId, Figure>, LastYearError>, StoreError> {
    let plan = plans::find_many(db, scope, &[metric.plan]).await?.pop();
    let year = plan.map_or(0, |plan| plan.year) - 1;
    let source = match named {
        Some(id) => match named_metric(db, scope, (id, year)).await? {
            Some(found) => found,
            None => return Ok(Err(LastYearError::NotLastYear { year })),
        },
        None => match last_year_of(db, scope, &[metric.id])
            .await?
            .remove(&metric.id)
        {
            Some(found) => found,
            None => return Ok(Err(LastYearError::Unknown { year })),
        },
    };
    let Ok(until) = format!("{year:04}-12").parse::<Period>() else {
        return Ok(Err(LastYearError::Unknown { year }));
    };
    let key = |unit: &DepartmentId| FiguresKey {
        metric: source.id,
        department: Some(*unit),
        stretch: Stretch::YearTo(until),
    };
    let keys: Vec<FiguresKey> = units.iter().map(key).collect();
    let figures = figures_of(db, scope, &keys).await?;
    let verified = figures.into_values().filter_map(|one| {
        let figure = one.rolled.ok()?.verified?;
        Some((one.department, figure))
    });
    Ok(Ok(verified.collect()))
}

/// A metric of plans in force of a year, whose figures of units add up.
async fn named_metric<C: Connection>(
    db: &C,
    scope: &Scope,
    (id, year): (MetricId, i32),
) -> Result<Option<Metric>, StoreError> {
    let found = metrics::find_many(db, scope, &[id]).await?.pop();
    let Some(found) = found.filter(|one| is_shared(one.tree_aggregation)) else {
        return Ok(None);
    };
    let in_force = plans::in_force(db, scope, year).await?;
    let is_of_year = in_force.iter().any(|plan| plan.id == found.plan);
    Ok(is_of_year.then_some(found))
}
