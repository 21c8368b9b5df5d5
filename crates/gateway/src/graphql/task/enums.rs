//! What happens to tasks, as the API names it.

use async_graphql::Enum;

/// An act that moves a task from one state to another.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::task::Transition")]
pub enum Transition {
    /// 交办.
    HandOut,
    /// 改派.
    Reassign,
    /// 签收.
    Accept,
    /// 退回改派.
    Decline,
    /// 申请办结.
    SubmitCompletion,
    /// 退回: what is to be mended, and by when.
    Return,
    /// 办结/销号.
    Complete,
    /// 阶段性办结, of standing and periodic tasks.
    CompleteStage,
    /// The next stage of a standing or periodic task begins.
    BeginStage,
    /// 中止.
    Suspend,
    /// 恢复, to where the task stood before.
    Resume,
    /// 回头看.
    Reopen,
    /// 归档.
    Archive,
    /// 撤销.
    Cancel,
}

/// How well a task was done (办结等次).
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::task::Grade")]
pub enum Grade {
    /// 优秀.
    Excellent,
    /// 良好.
    Good,
    /// 合格.
    Pass,
    /// 不合格.
    Fail,
}

/// Whether a request for more time is decided.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::task::ExtensionState")]
pub enum ExtensionState {
    /// Waiting for a decision.
    Requested,
    /// Granted: the deadline moved.
    Approved,
    /// Refused: the deadline stays.
    Refused,
}
