//! Working days of the State Council calendar: weekends and holidays out, make-up days (调休) in.

mod year;

use std::collections::BTreeMap;

use time::{Date, Duration, Month, Weekday};

pub use year::{CalendarChange, CalendarError, CalendarYear, DayLine, NamedDay};

/// What a named day of the calendar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayKind {
    /// A day off, whatever the weekday.
    Off,
    /// A make-up working day (调休上班).
    Work,
}

impl DayKind {
    /// The name in seeds and database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Off => "OFF",
            Self::Work => "WORK",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "OFF" => Some(Self::Off),
            "WORK" => Some(Self::Work),
            _ => None,
        }
    }
}

/// A loaded calendar. Days outside the loaded years count by weekday.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkingCalendar {
    days: BTreeMap<Date, DayKind>,
}

impl WorkingCalendar {
    /// A calendar of the named days.
    pub fn new(days: impl IntoIterator<Item = (Date, DayKind)>) -> Self {
        Self {
            days: days.into_iter().collect(),
        }
    }

    /// Whether the year has any named day; where not, only weekdays are known.
    pub fn knows_year(&self, year: i32) -> bool {
        self.days.keys().any(|day| day.year() == year)
    }

    /// Whether people work on that day.
    pub fn is_working_day(&self, day: Date) -> bool {
        match self.days.get(&day) {
            Some(DayKind::Off) => false,
            Some(DayKind::Work) => true,
            None => !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday),
        }
    }

    /// The `nth` working day of a month, counted from 1; none when the month has fewer.
    pub fn nth_working_day(&self, year: i32, month: Month, nth: u8) -> Option<Date> {
        let first = Date::from_calendar_date(year, month, 1).ok()?;
        let mut left = nth;
        let mut day = first;
        while day.month() == month {
            if self.is_working_day(day) {
                left = left.checked_sub(1)?;
                if left == 0 {
                    return Some(day);
                }
            }
            day = day.checked_add(Duration::DAY)?;
        }
        None
    }

    /// The `nth` working day after a day, counted from 1; with 0 the day itself.
    pub fn working_day_after(&self, day: Date, nth: u32) -> Date {
        let (mut day, mut left) = (day, nth);
        while left > 0 {
            let Some(next) = day.next_day() else {
                return day;
            };
            day = next;
            if self.is_working_day(day) {
                left -= 1;
            }
        }
        day
    }

    /// How many working days lie after `from`, up to and with `until`; 0 when it is not later.
    pub fn working_days_between(&self, from: Date, until: Date) -> u32 {
        let (mut day, mut count) = (from, 0);
        while day < until {
            let Some(next) = day.next_day() else {
                return count;
            };
            day = next;
            count += u32::from(self.is_working_day(day));
        }
        count
    }

    /// How many working days a year has.
    pub fn working_days_in(&self, year: i32) -> usize {
        (1..=366)
            .filter_map(|ordinal| Date::from_ordinal_date(year, ordinal).ok())
            .filter(|day| self.is_working_day(*day))
            .count()
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn holidays_and_make_up_days_move_the_fifth_working_day() {
        let calendar = WorkingCalendar::new([
            (date!(2025 - 02 - 03), DayKind::Off),
            (date!(2025 - 02 - 04), DayKind::Off),
            (date!(2025 - 02 - 08), DayKind::Work),
        ]);
        assert_eq!(
            calendar.nth_working_day(2025, Month::February, 5),
            Some(date!(2025 - 02 - 10)),
        );
        assert!(calendar.knows_year(2025) && !calendar.knows_year(2026));
        assert_eq!(calendar.nth_working_day(2025, Month::February, 40), None);
        assert_eq!(calendar.nth_working_day(2025, Month::February, 0), None);
    }
}
