//! Why a light shows what it shows: one code a cause, with its figures.

use time::Date;

use super::{Colour, Percent};
use crate::{notice::NoticeNumber, period::Period, quantity::Figure};

/// One cause, and the colour that it gives by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LightReason {
    /// What is the matter.
    pub cause: Cause,
    /// What it alone would show.
    pub colour: Colour,
}

/// What is the matter with a task, or that nothing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// 未交办.
    NotHandedOut,
    /// Handed out, within its days to sign.
    AwaitingAcceptance {
        /// Last day to sign.
        sign_by: Option<Date>,
    },
    /// 中止, within its days.
    Suspended {
        /// When it is looked at again.
        review_on: Option<Date>,
    },
    /// 撤销.
    Cancelled,
    /// 办结 or archived.
    Completed,
    /// 阶段性办结.
    StageCompleted,
    /// Under way, and nothing is the matter.
    OnTrack {
        /// Last day.
        deadline: Date,
        /// Days left.
        days: i64,
    },
    /// Submitted in time and being looked at.
    InReview {
        /// Since when.
        since: Date,
    },
    /// 逾期: the deadline is past.
    Overdue {
        /// Last day.
        deadline: Date,
        /// Days since.
        days: i64,
    },
    /// Submitted after the deadline.
    SubmittedLate {
        /// Last day.
        deadline: Date,
        /// Days from then to the submission.
        days: i64,
    },
    /// 临期.
    DeadlineNear {
        /// Last day.
        deadline: Date,
        /// Days left.
        days: i64,
    },
    /// Only an extension keeps it from being late.
    Extended {
        /// Last day as handed out, which is past.
        original: Date,
        /// Last day now.
        deadline: Date,
    },
    /// 超期未签收.
    Unsigned {
        /// Last day to sign.
        sign_by: Date,
        /// Days since.
        days: i64,
    },
    /// 退回改派: nobody has it.
    Declined,
    /// 退回, to be mended.
    Returned {
        /// By when.
        mend_by: Option<Date>,
    },
    /// What was returned is not mended in time.
    MendingOverdue {
        /// It was to be mended by then.
        mend_by: Date,
        /// Days since.
        days: i64,
    },
    /// 回头看: something was found after completion.
    Reopened,
    /// A suspended task was to be looked at again.
    ReviewDue {
        /// On that day.
        review_on: Date,
        /// Days since.
        days: i64,
    },
    /// A submitted completion waits for a decision.
    ReviewWaiting {
        /// Since when.
        since: Date,
        /// Days since.
        days: i64,
    },
    /// 节点逾期.
    MilestonesOverdue {
        /// How many.
        count: usize,
        /// The one that waits longest.
        title: String,
        /// Its last day.
        due_on: Date,
        /// Days since.
        days: i64,
    },
    /// 缺报.
    ReportsMissing {
        /// Of which periods.
        periods: Vec<Period>,
    },
    /// 督办单逾期未回复.
    NoticeOverdue {
        /// Which.
        number: NoticeNumber,
        /// Last day to reply.
        reply_by: Date,
        /// Days since.
        days: i64,
    },
    /// 连续两期无动静.
    Untouched {
        /// Last time.
        since: Date,
        /// Whole periods since.
        periods: u16,
    },
    /// 责任人不在岗: those who act for it cannot sign in.
    OwnersGone {
        /// How many of two still can.
        left: u8,
    },
    /// 落后序时进度.
    BehindPace {
        /// What is attained.
        attained: Percent,
        /// What should be.
        expected: Percent,
        /// The difference.
        gap: Percent,
    },
    /// 预测难以完成: a target will probably be missed.
    TargetAtRisk {
        /// The code of the metric.
        metric: String,
        /// How likely it is met.
        probability: Percent,
        /// Where the year is expected to end.
        expected: Figure,
        /// The least result that meets it.
        target: Figure,
    },
}

impl Cause {
    /// The stable code; the sentence is made at the edge.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotHandedOut => "LIGHT_NOT_HANDED_OUT",
            Self::AwaitingAcceptance { sign_by: Some(_) } => "LIGHT_AWAITING_ACCEPTANCE",
            Self::AwaitingAcceptance { sign_by: None } => "LIGHT_AWAITING_ACCEPTANCE_UNDATED",
            Self::Suspended { review_on: Some(_) } => "LIGHT_SUSPENDED",
            Self::Suspended { review_on: None } => "LIGHT_SUSPENDED_UNDATED",
            Self::Cancelled => "LIGHT_CANCELLED",
            Self::Completed => "LIGHT_COMPLETED",
            Self::StageCompleted => "LIGHT_STAGE_COMPLETED",
            Self::OnTrack { .. } => "LIGHT_ON_TRACK",
            Self::InReview { .. } => "LIGHT_IN_REVIEW",
            Self::Overdue { .. } => "LIGHT_OVERDUE",
            Self::SubmittedLate { .. } => "LIGHT_SUBMITTED_LATE",
            Self::DeadlineNear { .. } => "LIGHT_DEADLINE_NEAR",
            Self::Extended { .. } => "LIGHT_EXTENDED",
            Self::Unsigned { .. } => "LIGHT_UNSIGNED",
            Self::Declined => "LIGHT_DECLINED",
            Self::Returned { mend_by: Some(_) } => "LIGHT_RETURNED",
            Self::Returned { mend_by: None } => "LIGHT_RETURNED_UNDATED",
            Self::MendingOverdue { .. } => "LIGHT_MENDING_OVERDUE",
            Self::Reopened => "LIGHT_REOPENED",
            Self::ReviewDue { .. } => "LIGHT_REVIEW_DUE",
            Self::ReviewWaiting { .. } => "LIGHT_REVIEW_WAITING",
            Self::MilestonesOverdue { .. } => "LIGHT_MILESTONES_OVERDUE",
            Self::ReportsMissing { .. } => "LIGHT_REPORTS_MISSING",
            Self::NoticeOverdue { .. } => "LIGHT_NOTICE_OVERDUE",
            Self::Untouched { .. } => "LIGHT_UNTOUCHED",
            Self::OwnersGone { left: 0 } => "LIGHT_OWNERS_GONE",
            Self::OwnersGone { .. } => "LIGHT_OWNER_GONE",
            Self::BehindPace { .. } => "LIGHT_BEHIND_PACE",
            Self::TargetAtRisk { .. } => "LIGHT_TARGET_AT_RISK",
        }
    }

    /// Figures for the sentence, by name.
    #[must_use]
    pub fn figures(&self) -> Vec<(&'static str, String)> {
        let maybe = |name, day: Option<Date>| {
            let day = day.map(|day| (name, day.to_string()));
            day.into_iter().collect()
        };
        match self {
            Self::NotHandedOut
            | Self::Cancelled
            | Self::Completed
            | Self::StageCompleted
            | Self::Declined
            | Self::Reopened => Vec::new(),
            Self::AwaitingAcceptance { sign_by } => maybe("signBy", *sign_by),
            Self::Suspended { review_on } => maybe("reviewOn", *review_on),
            Self::Returned { mend_by } => maybe("mendBy", *mend_by),
            Self::InReview { since } => vec![("since", since.to_string())],
            Self::OnTrack { .. }
            | Self::Overdue { .. }
            | Self::SubmittedLate { .. }
            | Self::DeadlineNear { .. }
            | Self::Unsigned { .. }
            | Self::MendingOverdue { .. }
            | Self::ReviewDue { .. }
            | Self::ReviewWaiting { .. } => self.when(),
            Self::Extended { original, deadline } => {
                shown([("original", original), ("deadline", deadline)])
            }
            Self::MilestonesOverdue { count, title, .. } => {
                let counted = shown([("count", count), ("title", title)]);
                [counted, self.when()].concat()
            }
            Self::ReportsMissing { periods } => vec![
                ("count", periods.len().to_string()),
                ("periods", listed(periods)),
            ],
            Self::NoticeOverdue {
                number,
                reply_by,
                days,
            } => shown([("number", number), ("replyBy", reply_by), ("days", days)]),
            Self::Untouched { since, periods } => shown([("since", since), ("periods", periods)]),
            Self::OwnersGone { left } => vec![("left", left.to_string())],
            Self::BehindPace {
                attained,
                expected,
                gap,
            } => shown([("attained", attained), ("expected", expected), ("gap", gap)]),
            Self::TargetAtRisk {
                metric,
                probability,
                expected,
                target,
            } => shown([
                ("metric", metric),
                ("probability", probability),
                ("expected", expected),
                ("target", target),
            ]),
        }
    }

    /// The day that something hangs on, and how many days it is from it.
    fn when(&self) -> Vec<(&'static str, String)> {
        let (name, day, days) = match self {
            Self::OnTrack { deadline, days }
            | Self::Overdue { deadline, days }
            | Self::SubmittedLate { deadline, days }
            | Self::DeadlineNear { deadline, days } => ("deadline", deadline, days),
            Self::Unsigned { sign_by, days } => ("signBy", sign_by, days),
            Self::MendingOverdue { mend_by, days } => ("mendBy", mend_by, days),
            Self::ReviewDue { review_on, days } => ("reviewOn", review_on, days),
            Self::ReviewWaiting { since, days } => ("since", since, days),
            Self::MilestonesOverdue { due_on, days, .. } => ("dueOn", due_on, days),
            _ => return Vec::new(),
        };
        shown([(name, day), ("days", days)])
    }
}

/// Figures as they are written.
fn shown<const N: usize>(
    figures: [(&'static str, &dyn std::fmt::Display); N],
) -> Vec<(&'static str, String)> {
    figures
        .map(|(name, value)| (name, value.to_string()))
        .into()
}

/// Periods one after another.
pub(super) fn listed(periods: &[Period]) -> String {
    let names: Vec<String> = periods.iter().map(ToString::to_string).collect();
    names.join(", ")
}
