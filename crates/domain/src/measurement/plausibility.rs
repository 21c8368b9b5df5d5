//! What about a figure looks wrong (合理性提示): told to whoever enters and whoever verifies it, never a
//! reason to refuse it.
//!
//! Outliers are found by the modified z-score of Iglewicz and Hoaglin, "How to Detect and Handle
//! Outliers" (1993): the distance from the median in median absolute deviations, above 3.5.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Amount, Thing};
use crate::{period::Period, quantity::Figure};

/// Months of one's own that a comparison stands on.
const OWN_LEAST: usize = 3;
/// Other units that a comparison stands on.
const PEERS_LEAST: usize = 5;
/// How many times the median of the others is too much.
const PEERS_TIMES: Decimal = Decimal::TEN;
/// Equal months in a row that look copied.
const REPEATED: usize = 3;

/// What a figure is held against.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Around {
    /// What the unit says of other months, the earliest first.
    pub own: Vec<(Period, Figure)>,
    /// What is verified of other units for the same month.
    pub peers: Vec<Figure>,
    /// Things that verified figures of other units already name.
    pub named: BTreeSet<Thing>,
    /// Where its files lie elsewhere, where any does.
    pub same_file: Option<SameFile>,
    /// The most that was declared for the unit in a month.
    pub capacity: Option<Figure>,
}

/// Files of a figure that lie under another metric, unit or month as well.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SameFile {
    /// How many files.
    pub files: usize,
    /// Under how many other metrics, units and months.
    pub places: usize,
    /// Those of them that whoever is told may see, in words; the others are counted alone.
    pub seen: Vec<String>,
}

/// Something about a figure that looks wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Doubt {
    /// Far above what the unit says of other months.
    FarAbove {
        /// The figure.
        value: Figure,
        /// The median of the other months.
        usual: Figure,
    },
    /// Far below what the unit says of other months.
    FarBelow {
        /// The figure.
        value: Figure,
        /// The median of the other months.
        usual: Figure,
    },
    /// More than any other unit, and many times what they usually say.
    AbovePeers {
        /// The figure.
        value: Figure,
        /// The median of the other units.
        usual: Figure,
    },
    /// The same figure month after month.
    Repeated {
        /// The figure.
        value: Figure,
        /// Months in a row, this one included.
        months: usize,
    },
    /// Things that other units have named already: counted once all the same.
    NamedElsewhere {
        /// How many.
        things: usize,
    },
    /// The very same file under another metric, unit or month.
    SameFile(SameFile),
    /// More than was declared as the most that the unit can reach in a month.
    AboveCapacity {
        /// The figure.
        value: Figure,
        /// The most.
        most: Figure,
    },
}

impl Doubt {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::FarAbove { .. } => "DOUBT_FAR_ABOVE",
            Self::FarBelow { .. } => "DOUBT_FAR_BELOW",
            Self::AbovePeers { .. } => "DOUBT_ABOVE_PEERS",
            Self::Repeated { .. } => "DOUBT_REPEATED",
            Self::NamedElsewhere { .. } => "DOUBT_NAMED_ELSEWHERE",
            Self::SameFile(one) if one.seen.is_empty() => "DOUBT_SAME_FILE",
            Self::SameFile(_) => "DOUBT_SAME_FILE_SEEN",
            Self::AboveCapacity { .. } => "DOUBT_ABOVE_CAPACITY",
        }
    }

    /// The figures of its sentence.
    #[must_use]
    pub fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::FarAbove { value, usual }
            | Self::FarBelow { value, usual }
            | Self::AbovePeers { value, usual } => {
                vec![("value", value.to_string()), ("usual", usual.to_string())]
            }
            Self::Repeated { value, months } => {
                vec![("value", value.to_string()), ("months", months.to_string())]
            }
            Self::NamedElsewhere { things } => vec![("things", things.to_string())],
            Self::SameFile(one) => {
                let mut figures = vec![
                    ("files", one.files.to_string()),
                    ("places", one.places.to_string()),
                ];
                if !one.seen.is_empty() {
                    figures.push(("where", one.seen.join("、")));
                }
                figures
            }
            Self::AboveCapacity { value, most } => {
                vec![("value", value.to_string()), ("most", most.to_string())]
            }
        }
    }
}

/// What looks wrong about a figure of a month, beside what is around it.
#[must_use]
pub fn doubts(period: Period, amount: &Amount, around: &Around) -> Vec<Doubt> {
    let value = amount.value;
    let found = [
        unlike_own(value, around),
        above_peers(value, around),
        repeated(period, value, around),
        named_elsewhere(amount, around),
        around.same_file.clone().map(Doubt::SameFile),
        above_capacity(value, around),
    ];
    found.into_iter().flatten().collect()
}

fn unlike_own(value: Figure, around: &Around) -> Option<Doubt> {
    if around.own.len() < OWN_LEAST {
        return None;
    }
    let own: Vec<Decimal> = around.own.iter().map(|one| one.1.decimal()).collect();
    let middle = median(&own)?;
    let away: Vec<Decimal> = own.iter().map(|one| (*one - middle).abs()).collect();
    let spread = median(&away)?;
    let distance = (value.decimal() - middle).abs();
    // 0.6745 · distance / spread > 3.5, without a division; where nothing spreads, three times as much.
    let is_far = if spread.is_zero() {
        let (least, most) = (middle.min(value.decimal()), middle.max(value.decimal()));
        most > least * Decimal::from(3)
    } else {
        distance * Decimal::new(6_745, 4) > spread * Decimal::new(35, 1)
    };
    if !is_far || is_chance(middle, distance) {
        return None;
    }
    let usual = figure(middle)?;
    Some(if value.decimal() > middle {
        Doubt::FarAbove { value, usual }
    } else {
        Doubt::FarBelow { value, usual }
    })
}

/// Whether a count of a steady rate is as far from it by chance: within three standard deviations of a
/// Poisson law, which for small counts is far in anything but number.
fn is_chance(middle: Decimal, distance: Decimal) -> bool {
    let square = distance.checked_mul(distance);
    square.is_some_and(|square| square <= Decimal::from(9) * middle.max(Decimal::ONE))
}

fn above_peers(value: Figure, around: &Around) -> Option<Doubt> {
    if around.peers.len() < PEERS_LEAST {
        return None;
    }
    let peers: Vec<Decimal> = around.peers.iter().map(|one| one.decimal()).collect();
    let middle = median(&peers)?;
    let most = peers.iter().max().copied()?;
    let is_far = value.decimal() > most && value.decimal() > middle * PEERS_TIMES;
    let usual = figure(middle)?;
    is_far.then_some(Doubt::AbovePeers { value, usual })
}

/// Zero month after month is a report like any other.
fn repeated(period: Period, value: Figure, around: &Around) -> Option<Doubt> {
    if value == Figure::ZERO {
        return None;
    }
    let said = |month: Period| around.own.iter().find(|one| one.0 == month);
    let before = std::iter::successors(Some(period.previous()), |one| Some(one.previous()));
    let equal = before.take_while(|month| said(*month).is_some_and(|one| one.1 == value));
    let months = equal.count().saturating_add(1);
    (months >= REPEATED).then_some(Doubt::Repeated { value, months })
}

fn named_elsewhere(amount: &Amount, around: &Around) -> Option<Doubt> {
    let things = amount.things.iter();
    let things = things.filter(|one| around.named.contains(one)).count();
    (things > 0).then_some(Doubt::NamedElsewhere { things })
}

fn above_capacity(value: Figure, around: &Around) -> Option<Doubt> {
    let most = around.capacity.filter(|most| value > *most)?;
    Some(Doubt::AboveCapacity { value, most })
}

fn median(values: &[Decimal]) -> Option<Decimal> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let middle = sorted.len() / 2;
    let upper = sorted.get(middle).copied()?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = sorted.get(middle.checked_sub(1)?).copied()?;
    Some((lower + upper) / Decimal::TWO)
}

fn figure(value: Decimal) -> Option<Figure> {
    Figure::try_new(value.round_dp(crate::quantity::FIGURE_SCALE)).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number(value: u32) -> Figure {
        Figure::try_new(Decimal::from(value)).expect("small")
    }

    fn amount(value: u32) -> Amount {
        Amount {
            value: number(value),
            base: None,
            things: Vec::new(),
        }
    }

    fn month(number: usize) -> Period {
        format!("2025-{number:02}").parse().expect("a month")
    }

    fn own(values: &[u32]) -> Around {
        let months = values.iter().zip(1..);
        Around {
            own: months.map(|(one, at)| (month(at), number(*one))).collect(),
            ..Around::default()
        }
    }

    fn codes(value: u32, at: usize, around: &Around) -> Vec<&'static str> {
        let found = doubts(month(at), &amount(value), around);
        found.iter().map(Doubt::code).collect()
    }

    #[test]
    fn a_figure_unlike_the_other_months_is_doubted_with_what_is_usual() {
        let around = own(&[100, 110, 95, 105]);
        assert_eq!(codes(104, 5, &around), [""; 0]);
        assert_eq!(codes(1_040, 5, &around), ["DOUBT_FAR_ABOVE"]);
        assert_eq!(codes(0, 5, &around), ["DOUBT_FAR_BELOW"]);
        let told = doubts(month(5), &amount(1_040), &around);
        let usual = Figure::try_new(Decimal::new(1_025, 1)).expect("small");
        let value = number(1_040);
        assert_eq!(told, [Doubt::FarAbove { value, usual }]);
    }

    #[test]
    fn small_counts_vary_by_chance() {
        assert_eq!(codes(0, 5, &own(&[1, 1, 2, 1])), [""; 0]);
        assert_eq!(codes(4, 5, &own(&[1, 1, 2, 1])), [""; 0]);
        assert_eq!(codes(9, 5, &own(&[1, 1, 2, 1])), ["DOUBT_FAR_ABOVE"]);
    }

    #[test]
    fn two_months_say_nothing_of_a_third() {
        assert_eq!(codes(1_000, 3, &own(&[1, 1])), [""; 0]);
    }

    #[test]
    fn three_equal_months_look_copied_and_three_zeros_do_not() {
        assert_eq!(codes(7, 3, &own(&[7, 7])), ["DOUBT_REPEATED"]);
        assert_eq!(codes(0, 3, &own(&[0, 0])), [""; 0]);
        assert_eq!(codes(7, 4, &own(&[7, 7])), [""; 0], "March is missing");
    }

    #[test]
    fn many_times_what_others_say_is_doubted() {
        let around = Around {
            peers: [10, 12, 9, 30, 11].map(number).to_vec(),
            ..Around::default()
        };
        assert_eq!(codes(100, 1, &around), [""; 0]);
        assert_eq!(codes(111, 1, &around), ["DOUBT_ABOVE_PEERS"]);
    }

    #[test]
    fn things_that_others_named_are_counted() {
        let thing = |name: &str| Thing::try_new(name).expect("a name");
        let said = Amount {
            value: number(2),
            base: None,
            things: vec![thing("甲"), thing("乙")],
        };
        let around = Around {
            named: BTreeSet::from([thing("乙"), thing("丙")]),
            ..Around::default()
        };
        let found = doubts(month(1), &said, &around);
        assert_eq!(found, [Doubt::NamedElsewhere { things: 1 }]);
    }

    #[test]
    fn what_a_unit_cannot_hold_is_doubted_with_both_figures() {
        let around = Around {
            capacity: Some(number(100)),
            ..Around::default()
        };
        assert_eq!(codes(100, 1, &around), [""; 0]);
        let (value, most) = (number(101), number(100));
        let found = doubts(month(1), &amount(101), &around);
        assert_eq!(found, [Doubt::AboveCapacity { value, most }]);
    }

    #[test]
    fn a_file_of_another_place_is_told_with_what_may_be_seen_of_it() {
        let told = |seen: &[&str]| {
            let same_file = SameFile {
                files: 1,
                places: 2,
                seen: seen.iter().map(|one| (*one).to_owned()).collect(),
            };
            let around = Around {
                same_file: Some(same_file),
                ..Around::default()
            };
            let found = doubts(month(1), &amount(3), &around);
            (found[0].code(), found[0].figures().len())
        };
        assert_eq!(told(&[]), ("DOUBT_SAME_FILE", 2));
        assert_eq!(told(&["甲"]), ("DOUBT_SAME_FILE_SEEN", 3));
    }

    proptest! {
        #[test]
        fn what_is_doubted_as_too_much_stays_so_when_it_is_more(
            values in proptest::collection::vec(0_u32..1_000_000, 3..11),
            value in 0_u32..2_000_000,
            more in 0_u32..2_000_000,
        ) {
            let around = own(&values);
            let is_above = |value| codes(value, 12, &around).contains(&"DOUBT_FAR_ABOVE");
            let is_below = |value| codes(value, 12, &around).contains(&"DOUBT_FAR_BELOW");
            prop_assert!(!is_above(value) || is_above(value + more));
            prop_assert!(is_below(value) || !is_below(value + more));
            prop_assert!(!(is_above(value) && is_below(value)));
        }
    }
}
