//! Figures that are kept so that nobody adds measurements up again: sums for each unit and month from
//! which every aggregation can be told, and that change by differences alone.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Cell, DatedTree, Rule};
use crate::{
    ids::DepartmentId,
    measurement::{Amount, Measurement, MeasurementState, Reading, Slot, Thing},
    metric::TimeAggregation,
    named::named,
    period::Period,
};

named! {
    /// What a kept row says of its month.
    Part {
        /// What was said for the month.
        OfPeriod = "OF_PERIOD",
        /// By how much the last words of the year change with the month: added up from January they
        /// give the last word of every unit.
        Change = "CHANGE",
    }
}

/// Which row: everything below a unit in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// The unit.
    pub unit: DepartmentId,
    /// The month.
    pub period: Period,
    /// What the row says.
    pub part: Part,
}

/// Exact sums over amounts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// How many amounts; what does not apply is none.
    pub amounts: i64,
    /// Their values, times 10^4.
    pub value: i128,
    /// Their bases, times 10^4.
    pub base: i128,
    /// Value times base of each, times 10^8.
    pub product: i128,
}

/// What is kept of a unit and a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Units that handed in on time.
    pub on_time: i64,
    /// Units that handed in late.
    pub late: i64,
    /// Of them, units whose newest word is that the metric does not apply.
    pub not_applicable: i64,
    /// Of them, units of which nothing is verified yet.
    pub waiting: i64,
    /// From what is verified.
    pub verified: Sums,
    /// From what would count if everything submitted were verified.
    pub provisional: Sums,
}

/// How many units name a thing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Namings {
    /// In what is verified.
    pub verified: i64,
    /// In what would count if everything submitted were verified.
    pub provisional: i64,
}

/// What is kept of a metric, or by how much that changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// By unit and month.
    pub tallies: BTreeMap<Spot, Tally>,
    /// The things that distinct counts name, by unit and month.
    pub things: BTreeMap<Spot, BTreeMap<Thing, Namings>>,
}

impl Cell {
    /// What the revisions of a place amount to; drafts say nothing yet, and what was taken back nothing any more.
    #[must_use]
    pub fn of(slot: &Slot) -> Self {
        let is_said = |one: &&Measurement| {
            !matches!(
                one.state,
                MeasurementState::Draft | MeasurementState::Withdrawn
            )
        };
        let first = slot.revisions().iter().find(is_said);
        Self {
            unit: slot.key().department,
            period: slot.key().period,
            verified: slot.verified().map(|one| one.reading.clone()),
            provisional: slot.provisional().map(|one| one.reading.clone()),
            is_late: first.is_some_and(|one| one.is_late),
        }
    }

    /// What counts, and what would count if everything were verified.
    fn words(&self) -> Words<'_> {
        let verified = self.verified.as_ref();
        Words {
            verified,
            provisional: self.provisional.as_ref().or(verified),
        }
    }
}

/// What a unit said for a month.
#[derive(Clone, Copy, Default)]
struct Words<'a> {
    verified: Option<&'a Reading>,
    provisional: Option<&'a Reading>,
}

impl<'a> Words<'a> {
    fn amounts(self) -> (Option<&'a Amount>, Option<&'a Amount>) {
        let amount = |reading: Option<&'a Reading>| reading.and_then(Reading::amount);
        (amount(self.verified), amount(self.provisional))
    }
}

impl Rule {
    /// The units whose figures a reporter's word for a period is part of.
    #[must_use]
    pub fn units_of(
        &self,
        tree: &DatedTree,
        reporter: DepartmentId,
        period: Period,
    ) -> Vec<DepartmentId> {
        let day = period.last_day();
        if !self.reporters.contains(&reporter) || !self.is_asked_on(tree, reporter, day) {
            return Vec::new();
        }
        if self.over_tree == super::TreeAggregation::External {
            return vec![reporter];
        }
        let mut units: Vec<DepartmentId> = tree.path(reporter, day).collect();
        units.sort_unstable();
        units.dedup();
        units
    }

    /// How many reporters each unit has in each of some periods.
    #[must_use]
    pub fn expected(
        &self,
        tree: &DatedTree,
        periods: &[Period],
    ) -> BTreeMap<(DepartmentId, Period), u32> {
        let mut expected: BTreeMap<(DepartmentId, Period), u32> = BTreeMap::new();
        for &period in periods {
            for &reporter in self.reporters.iter() {
                for unit in self.units_of(tree, reporter, period) {
                    *expected.entry((unit, period)).or_default() += 1;
                }
            }
        }
        expected
    }

    /// What is kept of these cells. Cells of different reporters are kept apart from each other, so the
    /// sum of parts is what is kept of the whole; those of one reporter and year go together.
    #[must_use]
    pub fn keep<'a>(&self, tree: &DatedTree, cells: impl IntoIterator<Item = &'a Cell>) -> Kept {
        let mut years: BTreeMap<(DepartmentId, i32), BTreeMap<Period, &Cell>> = BTreeMap::new();
        for cell in cells {
            let year = years.entry((cell.unit, cell.period.year())).or_default();
            year.insert(cell.period, cell);
        }
        let mut kept = Kept::default();
        for ((reporter, _), year) in years {
            let mut last: BTreeMap<DepartmentId, Words<'_>> = BTreeMap::new();
            for (period, cell) in year {
                for unit in self.units_of(tree, reporter, period) {
                    let spot = |part| Spot { unit, period, part };
                    kept.count(spot(Part::OfPeriod), cell);
                    if self.over_time == TimeAggregation::Latest {
                        let before = last.entry(unit).or_default();
                        kept.change(spot(Part::Change), before, cell.words());
                    }
                }
            }
        }
        kept.prune();
        kept
    }
}

impl Kept {
    /// By how much it becomes another.
    #[must_use]
    pub fn to(&self, other: &Self) -> Self {
        let mut change = other.clone();
        for (spot, tally) in &self.tallies {
            change.tallies.entry(*spot).or_default().add(tally, -1);
        }
        for (spot, things) in &self.things {
            let changed = change.things.entry(*spot).or_default();
            for (thing, namings) in things {
                changed.entry(thing.clone()).or_default().add(*namings, -1);
            }
        }
        change.prune();
        change
    }

    /// Adds another to it.
    pub fn add(&mut self, other: &Self) {
        for (spot, tally) in &other.tallies {
            self.tallies.entry(*spot).or_default().add(tally, 1);
        }
        for (spot, things) in &other.things {
            let added = self.things.entry(*spot).or_default();
            for (thing, namings) in things {
                added.entry(thing.clone()).or_default().add(*namings, 1);
            }
        }
        self.prune();
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tallies.is_empty() && self.things.is_empty()
    }

    /// Leaves out what says nothing.
    pub fn prune(&mut self) {
        self.tallies.retain(|_, tally| *tally != Tally::default());
        for things in self.things.values_mut() {
            things.retain(|_, namings| *namings != Namings::default());
        }
        self.things.retain(|_, things| !things.is_empty());
    }

    fn count(&mut self, spot: Spot, cell: &Cell) {
        let words = cell.words();
        let tally = self.tallies.entry(spot).or_default();
        if let Some(newest) = words.provisional {
            *(if cell.is_late {
                &mut tally.late
            } else {
                &mut tally.on_time
            }) += 1;
            if newest == &Reading::NotApplicable {
                tally.not_applicable += 1;
            }
            if cell.verified.is_none() {
                tally.waiting += 1;
            }
        }
        tally.say(words, 1);
        self.name(spot, words, 1);
    }

    fn say(&mut self, spot: Spot, words: Words<'_>, times: i64) {
        self.tallies.entry(spot).or_default().say(words, times);
        self.name(spot, words, times);
    }

    fn name(&mut self, spot: Spot, words: Words<'_>, times: i64) {
        let (verified, provisional) = words.amounts();
        for thing in verified.into_iter().flat_map(|one| &one.things) {
            self.naming(spot, thing).verified += times;
        }
        for thing in provisional.into_iter().flat_map(|one| &one.things) {
            self.naming(spot, thing).provisional += times;
        }
    }

    /// A new word takes the place of the one before; where nothing is said the one before stands.
    fn change<'a>(&mut self, spot: Spot, before: &mut Words<'a>, words: Words<'a>) {
        let gone = Words {
            verified: before.verified.filter(|_| words.verified.is_some()),
            provisional: before.provisional.filter(|_| words.provisional.is_some()),
        };
        self.say(spot, gone, -1);
        self.say(spot, words, 1);
        before.verified = words.verified.or(before.verified);
        before.provisional = words.provisional.or(before.provisional);
    }

    fn naming(&mut self, spot: Spot, thing: &Thing) -> &mut Namings {
        let named = self.things.entry(spot).or_default();
        named.entry(thing.clone()).or_default()
    }
}

impl Sums {
    /// Of one amount.
    #[must_use]
    pub fn of(amount: &Amount) -> Self {
        Self {
            amounts: 1,
            value: amount.value.scaled().into(),
            base: amount.base.map_or(0, |base| base.scaled().into()),
            product: amount.product().map_or(0, |mut product: Decimal| {
                product.rescale(PRODUCT_SCALE);
                product.mantissa()
            }),
        }
    }

    fn add(&mut self, other: Self, times: i64) {
        self.amounts += other.amounts * times;
        self.value += other.value * i128::from(times);
        self.base += other.base * i128::from(times);
        self.product += other.product * i128::from(times);
    }
}

impl Tally {
    fn say(&mut self, words: Words<'_>, times: i64) {
        let (verified, provisional) = words.amounts();
        if let Some(amount) = verified {
            self.verified.add(Sums::of(amount), times);
        }
        if let Some(amount) = provisional {
            self.provisional.add(Sums::of(amount), times);
        }
    }

    fn add(&mut self, other: &Self, times: i64) {
        self.on_time += other.on_time * times;
        self.late += other.late * times;
        self.not_applicable += other.not_applicable * times;
        self.waiting += other.waiting * times;
        self.verified.add(other.verified, times);
        self.provisional.add(other.provisional, times);
    }

    /// It with another.
    #[must_use]
    pub fn with(mut self, other: &Self) -> Self {
        self.add(other, 1);
        self
    }
}

impl Namings {
    const fn add(&mut self, other: Self, times: i64) {
        self.verified += other.verified * times;
        self.provisional += other.provisional * times;
    }
}

/// Places of a product of two figures.
pub(super) const PRODUCT_SCALE: u32 = 8;
