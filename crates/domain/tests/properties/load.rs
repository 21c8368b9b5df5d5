//! Buckets give no point twice and keep none back; the limit of concurrency keeps its bounds.

use std::time::Duration;

use duban_domain::load::{Allowance, Bucket, Concurrency};
use proptest::prelude::*;

/// What happens to a bucket: after so many microseconds, so many points are asked for and so many spent.
type Act = (u64, u64, u64);

fn allowances() -> impl Strategy<Value = Allowance> {
    (1_u32..30_000, 1_u32..2_000).prop_map(|(most, per_second)| Allowance { most, per_second })
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    proptest::collection::vec((0_u64..90_000_000, 0_u64..20_000, 0_u64..20_000), 1..60)
}

proptest! {
    #[test]
    fn what_is_given_is_at_most_a_full_bucket_and_what_came_back(
        allowance in allowances(),
        acts in acts(),
    ) {
        let mut now = Duration::ZERO;
        let mut bucket = Bucket::full(allowance, now);
        let (mut given, mut largest) = (0_u128, 0_u128);
        for (after, points, _) in acts {
            now += Duration::from_micros(after);
            if bucket.take(points, now).is_ok() {
                given += u128::from(points);
                largest = largest.max(u128::from(points));
            }
            let back = now.as_micros() * u128::from(allowance.per_second) / 1_000_000;
            // What costs more than a full bucket owes the rest of it.
            let most = u128::from(allowance.most).max(largest) + back;
            prop_assert!(given <= most, "{given} of {most}");
            prop_assert!(bucket.remaining(now) <= u64::from(allowance.most));
        }
    }

    #[test]
    fn whoever_waits_as_told_is_served_and_not_a_moment_earlier(
        allowance in allowances(),
        acts in acts(),
    ) {
        let mut now = Duration::ZERO;
        let mut bucket = Bucket::full(allowance, now);
        for (after, points, _) in acts {
            now += Duration::from_micros(after);
            let Err(wait) = bucket.take(points, now) else { continue };
            prop_assert!(wait > Duration::ZERO);
            let mut early = bucket.clone();
            let earlier = wait.saturating_sub(Duration::from_micros(1));
            prop_assert!(early.take(points, now + earlier).is_err());
            now += wait;
            prop_assert_eq!(bucket.take(points, now), Ok(()));
        }
    }

    #[test]
    fn what_is_settled_leaves_what_was_spent(allowance in allowances(), acts in acts()) {
        let mut now = Duration::ZERO;
        let mut settled = Bucket::full(allowance, now);
        for (after, points, spent) in acts {
            now += Duration::from_micros(after);
            let mut straight = settled.clone();
            if settled.take(points, now).is_err() {
                continue;
            }
            settled.settle(points, spent, now);
            straight.settle(0, spent, now);
            prop_assert_eq!(&settled, &straight);
        }
    }

    #[test]
    fn the_limit_stays_between_its_bounds(
        (least, more) in (1_u32..20, 0_u32..200),
        samples in proptest::collection::vec((0_u64..200_000, 1_u32..300, any::<bool>()), 0..3_000),
    ) {
        let mut now = Duration::ZERO;
        let mut limit = Concurrency::new((least, least + more), least, now);
        for (micros, under_way, is_refused) in samples {
            let took = Duration::from_micros(micros);
            now += took / 4;
            limit.began(under_way);
            if is_refused {
                limit.refused();
            }
            limit.ended(took, took * 2, now);
            // While somebody is refused half of the least will do.
            prop_assert!((least.div_ceil(2)..=least + more).contains(&limit.limit()));
        }
    }
}
