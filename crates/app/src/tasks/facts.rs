//! What decisions about tasks need to know, read with a fixed number of statements for any number
//! of tasks.

use std::collections::{HashMap, HashSet};

use duban_domain::{
    access::{Forbidden, Person, Place, Principal, Scope, authorize},
    calendar::WorkingCalendar,
    clock::official_day,
    ids::{AccountId, DepartmentId, MetricId, PlanId, TaskId},
    metric::Metric,
    plan::{draft::AssignmentRole, issued::PlanState},
    task::{
        Circumstances, ExceptionState, Milestone, MilestoneState, Refusal, Task, TaskLife,
        Transition,
    },
};
use duban_persistence::{
    Connection, StoreError,
    accounts::{self, Account},
    assignments, calendar, departments, exceptions, lives, metrics, milestones, origins, plans,
    rollups, task_codes,
};
use time::{Date, OffsetDateTime};

use super::{
    SIGN_WORKING_DAYS,
    rights::{Side, needs},
};
use crate::measurements::verified_of;

/// Facts about some tasks at one moment.
pub struct Facts {
    today: Date,
    calendar: WorkingCalendar,
    lives: HashMap<TaskId, TaskLife>,
    leads: HashMap<TaskId, DepartmentId>,
    places: HashMap<DepartmentId, Place>,
    plans: HashMap<PlanId, (DepartmentId, PlanState)>,
    owners: HashMap<TaskId, DepartmentId>,
    live: HashMap<DepartmentId, Vec<Account>>,
    open_metrics: HashMap<TaskId, Vec<String>>,
    open_milestones: HashMap<TaskId, Vec<String>>,
    open_sub_tasks: HashMap<TaskId, Vec<String>>,
}

/// Whether an act would be taken now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It would.
    Allowed,
    /// The caller lacks the permission here; what the task would say is not told.
    Forbidden(Forbidden),
    /// The task does not allow it.
    Refused(Refusal),
    /// Its plan is not in force yet.
    NotIssued,
}

/// Reads what decisions about these tasks need; the caller has found them in scope.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn facts_of<C: Connection>(
    db: &C,
    scope: &Scope,
    found: &[Task],
    now: OffsetDateTime,
) -> Result<Facts, StoreError> {
    let ids: Vec<TaskId> = found.iter().map(|task| task.id).collect();
    let assigned = assignments::of_tasks(db, scope, &ids).await?;
    let leads: HashMap<TaskId, DepartmentId> = assigned
        .into_values()
        .flatten()
        .filter(|one| one.role == AssignmentRole::Lead)
        .map(|one| (one.task, one.department))
        .collect();
    let mut plan_ids: Vec<PlanId> = found.iter().filter_map(|task| task.plan).collect();
    plan_ids.sort_unstable();
    plan_ids.dedup();
    let plans: HashMap<PlanId, (DepartmentId, PlanState)> = plans::find_many(db, scope, &plan_ids)
        .await?
        .into_iter()
        .map(|plan| (plan.id, (plan.department, plan.state)))
        .collect();
    let owners: HashMap<TaskId, DepartmentId> = origins::of_tasks(db, scope, &ids)
        .await?
        .into_iter()
        .map(|(task, origin)| (task, origin.owner))
        .collect();
    let lead_ids: Vec<DepartmentId> = leads.values().copied().collect();
    let of_plans = plans.values().map(|(department, _)| *department);
    let all: Vec<DepartmentId> = lead_ids
        .iter()
        .copied()
        .chain(of_plans)
        .chain(owners.values().copied())
        .collect();
    let paths = departments::paths(db, &all).await?;
    Ok(Facts {
        today: official_day(now),
        calendar: calendar::load(db).await?,
        lives: lives::of_tasks(db, scope, found).await?,
        places: paths
            .into_iter()
            .map(|(id, path)| (id, Place(path)))
            .collect(),
        live: accounts::live_of_departments_unscoped(db, &lead_ids).await?,
        open_metrics: open_metrics(db, scope, &ids).await?,
        open_milestones: open_milestones(db, scope, &ids).await?,
        open_sub_tasks: task_codes::open_parts_unscoped(db, &ids).await?,
        leads,
        plans,
        owners,
    })
}

/// The metrics that verified figures do not attain and that have no approved exception (product rule 4).
async fn open_metrics<C: Connection>(
    db: &C,
    scope: &Scope,
    ids: &[TaskId],
) -> Result<HashMap<TaskId, Vec<String>>, StoreError> {
    let found = metrics::of_tasks(db, scope, ids).await?;
    let excepted: HashSet<MetricId> = exceptions::of_tasks(db, scope, ids)
        .await?
        .into_values()
        .flatten()
        .filter(|one| one.state == ExceptionState::Approved)
        .map(|one| one.metric)
        .collect();
    let measured = rollups::measured_of_tasks(db, scope, ids).await?;
    let verified = verified_of(db, scope, &measured).await?;
    let is_attained = |one: &Metric| {
        let figure = verified.get(&one.id);
        figure.is_some_and(|figure| one.target.is_attained(*figure))
    };
    let open = |list: Vec<Metric>| {
        list.into_iter()
            .filter(|one| !excepted.contains(&one.id) && !is_attained(one))
            .map(|one| one.code)
            .collect()
    };
    Ok(found
        .into_iter()
        .map(|(task, list)| (task, open(list)))
        .collect())
}

async fn open_milestones<C: Connection>(
    db: &C,
    scope: &Scope,
    ids: &[TaskId],
) -> Result<HashMap<TaskId, Vec<String>>, StoreError> {
    let found = milestones::of_tasks(db, scope, ids).await?;
    let open = |list: Vec<Milestone>| {
        list.into_iter()
            .filter(|one| one.state == MilestoneState::Open)
            .map(|one| one.title)
            .collect()
    };
    Ok(found
        .into_iter()
        .map(|(task, list)| (task, open(list)))
        .collect())
}

impl Facts {
    /// The life of a task.
    pub fn life(&self, task: &Task) -> TaskLife {
        let known = self.lives.get(&task.id).cloned();
        known.unwrap_or_else(|| lives::unborn(task))
    }

    /// Where the department stands that leads the task.
    pub fn lead(&self, task: &Task) -> Option<&Place> {
        self.places.get(self.leads.get(&task.id)?)
    }

    /// Where the department stands whose task it is: that of its plan, or the one that set the item.
    pub fn owner(&self, task: &Task) -> Option<&Place> {
        self.places.get(&self.owner_id(task)?)
    }

    fn owner_id(&self, task: &Task) -> Option<DepartmentId> {
        match task.plan {
            Some(plan) => self.plans.get(&plan).map(|(department, _)| *department),
            None => self.owners.get(&task.id).copied(),
        }
    }

    /// Whether its plan is in force.
    pub fn plan_state(&self, task: &Task) -> Option<PlanState> {
        self.plans.get(&task.plan?).map(|(_, state)| *state)
    }

    /// The people of the lead department who can sign in.
    pub fn candidates(&self, task: &Task) -> &[Account] {
        let lead = self.leads.get(&task.id);
        lead.and_then(|lead| self.live.get(lead))
            .map_or(&[], Vec::as_slice)
    }

    /// The day it is.
    pub const fn today(&self) -> Date {
        self.today
    }

    /// Lets a rule decide with what is known of the task. The person is whom the caller acts as.
    pub fn decide<T>(
        &self,
        task: &Task,
        (caller, who): (&Principal, Person),
        rule: impl FnOnce(&Circumstances<'_>) -> T,
    ) -> T {
        fn of(known: &HashMap<TaskId, Vec<String>>, task: TaskId) -> &[String] {
            known.get(&task).map_or(&[], Vec::as_slice)
        }
        let live: Vec<AccountId> = self.candidates(task).iter().map(|one| one.id).collect();
        rule(&Circumstances {
            who,
            stands_for: caller.stands_for(),
            today: self.today,
            calendar: &self.calendar,
            sign_working_days: SIGN_WORKING_DAYS,
            has_lead: self.leads.contains_key(&task.id),
            live_accounts: &live,
            open_metrics: of(&self.open_metrics, task.id),
            open_milestones: of(&self.open_milestones, task.id),
            open_sub_tasks: of(&self.open_sub_tasks, task.id),
        })
    }
}

/// For every transition, whether this caller could do it to the task now, and why not.
pub fn verdicts(facts: &Facts, task: &Task, who: &Principal) -> Vec<(Transition, Verdict)> {
    let life = facts.life(task);
    let nowhere = Place(Vec::new());
    let verdict = |by: Transition| {
        let (permission, side) = needs(by);
        let place = match side {
            Side::Owner => facts.owner(task),
            Side::Lead => facts.lead(task),
        };
        let person = match authorize(who, permission, place.unwrap_or(&nowhere)) {
            Ok(person) => person,
            Err(missing) => return Verdict::Forbidden(missing),
        };
        match facts.decide(task, (who, person), |now| life.check(by, now)) {
            Err(refusal) => Verdict::Refused(refusal),
            Ok(_) if facts.plan_state(task) == Some(PlanState::Draft) => Verdict::NotIssued,
            Ok(_) => Verdict::Allowed,
        }
    };
    Transition::ALL
        .iter()
        .map(|by| (*by, verdict(*by)))
        .collect()
}
