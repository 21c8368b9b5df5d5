//! Where a task stands (product rule 1).

use crate::named::named;

named! {
    /// Where a task stands. Overdue, nudged and the light are computed beside it, never a state.
    TaskState {
        /// 拟立项.
        Draft = "DRAFT",
        /// 已交办.
        Assigned = "ASSIGNED",
        /// 退回改派.
        Declined = "DECLINED",
        /// 承办.
        InProgress = "IN_PROGRESS",
        /// 申请办结.
        CompletionSubmitted = "COMPLETION_SUBMITTED",
        /// 退回.
        Returned = "RETURNED",
        /// 阶段性办结.
        StageCompleted = "STAGE_COMPLETED",
        /// 中止.
        Suspended = "SUSPENDED",
        /// 办结/销号.
        Completed = "COMPLETED",
        /// 回头看.
        Reopened = "REOPENED",
        /// 归档.
        Archived = "ARCHIVED",
        /// 撤销.
        Cancelled = "CANCELLED",
    }
}
