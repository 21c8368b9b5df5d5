//! Time that stands still until a test turns it.

use std::sync::Mutex;

use duban_domain::clock::{Clock, Stopwatch};
use time::{Duration, OffsetDateTime, macros::datetime};

/// Half past nine on a Monday morning in Zhengzhou, when every test begins.
const START: OffsetDateTime = datetime!(2025-03-17 01:30 UTC);

/// A clock that only tests move.
#[derive(Debug)]
pub struct TestClock(Mutex<OffsetDateTime>);

impl Default for TestClock {
    fn default() -> Self {
        Self(Mutex::new(START))
    }
}

impl TestClock {
    /// Moves the time on.
    pub fn advance(&self, by: Duration) {
        *self.0.lock().expect("the clock") += by;
    }
}

impl Clock for TestClock {
    fn now(&self) -> OffsetDateTime {
        *self.0.lock().expect("the clock")
    }
}

/// A stopwatch that only tests move.
#[derive(Debug, Default)]
pub struct TestStopwatch(Mutex<std::time::Duration>);

impl TestStopwatch {
    /// Moves the time on.
    pub fn advance(&self, by: std::time::Duration) {
        *self.0.lock().expect("the stopwatch") += by;
    }
}

impl Stopwatch for TestStopwatch {
    fn elapsed(&self) -> std::time::Duration {
        *self.0.lock().expect("the stopwatch")
    }
}
