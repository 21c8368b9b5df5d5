//! Figures in a grid: a metric over units and months, or metrics over units for one month.

use std::{collections::BTreeMap, sync::Arc};

use async_graphql::{Context, Description, ID, Object};
use duban_app::measurements::{Under, units_under};
use duban_domain::{
    department::Department as Unit,
    ids::DepartmentId,
    metric::Metric as Counted,
    period::{Cadence, Period as Month},
};

use super::{
    cell::{MOST_UNITS, RollupCell, TOO_WIDE, Wanted, load},
    figures::period_in,
    named::{find_departments, find_metrics},
};
use crate::graphql::{
    context::request,
    department::{Department, find_department},
    error::Fault,
    metric::{Metric, find_metric},
    quick::Quick,
    ready::{Each, Written},
    scalars::Period,
};

/// Levels below a unit.
const MOST_LEVELS: i32 = 3;
/// Metrics of a matrix.
const MOST_METRICS: usize = 50;

/// A metric over units and periods (指标汇总).
#[derive(Debug, Clone, Description)]
pub struct MetricRollup {
    metric: Arc<Counted>,
    periods: Vec<Month>,
    rows: Vec<MetricRollupRow>,
}

/// The figures of one unit over the periods.
#[derive(Debug, Clone, Description)]
pub struct MetricRollupRow {
    unit: Arc<Unit>,
    cells: Vec<RollupCell>,
}

/// Metrics over units for one period (指标矩阵).
#[derive(Debug, Clone, Description)]
pub struct MetricMatrix {
    period: Month,
    units: Vec<Arc<Unit>>,
    rows: Vec<MetricMatrixRow>,
}

/// The figures of one metric over the units.
#[derive(Debug, Clone, Description)]
pub struct MetricMatrixRow {
    metric: Arc<Counted>,
    cells: Vec<RollupCell>,
}

/// What narrows the units of a grid.
pub struct Units {
    /// These, by id or code.
    pub departments: Option<Vec<ID>>,
    /// Or everything below this one.
    pub under: Option<ID>,
    /// That many levels down.
    pub depth: i32,
}

const OUTSIDE_YEAR: Fault = Fault::BadInput {
    code: "PERIOD_OUTSIDE_YEAR",
};

const CADENCES_DIFFER: Fault = Fault::BadInput {
    code: "PERIOD_CADENCES_DIFFER",
};

/// The periods of a grid: those of one length from the first to the last.
async fn periods_of(
    ctx: &Context<'_>,
    metric: &Counted,
    (from, until): (Option<Month>, Option<Month>),
) -> Result<Vec<Month>, Fault> {
    let cadence = until.or(from).map_or(Cadence::Monthly, Month::cadence);
    let last = period_in(ctx, metric, until).await?;
    let last = Month::of(last.last_day(), cadence);
    let first = if from.is_some() {
        period_in(ctx, metric, from).await?
    } else {
        let year = Month::of(last.first_day(), Cadence::Yearly);
        Month::of(year.first_day(), cadence)
    };
    if first.cadence() != cadence {
        return Err(CADENCES_DIFFER);
    }
    let periods = std::iter::successors(Some(first), |one| Some(one.next()));
    let periods: Vec<Month> = periods.take_while(|one| *one <= last).collect();
    if periods.is_empty() {
        return Err(OUTSIDE_YEAR);
    }
    Ok(periods)
}

/// A metric over units and periods, with a fixed number of statements.
///
/// # Errors
///
/// [`Fault::BadInput`] for periods outside the plan's year or of different lengths, and for a grid that is
/// too large; [`Fault::NotFound`] for an unknown unit.
pub async fn rollup(
    ctx: &Context<'_>,
    metric: &ID,
    units: Units,
    (from, until): (Option<Period>, Option<Period>),
) -> Result<Option<MetricRollup>, Fault> {
    let Some(metric) = find_metric(ctx, metric).await? else {
        return Ok(None);
    };
    let asked = (from.map(|one| one.0), until.map(|one| one.0));
    let periods = periods_of(ctx, &metric, asked).await?;
    let metrics = std::slice::from_ref(&metric);
    let units = units.resolve(ctx, (metrics, &periods)).await?;
    let wanted = Wanted::of(ctx);
    let rows = load(ctx, (metrics, &periods), &units, (periods.len(), wanted)).await?;
    let rows = units.into_iter().zip(rows);
    Ok(Some(MetricRollup {
        rows: rows
            .map(|(unit, cells)| MetricRollupRow { unit, cells })
            .collect(),
        metric,
        periods,
    }))
}

/// Metrics over units for one period, with a fixed number of statements.
///
/// # Errors
///
/// [`Fault::BadInput`] for metrics of several years, a period outside of it and a grid that is too large;
/// [`Fault::NotFound`] for an unknown unit.
pub async fn matrix(
    ctx: &Context<'_>,
    metrics: &[ID],
    units: Units,
    period: Option<Period>,
) -> Result<MetricMatrix, Fault> {
    if metrics.len() > MOST_METRICS {
        return Err(TOO_WIDE);
    }
    let found = find_metrics(ctx, metrics).await?;
    let Some(first) = found.first() else {
        return Err(Fault::NotFound);
    };
    let period = period_in(ctx, first, period.map(|one| one.0)).await?;
    let plans = found.iter().map(|one| one.plan);
    let plans = request(ctx).loader.load_many(plans).await?;
    if plans.values().any(|plan| plan.year != period.year()) {
        return Err(OUTSIDE_YEAR);
    }
    let units = units.resolve(ctx, (&found, &[period])).await?;
    let wanted = Wanted::of(ctx);
    let rows = load(ctx, (&found, &[period]), &units, (units.len(), wanted)).await?;
    let mut rows = rows.into_iter();
    let rows = found.into_iter().map(|metric| MetricMatrixRow {
        metric,
        // Without a unit there is no row.
        cells: rows.next().unwrap_or_default(),
    });
    Ok(MetricMatrix {
        period,
        rows: rows.collect(),
        units,
    })
}

impl Units {
    /// Whether anything narrows them.
    pub const fn are_said(&self) -> bool {
        self.departments.is_some() || self.under.is_some()
    }

    /// The units, those further up first, in the order of the tree.
    ///
    /// # Errors
    ///
    /// [`Fault::NotFound`] for an unknown unit, [`Fault::BadInput`] for too many.
    pub async fn resolve(
        self,
        ctx: &Context<'_>,
        (metrics, periods): (&[Arc<Counted>], &[Month]),
    ) -> Result<Vec<Arc<Unit>>, Fault> {
        let request = request(ctx);
        if let Some(ids) = &self.departments {
            if ids.len() > MOST_UNITS {
                return Err(TOO_WIDE);
            }
            return find_departments(ctx, ids).await;
        }
        let unit = if let Some(id) = &self.under {
            find_department(ctx, id).await?.ok_or(Fault::NotFound)?.id
        } else {
            let first = metrics.first().ok_or(Fault::NotFound)?;
            let plan = request.loader.load_one(first.plan).await?;
            plan.ok_or(Fault::NotFound)?.department
        };
        let depth = usize::try_from(self.depth.clamp(0, MOST_LEVELS)).unwrap_or_default();
        let db = request.app.store().read();
        let owned: Vec<Counted> = metrics.iter().map(|one| one.as_ref().clone()).collect();
        let months: Vec<Month> = periods.iter().flat_map(|one| one.monthly()).collect();
        let levels = units_under(db, Under { unit, depth }, (&owned, &months)).await?;
        if levels.len() > MOST_UNITS {
            return Err(TOO_WIDE);
        }
        let found = request
            .loader
            .load_many(levels.iter().map(|(_, unit)| *unit))
            .await?;
        let mut ordered: BTreeMap<(usize, i32, DepartmentId), Arc<Unit>> = BTreeMap::new();
        for (level, id) in levels {
            if let Some(unit) = found.get(&id) {
                ordered.insert((level, unit.position, id), unit.clone());
            }
        }
        Ok(ordered.into_values().collect())
    }
}

#[Object(use_type_description)]
impl MetricRollup {
    /// What is counted.
    async fn metric(&self) -> Metric {
        Metric(Arc::clone(&self.metric))
    }

    /// The periods, the first one first.
    async fn periods(&self) -> Vec<Period> {
        self.periods.iter().copied().map(Period).collect()
    }

    /// A row for each unit, those further up first.
    async fn rows(&self) -> Vec<Quick<&MetricRollupRow>> {
        self.rows.iter().map(Quick).collect()
    }
}

#[Object(use_type_description)]
impl MetricRollupRow {
    /// The unit.
    async fn department(&self) -> Written<Department> {
        Written(Department(Arc::clone(&self.unit)))
    }

    /// Its figures, period by period.
    async fn cells(&self) -> Each<&RollupCell> {
        Each(self.cells.iter().collect())
    }
}

#[Object(use_type_description)]
impl MetricMatrix {
    /// The period.
    async fn period(&self) -> Period {
        Period(self.period)
    }

    /// The units, those further up first.
    async fn departments(&self) -> Each<Department> {
        Each(self.units.iter().cloned().map(Department).collect())
    }

    /// A row for each metric, in the order asked for.
    async fn rows(&self) -> Vec<Quick<&MetricMatrixRow>> {
        self.rows.iter().map(Quick).collect()
    }
}

#[Object(use_type_description)]
impl MetricMatrixRow {
    /// What is counted.
    async fn metric(&self) -> Metric {
        Metric(Arc::clone(&self.metric))
    }

    /// Its figures, unit by unit.
    async fn cells(&self) -> Each<&RollupCell> {
        Each(self.cells.iter().collect())
    }
}
