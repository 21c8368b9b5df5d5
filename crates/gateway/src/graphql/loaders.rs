//! Made for each request: one statement for a level, in the caller's scope.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use duban_app::tasks::{Facts, facts_of};
use duban_domain::{
    access::Scope,
    department::Department,
    ids::{
        AccountId, AssignmentId, ClauseId, DepartmentId, MetricId, MilestoneId, PlanId, SectionId,
        TaskId,
    },
    metric::Metric,
    plan::issued::{Clause, Plan, PlanWarning, Section},
    task::{Assignment, Extension, MetricException, Milestone, MilestoneStep, Task, item::Origin},
};
use duban_persistence::{
    Store, StoreError,
    accounts::{self, Account, RoleNames},
    amendments,
    assignments::{self, Load, Unresolved},
    clauses, departments, exceptions, extensions,
    lives::{self, StoredStep},
    metrics, milestone_steps, milestones, origins,
    overview::{self, PlanFacts},
    plans, sections,
    task_links::{self, LinkEnd},
    tasks, warnings,
};
use time::Duration;

/// Every loader of a request.
pub struct Loaders {
    store: Store,
    scope: Scope,
}

impl Loaders {
    /// Loaders that see what the scope lets them.
    pub const fn new(store: Store, scope: Scope) -> Self {
        Self { store, scope }
    }
}

type Found<K, V> = Result<HashMap<K, V>, Arc<StoreError>>;

macro_rules! by_key {
    ($($key:ty => $value:ty, $module:ident);+ $(;)?) => {
        $(
            impl Loader<$key> for Loaders {
                type Value = $value;
                type Error = Arc<StoreError>;

                async fn load(&self, keys: &[$key]) -> Found<$key, $value> {
                    let rows = $module::find_many(self.store.read(), &self.scope, keys).await?;
                    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
                }
            }
        )+
    };
}

by_key! {
    PlanId => Plan, plans;
    SectionId => Section, sections;
    ClauseId => Clause, clauses;
    TaskId => Task, tasks;
    AssignmentId => Assignment, assignments;
    MilestoneId => Milestone, milestones;
    MetricId => Metric, metrics;
}

impl Loader<DepartmentId> for Loaders {
    type Value = Department;
    type Error = Arc<StoreError>;

    async fn load(&self, keys: &[DepartmentId]) -> Found<DepartmentId, Department> {
        let rows = departments::find_many(self.store.read(), keys).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }
}

impl Loader<AccountId> for Loaders {
    type Value = Account;
    type Error = Arc<StoreError>;

    async fn load(&self, keys: &[AccountId]) -> Found<AccountId, Account> {
        let rows = accounts::find_many_unscoped(self.store.read(), keys).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }
}

macro_rules! lists_of {
    ($($(#[$doc:meta])* $name:ident($key:ty) => $value:ty, $find:expr);+ $(;)?) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            pub struct $name(pub $key);

            impl Loader<$name> for Loaders {
                type Value = $value;
                type Error = Arc<StoreError>;

                async fn load(&self, keys: &[$name]) -> Found<$name, $value> {
                    let ids: Vec<$key> = keys.iter().map(|key| key.0).collect();
                    let found = $find(self, &ids).await?;
                    Ok(found.into_iter().map(|(key, value)| ($name(key), value)).collect())
                }
            }
        )+
    };
}

lists_of! {
    /// The sections of a plan.
    SectionsOf(PlanId) => Vec<Section>,
        async |this: &Loaders, ids: &[PlanId]| {
            sections::of_plans(this.store.read(), &this.scope, ids).await
        };
    /// What the overview of a plan counts; the plan was found in scope.
    FactsOf(PlanId) => PlanFacts,
        async |this: &Loaders, ids: &[PlanId]| {
            overview::of_plans(this.store.read(), &this.scope, ids).await
        };
    /// The warnings of a plan.
    WarningsOf(PlanId) => Vec<PlanWarning>,
        async |this: &Loaders, ids: &[PlanId]| {
            warnings::of_plans(this.store.read(), &this.scope, ids).await
        };
    /// The tasks of a section.
    TasksOf(SectionId) => Vec<Task>,
        async |this: &Loaders, ids: &[SectionId]| {
            tasks::of_sections(this.store.read(), &this.scope, ids).await
        };
    /// The tasks divided from a task.
    SubTasksOf(TaskId) => Vec<Task>,
        async |this: &Loaders, ids: &[TaskId]| {
            tasks::of_parents(this.store.read(), &this.scope, ids).await
        };
    /// The work points that a key task sums up.
    SummedUpIn(TaskId) => Vec<Task>,
        async |this: &Loaders, ids: &[TaskId]| {
            task_links::linked(this.store.read(), &this.scope, LinkEnd::KeyTask, ids).await
        };
    /// The key tasks that sum a work point up.
    SummingUp(TaskId) => Vec<Task>,
        async |this: &Loaders, ids: &[TaskId]| {
            task_links::linked(this.store.read(), &this.scope, LinkEnd::WorkPoint, ids).await
        };
    /// The assignments of a task.
    AssignmentsOf(TaskId) => Vec<Assignment>,
        async |this: &Loaders, ids: &[TaskId]| {
            assignments::of_tasks(this.store.read(), &this.scope, ids).await
        };
    /// The names of a task that match no department yet.
    UnresolvedOf(TaskId) => Vec<Unresolved>,
        async |this: &Loaders, ids: &[TaskId]| {
            assignments::unresolved_of_tasks(this.store.read(), &this.scope, ids).await
        };
    /// The metrics of a task.
    MetricsOf(TaskId) => Vec<Metric>,
        async |this: &Loaders, ids: &[TaskId]| {
            metrics::of_tasks(this.store.read(), &this.scope, ids).await
        };
    /// The metrics that a clause states.
    MetricsIn(ClauseId) => Vec<Metric>,
        async |this: &Loaders, ids: &[ClauseId]| {
            metrics::of_clauses(this.store.read(), &this.scope, ids).await
        };
    /// The metrics whose figures a metric contains.
    ContainedIn(MetricId) => Vec<Metric>,
        async |this: &Loaders, ids: &[MetricId]| {
            metrics::contained_in(this.store.read(), &this.scope, ids).await
        };
    /// The milestones of a task.
    MilestonesOf(TaskId) => Vec<Milestone>,
        async |this: &Loaders, ids: &[TaskId]| {
            milestones::of_tasks(this.store.read(), &this.scope, ids).await
        };
    /// Everything that happened to a milestone of a task in force.
    MilestoneStepsOf(MilestoneId) => Vec<MilestoneStep>,
        async |this: &Loaders, ids: &[MilestoneId]| {
            milestone_steps::of_milestones(this.store.read(), &this.scope, ids).await
        };
    /// The requests to do without metrics of a task.
    ExceptionsOf(TaskId) => Vec<MetricException>,
        async |this: &Loaders, ids: &[TaskId]| {
            exceptions::of_tasks(this.store.read(), &this.scope, ids).await
        };
    /// The amendments of a task.
    AmendmentsOf(TaskId) => Vec<Amendment>,
        async |this: &Loaders, ids: &[TaskId]| {
            amendments::of_tasks(this.store.read(), &this.scope, ids).await
        };
    /// Where a task without a plan comes from.
    OriginOf(TaskId) => Origin,
        async |this: &Loaders, ids: &[TaskId]| {
            origins::of_tasks(this.store.read(), &this.scope, ids).await
        };
    /// Everything that happened to a task.
    StepsOf(TaskId) => Vec<StoredStep>,
        async |this: &Loaders, ids: &[TaskId]| {
            lives::steps_of(this.store.read(), &this.scope, ids).await
        };
    /// The requests for more time of a task.
    ExtensionsOf(TaskId) => Vec<Extension>,
        async |this: &Loaders, ids: &[TaskId]| {
            extensions::of_tasks(this.store.read(), &this.scope, ids).await
        };
    /// What decisions about a task need to know; one set of facts for all of a batch.
    LifeOf(TaskId) => Arc<Facts>,
        async |this: &Loaders, ids: &[TaskId]| {
            let found = tasks::find_many(this.store.read(), &this.scope, ids).await?;
            let now = this.store.clock().now();
            let now = this.scope.as_of.map_or(now, |until| until - Duration::SECOND);
            let facts = Arc::new(facts_of(this.store.read(), &this.scope, &found, now).await?);
            let of = |task: Task| (task.id, Arc::clone(&facts));
            Ok::<_, StoreError>(found.into_iter().map(of).collect::<HashMap<_, _>>())
        };
    /// The clauses of a task.
    ClausesOf(TaskId) => Vec<Clause>,
        async |this: &Loaders, ids: &[TaskId]| {
            clauses::of_tasks(this.store.read(), &this.scope, ids).await
        };
    /// The units directly below a unit.
    ChildrenOf(DepartmentId) => Vec<Department>,
        async |this: &Loaders, ids: &[DepartmentId]| {
            departments::children(this.store.read(), ids).await
        };
    /// The path of a unit up to the root, itself first.
    PathOf(DepartmentId) => Vec<DepartmentId>,
        async |this: &Loaders, ids: &[DepartmentId]| {
            departments::paths(this.store.read(), ids).await
        };
    /// How much a unit leads and supports.
    LoadOf(DepartmentId) => Load,
        async |this: &Loaders, ids: &[DepartmentId]| {
            assignments::loads(this.store.read(), &this.scope, ids).await
        };
}

/// The names of all roles; one key for all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AllRoles;

impl Loader<AllRoles> for Loaders {
    type Value = Vec<RoleNames>;
    type Error = Arc<StoreError>;

    async fn load(&self, _: &[AllRoles]) -> Found<AllRoles, Vec<RoleNames>> {
        Ok(HashMap::from([(
            AllRoles,
            accounts::role_names(self.store.read()).await?,
        )]))
    }
}
