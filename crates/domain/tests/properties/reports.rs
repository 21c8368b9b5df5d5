//! Progress reports: who owes them, how they are counted, and that late stays late.

use duban_domain::{
    access::{Decider, Person},
    calendar::WorkingCalendar,
    clock::end_of,
    ids::{AccountId, DepartmentId, ReportId, TaskId},
    period::{Cadence, Period},
    report::{
        Course, Gate, Parts, ProgressReport, ReportCell, ReportKey, ReportRates, ReportRefusal,
        ReportRules, ReportState, ReportText, ReportWindow, Returning, SelfAssessment, WindowState,
        owed, was_underway_in,
    },
    task::TaskState,
    text::Reason,
};
use proptest::prelude::*;
use time::{Date, Duration, OffsetDateTime, macros::date};
use uuid::Uuid;

const START: Date = date!(2025 - 01 - 01);

fn courses() -> impl Strategy<Value = Vec<(u16, TaskState)>> {
    let states = prop::sample::select(TaskState::ALL);
    proptest::collection::vec((0_u16..60, states), 0..8)
}

/// The steps with their days, each some days after the one before.
fn course(steps: &[(u16, TaskState)]) -> Vec<(Date, TaskState)> {
    let mut day = START;
    let dated = steps.iter().map(|(after, to)| {
        day += Duration::days(i64::from(*after));
        (day, *to)
    });
    dated.collect()
}

const WORKED_ON: [TaskState; 5] = [
    TaskState::InProgress,
    TaskState::CompletionSubmitted,
    TaskState::Returned,
    TaskState::StageCompleted,
    TaskState::Reopened,
];

/// Day by day: the states that a task had on it, the one that it began the day with included.
fn states_on(steps: &[(Date, TaskState)], day: Date) -> Vec<TaskState> {
    let before = steps.iter().rfind(|(on, _)| *on < day).map(|(_, to)| *to);
    let on = steps.iter().filter(|(on, _)| *on == day).map(|(_, to)| *to);
    before.into_iter().chain(on).collect()
}

fn months() -> impl Strategy<Value = Period> {
    (0_u16..15).prop_map(|month| {
        let first = Period::of(START, Cadence::Monthly);
        (0..month).fold(first, |period, _| period.next())
    })
}

fn text() -> ReportText {
    let mut text = ReportText::default();
    text.write(ReportCell::Progress, "已办 12 场")
        .expect("short");
    text.self_assessment = Some(SelfAssessment::OnTrack);
    text
}

fn person(number: u128) -> Person {
    Person::alone(AccountId(Uuid::from_u128(number)))
}

fn noon(day: Date) -> OffsetDateTime {
    day.midnight().assume_utc() + Duration::hours(4)
}

proptest! {
    #[test]
    fn a_report_is_owed_exactly_where_the_task_was_worked_on_some_day(
        steps in courses(),
        period in months(),
        departments in 0_u128..4,
    ) {
        let steps = course(&steps);
        let mut day = period.first_day();
        let mut worked = false;
        while day <= period.last_day() {
            worked |= states_on(&steps, day).iter().any(|one| WORKED_ON.contains(one));
            day = day.next_day().expect("a day");
        }
        let cancelled = steps
            .iter()
            .any(|(on, to)| *on <= period.last_day() && *to == TaskState::Cancelled);
        let known = Course::new(steps);
        prop_assert_eq!(was_underway_in(&known, period), worked && !cancelled);

        let takes_part: Vec<DepartmentId> =
            (0..departments).map(|one| DepartmentId(Uuid::from_u128(one))).collect();
        let count = takes_part.len();
        let parts = Parts::new(takes_part);
        let keys = owed([(TaskId(Uuid::nil()), &known, &parts)], period);
        let expected = if worked && !cancelled { count } else { 0 };
        prop_assert_eq!(keys.len(), expected);
        prop_assert!(keys.iter().all(|key| key.period == period));
        let quarter = Period::of(period.first_day(), Cadence::Quarterly);
        let asked = [(TaskId(Uuid::nil()), &known, &parts)];
        prop_assert!(owed(asked, quarter).is_empty(), "reports are monthly");
    }

    #[test]
    fn a_month_is_owed_by_whoever_took_part_at_its_end_whatever_came_later(
        days in prop::collection::btree_set(0_i64..200, 1..6),
        period in months(),
    ) {
        let start = period.first_day().midnight().assume_utc() - Duration::days(60);
        let one = |index: usize| DepartmentId(Uuid::from_u128(index as u128));
        let handed_over: Vec<_> = days.iter().map(|day| start + Duration::days(*day)).collect();
        let mut parts = Parts::new(vec![one(handed_over.len())]);
        for (index, at) in handed_over.iter().enumerate().rev() {
            parts.push_before(*at, vec![one(index)]);
        }
        let end = end_of(period.last_day());
        let expected = handed_over.iter().filter(|at| **at < end).count();
        prop_assert_eq!(parts.at_end_of(period), &[one(expected)]);
        prop_assert_eq!(parts.ever().count(), handed_over.len() + 1);
    }

    #[test]
    fn rates_lie_between_nothing_and_all_and_sets_add_up(
        ends in proptest::collection::vec(prop::option::of(any::<bool>()), 0..60),
        cut in any::<prop::sample::Index>(),
    ) {
        let count = |ends: &[Option<bool>]| {
            let mut rates = ReportRates::default();
            for one in ends {
                rates.count(*one);
            }
            rates
        };
        let all = count(&ends);
        prop_assert_eq!(all.on_time + all.late + all.missing, all.expected());
        prop_assert_eq!(usize::try_from(all.expected()).ok(), Some(ends.len()));
        let cut = if ends.is_empty() { 0 } else { cut.index(ends.len()) };
        prop_assert_eq!(count(&ends[..cut]) + count(&ends[cut..]), all);
        prop_assert_eq!(all.completeness().is_none(), ends.is_empty());
        if let (Some(complete), Some(timely)) = (all.completeness(), all.timeliness()) {
            prop_assert!(0 <= timely.scaled() && timely <= complete);
            prop_assert!(complete.scaled() <= 10_000);
            prop_assert_eq!(complete.scaled() == 10_000, all.missing == 0);
            prop_assert_eq!(timely.scaled() == 10_000, all.missing == 0 && all.late == 0);
        }
    }

    #[test]
    fn late_is_fixed_at_the_first_submission(
        period in months(),
        first in 0_i64..70,
        then in proptest::collection::vec(0_i64..20, 0..4),
        reopened in prop::option::of(0_i64..40),
    ) {
        let window = ReportWindow::of(period, &ReportRules::default(), &WorkingCalendar::default());
        let reopened_until = reopened.map(|days| window.closes_on + Duration::days(days));
        let gate = Gate { window, reopened_until };
        let key = ReportKey {
            task: TaskId(Uuid::nil()),
            department: DepartmentId(Uuid::nil()),
            period,
        };
        let mut day = period.first_day() + Duration::days(first);
        let mut report = ProgressReport::draft(ReportId(Uuid::nil()), key, noon(day));
        let mut fixed = None;
        for after in then {
            let (before, state) = (report.clone(), gate.state_on(day));
            let written = report.write(person(1), text(), &gate, day);
            let submitted = report.submit((person(1), noon(day)), &gate, day);
            match state {
                WindowState::Open | WindowState::Late => {
                    prop_assert_eq!((written, submitted.is_ok()), (Ok(()), true));
                    let is_late = *fixed.get_or_insert(day > window.due_on);
                    prop_assert_eq!(report.is_late, is_late);
                    prop_assert_eq!(report.accept((person(1).into(), noon(day))), Err(ReportRefusal::SamePerson));
                    let words = Reason::try_new("请补充数据").expect("words");
                    let returning = Returning { cells: vec![ReportCell::Progress; 2], words, mend_by: day };
                    let step = report.send_back((person(2).into(), noon(day)), returning, &gate, day);
                    prop_assert_eq!(step.expect("returned").remark.expect("remark").cells.len(), 1);
                    prop_assert_eq!(report.state, ReportState::Returned);
                }
                WindowState::NotOpen | WindowState::Closed => {
                    prop_assert!(written.is_err() && submitted.is_err());
                    prop_assert_eq!(&report, &before);
                    prop_assert_eq!(state == WindowState::Closed, day > gate.last_day());
                }
            }
            day += Duration::days(after);
        }
        prop_assert_eq!(report.is_in(), fixed.is_some());
    }
}

#[test]
fn acting_for_somebody_does_not_open_a_report_to_its_author() {
    let window = ReportWindow::of(
        Period::of(date!(2025 - 03 - 01), Cadence::Monthly),
        &ReportRules::default(),
        &WorkingCalendar::default(),
    );
    let gate = Gate {
        window,
        reopened_until: None,
    };
    let (day, key) = (
        window.due_on,
        ReportKey {
            task: TaskId(Uuid::nil()),
            department: DepartmentId(Uuid::nil()),
            period: window.period,
        },
    );
    let acting = |account: Person, of: Person| Person {
        account: account.account,
        acting_for: Some(of.account),
    };
    let mut report = ProgressReport::draft(ReportId(Uuid::nil()), key, noon(day));
    report
        .write(person(3), text(), &gate, day)
        .expect("written");
    report
        .submit((acting(person(1), person(2)), noon(day)), &gate, day)
        .expect("submitted");
    for who in [
        person(1),
        person(2),
        person(3),
        acting(person(4), person(2)),
        acting(person(1), person(4)),
    ] {
        let decided = report.clone().accept((who.into(), noon(day)));
        assert_eq!(decided, Err(ReportRefusal::SamePerson), "{who:?}");
    }
    let stands_in = Decider {
        person: person(4),
        stands_for: &[person(3).account],
    };
    let decided = report.clone().accept((stands_in, noon(day)));
    assert_eq!(decided, Err(ReportRefusal::SamePerson));
    assert!(report.accept((person(4).into(), noon(day))).is_ok());
}

#[test]
fn a_period_is_opened_again_only_when_it_is_closed() {
    let window = ReportWindow::of(
        Period::of(date!(2025 - 03 - 01), Cadence::Monthly),
        &ReportRules::default(),
        &WorkingCalendar::default(),
    );
    let gate = Gate {
        window,
        reopened_until: None,
    };
    let closed = window.closes_on + Duration::DAY;
    let until = closed + Duration::days(3);
    assert!(matches!(
        gate.may_be_reopened(window.due_on, until),
        Err(ReportRefusal::NotClosed { .. })
    ));
    assert!(gate.may_be_reopened(closed, window.closes_on).is_err());
    assert_eq!(gate.may_be_reopened(closed, until), Ok(()));
    let opened = Gate {
        reopened_until: Some(until),
        ..gate
    };
    assert_eq!(opened.is_late_on(until), Ok(true));
    assert!(opened.is_late_on(until + Duration::DAY).is_err());
}
