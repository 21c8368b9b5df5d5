//! What happens to notices, step by step.

use time::{Date, OffsetDateTime};

use super::NoticeLevel;
use crate::{access::Person, ids::DepartmentId, named::named, text::Reason};

named! {
    /// What may happen to a notice.
    NoticeAct {
        /// 制发.
        Issue = "ISSUE",
        /// 回复.
        Reply = "REPLY",
        /// 升级: the next rung of the ladder.
        Escalate = "ESCALATE",
        /// 办结.
        Close = "CLOSE",
        /// 撤回.
        Withdraw = "WITHDRAW",
    }
}

/// One thing that happened to a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeStep {
    /// What.
    pub act: NoticeAct,
    /// Who did it.
    pub by: Person,
    /// When.
    pub at: OffsetDateTime,
    /// The rung then.
    pub level: NoticeLevel,
    /// The reply date then.
    pub reply_by: Date,
    /// For which department a reply speaks.
    pub department: Option<DepartmentId>,
    /// The words given with it.
    pub words: Option<Reason>,
    /// Whether the rules did it, in the name of whoever issued the notice.
    pub is_automatic: bool,
}
