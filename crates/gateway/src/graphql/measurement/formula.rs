//! How a figure comes about: its terms, and the measurements that make it up.

use async_graphql::{Context, Description, ID, Object, SimpleObject};
use duban_app::measurements::{FiguresKey, Working, contributions_of};
use duban_domain::metric::rollup::{Stretch, Term, TermFigures};
use duban_persistence::measurements;

use super::{Measurement, figures::period_in};
use crate::graphql::{
    context::request,
    department::find_department,
    enums::{TimeAggregation, TreeAggregation},
    error::Fault,
    loaders::WorkingOf,
    metric::{Metric, find_metric},
    page::{self, Args, Conn, LARGEST_PAGE},
    scalars::{Decimal, Period},
};

/// How a verified figure comes about (这个数怎么来的): terms that are added up over units and then put
/// together over time.
#[derive(Debug, Clone, Description)]
pub struct FigureFormula {
    working: Working,
    terms: Vec<Term>,
}

/// A term of a verified figure.
#[derive(SimpleObject, Debug, Clone)]
pub struct FormulaTerm {
    /// The month; none where months go in together.
    period: Option<Period>,
    /// Measurements that went in; those that say "does not apply" are none.
    amounts: i32,
    /// What they add up to: values, values times weights, or how many different things. To four places;
    /// none where it is too large for a figure.
    sum: Option<Decimal>,
    /// What that is divided by: denominators, weights, or the number of measurements; none where nothing
    /// is divided.
    base: Option<Decimal>,
    /// What the term comes to, a ratio in percent, to four places; none where nothing went in.
    value: Option<Decimal>,
    /// Whether it is part of the figure: where the largest stands, that term alone is.
    is_counted: bool,
}

impl From<&Term> for FormulaTerm {
    fn from(term: &Term) -> Self {
        let TermFigures { sum, base, value } = term.figures();
        Self {
            period: term.period.map(Period),
            amounts: i32::try_from(term.amounts).unwrap_or(i32::MAX),
            sum: sum.map(Decimal),
            base: base.map(Decimal),
            value: value.map(Decimal),
            is_counted: term.is_counted,
        }
    }
}

/// How the figure of a key comes about.
///
/// # Errors
///
/// [`Fault::BadInput`] where a sum leaves what can be told.
pub async fn formula_of(ctx: &Context<'_>, key: FiguresKey) -> Result<FigureFormula, Fault> {
    let found = request(ctx).loader.load_one(WorkingOf(key)).await?;
    let working = found.ok_or(Fault::NotFound)?;
    let terms = working.terms.clone().map_err(|_| Fault::BadInput {
        code: "FIGURE_TOO_LARGE",
    })?;
    Ok(FigureFormula { working, terms })
}

#[Object(use_type_description)]
impl FigureFormula {
    /// The metric whose measurements are added up: another one where the metric repeats it.
    async fn metric(&self) -> Metric {
        self.working.metric.clone().into()
    }

    /// How the terms are put together over time.
    async fn time_aggregation(&self) -> TimeAggregation {
        self.working.metric.time_aggregation.into()
    }

    /// How measurements are added up over units.
    async fn tree_aggregation(&self) -> TreeAggregation {
        self.working.metric.tree_aggregation.into()
    }

    /// The terms, the first month first; a single one without a month where months go in together.
    async fn terms(&self) -> Vec<FormulaTerm> {
        self.terms.iter().map(FormulaTerm::from).collect()
    }
}

/// Which figure's measurements are asked for.
pub struct Figured {
    /// The metric, by id or code.
    pub metric: ID,
    /// The unit, by id or code; none for the one whose figure is the metric's.
    pub department: Option<ID>,
    /// The period.
    pub period: Option<Period>,
    /// From January up to and with it, or it alone.
    pub is_to_date: bool,
    /// Those that would count if everything submitted were verified.
    pub is_provisional: bool,
}

/// A page of the measurements that make up a figure, the newest month first; none where the metric is out
/// of scope.
///
/// # Errors
///
/// [`Fault::NotFound`] for an unknown unit; [`Fault::BadInput`] for a period outside the plan's
/// year and for wrong page arguments.
pub async fn list_contributions(
    ctx: &Context<'_>,
    args: Args,
    asked: Figured,
) -> Result<Option<Conn<Measurement>>, Fault> {
    let request = request(ctx);
    let Some(metric) = find_metric(ctx, &asked.metric).await? else {
        return Ok(None);
    };
    let department = match &asked.department {
        Some(id) => Some(find_department(ctx, id).await?.ok_or(Fault::NotFound)?.id),
        None => None,
    };
    let period = period_in(ctx, &metric, asked.period.map(|one| one.0)).await?;
    let key = FiguresKey {
        metric: metric.id,
        department,
        stretch: if asked.is_to_date {
            Stretch::YearTo(period)
        } else {
            Stretch::Of(period)
        },
    };
    let window = args.window(ctx, "contributions", LARGEST_PAGE)?;
    let wanted = (metric.as_ref(), key, asked.is_provisional);
    let db = request.app.store().read();
    let found = contributions_of(db, &request.scope, wanted, &window).await?;
    let found = page::connection("contributions", found.map(Measurement), |one| {
        measurements::key_of(&one.0)
    });
    Ok(Some(found))
}
