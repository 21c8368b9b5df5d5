//! Whether a result attains its target, and how much of it (完成率).

use rust_decimal::{Decimal, RoundingStrategy};

use super::Target;
use crate::{
    light::Percent,
    quantity::{Comparator, Figure},
};

/// About a figure (左右, 约) is at least this share of it, in percent.
const ABOUT_PERCENT: i64 = 90;

impl Target {
    /// Whether a verified result attains the target (product rule 4).
    ///
    /// To a figure (至, 为) is attained by more than it too: who was asked for 40 meetings and held 41 did
    /// what was asked. A yes/no result is attained by anything above zero.
    #[must_use]
    pub fn is_attained(&self, result: Figure) -> bool {
        let target = self.value;
        match self.comparator {
            Comparator::AtLeast | Comparator::Reach | Comparator::Equal => result >= target,
            Comparator::MoreThan => result > target,
            Comparator::AtMost => result <= target,
            Comparator::About => {
                let share = target.decimal() * Decimal::new(ABOUT_PERCENT, 2);
                result.decimal() >= share
            }
            Comparator::Done => result > Figure::ZERO,
        }
    }

    /// A verified result in whole percent of the target, rounded down, to be held against the pace; none
    /// for a yes/no result and a target of nothing. A limit (不超过) is kept wholly or not at all.
    #[must_use]
    pub fn percent(&self, result: Figure) -> Option<Percent> {
        if self.comparator == Comparator::AtMost {
            let kept = self.is_attained(result);
            return Some(Percent(if kept { 100 } else { 0 }));
        }
        let share = self.attainment(result)?.decimal();
        let whole = share.round_dp_with_strategy(0, RoundingStrategy::ToZero);
        Some(Percent(u16::try_from(whole).unwrap_or(u16::MAX)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(comparator: Comparator, value: &str) -> Target {
        Target {
            comparator,
            value: value.parse().expect("a figure"),
            unit: "场".to_owned(),
            by: None,
            is_per_year: false,
            is_tentative: false,
        }
    }

    #[test]
    fn each_comparator_says_what_attains_it() {
        let cases = [
            (
                Comparator::AtLeast,
                ["39.9999", "40", "41"],
                [false, true, true],
            ),
            (
                Comparator::Reach,
                ["39.9999", "40", "41"],
                [false, true, true],
            ),
            (
                Comparator::Equal,
                ["39.9999", "40", "41"],
                [false, true, true],
            ),
            (
                Comparator::MoreThan,
                ["39", "40", "40.0001"],
                [false, false, true],
            ),
            (
                Comparator::AtMost,
                ["39", "40", "40.0001"],
                [true, true, false],
            ),
            (
                Comparator::About,
                ["35.9999", "36", "44"],
                [false, true, true],
            ),
            (Comparator::Done, ["0", "0.0001", "1"], [false, true, true]),
        ];
        for (comparator, results, attained) in cases {
            let target = target(comparator, "40");
            for (result, is_attained) in results.iter().zip(attained) {
                let result: Figure = result.parse().expect("a figure");
                assert_eq!(
                    target.is_attained(result),
                    is_attained,
                    "{comparator:?} {result}"
                );
            }
        }
    }

    #[test]
    fn percent_is_whole_rounded_down_and_none_without_a_number() {
        let percent = |comparator, value, result: &str| {
            target(comparator, value).percent(result.parse().expect("a figure"))
        };
        assert_eq!(percent(Comparator::AtLeast, "3", "1"), Some(Percent(33)));
        assert_eq!(
            percent(Comparator::AtLeast, "3", "2.9999"),
            Some(Percent(99))
        );
        assert_eq!(percent(Comparator::AtLeast, "3", "6"), Some(Percent(200)));
        assert_eq!(percent(Comparator::AtLeast, "0", "6"), None);
        assert_eq!(percent(Comparator::Done, "1", "1"), None);
        assert_eq!(percent(Comparator::AtMost, "3", "2"), Some(Percent(100)));
        assert_eq!(percent(Comparator::AtMost, "3", "4"), Some(Percent(0)));
    }
}
