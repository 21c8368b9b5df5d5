//! Tasks of a draft: title and deadline, departments, links, milestones.

use std::collections::HashMap;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use duban_app::drafts::{self, Edit, MilestoneChange, NewMilestone, TaskChange};
use duban_domain::ids::{MilestoneId, TaskId};

use super::refused;
use crate::graphql::{
    context::{RequestContext, call, request},
    error::Fault,
    id::{Kind, global},
    metric::Milestone,
    scalars::Date,
    task::Task,
    user_error::UserError,
};

/// What to change in a task of a draft; what is left out stays.
#[derive(InputObject)]
pub struct UpdateTaskInput {
    /// The task, by id or code.
    task_id: ID,
    /// The version that the caller has read.
    expected_version: i32,
    /// Lead sentence.
    title: Option<String>,
    /// Last day.
    deadline: Option<Date>,
    /// Removes the deadline.
    clear_deadline: Option<bool>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// Who is responsible for a task.
#[derive(InputObject)]
pub struct SetAssignmentsInput {
    /// The task, by id or code.
    task_id: ID,
    /// The version that the caller has read.
    expected_version: i32,
    /// The department that leads, by id or code.
    lead: ID,
    /// The departments that support, by id or code, in order.
    support: Vec<ID>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// Which work points a key task sums up.
#[derive(InputObject)]
pub struct LinkKeyTaskInput {
    /// The key task, by id or code.
    task_id: ID,
    /// The version that the caller has read.
    expected_version: i32,
    /// All work points that it sums up, by id or code.
    work_points: Vec<ID>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// A milestone to be added.
#[derive(InputObject)]
pub struct AddMilestoneInput {
    /// The task, by id or code.
    task_id: ID,
    /// The version of the task that the caller has read.
    expected_task_version: i32,
    /// What is to be there.
    title: String,
    /// Last day.
    due_on: Option<Date>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// What to change in a milestone; what is left out stays.
#[derive(InputObject)]
pub struct UpdateMilestoneInput {
    /// The milestone.
    milestone_id: ID,
    /// The version that the caller has read.
    expected_version: i32,
    /// What is to be there.
    title: Option<String>,
    /// Last day.
    due_on: Option<Date>,
    /// Removes the last day.
    clear_due_on: Option<bool>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// Which milestone to remove.
#[derive(InputObject)]
pub struct RemoveMilestoneInput {
    /// The milestone.
    milestone_id: ID,
    /// The version that the caller has read.
    expected_version: i32,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// The mended task.
#[derive(SimpleObject, Default)]
pub struct UpdateTaskPayload {
    /// The task.
    task: Option<Task>,
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// The task with its departments.
#[derive(SimpleObject, Default)]
pub struct SetAssignmentsPayload {
    /// The task.
    task: Option<Task>,
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// The key task with its links.
#[derive(SimpleObject, Default)]
pub struct LinkKeyTaskPayload {
    /// The key task.
    task: Option<Task>,
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// The added milestone.
#[derive(SimpleObject, Default)]
pub struct AddMilestonePayload {
    /// The milestone.
    milestone: Option<Milestone>,
    /// Its task.
    task: Option<Task>,
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// The mended milestone.
#[derive(SimpleObject, Default)]
pub struct UpdateMilestonePayload {
    /// The milestone.
    milestone: Option<Milestone>,
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// What removing a milestone answers.
#[derive(SimpleObject, Default)]
pub struct RemoveMilestonePayload {
    /// Id of the milestone that is gone.
    removed_milestone_id: Option<ID>,
    /// Its task.
    task: Option<Task>,
    /// What the user can mend.
    user_errors: Vec<UserError>,
}

/// Mutations of tasks of a draft.
#[derive(Default)]
pub struct DraftMutation;

/// The edit that an optional value and its `clear…` flag ask for.
pub(super) fn edit<T>(value: Option<T>, clear: Option<bool>) -> Edit<T> {
    match value {
        Some(value) => Edit::Set(value),
        None if clear == Some(true) => Edit::Clear,
        None => Edit::Keep,
    }
}

impl RequestContext {
    /// The task as it stands now, for a payload.
    pub(super) async fn task_now(&self, id: TaskId) -> Result<Option<Task>, Fault> {
        let db = self.app.store().read();
        Ok(duban_persistence::tasks::find(db, &self.scope, id)
            .await?
            .map(Task::from))
    }

    /// These tasks as they stand now, for a payload.
    pub(super) async fn tasks_now(&self, ids: &[TaskId]) -> Result<HashMap<TaskId, Task>, Fault> {
        let db = self.app.store().read();
        let found = duban_persistence::tasks::find_many(db, &self.scope, ids).await?;
        Ok(found.into_iter().map(|one| (one.id, one.into())).collect())
    }

    async fn milestone_now(&self, id: MilestoneId) -> Result<Option<Milestone>, Fault> {
        let db = self.app.store().read();
        Ok(duban_persistence::milestones::find(db, &self.scope, id)
            .await?
            .map(Milestone))
    }

    fn absent(&self, path: &str) -> Vec<UserError> {
        vec![UserError::new(self.language, path, "NOT_FOUND", &[])]
    }
}

#[Object]
impl DraftMutation {
    /// Mends title and deadline of a task of a draft.
    async fn update_task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change, and what the caller knows of it.")]
        input: UpdateTaskInput,
    ) -> Result<UpdateTaskPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let Some(id) = request.task_key(&input.task_id).await? else {
            return Ok(UpdateTaskPayload {
                task: None,
                user_errors: request.absent("taskId"),
            });
        };
        let change = TaskChange {
            title: input.title,
            deadline: edit(input.deadline.map(|day| day.0), input.clear_deadline),
        };
        let at = (id, input.expected_version);
        let tried = drafts::update_task(&request.app, &call, at, change).await;
        Ok(match refused!(request.language, "taskId", tried) {
            Ok(id) => UpdateTaskPayload {
                task: request.task_now(id).await?,
                user_errors: Vec::new(),
            },
            Err(error) => UpdateTaskPayload {
                task: None,
                user_errors: vec![error],
            },
        })
    }

    /// Says who is responsible for a task of a draft: one lead, any number of supporters.
    async fn set_assignments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change, and what the caller knows of it.")]
        input: SetAssignmentsInput,
    ) -> Result<SetAssignmentsPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let refuse = |user_errors| SetAssignmentsPayload {
            task: None,
            user_errors,
        };
        let Some(id) = request.task_key(&input.task_id).await? else {
            return Ok(refuse(request.absent("taskId")));
        };
        let Some(lead) = request.department_key(&input.lead).await? else {
            return Ok(refuse(request.absent("lead")));
        };
        let mut support = Vec::with_capacity(input.support.len());
        for one in &input.support {
            match request.department_key(one).await? {
                Some(key) => support.push(key),
                None => return Ok(refuse(request.absent("support"))),
            }
        }
        let at = (id, input.expected_version);
        let tried = drafts::set_assignments(&request.app, &call, at, (lead, support)).await;
        Ok(match refused!(request.language, "taskId", tried) {
            Ok(id) => SetAssignmentsPayload {
                task: request.task_now(id).await?,
                user_errors: Vec::new(),
            },
            Err(error) => refuse(vec![error]),
        })
    }

    /// Says which work points a key task of a draft sums up.
    async fn link_key_task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change, and what the caller knows of it.")]
        input: LinkKeyTaskInput,
    ) -> Result<LinkKeyTaskPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let refuse = |user_errors| LinkKeyTaskPayload {
            task: None,
            user_errors,
        };
        let Some(id) = request.task_key(&input.task_id).await? else {
            return Ok(refuse(request.absent("taskId")));
        };
        let mut points = Vec::with_capacity(input.work_points.len());
        for one in &input.work_points {
            match request.task_key(one).await? {
                Some(key) => points.push(key),
                None => return Ok(refuse(request.absent("workPoints"))),
            }
        }
        let at = (id, input.expected_version);
        let tried = drafts::link_key_task(&request.app, &call, at, points).await;
        Ok(match refused!(request.language, "taskId", tried) {
            Ok(id) => LinkKeyTaskPayload {
                task: request.task_now(id).await?,
                user_errors: Vec::new(),
            },
            Err(error) => refuse(vec![error]),
        })
    }

    /// Adds a milestone to a task of a draft.
    async fn add_milestone(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change, and what the caller knows of it.")]
        input: AddMilestoneInput,
    ) -> Result<AddMilestonePayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let refuse = |user_errors| AddMilestonePayload {
            user_errors,
            ..Default::default()
        };
        let Some(id) = request.task_key(&input.task_id).await? else {
            return Ok(refuse(request.absent("taskId")));
        };
        let new = NewMilestone {
            title: input.title,
            due_on: input.due_on.map(|day| day.0),
        };
        let at = (id, input.expected_task_version);
        let tried = drafts::add_milestone(&request.app, &call, at, new).await;
        Ok(match refused!(request.language, "taskId", tried) {
            Ok((task, milestone)) => AddMilestonePayload {
                milestone: request.milestone_now(milestone).await?,
                task: request.task_now(task).await?,
                user_errors: Vec::new(),
            },
            Err(error) => refuse(vec![error.with_version_in("expectedTaskVersion")]),
        })
    }

    /// Mends a milestone of a draft.
    async fn update_milestone(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change, and what the caller knows of it.")]
        input: UpdateMilestoneInput,
    ) -> Result<UpdateMilestonePayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let refuse = |user_errors| UpdateMilestonePayload {
            milestone: None,
            user_errors,
        };
        let Some(id) = RequestContext::milestone_key(&input.milestone_id) else {
            return Ok(refuse(request.absent("milestoneId")));
        };
        let change = MilestoneChange {
            title: input.title,
            due_on: edit(input.due_on.map(|day| day.0), input.clear_due_on),
        };
        let at = (id, input.expected_version);
        let tried = drafts::update_milestone(&request.app, &call, at, change).await;
        Ok(match refused!(request.language, "milestoneId", tried) {
            Ok(id) => UpdateMilestonePayload {
                milestone: request.milestone_now(id).await?,
                user_errors: Vec::new(),
            },
            Err(error) => refuse(vec![error]),
        })
    }

    /// Removes a milestone from a draft.
    async fn remove_milestone(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change, and what the caller knows of it.")]
        input: RemoveMilestoneInput,
    ) -> Result<RemoveMilestonePayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let refuse = |user_errors| RemoveMilestonePayload {
            user_errors,
            ..Default::default()
        };
        let Some(id) = RequestContext::milestone_key(&input.milestone_id) else {
            return Ok(refuse(request.absent("milestoneId")));
        };
        let at = (id, input.expected_version);
        let tried = drafts::remove_milestone(&request.app, &call, at).await;
        Ok(match refused!(request.language, "milestoneId", tried) {
            Ok((task, id)) => RemoveMilestonePayload {
                removed_milestone_id: Some(global(Kind::Milestone, id.0)),
                task: request.task_now(task).await?,
                user_errors: Vec::new(),
            },
            Err(error) => refuse(vec![error]),
        })
    }
}
