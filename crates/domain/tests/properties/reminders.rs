//! Reminders under any clock: nothing twice, what was missed once, whatever the order of runs.

use std::collections::BTreeSet;

use duban_domain::{
    calendar::{DayKind, WorkingCalendar},
    ids::{DepartmentId, MilestoneId, NoticeId, ReportId, TaskId},
    period::{Cadence, Period},
    reminder::{
        ExpectedReport, Facts, Phase, ReminderKind, ReminderRules, ReturnedReport, due, phase_on,
    },
    task::TaskState,
};
use proptest::prelude::*;
use time::{Date, Duration, macros::date};
use uuid::Uuid;

const BEGIN: Date = date!(2025 - 03 - 03);

fn day(offset: i64) -> Date {
    BEGIN + Duration::days(offset)
}

fn calendar(off: &[i64]) -> WorkingCalendar {
    WorkingCalendar::new(off.iter().map(|one| (day(*one), DayKind::Off)))
}

fn facts(state: TaskState, dates: [i64; 6], is_reported: bool) -> Facts {
    let [sign, deadline, mend, milestone, report, notice] = dates.map(day);
    Facts {
        task: TaskId(Uuid::from_u128(1)),
        state,
        sign_by: Some(sign),
        deadline: Some(deadline),
        mend_by: Some(mend),
        milestones: vec![(MilestoneId(Uuid::from_u128(2)), milestone)],
        reports: vec![ExpectedReport {
            department: DepartmentId(Uuid::from_u128(4)),
            period: Period::of(BEGIN, Cadence::Monthly),
            due_on: report,
            is_reported,
        }],
        returned: Vec::new(),
        notices: vec![(NoticeId(Uuid::from_u128(3)), notice)],
    }
}

/// What is told over some runs: a key that was told is never told again.
fn told(runs: &[i64], facts: &Facts, calendar: &WorkingCalendar) -> (BTreeSet<String>, usize) {
    let (mut known, mut messages) = (BTreeSet::new(), 0);
    for run in runs {
        for reminder in due(facts, day(*run), calendar, &ReminderRules::default()) {
            messages += usize::from(known.insert(reminder.natural_key()));
        }
    }
    (known, messages)
}

fn dates() -> impl Strategy<Value = [i64; 6]> {
    [0..60_i64, 0..60, 0..60, 0..60, 0..60, 0..60]
}

proptest! {
    #[test]
    fn a_clock_that_goes_anywhere_tells_the_same_once(
        runs in prop::collection::vec(0..90_i64, 1..30),
        dates in dates(),
        off in prop::collection::vec(0..90_i64, 0..20),
        state in prop::sample::select(TaskState::ALL),
    ) {
        let (calendar, facts) = (calendar(&off), facts(state, dates, false));
        let (forward, messages) = told(&runs, &facts, &calendar);
        prop_assert_eq!(messages, forward.len());
        let mut backward = runs.clone();
        backward.reverse();
        prop_assert_eq!(&told(&backward, &facts, &calendar).0, &forward, "set back at every run");
        let doubled: Vec<i64> = runs.iter().flat_map(|run| [*run, *run]).collect();
        prop_assert_eq!(&told(&doubled, &facts, &calendar).0, &forward, "two servers at once");
    }

    #[test]
    fn a_clock_set_forward_tells_what_is_late_once(dates in dates(), after in 0..30_i64) {
        let calendar = calendar(&[]);
        let facts = facts(TaskState::InProgress, dates, false);
        let mut late = 61 + after;
        while !calendar.is_working_day(day(late)) {
            late += 1;
        }
        let first = due(&facts, day(late), &calendar, &ReminderRules::default());
        prop_assert_eq!(first.len(), 4, "deadline, milestone, report, notice");
        prop_assert!(first.iter().all(|one| one.phase == Phase::After));
        let (_, messages) = told(&[late, late + 7, late + 14], &facts, &calendar);
        prop_assert_eq!(messages, 4);
    }

    #[test]
    fn nothing_is_said_once_it_is_done_or_reported(
        run in 0..90_i64,
        dates in dates(),
        state in prop::sample::select(TaskState::ALL),
    ) {
        let calendar = calendar(&[]);
        let found = due(&facts(state, dates, true), day(run), &calendar, &ReminderRules::default());
        prop_assert!(found.iter().all(|one| one.kind != ReminderKind::Report));
        if !state.is_open() || !calendar.is_working_day(day(run)) {
            prop_assert!(found.is_empty());
        }
    }

    #[test]
    fn a_returned_report_is_asked_for_until_it_is_submitted_and_again_when_it_is_returned_again(
        mend_by in 10..60_i64,
        returned in prop::collection::btree_set(0..10_i64, 1..4),
        state in prop::sample::select(TaskState::ALL),
    ) {
        let calendar = calendar(&[]);
        let mut facts = facts(state, [200; 6], true);
        let runs: Vec<i64> = (0..90).collect();
        let asked = |facts: &Facts| {
            let (keys, _) = told(&runs, facts, &calendar);
            keys.into_iter().filter(|key| key.starts_with("REPORT_MEND:")).collect::<BTreeSet<_>>()
        };
        prop_assert!(asked(&facts).is_empty(), "it waits for review");
        let mut all = BTreeSet::new();
        for on in &returned {
            facts.returned = vec![ReturnedReport {
                report: ReportId(Uuid::from_u128(5)),
                returned_at: day(*on).midnight().assume_utc(),
                mend_by: day(mend_by),
            }];
            all.extend(asked(&facts));
        }
        let expected = if state.is_open() { 3 * returned.len() } else { 0 };
        prop_assert_eq!(all.len(), expected, "before, on and after: {:?}", all);
    }

    #[test]
    fn whoever_is_asked_every_working_day_hears_of_a_date_before_it_passes(
        due_on in 40..60_i64,
        lead in 0..8_u8,
        off in prop::collection::vec(0..60_i64, 0..12),
    ) {
        let calendar = calendar(&off);
        let working = (0..=due_on).map(day).filter(|one| calendar.is_working_day(*one));
        let phases: Vec<Phase> = working
            .filter_map(|today| phase_on(today, day(due_on), lead, &calendar))
            .collect();
        prop_assert_eq!(phases.last(), Some(&Phase::On));
        prop_assert_eq!(phases.len(), usize::from(lead) + 1);
    }
}
