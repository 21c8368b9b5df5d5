//! What would turn a light green.

use time::Date;

use super::{Percent, cause::listed};
use crate::{notice::NoticeNumber, period::Period, quantity::Figure};

/// An act that takes away a cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// 交办.
    HandOut,
    /// 签收.
    Accept,
    /// 改派.
    Reassign,
    /// 恢复.
    Resume,
    /// 申请办结.
    Submit {
        /// By when.
        by: Option<Date>,
    },
    /// Submit and be accepted: no day helps any more.
    Complete,
    /// Decide on what was submitted.
    Review,
    /// Take the milestones whose day is past.
    FinishMilestones {
        /// How many.
        count: usize,
    },
    /// 补报.
    SubmitReports {
        /// Of which periods.
        periods: Vec<Period>,
    },
    /// 回复督办单.
    ReplyToNotice {
        /// Which.
        number: NoticeNumber,
    },
    /// Do anything at all: a report, a step.
    Touch,
    /// Name people who can sign in, or give those named their accounts back.
    NameOwners,
    /// Bring the verified figures up.
    CatchUp {
        /// To at least this much of the target.
        to: Percent,
    },
    /// Bring so much in the months to come that the target is likely enough.
    RaiseForecast {
        /// The code of the metric.
        metric: String,
        /// Months to come.
        months: u16,
        /// What each of them has to bring on average to meet the target.
        each: Figure,
        /// How likely it has to be.
        to: Percent,
    },
}

impl Remedy {
    /// The stable code; the sentence is made at the edge.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::HandOut => "LIGHT_TO_HAND_OUT",
            Self::Accept => "LIGHT_TO_ACCEPT",
            Self::Reassign => "LIGHT_TO_REASSIGN",
            Self::Resume => "LIGHT_TO_RESUME",
            Self::Submit { by: Some(_) } => "LIGHT_TO_SUBMIT_BY",
            Self::Submit { by: None } => "LIGHT_TO_SUBMIT",
            Self::Complete => "LIGHT_TO_COMPLETE",
            Self::Review => "LIGHT_TO_REVIEW",
            Self::FinishMilestones { .. } => "LIGHT_TO_FINISH_MILESTONES",
            Self::SubmitReports { .. } => "LIGHT_TO_REPORT",
            Self::ReplyToNotice { .. } => "LIGHT_TO_REPLY",
            Self::Touch => "LIGHT_TO_TOUCH",
            Self::NameOwners => "LIGHT_TO_NAME_OWNERS",
            Self::CatchUp { .. } => "LIGHT_TO_CATCH_UP",
            Self::RaiseForecast { .. } => "LIGHT_TO_RAISE_FORECAST",
        }
    }

    /// Figures for the sentence, by name.
    #[must_use]
    pub fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Submit { by: Some(by) } => vec![("by", by.to_string())],
            Self::FinishMilestones { count } => vec![("count", count.to_string())],
            Self::SubmitReports { periods } => vec![("periods", listed(periods))],
            Self::ReplyToNotice { number } => vec![("number", number.to_string())],
            Self::CatchUp { to } => vec![("to", to.to_string())],
            Self::RaiseForecast {
                metric,
                months,
                each,
                to,
            } => vec![
                ("metric", metric.clone()),
                ("months", months.to_string()),
                ("each", each.to_string()),
                ("to", to.to_string()),
            ],
            Self::HandOut
            | Self::Accept
            | Self::Reassign
            | Self::Resume
            | Self::Submit { by: None }
            | Self::Complete
            | Self::Review
            | Self::Touch
            | Self::NameOwners => Vec::new(),
        }
    }
}
