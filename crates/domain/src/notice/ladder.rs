//! The ladder of those whom a notice reaches.

use time::OffsetDateTime;

use crate::{
    ids::{AccountId, DepartmentId},
    named::named,
};

named! {
    /// Whom a notice presses: the rungs of the ladder, from below.
    NoticeLevel {
        /// 联络员: those who work on the task.
        Liaison = "LIAISON",
        /// 部门负责人: who leads the department itself.
        Head = "HEAD",
        /// 分管领导: who leads above it.
        Leader = "LEADER",
    }
}

impl NoticeLevel {
    /// The next rung up on which anybody stands.
    #[must_use]
    pub fn next_among(self, reachable: &[Self]) -> Option<Self> {
        let above = Self::ALL.iter().filter(|one| **one > self);
        above.copied().find(|one| reachable.contains(one))
    }
}

/// A department that has to reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Addressee {
    /// The department.
    pub department: DepartmentId,
    /// When it replied.
    pub replied_at: Option<OffsetDateTime>,
}

/// A person who is told, for a department, on a rung of the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Recipient {
    /// The account.
    pub account: AccountId,
    /// For which department.
    pub department: DepartmentId,
    /// On which rung.
    pub level: NoticeLevel,
}
