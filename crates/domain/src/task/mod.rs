//! A numbered point of a plan, being carried out (任务), with who is responsible and its dated steps.

pub mod amendment;
mod assignment;
mod exception;
mod extension;
pub mod item;
mod life;
mod milestone;
mod refusal;
mod state;

use time::{Date, OffsetDateTime};

pub use assignment::{Assignment, AssignmentError, Assignments};
pub use exception::{ExceptionRefusal, ExceptionState, MetricException};
pub use extension::{Decision, Extension, ExtensionRequest, ExtensionState};
pub use life::{Circumstances, Command, Grade, Owners, Step, TaskLife};
pub use milestone::{
    Milestone, MilestoneAct, MilestoneCommand, MilestoneNow, MilestoneRefusal, MilestoneState,
    MilestoneStep,
};
pub use refusal::Refusal;
pub use state::{TaskState, Transition};

use crate::{
    ids::{PlanId, SectionId, TaskId},
    named::named,
    plan::draft::Span,
};

named! {
    /// Where a task comes from.
    TaskKind {
        /// 工作要点.
        WorkPoint = "WORK_POINT",
        /// 重点工作: sums up work points.
        KeyTask = "KEY_TASK",
        /// 分解任务.
        SubTask = "SUB_TASK",
        /// 会议议定.
        Meeting = "MEETING",
        /// 领导批示.
        Instruction = "INSTRUCTION",
        /// 上级交办.
        Superior = "SUPERIOR",
        /// 建议提案.
        Proposal = "PROPOSAL",
        /// 督查发现.
        Inspection = "INSPECTION",
    }
}

/// Longest title of a task, in characters.
pub const TITLE_LENGTH: usize = 300;

/// A task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Key.
    pub id: TaskId,
    /// `2025-14`, `2025-K05`.
    pub code: String,
    /// Where it comes from.
    pub kind: TaskKind,
    /// Where it stands.
    pub state: TaskState,
    /// The plan it was read from.
    pub plan: Option<PlanId>,
    /// The chapter it stands in.
    pub section: Option<SectionId>,
    /// The task it was divided from.
    pub parent: Option<TaskId>,
    /// Its number in the document.
    pub number: Option<i32>,
    /// The ordinal as printed.
    pub ordinal: Option<String>,
    /// Lead sentence.
    pub title: String,
    /// The whole point.
    pub text: String,
    /// Whether the document says who leads.
    pub is_role_stated: bool,
    /// Whether others take part without being named.
    pub has_others_unnamed: bool,
    /// Last day.
    pub deadline: Option<Date>,
    /// The words of the document that say so.
    pub deadline_text: Option<String>,
    /// Where it stands in the source text.
    pub span: Option<Span>,
    /// Order within the plan.
    pub position: i32,
    /// Last change.
    pub updated_at: OffsetDateTime,
    /// Changes so far, from 1.
    pub version: i32,
}
