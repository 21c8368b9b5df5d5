//! The clock of the demo: it is set to the day that the demo tells of, and runs on from there.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use duban_domain::clock::Clock;
use time::{OffsetDateTime, macros::datetime};

/// When the story of the demo begins: the morning after the plan was issued.
pub const STORY_BEGINS: OffsetDateTime = datetime!(2025-03-18 01:00 UTC);
/// When it has been told: half a year later, while the reports of August come in.
pub const STORY_ENDS: OffsetDateTime = datetime!(2025-09-03 01:00 UTC);

/// Tells the time of the demo. It never goes backwards.
#[derive(Debug)]
pub struct DemoClock(Mutex<Hands>);

#[derive(Debug)]
struct Hands {
    at: OffsetDateTime,
    /// Since when it runs; none while it stands.
    since: Option<Instant>,
}

impl Hands {
    fn now(&self) -> OffsetDateTime {
        self.since
            .map_or(self.at, |since| self.at + since.elapsed())
    }
}

impl DemoClock {
    /// A clock that stands at an instant.
    #[must_use]
    pub const fn standing_at(at: OffsetDateTime) -> Self {
        Self(Mutex::new(Hands { at, since: None }))
    }

    /// Turns it on to an instant; an earlier one leaves it where it is.
    pub fn turn_to(&self, at: OffsetDateTime) {
        let mut hands = self.hands();
        let at = at.max(hands.now());
        hands.at = at;
        hands.since = hands.since.map(|_| Instant::now());
    }

    /// Lets it run from where it stands.
    pub fn run(&self) {
        let mut hands = self.hands();
        if hands.since.is_none() {
            hands.since = Some(Instant::now());
        }
    }

    fn hands(&self) -> MutexGuard<'_, Hands> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for DemoClock {
    fn now(&self) -> OffsetDateTime {
        self.hands().now()
    }
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;

    #[test]
    fn it_stands_is_turned_on_and_never_back() {
        let clock = DemoClock::standing_at(STORY_BEGINS);
        assert_eq!(clock.now(), STORY_BEGINS);
        clock.turn_to(STORY_ENDS);
        assert_eq!(clock.now(), STORY_ENDS);
        clock.turn_to(STORY_BEGINS);
        assert_eq!(clock.now(), STORY_ENDS);
        clock.run();
        assert!(clock.now() >= STORY_ENDS);
        clock.turn_to(STORY_ENDS + Duration::days(1));
        assert!(clock.now() >= STORY_ENDS + Duration::days(1));
    }
}
