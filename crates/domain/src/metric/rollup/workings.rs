//! How a figure comes about (这个数怎么来的): what is added up over units, term by term, before the terms are
//! put together over time.

use rust_decimal::Decimal;

use super::{
    Kept, Part, Rule, Stretch, TooLarge,
    kept::PRODUCT_SCALE,
    to_figure,
    told::{Pool, Side},
};
use crate::{
    ids::DepartmentId,
    metric::{TimeAggregation, TreeAggregation},
    period::Period,
    quantity::{FIGURE_SCALE, Figure},
};

/// A term of a verified figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The month; none where months go in together.
    pub period: Option<Period>,
    /// Words that went in; what does not apply is none.
    pub amounts: i64,
    /// What they add up to: values, values times weights, or how many different things.
    pub sum: Decimal,
    /// What that is divided by: the bases, the weights, or the number of words; none where nothing is.
    pub base: Option<Decimal>,
    /// What the term comes to, not rounded; none where nothing went in.
    pub value: Option<Decimal>,
    /// Whether it is part of the figure; of MAX the first largest term alone is.
    pub is_counted: bool,
}

/// The figures of a term as they are shown, to four places; none where one is too large for a figure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TermFigures {
    /// The sum.
    pub sum: Option<Figure>,
    /// What it is divided by.
    pub base: Option<Figure>,
    /// What the term comes to.
    pub value: Option<Figure>,
}

impl Term {
    /// Its figures as they are shown.
    #[must_use]
    pub fn figures(&self) -> TermFigures {
        let shown = |figure| to_figure(figure).ok();
        TermFigures {
            sum: shown(self.sum),
            base: self.base.and_then(shown),
            value: self.value.and_then(shown),
        }
    }
}

impl Rule {
    /// The terms of the verified figure of a unit over a stretch, from what is kept.
    ///
    /// # Errors
    ///
    /// [`TooLarge`] when a sum leaves what can be told exactly.
    pub fn workings(
        &self,
        kept: &Kept,
        unit: DepartmentId,
        stretch: Stretch,
    ) -> Result<Vec<Term>, TooLarge> {
        let (months, words) = (stretch.periods(), stretch.words());
        let pool = Pool {
            kept,
            unit,
            part: Part::OfPeriod,
            months: &months,
        };
        let pools = self.pools(pool, &words, stretch);
        let terms = pools.iter().map(|(period, pool)| self.term(*period, pool));
        let mut terms = terms.collect::<Result<Vec<Term>, TooLarge>>()?;
        if self.over_time == TimeAggregation::Max {
            let largest = terms.iter().filter_map(|one| one.value).max();
            let mut is_found = false;
            for term in &mut terms {
                term.is_counted = !is_found && largest.is_some() && term.value == largest;
                is_found |= term.is_counted;
            }
        }
        Ok(terms)
    }

    fn term(&self, period: Option<Period>, pool: &Pool<'_>) -> Result<Term, TooLarge> {
        let sums = pool.sums(Side::Verified);
        let decimal = |sum: i128, scale| {
            let sum = Decimal::try_from_i128_with_scale(sum, scale).map_err(|_| TooLarge)?;
            Ok(sum.normalize())
        };
        let value = self.over_sums(pool, Side::Verified)?;
        let (sum, base) = match self.over_tree {
            TreeAggregation::Sum | TreeAggregation::Stage | TreeAggregation::External => {
                (decimal(sums.value, FIGURE_SCALE)?, None)
            }
            TreeAggregation::Average => {
                let words = Decimal::from(sums.amounts);
                (decimal(sums.value, FIGURE_SCALE)?, Some(words))
            }
            TreeAggregation::Ratio => {
                let base = decimal(sums.base, FIGURE_SCALE)?;
                (decimal(sums.value, FIGURE_SCALE)?, Some(base))
            }
            TreeAggregation::Weighted => {
                let base = decimal(sums.base, FIGURE_SCALE)?;
                (decimal(sums.product, PRODUCT_SCALE)?, Some(base))
            }
            TreeAggregation::Distinct => (Decimal::from(pool.things(Side::Verified)), None),
        };
        Ok(Term {
            period,
            amounts: sums.amounts,
            sum,
            base,
            is_counted: value.is_some(),
            value,
        })
    }
}
