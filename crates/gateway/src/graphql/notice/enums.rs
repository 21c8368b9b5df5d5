//! Notices and what people are told, as the API names them.

use async_graphql::Enum;

/// Whom a notice presses: the rungs of the ladder, from below.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::notice::NoticeLevel")]
pub enum NoticeLevel {
    /// 联络员: those who work on the task.
    Liaison,
    /// 部门负责人: who leads the department itself.
    Head,
    /// 分管领导: who leads above it.
    Leader,
}

/// Where a notice stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::notice::NoticeState")]
pub enum NoticeState {
    /// 待回复: at least one addressee has not replied.
    Issued,
    /// 已回复: every addressee has.
    Replied,
    /// 已办结: nothing more is expected.
    Closed,
    /// 已撤回: it should not have been sent.
    Withdrawn,
}

/// What may happen to a notice.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::notice::NoticeAct")]
pub enum NoticeAct {
    /// 制发.
    Issue,
    /// 回复.
    Reply,
    /// 升级: the next rung of the ladder.
    Escalate,
    /// 办结.
    Close,
    /// 撤回.
    Withdraw,
}
