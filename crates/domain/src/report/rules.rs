//! When reports are asked for (报送规则): terms, each within its bounds, and from which month on.

use std::ops::RangeInclusive;

use time::{Date, Duration};

use super::ReportWindow;
use crate::{
    calendar::WorkingCalendar,
    error::Coded,
    named::named,
    period::{Cadence, Period},
};

named! {
    /// A number that an installation may set.
    ReportTerm {
        /// Reports open this many days before the last day of the period.
        OpensDaysBeforeEnd = "OPENS_DAYS_BEFORE_END",
        /// They are due on this working day after the period, counted from 1.
        DueWorkingDay = "DUE_WORKING_DAY",
        /// The period closes this many working days after the due day.
        ClosesAfterWorkingDays = "CLOSES_AFTER_WORKING_DAYS",
    }
}

impl ReportTerm {
    /// What it may be. A month opens within itself, and has closed two months later.
    #[must_use]
    pub const fn bounds(self) -> RangeInclusive<u8> {
        match self {
            Self::OpensDaysBeforeEnd => 0..=27,
            Self::DueWorkingDay => 1..=15,
            Self::ClosesAfterWorkingDays => 0..=15,
        }
    }
}

/// The numbers as somebody writes them down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ReportTerms {
    /// [`ReportTerm::OpensDaysBeforeEnd`].
    pub opens_days_before_end: u8,
    /// [`ReportTerm::DueWorkingDay`].
    pub due_working_day: u8,
    /// [`ReportTerm::ClosesAfterWorkingDays`].
    pub closes_after_working_days: u8,
}

impl ReportTerms {
    /// The number of that name.
    #[must_use]
    pub const fn get(&self, which: ReportTerm) -> u8 {
        match which {
            ReportTerm::OpensDaysBeforeEnd => self.opens_days_before_end,
            ReportTerm::DueWorkingDay => self.due_working_day,
            ReportTerm::ClosesAfterWorkingDays => self.closes_after_working_days,
        }
    }

    /// Sets the number of that name, whatever its bounds.
    pub const fn set(&mut self, which: ReportTerm, value: u8) {
        match which {
            ReportTerm::OpensDaysBeforeEnd => self.opens_days_before_end = value,
            ReportTerm::DueWorkingDay => self.due_working_day = value,
            ReportTerm::ClosesAfterWorkingDays => self.closes_after_working_days = value,
        }
    }
}

impl Default for ReportTerms {
    fn default() -> Self {
        Self {
            opens_days_before_end: 5,
            due_working_day: 5,
            closes_after_working_days: 10,
        }
    }
}

/// Why a term cannot stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{term} is {value}, not within {least} to {most}")]
pub struct ReportRulesError {
    /// Which.
    pub term: ReportTerm,
    /// The number given.
    pub value: u8,
    /// The least it may be.
    pub least: u8,
    /// The most it may be.
    pub most: u8,
}

impl Coded for ReportRulesError {
    fn code(&self) -> &'static str {
        "REPORT_TERM_OUT_OF_RANGE"
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        vec![
            ("value", self.value.to_string()),
            ("least", self.least.to_string()),
            ("most", self.most.to_string()),
        ]
    }
}

/// Terms that keep their bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ReportRules(ReportTerms);

impl ReportRules {
    /// Takes terms.
    ///
    /// # Errors
    ///
    /// [`ReportRulesError`] of the first that is out of its bounds.
    pub fn try_new(terms: ReportTerms) -> Result<Self, ReportRulesError> {
        for term in ReportTerm::ALL {
            let (value, bounds) = (terms.get(*term), term.bounds());
            if !bounds.contains(&value) {
                return Err(ReportRulesError {
                    term: *term,
                    value,
                    least: *bounds.start(),
                    most: *bounds.end(),
                });
            }
        }
        Ok(Self(terms))
    }

    /// The terms.
    #[must_use]
    pub const fn terms(&self) -> &ReportTerms {
        &self.0
    }

    /// The first day on which reports of a period are taken.
    #[must_use]
    pub fn opens_on(&self, period: Period) -> Date {
        let end = period.last_day();
        let before = Duration::days(i64::from(self.0.opens_days_before_end));
        end.checked_sub(before).unwrap_or(end)
    }
}

/// Which rules each month follows: those that the product came with, and every change after them
/// with the first month that follows it.
///
/// A change never rewrites history. It begins with the first month that has opened neither under
/// the rules that stood nor under the new ones ([`ReportSchedule::first_month`]), so the window of
/// a month that has opened stays as it was, and with it who was late. Of two changes that a month
/// could follow, the later one stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportSchedule(Vec<(Period, ReportRules)>);

impl ReportSchedule {
    /// Changes in the order in which they were made, each with its first month.
    #[must_use]
    pub const fn new(changes: Vec<(Period, ReportRules)>) -> Self {
        Self(changes)
    }

    /// The rules that a period follows; a longer one those of its last month.
    #[must_use]
    pub fn rules_of(&self, period: Period) -> ReportRules {
        let month = Period::of(period.last_day(), Cadence::Monthly);
        let change = self.0.iter().rfind(|(from, _)| *from <= month);
        change.map(|(_, rules)| *rules).unwrap_or_default()
    }

    /// The first month that would follow rules made on a day.
    #[must_use]
    pub fn first_month(&self, rules: &ReportRules, today: Date) -> Period {
        let month = Period::of(today, Cadence::Monthly);
        let opening = [self.rules_of(month), *rules].map(|one| one.opens_on(month));
        if opening.iter().any(|day| *day <= today) {
            month.next()
        } else {
            month
        }
    }

    /// The schedule after rules were made on a day.
    #[must_use]
    pub fn changed(&self, rules: ReportRules, today: Date) -> Self {
        let from = self.first_month(&rules, today);
        let changes = self.0.iter().copied().chain([(from, rules)]);
        Self(changes.collect())
    }

    /// The window of a period.
    #[must_use]
    pub fn window(&self, period: Period, calendar: &WorkingCalendar) -> ReportWindow {
        ReportWindow::of(period, &self.rules_of(period), calendar)
    }

    /// The window that a reporter looks at on a day: the one that takes reports, the next to open
    /// otherwise.
    #[must_use]
    pub fn current(&self, day: Date, calendar: &WorkingCalendar) -> ReportWindow {
        let this = self.window(Period::of(day, Cadence::Monthly), calendar);
        let before = self.window(this.period.previous(), calendar);
        if day < this.opens_on && before.takes_on(day) {
            before
        } else {
            this
        }
    }

    /// The windows of months that take reports on a day, the older month first.
    #[must_use]
    pub fn taking_on(&self, day: Date, calendar: &WorkingCalendar) -> Vec<ReportWindow> {
        let this = Period::of(day, Cadence::Monthly);
        let before = this.previous();
        [before.previous(), before, this]
            .into_iter()
            .map(|month| self.window(month, calendar))
            .filter(|one| one.takes_on(day))
            .collect()
    }
}
