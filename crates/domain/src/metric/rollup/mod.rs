//! What the figures of units and periods add up to (汇总, product rule 7): the meaning, told as plainly
//! as it can be. What is kept for speed (`kept`, `told`) is held equal to this.

mod kept;
mod told;
mod tree;
mod venues;
mod workings;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rust_decimal::{Decimal, RoundingStrategy};
use time::Date;

pub use kept::{Kept, Namings, Part, Spot, Sums, Tally};
pub use told::{Months, Stretch};
pub use tree::{DatedParent, DatedTree, Life};
pub use venues::asked_of_venues;
pub use workings::{Term, TermFigures};

use super::{TimeAggregation, TreeAggregation};
use crate::{
    ids::DepartmentId,
    measurement::{Amount, Reading, Thing},
    period::Period,
    quantity::{FIGURE_SCALE, Figure},
    report::ReportRates,
};

/// How a metric adds up, and who is asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Over time.
    pub over_time: TimeAggregation,
    /// Over the tree.
    pub over_tree: TreeAggregation,
    /// Who reports: units of one level, so that no unit and its parent are both counted. For EXTERNAL,
    /// each reporter's figure is its own and nobody's part.
    pub reporters: Arc<BTreeSet<DepartmentId>>,
    /// The days between which some of them are asked; whoever is not named here is asked while it exists.
    pub between: Arc<BTreeMap<DepartmentId, Vec<Life>>>,
}

/// What one unit said for one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Who.
    pub unit: DepartmentId,
    /// For when.
    pub period: Period,
    /// What counts.
    pub verified: Option<Reading>,
    /// What would count instead if the newest submission were verified.
    pub provisional: Option<Reading>,
    /// Whether what was handed in came after the due day.
    pub is_late: bool,
}

/// A figure of a unit over some periods, with what it stands on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rolled {
    /// From verified measurements alone; none where there is none.
    pub verified: Option<Figure>,
    /// What it would be if everything submitted were verified; equal where nothing waits.
    pub provisional: Option<Figure>,
    /// How the measurements came in: on time + late + missing = expected.
    pub rates: ReportRates,
    /// Unit-periods that said "does not apply"; they are part of what came in.
    pub not_applicable: u32,
    /// Unit-periods of which nothing is verified yet although something waits.
    pub waiting: u32,
}

impl Rule {
    /// The figure of a unit with everything below it, over periods of one cadence.
    ///
    /// A reporter belongs to a unit in a period as the tree stood on the period's last day; whoever did
    /// not exist then is not expected. EXTERNAL is never computed from below: only the unit's own word.
    ///
    /// # Errors
    ///
    /// [`TooLarge`] when the sum leaves what a figure can hold.
    pub fn roll_up(
        &self,
        tree: &DatedTree,
        cells: &[Cell],
        (unit, periods): (DepartmentId, &[Period]),
    ) -> Result<Rolled, TooLarge> {
        let mut periods = periods.to_vec();
        periods.sort_unstable();
        periods.dedup();
        let known: BTreeMap<(DepartmentId, Period), &Cell> = cells
            .iter()
            .map(|cell| ((cell.unit, cell.period), cell))
            .collect();
        let mut rolled = Rolled::default();
        let (mut verified, mut provisional) = (Sheet::default(), Sheet::default());
        for period in periods {
            for &reporter in self.reporters.iter() {
                if !self.belongs(tree, reporter, unit, period) {
                    continue;
                }
                let cell = known.get(&(reporter, period)).copied();
                rolled.count(cell);
                let counts = cell.and_then(|one| one.verified.as_ref());
                let may_count = cell.and_then(|one| one.provisional.as_ref()).or(counts);
                verified.take(period, reporter, counts);
                provisional.take(period, reporter, may_count);
            }
        }
        rolled.verified = self.figure(&verified)?;
        rolled.provisional = self.figure(&provisional)?;
        Ok(rolled)
    }

    /// The figure of a unit with everything below it over a stretch. Last words stand at its end
    /// ([`Stretch::words`]); how they came in is told of the stretch alone.
    ///
    /// # Errors
    ///
    /// [`TooLarge`] when the sum leaves what a figure can hold.
    pub fn roll_up_over(
        &self,
        tree: &DatedTree,
        cells: &[Cell],
        (unit, stretch): (DepartmentId, Stretch),
    ) -> Result<Rolled, TooLarge> {
        let rolled = self.roll_up(tree, cells, (unit, &stretch.periods()))?;
        if self.over_time != TimeAggregation::Latest {
            return Ok(rolled);
        }
        let words = self.roll_up(tree, cells, (unit, &stretch.words()))?;
        Ok(Rolled {
            verified: words.verified,
            provisional: words.provisional,
            ..rolled
        })
    }

    /// Whether what a reporter says for a period is part of a unit's figure.
    #[must_use]
    pub fn belongs(
        &self,
        tree: &DatedTree,
        reporter: DepartmentId,
        unit: DepartmentId,
        period: Period,
    ) -> bool {
        let day = period.last_day();
        let is_part = if self.over_tree == TreeAggregation::External {
            reporter == unit
        } else {
            tree.is_within(reporter, unit, day)
        };
        is_part && self.is_asked_on(tree, reporter, day)
    }

    /// Whether one of the reporters exists on a day and is asked then.
    #[must_use]
    pub fn is_asked_on(&self, tree: &DatedTree, reporter: DepartmentId, day: Date) -> bool {
        let spans = self.between.get(&reporter);
        tree.exists(reporter, day)
            && spans.is_none_or(|spans| spans.iter().any(|one| one.holds(day)))
    }

    fn figure(&self, sheet: &Sheet<'_>) -> Result<Option<Figure>, TooLarge> {
        let parts = match self.over_time {
            TimeAggregation::Latest => vec![sheet.latest()],
            TimeAggregation::Sum if self.is_pooled() => vec![sheet.pooled()],
            _ => sheet.by_period(),
        };
        let figures: Vec<Decimal> = parts
            .iter()
            .filter_map(|part| self.over_units(part))
            .collect();
        let whole = match self.over_time {
            TimeAggregation::Sum | TimeAggregation::Latest => sum(&figures),
            TimeAggregation::Max => figures.iter().max().copied(),
            TimeAggregation::Average => mean(&figures),
        };
        whole.map(to_figure).transpose()
    }

    /// Whether periods are thrown together before units are added: distinct things are counted once
    /// over all periods, ratios and means are taken of the sums.
    const fn is_pooled(&self) -> bool {
        matches!(
            self.over_tree,
            TreeAggregation::Distinct | TreeAggregation::Ratio | TreeAggregation::Weighted
        )
    }

    fn over_units(&self, amounts: &[&Amount]) -> Option<Decimal> {
        if amounts.is_empty() {
            return None;
        }
        let values = || amounts.iter().map(|one| one.value.decimal());
        let bases = || {
            amounts
                .iter()
                .filter_map(|one| one.base)
                .map(Figure::decimal)
        };
        match self.over_tree {
            TreeAggregation::Sum | TreeAggregation::Stage | TreeAggregation::External => {
                values().try_fold(Decimal::ZERO, Decimal::checked_add)
            }
            TreeAggregation::Average => mean(&values().collect::<Vec<_>>()),
            TreeAggregation::Distinct => {
                let things: BTreeSet<&Thing> = amounts.iter().flat_map(|one| &one.things).collect();
                u64::try_from(things.len()).ok().map(Decimal::from)
            }
            TreeAggregation::Ratio => {
                let whole: Decimal = bases().sum();
                let part: Decimal = values().sum();
                (part * Decimal::ONE_HUNDRED).checked_div(whole)
            }
            TreeAggregation::Weighted => {
                let weight: Decimal = bases().sum();
                let products = amounts.iter().filter_map(|one| one.product());
                products.sum::<Decimal>().checked_div(weight)
            }
        }
    }
}

impl Rolled {
    fn count(&mut self, cell: Option<&Cell>) {
        let said = cell.filter(|one| one.verified.is_some() || one.provisional.is_some());
        self.rates.count(said.map(|one| one.is_late));
        let Some(cell) = said else { return };
        let newest = cell.provisional.as_ref().or(cell.verified.as_ref());
        if newest == Some(&Reading::NotApplicable) {
            self.not_applicable = self.not_applicable.saturating_add(1);
        }
        if cell.verified.is_none() {
            self.waiting = self.waiting.saturating_add(1);
        }
    }
}

/// The sum of figures leaves what a figure can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the sum is too large for a figure")]
pub struct TooLarge;

/// Readings of the units that belong, by period.
#[derive(Default)]
struct Sheet<'a>(BTreeMap<Period, BTreeMap<DepartmentId, &'a Reading>>);

impl<'a> Sheet<'a> {
    fn take(&mut self, period: Period, unit: DepartmentId, reading: Option<&'a Reading>) {
        if let Some(reading) = reading {
            self.0.entry(period).or_default().insert(unit, reading);
        }
    }

    fn by_period(&self) -> Vec<Vec<&'a Amount>> {
        let periods = self.0.values();
        periods
            .map(|units| units.values().filter_map(|one| one.amount()).collect())
            .collect()
    }

    fn pooled(&self) -> Vec<&'a Amount> {
        self.by_period().into_iter().flatten().collect()
    }

    /// The last word of each unit; "does not apply" is a word that takes the one before back.
    fn latest(&self) -> Vec<&'a Amount> {
        let mut last: BTreeMap<DepartmentId, &'a Reading> = BTreeMap::new();
        for units in self.0.values() {
            last.extend(units);
        }
        last.into_values().filter_map(Reading::amount).collect()
    }
}

fn sum(figures: &[Decimal]) -> Option<Decimal> {
    let (first, rest) = figures.split_first()?;
    rest.iter()
        .try_fold(*first, |all, one| all.checked_add(*one))
}

fn mean(figures: &[Decimal]) -> Option<Decimal> {
    let number = u64::try_from(figures.len()).ok()?;
    sum(figures)?.checked_div(Decimal::from(number))
}

/// To the places of a figure, half away from zero as people round.
fn to_figure(value: Decimal) -> Result<Figure, TooLarge> {
    let rounded =
        value.round_dp_with_strategy(FIGURE_SCALE, RoundingStrategy::MidpointAwayFromZero);
    Figure::try_new(rounded).map_err(|_| TooLarge)
}
