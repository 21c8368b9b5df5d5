//! Why an act on a notice is refused.

use time::Date;

use super::{NoticeAct, NoticeLevel, NoticeNumber, NoticeState, REPLY_WORKING_DAYS};
use crate::{error::Coded, task::TaskState};

/// Why an act on a notice is refused. The notice is unchanged then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoticeRefusal {
    /// Not from where it stands.
    #[error("{act} is not allowed from {state}")]
    NotAllowed {
        /// Where it stands.
        state: NoticeState,
        /// What was tried.
        act: NoticeAct,
    },
    /// Nothing is pressed after completion or cancellation.
    #[error("the task is done: {state}")]
    TaskDone {
        /// Where the task stands.
        state: TaskState,
    },
    /// The task is not handed out, was declined, or rests.
    #[error("nobody works on the task: {state}")]
    TaskNotUnderway {
        /// Where the task stands.
        state: TaskState,
    },
    /// One notice at a time.
    #[error("{number} still waits for its reply")]
    OpenAlready {
        /// The notice that waits.
        number: NoticeNumber,
    },
    /// Nobody could read it.
    #[error("no department, or nobody with an account in it")]
    NoRecipient,
    /// Too few or too many days to reply.
    #[error("{days} working days to reply")]
    ReplyDays {
        /// Days given.
        days: u8,
    },
    /// The next rung waits for the reply date.
    #[error("replies are due on {reply_by}")]
    NotOverdue {
        /// Last day to reply.
        reply_by: Date,
    },
    /// Nobody stands above.
    #[error("{level} is the top rung that can be reached")]
    TopLevel {
        /// The rung reached.
        level: NoticeLevel,
    },
    /// The caller's department has nothing to reply to.
    #[error("not addressed")]
    NotAddressed,
    /// Each department replies once.
    #[error("replied already")]
    RepliedAlready,
    /// Somebody has not replied.
    #[error("{count} have not replied")]
    NotReplied {
        /// How many departments.
        count: usize,
    },
}

impl Coded for NoticeRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotAllowed { .. } => "NOTICE_ACT_NOT_ALLOWED",
            Self::TaskDone { .. } => "NOTICE_TASK_DONE",
            Self::TaskNotUnderway { .. } => "NOTICE_TASK_NOT_UNDERWAY",
            Self::OpenAlready { .. } => "NOTICE_OPEN_ALREADY",
            Self::NoRecipient => "NOTICE_NO_RECIPIENT",
            Self::ReplyDays { .. } => "NOTICE_REPLY_DAYS",
            Self::NotOverdue { .. } => "NOTICE_NOT_OVERDUE",
            Self::TopLevel { .. } => "NOTICE_TOP_LEVEL",
            Self::NotAddressed => "NOTICE_NOT_ADDRESSED",
            Self::RepliedAlready => "NOTICE_REPLIED_ALREADY",
            Self::NotReplied { .. } => "NOTICE_NOT_REPLIED",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotAllowed { state, act } => {
                vec![("state", state.to_string()), ("act", act.to_string())]
            }
            Self::TaskDone { state } | Self::TaskNotUnderway { state } => {
                vec![("state", state.to_string())]
            }
            Self::OpenAlready { number } => vec![("number", number.to_string())],
            Self::ReplyDays { days } => vec![
                ("days", days.to_string()),
                ("least", REPLY_WORKING_DAYS.start().to_string()),
                ("most", REPLY_WORKING_DAYS.end().to_string()),
            ],
            Self::NotOverdue { reply_by } => vec![("replyBy", reply_by.to_string())],
            Self::TopLevel { level } => vec![("level", level.to_string())],
            Self::NotReplied { count } => vec![("count", count.to_string())],
            Self::NoRecipient | Self::NotAddressed | Self::RepliedAlready => Vec::new(),
        }
    }
}
