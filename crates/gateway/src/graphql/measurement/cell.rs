//! The cells of grids of figures: loaded together, within limits.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, Description, Object};
use duban_app::measurements::{Figures, FiguresKey};
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
    figures::count,
    formula::{FigureFormula, formula_of},
};
use crate::graphql::{
    context::request,
    department::Department,
    error::Fault,
    loaders::FiguresOf,
    metric::Metric,
    quick::Quick,
    scalars::{Decimal, Period},
};

/// Units of a grid.
pub const MOST_UNITS: usize = 200;
/// Cells of a grid: 200 units over 12 months.
const MOST_CELLS: usize = 2_400;

/// What a metric amounts to for a unit with everything below it: in a period, and from
/// January up to and with it.
#[derive(Debug, Clone, Description)]
pub struct RollupCell {
    metric: Arc<Counted>,
    unit: Arc<Unit>,
    period: Month,
    to_date: RollupFigure,
    of_period: RollupFigure,
}

/// A figure with what it stands on: on time + late + missing = expected.
#[derive(Debug, Clone, Description)]
pub struct RollupFigure {
    key: FiguresKey,
    rolled: Rolled,
    shows_provisional: bool,
}

/// A grid that is too large.
pub const TOO_WIDE: Fault = Fault::BadInput {
    code: "ROLLUP_TOO_LARGE",
};

/// Whether a grid of so many units and cells may be asked for.
///
/// # Errors
///
/// [`Fault::BadInput`] where it is too large.
pub const fn check(units: usize, cells: usize) -> Result<(), Fault> {
    if units > MOST_UNITS || cells > MOST_CELLS {
        return Err(TOO_WIDE);
    }
    Ok(())
}

/// The figures of metrics for units, to date and of each period alone.
///
/// # Errors
///
/// [`Fault::BadInput`] where there are too many, or one is too large.
pub async fn load(
    ctx: &Context<'_>,
    (metrics, periods): (&[Arc<Counted>], &[Month]),
    units: &[Arc<Unit>],
    wanted: Wanted,
) -> Result<HashMap<FiguresKey, Figures>, Fault> {
    let cells = units.len() * metrics.len() * periods.len();
    check(units.len(), cells)?;
    let mut keys = Vec::with_capacity(2 * cells);
    for (metric, unit) in metrics
        .iter()
        .flat_map(|metric| units.iter().map(|unit| (metric.id, unit.id)))
    {
        for period in periods {
            let stretches = stretches(*period).into_iter().skip(wanted.skipped());
            keys.extend(stretches.map(|stretch| FiguresOf(key(metric, unit, stretch))));
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

/// Which figures of a cell are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// To date and of the period.
    Both,
    /// Of the period alone.
    OfPeriod,
}

impl Wanted {
    /// What the cells of a grid's rows are asked for.
    pub fn of(ctx: &Context<'_>) -> Self {
        let cell = ctx.look_ahead().field("rows").field("cells");
        if cell.field("toDate").exists() {
            Self::Both
        } else {
            Self::OfPeriod
        }
    }

    /// How many of the stretches of a cell are not asked for.
    const fn skipped(self) -> usize {
        match self {
            Self::Both => 0,
            Self::OfPeriod => 1,
        }
    }
}

const fn key(metric: MetricId, unit: DepartmentId, stretch: Stretch) -> FiguresKey {
    FiguresKey {
        metric,
        department: Some(unit),
        stretch,
    }
}

const fn stretches(period: Month) -> [Stretch; 2] {
    [Stretch::YearTo(period), Stretch::Of(period)]
}

/// The cell of a metric, a unit and a period among figures that were loaded.
pub fn cell(
    figures: &HashMap<FiguresKey, Figures>,
    metric: &Arc<Counted>,
    (unit, period): (&Arc<Unit>, Month),
) -> RollupCell {
    let [to_date, of_period] = stretches(period).map(|stretch| {
        let key = key(metric.id, unit.id, stretch);
        let found = figures.get(&key);
        let rolled = found.and_then(|one| one.rolled.clone().ok());
        RollupFigure {
            key,
            rolled: rolled.unwrap_or_default(),
            shows_provisional: found.is_some_and(|one| one.shows_provisional),
        }
    });
    RollupCell {
        metric: Arc::clone(metric),
        unit: Arc::clone(unit),
        period,
        to_date,
        of_period,
    }
}

impl RollupCell {
    /// Whether figures of the period are asked for there.
    pub const fn is_asked(&self) -> bool {
        self.of_period.rolled.rates.expected() > 0
    }
}

#[Object(use_type_description)]
impl RollupCell {
    /// What is counted.
    async fn metric(&self) -> Metric {
        Metric(Arc::clone(&self.metric))
    }

    /// The unit.
    async fn department(&self) -> Quick<Department> {
        Quick(Department(Arc::clone(&self.unit)))
    }

    /// The period.
    async fn period(&self) -> Period {
        Period(self.period)
    }

    /// From January up to and with the period (累计).
    async fn to_date(&self) -> Quick<&RollupFigure> {
        Quick(&self.to_date)
    }

    /// Of the period alone (当期). Where the latest word stands, of a quarter or a year what stands at its
    /// end.
    async fn of_period(&self) -> Quick<&RollupFigure> {
        Quick(&self.of_period)
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

    /// How the verified figure comes about (这个数怎么来的); its measurements are `contributions`.
    async fn formula(&self, ctx: &Context<'_>) -> Result<FigureFormula, Fault> {
        formula_of(ctx, self.key).await
    }
}
