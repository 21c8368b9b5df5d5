//! Increments and running totals: one of them is typed, the other derived (product rule 6).

use super::MeasurementRefusal;
use crate::{metric::TimeAggregation, quantity::Figure};

/// What the reporter typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// The figure of the period alone.
    OfPeriod,
    /// The running total of the year up to and with the period (累计).
    RunningTotal(Figure),
}

/// What the periods of the year before this one add up to, as far as they were measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running {
    /// Their sum.
    pub before: Figure,
}

impl Running {
    /// What earlier periods add up to.
    ///
    /// # Errors
    ///
    /// [`MeasurementRefusal::TooLarge`] when the sum leaves what a figure can hold.
    pub fn after(periods: impl IntoIterator<Item = Figure>) -> Result<Self, MeasurementRefusal> {
        let sum = periods.into_iter().map(Figure::decimal).sum();
        let before = Figure::try_new(sum).map_err(|_| MeasurementRefusal::TooLarge)?;
        Ok(Self { before })
    }

    /// The figure of the period alone.
    ///
    /// # Errors
    ///
    /// [`MeasurementRefusal::NoRunningTotal`] where periods do not add up;
    /// [`MeasurementRefusal::TotalFalls`] with both figures when the total is below the one before.
    pub fn of_period(
        self,
        entered: Figure,
        over_time: TimeAggregation,
    ) -> Result<Figure, MeasurementRefusal> {
        if over_time != TimeAggregation::Sum {
            return Err(MeasurementRefusal::NoRunningTotal);
        }
        let falls = MeasurementRefusal::TotalFalls {
            total: entered,
            before: self.before,
        };
        if entered < self.before {
            return Err(falls);
        }
        Figure::try_new(entered.decimal() - self.before.decimal()).map_err(|_| falls)
    }

    /// The running total with the figure of the period.
    ///
    /// # Errors
    ///
    /// [`MeasurementRefusal::TooLarge`] when the sum leaves what a figure can hold.
    pub fn with(self, of_period: Figure) -> Result<Figure, MeasurementRefusal> {
        Figure::try_new(self.before.decimal() + of_period.decimal())
            .map_err(|_| MeasurementRefusal::TooLarge)
    }
}
