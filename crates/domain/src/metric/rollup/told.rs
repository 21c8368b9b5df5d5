//! Figures told from what is kept, to the digit what adding measurements up would give.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{
    Kept, Part, Rolled, Rule, Spot, Sums, Tally, TooLarge, kept::PRODUCT_SCALE, mean, sum,
    to_figure,
};
use crate::{
    ids::DepartmentId,
    measurement::Thing,
    metric::{TimeAggregation, TreeAggregation},
    period::{Cadence, Period},
    quantity::FIGURE_SCALE,
    report::ReportRates,
};

/// Which months a figure is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stretch {
    /// From January up to and with this month, quarter or year (累计).
    YearTo(Period),
    /// This month, quarter or year alone (当期).
    Of(Period),
}

impl Stretch {
    /// The months, the first one first.
    #[must_use]
    pub fn periods(self) -> Vec<Period> {
        match self {
            Self::Of(period) => period.monthly().collect(),
            Self::YearTo(until) => {
                let last = until.last_day();
                let year = Period::of(last, Cadence::Yearly);
                let months = year.monthly();
                months.take_while(|one| one.first_day() <= last).collect()
            }
        }
    }

    /// The months that last words are taken from: of a month alone those said in it; of a quarter or a
    /// year alone, as up to its end, whatever stands at its end, said in it or earlier in the year.
    #[must_use]
    pub fn words(self) -> Vec<Period> {
        match self {
            Self::Of(period) if period.cadence() != Cadence::Monthly => {
                Self::YearTo(period).periods()
            }
            other => other.periods(),
        }
    }

    /// Whether it is one month alone.
    const fn is_month(self) -> bool {
        match self {
            Self::Of(period) => matches!(period.cadence(), Cadence::Monthly),
            Self::YearTo(_) => false,
        }
    }
}

/// The months of a stretch, worked out once for many figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Months {
    stretch: Stretch,
    /// As [`Stretch::periods`].
    periods: Vec<Period>,
    /// As [`Stretch::words`].
    words: Vec<Period>,
}

impl Months {
    /// Those of a stretch.
    #[must_use]
    pub fn of(stretch: Stretch) -> Self {
        Self {
            stretch,
            periods: stretch.periods(),
            words: stretch.words(),
        }
    }

    /// The months, the first one first.
    #[must_use]
    pub fn periods(&self) -> &[Period] {
        &self.periods
    }

    /// Those that last words are taken from.
    #[must_use]
    pub fn words(&self) -> &[Period] {
        &self.words
    }
}

/// From which of the two sums a figure is told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Verified,
    Provisional,
}

impl Side {
    const fn of(self, tally: &Tally) -> Sums {
        match self {
            Self::Verified => tally.verified,
            Self::Provisional => tally.provisional,
        }
    }
}

/// Rows that are added before units are.
#[derive(Clone, Copy)]
pub(super) struct Pool<'a> {
    pub kept: &'a Kept,
    pub unit: DepartmentId,
    pub part: Part,
    pub months: &'a [Period],
}

impl Rule {
    /// The figure of a unit with everything below it over the months of a stretch, from what is kept and
    /// from how many figures were expected of each unit and month.
    ///
    /// # Errors
    ///
    /// [`TooLarge`] when the sum leaves what a figure can hold.
    pub fn told(
        &self,
        (kept, expected): (&Kept, &BTreeMap<(DepartmentId, Period), u32>),
        unit: DepartmentId,
        over: &Months,
    ) -> Result<Rolled, TooLarge> {
        let pool = Pool {
            kept,
            unit,
            part: Part::OfPeriod,
            months: &over.periods,
        };
        let tally = pool.tally();
        let number = |value: i64| u32::try_from(value).unwrap_or_default();
        let (on_time, late) = (number(tally.on_time), number(tally.late));
        let asked: u32 = pool
            .months
            .iter()
            .filter_map(|month| expected.get(&(unit, *month)))
            .sum();
        let terms = self.pools(pool, &over.words, over.stretch);
        let tallies: Vec<(Pool<'_>, Tally)> = terms
            .into_iter()
            .map(|(_, term)| {
                let is_all = term.part == pool.part && term.months == pool.months;
                (term, if is_all { tally } else { term.tally() })
            })
            .collect();
        let figure = |side: Side| -> Result<_, TooLarge> {
            let values = tallies
                .iter()
                .map(|(pool, tally)| self.of_sums(pool, side.of(tally), side));
            let values = values.collect::<Result<Vec<_>, _>>()?;
            self.over_months(&values.into_iter().flatten().collect::<Vec<_>>())
        };
        let verified = figure(Side::Verified)?;
        let is_same = tallies
            .iter()
            .all(|(pool, tally)| tally.verified == tally.provisional && pool.names_nothing());
        Ok(Rolled {
            verified,
            provisional: if is_same {
                verified
            } else {
                figure(Side::Provisional)?
            },
            rates: ReportRates {
                on_time,
                late,
                missing: asked.saturating_sub(on_time.saturating_add(late)),
            },
            not_applicable: number(tally.not_applicable),
            waiting: number(tally.waiting),
        })
    }

    /// What is added up over units before it is put together over time, each with its month; without
    /// one where months go in together. `words` are the months of [`Stretch::words`].
    pub(super) fn pools<'a>(
        &self,
        pool: Pool<'a>,
        words: &'a [Period],
        stretch: Stretch,
    ) -> Vec<(Option<Period>, Pool<'a>)> {
        match self.over_time {
            TimeAggregation::Latest if !stretch.is_month() => {
                let (part, months) = (Part::Change, words);
                let changes = Pool {
                    part,
                    months,
                    ..pool
                };
                vec![(None, changes)]
            }
            TimeAggregation::Sum if self.is_pooled() => vec![(None, pool)],
            _ => {
                let each = pool.months.chunks(1).map(|months| {
                    let month = months.first().copied();
                    (month, Pool { months, ..pool })
                });
                each.collect()
            }
        }
    }

    pub(super) fn over_sums(
        &self,
        pool: &Pool<'_>,
        side: Side,
    ) -> Result<Option<Decimal>, TooLarge> {
        self.of_sums(pool, pool.sums(side), side)
    }

    fn of_sums(
        &self,
        pool: &Pool<'_>,
        sums: Sums,
        side: Side,
    ) -> Result<Option<Decimal>, TooLarge> {
        if sums.amounts <= 0 {
            return Ok(None);
        }
        let decimal = |sum: i128, scale| {
            let sum = Decimal::try_from_i128_with_scale(sum, scale).map_err(|_| TooLarge)?;
            Ok(sum.normalize())
        };
        let value = decimal(sums.value, FIGURE_SCALE)?;
        let base = decimal(sums.base, FIGURE_SCALE)?;
        Ok(match self.over_tree {
            TreeAggregation::Sum | TreeAggregation::Stage | TreeAggregation::External => {
                Some(value)
            }
            TreeAggregation::Average => value.checked_div(Decimal::from(sums.amounts)),
            TreeAggregation::Distinct => Some(Decimal::from(pool.things(side))),
            TreeAggregation::Ratio => (value * Decimal::ONE_HUNDRED).checked_div(base),
            TreeAggregation::Weighted => decimal(sums.product, PRODUCT_SCALE)?.checked_div(base),
        })
    }

    fn over_months(
        &self,
        figures: &[Decimal],
    ) -> Result<Option<crate::quantity::Figure>, TooLarge> {
        let whole = match self.over_time {
            TimeAggregation::Sum | TimeAggregation::Latest => sum(figures),
            TimeAggregation::Max => figures.iter().max().copied(),
            TimeAggregation::Average => mean(figures),
        };
        whole.map(to_figure).transpose()
    }
}

impl Pool<'_> {
    fn spots(&self) -> impl Iterator<Item = Spot> + '_ {
        self.months.iter().map(|month| Spot {
            unit: self.unit,
            period: *month,
            part: self.part,
        })
    }

    fn tally(&self) -> Tally {
        let rows = self.spots().filter_map(|spot| self.kept.tallies.get(&spot));
        rows.fold(Tally::default(), Tally::with)
    }

    pub(super) fn sums(&self, side: Side) -> Sums {
        side.of(&self.tally())
    }

    /// Whether nobody names a thing.
    fn names_nothing(&self) -> bool {
        let mut spots = self.spots();
        spots.all(|spot| !self.kept.things.contains_key(&spot))
    }

    /// How many things are named by anybody.
    pub(super) fn things(&self, side: Side) -> u64 {
        let mut named: BTreeMap<&Thing, i64> = BTreeMap::new();
        let rows = self.spots().filter_map(|spot| self.kept.things.get(&spot));
        for (thing, namings) in rows.flatten() {
            *named.entry(thing).or_default() += match side {
                Side::Verified => namings.verified,
                Side::Provisional => namings.provisional,
            };
        }
        let counted: BTreeSet<&Thing> = named
            .into_iter()
            .filter_map(|(thing, number)| (number > 0).then_some(thing))
            .collect();
        u64::try_from(counted.len()).unwrap_or(u64::MAX)
    }
}
