//! What people are told (通知): events that concern them, and reminders.

use serde::{Deserialize, Serialize};
use serde_json::json;
use time::{Date, OffsetDateTime};

use crate::{
    event::DomainEvent,
    ids::{AccountId, ApiTokenId, DepartmentId, NoticeId, NotificationId, TaskId, WebhookId},
    named::named,
    reminder::{Phase, ReminderKind, TokenWarning},
    report::ReportKey,
};

named! {
    /// What a person is told.
    NotificationKind {
        /// 已交办: accept or decline.
        HandedOut = "HANDED_OUT",
        /// 被退回改派: give it to somebody else.
        Declined = "DECLINED",
        /// 申请办结: review it.
        CompletionSubmitted = "COMPLETION_SUBMITTED",
        /// 已退回: mend it.
        Returned = "RETURNED",
        /// 已办结.
        Completed = "COMPLETED",
        /// 申请延期: decide.
        ExtensionRequested = "EXTENSION_REQUESTED",
        /// 延期已审批.
        ExtensionDecided = "EXTENSION_DECIDED",
        /// 收到督办单: reply.
        NoticeIssued = "NOTICE_ISSUED",
        /// 督办单升级: reply.
        NoticeEscalated = "NOTICE_ESCALATED",
        /// 督办单已回复.
        NoticeReplied = "NOTICE_REPLIED",
        /// 督办单已撤回.
        NoticeWithdrawn = "NOTICE_WITHDRAWN",
        /// 月报被退回: mend it. With a phase it is a reminder of the same.
        ReportReturned = "REPORT_RETURNED",
        /// Reminder: accept or decline.
        SignFor = "SIGN_FOR",
        /// Reminder: report. Without a phase the period was opened again.
        Report = "REPORT",
        /// Reminder: the deadline.
        Deadline = "DEADLINE",
        /// Reminder: a milestone.
        Milestone = "MILESTONE",
        /// Reminder: mend what was returned.
        Mend = "MEND",
        /// Reminder: reply to a notice.
        NoticeReply = "NOTICE_REPLY",
        /// 令牌将到期: make its successor.
        TokenEnding = "TOKEN_ENDING",
        /// 令牌久未使用: take it back if nobody needs it.
        TokenUnused = "TOKEN_UNUSED",
        /// 推送停用: see what ails its receiver, and go on.
        WebhookStopped = "WEBHOOK_STOPPED",
    }
}

named! {
    /// What is missing: the place where the person goes on.
    NotificationField {
        /// The task, to read.
        Task = "TASK",
        /// Accepting or declining.
        Sign = "SIGN",
        /// Submitting completion, or asking for more time.
        Completion = "COMPLETION",
        /// Reviewing what was submitted.
        Review = "REVIEW",
        /// A request for more time.
        Extension = "EXTENSION",
        /// A milestone.
        Milestone = "MILESTONE",
        /// The report of a period.
        Report = "REPORT",
        /// The reply to a notice.
        NoticeReply = "NOTICE_REPLY",
        /// A notice, to read.
        Notice = "NOTICE",
        /// The tokens of a service account.
        Token = "TOKEN",
        /// A webhook of a service account.
        Webhook = "WEBHOOK",
    }
}

impl From<TokenWarning> for NotificationKind {
    fn from(warning: TokenWarning) -> Self {
        match warning {
            TokenWarning::Ending { .. } => Self::TokenEnding,
            TokenWarning::Unused { .. } => Self::TokenUnused,
        }
    }
}

impl From<ReminderKind> for NotificationKind {
    fn from(kind: ReminderKind) -> Self {
        match kind {
            ReminderKind::SignFor => Self::SignFor,
            ReminderKind::Report => Self::Report,
            ReminderKind::Deadline => Self::Deadline,
            ReminderKind::Milestone => Self::Milestone,
            ReminderKind::Mend => Self::Mend,
            ReminderKind::ReportMend => Self::ReportReturned,
            ReminderKind::NoticeReply => Self::NoticeReply,
        }
    }
}

impl NotificationKind {
    /// Where the person goes on.
    #[must_use]
    pub const fn field(self) -> NotificationField {
        match self {
            Self::HandedOut | Self::SignFor => NotificationField::Sign,
            Self::CompletionSubmitted => NotificationField::Review,
            Self::Returned | Self::Mend | Self::Deadline => NotificationField::Completion,
            Self::ExtensionRequested => NotificationField::Extension,
            Self::NoticeIssued | Self::NoticeEscalated | Self::NoticeReply => {
                NotificationField::NoticeReply
            }
            Self::NoticeReplied | Self::NoticeWithdrawn => NotificationField::Notice,
            Self::ReportReturned | Self::Report => NotificationField::Report,
            Self::Milestone => NotificationField::Milestone,
            Self::Declined | Self::Completed | Self::ExtensionDecided => NotificationField::Task,
            Self::TokenEnding | Self::TokenUnused => NotificationField::Token,
            Self::WebhookStopped => NotificationField::Webhook,
        }
    }

    /// Whether it is a reminder: worth nothing any more once the task is done.
    #[must_use]
    pub const fn is_reminder(self) -> bool {
        matches!(
            self,
            Self::SignFor
                | Self::Report
                | Self::Deadline
                | Self::Milestone
                | Self::Mend
                | Self::NoticeReply
        )
    }
}

/// The figures that its sentence needs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotificationFigures {
    /// Code of the task; empty where it is about none.
    pub task: String,
    /// Title of the task.
    pub title: String,
    /// Number of the notice.
    pub number: Option<String>,
    /// Which milestone or period.
    pub subject: Option<String>,
    /// The words of whoever acted.
    pub words: Option<String>,
    /// A verdict by its name: `APPROVED`, `REFUSED`.
    pub verdict: Option<String>,
    /// Whose report it is about.
    #[serde(default)]
    pub reporter: Option<Reporter>,
    /// Which token it is about.
    #[serde(default)]
    pub token: Option<WarnedToken>,
    /// Which webhook it is about.
    #[serde(default)]
    pub webhook: Option<StoppedWebhook>,
}

/// The department whose report something is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reporter {
    /// The department.
    pub department: DepartmentId,
    /// Its code.
    pub code: String,
}

/// The token that something is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WarnedToken {
    /// The token.
    pub token: ApiTokenId,
    /// What it is for.
    pub name: String,
    /// The part of it that may be seen.
    pub public_id: String,
    /// Login of its service account.
    pub login: String,
    /// How others see that account.
    pub account: String,
}

/// The webhook that something is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoppedWebhook {
    /// The webhook.
    pub webhook: WebhookId,
    /// What it is for.
    pub name: String,
    /// How others see its service account.
    pub account: String,
    /// Whether its receiver said that it is gone, rather than failing for too long.
    pub is_gone: bool,
}

/// Something that a person is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Key.
    pub id: NotificationId,
    /// Who is told.
    pub account: AccountId,
    /// What tells it apart: nobody is told twice under the same key.
    pub natural_key: String,
    /// What.
    pub kind: NotificationKind,
    /// On which side of the date a reminder is.
    pub phase: Option<Phase>,
    /// About which task.
    pub task: Option<TaskId>,
    /// About which notice.
    pub notice: Option<NoticeId>,
    /// By when something is to be done.
    pub due_on: Option<Date>,
    /// The figures of its sentence.
    pub figures: NotificationFigures,
    /// When.
    pub created_at: OffsetDateTime,
    /// When it was read.
    pub read_at: Option<OffsetDateTime>,
}

/// What is told to listeners when somebody is told something; no change, so no trail keeps it.
pub const NOTIFICATION_ADDED: &str = "notification.added";

impl Notification {
    /// Says to listeners that this was told, and to whom.
    #[must_use]
    pub fn added(&self) -> DomainEvent {
        DomainEvent::new(NOTIFICATION_ADDED, "Notification", self.id.0)
            .with(json!({ "account": self.account }))
    }

    /// Whether it asks for a returned report once more.
    #[must_use]
    pub fn asks_to_mend(&self) -> bool {
        self.kind == NotificationKind::ReportReturned && self.phase.is_some()
    }

    /// The report that it is about.
    #[must_use]
    pub fn report(&self) -> Option<ReportKey> {
        let (task, reporter) = self.task.zip(self.figures.reporter.as_ref())?;
        Some(ReportKey {
            task,
            department: reporter.department,
            period: self.figures.subject.as_ref()?.parse().ok()?,
        })
    }
}
