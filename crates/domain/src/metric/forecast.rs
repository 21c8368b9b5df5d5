//! Where a counted metric will stand at the end of the year (预测, product rule 9).
//!
//! The method is the discounted Gamma–Poisson filter of Harvey and Fernandes, "Time Series Models for
//! Count or Qualitative Observations", Journal of Business & Economic Statistics 7 (1989), 407–417: the
//! rate of a month is Gamma distributed, each month's count sharpens it, and between months the past is
//! discounted, so that a rate that drifts is followed. What remains of the year is then negative
//! binomial. Counts that spread wider than Poisson are divided by their dispersion first (quasi-Poisson).
//! A month may carry an exposure: its expected share of the year's work, from last year or from the plan.
//!
//! Floats live in this module alone; figures go in and come out exact.

use rust_decimal::{
    Decimal,
    prelude::{FromPrimitive, ToPrimitive},
};
use statrs::distribution::{DiscreteCDF, NegativeBinomial};

use crate::{ids::DepartmentId, quantity::Figure};

/// Fewest months that a forecast stands on.
pub const MONTHS_LEAST: usize = 3;

/// Lower and upper end of the 80% interval.
const TAILS: (f64, f64) = (0.1, 0.9);

/// Discounts that are tried; the one under which the months seen were least surprising is taken.
const DISCOUNTS: [f64; 6] = [0.5, 0.6, 0.7, 0.8, 0.9, 1.0];

/// What a month ahead discounts the past by at most: no rate is taken to stand still for the rest of the
/// year. Chosen on the back-test in `tests/properties/forecasts.rs`.
const DRIFT: f64 = 0.8;

/// A month that was counted, or is still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthCount {
    /// What was counted in the month alone.
    pub count: Figure,
    /// How much of the year's work falls in it, in any unit that is the same for all months.
    pub exposure: Figure,
}

/// Why nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoForecast {
    /// 数据太少.
    #[error("too few months: {months}, at least {MONTHS_LEAST}")]
    TooFew {
        /// Months counted.
        months: usize,
    },
    /// Exposures of zero say nothing about a rate, and what is negative is no count.
    #[error("months without exposure, or with a negative count")]
    NoExposure,
    /// Figures beyond what the method can hold.
    #[error("figures too large")]
    TooLarge,
}

/// The expected end of the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// Expected value at the end of the year, what is counted already included.
    pub expected: Figure,
    /// Lower end of the 80% interval.
    pub low: Figure,
    /// Upper end of the 80% interval.
    pub high: Figure,
    /// How likely the target is met, from 0 to 1 in steps of 0.0001; none without a target.
    pub probability: Option<Figure>,
    /// Expected value at the end of each month to come.
    pub course: Vec<Figure>,
}

/// Forecasts the year from the months counted so far and the exposures of those to come.
///
/// # Errors
///
/// [`NoForecast`] with fewer than [`MONTHS_LEAST`] months, and for figures that are no counts.
pub fn forecast(
    counted: &[MonthCount],
    to_come: &[Figure],
    at_least: Option<Figure>,
) -> Result<Forecast, NoForecast> {
    let sight = Sight::of(counted, to_come)?;
    let probability = at_least.map(|target| sight.probability(target));
    let mut course = Vec::with_capacity(sight.ahead.len());
    let mut exposure = 0.0;
    for one in &sight.ahead {
        exposure += one;
        course.push(figure(sight.after(exposure))?);
    }
    Ok(Forecast {
        expected: figure(sight.after(exposure))?,
        low: figure(sight.end(TAILS.0))?,
        high: figure(sight.end(TAILS.1))?,
        probability: probability.transpose()?,
        course,
    })
}

/// The expected end of the year and how likely it meets a target; the same as [`forecast`] says, without
/// what takes longest to tell.
///
/// # Errors
///
/// As [`forecast`].
pub fn chance(
    counted: &[MonthCount],
    to_come: &[Figure],
    at_least: Figure,
) -> Result<Chance, NoForecast> {
    let sight = Sight::of(counted, to_come)?;
    Ok(Chance {
        expected: figure(sight.after(sight.ahead.iter().sum()))?,
        probability: sight.probability(at_least)?,
    })
}

/// How likely a target is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chance {
    /// Expected value at the end of the year.
    pub expected: Figure,
    /// From 0 to 1 in steps of 0.0001.
    pub probability: Figure,
}

/// What the months counted so far let one see of those to come.
struct Sight {
    so_far: f64,
    spread: f64,
    rate: Rate,
    ahead: Vec<f64>,
    rest: Option<Rest>,
}

impl Sight {
    fn of(counted: &[MonthCount], to_come: &[Figure]) -> Result<Self, NoForecast> {
        if counted.len() < MONTHS_LEAST {
            return Err(NoForecast::TooFew {
                months: counted.len(),
            });
        }
        let months: Vec<Month> = counted
            .iter()
            .map(|one| Month::new(one.count, one.exposure))
            .collect::<Result<_, _>>()?;
        let ahead: Vec<f64> = to_come
            .iter()
            .copied()
            .map(float)
            .collect::<Result<_, _>>()?;
        if ahead.iter().any(|one| *one < 0.0) {
            return Err(NoForecast::NoExposure);
        }
        let spread = dispersion(&months);
        let rate = Rate::learn(&months, spread);
        Ok(Self {
            so_far: months.iter().map(|one| one.count).sum(),
            spread,
            rate,
            rest: rate.rest_of(&ahead),
            ahead,
        })
    }

    /// The expected value after so much more exposure.
    fn after(&self, exposure: f64) -> f64 {
        self.so_far + self.spread * self.rate.mean() * exposure
    }

    fn end(&self, tail: f64) -> f64 {
        let rest = self.rest.as_ref();
        self.so_far + self.spread * rest.map_or(0.0, |one| one.quantile(tail))
    }

    fn probability(&self, at_least: Figure) -> Result<Figure, NoForecast> {
        let missing = float(at_least)? - self.so_far;
        if missing <= 0.0 {
            return share(1.0);
        }
        let rest = self.rest.as_ref();
        share(rest.map_or(0.0, |one| one.at_least(missing / self.spread)))
    }
}

/// A unit with its own target and its expected end of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitOutlook {
    /// Who.
    pub department: DepartmentId,
    /// Its share of the target.
    pub target: Figure,
    /// Its expected value at the end of the year.
    pub expected: Figure,
}

/// The smallest set of units that closes a gap by meeting their own shares, the largest shortfall first;
/// none when all of them together do not.
///
/// No smaller set can: whatever units are taken, as many of the largest shortfalls give at least as much.
#[must_use]
pub fn smallest_set(gap: Figure, units: &[UnitOutlook]) -> Option<Vec<DepartmentId>> {
    let mut short: Vec<(Decimal, DepartmentId)> = units
        .iter()
        .map(|one| {
            (
                one.target.decimal() - one.expected.decimal(),
                one.department,
            )
        })
        .filter(|(short, _)| *short > Decimal::ZERO)
        .collect();
    short.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    let (mut left, mut taken) = (gap.decimal(), Vec::new());
    for (short, department) in short {
        if left <= Decimal::ZERO {
            break;
        }
        left -= short;
        taken.push(department);
    }
    (left <= Decimal::ZERO).then_some(taken)
}

/// The first month to come whose expected value falls behind a line by more than a tolerance; counted
/// from 0. The line gives what should be there at the end of each month to come.
#[must_use]
pub fn turns_red(course: &[Figure], line: &[Figure], tolerance: Figure) -> Option<usize> {
    let behind = |(expected, due): (&Figure, &Figure)| {
        due.decimal() - expected.decimal() > tolerance.decimal()
    };
    course.iter().zip(line).position(behind)
}

struct Month {
    count: f64,
    exposure: f64,
}

impl Month {
    fn new(count: Figure, exposure: Figure) -> Result<Self, NoForecast> {
        let month = Self {
            count: float(count)?,
            exposure: float(exposure)?,
        };
        if month.exposure <= 0.0 || month.count < 0.0 {
            return Err(NoForecast::NoExposure);
        }
        Ok(month)
    }
}

/// What is known of the rate per unit of exposure: Gamma with this shape and this rate, which is the
/// exposure seen.
#[derive(Debug, Clone, Copy)]
struct Rate {
    shape: f64,
    exposure: f64,
    discount: f64,
}

impl Rate {
    /// Takes the months one by one, under the discount that explains them best.
    fn learn(months: &[Month], spread: f64) -> Self {
        let runs = DISCOUNTS.map(|discount| Self::run(months, spread, discount));
        let best = runs
            .into_iter()
            .max_by(|one, other| one.1.total_cmp(&other.1));
        best.map_or_else(|| Self::run(months, spread, 1.0).0, |(rate, _)| rate)
    }

    /// The rate after all months, with the log-likelihood of each month given those before.
    fn run(months: &[Month], spread: f64, discount: f64) -> (Self, f64) {
        let mut now = Self {
            shape: 0.0,
            exposure: 0.0,
            discount,
        };
        let mut likelihood = 0.0;
        for month in months {
            let prior = Self {
                shape: now.shape * discount,
                exposure: now.exposure * discount,
                discount,
            };
            let count = month.count / spread;
            if prior.shape > 0.0 {
                likelihood += prior.log_likelihood(count, month.exposure);
            }
            now = Self {
                shape: prior.shape + count,
                exposure: prior.exposure + month.exposure,
                discount,
            };
        }
        (now, likelihood)
    }

    /// Negative binomial log-density of a count over an exposure; the count need not be whole.
    fn log_likelihood(self, count: f64, exposure: f64) -> f64 {
        use statrs::function::gamma::ln_gamma;
        let share = self.exposure / (self.exposure + exposure);
        ln_gamma(self.shape + count) - ln_gamma(self.shape) - ln_gamma(count + 1.0)
            + self.shape * share.ln()
            + count * (1.0 - share).ln()
    }

    fn mean(self) -> f64 {
        if self.exposure > 0.0 {
            self.shape / self.exposure
        } else {
            0.0
        }
    }

    /// The count over all exposures to come; none when nothing is to come or nothing ever happened.
    /// The past is discounted once more for each month ahead, by [`DRIFT`] at least: a rate that stood
    /// still so far may still move.
    fn rest_of(self, ahead: &[f64]) -> Option<Rest> {
        let exposure: f64 = ahead.iter().sum();
        let discount = self.discount.min(DRIFT);
        let faded: f64 = ahead.iter().map(|_| discount).product();
        let (shape, rate) = (self.shape * faded, self.exposure * faded);
        let success = rate / (rate + exposure);
        let is_known = exposure > 0.0 && shape > 0.0;
        is_known
            .then(|| NegativeBinomial::new(shape, success).ok())
            .flatten()
            .map(|law| Rest {
                law,
                mean: shape * exposure / rate,
                deviation: (shape * (1.0 - success)).sqrt() / success,
            })
    }
}

/// What remains of the year, in counts divided by their dispersion.
struct Rest {
    law: NegativeBinomial,
    mean: f64,
    deviation: f64,
}

impl Rest {
    fn at_least(&self, missing: f64) -> f64 {
        match missing.ceil().to_u64() {
            Some(0) => 1.0,
            Some(needed) => self.law.sf(needed - 1),
            None => 0.0,
        }
    }

    /// By halving between bounds that surely hold it; `statrs` searches from 0 upwards otherwise, which
    /// takes long for millions of visitors.
    fn quantile(&self, tail: f64) -> f64 {
        let bound = (self.mean + 40.0 * self.deviation + 40.0).to_u64();
        let (mut low, mut high) = (0_u64, bound.unwrap_or(u64::MAX));
        while low < high {
            let middle = low + (high - low) / 2;
            if self.law.cdf(middle) >= tail {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low.to_f64().unwrap_or(f64::INFINITY)
    }
}

/// Pearson's dispersion against one rate over all months, never below that of Poisson.
fn dispersion(months: &[Month]) -> f64 {
    let counts: f64 = months.iter().map(|one| one.count).sum();
    let exposure: f64 = months.iter().map(|one| one.exposure).sum();
    let rate = counts / exposure;
    let Some(free) = (months.len() - 1).to_f64().filter(|_| rate > 0.0) else {
        return 1.0;
    };
    let squares: f64 = months
        .iter()
        .map(|one| {
            let fitted = rate * one.exposure;
            (one.count - fitted) * (one.count - fitted) / fitted
        })
        .sum();
    (squares / free).max(1.0)
}

fn float(value: Figure) -> Result<f64, NoForecast> {
    value.decimal().to_f64().ok_or(NoForecast::TooLarge)
}

/// A count to the nearest whole.
fn figure(value: f64) -> Result<Figure, NoForecast> {
    let rounded = Decimal::from_f64(value.round()).ok_or(NoForecast::TooLarge)?;
    Figure::try_new(rounded).map_err(|_| NoForecast::TooLarge)
}

/// A probability to four places.
fn share(value: f64) -> Result<Figure, NoForecast> {
    let rounded = Decimal::from_f64(value.clamp(0.0, 1.0)).ok_or(NoForecast::TooLarge)?;
    Figure::try_new(rounded.round_dp(4)).map_err(|_| NoForecast::TooLarge)
}
