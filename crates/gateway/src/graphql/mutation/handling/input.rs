//! What the acts on a task take.

use async_graphql::{ID, InputObject};

use crate::graphql::{scalars::Date, task::enums::Grade};

/// One task to be handed out.
#[derive(InputObject)]
pub struct HandOutRow {
    /// The task, by id or code.
    pub task_id: ID,
    /// The version that the caller has read.
    pub expected_version: i32,
    /// Its last day; left out, the one it has stays.
    pub deadline: Option<Date>,
    /// Whether it is done stage by stage (逐月, 常态化).
    pub is_standing: Option<bool>,
}

/// Tasks to be handed out together.
#[derive(InputObject)]
pub struct HandOutTasksInput {
    /// The tasks, at most 200.
    pub rows: Vec<HandOutRow>,
    /// The caller's key for this very request.
    pub idempotency_key: Option<String>,
}

/// Who acts for the lead department.
#[derive(InputObject)]
pub struct AcceptTaskInput {
    /// The task, by id or code.
    pub task_id: ID,
    /// The version that the caller has read.
    pub expected_version: i32,
    /// Who answers for it, of the lead department.
    pub accountable: ID,
    /// Who stands in, of the lead department.
    pub substitute: ID,
    /// The caller's key for this very request.
    pub idempotency_key: Option<String>,
}

/// To which departments a task goes instead.
#[derive(InputObject)]
pub struct ReassignTaskInput {
    /// The task, by id or code.
    pub task_id: ID,
    /// The version that the caller has read.
    pub expected_version: i32,
    /// The department that leads, by id or code.
    pub lead: ID,
    /// The departments that support, by id or code, in order.
    pub support: Vec<ID>,
    /// Why.
    pub reason: String,
    /// The caller's key for this very request.
    pub idempotency_key: Option<String>,
}

/// What is to be mended, and by when.
#[derive(InputObject)]
pub struct ReturnTaskInput {
    /// The task, by id or code.
    pub task_id: ID,
    /// The version that the caller has read.
    pub expected_version: i32,
    /// What is to be mended.
    pub reason: String,
    /// By when.
    pub mend_by: Date,
    /// The caller's key for this very request.
    pub idempotency_key: Option<String>,
}

/// How well a task was done.
#[derive(InputObject)]
pub struct CompleteTaskInput {
    /// The task, by id or code.
    pub task_id: ID,
    /// The version that the caller has read.
    pub expected_version: i32,
    /// How well.
    pub grade: Grade,
    /// Why this grade.
    pub reason: String,
    /// The caller's key for this very request.
    pub idempotency_key: Option<String>,
}

/// Why a task is suspended, and when it is looked at again.
#[derive(InputObject)]
pub struct SuspendTaskInput {
    /// The task, by id or code.
    pub task_id: ID,
    /// The version that the caller has read.
    pub expected_version: i32,
    /// Why.
    pub reason: String,
    /// When it is looked at again.
    pub review_on: Date,
    /// The caller's key for this very request.
    pub idempotency_key: Option<String>,
}

/// An input that names a task and says why.
pub trait ReasonInput {
    /// Task, version, words, idempotency key.
    fn parts(self) -> (ID, i32, String, Option<String>);
}

macro_rules! reason_inputs {
    ($($(#[$doc:meta])* $name:ident: $(#[$words:meta])*),+ $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(InputObject)]
            pub struct $name {
                /// The task, by id or code.
                task_id: ID,
                /// The version that the caller has read.
                expected_version: i32,
                $(#[$words])*
                reason: String,
                /// The caller's key for this very request.
                idempotency_key: Option<String>,
            }

            impl ReasonInput for $name {
                fn parts(self) -> (ID, i32, String, Option<String>) {
                    (self.task_id, self.expected_version, self.reason, self.idempotency_key)
                }
            }
        )+
    };
}

reason_inputs! {
    /// Which task is declined.
    DeclineTaskInput:
        /// Why.
        ,
    /// Which task is complete.
    SubmitCompletionInput:
        /// What was achieved.
        ,
    /// Which task's stage is complete.
    CompleteStageInput:
        /// What the stage achieved.
        ,
    /// Which task goes on.
    ResumeTaskInput:
        /// Why.
        ,
    /// Which completed task is taken up again.
    ReopenTaskInput:
        /// What was found.
        ,
    /// Which task is archived.
    ArchiveTaskInput:
        /// The archive number.
        ,
    /// Which task is given up.
    CancelTaskInput:
        /// Why.
        ,
}

/// A task.
#[derive(InputObject)]
pub struct BeginStageInput {
    /// The task, by id or code.
    pub task_id: ID,
    /// The version that the caller has read.
    pub expected_version: i32,
    /// The caller's key for this very request.
    pub idempotency_key: Option<String>,
}

/// How much more time is asked for, and why.
#[derive(InputObject)]
pub struct RequestExtensionInput {
    /// The task, by id or code.
    pub task_id: ID,
    /// The version that the caller has read.
    pub expected_version: i32,
    /// The deadline asked for.
    pub to: Date,
    /// Why.
    pub reason: String,
    /// The caller's key for this very request.
    pub idempotency_key: Option<String>,
}

/// The decision on a request for more time.
#[derive(InputObject)]
pub struct DecideExtensionInput {
    /// The request.
    pub extension_id: ID,
    /// Whether it is granted.
    pub is_approved: bool,
    /// Why; a refusal needs it.
    pub reason: Option<String>,
    /// The caller's key for this very request.
    pub idempotency_key: Option<String>,
}
