//! The cells of grids of figures: loaded together, within limits.

use std::sync::Arc;

use async_graphql::{Context, Description, Object};
use duban_app::measurements::{FiguresKey, GridAsked, GridFigure};
use duban_domain::{
    department::Department as Unit,
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
    metric::Metric,
    ready::{Written, ready},
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

/// The cells of metrics for units over periods: metric by metric, unit by unit, period by period, in rows of so many.
///
/// # Errors
///
/// [`Fault::BadInput`] where there are too many, or a figure is too large.
pub async fn load(
    ctx: &Context<'_>,
    (metrics, periods): (&[Arc<Counted>], &[Month]),
    units: &[Arc<Unit>],
    (row, wanted): (usize, Wanted),
) -> Result<Vec<Vec<RollupCell>>, Fault> {
    check(units.len(), units.len() * metrics.len() * periods.len())?;
    let stretches = periods.iter().flat_map(|period| wanted.stretches(*period));
    let asked = GridAsked {
        metrics: metrics.iter().map(|metric| metric.id).collect(),
        units: units.iter().map(|unit| unit.id).collect(),
        stretches: stretches.collect(),
    };
    let told = request(ctx).loaders().grid(&asked).await?;
    let mut told = told
        .map_err(|_| Fault::BadInput {
            code: "FIGURE_TOO_LARGE",
        })?
        .into_iter();
    let mut figure = |metric, unit, stretch| {
        RollupFigure::of(
            FiguresKey {
                metric,
                department: Some(unit),
                stretch,
            },
            wanted
                .holds(stretch)
                .then(|| told.next().flatten())
                .flatten(),
        )
    };
    let mut rows: Vec<Vec<RollupCell>> = Vec::new();
    for metric in metrics {
        for unit in units {
            for period in periods {
                let [to_date, of_period] =
                    stretches_of(*period).map(|stretch| figure(metric.id, unit.id, stretch));
                let cell = RollupCell {
                    metric: Arc::clone(metric),
                    unit: Arc::clone(unit),
                    period: *period,
                    to_date,
                    of_period,
                };
                if let Some(cells) = rows.last_mut().filter(|cells| cells.len() < row) {
                    cells.push(cell);
                } else {
                    let mut cells = Vec::with_capacity(row);
                    cells.push(cell);
                    rows.push(cells);
                }
            }
        }
    }
    Ok(rows)
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

    const fn holds(self, stretch: Stretch) -> bool {
        match self {
            Self::Both => true,
            Self::OfPeriod => matches!(stretch, Stretch::Of(_)),
        }
    }

    fn stretches(self, period: Month) -> impl Iterator<Item = Stretch> {
        let both = stretches_of(period).into_iter();
        both.filter(move |stretch| self.holds(*stretch))
    }
}

const fn stretches_of(period: Month) -> [Stretch; 2] {
    [Stretch::YearTo(period), Stretch::Of(period)]
}

impl RollupFigure {
    fn of(key: FiguresKey, told: Option<GridFigure>) -> Self {
        let shows_provisional = told.as_ref().is_some_and(|one| one.shows_provisional);
        Self {
            key,
            rolled: told.map(|one| one.rolled).unwrap_or_default(),
            shows_provisional,
        }
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
    fn department(&self) -> Written<Department> {
        Written(Department(Arc::clone(&self.unit)))
    }

    /// The period.
    fn period(&self) -> Period {
        Period(self.period)
    }

    /// From January up to and with the period (累计).
    fn to_date(&self) -> Written<&RollupFigure> {
        Written(&self.to_date)
    }

    /// Of the period alone (当期). Where the latest word stands, of a quarter or a year what stands at its
    /// end.
    fn of_period(&self) -> Written<&RollupFigure> {
        Written(&self.of_period)
    }
}

ready!(RollupCell { period } with { department: Department, to_date: RollupFigure, of_period: RollupFigure });

#[Object(use_type_description)]
impl RollupFigure {
    /// What verified measurements add up to; none where nothing is verified.
    fn verified(&self) -> Option<Decimal> {
        self.rolled.verified.map(Decimal)
    }

    /// What it would be if everything submitted were verified; none where the caller may not see what is
    /// not verified of all units below.
    fn provisional(&self) -> Option<Decimal> {
        let shown = self.shows_provisional;
        self.rolled.provisional.filter(|_| shown).map(Decimal)
    }

    /// Figures that were asked for: a unit and a month each.
    fn expected(&self) -> i32 {
        count(self.rolled.rates.expected())
    }

    /// Handed in on time.
    fn on_time(&self) -> i32 {
        count(self.rolled.rates.on_time)
    }

    /// Handed in late.
    fn late(&self) -> i32 {
        count(self.rolled.rates.late)
    }

    /// Not handed in: neither zero nor "does not apply".
    fn missing(&self) -> i32 {
        count(self.rolled.rates.missing)
    }

    /// Of what was handed in, what said that the metric does not apply.
    fn not_applicable(&self) -> i32 {
        count(self.rolled.not_applicable)
    }

    /// Of what was handed in, that of which nothing is verified yet.
    fn waiting(&self) -> i32 {
        count(self.rolled.waiting)
    }

    /// Handed in of those asked for, from 0 to 1 (报送率); none where nothing was asked for.
    fn completeness(&self) -> Option<Decimal> {
        self.rolled.rates.completeness().map(Decimal)
    }

    /// Handed in on time of those asked for, from 0 to 1 (及时率); none where nothing was asked for.
    fn timeliness(&self) -> Option<Decimal> {
        self.rolled.rates.timeliness().map(Decimal)
    }

    /// How the verified figure comes about (这个数怎么来的); its measurements are `contributions`.
    async fn formula(&self, ctx: &Context<'_>) -> Result<FigureFormula, Fault> {
        formula_of(ctx, self.key).await
    }
}

ready!(RollupFigure {
    verified,
    provisional,
    expected,
    on_time,
    late,
    missing,
    not_applicable,
    waiting,
    completeness,
    timeliness
});
