//! Why an act on a task is refused: a code, and the figures that say what to mend.

use time::Date;

use super::state::{TaskState, Transition};
use crate::{error::Coded, ids::AccountId};

/// Why an act on a task is refused. The task is unchanged then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The table has no way from here.
    #[error("{attempted} is not allowed from {from}")]
    NotAllowed {
        /// Where the task stands.
        from: TaskState,
        /// What was tried.
        attempted: Transition,
    },
    /// Nobody leads.
    #[error("no department leads")]
    NoLead,
    /// A task is handed out with its last day.
    #[error("the deadline is missing")]
    NoDeadline,
    /// The day is over.
    #[error("{date} is past")]
    DatePast {
        /// The day given.
        date: Date,
    },
    /// One person cannot stand in for himself.
    #[error("the accountable person and the substitute are one")]
    OwnersSame,
    /// Somebody without a live account in the lead department.
    #[error("{account} has no live account in the lead department")]
    OwnerNotLive {
        /// The account named.
        account: AccountId,
    },
    /// Metrics without verified attainment or approved exception, by code.
    #[error("metrics not attained: {}", .codes.join(", "))]
    MetricsOpen {
        /// Their codes.
        codes: Vec<String>,
    },
    /// Milestones neither done nor waived, by title.
    #[error("milestones open: {}", .titles.join(", "))]
    MilestonesOpen {
        /// Their titles.
        titles: Vec<String>,
    },
    /// Sub-tasks still open, by code.
    #[error("sub-tasks open: {}", .codes.join(", "))]
    SubTasksOpen {
        /// Their codes.
        codes: Vec<String>,
    },
    /// Whoever asked for it cannot decide on it.
    #[error("the same person stands behind the request and the decision")]
    SamePerson,
    /// Only standing and periodic tasks have stages.
    #[error("the task has no stages")]
    NotStanding,
    /// Nobody works on it now.
    #[error("nobody works on the task: {from}")]
    NotUnderway {
        /// Where the task stands.
        from: TaskState,
    },
    /// Extensions are asked for up to the deadline, not after it.
    #[error("the deadline {deadline} is past")]
    DeadlinePassed {
        /// The deadline.
        deadline: Date,
    },
    /// An extension leads to a later day.
    #[error("{to} is not later than {deadline}")]
    NotLater {
        /// The deadline.
        deadline: Date,
        /// The day asked for.
        to: Date,
    },
    /// One request at a time.
    #[error("an extension is waiting for its decision")]
    ExtensionPending,
    /// It was decided already.
    #[error("the extension is decided")]
    ExtensionDecided,
}

impl Coded for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotAllowed { .. } => "TASK_TRANSITION_NOT_ALLOWED",
            Self::NoLead => "TASK_NO_LEAD",
            Self::NoDeadline => "TASK_NO_DEADLINE",
            Self::DatePast { .. } => "DATE_PAST",
            Self::OwnersSame => "TASK_OWNERS_SAME",
            Self::OwnerNotLive { .. } => "TASK_OWNER_NOT_LIVE",
            Self::MetricsOpen { .. } => "TASK_METRICS_OPEN",
            Self::MilestonesOpen { .. } => "TASK_MILESTONES_OPEN",
            Self::SubTasksOpen { .. } => "TASK_SUB_TASKS_OPEN",
            Self::SamePerson => "FOUR_EYES",
            Self::NotStanding => "TASK_NOT_STANDING",
            Self::NotUnderway { .. } => "TASK_NOT_UNDERWAY",
            Self::DeadlinePassed { .. } => "EXTENSION_AFTER_DEADLINE",
            Self::NotLater { .. } => "EXTENSION_NOT_LATER",
            Self::ExtensionPending => "EXTENSION_PENDING",
            Self::ExtensionDecided => "EXTENSION_DECIDED",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotAllowed { from, attempted } => vec![
                ("state", from.to_string()),
                ("transition", attempted.to_string()),
            ],
            Self::NotUnderway { from } => vec![("state", from.to_string())],
            Self::DatePast { date } => vec![("date", date.to_string())],
            Self::OwnerNotLive { account } => vec![("account", account.to_string())],
            Self::MetricsOpen { codes } | Self::SubTasksOpen { codes } => vec![
                ("count", codes.len().to_string()),
                ("codes", codes.join("、")),
            ],
            Self::MilestonesOpen { titles } => vec![
                ("count", titles.len().to_string()),
                ("titles", titles.join("、")),
            ],
            Self::DeadlinePassed { deadline } => vec![("deadline", deadline.to_string())],
            Self::NotLater { deadline, to } => {
                vec![("deadline", deadline.to_string()), ("to", to.to_string())]
            }
            Self::NoLead
            | Self::NoDeadline
            | Self::OwnersSame
            | Self::SamePerson
            | Self::NotStanding
            | Self::ExtensionPending
            | Self::ExtensionDecided => Vec::new(),
        }
    }
}
