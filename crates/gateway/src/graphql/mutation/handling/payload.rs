//! What the acts on a task answer.

use async_graphql::SimpleObject;

use crate::graphql::{task::Task, user_error::UserError};

/// A payload that holds the task after the act, or what the user can mend.
pub trait TaskPayload {
    /// It was done, or not.
    fn of(task: Option<Task>, user_errors: Vec<UserError>) -> Self;
}

macro_rules! task_payloads {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(SimpleObject)]
            pub struct $name {
                /// The task as it stands now.
                task: Option<Task>,
                /// What the user can mend; nothing was stored then.
                user_errors: Vec<UserError>,
            }

            impl TaskPayload for $name {
                fn of(task: Option<Task>, user_errors: Vec<UserError>) -> Self {
                    Self { task, user_errors }
                }
            }
        )+
    };
}

task_payloads! {
    /// How one row of a hand-out ended.
    HandOutRowPayload,
    /// The accepted task.
    AcceptTaskPayload,
    /// The declined task.
    DeclineTaskPayload,
    /// The task with its new departments.
    ReassignTaskPayload,
    /// The task that waits for review.
    SubmitCompletionPayload,
    /// The returned task.
    ReturnTaskPayload,
    /// The completed task.
    CompleteTaskPayload,
    /// The task whose stage is completed.
    CompleteStagePayload,
    /// The task whose next stage began.
    BeginStagePayload,
    /// The suspended task.
    SuspendTaskPayload,
    /// The resumed task.
    ResumeTaskPayload,
    /// The reopened task.
    ReopenTaskPayload,
    /// The archived task.
    ArchiveTaskPayload,
    /// The cancelled task.
    CancelTaskPayload,
    /// The task for which more time was asked.
    RequestExtensionPayload,
    /// The task whose request for more time is decided.
    DecideExtensionPayload,
}

/// How a hand-out ended, row by row.
#[derive(SimpleObject)]
pub struct HandOutTasksPayload {
    /// One for each row of the input, in its order.
    pub rows: Vec<HandOutRowPayload>,
    /// What the user can mend in the whole; nothing was stored then.
    pub user_errors: Vec<UserError>,
}
