//! The named days of one year, as the State Council's notice on holidays says them: checked line by line
//! before they are loaded.

use std::collections::{BTreeMap, BTreeSet};

use time::{Date, Weekday, format_description::BorrowedFormatItem, macros::format_description};

use super::DayKind;
use crate::error::Coded;

const DAY: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");
/// Longest name of a day, in characters.
const NAME_LENGTH: usize = 40;
/// Years that a calendar may be of.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// A line of a file, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayLine {
    /// Its number in the file.
    pub line: u64,
    /// The day, `2027-02-06`.
    pub date: String,
    /// `OFF` or `WORK`, or 放假 or 上班 as notices have it.
    pub kind: String,
    /// For which holiday.
    pub name: String,
}

/// A day off or a make-up day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedDay {
    /// What it is.
    pub kind: DayKind,
    /// For which holiday.
    pub name: String,
}

/// The named days of one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarYear {
    year: i32,
    days: BTreeMap<Date, NamedDay>,
}

/// What loading a year changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CalendarChange {
    /// Days that were not named.
    pub added: BTreeSet<Date>,
    /// Days that are named no more.
    pub removed: BTreeSet<Date>,
    /// Days that are named otherwise.
    pub changed: BTreeSet<Date>,
}

impl CalendarChange {
    /// Whether everything stays.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.days().next().is_none()
    }

    fn days(&self) -> impl Iterator<Item = &Date> {
        self.added.iter().chain(&self.removed).chain(&self.changed)
    }
}

/// What is wrong with a calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The file has no line.
    #[error("no days")]
    Empty,
    /// The first line does not name the columns.
    #[error("columns {missing} are missing")]
    Columns {
        /// Those that are missing.
        missing: String,
    },
    /// A line cannot be taken apart.
    #[error("line {line} has other columns than the first line")]
    Line {
        /// Its number.
        line: u64,
    },
    /// No day.
    #[error("line {line}: {typed} is no day")]
    Day {
        /// Its number.
        line: u64,
        /// What stands there.
        typed: String,
    },
    /// Neither off nor work.
    #[error("line {line}: {typed} is no kind of day")]
    Kind {
        /// Its number.
        line: u64,
        /// What stands there.
        typed: String,
    },
    /// No name, or too long a one.
    #[error("line {line}: a name has 1 to {most} characters")]
    Name {
        /// Its number.
        line: u64,
        /// How long it may be.
        most: usize,
    },
    /// A day of another year than the first line's.
    #[error("line {line}: {day} is not of {year}")]
    OtherYear {
        /// Its number.
        line: u64,
        /// The day.
        day: Date,
        /// The year of the first line.
        year: i32,
    },
    /// A day that stands in the file before.
    #[error("line {line}: {day} stands there before")]
    Twice {
        /// Its number.
        line: u64,
        /// The day.
        day: Date,
    },
    /// A make-up day from Monday to Friday, on which people work anyway: a slip.
    #[error("line {line}: {day} is a working day anyway")]
    NoMakeUp {
        /// Its number.
        line: u64,
        /// The day.
        day: Date,
    },
    /// A day that has begun; what was due by it is not judged anew.
    #[error("{day} has begun")]
    Past {
        /// The day.
        day: Date,
    },
}

impl Coded for CalendarError {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "CALENDAR_EMPTY",
            Self::Columns { .. } => "CALENDAR_COLUMNS_MISSING",
            Self::Line { .. } => "CALENDAR_LINE_MALFORMED",
            Self::Day { .. } => "CALENDAR_DAY_MALFORMED",
            Self::Kind { .. } => "CALENDAR_KIND_UNKNOWN",
            Self::Name { .. } => "CALENDAR_NAME_MALFORMED",
            Self::OtherYear { .. } => "CALENDAR_OTHER_YEAR",
            Self::Twice { .. } => "CALENDAR_DAY_TWICE",
            Self::NoMakeUp { .. } => "CALENDAR_NO_MAKE_UP_DAY",
            Self::Past { .. } => "CALENDAR_DAY_PAST",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        let line = |line: &u64| ("line", line.to_string());
        match self {
            Self::Empty => Vec::new(),
            Self::Columns { missing } => vec![("missing", missing.clone())],
            Self::Line { line: at } => vec![line(at)],
            Self::Day { line: at, typed } | Self::Kind { line: at, typed } => {
                vec![line(at), ("typed", typed.clone())]
            }
            Self::Name { line: at, most } => vec![line(at), ("most", most.to_string())],
            Self::OtherYear {
                line: at,
                day,
                year,
            } => {
                vec![
                    line(at),
                    ("day", day.to_string()),
                    ("year", year.to_string()),
                ]
            }
            Self::Twice { line: at, day } | Self::NoMakeUp { line: at, day } => {
                vec![line(at), ("day", day.to_string())]
            }
            Self::Past { day } => vec![("day", day.to_string())],
        }
    }
}

impl CalendarYear {
    /// The year that some lines say.
    ///
    /// # Errors
    ///
    /// Every [`CalendarError`] of the lines, in their order.
    pub fn try_new(lines: &[DayLine]) -> Result<Self, Vec<CalendarError>> {
        let mut faults = Vec::new();
        let mut days = BTreeMap::new();
        let mut year = None;
        for line in lines {
            let read = read(line).and_then(|(day, named)| {
                let year = *year.get_or_insert(day.year());
                let line = line.line;
                if day.year() != year {
                    return Err(CalendarError::OtherYear { line, day, year });
                }
                match days.insert(day, named) {
                    Some(_) => Err(CalendarError::Twice { line, day }),
                    None => Ok(()),
                }
            });
            faults.extend(read.err());
        }
        match year {
            Some(year) if faults.is_empty() => Ok(Self { year, days }),
            None if faults.is_empty() => Err(vec![CalendarError::Empty]),
            _ => Err(faults),
        }
    }

    /// The year.
    #[must_use]
    pub const fn year(&self) -> i32 {
        self.year
    }

    /// Its named days.
    #[must_use]
    pub const fn days(&self) -> &BTreeMap<Date, NamedDay> {
        &self.days
    }

    /// What changes where these days stand already. In a year that is known, days that have begun stay
    /// as they are; a year that was never loaded may come late.
    ///
    /// # Errors
    ///
    /// [`CalendarError::Past`] names the first day that has begun and would change.
    pub fn change(
        &self,
        standing: &BTreeMap<Date, NamedDay>,
        today: Date,
    ) -> Result<CalendarChange, CalendarError> {
        let mut change = CalendarChange::default();
        for (day, named) in &self.days {
            match standing.get(day) {
                None => change.added.insert(*day),
                Some(other) if other != named => change.changed.insert(*day),
                Some(_) => false,
            };
        }
        let gone = standing.keys().filter(|day| !self.days.contains_key(day));
        change.removed.extend(gone);
        if standing.is_empty() {
            return Ok(change);
        }
        match change.days().filter(|day| **day <= today).min() {
            Some(day) => Err(CalendarError::Past { day: *day }),
            None => Ok(change),
        }
    }
}

fn read(of: &DayLine) -> Result<(Date, NamedDay), CalendarError> {
    let line = of.line;
    let date = of.date.trim();
    let day = Date::parse(date, DAY)
        .ok()
        .filter(|day| YEARS.contains(&day.year()))
        .ok_or_else(|| CalendarError::Day {
            line,
            typed: date.to_owned(),
        })?;
    let kind = kind_of(of.kind.trim()).ok_or_else(|| CalendarError::Kind {
        line,
        typed: of.kind.trim().to_owned(),
    })?;
    let name = of.name.trim();
    if name.is_empty() || name.chars().count() > NAME_LENGTH {
        let most = NAME_LENGTH;
        return Err(CalendarError::Name { line, most });
    }
    let is_weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    if kind == DayKind::Work && !is_weekend {
        return Err(CalendarError::NoMakeUp { line, day });
    }
    let name = name.to_owned();
    Ok((day, NamedDay { kind, name }))
}

fn kind_of(word: &str) -> Option<DayKind> {
    match word {
        "休" | "放假" => Some(DayKind::Off),
        "班" | "上班" => Some(DayKind::Work),
        _ => DayKind::parse(word),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn line(line: u64, date: &str, kind: &str, name: &str) -> DayLine {
        DayLine {
            line,
            date: date.to_owned(),
            kind: kind.to_owned(),
            name: name.to_owned(),
        }
    }

    #[test]
    fn every_line_that_is_wrong_is_told() {
        let faults = CalendarYear::try_new(&[
            line(2, "2027-02-06", "OFF", "春节"),
            line(3, "2027-02-30", "OFF", "春节"),
            line(4, "2027-02-07", "HOLIDAY", "春节"),
            line(5, "2027-02-08", "OFF", " "),
            line(6, "2028-01-01", "OFF", "元旦"),
            line(7, "2027-02-06", "OFF", "春节"),
            line(8, "2027-02-10", "WORK", "春节"),
            line(9, "1999-01-01", "OFF", "元旦"),
        ])
        .expect_err("seven faults");
        let codes: Vec<_> = faults.iter().map(Coded::code).collect();
        assert_eq!(
            codes,
            [
                "CALENDAR_DAY_MALFORMED",
                "CALENDAR_KIND_UNKNOWN",
                "CALENDAR_NAME_MALFORMED",
                "CALENDAR_OTHER_YEAR",
                "CALENDAR_DAY_TWICE",
                "CALENDAR_NO_MAKE_UP_DAY",
                "CALENDAR_DAY_MALFORMED",
            ]
        );
        assert_eq!(
            CalendarYear::try_new(&[]).expect_err("nothing"),
            [CalendarError::Empty]
        );
    }

    #[test]
    fn days_that_have_begun_stay_unless_the_year_is_new() {
        let first = CalendarYear::try_new(&[
            line(2, "2027-01-01", "OFF", "元旦"),
            line(3, "2027-05-01", "放假", "劳动节"),
        ])
        .expect("a year");
        let today = date!(2027 - 03 - 01);
        let added = first.change(&BTreeMap::new(), today).expect("a new year");
        assert_eq!(added.added.len(), 2);
        let second = CalendarYear::try_new(&[
            line(2, "2027-01-01", "OFF", "元旦"),
            line(3, "2027-05-01", "OFF", "五一"),
            line(4, "2027-05-08", "WORK", "五一"),
        ])
        .expect("a year");
        let change = second.change(first.days(), today).expect("days to come");
        assert_eq!((change.added.len(), change.changed.len()), (1, 1));
        assert!(
            first
                .change(first.days(), today)
                .expect("the same")
                .is_empty()
        );
        assert_eq!(
            second.change(first.days(), date!(2027 - 05 - 01)),
            Err(CalendarError::Past {
                day: date!(2027 - 05 - 01)
            })
        );
    }
}
