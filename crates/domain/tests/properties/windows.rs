//! The windows of reports under changing rules: what has opened stays as it was.

use duban_domain::{
    calendar::{DayKind, WorkingCalendar},
    error::Coded,
    period::{Cadence, Period},
    report::{ReportRules, ReportSchedule, ReportTerm, ReportTerms},
};
use proptest::prelude::*;
use time::{Date, Duration, macros::date};

const START: Date = date!(2025 - 01 - 01);

fn calendars() -> impl Strategy<Value = WorkingCalendar> {
    proptest::collection::btree_map(0_i64..500, any::<bool>(), 0..60).prop_map(|days| {
        WorkingCalendar::new(days.into_iter().map(|(after, is_off)| {
            let kind = if is_off { DayKind::Off } else { DayKind::Work };
            (START + Duration::days(after), kind)
        }))
    })
}

fn within(term: ReportTerm) -> impl Strategy<Value = u8> {
    term.bounds()
}

fn terms() -> impl Strategy<Value = ReportTerms> {
    let [opens, due, closes] = [
        within(ReportTerm::OpensDaysBeforeEnd),
        within(ReportTerm::DueWorkingDay),
        within(ReportTerm::ClosesAfterWorkingDays),
    ];
    (opens, due, closes).prop_map(|(opens, due, closes)| ReportTerms {
        opens_days_before_end: opens,
        due_working_day: due,
        closes_after_working_days: closes,
    })
}

fn rules() -> impl Strategy<Value = ReportRules> {
    terms().prop_map(|terms| ReportRules::try_new(terms).expect("within the bounds"))
}

/// Rules with the days that pass before each is made.
fn changes() -> impl Strategy<Value = Vec<(i64, ReportRules)>> {
    proptest::collection::vec((0_i64..50, rules()), 1..8)
}

fn months() -> impl Iterator<Item = Period> {
    let first = Period::of(START, Cadence::Monthly);
    std::iter::successors(Some(first), |one| Some(one.next())).take(16)
}

proptest! {
    #[test]
    fn a_change_leaves_every_window_that_has_opened_as_it_was(
        calendar in calendars(),
        changes in changes(),
    ) {
        let (mut schedule, mut today) = (ReportSchedule::default(), START);
        for (after, rules) in changes {
            today += Duration::days(after);
            let changed = schedule.changed(rules, today);
            for month in months() {
                let before = schedule.window(month, &calendar);
                let then = changed.window(month, &calendar);
                if before.opens_on <= today {
                    prop_assert_eq!(then, before, "{} has opened", month);
                } else if month >= changed.first_month(&rules, today) {
                    prop_assert_eq!(changed.rules_of(month), rules, "{} follows", month);
                    prop_assert!(then.opens_on > today, "{} is not opened in the past", month);
                }
            }
            let next = Period::of(today, Cadence::Monthly).next();
            prop_assert_eq!(changed.rules_of(next), rules, "the next month follows at the latest");
            schedule = changed;
        }
    }

    #[test]
    fn a_month_opens_within_itself_and_is_due_after_it(calendar in calendars(), rules in rules()) {
        for month in months() {
            let window = ReportSchedule::default().changed(rules, date!(2024 - 01 - 01))
                .window(month, &calendar);
            prop_assert!(month.contains(window.opens_on));
            prop_assert!(month.last_day() < window.due_on && window.due_on <= window.closes_on);
            prop_assert!(calendar.is_working_day(window.due_on));
        }
    }

    #[test]
    fn the_months_that_take_reports_are_those_whose_window_holds_the_day(
        rules in rules(),
        after in 60_i64..400,
    ) {
        // Weekends alone: the bounds of the terms leave room for every holiday that there is.
        let (calendar, day) = (WorkingCalendar::default(), START + Duration::days(after));
        let schedule = ReportSchedule::default().changed(rules, date!(2024 - 01 - 01));
        let holding: Vec<Period> = months()
            .filter(|one| schedule.window(*one, &calendar).takes_on(day))
            .collect();
        let taking = schedule.taking_on(day, &calendar);
        let taking: Vec<Period> = taking.iter().map(|one| one.period).collect();
        prop_assert_eq!(&taking, &holding);
        let current = schedule.current(day, &calendar);
        prop_assert!(holding.is_empty() || current.takes_on(day));
    }

    #[test]
    fn a_term_out_of_its_bounds_is_named(mut terms in terms(), over in 1_u8..=200, which in 0_usize..3) {
        let term = ReportTerm::ALL[which];
        terms.set(term, term.bounds().end() + over);
        let error = ReportRules::try_new(terms).expect_err("out of bounds");
        prop_assert_eq!((error.term, error.value), (term, terms.get(term)));
        prop_assert_eq!(error.code(), "REPORT_TERM_OUT_OF_RANGE");
    }
}

#[test]
fn a_quarter_follows_the_rules_of_its_last_month() {
    let terms = ReportTerms {
        due_working_day: 2,
        ..ReportTerms::default()
    };
    let rules = ReportRules::try_new(terms).expect("within the bounds");
    let schedule = ReportSchedule::default().changed(rules, date!(2025 - 03 - 03));
    let of = |text: &str| schedule.rules_of(text.parse().expect("a period"));
    assert_eq!(of("2025-02"), ReportRules::default());
    assert_eq!(of("2025Q1"), rules);
    assert_eq!(of("2024"), ReportRules::default());
}
