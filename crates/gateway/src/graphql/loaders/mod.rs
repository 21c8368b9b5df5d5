//! Made for each request: one statement for a level, in the caller's scope.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use duban_app::{
    delegations::listed_since,
    lights::{TaskLight, lights_of},
    notices::{NoticeFacts, facts_of as notice_facts_of},
    reports::PeriodRates,
    tasks::{Facts, facts_of},
};
use duban_domain::{
    access::{ApiToken, DatedGrant, Delegation, Scope},
    department::Department,
    ids::{
        AccountId, AmendmentId, AssignmentId, ClauseId, DepartmentId, ExceptionId, ExtensionId,
        ImportId, MeasurementId, MetricId, MilestoneId, NoticeId, PlanId, ReportId, SectionId,
        SheetId, TaskId, WebhookId,
    },
    measurement::{Measurement, import::Import, sheet::Sheet},
    metric::Metric,
    notice::{NoticeStep, SupervisionNotice},
    plan::issued::{Clause, Plan, PlanWarning, Section},
    report::{ProgressReport, ReportKey},
    task::{
        Assignment, Extension, MetricException, Milestone, MilestoneStep, Task,
        amendment::Amendment, item::Origin,
    },
    webhook::{Delivery, Webhook},
};
use duban_persistence::{
    Store, StoreError,
    accounts::{self, Account, RoleNames},
    amendments, api_tokens,
    assignments::{self, Load, Unresolved},
    clauses, delegations, departments, exceptions, extensions, grants,
    lights::Asked,
    lives::{self, StoredStep},
    measurement_imports, measurements, metrics, milestone_steps, milestones, notices,
    notification_settings, origins,
    overview::{self, PlanFacts},
    plans,
    remembered::Family,
    reports::{self, StoredReportStep},
    sections, sheets, sign_ins,
    task_links::{self, LinkEnd},
    tasks, warnings, webhooks,
};
use time::OffsetDateTime;

/// Every loader of a request.
pub struct Loaders {
    store: Store,
    scope: Arc<Scope>,
    remembering: Remembering,
}

impl Loaders {
    /// Loaders that see what the scope lets them.
    pub fn new(store: Store, scope: Arc<Scope>) -> Self {
        Self {
            store,
            scope,
            remembering: Remembering::default(),
        }
    }

    async fn lights(&self, asked: Asked<'_>) -> Result<Vec<TaskLight>, StoreError> {
        let now = self.store.clock().now();
        lights_of(self.store.read(), &self.scope, asked, now).await
    }
}

fn grouped<K: std::hash::Hash + Eq>(
    lights: Vec<TaskLight>,
    key: impl Fn(&TaskLight) -> Option<K>,
) -> HashMap<K, Vec<TaskLight>> {
    let mut found: HashMap<K, Vec<TaskLight>> = HashMap::new();
    for one in lights {
        if let Some(key) = key(&one) {
            found.entry(key).or_default().push(one);
        }
    }
    found
}

/// Lists, each row of them to be shared.
fn each_shared<K: std::hash::Hash + Eq, V>(lists: HashMap<K, Vec<V>>) -> HashMap<K, Vec<Arc<V>>> {
    let lists = lists.into_iter();
    let shared = lists.map(|(key, rows)| (key, rows.into_iter().map(Arc::new).collect()));
    shared.collect()
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

macro_rules! remembered_by_key {
    ($($key:ty => $value:ty, $module:ident);+ $(;)?) => {
        $(
            impl Remembered for $key {
                const FAMILY: Family = Family::Plans;
            }

            impl Loader<$key> for Loaders {
                type Value = Arc<$value>;
                type Error = Arc<StoreError>;

                async fn load(&self, keys: &[$key]) -> Found<$key, Arc<$value>> {
                    self.remembered(keys, async |keys: &[$key]| {
                        let rows = $module::find_many(self.store.read(), &self.scope, keys).await?;
                        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
                    })
                    .await
                }
            }
        )+
    };
}

remembered_by_key! {
    PlanId => Plan, plans;
    SectionId => Section, sections;
    TaskId => Task, tasks;
    MetricId => Metric, metrics;
}

by_key! {
    ClauseId => Clause, clauses;
    AssignmentId => Assignment, assignments;
    MilestoneId => Milestone, milestones;
    MeasurementId => Measurement, measurements;
    SheetId => Sheet, sheets;
    ImportId => Import, measurement_imports;
    ReportId => ProgressReport, reports;
    ExtensionId => Extension, extensions;
    ExceptionId => MetricException, exceptions;
    AmendmentId => Amendment, amendments;
    NoticeId => SupervisionNotice, notices;
}

impl Remembered for DepartmentId {
    const FAMILY: Family = Family::Directory;
}

impl Loader<DepartmentId> for Loaders {
    type Value = Arc<Department>;
    type Error = Arc<StoreError>;

    async fn load(&self, keys: &[DepartmentId]) -> Found<DepartmentId, Arc<Department>> {
        self.remembered(keys, async |keys: &[DepartmentId]| {
            let rows = departments::find_many_at(self.store.read(), &self.scope, keys).await?;
            Ok(rows
                .into_iter()
                .map(|row| (row.id, Arc::new(row)))
                .collect())
        })
        .await
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

macro_rules! remembered_lists_of {
    ($($(#[$doc:meta])* $name:ident($key:ty) => $value:ty, $family:ident, $find:expr);+ $(;)?) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            pub struct $name(pub $key);

            impl Remembered for $name {
                const FAMILY: Family = Family::$family;
            }

            impl Loader<$name> for Loaders {
                type Value = $value;
                type Error = Arc<StoreError>;

                async fn load(&self, keys: &[$name]) -> Found<$name, $value> {
                    self.remembered(keys, async |keys: &[$name]| {
                        let ids: Vec<$key> = keys.iter().map(|key| key.0).collect();
                        let found = $find(self, &ids).await?;
                        Ok(found.into_iter().map(|(key, value)| ($name(key), value)).collect())
                    })
                    .await
                }
            }
        )+
    };
}

mod figures;
mod rates;
mod remembering;
mod usage;

use remembering::Remembering;
pub use remembering::{Asked as Recall, Remembered, shared};

pub use figures::{
    AskedOf, BroughtBy, CapacitiesOf, CarriedBy, DoubtsAbout, EvidenceUnder, FiguresOf, ForecastOf,
    HasVerified, LastYearOf, RevisionsAt, SharingIn, WorkingOf,
};
pub use rates::{PresentMonth, RatesKey};
pub use usage::UsageOf;

remembered_lists_of! {
    /// The sections of a plan.
    SectionsOf(PlanId) => Vec<Arc<Section>>, Plans,
        async |this: &Loaders, ids: &[PlanId]| {
            sections::of_plans(this.store.read(), &this.scope, ids).await.map(each_shared)
        };
    /// What the overview of a plan counts; the plan was found in scope.
    FactsOf(PlanId) => PlanFacts, Plans,
        async |this: &Loaders, ids: &[PlanId]| {
            overview::of_plans(this.store.read(), &this.scope, ids).await
        };
    /// The assignments of a task.
    AssignmentsOf(TaskId) => Vec<Assignment>, Plans,
        async |this: &Loaders, ids: &[TaskId]| {
            assignments::of_tasks(this.store.read(), &this.scope, ids).await
        };
    /// The metrics of a task.
    MetricsOf(TaskId) => Vec<Arc<Metric>>, Plans,
        async |this: &Loaders, ids: &[TaskId]| {
            metrics::of_tasks(this.store.read(), &this.scope, ids).await.map(each_shared)
        };
    /// Where a task without a plan comes from.
    OriginOf(TaskId) => Origin, Plans,
        async |this: &Loaders, ids: &[TaskId]| {
            origins::of_tasks(this.store.read(), &this.scope, ids).await
        };
    /// The units directly below a unit.
    ChildrenOf(DepartmentId) => Vec<Arc<Department>>, Directory,
        async |this: &Loaders, ids: &[DepartmentId]| {
            departments::children(this.store.read(), &this.scope, ids).await.map(each_shared)
        };
    /// The path of a unit up to the root, itself first.
    PathOf(DepartmentId) => Vec<DepartmentId>, Directory,
        async |this: &Loaders, ids: &[DepartmentId]| {
            departments::paths(this.store.read(), ids).await
        };
    /// The units above a unit, the nearest first, on the day that is read.
    AncestorsOf(DepartmentId) => Vec<DepartmentId>, Directory,
        async |this: &Loaders, ids: &[DepartmentId]| {
            departments::ancestors(this.store.read(), &this.scope, ids).await
        };
}

lists_of! {
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
    /// The names of a task that match no department yet.
    UnresolvedOf(TaskId) => Vec<Unresolved>,
        async |this: &Loaders, ids: &[TaskId]| {
            assignments::unresolved_of_tasks(this.store.read(), &this.scope, ids).await
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
    /// The notices on a task.
    NoticesOf(TaskId) => Vec<SupervisionNotice>,
        async |this: &Loaders, ids: &[TaskId]| {
            notices::of_tasks(this.store.read(), &this.scope, ids).await
        };
    /// Everything that happened to a notice.
    NoticeStepsOf(NoticeId) => Vec<NoticeStep>,
        async |this: &Loaders, ids: &[NoticeId]| {
            notices::steps_of(this.store.read(), &this.scope, ids).await
        };
    /// What decisions on a notice need to know; one set of facts for all of a batch.
    NoticeFactsOf(NoticeId) => Arc<NoticeFacts>,
        async |this: &Loaders, ids: &[NoticeId]| {
            let found = notices::find_many(this.store.read(), &this.scope, ids).await?;
            let now = this.scope.moment(this.store.clock().now());
            let facts = Arc::new(notice_facts_of(this.store.read(), &found, now).await?);
            let of = |one: SupervisionNotice| (one.id, Arc::clone(&facts));
            Ok::<_, StoreError>(found.into_iter().map(of).collect::<HashMap<_, _>>())
        };
    /// What decisions about a task need to know; one set of facts for all of a batch.
    LifeOf(TaskId) => Arc<Facts>,
        async |this: &Loaders, ids: &[TaskId]| {
            let found = tasks::find_many(this.store.read(), &this.scope, ids).await?;
            let now = this.scope.moment(this.store.clock().now());
            let facts = Arc::new(facts_of(this.store.read(), &this.scope, &found, now).await?);
            let of = |task: Task| (task.id, Arc::clone(&facts));
            Ok::<_, StoreError>(found.into_iter().map(of).collect::<HashMap<_, _>>())
        };
    /// The reports on a task.
    ReportsOf(TaskId) => Vec<ProgressReport>,
        async |this: &Loaders, ids: &[TaskId]| {
            reports::of_tasks(this.store.read(), &this.scope, ids).await
        };
    /// The report of that task, department and period.
    ReportAt(ReportKey) => ProgressReport,
        async |this: &Loaders, keys: &[ReportKey]| {
            reports::at(this.store.read(), &this.scope, keys).await
        };
    /// Everything that was done with a report.
    ReportStepsOf(ReportId) => Vec<StoredReportStep>,
        async |this: &Loaders, ids: &[ReportId]| {
            reports::steps_of(this.store.read(), &this.scope, ids).await
        };
    /// How the reports of a department and everything below came in.
    RatesOf(RatesKey) => Vec<PeriodRates>,
        async |this: &Loaders, keys: &[RatesKey]| rates::rates(this, keys).await;
    /// The light of a task.
    LightOf(TaskId) => TaskLight,
        async |this: &Loaders, ids: &[TaskId]| {
            let found = this.lights(Asked::These(ids)).await?;
            let of = |one: TaskLight| (one.task, one);
            Ok::<_, StoreError>(found.into_iter().map(of).collect::<HashMap<_, _>>())
        };
    /// The lights of a plan's tasks, in the order of the text.
    LightsIn(PlanId) => Vec<TaskLight>,
        async |this: &Loaders, ids: &[PlanId]| {
            let found = this.lights(Asked::OfPlans(ids)).await?;
            Ok::<_, StoreError>(grouped(found, |one| one.plan))
        };
    /// The lights of the tasks that a unit leads.
    LightsLedBy(DepartmentId) => Vec<TaskLight>,
        async |this: &Loaders, ids: &[DepartmentId]| {
            let found = this.lights(Asked::LedBy(ids)).await?;
            Ok::<_, StoreError>(grouped(found, |one| one.lead))
        };
    /// Every role that an account was given.
    GrantsOf(AccountId) => Vec<DatedGrant>,
        async |this: &Loaders, ids: &[AccountId]| {
            grants::of_accounts(this.store.read(), &this.scope, ids).await
        };
    /// The tokens of a service account.
    TokensOf(AccountId) => Vec<ApiToken>,
        async |this: &Loaders, ids: &[AccountId]| {
            api_tokens::of_accounts(this.store.read(), &this.scope, ids).await
        };
    /// The endpoints of a service account.
    WebhooksOf(AccountId) => Vec<Webhook>,
        async |this: &Loaders, ids: &[AccountId]| {
            webhooks::of_accounts(this.store.read(), &this.scope, ids).await
        };
    /// The code of a metric that a token is narrowed to: whoever sees the token sees it.
    MetricCodeOf(MetricId) => String,
        async |this: &Loaders, ids: &[MetricId]| {
            let found = metrics::find_many_unscoped(this.store.read(), ids).await?;
            let of = |one: Metric| (one.id, one.code);
            Ok::<_, StoreError>(found.into_iter().map(of).collect::<HashMap<_, _>>())
        };
    /// The newest message to an endpoint.
    NewestDeliveryOf(WebhookId) => Delivery,
        async |this: &Loaders, ids: &[WebhookId]| {
            webhooks::newest(this.store.read(), ids).await
        };
    /// Where the mails of an account go.
    AddressOf(AccountId) => String,
        async |this: &Loaders, ids: &[AccountId]| {
            notification_settings::addresses(this.store.read(), &this.scope, ids).await
        };
    /// Who stands in for an account, back to a year ago.
    DelegationsFrom(AccountId) => Vec<Delegation>,
        async |this: &Loaders, ids: &[AccountId]| {
            let since = listed_since(this.store.clock().now());
            delegations::from_accounts(this.store.read(), &this.scope, ids, since).await
        };
    /// When somebody last signed in with an account.
    LastSignInOf(AccountId) => OffsetDateTime,
        async |this: &Loaders, ids: &[AccountId]| {
            sign_ins::last_of_accounts(this.store.read(), &this.scope, ids).await
        };
    /// The clauses of a task.
    ClausesOf(TaskId) => Vec<Clause>,
        async |this: &Loaders, ids: &[TaskId]| {
            clauses::of_tasks(this.store.read(), &this.scope, ids).await
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
