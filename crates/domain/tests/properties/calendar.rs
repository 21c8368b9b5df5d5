//! The working days of the shipped calendars, and what holds on any calendar.

use std::collections::BTreeMap;

use duban_domain::{
    calendar::{DayKind, WorkingCalendar},
    report::ReportSchedule,
};
use proptest::prelude::*;
use time::{Date, Month, macros::date};

const SHIPPED: [&str; 2] = [
    include_str!("../../../../seeds/calendars/2025.csv"),
    include_str!("../../../../seeds/calendars/2026.csv"),
];

fn shipped() -> WorkingCalendar {
    let rows = SHIPPED.iter().flat_map(|file| file.lines().skip(1));
    WorkingCalendar::new(rows.map(|row| {
        let mut cells = row.split(',');
        let day = cells.next().expect("a day");
        let kind = cells.next().and_then(DayKind::parse).expect("OFF or WORK");
        let mut parts = day
            .splitn(3, '-')
            .map(|part| part.parse::<u16>().expect("a number"));
        let mut next = || parts.next().expect("year, month, day");
        let (year, month, day) = (next(), next(), next());
        let small = |number: u16| u8::try_from(number).expect("a small number");
        let month = Month::try_from(small(month)).expect("a month");
        let date = Date::from_calendar_date(i32::from(year), month, small(day));
        (date.expect("a day of the calendar"), kind)
    }))
}

#[test]
fn the_fifth_working_days_are_those_of_the_state_council() {
    let calendar = shipped();
    let days = [
        (2025, [8, 10, 7, 8, 12, 9, 7, 7, 5, 14, 7, 5]),
        (2026, [8, 6, 6, 8, 11, 5, 7, 7, 7, 13, 6, 7]),
    ];
    for (year, days) in days {
        for (month, day) in (1..).zip(days) {
            let month = Month::try_from(month).expect("a month");
            let wanted = Date::from_calendar_date(year, month, day).ok();
            let found = calendar.nth_working_day(year, month, 5);
            assert_eq!(found, wanted, "{month} {year}");
        }
        assert_eq!(calendar.working_days_in(year), 248, "{year}");
        assert!(calendar.knows_year(year));
    }
    assert!(!calendar.knows_year(2027));
}

#[test]
fn make_up_days_are_worked_and_holidays_are_not() {
    let calendar = shipped();
    for day in [
        date!(2025 - 01 - 26),
        date!(2025 - 02 - 08),
        date!(2025 - 04 - 27),
        date!(2025 - 09 - 28),
        date!(2025 - 10 - 11),
        date!(2026 - 01 - 04),
        date!(2026 - 02 - 14),
        date!(2026 - 02 - 28),
        date!(2026 - 05 - 09),
        date!(2026 - 09 - 20),
        date!(2026 - 10 - 10),
    ] {
        assert!(calendar.is_working_day(day), "{day}");
    }
    for (first, last) in [
        (date!(2025 - 01 - 28), date!(2025 - 02 - 04)),
        (date!(2025 - 05 - 31), date!(2025 - 06 - 02)),
        (date!(2025 - 10 - 01), date!(2025 - 10 - 08)),
        (date!(2026 - 02 - 15), date!(2026 - 02 - 23)),
        (date!(2026 - 09 - 25), date!(2026 - 09 - 27)),
    ] {
        assert_eq!(
            calendar.working_days_between(first.previous_day().expect("a day"), last),
            0,
            "{first}"
        );
    }
    let last_of = |year, month| {
        (1..=31_u8)
            .rev()
            .filter_map(|day| Date::from_calendar_date(year, month, day).ok())
            .find(|day| calendar.is_working_day(*day))
    };
    assert_eq!(last_of(2025, Month::January), Some(date!(2025 - 01 - 27)));
    assert_eq!(last_of(2026, Month::February), Some(date!(2026 - 02 - 28)));
}

fn calendars() -> impl Strategy<Value = WorkingCalendar> {
    proptest::collection::btree_map(0_i64..730, any::<bool>(), 0..120).prop_map(
        |days: BTreeMap<i64, bool>| {
            WorkingCalendar::new(days.into_iter().map(|(after, is_off)| {
                let day = date!(2025 - 01 - 01) + time::Duration::days(after);
                let kind = if is_off { DayKind::Off } else { DayKind::Work };
                (day, kind)
            }))
        },
    )
}

proptest! {
    #[test]
    fn counting_forward_and_counting_between_are_one_thing(
        calendar in calendars(),
        start in 0_i64..600,
        nth in 0_u32..60,
    ) {
        let start = date!(2025 - 01 - 01) + time::Duration::days(start);
        let end = calendar.working_day_after(start, nth);
        prop_assert_eq!(calendar.working_days_between(start, end), nth);
        prop_assert!(nth == 0 || calendar.is_working_day(end));
        prop_assert_eq!(calendar.working_days_between(end, start), 0);
    }

    #[test]
    fn the_working_days_of_a_month_are_numbered_without_a_gap(
        calendar in calendars(),
        month in 1_u8..=12,
    ) {
        let month = Month::try_from(month).expect("a month");
        let counted = (1..=31_u8)
            .filter_map(|day| Date::from_calendar_date(2025, month, day).ok())
            .filter(|day| calendar.is_working_day(*day));
        for (day, nth) in counted.clone().zip(1..) {
            prop_assert_eq!(calendar.nth_working_day(2025, month, nth), Some(day));
        }
        let many = u8::try_from(counted.count()).expect("at most 31");
        prop_assert_eq!(calendar.nth_working_day(2025, month, many + 1), None);
    }
}

#[test]
fn a_day_takes_the_reports_of_the_months_whose_windows_hold_it() {
    let (calendar, schedule) = (shipped(), ReportSchedule::default());
    let on = |day| -> Vec<String> {
        let windows = schedule.taking_on(day, &calendar);
        windows.iter().map(|one| one.period.to_string()).collect()
    };
    assert_eq!(on(date!(2025 - 03 - 25)), [""; 0]);
    assert_eq!(on(date!(2025 - 03 - 26)), ["2025-03"]);
    assert_eq!(on(date!(2025 - 04 - 22)), ["2025-03"]);
    assert_eq!(on(date!(2025 - 04 - 23)), [""; 0]);
    // After the long holiday the window of September closes on 28 October, when October's is open.
    assert_eq!(on(date!(2025 - 10 - 28)), ["2025-09", "2025-10"]);
}
