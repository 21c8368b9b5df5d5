//! The days between which a period's reports are taken.

use time::Date;

use super::ReportRules;
use crate::{calendar::WorkingCalendar, period::Period};

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
    /// The window of a period under some rules (product rule 11).
    #[must_use]
    pub fn of(period: Period, rules: &ReportRules, calendar: &WorkingCalendar) -> Self {
        let (end, terms) = (period.last_day(), rules.terms());
        let due_on = calendar.working_day_after(end, u32::from(terms.due_working_day));
        Self {
            period,
            opens_on: rules.opens_on(period),
            due_on,
            closes_on: calendar
                .working_day_after(due_on, u32::from(terms.closes_after_working_days)),
        }
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

    /// Whether reports are taken on a day, on time or late.
    #[must_use]
    pub fn takes_on(&self, day: Date) -> bool {
        matches!(self.state_on(day), WindowState::Open | WindowState::Late)
    }
}
