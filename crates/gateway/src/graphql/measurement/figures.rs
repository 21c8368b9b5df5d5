//! Figures of units with everything below them, each with what it stands on.

use async_graphql::{Context, Description, ID, Object};
use duban_app::measurements::{Figures, FiguresKey};
use duban_domain::{
    ids::DepartmentId,
    measurement::MeasurementKey,
    metric::{
        Metric, Target,
        rollup::{Rolled, Stretch},
    },
    period::{Cadence, Period as Month},
    quantity::Figure,
};

use super::formula::{FigureFormula, formula_of};
use crate::graphql::{
    context::request,
    department::{Department, find_department},
    error::Fault,
    loaders::{AskedOf, CarriedBy, ChildrenOf, FiguresOf, PresentMonth},
    scalars::{Decimal, Period},
};

/// What a metric amounts to for a unit with everything below, from January up to and with a month:
/// on time + late + missing = expected.
#[derive(Debug, Clone, Description)]
pub struct MetricFigures {
    metric: Metric,
    until: Month,
    figures: Figures,
    rolled: Rolled,
    is_whole: bool,
}

/// The figures of a metric for a unit up to a month; of the plan's own unit up to the month that is
/// reported now, where neither is said.
///
/// # Errors
///
/// [`Fault::BadInput`] for a month outside the plan's year, [`Fault::NotFound`] for an unknown unit.
pub async fn figures_for(
    ctx: &Context<'_>,
    metric: &Metric,
    department: Option<ID>,
    until: Option<Period>,
) -> Result<Option<MetricFigures>, Fault> {
    let department = match &department {
        Some(id) => Some(find_department(ctx, id).await?.ok_or(Fault::NotFound)?.id),
        None => None,
    };
    let until = until_in(ctx, metric, until.map(|one| one.0)).await?;
    load(ctx, metric, department, until).await
}

/// Whether a unit itself is asked for a metric in a month.
///
/// # Errors
///
/// [`Fault::BadInput`] for a month outside the plan's year, [`Fault::NotFound`] for an unknown unit.
pub async fn is_asked(
    ctx: &Context<'_>,
    metric: &Metric,
    department: &ID,
    period: Option<Period>,
) -> Result<bool, Fault> {
    let request = request(ctx);
    let known = request.department_keys(std::iter::once(department)).await?;
    let department = known.get(department).ok_or(Fault::NotFound)?;
    let period = until_in(ctx, metric, period.map(|one| one.0)).await?;
    let key = AskedOf(MeasurementKey {
        metric: metric.id,
        department,
        period,
    });
    Ok(request.loader.load_one(key).await?.unwrap_or_default())
}

/// The last month to be added up: that of a period within the year of the plan.
///
/// # Errors
///
/// [`Fault::BadInput`] for a period outside of it.
pub async fn until_in(
    ctx: &Context<'_>,
    metric: &Metric,
    asked: Option<Month>,
) -> Result<Month, Fault> {
    let period = period_in(ctx, metric, asked).await?;
    Ok(Month::of(period.last_day(), Cadence::Monthly))
}

/// The month, quarter or year that is asked about, within the year of the plan; the month that is reported
/// now where none is said.
///
/// # Errors
///
/// [`Fault::BadInput`] for a period outside of it.
pub async fn period_in(
    ctx: &Context<'_>,
    metric: &Metric,
    asked: Option<Month>,
) -> Result<Month, Fault> {
    let loader = &request(ctx).loader;
    let plan = loader.load_one(metric.plan).await?.ok_or(Fault::NotFound)?;
    if let Some(asked) = asked {
        return if asked.year() == plan.year {
            Ok(asked)
        } else {
            Err(Fault::BadInput {
                code: "PERIOD_OUTSIDE_YEAR",
            })
        };
    }
    let month = |number: u8| {
        let text = format!("{:04}-{number:02}", plan.year);
        text.parse::<Month>().map_err(|_| Fault::Internal)
    };
    let now = loader.load_one(PresentMonth).await?;
    Ok(now.ok_or(Fault::Internal)?.clamp(month(1)?, month(12)?))
}

async fn load(
    ctx: &Context<'_>,
    metric: &Metric,
    department: Option<DepartmentId>,
    until: Month,
) -> Result<Option<MetricFigures>, Fault> {
    let key = FiguresKey {
        metric: metric.id,
        department,
        stretch: Stretch::YearTo(until),
    };
    let found = request(ctx).loader.load_one(FiguresOf(key)).await?;
    let whole = department.is_none();
    found
        .map(|figures| MetricFigures::of((metric, until), figures, whole))
        .transpose()
}

/// A count as the API shows it.
pub fn count(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

impl MetricFigures {
    fn of(
        (metric, until): (&Metric, Month),
        mut figures: Figures,
        is_whole: bool,
    ) -> Result<Self, Fault> {
        let rolled = std::mem::replace(&mut figures.rolled, Ok(Rolled::default()));
        let rolled = rolled.map_err(|_| Fault::BadInput {
            code: "FIGURE_TOO_LARGE",
        })?;
        Ok(Self {
            metric: metric.clone(),
            until,
            figures,
            rolled,
            is_whole,
        })
    }
}

impl MetricFigures {
    async fn carried(&self, ctx: &Context<'_>) -> Result<Option<Figure>, Fault> {
        if self.is_whole {
            return Ok(Some(self.metric.target.value));
        }
        let key = CarriedBy((self.metric.id, self.figures.department));
        Ok(request(ctx).loader.load_one(key).await?)
    }
}

#[Object(use_type_description)]
impl MetricFigures {
    /// The unit.
    async fn department(&self, ctx: &Context<'_>) -> Result<Department, Fault> {
        let loader = &request(ctx).loader;
        let found = loader.load_one(self.figures.department).await?;
        found.map(Department).ok_or(Fault::NotFound)
    }

    /// The first month.
    async fn from(&self) -> Period {
        let first = self.figures.periods.first();
        Period(first.copied().unwrap_or(self.until))
    }

    /// The last month.
    async fn until(&self) -> Period {
        Period(self.until)
    }

    /// What verified measurements add up to; none where nothing is verified.
    async fn verified(&self) -> Option<Decimal> {
        self.rolled.verified.map(Decimal)
    }

    /// What it would be if everything submitted were verified; none where the caller may not see what is
    /// not verified of all units below.
    async fn provisional(&self) -> Option<Decimal> {
        let shown = self.figures.shows_provisional;
        self.rolled.provisional.filter(|_| shown).map(Decimal)
    }

    /// What the unit carries of the target: all of it, or the share that it was given; none where it was
    /// given none, and where the caller may not see it.
    async fn share(&self, ctx: &Context<'_>) -> Option<Result<Decimal, Fault>> {
        let carried = self.carried(ctx).await.transpose()?;
        Some(carried.map(Decimal))
    }

    /// What is verified, in percent of what the unit carries.
    async fn attainment(&self, ctx: &Context<'_>) -> Option<Result<Decimal, Fault>> {
        let verified = self.rolled.verified?;
        let carried = match self.carried(ctx).await {
            Ok(carried) => carried?,
            Err(fault) => return Some(Err(fault)),
        };
        let target = Target {
            value: carried,
            ..self.metric.target.clone()
        };
        target.attainment(verified).map(|one| Ok(Decimal(one)))
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
        let key = FiguresKey {
            metric: self.metric.id,
            department: Some(self.figures.department),
            stretch: Stretch::YearTo(self.until),
        };
        formula_of(ctx, key).await
    }

    /// The figures of the units directly below that are asked for any, in the order of the tree.
    async fn parts(&self, ctx: &Context<'_>) -> Result<Vec<MetricFigures>, Fault> {
        let loader = &request(ctx).loader;
        let below = loader.load_one(ChildrenOf(self.figures.department)).await?;
        let below = below.unwrap_or_default();
        let key = |department| FiguresKey {
            metric: self.metric.id,
            department: Some(department),
            stretch: Stretch::YearTo(self.until),
        };
        let keys = below.iter().map(|one| FiguresOf(key(one.id)));
        let mut found = loader.load_many(keys).await?;
        let parts = below.iter().filter_map(|one| {
            let figures = found.remove(&FiguresOf(key(one.id)))?;
            let is_asked = |rolled: &Rolled| rolled.rates.expected() > 0;
            let shown = figures.rolled.as_ref().map_or(true, is_asked);
            shown.then(|| MetricFigures::of((&self.metric, self.until), figures, false))
        });
        parts.collect()
    }
}
