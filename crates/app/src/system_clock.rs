//! The clocks of the machine.

use std::time::{Duration, Instant};

use duban_domain::clock::{Clock, Stopwatch};
use time::OffsetDateTime;

/// Tells the machine's time.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that asks the machine"
    )]
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }
}

/// Measures by the machine's clock that never goes back.
#[derive(Debug, Clone, Copy)]
pub struct SystemStopwatch(Instant);

impl Default for SystemStopwatch {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Stopwatch for SystemStopwatch {
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}
