//! Figures in a grid: a metric over units and months, or metrics over units for one month.

use std::collections::{BTreeMap, HashMap};

use async_graphql::{Context, Description, ID, Object};
use duban_app::measurements::{Figures, FiguresKey, Under, units_under};
use duban_domain::{
    department::Department as Unit,
    ids::{DepartmentId, MetricId},
    metric::{
        Metric as Counted,
        rollup::{Rolled, Stretch},
    },
    period::Period as Month,
};

use super::{
    figures::{count, until_in},
    named::{find_departments, find_metrics},
};
use crate::graphql::{
    context::request,
    department::{Department, find_department},
    error::Fault,
    loaders::FiguresOf,
    metric::{Metric, find_metric},
    scalars::{Decimal, Period},
};

/// Units of a grid.
const MOST_UNITS: usize = 200;
/// Cells of a grid: 200 units over 12 months.
const MOST_CELLS: usize = 2_400;
/// Levels below a unit.
const MOST_LEVELS: i32 = 3;
/// Metrics of a matrix.
const MOST_METRICS: usize = 50;

/// A metric over units and months (指标汇总).
#[derive(Debug, Clone, Description)]
pub struct MetricRollup {
    metric: Counted,
    months: Vec<Month>,
    units: Vec<Unit>,
    figures: HashMap<FiguresKey, Figures>,
}

/// The figures of one unit over the months.
#[derive(Debug, Clone, Description)]
pub struct MetricRollupRow {
    unit: Unit,
    cells: Vec<RollupCell>,
}

/// Metrics over units for one month (指标矩阵).
#[derive(Debug, Clone, Description)]
pub struct MetricMatrix {
    month: Month,
    metrics: Vec<Counted>,
    units: Vec<Unit>,
    figures: HashMap<FiguresKey, Figures>,
}

/// The figures of one metric over the units.
#[derive(Debug, Clone, Description)]
pub struct MetricMatrixRow {
    metric: Counted,
    cells: Vec<RollupCell>,
}

/// What a metric amounts to for a unit with everything below it: in a month, and from January up to it.
#[derive(Debug, Clone, Description)]
pub struct RollupCell {
    unit: Unit,
    month: Month,
    to_date: RollupFigure,
    of_period: RollupFigure,
}

/// A figure with what it stands on: on time + late + missing = expected.
#[derive(Debug, Clone, Description)]
pub struct RollupFigure {
    rolled: Rolled,
    shows_provisional: bool,
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

const TOO_WIDE: Fault = Fault::BadInput {
    code: "ROLLUP_TOO_LARGE",
};

const OUTSIDE_YEAR: Fault = Fault::BadInput {
    code: "PERIOD_OUTSIDE_YEAR",
};

/// A metric over units and months, with a fixed number of statements.
///
/// # Errors
///
/// [`Fault::BadInput`] for months outside the plan's year and for a grid that is too large;
/// [`Fault::NotFound`] for an unknown unit.
pub async fn rollup(
    ctx: &Context<'_>,
    metric: &ID,
    units: Units,
    (from, until): (Option<Period>, Option<Period>),
) -> Result<Option<MetricRollup>, Fault> {
    let Some(metric) = find_metric(ctx, metric).await? else {
        return Ok(None);
    };
    let until = until_in(ctx, &metric, until.map(|one| one.0)).await?;
    let mut months = Stretch::YearTo(until).periods();
    if let Some(from) = from {
        let from = until_in(ctx, &metric, Some(from.0)).await?;
        months.retain(|one| *one >= from);
    }
    if months.is_empty() {
        return Err(OUTSIDE_YEAR);
    }
    let metrics = std::slice::from_ref(&metric);
    let units = units.resolve(ctx, (metrics, &months)).await?;
    let figures = load(ctx, (metrics, &months), &units).await?;
    Ok(Some(MetricRollup {
        metric,
        months,
        units,
        figures,
    }))
}

/// Metrics over units for one month, with a fixed number of statements.
///
/// # Errors
///
/// [`Fault::BadInput`] for metrics of several years, a month outside of it and a grid that is too large;
/// [`Fault::NotFound`] for an unknown unit.
pub async fn matrix(
    ctx: &Context<'_>,
    metrics: &[ID],
    units: Units,
    month: Option<Period>,
) -> Result<MetricMatrix, Fault> {
    if metrics.len() > MOST_METRICS {
        return Err(TOO_WIDE);
    }
    let found = find_metrics(ctx, metrics).await?;
    let Some(first) = found.first() else {
        return Err(Fault::NotFound);
    };
    let month = until_in(ctx, first, month.map(|one| one.0)).await?;
    let plans = found.iter().map(|one| one.plan);
    let plans = request(ctx).loader.load_many(plans).await?;
    if plans.values().any(|plan| plan.year != month.year()) {
        return Err(OUTSIDE_YEAR);
    }
    let units = units.resolve(ctx, (&found, &[month])).await?;
    let figures = load(ctx, (&found, &[month]), &units).await?;
    Ok(MetricMatrix {
        month,
        metrics: found,
        units,
        figures,
    })
}

async fn load(
    ctx: &Context<'_>,
    (metrics, months): (&[Counted], &[Month]),
    units: &[Unit],
) -> Result<HashMap<FiguresKey, Figures>, Fault> {
    let cells = units.len() * metrics.len() * months.len();
    if units.len() > MOST_UNITS || cells > MOST_CELLS {
        return Err(TOO_WIDE);
    }
    let mut keys = Vec::with_capacity(2 * cells);
    for (metric, unit) in metrics
        .iter()
        .flat_map(|metric| units.iter().map(|unit| (metric.id, unit.id)))
    {
        for month in months {
            keys.extend(stretches(*month).map(|stretch| FiguresOf(key(metric, unit, stretch))));
        }
    }
    let found = request(ctx).loader.load_many(keys).await?;
    if found.values().any(|one| one.rolled.is_err()) {
        return Err(Fault::BadInput {
            code: "FIGURE_TOO_LARGE",
        });
    }
    Ok(found.into_iter().map(|(key, one)| (key.0, one)).collect())
}

const fn key(metric: MetricId, unit: DepartmentId, stretch: Stretch) -> FiguresKey {
    FiguresKey {
        metric,
        department: Some(unit),
        stretch,
    }
}

const fn stretches(month: Month) -> [Stretch; 2] {
    [Stretch::YearTo(month), Stretch::Month(month)]
}

fn cell(
    figures: &HashMap<FiguresKey, Figures>,
    metric: MetricId,
    (unit, month): (&Unit, Month),
) -> RollupCell {
    let [to_date, of_period] = stretches(month).map(|stretch| {
        let found = figures.get(&key(metric, unit.id, stretch));
        let rolled = found.and_then(|one| one.rolled.clone().ok());
        RollupFigure {
            rolled: rolled.unwrap_or_default(),
            shows_provisional: found.is_some_and(|one| one.shows_provisional),
        }
    });
    RollupCell {
        unit: unit.clone(),
        month,
        to_date,
        of_period,
    }
}

impl Units {
    /// The units, those further up first, in the order of the tree.
    async fn resolve(
        self,
        ctx: &Context<'_>,
        (metrics, months): (&[Counted], &[Month]),
    ) -> Result<Vec<Unit>, Fault> {
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
        let levels = units_under(db, Under { unit, depth }, (metrics, months)).await?;
        if levels.len() > MOST_UNITS {
            return Err(TOO_WIDE);
        }
        let found = request
            .loader
            .load_many(levels.iter().map(|(_, unit)| *unit))
            .await?;
        let mut ordered: BTreeMap<(usize, i32, DepartmentId), Unit> = BTreeMap::new();
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
        Metric(self.metric.clone())
    }

    /// The months, the first one first.
    async fn periods(&self) -> Vec<Period> {
        self.months.iter().copied().map(Period).collect()
    }

    /// A row for each unit, those further up first.
    async fn rows(&self) -> Vec<MetricRollupRow> {
        let cells = |unit: &Unit| {
            let months = self.months.iter();
            months
                .map(|month| cell(&self.figures, self.metric.id, (unit, *month)))
                .collect()
        };
        let rows = self.units.iter().map(|unit| MetricRollupRow {
            unit: unit.clone(),
            cells: cells(unit),
        });
        rows.collect()
    }
}

#[Object(use_type_description)]
impl MetricRollupRow {
    /// The unit.
    async fn department(&self) -> Department {
        Department(self.unit.clone())
    }

    /// Its figures, month by month.
    async fn cells(&self) -> &[RollupCell] {
        &self.cells
    }
}

#[Object(use_type_description)]
impl MetricMatrix {
    /// The month.
    async fn period(&self) -> Period {
        Period(self.month)
    }

    /// The units, those further up first.
    async fn departments(&self) -> Vec<Department> {
        self.units.iter().cloned().map(Department).collect()
    }

    /// A row for each metric, in the order asked for.
    async fn rows(&self) -> Vec<MetricMatrixRow> {
        let cells = |metric: &Counted| {
            let units = self.units.iter();
            units
                .map(|unit| cell(&self.figures, metric.id, (unit, self.month)))
                .collect()
        };
        let rows = self.metrics.iter().map(|metric| MetricMatrixRow {
            metric: metric.clone(),
            cells: cells(metric),
        });
        rows.collect()
    }
}

#[Object(use_type_description)]
impl MetricMatrixRow {
    /// What is counted.
    async fn metric(&self) -> Metric {
        Metric(self.metric.clone())
    }

    /// Its figures, unit by unit.
    async fn cells(&self) -> &[RollupCell] {
        &self.cells
    }
}

#[Object(use_type_description)]
impl RollupCell {
    /// The unit.
    async fn department(&self) -> Department {
        Department(self.unit.clone())
    }

    /// The month.
    async fn period(&self) -> Period {
        Period(self.month)
    }

    /// From January up to and with the month (累计).
    async fn to_date(&self) -> &RollupFigure {
        &self.to_date
    }

    /// Of the month alone (当期).
    async fn of_period(&self) -> &RollupFigure {
        &self.of_period
    }
}

#[Object(use_type_description)]
impl RollupFigure {
    /// What verified measurements add up to; none where nothing is verified.
    async fn verified(&self) -> Option<Decimal> {
        self.rolled.verified.map(Decimal)
    }

    /// What it would be if everything submitted were verified; none where the caller may not see what is
    /// not verified of all units below.
    async fn provisional(&self) -> Option<Decimal> {
        let shown = self.shows_provisional;
        self.rolled.provisional.filter(|_| shown).map(Decimal)
    }

    /// Figures that were asked for: a unit and a month each.
    async fn expected(&self) -> i32 {
        count(self.rolled.rates.expected())
    }

    /// Handed in on time.
    async fn on_time(&self) -> i32 {
        count(self.rolled.rates.on_time)
    }

    /// Handed in late.
    async fn late(&self) -> i32 {
        count(self.rolled.rates.late)
    }

    /// Not handed in: neither zero nor "does not apply".
    async fn missing(&self) -> i32 {
        count(self.rolled.rates.missing)
    }

    /// Of what was handed in, what said that the metric does not apply.
    async fn not_applicable(&self) -> i32 {
        count(self.rolled.not_applicable)
    }

    /// Of what was handed in, that of which nothing is verified yet.
    async fn waiting(&self) -> i32 {
        count(self.rolled.waiting)
    }

    /// Handed in of those asked for, from 0 to 1 (报送率); none where nothing was asked for.
    async fn completeness(&self) -> Option<Decimal> {
        self.rolled.rates.completeness().map(Decimal)
    }

    /// Handed in on time of those asked for, from 0 to 1 (及时率); none where nothing was asked for.
    async fn timeliness(&self) -> Option<Decimal> {
        self.rolled.rates.timeliness().map(Decimal)
    }
}
