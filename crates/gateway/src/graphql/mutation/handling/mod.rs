//! The closed loop: hand out, accept, submit, review, extend, suspend, archive.

mod input;
mod payload;

use async_graphql::{Context, ID, Object};
use duban_app::{
    change::{Call, ChangeError},
    tasks::{self as use_case, ExtensionVerdict, HandOut, RowOutcome},
};
use duban_domain::{
    ids::{AccountId, ExtensionId, TaskId},
    task::Command,
    text::Reason,
};

use self::{input::*, payload::*};
use super::{refused, verdict_words};
use crate::graphql::{
    context::{RequestContext, call, request},
    error::Fault,
    id::{Kind, decode},
    user_error::UserError,
};

/// Most rows of one hand-out.
const MOST_ROWS: usize = 200;

/// Mutations of the closed loop.
#[derive(Default)]
pub struct HandlingMutation;

/// A reason from the words of the input.
fn reason(words: &str) -> Result<Reason, ChangeError> {
    Reason::try_new(words).map_err(|error| ChangeError::invalid("reason", &error))
}

/// The account of an input field.
fn person(path: &'static str, id: &ID) -> Result<AccountId, ChangeError> {
    match decode(id) {
        Some((Kind::Account, key)) => Ok(AccountId(key)),
        _ => Err(ChangeError::field(path, "ID_MALFORMED")),
    }
}

impl RequestContext {
    /// The payload of an act that names its task, or says why it was not done.
    async fn answer<P: TaskPayload>(&self, tried: Result<TaskId, ChangeError>) -> Result<P, Fault> {
        Ok(match refused!(self.language, "taskId", tried) {
            Ok(id) => P::of(self.task_now(id).await?, Vec::new()),
            Err(error) => P::of(None, vec![error]),
        })
    }

    /// Does one act on one task.
    async fn act<P: TaskPayload>(
        &self,
        call: &Call,
        (id, version): (&ID, i32),
        command: Result<Command, ChangeError>,
    ) -> Result<P, Fault> {
        let tried = match (self.task_key(id).await?, command) {
            (None, _) => Err(ChangeError::NotFound),
            (_, Err(error)) => Err(error),
            (Some(key), Ok(command)) => {
                use_case::act(&self.app, call, (key, version), &command).await
            }
        };
        self.answer(tried).await
    }

    /// How the rows of a hand-out ended, each with its task as it stands now.
    async fn rows(&self, outcomes: Vec<RowOutcome>) -> Result<Vec<HandOutRowPayload>, Fault> {
        let done: Vec<TaskId> = outcomes
            .iter()
            .filter(|row| row.refused.is_none())
            .map(|row| row.task)
            .collect();
        let mut now = self.tasks_now(&done).await?;
        Ok(outcomes
            .into_iter()
            .map(|row| match row.refused {
                None => HandOutRowPayload::of(now.remove(&row.task), Vec::new()),
                Some(refusal) => HandOutRowPayload::of(None, vec![self.refusal(&refusal)]),
            })
            .collect())
    }
}

/// Does an act that needs no more than its reason.
async fn act_for_reason<P: TaskPayload>(
    ctx: &Context<'_>,
    input: impl ReasonInput,
    command: impl FnOnce(Reason) -> Command,
) -> Result<P, Fault> {
    let (task, version, words, key) = input.parts();
    let call = call(ctx, key)?;
    request(ctx)
        .act(&call, (&task, version), reason(&words).map(command))
        .await
}

#[Object]
impl HandlingMutation {
    /// Hands tasks of an issued plan out (交办), row by row: a refused row leaves the others alone.
    async fn hand_out_tasks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which tasks, each with its deadline.")] input: HandOutTasksInput,
    ) -> Result<HandOutTasksPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let whole = |error| HandOutTasksPayload {
            rows: Vec::new(),
            user_errors: vec![error],
        };
        if input.rows.len() > MOST_ROWS {
            let figures = [("most", MOST_ROWS.to_string())];
            let error = UserError::new(request.language, "rows", "TOO_MANY_ROWS", &figures);
            return Ok(whole(error));
        }
        let ids: Vec<&ID> = input.rows.iter().map(|row| &row.task_id).collect();
        let keys = request.task_keys(&ids).await?;
        let rows = input.rows.iter().zip(keys).map(|(row, key)| HandOut {
            // A task out of scope has no key that could be told apart from an unknown one.
            at: (
                key.unwrap_or(TaskId(uuid::Uuid::nil())),
                row.expected_version,
            ),
            deadline: row.deadline.map(|day| day.0),
            is_standing: row.is_standing,
        });
        let rows = rows.collect();
        let tried = use_case::hand_out(&request.app, &call, rows).await;
        match refused!(request.language, "rows", tried) {
            Err(error) => Ok(whole(error)),
            Ok(outcomes) => Ok(HandOutTasksPayload {
                rows: request.rows(outcomes).await?,
                user_errors: Vec::new(),
            }),
        }
    }

    /// Accepts a task for its lead department (签收), naming who answers and who stands in.
    async fn accept_task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The task, and who acts for it.")] input: AcceptTaskInput,
    ) -> Result<AcceptTaskPayload, Fault> {
        let call = call(ctx, input.idempotency_key)?;
        let owners = person("accountable", &input.accountable).and_then(|accountable| {
            use_case::owners(accountable, person("substitute", &input.substitute)?)
        });
        let at = (&input.task_id, input.expected_version);
        request(ctx)
            .act(&call, at, owners.map(Command::Accept))
            .await
    }

    /// Declines a task for its lead department (退回改派).
    async fn decline_task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The task, and why.")] input: DeclineTaskInput,
    ) -> Result<DeclineTaskPayload, Fault> {
        act_for_reason(ctx, input, Command::Decline).await
    }

    /// Gives a task to other departments (改派), which accept or decline it anew.
    async fn reassign_task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The task, its new departments, and why.")] input: ReassignTaskInput,
    ) -> Result<ReassignTaskPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let Some(key) = request.task_key(&input.task_id).await? else {
            return request.answer(Err(ChangeError::NotFound)).await;
        };
        let unknown = |path| ChangeError::field(path, "DEPARTMENT_UNKNOWN");
        let Some(lead) = request.department_key(&input.lead).await? else {
            return request.answer(Err(unknown("lead"))).await;
        };
        let mut support = Vec::with_capacity(input.support.len());
        for one in &input.support {
            match request.department_key(one).await? {
                Some(key) => support.push(key),
                None => return request.answer(Err(unknown("support"))).await,
            }
        }
        let at = (key, input.expected_version);
        let tried = match reason(&input.reason) {
            Ok(reason) => {
                use_case::reassign(&request.app, &call, at, (lead, support), reason).await
            }
            Err(error) => Err(error),
        };
        request.answer(tried).await
    }

    /// Submits a task as complete (申请办结), saying what was achieved. Only its lead department may.
    async fn submit_completion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The task, and what was achieved.")] input: SubmitCompletionInput,
    ) -> Result<SubmitCompletionPayload, Fault> {
        act_for_reason(ctx, input, Command::SubmitCompletion).await
    }

    /// Returns what was submitted (退回), naming what to mend and by when.
    async fn return_task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The task, what to mend, and by when.")] input: ReturnTaskInput,
    ) -> Result<ReturnTaskPayload, Fault> {
        let call = call(ctx, input.idempotency_key)?;
        let at = (&input.task_id, input.expected_version);
        let by = input.mend_by.0;
        let command = reason(&input.reason).map(|mend| Command::Return { mend, by });
        request(ctx).act(&call, at, command).await
    }

    /// Completes a task (办结), graded with a reason, by somebody who did not submit it.
    async fn complete_task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The task, its grade, and why.")] input: CompleteTaskInput,
    ) -> Result<CompleteTaskPayload, Fault> {
        let call = call(ctx, input.idempotency_key)?;
        let at = (&input.task_id, input.expected_version);
        let grade = input.grade.into();
        let command = reason(&input.reason).map(|reason| Command::Complete { grade, reason });
        request(ctx).act(&call, at, command).await
    }

    /// Completes a stage of a standing or periodic task (阶段性办结).
    async fn complete_stage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The task, and what the stage achieved.")] input: CompleteStageInput,
    ) -> Result<CompleteStagePayload, Fault> {
        act_for_reason(ctx, input, Command::CompleteStage).await
    }

    /// Begins the next stage of a standing or periodic task.
    async fn begin_stage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The task.")] input: BeginStageInput,
    ) -> Result<BeginStagePayload, Fault> {
        let call = call(ctx, input.idempotency_key)?;
        let at = (&input.task_id, input.expected_version);
        request(ctx).act(&call, at, Ok(Command::BeginStage)).await
    }

    /// Suspends a task (中止) until it is looked at again.
    async fn suspend_task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The task, why, and until when.")] input: SuspendTaskInput,
    ) -> Result<SuspendTaskPayload, Fault> {
        let call = call(ctx, input.idempotency_key)?;
        let at = (&input.task_id, input.expected_version);
        let review_on = input.review_on.0;
        let command = reason(&input.reason).map(|reason| Command::Suspend { reason, review_on });
        request(ctx).act(&call, at, command).await
    }

    /// Resumes a suspended task (恢复) where it stood.
    async fn resume_task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The task, and why.")] input: ResumeTaskInput,
    ) -> Result<ResumeTaskPayload, Fault> {
        act_for_reason(ctx, input, Command::Resume).await
    }

    /// Reopens a completed task (回头看) with what was found.
    async fn reopen_task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The task, and what was found.")] input: ReopenTaskInput,
    ) -> Result<ReopenTaskPayload, Fault> {
        act_for_reason(ctx, input, Command::Reopen).await
    }

    /// Archives a completed task (归档) under a number.
    async fn archive_task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The task, and its archive number.")] input: ArchiveTaskInput,
    ) -> Result<ArchiveTaskPayload, Fault> {
        act_for_reason(ctx, input, Command::Archive).await
    }

    /// Cancels a task (撤销); it stays visible.
    async fn cancel_task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The task, and why.")] input: CancelTaskInput,
    ) -> Result<CancelTaskPayload, Fault> {
        act_for_reason(ctx, input, Command::Cancel).await
    }

    /// Asks for more time (申请延期), before the deadline passes.
    async fn request_extension(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The task, until when, and why.")] input: RequestExtensionInput,
    ) -> Result<RequestExtensionPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let tried = match (
            request.task_key(&input.task_id).await?,
            reason(&input.reason),
        ) {
            (None, _) => Err(ChangeError::NotFound),
            (_, Err(error)) => Err(error),
            (Some(key), Ok(reason)) => {
                let at = (key, input.expected_version);
                use_case::request_extension(&request.app, &call, at, (input.to.0, reason)).await
            }
        };
        request.answer(tried.map(|(task, _)| task)).await
    }

    /// Grants or refuses more time (延期审批); the original deadline stays the one evaluated.
    async fn decide_extension(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request, and the decision.")] input: DecideExtensionInput,
    ) -> Result<DecideExtensionPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let words = verdict_words(input.is_approved, input.reason.as_deref());
        let verdict = words.map(|words| match words {
            Some(reason) if !input.is_approved => ExtensionVerdict::Refuse(reason),
            reason => ExtensionVerdict::Approve(reason),
        });
        let tried = match (decode(&input.extension_id), verdict) {
            (_, Err(error)) => Err(error),
            (Some((Kind::Extension, key)), Ok(verdict)) => {
                use_case::decide_extension(&request.app, &call, ExtensionId(key), verdict).await
            }
            _ => Err(ChangeError::NotFound),
        };
        request.answer(tried.map(|(task, _)| task)).await
    }
}
