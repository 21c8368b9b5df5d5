//! When a person is not to be disturbed (免打扰).

use time::{OffsetDateTime, Time, UtcOffset};

use crate::{calendar::WorkingCalendar, clock::official_day, error::Coded};

/// Hours of the day in which nothing is sent, by the clock of Beijing; may go over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    from: u8,
    until: u8,
}

/// Why two hours are no quiet hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{from} to {until} leaves no hour, or is none")]
pub struct QuietHoursError {
    /// First hour.
    pub from: u8,
    /// The hour after the last.
    pub until: u8,
}

impl Coded for QuietHoursError {
    fn code(&self) -> &'static str {
        "QUIET_HOURS"
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        vec![
            ("from", self.from.to_string()),
            ("until", self.until.to_string()),
        ]
    }
}

impl Default for QuietHours {
    /// From six in the evening to eight in the morning.
    fn default() -> Self {
        Self { from: 18, until: 8 }
    }
}

impl QuietHours {
    /// From one full hour up to another, both 0 to 23.
    ///
    /// # Errors
    ///
    /// [`QuietHoursError`] when one is no hour of the day or both are the same.
    pub const fn try_new(from: u8, until: u8) -> Result<Self, QuietHoursError> {
        if from > 23 || until > 23 || from == until {
            return Err(QuietHoursError { from, until });
        }
        Ok(Self { from, until })
    }

    /// First quiet hour.
    #[must_use]
    pub const fn from(self) -> u8 {
        self.from
    }

    /// The hour in which they end.
    #[must_use]
    pub const fn until(self) -> u8 {
        self.until
    }

    /// Whether a time of day is quiet.
    #[must_use]
    pub const fn covers(self, time: Time) -> bool {
        let hour = time.hour();
        if self.from < self.until {
            self.from <= hour && hour < self.until
        } else {
            self.from <= hour || hour < self.until
        }
    }
}

/// Whether a person may be sent something now: on a working day, outside the quiet hours.
#[must_use]
pub fn may_be_told(now: OffsetDateTime, quiet: QuietHours, calendar: &WorkingCalendar) -> bool {
    let beijing = now.to_offset(UtcOffset::from_hms(8, 0, 0).unwrap_or(UtcOffset::UTC));
    calendar.is_working_day(official_day(now)) && !quiet.covers(beijing.time())
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn quiet_hours_go_over_midnight() {
        let calendar = WorkingCalendar::default();
        let quiet = QuietHours::try_new(18, 8).expect("hours");
        let told = |now| may_be_told(now, quiet, &calendar);
        assert!(told(datetime!(2025-03-17 08:00 +8)));
        assert!(told(datetime!(2025-03-17 17:59 +8)));
        assert!(!told(datetime!(2025-03-17 18:00 +8)));
        assert!(!told(datetime!(2025-03-17 07:59 +8)));
        assert!(!told(datetime!(2025-03-15 10:00 +8)), "a Saturday");
        assert!(QuietHours::try_new(9, 9).is_err() && QuietHours::try_new(24, 8).is_err());
    }
}
