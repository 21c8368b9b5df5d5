//! Tasks (任务) and assignments (责任分工) as the API shows them.

pub mod amendment;
pub mod enums;
pub mod life;
pub mod matrix;
mod object;
pub mod settled;
pub mod step;

use std::sync::Arc;

use async_graphql::{Context, Description, ID, InputObject, Object};
use duban_app::lights;
use duban_domain::{ids::TaskId, plan::draft, task as domain};
use duban_persistence::tasks::{self, TaskFilter as StoredFilter, TaskOrder as StoredOrder};

use super::{
    context::request,
    department::{Department, find_department},
    enums::{AssignmentRole, OrderDirection, TaskKind, TaskOrderField, TaskState},
    error::Fault,
    id::{Kind, Named, global, key, named},
    light::LightColour,
    loaders::{Recall, shared},
    page::{self, Args, Conn, LARGEST_PAGE},
    plan::find_plan,
    ready::ready,
};

/// A numbered point of a plan, being carried out (任务).
#[derive(Debug, Clone, Description)]
pub struct Task(pub Arc<domain::Task>);

impl From<domain::Task> for Task {
    fn from(one: domain::Task) -> Self {
        Self(Arc::new(one))
    }
}

/// A department with its role on a task (责任分工).
#[derive(Debug, Clone, Description)]
pub struct Assignment(pub domain::Assignment);

/// Which tasks a list holds; what is left out does not narrow.
#[derive(InputObject, Debug, Clone, Default)]
pub struct TaskFilter {
    /// Of this plan, by id or code.
    plan: Option<ID>,
    /// In this section, by id.
    section: Option<ID>,
    /// Of these kinds.
    kind: Option<Vec<TaskKind>>,
    /// In these states.
    state: Option<Vec<TaskState>>,
    /// This department takes part, by id or code.
    department: Option<ID>,
    /// In this role.
    role: Option<AssignmentRole>,
    /// All words occur in code, title, text or the names of its departments.
    text: Option<String>,
    /// With or without a metric.
    has_metric: Option<bool>,
    /// Read from a plan, or of no plan: items from other sources, and parts.
    has_plan: Option<bool>,
    /// Showing one of these lights.
    lights: Option<Vec<LightColour>>,
}

/// Order of a list of tasks.
#[derive(InputObject, Debug, Clone, Copy)]
pub struct TaskOrder {
    /// By what.
    field: TaskOrderField,
    /// Up or down.
    #[graphql(default)]
    direction: OrderDirection,
}

impl From<TaskOrder> for StoredOrder {
    fn from(order: TaskOrder) -> Self {
        Self {
            field: order.field.into(),
            is_descending: order.direction == OrderDirection::Desc,
        }
    }
}

impl TaskFilter {
    /// The filter with its ids and codes looked up.
    ///
    /// # Errors
    ///
    /// [`Fault::NotFound`] when a named object is absent.
    pub async fn resolve(self, ctx: &Context<'_>) -> Result<StoredFilter, Fault> {
        let mut wanted = StoredFilter {
            kinds: self
                .kind
                .unwrap_or_default()
                .into_iter()
                .map(Into::into)
                .collect(),
            states: self
                .state
                .unwrap_or_default()
                .into_iter()
                .map(Into::into)
                .collect(),
            role: self.role.map(Into::into),
            text: self.text,
            has_metric: self.has_metric,
            has_plan: self.has_plan,
            lights: self
                .lights
                .unwrap_or_default()
                .into_iter()
                .map(Into::into)
                .collect(),
            ..StoredFilter::default()
        };
        if let Some(id) = &self.plan {
            wanted.plan = Some(find_plan(ctx, id).await?.ok_or(Fault::NotFound)?.id);
        }
        if let Some(id) = &self.section {
            wanted.section = Some(duban_domain::ids::SectionId(key(Kind::Section, id)?));
        }
        if let Some(id) = &self.department {
            wanted.department = Some(find_department(ctx, id).await?.ok_or(Fault::NotFound)?.id);
        }
        Ok(wanted)
    }
}

/// The task that an argument names, if it is in scope.
///
/// # Errors
///
/// [`Fault::Internal`] when the store fails.
pub async fn find_task(ctx: &Context<'_>, id: &ID) -> Result<Option<Arc<domain::Task>>, Fault> {
    let request = request(ctx);
    match named(Kind::Task, id) {
        Named::Key(key) => Ok(request.load(TaskId(key)).await?),
        Named::Code(code) => {
            let db = request.app.store().read();
            let found = || shared(tasks::find_by_code(db, &request.scope, &code));
            let asked = Recall::TaskOf(code.clone());
            Ok(request.loaders().recalled(asked, found).await?)
        }
    }
}

/// A page of the tasks that the filter lets through.
///
/// # Errors
///
/// [`Fault::BadInput`] for wrong page arguments.
pub async fn list_tasks(
    ctx: &Context<'_>,
    args: Args,
    filter: &StoredFilter,
    order: StoredOrder,
) -> Result<Conn<Task>, Fault> {
    let request = request(ctx);
    let mut list = format!("tasks/{:?}/{}", order.field, order.is_descending);
    let store = request.app.store();
    if lights::needs_lights(filter, order) {
        list.push_str("/light");
        let window = args.window(ctx, &list, LARGEST_PAGE)?;
        let (scope, now) = (&request.scope, store.clock().now());
        let found = lights::list(store.read(), scope, (filter, order), &window, now).await?;
        return Ok(page::connection(&list, found.map(Task::from), |one| {
            lights::position(one.0.id)
        }));
    }
    let window = args.window(ctx, &list, LARGEST_PAGE)?;
    let db = store.read();
    let asked = Recall::Tasks(filter.clone(), order, window.clone());
    let found = || shared(tasks::list(db, &request.scope, filter, order, &window));
    let found = request.loaders().recalled(asked, found).await?;
    Ok(page::connection(&list, found.map(Task), |one| {
        tasks::key_of(&one.0, order)
    }))
}

#[Object(use_type_description)]
impl Assignment {
    /// Global id.
    pub async fn id(&self) -> ID {
        global(Kind::Assignment, self.0.id.0)
    }

    /// The task.
    async fn task(&self, ctx: &Context<'_>) -> Result<Task, Fault> {
        let found = request(ctx).loader.load_one(self.0.task).await?;
        found.map(Task).ok_or(Fault::NotFound)
    }

    /// The department.
    async fn department(&self, ctx: &Context<'_>) -> Result<Department, Fault> {
        let found = request(ctx).loader.load_one(self.0.department).await?;
        found.map(Department).ok_or(Fault::NotFound)
    }

    /// Its role.
    async fn role(&self) -> AssignmentRole {
        self.0.role.into()
    }

    /// The name that the document uses.
    async fn name_in_text(&self) -> &str {
        &self.0.name_in_text
    }

    /// Order of the text.
    async fn position(&self) -> i32 {
        self.0.position
    }
}

ready!(Assignment {});

/// Whether an assignment leads.
pub(super) fn leads(assignment: &domain::Assignment) -> bool {
    assignment.role == draft::AssignmentRole::Lead
}
