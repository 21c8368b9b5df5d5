//! What was measured: a figure, zero included, or that the metric does not apply. Missing is neither:
//! it is the absence of a measurement.

use std::fmt;

use rust_decimal::Decimal;

use super::MeasurementRefusal;
use crate::{metric::TreeAggregation, named::named, quantity::Figure};

/// Things that one measurement may name.
pub const THINGS_MOST: usize = 1_000;

/// Longest name of a thing, in characters.
const THING_LENGTH: usize = 80;

named! {
    /// What a reading says, for pages, files and the API, where all of them look different.
    ReadingKind {
        /// A figure other than zero.
        Amount = "AMOUNT",
        /// 零报告: nothing happened, and that was said.
        Zero = "ZERO",
        /// 不适用.
        NotApplicable = "NOT_APPLICABLE",
    }
}

/// The name or code of something that is counted once, wherever it occurs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Thing(String);

impl Thing {
    /// Takes a name without blanks around it.
    ///
    /// # Errors
    ///
    /// [`MeasurementRefusal::ThingMalformed`] when it is empty, too long, or holds control characters.
    pub fn try_new(name: &str) -> Result<Self, MeasurementRefusal> {
        let name = name.trim();
        let is_fit = !name.is_empty()
            && name.chars().count() <= THING_LENGTH
            && !name.chars().any(char::is_control);
        is_fit
            .then(|| Self(name.to_owned()))
            .ok_or_else(|| MeasurementRefusal::ThingMalformed {
                thing: name.chars().take(THING_LENGTH).collect(),
                most: THING_LENGTH,
            })
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A figure with what its metric needs to add it up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// The figure; for a ratio its numerator.
    pub value: Figure,
    /// The denominator of a ratio (RATIO), or the size by which a mean is weighted (WEIGHTED).
    pub base: Option<Figure>,
    /// The things counted (DISTINCT), each once, in order.
    pub things: Vec<Thing>,
}

impl Amount {
    /// The figure times its weight; none without a weight, or where it is larger than a figure may be.
    #[must_use]
    pub fn product(&self) -> Option<Decimal> {
        let product = self.value.decimal().checked_mul(self.base?.decimal())?;
        Figure::is_small_enough(product).then_some(product)
    }
}

/// What was measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// A figure, zero included.
    Amount(Amount),
    /// The metric does not apply to the department in the period.
    NotApplicable,
}

impl Reading {
    /// A plain figure.
    #[must_use]
    pub const fn of(value: Figure) -> Self {
        Self::Amount(Amount {
            value,
            base: None,
            things: Vec::new(),
        })
    }

    /// A figure with its denominator or weight.
    #[must_use]
    pub const fn over(value: Figure, base: Figure) -> Self {
        Self::Amount(Amount {
            value,
            base: Some(base),
            things: Vec::new(),
        })
    }

    /// Distinct things; one named twice counts once.
    ///
    /// # Errors
    ///
    /// [`MeasurementRefusal::ThingsTooMany`].
    pub fn things(mut things: Vec<Thing>) -> Result<Self, MeasurementRefusal> {
        things.sort_unstable();
        things.dedup();
        if things.len() > THINGS_MOST {
            return Err(MeasurementRefusal::ThingsTooMany {
                given: things.len(),
                most: THINGS_MOST,
            });
        }
        Ok(Self::Amount(Amount {
            value: count(&things),
            base: None,
            things,
        }))
    }

    /// What it says.
    #[must_use]
    pub fn kind(&self) -> ReadingKind {
        match self {
            Self::Amount(amount) if amount.value == Figure::ZERO => ReadingKind::Zero,
            Self::Amount(_) => ReadingKind::Amount,
            Self::NotApplicable => ReadingKind::NotApplicable,
        }
    }

    /// The figure, unless the metric does not apply.
    #[must_use]
    pub const fn amount(&self) -> Option<&Amount> {
        match self {
            Self::Amount(amount) => Some(amount),
            Self::NotApplicable => None,
        }
    }

    /// Whether a metric of that kind can add it up (product rules 5 and 7).
    ///
    /// # Errors
    ///
    /// [`MeasurementRefusal`] for a negative figure, a missing or needless denominator or weight, a
    /// numerator above its denominator, and things missing or not as many as the figure says.
    pub fn check(&self, over_tree: TreeAggregation) -> Result<(), MeasurementRefusal> {
        let Self::Amount(Amount {
            value,
            base,
            things,
        }) = self
        else {
            return Ok(());
        };
        let negative = base.iter().chain([value]).find(|one| **one < Figure::ZERO);
        if let Some(value) = negative {
            return Err(MeasurementRefusal::Negative { value: *value });
        }
        match (over_tree, base) {
            (_, None) if over_tree.has_base() => {
                return Err(MeasurementRefusal::BaseMissing { over_tree });
            }
            (TreeAggregation::Weighted, Some(base)) if is_too_heavy(*value, *base) => {
                return Err(MeasurementRefusal::TooLarge);
            }
            (TreeAggregation::Ratio, Some(base)) if value > base => {
                return Err(MeasurementRefusal::AboveBase {
                    value: *value,
                    base: *base,
                });
            }
            (_, Some(_)) if over_tree.has_base() => {}
            (_, None) => {}
            (_, Some(_)) => return Err(MeasurementRefusal::BaseNeedless { over_tree }),
        }
        let is_distinct = over_tree == TreeAggregation::Distinct;
        match (is_distinct, count(things) == *value) {
            (true, true) => Ok(()),
            (true, false) => Err(MeasurementRefusal::ThingsDiffer {
                value: *value,
                things: things.len(),
            }),
            (false, _) if things.is_empty() => Ok(()),
            (false, _) => Err(MeasurementRefusal::ThingsNeedless { over_tree }),
        }
    }
}

/// Whether a figure times its weight leaves what a figure can hold.
fn is_too_heavy(value: Figure, base: Figure) -> bool {
    let amount = Amount {
        value,
        base: Some(base),
        things: Vec::new(),
    };
    amount.product().is_none()
}

/// How many there are, as a figure.
pub(crate) fn count<T>(things: &[T]) -> Figure {
    let number = i64::try_from(things.len()).unwrap_or(i64::MAX);
    Figure::try_new(Decimal::from(number)).unwrap_or(Figure::ZERO)
}
