//! Measurements: revisions that are only added, four eyes, totals that do not fall, and readings that
//! their metric can add up.

use duban_domain::{
    access::{Decider, Person},
    error::Coded,
    ids::{AccountId, DepartmentId, MeasurementId, MetricId},
    measurement::{
        Channel, Entry, MeasurementKey, MeasurementState, Reading, ReadingKind, Recording, Running,
        Slot, Thing,
    },
    metric::{TimeAggregation, TreeAggregation},
    period::{Cadence, Period},
    quantity::Figure,
    text::Reason,
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use time::{Duration, OffsetDateTime, macros::date, macros::datetime};
use uuid::Uuid;

fn figure(number: u32) -> Figure {
    Figure::try_new(Decimal::from(number)).expect("small")
}

fn person(number: u8) -> Person {
    Person::alone(AccountId(Uuid::from_u128(number.into())))
}

fn empty() -> Slot {
    let key = MeasurementKey {
        metric: MetricId(Uuid::from_u128(1)),
        department: DepartmentId(Uuid::from_u128(2)),
        period: Period::of(date!(2025 - 03 - 01), Cadence::Monthly),
    };
    Slot::new(key, Vec::new())
}

fn at(step: usize) -> OffsetDateTime {
    let minutes = i64::try_from(step).expect("few");
    datetime!(2025-04-01 08:00 UTC) + Duration::minutes(minutes)
}

fn reason() -> Reason {
    Reason::try_new("按原始记录更正").expect("short")
}

/// What somebody does with a measurement.
#[derive(Debug, Clone)]
enum Act {
    Record {
        by: u8,
        value: u32,
        is_submitted: bool,
        has_reason: bool,
    },
    Verify {
        by: u8,
        revision: i32,
    },
    Reject {
        by: u8,
        revision: i32,
    },
    Withdraw {
        by: u8,
        revision: i32,
    },
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        3 => (0_u8..4, 0_u32..4, any::<bool>(), any::<bool>()).prop_map(
            |(by, value, is_submitted, has_reason)| Act::Record { by, value, is_submitted, has_reason }
        ),
        2 => (0_u8..4, 0_i32..6).prop_map(|(by, revision)| Act::Verify { by, revision }),
        1 => (0_u8..4, 0_i32..6).prop_map(|(by, revision)| Act::Reject { by, revision }),
        1 => (0_u8..4, 0_i32..6).prop_map(|(by, revision)| Act::Withdraw { by, revision }),
    ];
    proptest::collection::vec(act, 0..24)
}

fn play(slot: &mut Slot, step: usize, act: &Act) -> bool {
    let who = |by: u8| (Decider::from(person(by)), at(step));
    match act {
        Act::Record {
            by,
            value,
            is_submitted,
            has_reason,
        } => {
            let recording = Recording {
                reading: Reading::of(figure(*value)),
                entry: Entry::OfPeriod,
                channel: Channel::Api,
                sheet: None,
                by: person(*by),
                at: at(step),
                is_submitted: *is_submitted,
                is_late: false,
                reason: has_reason.then(reason),
                has_evidence: false,
            };
            let id = MeasurementId(Uuid::from_u128(step as u128 + 1));
            slot.record(id, recording, TreeAggregation::Sum).is_ok()
        }
        Act::Verify { by, revision } => slot.verify(*revision, who(*by)).is_ok(),
        Act::Reject { by, revision } => slot.reject(*revision, who(*by), reason()).is_ok(),
        Act::Withdraw { by, revision } => {
            let by = (person(*by), at(step));
            slot.withdraw(*revision, by, reason()).is_ok()
        }
    }
}

proptest! {
    #[test]
    fn revisions_are_only_added_and_nobody_verifies_his_own(acts in acts()) {
        let mut slot = empty();
        for (step, act) in acts.iter().enumerate() {
            let before = slot.clone();
            let is_done = play(&mut slot, step, act);
            if !is_done {
                prop_assert_eq!(&before, &slot);
                continue;
            }
            let (old, new) = (before.revisions(), slot.revisions());
            prop_assert_eq!(new.len(), old.len() + usize::from(matches!(act, Act::Record { .. })));
            for (old, new) in old.iter().zip(new) {
                prop_assert_eq!((old.id, old.revision, &old.reading, old.by, old.at),
                    (new.id, new.revision, &new.reading, new.by, new.at));
                let is_drafted = (old.state, new.state) == (MeasurementState::Draft, MeasurementState::Withdrawn);
                prop_assert!(
                    old.state == new.state || old.state == MeasurementState::Submitted || is_drafted
                );
            }
        }
        for (position, one) in slot.revisions().iter().enumerate() {
            prop_assert_eq!(usize::try_from(one.revision).expect("positive"), position + 1);
            let before = position.checked_sub(1).map(|last| slot.revisions()[last].id);
            prop_assert_eq!(one.replaces, before);
            let is_decided = matches!(one.state, MeasurementState::Verified | MeasurementState::Rejected);
            let is_withdrawn = one.state == MeasurementState::Withdrawn;
            prop_assert_eq!(one.decided.is_some(), is_decided || is_withdrawn);
            if let Some(decided) = one.decided.as_ref().filter(|_| is_decided) {
                prop_assert!(!decided.by.shares_with(one.by));
            }
        }
    }

    #[test]
    fn what_was_verified_counts_until_a_correction_is(acts in acts()) {
        let mut slot = empty();
        let mut counts = None;
        for (step, act) in acts.iter().enumerate() {
            if play(&mut slot, step, act)
                && let Act::Verify { revision, .. } = act
            {
                counts = Some(*revision);
            }
            prop_assert_eq!(slot.verified().map(|one| one.revision), counts);
            if let Some(waits) = slot.provisional() {
                prop_assert!(Some(waits.revision) > counts);
            }
        }
    }

    #[test]
    fn what_is_taken_back_leaves_what_stood_before(acts in acts(), value in 0_u32..9) {
        let mut slot = empty();
        for (step, act) in acts.iter().enumerate() {
            play(&mut slot, step, act);
        }
        let said = |slot: &Slot| (slot.said().cloned(), slot.verified().cloned());
        let before = said(&slot);
        let act = Act::Record { by: 1, value, is_submitted: true, has_reason: true };
        if play(&mut slot, 30, &act) {
            let revision = slot.latest().expect("just recorded").revision;
            let back = Act::Withdraw { by: 2, revision };
            prop_assert!(play(&mut slot, 31, &back));
            prop_assert_eq!(said(&slot), before);
            prop_assert!(!play(&mut slot, 32, &back), "once only");
            let late = Act::Verify { by: 3, revision };
            prop_assert!(!play(&mut slot, 33, &late));
        }
    }

    #[test]
    fn whoever_wrote_the_draft_does_not_verify_it_either(by in 0_u8..4, other in 0_u8..4) {
        let mut slot = empty();
        let draft = Act::Record { by, value: 3, is_submitted: false, has_reason: false };
        let handed_in = Act::Record { by: other, value: 3, is_submitted: true, has_reason: false };
        prop_assert!(play(&mut slot, 0, &draft) && play(&mut slot, 1, &handed_in));
        for who in 0..5 {
            let verified = slot.clone().verify(2, (person(who).into(), at(2))).is_ok();
            prop_assert_eq!(verified, who != by && who != other);
        }
    }

    #[test]
    fn increment_and_running_total_are_derived_from_each_other(before in 0_u32..9_000, value in 0_u32..9_000) {
        let running = Running { before: figure(before) };
        let total = running.with(figure(value)).expect("small");
        prop_assert_eq!(running.of_period(total, TimeAggregation::Sum), Ok(figure(value)));
    }

    #[test]
    fn a_falling_total_stops_with_both_figures(before in 1_u32..9_000, less in 1_u32..9_000) {
        let total = figure(before.saturating_sub(less));
        let refused = Running { before: figure(before) }.of_period(total, TimeAggregation::Sum);
        let refused = refused.expect_err("it falls");
        prop_assert_eq!(refused.code(), "MEASUREMENT_TOTAL_FALLS");
        let both = vec![("total", total.to_string()), ("before", before.to_string())];
        prop_assert_eq!(refused.figures(), both);
    }
}

fn code(reading: &Reading, over_tree: TreeAggregation) -> &'static str {
    reading
        .check(over_tree)
        .map_or_else(|refusal| refusal.code(), |()| "")
}

#[test]
fn a_reading_is_one_that_its_metric_can_add_up() {
    let plain = Reading::of(figure(3));
    let ratio = Reading::over(figure(3), figure(20));
    let names = ["郑州", "洛阳", "郑州"].map(|one| Thing::try_new(one).expect("a name"));
    let things = Reading::things(names.to_vec()).expect("few");
    for (reading, over_tree, expected) in [
        (&plain, TreeAggregation::Sum, ""),
        (&plain, TreeAggregation::Stage, ""),
        (&plain, TreeAggregation::External, ""),
        (&plain, TreeAggregation::Ratio, "MEASUREMENT_BASE_MISSING"),
        (
            &plain,
            TreeAggregation::Weighted,
            "MEASUREMENT_BASE_MISSING",
        ),
        (
            &plain,
            TreeAggregation::Distinct,
            "MEASUREMENT_THINGS_DIFFER",
        ),
        (&ratio, TreeAggregation::Ratio, ""),
        (&ratio, TreeAggregation::Weighted, ""),
        (&ratio, TreeAggregation::Sum, "MEASUREMENT_BASE_NEEDLESS"),
        (&things, TreeAggregation::Distinct, ""),
        (&things, TreeAggregation::Sum, "MEASUREMENT_THINGS_NEEDLESS"),
    ] {
        assert_eq!(
            code(reading, over_tree),
            expected,
            "{reading:?} {over_tree}"
        );
    }
    let above = Reading::over(figure(21), figure(20));
    assert_eq!(
        code(&above, TreeAggregation::Ratio),
        "MEASUREMENT_ABOVE_BASE"
    );
    assert_eq!(code(&above, TreeAggregation::Weighted), "");
    let negative = Reading::of("-1".parse().expect("a figure"));
    assert_eq!(
        code(&negative, TreeAggregation::Sum),
        "MEASUREMENT_NEGATIVE"
    );
    assert_eq!(things.amount().map(|one| one.value), Some(figure(2)));
    for over_tree in TreeAggregation::ALL {
        assert_eq!(code(&Reading::NotApplicable, *over_tree), "");
    }
}

#[test]
fn zero_and_not_applicable_look_different() {
    assert_eq!(Reading::of(Figure::ZERO).kind(), ReadingKind::Zero);
    assert_eq!(Reading::of(figure(1)).kind(), ReadingKind::Amount);
    assert_eq!(Reading::NotApplicable.kind(), ReadingKind::NotApplicable);
}

#[test]
fn a_thing_has_a_name_that_can_be_stored() {
    for name in ["", "  ", "a\0b", &"长".repeat(81)] {
        assert!(Thing::try_new(name).is_err(), "{name:?}");
    }
    assert_eq!(
        Thing::try_new(" 兰考 ").map(|one| one.to_string()),
        Ok("兰考".to_owned())
    );
}
