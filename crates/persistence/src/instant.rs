//! Instants as stored: always UTC, to the microsecond, so that both databases sort them alike.

use sea_orm::DeriveValueType;
use time::{OffsetDateTime, UtcOffset};

/// A stored instant. SQLite keeps the text with its offset, so another offset would sort wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, DeriveValueType)]
pub struct Instant(OffsetDateTime);

impl From<OffsetDateTime> for Instant {
    fn from(time: OffsetDateTime) -> Self {
        let utc = time.to_offset(UtcOffset::UTC);
        let micros = utc.microsecond();
        Self(utc.replace_nanosecond(micros * 1_000).unwrap_or(utc))
    }
}

impl From<Instant> for OffsetDateTime {
    fn from(instant: Instant) -> Self {
        instant.0.to_offset(UtcOffset::UTC)
    }
}
