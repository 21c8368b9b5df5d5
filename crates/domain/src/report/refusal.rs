//! Why an act on a report is refused: a code, and the figures that say what to mend.

use time::Date;

use super::{ReportCell, ReportState};
use crate::{error::Coded, period::Period};

/// Why an act on a report is refused. The report is unchanged then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReportRefusal {
    /// Reports of the period are not taken yet.
    #[error("reports of {period} are taken from {opens_on}")]
    NotOpen {
        /// The period.
        period: Period,
        /// First day.
        opens_on: Date,
    },
    /// Reports of the period are not taken any more.
    #[error("{period} closed on {closed_on}")]
    Closed {
        /// The period.
        period: Period,
        /// Last day on which reports were taken.
        closed_on: Date,
    },
    /// Reports are monthly.
    #[error("{period} is no month")]
    NotMonthly {
        /// The period given.
        period: Period,
    },
    /// The department owes no report on the task for the period.
    #[error("no report is owed for {period}")]
    NotOwed {
        /// The period.
        period: Period,
    },
    /// It waits for review, or was accepted.
    #[error("a report that is {state} is not changed")]
    NotEditable {
        /// Where it stands.
        state: ReportState,
    },
    /// Only what was submitted is reviewed.
    #[error("a report that is {state} is not reviewed")]
    NotSubmitted {
        /// Where it stands.
        state: ReportState,
    },
    /// A cell is to be filled first.
    #[error("{cell} is empty")]
    CellMissing {
        /// The cell.
        cell: ReportCell,
    },
    /// A cell says too much.
    #[error("{cell} has {length} characters, at most {}", .cell.limit())]
    CellTooLong {
        /// The cell.
        cell: ReportCell,
        /// Characters given.
        length: usize,
    },
    /// A cell holds control characters.
    #[error("{cell} holds control characters")]
    CellControl {
        /// The cell.
        cell: ReportCell,
    },
    /// A return names at least one cell.
    #[error("no cell is named")]
    NoCell,
    /// The day is over.
    #[error("{date} is past")]
    DatePast {
        /// The day given.
        date: Date,
    },
    /// What is mended after the period closes could not be submitted.
    #[error("{mend_by} is after {closes_on}, when the period closes")]
    MendAfterClose {
        /// The day given.
        mend_by: Date,
        /// Last day on which reports of the period are taken.
        closes_on: Date,
    },
    /// Whoever wrote or submitted it does not review it.
    #[error("the same person stands behind the report and the decision")]
    SamePerson,
    /// A period that takes reports is not opened again.
    #[error("{period} takes reports until {closes_on}")]
    NotClosed {
        /// The period.
        period: Period,
        /// Last day on which reports are taken.
        closes_on: Date,
    },
}

impl ReportRefusal {
    /// The cell that it is about.
    #[must_use]
    pub const fn cell(&self) -> Option<ReportCell> {
        match self {
            Self::CellMissing { cell }
            | Self::CellTooLong { cell, .. }
            | Self::CellControl { cell } => Some(*cell),
            _ => None,
        }
    }
}

impl Coded for ReportRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotOpen { .. } => "PERIOD_NOT_OPEN",
            Self::Closed { .. } => "PERIOD_CLOSED",
            Self::NotMonthly { .. } => "PERIOD_NOT_MONTHLY",
            Self::NotOwed { .. } => "REPORT_NOT_OWED",
            Self::NotEditable { .. } => "REPORT_NOT_EDITABLE",
            Self::NotSubmitted { .. } => "REPORT_NOT_SUBMITTED",
            Self::CellMissing { .. } => "REPORT_CELL_MISSING",
            Self::CellTooLong { .. } => "TEXT_TOO_LONG",
            Self::CellControl { .. } => "REPORT_CELL_CONTROL",
            Self::NoCell => "REPORT_NO_CELL",
            Self::DatePast { .. } => "DATE_PAST",
            Self::MendAfterClose { .. } => "REPORT_MEND_AFTER_CLOSE",
            Self::SamePerson => "FOUR_EYES",
            Self::NotClosed { .. } => "PERIOD_NOT_CLOSED",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotOpen { period, opens_on } => vec![
                ("period", period.to_string()),
                ("opensOn", opens_on.to_string()),
            ],
            Self::Closed { period, closed_on } => vec![
                ("period", period.to_string()),
                ("closedOn", closed_on.to_string()),
            ],
            Self::NotMonthly { period } | Self::NotOwed { period } => {
                vec![("period", period.to_string())]
            }
            Self::NotEditable { state } | Self::NotSubmitted { state } => {
                vec![("state", state.to_string())]
            }
            Self::CellMissing { cell } => vec![("cell", cell.to_string())],
            Self::CellTooLong { cell, length } => vec![
                ("length", length.to_string()),
                ("most", cell.limit().to_string()),
            ],
            Self::DatePast { date } => vec![("date", date.to_string())],
            Self::MendAfterClose { mend_by, closes_on } => vec![
                ("mendBy", mend_by.to_string()),
                ("closesOn", closes_on.to_string()),
            ],
            Self::NotClosed { period, closes_on } => vec![
                ("period", period.to_string()),
                ("closesOn", closes_on.to_string()),
            ],
            Self::CellControl { .. } | Self::NoCell | Self::SamePerson => Vec::new(),
        }
    }
}
