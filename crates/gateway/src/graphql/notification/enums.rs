//! What people are told, as the API names it.

use async_graphql::Enum;

/// What a person is told.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::notification::NotificationKind")]
pub enum NotificationKind {
    /// 已交办: accept or decline.
    HandedOut,
    /// 被退回改派: give it to somebody else.
    Declined,
    /// 申请办结: review it.
    CompletionSubmitted,
    /// 已退回: mend it.
    Returned,
    /// 已办结.
    Completed,
    /// 申请延期: decide.
    ExtensionRequested,
    /// 延期已审批.
    ExtensionDecided,
    /// 收到督办单: reply.
    NoticeIssued,
    /// 督办单升级: reply.
    NoticeEscalated,
    /// 督办单已回复.
    NoticeReplied,
    /// 督办单已撤回.
    NoticeWithdrawn,
    /// 月报被退回: mend it.
    ReportReturned,
    /// Reminder: accept or decline.
    SignFor,
    /// Reminder: report.
    Report,
    /// Reminder: the deadline.
    Deadline,
    /// Reminder: a milestone.
    Milestone,
    /// Reminder: mend what was returned.
    Mend,
    /// Reminder: reply to a notice.
    NoticeReply,
    /// 令牌将到期: a token ends in 14, 7 or 1 days; make its successor.
    TokenEnding,
    /// 令牌久未使用: a token was not used for 60 days; take it back if nobody needs it.
    TokenUnused,
    /// 推送停用: a webhook failed for five days or its receiver is gone; see to it, and go on.
    WebhookStopped,
}

/// What is missing: the place where the person goes on.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::notification::NotificationField")]
pub enum NotificationField {
    /// The task, to read.
    Task,
    /// Accepting or declining.
    Sign,
    /// Submitting completion, or asking for more time.
    Completion,
    /// Reviewing what was submitted.
    Review,
    /// A request for more time.
    Extension,
    /// A milestone.
    Milestone,
    /// The report of a period.
    Report,
    /// The reply to a notice.
    NoticeReply,
    /// A notice, to read.
    Notice,
    /// The tokens of a service account.
    Token,
    /// A webhook of a service account.
    Webhook,
}

/// On which side of its date a reminder is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::reminder::Phase")]
pub enum ReminderPhase {
    /// Some working days before.
    Before,
    /// On the day, or the last working day before it.
    On,
    /// Past it.
    After,
}

/// Whether a mail is gone.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_persistence::mails::MailState")]
pub enum MailState {
    /// Waits for its next try; without a mail server it stays so.
    Queued,
    /// A server is at it.
    Sending,
    /// Taken by the mail server.
    Sent,
    /// Given up.
    Failed,
}

/// The language of mails.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_persistence::notification_settings::MailLanguage")]
pub enum MailLanguage {
    /// 中文.
    Chinese,
    /// English.
    English,
}
