//! Where a unit's year will end, from the months that are verified (预测, product rule 9): the forecast
//! held against what the unit carries.

use rust_decimal::Decimal;

use super::{
    TimeAggregation, TreeAggregation,
    forecast::{Chance, Forecast, MonthCount, NoForecast, chance, forecast, turns_red},
};
use crate::{
    period::Period,
    quantity::{Comparator, Figure},
};

/// The expected end of a unit's year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// The forecast.
    pub forecast: Forecast,
    /// Expected value at the end of each month of which nothing is verified yet, in their order.
    pub course: Vec<(Period, Figure)>,
    /// The first month to come in which the expected value is so far behind even pace that the light
    /// turns red; none without a target to reach.
    pub turns_red: Option<Period>,
    /// What is expected to be missing at the end; none where nothing is, and without a target to reach.
    pub gap: Option<Figure>,
}

/// Whether months of a metric are counts that add up to the year: only of those is a year forecast.
#[must_use]
pub const fn is_counted(over_time: TimeAggregation, over_tree: TreeAggregation) -> bool {
    matches!(over_time, TimeAggregation::Sum)
        && matches!(over_tree, TreeAggregation::Sum | TreeAggregation::Stage)
}

/// The outlook of a year: every month in order, with what is verified of it. A month of which nothing is
/// verified is still to come, whenever it was. All months are taken to carry the same share of the work.
///
/// `behind_red` says by how many points of the target the light turns red (the light's rules).
///
/// # Errors
///
/// [`NoForecast`], with too few months above all.
pub fn outlook(
    months: &[(Period, Option<Figure>)],
    target: Option<(Comparator, Figure)>,
    behind_red: u16,
) -> Result<Outlook, NoForecast> {
    let one = Figure::try_new(Decimal::ONE).map_err(|_| NoForecast::TooLarge)?;
    let counted: Vec<MonthCount> = months
        .iter()
        .filter_map(|(_, count)| {
            let count = (*count)?;
            let exposure = one;
            Some(MonthCount { count, exposure })
        })
        .collect();
    let ahead: Vec<Period> = months
        .iter()
        .filter(|(_, count)| count.is_none())
        .map(|(period, _)| *period)
        .collect();
    let reach = target.and_then(|(comparator, value)| least(comparator, value));
    let forecast = forecast(&counted, &vec![one; ahead.len()], reach)?;
    let course: Vec<(Period, Figure)> = ahead
        .iter()
        .copied()
        .zip(forecast.course.iter().copied())
        .collect();
    let red = match reach {
        Some(target) => first_red(months, &course, (target, behind_red))?,
        None => None,
    };
    let gap = reach.and_then(|target| {
        let short = target.decimal() - forecast.expected.decimal();
        Figure::try_new(short)
            .ok()
            .filter(|one| *one > Figure::ZERO)
    });
    Ok(Outlook {
        forecast,
        course,
        turns_red: red,
        gap,
    })
}

/// The least that meets a target of a count; none where less is better, and for yes/no.
fn least(comparator: Comparator, value: Figure) -> Option<Figure> {
    match comparator {
        Comparator::AtLeast | Comparator::Equal | Comparator::Reach | Comparator::About => {
            Some(value)
        }
        Comparator::MoreThan => Figure::try_new(value.decimal() + Decimal::ONE).ok(),
        Comparator::AtMost | Comparator::Done => None,
    }
}

/// How likely a target is met, and what would meet it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prospect {
    /// The forecast.
    pub chance: Chance,
    /// The least result that meets the target.
    pub least: Figure,
    /// Months of which nothing is verified yet.
    pub months: u16,
    /// What each of them has to bring on average, in whole numbers.
    pub each: Figure,
}

/// How likely the target of a year is met: see [`outlook`]. None where there is nothing to reach, nothing
/// to come, or nothing to be said.
#[must_use]
pub fn prospect(
    months: &[(Period, Option<Figure>)],
    (comparator, target): (Comparator, Figure),
) -> Option<Prospect> {
    let least = least(comparator, target)?;
    let exposure = Figure::try_new(Decimal::ONE).ok()?;
    let counts = || months.iter().filter_map(|(_, count)| *count);
    let counted: Vec<MonthCount> = counts()
        .map(|count| MonthCount { count, exposure })
        .collect();
    let ahead = months.len().checked_sub(counted.len())?;
    let left = u16::try_from(ahead).ok().filter(|months| *months > 0)?;
    let chance = chance(&counted, &vec![exposure; ahead], least).ok()?;
    let so_far: Decimal = counts().map(Figure::decimal).sum();
    let missing = (least.decimal() - so_far).max(Decimal::ZERO);
    let each = missing.checked_div(Decimal::from(left))?.ceil();
    Some(Prospect {
        chance,
        least,
        months: left,
        each: Figure::try_new(each).ok()?,
    })
}

/// Only months after the last one that is verified can still turn red.
fn first_red(
    months: &[(Period, Option<Figure>)],
    course: &[(Period, Figure)],
    (target, behind_red): (Figure, u16),
) -> Result<Option<Period>, NoForecast> {
    let too_large = |_| NoForecast::TooLarge;
    let last = months.iter().rev().find(|(_, count)| count.is_some());
    let to_come: Vec<&(Period, Figure)> = course
        .iter()
        .filter(|(period, _)| last.is_none_or(|(last, _)| period > last))
        .collect();
    let year = Decimal::from(u64::try_from(months.len().max(1)).unwrap_or(1));
    let line: Vec<Figure> = to_come
        .iter()
        .map(|(period, _)| {
            let place = months.iter().position(|(one, _)| one == period);
            let passed = u64::try_from(place.unwrap_or_default().saturating_add(1)).unwrap_or(1);
            let due = target.decimal() * Decimal::from(passed) / year;
            Figure::try_new(due.round_dp(crate::quantity::FIGURE_SCALE)).map_err(too_large)
        })
        .collect::<Result<_, _>>()?;
    let tolerance = target.decimal() * Decimal::from(behind_red) / Decimal::ONE_HUNDRED;
    let tolerance = Figure::try_new(tolerance.round_dp(crate::quantity::FIGURE_SCALE));
    let expected: Vec<Figure> = to_come.iter().map(|(_, figure)| *figure).collect();
    let found = turns_red(&expected, &line, tolerance.map_err(too_large)?);
    Ok(found
        .and_then(|place| to_come.get(place))
        .map(|(period, _)| *period))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(number: u32) -> Figure {
        Figure::try_new(Decimal::from(number)).expect("small")
    }

    fn year(counts: &[Option<u32>]) -> Vec<(Period, Option<Figure>)> {
        (1..=12)
            .map(|month| {
                let period = format!("2025-{month:02}").parse().expect("a month");
                let count = counts.get(month - 1).copied().flatten();
                (period, count.map(figure))
            })
            .collect()
    }

    const TARGET: Option<(Comparator, Figure)> = Some((Comparator::AtLeast, Figure::ZERO));

    #[test]
    fn fewer_than_three_months_say_nothing() {
        let months = year(&[Some(10), Some(12)]);
        assert_eq!(
            outlook(&months, TARGET, 20),
            Err(NoForecast::TooFew { months: 2 })
        );
    }

    #[test]
    fn a_steady_year_ends_where_it_leads_and_a_slow_one_turns_red() {
        let months = year(&[Some(100), Some(100), Some(100), Some(100)]);
        let target = Some((Comparator::AtLeast, figure(1_200)));
        let on_pace = outlook(&months, target, 20).expect("four months");
        assert_eq!(on_pace.forecast.expected, figure(1_200));
        assert_eq!((on_pace.gap, on_pace.turns_red), (None, None));
        assert_eq!(on_pace.course.len(), 8);

        let target = Some((Comparator::AtLeast, figure(2_400)));
        let slow = outlook(&months, target, 20).expect("four months");
        assert_eq!(slow.gap, Some(figure(1_200)));
        let red = slow.turns_red.expect("half the pace");
        assert_eq!(
            red.to_string(),
            "2025-05",
            "400 + 100 of 1,000 is 20.8 points behind"
        );
    }

    #[test]
    fn a_month_of_which_nothing_is_verified_is_still_to_come() {
        let months = year(&[Some(100), None, Some(100), Some(100)]);
        let found = outlook(&months, None, 20).expect("three months");
        assert_eq!(found.forecast.expected, figure(1_200));
        assert_eq!(
            found.course.first().map(|one| one.0.to_string()).as_deref(),
            Some("2025-02")
        );
    }
}
