//! The only way to ask the time, so that tests can turn it.

use std::time::Duration;

use time::{Date, OffsetDateTime, UtcOffset};

/// Tells the time. Real in production, turned by hand in tests.
pub trait Clock: Send + Sync {
    /// The present instant in UTC.
    fn now(&self) -> OffsetDateTime;
}

/// Measures how long things take: it never goes back, whatever happens to the time of day.
pub trait Stopwatch: Send + Sync {
    /// The time since one moment, always the same.
    fn elapsed(&self) -> Duration;
}

/// The calendar day in China (UTC+8, no summer time), by which deadlines are counted.
pub fn official_day(now: OffsetDateTime) -> Date {
    now.to_offset(UtcOffset::from_hms(8, 0, 0).unwrap_or(UtcOffset::UTC))
        .date()
}

/// The first instant after a calendar day in China.
pub fn end_of(day: Date) -> OffsetDateTime {
    let next = day.next_day().unwrap_or(day);
    let offset = UtcOffset::from_hms(8, 0, 0).unwrap_or(UtcOffset::UTC);
    next.midnight().assume_offset(offset)
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    #[test]
    fn the_day_begins_at_midnight_in_beijing() {
        assert_eq!(
            official_day(datetime!(2025-06-30 15:59:59 UTC)),
            date!(2025 - 06 - 30)
        );
        assert_eq!(
            official_day(datetime!(2025-06-30 16:00 UTC)),
            date!(2025 - 07 - 01)
        );
        assert_eq!(
            end_of(date!(2025 - 06 - 30)),
            datetime!(2025-06-30 16:00 UTC)
        );
    }
}
