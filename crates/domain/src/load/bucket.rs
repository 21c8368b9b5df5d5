//! A bucket of points: full at first, emptied by what is asked, refilled as time goes on.

use std::time::Duration;

/// Parts of a point that are counted, so that a refill loses nothing.
pub(super) const PARTS: i64 = 1_000_000;

/// How much somebody may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Points of a full bucket.
    pub most: u32,
    /// Points that come back in a second; 0 is taken as 1.
    pub per_second: u32,
}

impl Allowance {
    fn full(self) -> i64 {
        i64::from(self.most).saturating_mul(PARTS)
    }

    /// How long so many parts take to come back.
    fn time_for(self, parts: i64) -> Duration {
        let parts = u64::try_from(parts).unwrap_or(0);
        Duration::from_micros(parts.div_ceil(u64::from(self.per_second.max(1))))
    }

    /// How many microseconds a bucket is full later for so many parts of points; below zero for such as came back.
    #[must_use]
    pub fn later_by(self, parts: i64) -> i64 {
        // A point a second is a part a microsecond.
        parts.div_euclid(i64::from(self.per_second.max(1)))
    }

    /// How long an empty bucket takes to be full.
    #[must_use]
    pub fn window(self) -> Duration {
        self.time_for(self.full())
    }
}

/// The points that are left to somebody. Instants are durations since any one moment of a clock that
/// never goes back.
///
/// What turns out to cost more than was taken is owed: the bucket may stand below zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    allowance: Allowance,
    /// Parts of points; below zero what is owed.
    level: i64,
    at: Duration,
}

impl Bucket {
    /// A full bucket.
    #[must_use]
    pub fn full(allowance: Allowance, now: Duration) -> Self {
        Self {
            allowance,
            level: allowance.full(),
            at: now,
        }
    }

    /// A bucket that is full again after this time.
    #[must_use]
    pub fn full_after(allowance: Allowance, full_in: Duration, now: Duration) -> Self {
        let missing = i64::try_from(full_in.as_micros())
            .unwrap_or(i64::MAX)
            .saturating_mul(allowance.per_second.max(1).into());
        Self {
            allowance,
            level: allowance.full().saturating_sub(missing),
            at: now,
        }
    }

    fn refill(&mut self, now: Duration) {
        let passed = now.saturating_sub(self.at).as_micros();
        // A point a second is a part a microsecond.
        let gained = i64::try_from(passed)
            .unwrap_or(i64::MAX)
            .saturating_mul(self.allowance.per_second.max(1).into());
        self.level = self.level.saturating_add(gained).min(self.allowance.full());
        self.at = self.at.max(now);
    }

    /// Takes points. What costs more than a full bucket takes a full one, and the rest is owed.
    ///
    /// # Errors
    ///
    /// How long it takes until there is enough; nothing was taken then.
    pub fn take(&mut self, points: u64, now: Duration) -> Result<(), Duration> {
        self.refill(now);
        let asked = parts(points);
        let needed = asked.min(self.allowance.full());
        if self.level < needed {
            return Err(self.allowance.time_for(needed.saturating_sub(self.level)));
        }
        self.level = self.level.saturating_sub(asked);
        Ok(())
    }

    /// Gives back what was taken and not spent, or takes what was spent besides; says how many parts of points came
    /// back, as far as there was room for them, and below zero how many were taken.
    pub fn settle(&mut self, taken: u64, spent: u64, now: Duration) -> i64 {
        self.refill(now);
        let before = self.level;
        self.add(parts(taken).saturating_sub(parts(spent)));
        self.level.saturating_sub(before)
    }

    /// Adds parts of points, or takes them below zero.
    pub(super) fn add(&mut self, parts: i64) {
        let level = self.level.saturating_add(parts);
        self.level = level.min(self.allowance.full());
    }

    /// Takes points whether they are there or not, and says how many parts; at most one full bucket is owed.
    pub fn charge(&mut self, points: u64, now: Duration) -> i64 {
        self.refill(now);
        let owed = self.allowance.full().saturating_neg();
        let room = self.level.saturating_sub(owed).max(0);
        let taken = parts(points).min(room);
        self.level = self.level.saturating_sub(taken);
        taken
    }

    /// Whole points that are left.
    pub fn remaining(&mut self, now: Duration) -> u64 {
        self.refill(now);
        u64::try_from(self.level / PARTS).unwrap_or(0)
    }

    /// How long until the bucket is full.
    pub fn full_in(&mut self, now: Duration) -> Duration {
        self.refill(now);
        let missing = self.allowance.full().saturating_sub(self.level);
        self.allowance.time_for(missing)
    }
}

/// So many points in parts.
pub(super) fn parts(points: u64) -> i64 {
    i64::try_from(points)
        .unwrap_or(i64::MAX)
        .saturating_mul(PARTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEOPLE: Allowance = Allowance {
        most: 10_000,
        per_second: 200,
    };

    fn at(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let mut bucket = Bucket::full(PEOPLE, at(0));
        assert_eq!(bucket.take(9_900, at(0)), Ok(()));
        assert_eq!(bucket.take(200, at(0)), Err(at(500)));
        assert_eq!(bucket.remaining(at(0)), 100);
        assert_eq!(bucket.take(200, at(499)), Err(at(1)));
        assert_eq!(bucket.take(200, at(500)), Ok(()));
        assert_eq!(bucket.remaining(at(500)), 0);
        assert_eq!(bucket.full_in(at(500)), at(50_000));
        assert_eq!(bucket.remaining(at(1_000_000)), 10_000);
        assert_eq!(PEOPLE.window(), at(50_000));
    }

    #[test]
    fn what_was_not_spent_comes_back_and_what_was_spent_besides_is_owed() {
        let mut bucket = Bucket::full(PEOPLE, at(0));
        assert_eq!(bucket.take(5_000, at(0)), Ok(()));
        bucket.settle(5_000, 40, at(0));
        assert_eq!(bucket.remaining(at(0)), 9_960);
        assert_eq!(bucket.take(9_960, at(0)), Ok(()));
        bucket.settle(9_960, 10_160, at(0));
        assert_eq!(bucket.remaining(at(0)), 0);
        assert_eq!(bucket.take(1, at(1_000)), Err(at(5)));
        bucket.charge(1_000_000, at(1_000));
        assert_eq!(bucket.full_in(at(1_000)), at(100_000));
    }

    #[test]
    fn what_costs_more_than_a_full_bucket_waits_for_one_and_owes_the_rest() {
        let mut bucket = Bucket::full(PEOPLE, at(0));
        assert_eq!(bucket.take(20_000, at(0)), Ok(()));
        assert_eq!(bucket.take(20_000, at(0)), Err(at(100_000)));
    }

    #[test]
    fn a_clock_that_goes_back_gives_nothing_twice() {
        let mut bucket = Bucket::full(PEOPLE, at(1_000));
        assert_eq!(bucket.take(10_000, at(1_000)), Ok(()));
        assert_eq!(bucket.remaining(at(0)), 0);
        assert_eq!(bucket.remaining(at(1_000)), 0);
        assert_eq!(bucket.remaining(at(2_000)), 200);
    }
}
