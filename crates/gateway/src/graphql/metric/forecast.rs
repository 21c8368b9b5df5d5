//! The expected end of a unit's year (预测), as the API shows it.

use async_graphql::{Context, Description, Enum, ID, Object, SimpleObject};
use duban_app::forecasts::{ForecastKey, Foreseen, NoOutlook};
use duban_domain::{
    metric::{self, forecast::NoForecast, outlook::Outlook},
    quantity::Figure,
};

use crate::graphql::{
    context::request,
    department::{Department, find_department},
    error::Fault,
    loaders::ForecastOf,
    scalars::{Decimal, Period},
};

/// Where a unit's year will end, told from the figures verified so far: the discounted Gamma-Poisson
/// filter of Harvey and Fernandes (1989). A month of which nothing is verified is still to come.
#[derive(Debug, Clone, Description)]
pub struct MetricForecast(Foreseen);

/// Why nothing is forecast.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForecastGap {
    /// 数据太少: fewer than three months have verified figures.
    TooFewMonths,
    /// The months of the metric are no counts that add up to the year.
    NotCounted,
    /// The figures are none that the method can take.
    FiguresUnfit,
}

/// A month to come, with what is expected at its end.
#[derive(SimpleObject, Debug, Clone)]
pub struct ForecastPoint {
    /// The month.
    period: Period,
    /// The running total of the year that is expected at its end.
    expected: Decimal,
}

/// The forecast of a metric for a unit; for the unit whose plan it is, where none is named.
///
/// # Errors
///
/// [`Fault::NotFound`] for an unknown unit.
pub async fn forecast_for(
    ctx: &Context<'_>,
    metric: &metric::Metric,
    department: Option<ID>,
) -> Result<Option<MetricForecast>, Fault> {
    let department = match &department {
        Some(id) => Some(find_department(ctx, id).await?.ok_or(Fault::NotFound)?.id),
        None => None,
    };
    let key = ForecastKey {
        metric: metric.id,
        department,
    };
    let found = request(ctx).loader.load_one(ForecastOf(key)).await?;
    Ok(found.map(MetricForecast))
}

impl MetricForecast {
    fn tell<T>(&self, of: impl Fn(&Outlook) -> T) -> Option<T> {
        self.0.outlook.as_ref().ok().map(of)
    }

    fn figure(&self, of: impl Fn(&Outlook) -> Figure) -> Option<Decimal> {
        self.tell(of).map(Decimal)
    }
}

#[Object(use_type_description)]
impl MetricForecast {
    /// The unit.
    async fn department(&self, ctx: &Context<'_>) -> Result<Department, Fault> {
        let loader = &request(ctx).loader;
        let found = loader.load_one(self.0.department).await?;
        found.map(Department).ok_or(Fault::NotFound)
    }

    /// Months of which something is verified.
    async fn months(&self) -> i32 {
        i32::try_from(self.0.months).unwrap_or(i32::MAX)
    }

    /// Why nothing is forecast, where nothing is.
    async fn gap(&self) -> Option<ForecastGap> {
        Some(match self.0.outlook.as_ref().err()? {
            NoOutlook::NotCounted => ForecastGap::NotCounted,
            NoOutlook::Nothing(NoForecast::TooFew { .. }) => ForecastGap::TooFewMonths,
            NoOutlook::Nothing(_) => ForecastGap::FiguresUnfit,
        })
    }

    /// Expected value at the end of the year, what is verified included.
    async fn expected(&self) -> Option<Decimal> {
        self.figure(|one| one.forecast.expected)
    }

    /// Lower end of the 80% interval.
    async fn low(&self) -> Option<Decimal> {
        self.figure(|one| one.forecast.low)
    }

    /// Upper end of the 80% interval.
    async fn high(&self) -> Option<Decimal> {
        self.figure(|one| one.forecast.high)
    }

    /// What is to be met: the target, or the unit's share; none where it has none, and where the caller
    /// may not see it.
    async fn target(&self) -> Option<Decimal> {
        self.0.target.map(Decimal)
    }

    /// How likely the target is met, from 0 to 1.
    async fn probability(&self) -> Option<Decimal> {
        self.tell(|one| one.forecast.probability)
            .flatten()
            .map(Decimal)
    }

    /// What is expected to be missing at the end of the year.
    async fn shortfall(&self) -> Option<Decimal> {
        self.tell(|one| one.gap).flatten().map(Decimal)
    }

    /// The month in which it turns red if nothing changes: so far behind even pace as the rules of
    /// lights say.
    async fn turns_red(&self) -> Option<Period> {
        self.tell(|one| one.turns_red).flatten().map(Period)
    }

    /// Each month of which nothing is verified yet.
    async fn course(&self) -> Vec<ForecastPoint> {
        let point = |(period, expected): &(_, _)| ForecastPoint {
            period: Period(*period),
            expected: Decimal(*expected),
        };
        let course = self.tell(|one| one.course.iter().map(point).collect());
        course.unwrap_or_default()
    }

    /// The fewest units right below that close the shortfall by meeting their own shares; empty where
    /// there is no shortfall or all of them together do not, and where the caller may not see the shares.
    async fn closing_units(&self, ctx: &Context<'_>) -> Result<Vec<Department>, Fault> {
        let units = self.0.closing.clone().unwrap_or_default();
        let mut found = request(ctx).loader.load_many(units.iter().copied()).await?;
        let units = units.iter().filter_map(|id| found.remove(id));
        Ok(units.map(Department).collect())
    }
}
