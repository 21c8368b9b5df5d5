//! Milestones of tasks in force, and exceptions for metrics.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use duban_app::{
    change::ChangeError,
    tasks::{decide_exception, request_exception, settle_milestone},
};
use duban_domain::{
    ids::{ExceptionId, MilestoneId, TaskId},
    task::{ExceptionState, MilestoneCommand},
    text::Reason,
};

use super::{refused, verdict_words};
use crate::graphql::{
    context::{RequestContext, call, request},
    error::Fault,
    id::{Kind, decode},
    metric::Milestone,
    scalars::Date,
    task::Task,
    user_error::UserError,
};

/// A milestone that is done.
#[derive(InputObject)]
pub struct CompleteMilestoneInput {
    /// The milestone.
    milestone_id: ID,
    /// The version that the caller has read.
    expected_version: i32,
    /// What shows that it is done.
    evidence: String,
    /// The day it was done.
    done_on: Date,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// A milestone that is no longer needed.
#[derive(InputObject)]
pub struct WaiveMilestoneInput {
    /// The milestone.
    milestone_id: ID,
    /// The version that the caller has read.
    expected_version: i32,
    /// Why.
    reason: String,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// A milestone that is to be done after all.
#[derive(InputObject)]
pub struct ReopenMilestoneInput {
    /// The milestone.
    milestone_id: ID,
    /// The version that the caller has read.
    expected_version: i32,
    /// What was found.
    reason: String,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// A metric that will not be attained.
#[derive(InputObject)]
pub struct RequestMetricExceptionInput {
    /// The metric, by id or code.
    metric_id: ID,
    /// Why its task should be completed all the same.
    reason: String,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// The decision on an exception.
#[derive(InputObject)]
pub struct DecideMetricExceptionInput {
    /// The request.
    exception_id: ID,
    /// Whether it is granted.
    is_approved: bool,
    /// Why; a refusal needs it.
    reason: Option<String>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

macro_rules! milestone_payloads {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(SimpleObject)]
            pub struct $name {
                /// The milestone as it stands now.
                milestone: Option<Milestone>,
                /// Its task.
                task: Option<Task>,
                /// What the user can mend; nothing was stored then.
                user_errors: Vec<UserError>,
            }

            impl MilestonePayload for $name {
                fn of(
                    milestone: Option<Milestone>,
                    task: Option<Task>,
                    user_errors: Vec<UserError>,
                ) -> Self {
                    Self { milestone, task, user_errors }
                }
            }
        )+
    };
}

/// A payload that holds the milestone after the act, or what the user can mend.
trait MilestonePayload {
    fn of(milestone: Option<Milestone>, task: Option<Task>, user_errors: Vec<UserError>) -> Self;
}

milestone_payloads! {
    /// The milestone that is done.
    CompleteMilestonePayload,
    /// The milestone that is given up.
    WaiveMilestonePayload,
    /// The milestone that is open again.
    ReopenMilestonePayload,
}

/// The task for whose metric an exception was asked.
#[derive(SimpleObject)]
pub struct RequestMetricExceptionPayload {
    /// The task as it stands now.
    task: Option<Task>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

/// The task for whose metric an exception was decided.
#[derive(SimpleObject)]
pub struct DecideMetricExceptionPayload {
    /// The task as it stands now.
    task: Option<Task>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

/// Words of a field, as a reason.
fn words(path: &'static str, text: &str) -> Result<Reason, ChangeError> {
    Reason::try_new(text).map_err(|error| ChangeError::invalid(path, &error))
}

/// Does one act on one milestone.
async fn settle<P: MilestonePayload>(
    ctx: &Context<'_>,
    (id, version): (&ID, i32),
    command: Result<MilestoneCommand, ChangeError>,
    key: Option<String>,
) -> Result<P, Fault> {
    let request = request(ctx);
    let call = call(ctx, key)?;
    let tried = match (RequestContext::milestone_key(id), command) {
        (None, _) => Err(ChangeError::NotFound),
        (_, Err(error)) => Err(error),
        (Some(id), Ok(command)) => {
            settle_milestone(&request.app, &call, (id, version), command).await
        }
    };
    Ok(match refused!(request.language, "milestoneId", tried) {
        Ok((task, milestone)) => P::of(
            milestone_now(request, milestone).await?,
            request.task_now(task).await?,
            Vec::new(),
        ),
        Err(error) => P::of(None, None, vec![error]),
    })
}

async fn milestone_now(
    request: &RequestContext,
    id: MilestoneId,
) -> Result<Option<Milestone>, Fault> {
    let db = request.app.store().read();
    let found = duban_persistence::milestones::find(db, &request.scope, id).await?;
    Ok(found.map(Milestone))
}

/// The task after an act on an exception, or what the user can mend.
async fn task_after(
    request: &RequestContext,
    tried: Result<(TaskId, ExceptionId), ChangeError>,
) -> Result<(Option<Task>, Vec<UserError>), Fault> {
    Ok(match refused!(request.language, "metricId", tried) {
        Ok((task, _)) => (request.task_now(task).await?, Vec::new()),
        Err(error) => (None, vec![error]),
    })
}

/// Mutations of milestones of tasks in force, and of exceptions.
#[derive(Default)]
pub struct MilestoneMutation;

#[Object]
impl MilestoneMutation {
    /// Says that a milestone is done (节点完成), with evidence. Only the lead department of its task may.
    async fn complete_milestone(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The milestone, the day, and the evidence.")]
        input: CompleteMilestoneInput,
    ) -> Result<CompleteMilestonePayload, Fault> {
        let done_on = input.done_on.0;
        let command = words("evidence", &input.evidence)
            .map(|evidence| MilestoneCommand::Complete { evidence, done_on });
        let at = (&input.milestone_id, input.expected_version);
        settle(ctx, at, command, input.idempotency_key).await
    }

    /// Does without a milestone (节点豁免), decided on the owner's side by somebody who does not act
    /// for the lead department.
    async fn waive_milestone(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The milestone, and why.")] input: WaiveMilestoneInput,
    ) -> Result<WaiveMilestonePayload, Fault> {
        let command = words("reason", &input.reason).map(MilestoneCommand::Waive);
        let at = (&input.milestone_id, input.expected_version);
        settle(ctx, at, command, input.idempotency_key).await
    }

    /// Takes a milestone up again that was done or waived, with what was found.
    async fn reopen_milestone(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The milestone, and what was found.")] input: ReopenMilestoneInput,
    ) -> Result<ReopenMilestonePayload, Fault> {
        let command = words("reason", &input.reason).map(MilestoneCommand::Reopen);
        let at = (&input.milestone_id, input.expected_version);
        settle(ctx, at, command, input.idempotency_key).await
    }

    /// Asks to complete a task although one of its metrics is not attained (指标例外).
    async fn request_metric_exception(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The metric, and why.")] input: RequestMetricExceptionInput,
    ) -> Result<RequestMetricExceptionPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let key = request.metric_key(&input.metric_id).await?;
        let tried = match (key, words("reason", &input.reason)) {
            (None, _) => Err(ChangeError::NotFound),
            (_, Err(error)) => Err(error),
            (Some(metric), Ok(reason)) => {
                request_exception(&request.app, &call, metric, reason).await
            }
        };
        let (task, user_errors) = task_after(request, tried).await?;
        Ok(RequestMetricExceptionPayload { task, user_errors })
    }

    /// Grants or refuses an exception for a metric, by somebody who did not ask for it.
    async fn decide_metric_exception(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request, and the decision.")] input: DecideMetricExceptionInput,
    ) -> Result<DecideMetricExceptionPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let reason = verdict_words(input.is_approved, input.reason.as_deref());
        let state = if input.is_approved {
            ExceptionState::Approved
        } else {
            ExceptionState::Refused
        };
        let tried = match (decode(&input.exception_id), reason) {
            (_, Err(error)) => Err(error),
            (Some((Kind::Exception, key)), Ok(reason)) => {
                decide_exception(&request.app, &call, ExceptionId(key), (state, reason)).await
            }
            _ => Err(ChangeError::NotFound),
        };
        let (task, user_errors) = task_after(request, tried).await?;
        Ok(DecideMetricExceptionPayload { task, user_errors })
    }
}
