//! A bucket that several servers share: what one of them may give out between two times at which they tell one
//! another what they gave.

use std::{mem, time::Duration};

use super::{
    Allowance, Bucket,
    bucket::{PARTS, parts},
};

/// How long what was given out stays untold (design §4.2).
pub const LEASE: Duration = Duration::from_secs(1);
/// The part of a full bucket that may be given out untold.
const PART: u32 = 10;

/// One server's view of a bucket: as it was when the servers last agreed, less what this one gave out since.
///
/// Given out untold when it is asked for is a tenth of a full bucket at most, or one operation that costs more. So n
/// servers together give out more than one bucket holds by n times that at most, however the callers spread, and
/// what was given out too much is owed to all of them. What nobody asked for, such as telling an event, waits for no
/// agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    bucket: Bucket,
    allowance: Allowance,
    /// Parts of points given out and not told; below zero what came back.
    untold: i64,
    agreed_at: Option<Duration>,
}

impl Share {
    /// Of a bucket that nobody has told anything of: it is full as far as anybody knows.
    #[must_use]
    pub fn full(allowance: Allowance, now: Duration) -> Self {
        Self {
            bucket: Bucket::full(allowance, now),
            allowance,
            untold: 0,
            agreed_at: None,
        }
    }

    /// Whether the servers have to agree before so many points are given out, or before it is said that they are
    /// not there.
    pub fn is_due(&mut self, points: u64, now: Duration) -> bool {
        let most = u64::from(self.allowance.most);
        if self.bucket.remaining(now) < points.min(most) {
            let agreed = self.agreed_at;
            return agreed.is_none_or(|at| now.saturating_sub(at) >= LEASE);
        }
        let lease = i64::from(self.allowance.most / PART).saturating_mul(PARTS);
        self.untold.saturating_add(parts(points)) > lease
    }

    /// Whether there is something to tell.
    #[must_use]
    pub const fn has_news(&self) -> bool {
        self.untold != 0
    }

    /// What is told now: parts of points, below zero such as came back. Whoever takes it either has it agreed on, or gives
    /// it back by [`Share::keep`].
    pub const fn tell(&mut self) -> i64 {
        mem::replace(&mut self.untold, 0)
    }

    /// What was told did not reach the others; it is told with the next.
    pub const fn keep(&mut self, told: i64, now: Duration) {
        self.untold = self.untold.saturating_add(told);
        self.agreed_at = Some(now);
    }

    /// What was told is agreed on: the bucket is full again after this time, if nobody takes any more.
    pub fn agree(&mut self, full_in: Duration, now: Duration) {
        let mut agreed = Bucket::full_after(self.allowance, full_in, now);
        agreed.add(self.untold.saturating_neg());
        self.bucket = agreed;
        self.agreed_at = Some(now);
    }

    /// As [`Bucket::take`].
    ///
    /// # Errors
    ///
    /// How long it takes until there is enough, as far as this server knows.
    pub fn take(&mut self, points: u64, now: Duration) -> Result<(), Duration> {
        self.bucket.take(points, now)?;
        self.untold = self.untold.saturating_add(parts(points));
        Ok(())
    }

    /// As [`Bucket::settle`].
    pub fn settle(&mut self, taken: u64, spent: u64, now: Duration) {
        let back = self.bucket.settle(taken, spent, now);
        self.untold = self.untold.saturating_sub(back);
    }

    /// As [`Bucket::charge`].
    pub fn charge(&mut self, points: u64, now: Duration) {
        let charged = self.bucket.charge(points, now);
        self.untold = self.untold.saturating_add(charged);
    }

    /// Whether there would be so many points, if so many came back before.
    #[must_use]
    pub fn would_have(&self, points: u64, back: u64, now: Duration) -> bool {
        let mut best = self.bucket.clone();
        best.settle(back, 0, now);
        best.take(points, now).is_ok()
    }

    /// As [`Bucket::remaining`].
    pub fn remaining(&mut self, now: Duration) -> u64 {
        self.bucket.remaining(now)
    }

    /// As [`Bucket::full_in`].
    pub fn full_in(&mut self, now: Duration) -> Duration {
        self.bucket.full_in(now)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PEOPLE: Allowance = Allowance {
        most: 1_000,
        per_second: 20,
    };
    /// What one operation costs at most here.
    const DEAREST: u64 = 300;

    /// What the servers have in common: when the bucket is full again, in microseconds of one clock.
    #[derive(Default)]
    struct Common {
        full_at: i64,
    }

    impl Common {
        fn agree(&mut self, share: &mut Share, now: Duration) {
            let at = i64::try_from(now.as_micros()).unwrap();
            let told = PEOPLE.later_by(share.tell());
            self.full_at = self.full_at.max(at) + told;
            let full_in = u64::try_from(self.full_at - at).unwrap_or(0);
            share.agree(Duration::from_micros(full_in), now);
        }

        fn take(&mut self, share: &mut Share, points: u64, now: Duration) -> bool {
            if share.is_due(points, now) {
                self.agree(share, now);
            }
            share.take(points, now).is_ok()
        }
    }

    #[test]
    fn what_one_gave_out_the_other_has_no_more() {
        let (mut common, now) = (Common::default(), Duration::ZERO);
        let mut shares = [Share::full(PEOPLE, now), Share::full(PEOPLE, now)];
        let [here, there] = &mut shares;
        assert!(common.take(here, 300, now) && common.take(here, 300, now));
        assert!(common.take(there, 300, now), "untold so far");
        common.agree(here, now);
        common.agree(there, now);
        assert_eq!((here.remaining(now), there.remaining(now)), (400, 100));
        common.agree(here, now);
        assert_eq!(here.remaining(now), 100);
        // What comes back on one side is there on the other within a lease.
        there.take(30, now).unwrap();
        common.agree(there, now);
        here.settle(300, 50, now);
        common.agree(here, now);
        assert!(!common.take(there, 80, now), "asked a moment ago");
        assert!(common.take(there, 80, now + LEASE));
    }

    #[test]
    fn little_is_given_out_without_asking_and_nothing_is_lost_where_nobody_answers() {
        let now = Duration::ZERO;
        let mut share = Share::full(PEOPLE, now);
        assert!(!share.is_due(100, now) && share.is_due(101, now));
        share.take(60, now).unwrap();
        assert!(!share.is_due(40, now) && share.is_due(41, now));
        let told = share.tell();
        assert!(told == 60 * PARTS && !share.has_news());
        share.keep(told, now);
        assert!(share.has_news() && share.remaining(now) == 940);
        share.take(10, now).unwrap();
        share.agree(Duration::from_secs(10), now);
        assert_eq!(share.remaining(now), 1_000 - 200 - 70);
    }

    #[test]
    fn no_more_than_one_full_bucket_is_owed_by_what_nobody_asked_for() {
        let (mut common, now) = (Common::default(), Duration::ZERO);
        let mut share = Share::full(PEOPLE, now);
        share.charge(1_000_000, now);
        common.agree(&mut share, now);
        assert_eq!(share.full_in(now), PEOPLE.window() * 2);
    }

    #[test]
    fn what_has_no_room_does_not_come_back_twice() {
        let (mut common, now) = (Common::default(), Duration::ZERO);
        let mut share = Share::full(PEOPLE, now);
        share.take(500, now).unwrap();
        common.agree(&mut share, now);
        let later = now + PEOPLE.window();
        share.settle(500, 10, later);
        assert!(!share.has_news(), "full again before");
        share.take(400, later).unwrap();
        common.agree(&mut share, later);
        assert_eq!(share.remaining(later), 600);
    }

    #[test]
    fn a_purse_that_is_known_to_be_empty_is_not_asked_for_again_at_once() {
        let (mut common, now) = (Common::default(), Duration::ZERO);
        let mut share = Share::full(PEOPLE, now);
        assert!(common.take(&mut share, 900, now));
        common.agree(&mut share, now);
        assert!(!share.is_due(300, now) && share.is_due(300, now + LEASE));
    }

    #[derive(Debug, Clone)]
    enum Act {
        Take(usize, u64),
        Settle(usize, u64),
        Tell(usize),
        Pass(u64),
    }

    fn acts() -> impl Strategy<Value = Vec<Act>> {
        let act = prop_oneof![
            6 => (0..3_usize, 1..=DEAREST).prop_map(|(at, points)| Act::Take(at, points)),
            2 => (0..3_usize, 0..=DEAREST).prop_map(|(at, spent)| Act::Settle(at, spent)),
            1 => (0..3_usize).prop_map(Act::Tell),
            1 => (0..3_000_u64).prop_map(Act::Pass),
        ];
        prop::collection::vec(act, 1..200)
    }

    proptest! {
        #[test]
        fn servers_give_out_one_bucket_and_a_lease_each(acts in acts()) {
            let (mut common, mut now) = (Common::default(), Duration::ZERO);
            let mut shares = [0; 3].map(|_| Share::full(PEOPLE, now));
            let mut open: [Vec<u64>; 3] = Default::default();
            let mut given = 0_u64;
            for act in acts {
                match act {
                    Act::Take(at, points) => {
                        if common.take(&mut shares[at], points, now) {
                            given += points;
                            open[at].push(points);
                        }
                    }
                    Act::Settle(at, spent) => {
                        if let Some(taken) = open[at].pop() {
                            let spent = spent.min(taken);
                            shares[at].settle(taken, spent, now);
                            given -= taken - spent;
                        }
                    }
                    Act::Tell(at) => common.agree(&mut shares[at], now),
                    Act::Pass(millis) => now += Duration::from_millis(millis),
                }
                let refilled = now.as_millis() * u128::from(PEOPLE.per_second) / 1_000;
                let untold = 3 * u128::from(DEAREST.max(u64::from(PEOPLE.most / PART)));
                let bound = u128::from(PEOPLE.most) + refilled + 1 + untold;
                prop_assert!(u128::from(given) <= bound, "{given} of {bound}");
            }
        }
    }
}
