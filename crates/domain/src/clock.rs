//! The only way to ask the time, so that tests can turn it.

use time::OffsetDateTime;

/// Tells the time. Real in production, turned by hand in tests.
pub trait Clock: Send + Sync {
    /// The present instant in UTC.
    fn now(&self) -> OffsetDateTime;
}
