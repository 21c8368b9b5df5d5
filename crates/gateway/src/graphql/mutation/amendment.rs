//! Amendments of tasks in force (变更).

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use duban_app::{
    change::ChangeError,
    tasks::{MilestoneWish, TargetWish, Wish, decide_amendment, propose_amendment},
};
use duban_domain::{
    ids::{AmendmentId, MetricId, TaskId},
    task::amendment::AmendmentState,
    text::Reason,
};

use super::{draft::edit, refused, verdict_words};
use crate::graphql::{
    context::{RequestContext, call, request},
    enums::Comparator,
    error::Fault,
    id::{Kind, decode},
    scalars::{Date, Decimal},
    task::Task,
    user_error::UserError,
};

/// A new target for a metric of the task; what is left out stays.
#[derive(InputObject)]
pub struct AmendTargetInput {
    /// The metric, by id or code.
    metric_id: ID,
    /// How a result compares.
    comparator: Option<Comparator>,
    /// The figure.
    value: Option<Decimal>,
    /// Whether figures are handed in with evidence only (佐证材料).
    is_evidence_asked: Option<bool>,
}

/// A milestone to be changed, or added when none is named; what is left out stays.
#[derive(InputObject)]
pub struct AmendMilestoneInput {
    /// The milestone; left out for a new one.
    milestone_id: Option<ID>,
    /// What is to be there.
    title: Option<String>,
    /// Last day.
    due_on: Option<Date>,
    /// Removes the last day.
    clear_due_on: Option<bool>,
}

/// What a task in force is to be; what is left out stays.
#[derive(InputObject)]
pub struct ProposeAmendmentInput {
    /// The task, by id or code.
    task_id: ID,
    /// The version that the caller has read.
    expected_version: i32,
    /// Why.
    reason: String,
    /// Lead sentence.
    title: Option<String>,
    /// The whole text.
    text: Option<String>,
    /// Last day.
    deadline: Option<Date>,
    /// The department that leads, by id or code; left out, departments stay.
    lead: Option<ID>,
    /// The departments that support, by id or code, in order; read only beside `lead`.
    support: Option<Vec<ID>>,
    /// Targets of its metrics.
    targets: Option<Vec<AmendTargetInput>>,
    /// Milestones.
    milestones: Option<Vec<AmendMilestoneInput>>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// The decision on an amendment.
#[derive(InputObject)]
pub struct DecideAmendmentInput {
    /// The amendment.
    amendment_id: ID,
    /// Whether it is approved, and applied at once.
    is_approved: bool,
    /// Why; a refusal needs it.
    reason: Option<String>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// The task for which a change is proposed.
#[derive(SimpleObject)]
pub struct ProposeAmendmentPayload {
    /// The task as it stands now.
    task: Option<Task>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

/// The task whose change is decided.
#[derive(SimpleObject)]
pub struct DecideAmendmentPayload {
    /// The task as it stands now.
    task: Option<Task>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

impl RequestContext {
    async fn wish(&self, input: &mut ProposeAmendmentInput) -> Result<Wish, Fault> {
        let nothing = uuid::Uuid::nil();
        let departments = match input.lead.take() {
            Some(lead) => {
                let support = input.support.take().unwrap_or_default();
                Some(self.departments(&lead, &support).await?)
            }
            None => None,
        };
        let mut targets = Vec::new();
        for one in input.targets.take().unwrap_or_default() {
            let metric = self.metric_key(&one.metric_id).await?;
            targets.push(TargetWish {
                metric: metric.unwrap_or(MetricId(nothing)),
                comparator: one.comparator.map(Into::into),
                value: one.value.map(|value| value.0),
                is_evidence_asked: one.is_evidence_asked,
            });
        }
        let milestones = input.milestones.take().unwrap_or_default();
        let milestones = milestones.into_iter().map(|one| MilestoneWish {
            milestone: one.milestone_id.map(|id| {
                let key = Self::milestone_key(&id);
                key.unwrap_or(duban_domain::ids::MilestoneId(nothing))
            }),
            title: one.title,
            due_on: edit(one.due_on.map(|day| day.0), one.clear_due_on),
        });
        Ok(Wish {
            title: input.title.take(),
            text: input.text.take(),
            deadline: input.deadline.take().map(|day| day.0),
            departments,
            targets,
            milestones: milestones.collect(),
        })
    }

    /// The task after an act on an amendment, or what the user can mend.
    async fn task_amended(
        &self,
        tried: Result<(TaskId, AmendmentId), ChangeError>,
    ) -> Result<(Option<Task>, Vec<UserError>), Fault> {
        Ok(match refused!(self.language, "taskId", tried) {
            Ok((task, _)) => (self.task_now(task).await?, Vec::new()),
            Err(error) => (None, vec![error]),
        })
    }
}

/// Mutations of amendments.
#[derive(Default)]
pub struct AmendmentMutation;

#[Object]
impl AmendmentMutation {
    /// Proposes to change a task in force (变更): words, deadline, departments, targets, milestones.
    async fn propose_amendment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The task, what it is to be, and why.")] mut input: ProposeAmendmentInput,
    ) -> Result<ProposeAmendmentPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key.take())?;
        let wish = request.wish(&mut input).await?;
        let reason = Reason::try_new(&input.reason);
        let tried = match (request.task_key(&input.task_id).await?, reason) {
            (None, _) => Err(ChangeError::NotFound),
            (_, Err(error)) => Err(ChangeError::invalid("reason", &error)),
            (Some(key), Ok(reason)) => {
                let at = (key, input.expected_version);
                propose_amendment(&request.app, &call, at, (wish, reason)).await
            }
        };
        let (task, user_errors) = request.task_amended(tried).await?;
        Ok(ProposeAmendmentPayload { task, user_errors })
    }

    /// Approves a change, which is applied at once, or refuses it (变更审批); by somebody who did not
    /// propose it.
    async fn decide_amendment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The amendment, and the decision.")] input: DecideAmendmentInput,
    ) -> Result<DecideAmendmentPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let reason = verdict_words(input.is_approved, input.reason.as_deref());
        let state = if input.is_approved {
            AmendmentState::Approved
        } else {
            AmendmentState::Refused
        };
        let tried = match (decode(&input.amendment_id), reason) {
            (_, Err(error)) => Err(error),
            (Some((Kind::Amendment, key)), Ok(reason)) => {
                decide_amendment(&request.app, &call, AmendmentId(key), (state, reason)).await
            }
            _ => Err(ChangeError::NotFound),
        };
        let (task, user_errors) = request.task_amended(tried).await?;
        Ok(DecideAmendmentPayload { task, user_errors })
    }
}
