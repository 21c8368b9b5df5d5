//! What is told as it happens. Every event is read anew, with the grants that its reader has then.

use std::sync::Arc;

use async_graphql::{Context, ID, SimpleObject, Subscription};
use duban_domain::{
    event::DomainEvent,
    ids::{NotificationId, TaskId},
    notification::NOTIFICATION_ADDED,
};
use duban_persistence::{notifications, plans, tasks};
use futures_util::stream::{self, Stream};

use super::{
    change::{Change, ChangedType, wanted},
    context::request,
    error::Fault,
    id::{Kind, decode},
    notification::Notification,
    task::Task,
};

/// Most tasks of one subscription.
const MOST_TASKS: usize = 200;

/// One event that is being told; without it a subscription is only looked over.
#[derive(Debug, Clone)]
pub struct Telling(pub Arc<DomainEvent>);

/// A task that has changed.
#[derive(SimpleObject, Clone)]
pub struct TaskChange {
    /// The task, as it is now.
    task: Task,
    /// What was done, such as `task.accepted`.
    action: String,
}

/// Something that the caller was told.
#[derive(SimpleObject, Clone)]
pub struct NotificationAddition {
    /// The newest of what one change told.
    notification: Notification,
    /// How much is unread now.
    unread_count: i32,
}

/// What is told as it happens.
#[derive(Default)]
pub struct SubscriptionRoot;

/// What is told as it happens, over `/graphql/ws`.
#[Subscription(name = "Subscription")]
impl SubscriptionRoot {
    /// Tells of each change of some tasks, or of those of a plan; of all that the caller may see
    /// when neither is named. A task that is named and may not be seen (any more) ends it.
    async fn task_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "These tasks, by id.")] task_ids: Option<Vec<ID>>,
        #[graphql(desc = "The tasks of this plan, by its code.")] plan_code: Option<String>,
    ) -> Result<impl Stream<Item = TaskChange>, Fault> {
        let wanted = Wanted::read(ctx, task_ids, plan_code).await?;
        let change = match ctx.data_opt::<Telling>() {
            None => None,
            Some(Telling(event)) => wanted.change(ctx, event).await?,
        };
        Ok(stream::iter(change))
    }

    /// Tells of each change of what the caller may read, in the sequence that `changes` reads: after a
    /// connection was lost, `changes` goes on from the last cursor.
    async fn changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of these kinds of object; of all when left out.")] types: Option<
            Vec<ChangedType>,
        >,
    ) -> Result<impl Stream<Item = Change>, Fault> {
        let change = match ctx.data_opt::<Telling>() {
            None => None,
            Some(Telling(event)) => Change::of_event(ctx, event, &wanted(types)).await?,
        };
        Ok(stream::iter(change))
    }

    /// Tells the caller of what he or she is told (通知), once for each change or round of
    /// reminders.
    async fn notification_added(
        &self,
        ctx: &Context<'_>,
    ) -> Result<impl Stream<Item = NotificationAddition>, Fault> {
        let request = request(ctx);
        let account = request.principal()?.account();
        let addition = match ctx.data_opt::<Telling>() {
            Some(Telling(event)) if event.action == NOTIFICATION_ADDED => {
                let (db, id) = (request.app.store().read(), NotificationId(event.object_id));
                match notifications::find(db, (account, &request.scope), id).await? {
                    Some(found) => Some(NotificationAddition {
                        notification: Notification(found),
                        unread_count: request.unread_count(account).await?,
                    }),
                    None => None,
                }
            }
            _ => None,
        };
        Ok(stream::iter(addition))
    }
}

/// Which tasks a subscription is about.
struct Wanted {
    tasks: Option<Vec<TaskId>>,
    plan: Option<duban_domain::ids::PlanId>,
}

impl Wanted {
    /// Reads the arguments; what they name must be in scope.
    async fn read(
        ctx: &Context<'_>,
        ids: Option<Vec<ID>>,
        code: Option<String>,
    ) -> Result<Self, Fault> {
        let request = request(ctx);
        let db = request.app.store().read();
        let plan = match code {
            None => None,
            Some(code) => {
                let found = plans::find_by_code(db, &request.scope, code.trim()).await?;
                Some(found.ok_or(Fault::NotFound)?.id)
            }
        };
        let Some(ids) = ids else {
            return Ok(Self { tasks: None, plan });
        };
        if ids.len() > MOST_TASKS {
            return Err(Fault::BadInput {
                code: "TOO_MANY_ROWS",
            });
        }
        let mut tasks = Vec::with_capacity(ids.len());
        for id in &ids {
            match decode(id) {
                Some((Kind::Task, key)) => tasks.push(TaskId(key)),
                _ => return Err(Fault::NotFound),
            }
        }
        tasks.sort_unstable();
        tasks.dedup();
        let found = tasks::find_many(db, &request.scope, &tasks).await?;
        if found.len() != tasks.len() {
            return Err(Fault::NotFound);
        }
        Ok(Self {
            tasks: Some(tasks),
            plan,
        })
    }

    /// What the event means to this subscription.
    async fn change(
        &self,
        ctx: &Context<'_>,
        event: &DomainEvent,
    ) -> Result<Option<TaskChange>, Fault> {
        let id = TaskId(event.object_id);
        let is_named = self.tasks.as_ref().is_none_or(|all| all.contains(&id));
        if event.object_type != "Task" || !is_named {
            return Ok(None);
        }
        let found = request(ctx).loader.load_one(id).await?;
        let fits = |task: &Arc<duban_domain::task::Task>| {
            self.plan.is_none_or(|plan| task.plan == Some(plan))
        };
        Ok(found.filter(fits).map(|task| TaskChange {
            task: Task(task),
            action: event.action.to_string(),
        }))
    }
}
