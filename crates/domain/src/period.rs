//! Reporting periods (2025-03, 2025Q1, 2025), how often one reports, and when a report is due.

use std::{fmt, str::FromStr};

use time::{Date, Month};

use crate::{calendar::WorkingCalendar, error::Coded, named::named};

named! {
    /// How often a figure or a report is asked for.
    Cadence {
        /// 逐月.
        Monthly = "MONTHLY",
        /// 逐季.
        Quarterly = "QUARTERLY",
        /// 年度.
        Yearly = "YEARLY",
    }
}

/// A month, a quarter or a year. Sorts by its first day, the longer one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    year: i32,
    /// First month, 1 to 12.
    month: u8,
    cadence: Cadence,
}

/// Why a text is no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a period: {text:?}")]
pub struct PeriodError {
    /// The text as given, cut to 20 characters.
    pub text: String,
}

impl Coded for PeriodError {
    fn code(&self) -> &'static str {
        "PERIOD_MALFORMED"
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        vec![("value", self.text.clone())]
    }
}

/// First and last year that a period may be in.
const YEARS: std::ops::RangeInclusive<i32> = 1949..=2199;

impl Period {
    /// The period of that cadence that holds the day.
    #[must_use]
    pub fn of(day: Date, cadence: Cadence) -> Self {
        let month = u8::from(day.month());
        let month = match cadence {
            Cadence::Monthly => month,
            Cadence::Quarterly => (month - 1) / 3 * 3 + 1,
            Cadence::Yearly => 1,
        };
        Self {
            year: day.year(),
            month,
            cadence,
        }
    }

    /// Its cadence.
    #[must_use]
    pub const fn cadence(self) -> Cadence {
        self.cadence
    }

    /// The year it is in.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.year
    }

    /// First day.
    #[must_use]
    pub fn first_day(self) -> Date {
        let month = Month::try_from(self.month).unwrap_or(Month::January);
        Date::from_calendar_date(self.year, month, 1).unwrap_or(Date::MIN)
    }

    /// Last day.
    #[must_use]
    pub fn last_day(self) -> Date {
        self.next().first_day().previous_day().unwrap_or(Date::MAX)
    }

    /// The one after it.
    #[must_use]
    pub const fn next(self) -> Self {
        let month = self.month + self.months();
        let (year, month) = if month > 12 {
            (self.year + 1, month - 12)
        } else {
            (self.year, month)
        };
        Self {
            year,
            month,
            cadence: self.cadence,
        }
    }

    /// The one before it.
    #[must_use]
    pub const fn previous(self) -> Self {
        let (year, month) = if self.month > self.months() {
            (self.year, self.month - self.months())
        } else {
            (self.year - 1, self.month + 12 - self.months())
        };
        Self {
            year,
            month,
            cadence: self.cadence,
        }
    }

    /// Whether the day lies in it.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        Self::of(day, self.cadence) == self
    }

    /// Whether the other period lies wholly in it.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.contains(other.first_day()) && self.contains(other.last_day())
    }

    const fn months(self) -> u8 {
        match self.cadence {
            Cadence::Monthly => 1,
            Cadence::Quarterly => 3,
            Cadence::Yearly => 12,
        }
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.year, self.month)
            .cmp(&(other.year, other.month))
            .then(other.months().cmp(&self.months()))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.cadence {
            Cadence::Monthly => write!(f, "{:04}-{:02}", self.year, self.month),
            Cadence::Quarterly => write!(f, "{:04}Q{}", self.year, self.month / 3 + 1),
            Cadence::Yearly => write!(f, "{:04}", self.year),
        }
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let malformed = || PeriodError {
            text: text.chars().take(20).collect(),
        };
        let digits = |part: &str, length: usize| {
            let is_number = part.len() == length && part.bytes().all(|one| one.is_ascii_digit());
            is_number.then(|| part.parse::<u16>().ok()).flatten()
        };
        let (year, month, cadence) = if let Some((year, month)) = text.split_once('-') {
            (year, digits(month, 2), Cadence::Monthly)
        } else if let Some((year, quarter)) = text.split_once('Q') {
            let quarter = digits(quarter, 1).filter(|one| (1..=4).contains(one));
            (year, quarter.map(|one| one * 3 - 2), Cadence::Quarterly)
        } else {
            (text, Some(1), Cadence::Yearly)
        };
        let year = digits(year, 4)
            .map(i32::from)
            .filter(|one| YEARS.contains(one));
        let month = month
            .and_then(|one| u8::try_from(one).ok())
            .filter(|one| (1..=12).contains(one));
        match (year, month) {
            (Some(year), Some(month)) => Ok(Self {
                year,
                month,
                cadence,
            }),
            _ => Err(malformed()),
        }
    }
}

/// When reports are asked for; settings of the installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportRules {
    /// Reports open this many days before the period ends.
    pub opens_days_before_end: u8,
    /// They are due on this working day after the period, counted from 1.
    pub due_working_day: u8,
    /// The period closes this many working days after the due day.
    pub closes_after_working_days: u8,
}

impl Default for ReportRules {
    fn default() -> Self {
        Self {
            opens_days_before_end: 5,
            due_working_day: 5,
            closes_after_working_days: 10,
        }
    }
}

/// The days between which a period's reports are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportWindow {
    /// The period.
    pub period: Period,
    /// First day.
    pub opens_on: Date,
    /// Last day on which a report is on time.
    pub due_on: Date,
    /// Last day on which one is taken at all, unless the period is opened again.
    pub closes_on: Date,
}

/// Where a day lies in a report window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowState {
    /// Reports are not taken yet.
    NotOpen,
    /// A report is on time.
    Open,
    /// A report is taken and late for good.
    Late,
    /// Writing is refused.
    Closed,
}

impl ReportWindow {
    /// The window of a period (product rule 11).
    #[must_use]
    pub fn of(period: Period, rules: &ReportRules, calendar: &WorkingCalendar) -> Self {
        let end = period.last_day();
        let before = time::Duration::days(i64::from(rules.opens_days_before_end));
        let due_on = calendar.working_day_after(end, u32::from(rules.due_working_day));
        Self {
            period,
            opens_on: end.checked_sub(before).unwrap_or(end),
            due_on,
            closes_on: calendar
                .working_day_after(due_on, u32::from(rules.closes_after_working_days)),
        }
    }

    /// The window that a reporter looks at on a day: the one that takes reports, the next to open
    /// otherwise.
    #[must_use]
    pub fn current(day: Date, rules: &ReportRules, calendar: &WorkingCalendar) -> Self {
        let this = Self::of(Period::of(day, Cadence::Monthly), rules, calendar);
        let before = Self::of(this.period.previous(), rules, calendar);
        match (this.state_on(day), before.state_on(day)) {
            (WindowState::NotOpen, WindowState::Open | WindowState::Late) => before,
            _ => this,
        }
    }

    /// The windows of months that take reports on a day, the older month first.
    #[must_use]
    pub fn taking_on(day: Date, rules: &ReportRules, calendar: &WorkingCalendar) -> Vec<Self> {
        let this = Period::of(day, Cadence::Monthly);
        let before = this.previous();
        [before.previous(), before, this]
            .into_iter()
            .map(|month| Self::of(month, rules, calendar))
            .filter(|one| {
                let state = one.state_on(day);
                matches!(state, WindowState::Open | WindowState::Late)
            })
            .collect()
    }

    /// Where a day lies.
    #[must_use]
    pub fn state_on(&self, day: Date) -> WindowState {
        if day < self.opens_on {
            WindowState::NotOpen
        } else if day <= self.due_on {
            WindowState::Open
        } else if day <= self.closes_on {
            WindowState::Late
        } else {
            WindowState::Closed
        }
    }
}
