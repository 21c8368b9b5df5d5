//! All that the rows of a ledger are made of, read with a fixed number of statements.

use std::collections::{BTreeSet, HashMap};

use duban_domain::{
    access::{Permission, Principal, Scope},
    clock::official_day,
    department::Department,
    ids::{AccountId, DepartmentId, MetricId, MilestoneId, PlanId, SectionId, TaskId},
    metric::Metric,
    notice::SupervisionNotice,
    plan::{
        draft::AssignmentRole,
        issued::{Clause, Plan, Section},
    },
    quantity::Figure,
    report::ProgressReport,
    task::{
        Assignment, Extension, MetricException, Milestone, MilestoneStep, Owners, Task, TaskLife,
        item::Origin,
    },
};
use duban_persistence::{
    Connection, StoreError, accounts, assignments, clauses, departments, exceptions, extensions,
    lights::Asked,
    lives::{self, StoredStep},
    metrics, milestone_steps, milestones, notices, origins, plans, reports, sections,
    task_links::{self, LinkEnd},
    tasks,
};
use time::{Date, OffsetDateTime};

use crate::{
    lights::{TaskLight, lights_of},
    measurements::verified_of,
    notify::Directory,
};

/// What is known of some tasks at one moment, in the caller's scope.
pub(super) struct Loaded {
    pub today: Date,
    pub plans: HashMap<PlanId, Plan>,
    pub sections: HashMap<SectionId, Section>,
    pub clauses: HashMap<TaskId, Vec<Clause>>,
    pub assigned: HashMap<TaskId, Vec<Assignment>>,
    pub origins: HashMap<TaskId, Origin>,
    pub parents: HashMap<TaskId, Task>,
    pub sums_up: HashMap<TaskId, Vec<Task>>,
    pub lives: HashMap<TaskId, TaskLife>,
    pub steps: HashMap<TaskId, Vec<StoredStep>>,
    pub milestones: HashMap<TaskId, Vec<Milestone>>,
    pub milestone_steps: HashMap<MilestoneId, Vec<MilestoneStep>>,
    pub metrics: HashMap<TaskId, Vec<Metric>>,
    pub verified: HashMap<MetricId, Figure>,
    pub reports: HashMap<TaskId, Vec<ProgressReport>>,
    pub notices: HashMap<TaskId, Vec<SupervisionNotice>>,
    pub extensions: HashMap<TaskId, Vec<Extension>>,
    pub exceptions: HashMap<TaskId, Vec<MetricException>>,
    pub lights: HashMap<TaskId, TaskLight>,
    pub units: HashMap<DepartmentId, Department>,
    pub people: HashMap<AccountId, String>,
    pub directory: Directory,
}

impl Loaded {
    /// Reads what the ledger says of tasks that were found in scope; what the caller may not read of them
    /// stays empty.
    pub(super) async fn of<C: Connection>(
        db: &C,
        (who, scope): (&Principal, &Scope),
        found: &[Task],
        now: OffsetDateTime,
    ) -> Result<Self, StoreError> {
        let today = official_day(scope.moment(now));
        let ids: Vec<TaskId> = found.iter().map(|one| one.id).collect();
        let keys = Keys::of(found);
        let assigned = assignments::of_tasks(db, scope, &ids).await?;
        let leads: Vec<DepartmentId> = distinct(assigned.values().flatten().filter_map(|one| {
            let leads = one.role == AssignmentRole::Lead;
            leads.then_some(one.department)
        }));
        let units = distinct(assigned.values().flatten().map(|one| one.department));
        let units = departments::find_many_at(db, scope, &units).await?;
        let milestones = milestones::of_tasks(db, scope, &ids).await?;
        let steps: Vec<MilestoneId> = milestones.values().flatten().map(|one| one.id).collect();
        let (metrics, verified) = figures(db, (who, scope), &ids).await?;
        let lights = lights_of(db, scope, Asked::These(&ids), now).await?;
        let lives = lives::of_tasks(db, scope, found).await?;
        let directory = Directory::of(db, &leads, today).await?;
        let people = people(db, (&lives, &directory), &leads).await?;
        let may_read_reports = who.holds(Permission::ReportRead);
        Ok(Self {
            today,
            plans: by(plans::find_many(db, scope, &keys.plans).await?, |one| {
                one.id
            }),
            sections: by(
                sections::find_many(db, scope, &keys.sections).await?,
                |one| one.id,
            ),
            clauses: clauses::of_tasks(db, scope, &ids).await?,
            origins: origins::of_tasks(db, scope, &ids).await?,
            parents: by(tasks::find_many(db, scope, &keys.parents).await?, |one| {
                one.id
            }),
            sums_up: task_links::linked(db, scope, LinkEnd::KeyTask, &ids).await?,
            steps: lives::steps_of(db, scope, &ids).await?,
            milestone_steps: milestone_steps::of_milestones(db, scope, &steps).await?,
            reports: if may_read_reports {
                reports::of_tasks(db, scope, &ids).await?
            } else {
                HashMap::new()
            },
            notices: notices::of_tasks(db, scope, &ids).await?,
            extensions: extensions::of_tasks(db, scope, &ids).await?,
            exceptions: exceptions::of_tasks(db, scope, &ids).await?,
            lights: by(lights, |one| one.task),
            units: by(units, |one| one.id),
            assigned,
            lives,
            milestones,
            metrics,
            verified,
            people,
            directory,
        })
    }

    /// The short name of a unit.
    pub(super) fn unit(&self, id: DepartmentId) -> &str {
        self.units
            .get(&id)
            .map_or("", |one| one.short_name.as_str())
    }

    /// The name of a person.
    pub(super) fn person(&self, id: AccountId) -> &str {
        self.people.get(&id).map_or("", String::as_str)
    }
}

/// What tasks name.
struct Keys {
    plans: Vec<PlanId>,
    sections: Vec<SectionId>,
    parents: Vec<TaskId>,
}

impl Keys {
    fn of(found: &[Task]) -> Self {
        Self {
            plans: distinct(found.iter().filter_map(|one| one.plan)),
            sections: distinct(found.iter().filter_map(|one| one.section)),
            parents: distinct(found.iter().filter_map(|one| one.parent)),
        }
    }
}

/// The metrics of tasks with what is verified of each.
async fn figures<C: Connection>(
    db: &C,
    (who, scope): (&Principal, &Scope),
    ids: &[TaskId],
) -> Result<(HashMap<TaskId, Vec<Metric>>, HashMap<MetricId, Figure>), StoreError> {
    if !who.holds(Permission::MetricRead) {
        return Ok((HashMap::new(), HashMap::new()));
    }
    let metrics = metrics::of_tasks(db, scope, ids).await?;
    let all: Vec<Metric> = metrics.values().flatten().cloned().collect();
    let verified = verified_of(db, scope, &all).await?;
    Ok((metrics, verified))
}

/// The names of those who act for tasks, and of those behind the departments that lead them.
async fn people<C: Connection>(
    db: &C,
    (lives, directory): (&HashMap<TaskId, TaskLife>, &Directory),
    leads: &[DepartmentId],
) -> Result<HashMap<AccountId, String>, StoreError> {
    let owners = lives.values().filter_map(|one| one.owners);
    let behind = leads.iter().flat_map(|lead| directory.ladder(*lead));
    let all = owners.map(Owners::accountable);
    let all = distinct(all.chain(behind.map(|one| one.account)));
    let found = accounts::find_many_unscoped(db, &all).await?;
    let names = found.into_iter().map(|one| (one.id, one.display_name));
    Ok(names.collect())
}

fn by<K: std::hash::Hash + Eq, V>(all: Vec<V>, key: impl Fn(&V) -> K) -> HashMap<K, V> {
    all.into_iter().map(|one| (key(&one), one)).collect()
}

fn distinct<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    all.collect::<BTreeSet<T>>().into_iter().collect()
}
