//! Reporting periods (2025-03, 2025Q1, 2025), and how often one reports.

use std::{fmt, str::FromStr};

use time::{Date, Month};

use crate::{error::Coded, named::named};

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

/// First and last year that a period, or a day that somebody names, may be in.
pub const YEARS: std::ops::RangeInclusive<i32> = 1949..=2199;

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

    /// The months of its year where it is a month, itself among them; of another cadence itself alone.
    pub fn of_its_year(self) -> impl Iterator<Item = Self> {
        let whole = match self.cadence {
            Cadence::Monthly => Self::of(self.first_day(), Cadence::Yearly),
            Cadence::Quarterly | Cadence::Yearly => self,
        };
        let first = Self {
            cadence: self.cadence,
            ..whole
        };
        std::iter::successors(Some(first), |one| Some(one.next()))
            .take_while(move |one| whole.covers(*one))
    }

    /// The months in it, the first one first.
    pub fn monthly(self) -> impl Iterator<Item = Self> {
        let first = Self {
            cadence: Cadence::Monthly,
            ..self
        };
        let each = std::iter::successors(Some(first), |one| Some(one.next()));
        each.take(usize::from(self.months()))
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
