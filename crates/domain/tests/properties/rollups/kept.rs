//! What is kept tells every figure and its terms, and follows every change.

use duban_domain::{
    metric::{
        TimeAggregation, TreeAggregation,
        rollup::{Cell, Kept, Months, Stretch},
    },
    period::{Cadence, Period},
};
use proptest::prelude::*;
use rust_decimal::{Decimal, RoundingStrategy};
use time::macros::date;

use super::{Word, id, months, reading, rules, worlds};

/// The quarters and the year.
fn longer() -> impl Iterator<Item = Period> {
    let day = date!(2025 - 01 - 01);
    let quarter = Period::of(day, Cadence::Quarterly);
    let quarters = std::iter::successors(Some(quarter), |one| Some(one.next()));
    let year = Period::of(day, Cadence::Yearly);
    quarters.take(4).chain([year])
}

proptest! {
    #[test]
    fn what_is_kept_tells_every_figure_to_the_digit(
        world in worlds(),
        over in rules(),
        corrected in 2_usize..6,
    ) {
        let (rule, tree) = (world.rule(over), world.tree());
        let mut cells = world.cells(over.1);
        for (number, cell) in cells.iter_mut().enumerate().filter(|(one, _)| one % corrected == 0) {
            let word = if number % 3 == 0 { Word::NotApplicable } else { Word::Figure(7) };
            cell.provisional = Some(reading(word, over.1));
        }
        let kept = rule.keep(&tree, &cells);
        let expected = rule.expected(&tree, &months());
        let units = (0..=world.cities + world.counties.len()).map(id);
        for unit in units {
            for period in longer() {
                for stretch in [Stretch::YearTo(period), Stretch::Of(period)] {
                    let told = rule.told((&kept, &expected), unit, &Months::of(stretch));
                    let meant = rule.roll_up_over(&tree, &cells, (unit, stretch));
                    prop_assert_eq!(told, meant, "{:?} {:?}", unit, stretch);
                }
            }
            for (number, month) in months().into_iter().enumerate() {
                for (stretch, periods) in [
                    (Stretch::YearTo(month), &months()[..=number]),
                    (Stretch::Of(month), &[month][..]),
                ] {
                    let told = rule.told((&kept, &expected), unit, &Months::of(stretch));
                    let meant = rule.roll_up(&tree, &cells, (unit, periods));
                    prop_assert_eq!(told, meant, "{:?} {:?}", unit, stretch);
                }
            }
        }
    }

    #[test]
    fn the_terms_of_a_figure_come_to_the_figure(world in worlds(), over in rules()) {
        let (rule, tree) = (world.rule(over), world.tree());
        let kept = rule.keep(&tree, &world.cells(over.1));
        let expected = rule.expected(&tree, &months());
        for period in months().into_iter().chain(longer()) {
            for stretch in [Stretch::YearTo(period), Stretch::Of(period)] {
                let told = rule.told((&kept, &expected), id(0), &Months::of(stretch)).expect("small");
                let terms = rule.workings(&kept, id(0), stretch).expect("small");
                let counted: Vec<_> = terms.iter().filter(|one| one.is_counted).collect();
                let values: Vec<Decimal> = counted.iter().filter_map(|one| one.value).collect();
                prop_assert_eq!(values.len(), counted.len(), "what counts has a value");
                let sum: Decimal = values.iter().sum();
                let whole = match (over.0, values.len()) {
                    (_, 0) => None,
                    (TimeAggregation::Average, many) => sum.checked_div(Decimal::from(many)),
                    (TimeAggregation::Max, many) => {
                        prop_assert_eq!(many, 1, "one term is the largest");
                        Some(sum)
                    }
                    _ => Some(sum),
                };
                let strategy = RoundingStrategy::MidpointAwayFromZero;
                let rounded = whole.map(|one| one.round_dp_with_strategy(4, strategy).normalize());
                prop_assert_eq!(told.verified.map(|one| one.decimal().normalize()), rounded);
                for term in terms {
                    let value = match (over.1, term.base) {
                        (TreeAggregation::Ratio, Some(base)) =>
                            (term.sum * Decimal::ONE_HUNDRED).checked_div(base),
                        (_, Some(base)) => term.sum.checked_div(base),
                        (_, None) => Some(term.sum),
                    };
                    prop_assert_eq!(term.value, value.filter(|_| term.amounts > 0));
                }
            }
        }
    }

    #[test]
    fn what_is_kept_follows_by_differences(
        (before, after) in (worlds(), worlds()),
        over in rules(),
    ) {
        let (rule, tree) = (before.rule(over), before.tree());
        let (first, second) = (before.cells(over.1), after.cells(over.1));
        let mut kept = rule.keep(&tree, &first);
        for number in 0..before.counties.len() {
            let of = |cells: &[Cell]| {
                let unit = before.county(number);
                rule.keep(&tree, cells.iter().filter(|one| one.unit == unit))
            };
            let change: Kept = of(&first).to(&of(&second));
            kept.add(&change);
        }
        prop_assert_eq!(kept, rule.keep(&tree, &second));
    }
}
