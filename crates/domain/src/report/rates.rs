//! Completeness and timeliness (报送率、及时率): on time + late + missing = expected.

use std::collections::HashMap;

use super::ReportKey;
use crate::quantity::Figure;

/// How the reports that were owed came in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct ReportRates {
    /// Submitted on time.
    pub on_time: u32,
    /// Submitted late.
    pub late: u32,
    /// Not submitted.
    pub missing: u32,
}

impl ReportRates {
    /// Counts what was owed against what was handed in, late or not; says which is missing.
    #[must_use]
    pub fn tally<'a>(
        owed: impl IntoIterator<Item = &'a ReportKey>,
        handed_in: &HashMap<ReportKey, bool>,
    ) -> (Self, Vec<ReportKey>) {
        let (mut rates, mut missing) = (Self::default(), Vec::new());
        for key in owed {
            let is_late = handed_in.get(key).copied();
            rates.count(is_late);
            if is_late.is_none() {
                missing.push(*key);
            }
        }
        (rates, missing)
    }

    /// Counts one report that was owed: late or not where it was submitted.
    pub const fn count(&mut self, is_late: Option<bool>) {
        let place = match is_late {
            Some(false) => &mut self.on_time,
            Some(true) => &mut self.late,
            None => &mut self.missing,
        };
        *place = place.saturating_add(1);
    }

    /// How many were owed.
    #[must_use]
    pub const fn expected(self) -> u32 {
        self.on_time
            .saturating_add(self.late)
            .saturating_add(self.missing)
    }

    /// Submitted of those owed, between 0 and 1; none where none was owed.
    #[must_use]
    pub fn completeness(self) -> Option<Figure> {
        share(self.on_time.saturating_add(self.late), self.expected())
    }

    /// Submitted on time of those owed, between 0 and 1; none where none was owed.
    #[must_use]
    pub fn timeliness(self) -> Option<Figure> {
        share(self.on_time, self.expected())
    }
}

impl std::ops::Add for ReportRates {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            on_time: self.on_time.saturating_add(other.on_time),
            late: self.late.saturating_add(other.late),
            missing: self.missing.saturating_add(other.missing),
        }
    }
}

/// A part of a whole to four places, rounded down, so that only the whole is 1.
fn share(part: u32, whole: u32) -> Option<Figure> {
    let scaled = (i64::from(part) * 10_000).checked_div(i64::from(whole))?;
    Figure::from_scaled(scaled).ok()
}
