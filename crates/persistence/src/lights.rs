//! What lights are judged from, read with a fixed number of statements for any number of tasks.

use std::collections::{HashMap, HashSet};

use duban_domain::{
    access::Scope,
    calendar::WorkingCalendar,
    clock::official_day,
    ids::{DepartmentId, PlanId, SectionId, TaskId},
    light::{LightFacts, LightOverride, LiveOwners, MilestoneFact, WaitingNotice},
    period::{Cadence, Period},
    plan::draft::AssignmentRole,
    report::{Course, ReportSchedule, was_underway_in},
    task::{MilestoneState, TaskState},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, RelationDef, sea_query::SelectStatement,
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{
    assignments::role_name,
    calendar,
    entity::{
        account, assignment, milestone, progress_report as report, task, task_life, task_step,
    },
    error::{StoreError, corrupt},
    instant::Instant,
    light_overrides, notices, page, report_rules,
    tasks::{TaskFilter, TaskOrder, condition, scoped, sort_keys},
};

/// Which tasks are asked about, in the caller's scope.
#[derive(Debug, Clone, Copy)]
pub enum Asked<'a> {
    /// Those of these keys, at most 10,000.
    These(&'a [TaskId]),
    /// All that a filter lets through, in an order; its lights are not looked at.
    Matching(&'a TaskFilter, TaskOrder),
    /// All of these plans.
    OfPlans(&'a [PlanId]),
    /// All that one of these departments leads.
    LedBy(&'a [DepartmentId]),
}

/// A task, with what its light is judged from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The task.
    pub id: TaskId,
    /// Its plan.
    pub plan: Option<PlanId>,
    /// Its chapter.
    pub section: Option<SectionId>,
    /// The department that leads.
    pub lead: Option<DepartmentId>,
    /// The facts.
    pub facts: LightFacts,
    /// The override that stands today.
    pub overriding: Option<LightOverride>,
}

/// The columns of a task and its life that lights need.
#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    plan_id: Option<Uuid>,
    section_id: Option<Uuid>,
    state: String,
    deadline: Option<Date>,
    original_deadline: Option<Date>,
    sign_by: Option<Date>,
    mend_by: Option<Date>,
    review_on: Option<Date>,
    accountable_id: Option<Uuid>,
    substitute_id: Option<Uuid>,
}

/// A task's way so far.
#[derive(Debug, Clone)]
struct Way {
    handed_out_on: Option<Date>,
    last_step_on: Date,
    course: Course,
}

/// The last report of a department on a task.
struct LastReport {
    period: Period,
    submitted_on: Date,
}

/// Months that reports are missed over; what is older has long been red.
const LOOKED_BACK: usize = 24;

/// The tasks asked about with their facts on the day, in the order asked for.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn facts_of<C: ConnectionTrait>(
    db: &C,
    scope: &Scope,
    asked: Asked<'_>,
    now: OffsetDateTime,
) -> Result<Vec<Subject>, StoreError> {
    let today = official_day(now);
    let schedule = report_rules::schedule(db).await?;
    let due = due_months(today, &schedule, &calendar::load(db).await?);
    let keys = || keys_of(scope, asked);
    let rows = rows(db, scope, asked).await?;
    let ways = ways(db, keys()).await?;
    let mut milestones = milestones(db, keys()).await?;
    let live = live_owners(db, keys()).await?;
    let leads = leads(db, keys()).await?;
    let reports = last_reports(db, keys()).await?;
    let waiting = notices::waiting_on(db, keys()).await?;
    let mut overrides = light_overrides::standing(db, keys(), today).await?;
    rows.into_iter()
        .map(|row| {
            let (id, way) = (TaskId(row.id), ways.get(&row.id));
            let last_step_on = way.map(|one| one.last_step_on);
            let lead = leads.get(&row.id).copied();
            let report = lead.and_then(|lead| reports.get(&(row.id, lead)));
            let state = TaskState::parse(&row.state)
                .ok_or_else(|| corrupt("task", "state", row.id, &row.state))?;
            Ok(Subject {
                id,
                plan: row.plan_id.map(PlanId),
                section: row.section_id.map(SectionId),
                lead,
                facts: LightFacts {
                    state,
                    today,
                    handed_out_on: way.and_then(|one| one.handed_out_on),
                    last_step_on,
                    touched_on: last_step_on.max(report.map(|one| one.submitted_on)),
                    deadline: row.deadline,
                    original_deadline: row.original_deadline,
                    sign_by: row.sign_by,
                    mend_by: row.mend_by,
                    review_on: row.review_on,
                    milestones: milestones.remove(&row.id).unwrap_or_default(),
                    missing_reports: way
                        .filter(|_| lead.is_some())
                        .map(|way| missing(&due, &way.course, report.map(|one| one.period)))
                        .unwrap_or_default(),
                    notice: waiting
                        .get(&row.id)
                        .map(|(number, reply_by)| WaitingNotice {
                            number: *number,
                            reply_by: *reply_by,
                        }),
                    cadence: Cadence::Monthly,
                    owners: owners(row.accountable_id.zip(row.substitute_id), &live),
                    attained: None,
                },
                overriding: overrides.remove(&id),
            })
        })
        .collect()
}

/// What narrows the tasks of the scope to those asked about.
#[expect(clippy::disallowed_methods, reason = "narrows tasks that are scoped")]
fn narrowing(asked: Asked<'_>, scope: &Scope) -> Condition {
    match asked {
        Asked::These(ids) => {
            let keys = ids.iter().map(|id| id.0);
            Condition::all().add(task::Column::Id.is_in(keys))
        }
        Asked::Matching(filter, _) => condition(filter, scope),
        Asked::OfPlans(plans) => {
            let keys = plans.iter().map(|id| id.0);
            Condition::all().add(task::Column::PlanId.is_in(keys))
        }
        Asked::LedBy(departments) => {
            let led = assignment::Entity::find()
                .select_only()
                .column(assignment::Column::TaskId)
                .filter(assignment::Column::Role.eq(role_name(AssignmentRole::Lead)))
                .filter(assignment::Column::DepartmentId.is_in(departments.iter().map(|one| one.0)))
                .into_query();
            Condition::all().add(task::Column::Id.in_subquery(led))
        }
    }
}

/// The keys of the tasks asked about, for what hangs on them.
fn keys_of(scope: &Scope, asked: Asked<'_>) -> SelectStatement {
    scoped(scope)
        .filter(narrowing(asked, scope))
        .select_only()
        .column(task::Column::Id)
        .into_query()
}

async fn rows(
    db: &impl ConnectionTrait,
    scope: &Scope,
    asked: Asked<'_>,
) -> Result<Vec<Row>, StoreError> {
    let life: RelationDef = task::Entity::belongs_to(task_life::Entity)
        .from(task::Column::Id)
        .to(task_life::Column::TaskId)
        .into();
    let order = match asked {
        Asked::Matching(_, order) => order,
        Asked::These(_) | Asked::OfPlans(_) | Asked::LedBy(_) => TaskOrder::default(),
    };
    let select = scoped(scope)
        .filter(narrowing(asked, scope))
        .select_only()
        .columns([
            task::Column::Id,
            task::Column::PlanId,
            task::Column::SectionId,
            task::Column::State,
            task::Column::Deadline,
        ])
        .join(JoinType::LeftJoin, life)
        .columns([
            task_life::Column::OriginalDeadline,
            task_life::Column::SignBy,
            task_life::Column::MendBy,
            task_life::Column::ReviewOn,
            task_life::Column::AccountableId,
            task_life::Column::SubstituteId,
        ]);
    let rows = page::ordered(select, &sort_keys(db, order))
        .into_model()
        .all(db)
        .await?;
    Ok(rows)
}

#[expect(clippy::disallowed_methods, reason = "the tasks are scoped already")]
async fn ways(
    db: &impl ConnectionTrait,
    tasks: SelectStatement,
) -> Result<HashMap<Uuid, Way>, StoreError> {
    let rows: Vec<(Uuid, Instant, String)> = task_step::Entity::find()
        .select_only()
        .columns([
            task_step::Column::TaskId,
            task_step::Column::OccurredAt,
            task_step::Column::ToState,
        ])
        .filter(task_step::Column::TaskId.in_subquery(tasks))
        .order_by_asc(task_step::Column::Seq)
        .into_tuple()
        .all(db)
        .await?;
    let mut ways: HashMap<Uuid, Way> = HashMap::new();
    for (task, at, name) in rows {
        let day = official_day(at.into());
        let to =
            TaskState::parse(&name).ok_or_else(|| corrupt("task_step", "to_state", task, &name))?;
        let way = ways.entry(task).or_insert_with(|| Way {
            handed_out_on: None,
            last_step_on: day,
            course: Course::default(),
        });
        way.last_step_on = day;
        way.course.push(day, to);
        if way.handed_out_on.is_none() && to == TaskState::Assigned {
            way.handed_out_on = Some(day);
        }
    }
    Ok(ways)
}

#[expect(clippy::disallowed_methods, reason = "the tasks are scoped already")]
async fn milestones(
    db: &impl ConnectionTrait,
    tasks: SelectStatement,
) -> Result<HashMap<Uuid, Vec<MilestoneFact>>, StoreError> {
    let rows: Vec<(Uuid, String, Option<Date>, String)> = milestone::Entity::find()
        .select_only()
        .columns([
            milestone::Column::TaskId,
            milestone::Column::Title,
            milestone::Column::DueOn,
            milestone::Column::State,
        ])
        .filter(milestone::Column::TaskId.in_subquery(tasks))
        .into_tuple()
        .all(db)
        .await?;
    let mut found: HashMap<Uuid, Vec<MilestoneFact>> = HashMap::new();
    for (task, title, due_on, state) in rows {
        found.entry(task).or_default().push(MilestoneFact {
            title,
            due_on,
            is_open: state == MilestoneState::Open.name(),
        });
    }
    Ok(found)
}

/// Those of the people named for the tasks who can sign in.
#[expect(clippy::disallowed_methods, reason = "the tasks are scoped already")]
async fn live_owners(
    db: &impl ConnectionTrait,
    tasks: SelectStatement,
) -> Result<HashSet<Uuid>, StoreError> {
    let named = |column| {
        task_life::Entity::find()
            .select_only()
            .column(column)
            .filter(task_life::Column::TaskId.in_subquery(tasks.clone()))
            .filter(task_life::Column::AccountableId.is_not_null())
            .into_query()
    };
    let rows: Vec<Uuid> = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::DisabledAt.is_null())
        .filter(account::Column::PasswordHash.is_not_null())
        .filter(
            Condition::any()
                .add(account::Column::Id.in_subquery(named(task_life::Column::AccountableId)))
                .add(account::Column::Id.in_subquery(named(task_life::Column::SubstituteId))),
        )
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

fn owners(named: Option<(Uuid, Uuid)>, live: &HashSet<Uuid>) -> LiveOwners {
    let Some((accountable, substitute)) = named else {
        return LiveOwners::Unnamed;
    };
    match (live.contains(&accountable), live.contains(&substitute)) {
        (true, true) => LiveOwners::Both,
        (false, false) => LiveOwners::Neither,
        _ => LiveOwners::One,
    }
}

#[expect(clippy::disallowed_methods, reason = "the tasks are scoped already")]
async fn leads(
    db: &impl ConnectionTrait,
    tasks: SelectStatement,
) -> Result<HashMap<Uuid, DepartmentId>, StoreError> {
    let rows: Vec<(Uuid, Uuid)> = assignment::Entity::find()
        .select_only()
        .columns([assignment::Column::TaskId, assignment::Column::DepartmentId])
        .filter(assignment::Column::TaskId.in_subquery(tasks))
        .filter(assignment::Column::Role.eq(role_name(AssignmentRole::Lead)))
        .into_tuple()
        .all(db)
        .await?;
    let pair = |(task, department)| (task, DepartmentId(department));
    Ok(rows.into_iter().map(pair).collect())
}

/// The last report of each department on each task: what came before it is no longer missed.
#[expect(clippy::disallowed_methods, reason = "the tasks are scoped already")]
async fn last_reports(
    db: &impl ConnectionTrait,
    tasks: SelectStatement,
) -> Result<HashMap<(Uuid, DepartmentId), LastReport>, StoreError> {
    let rows: Vec<(Uuid, Uuid, String, Instant)> = report::Entity::find()
        .select_only()
        .columns([report::Column::TaskId, report::Column::DepartmentId])
        .column_as(report::Column::Period.max(), "period")
        .column_as(report::Column::SubmittedAt.max(), "submitted_at")
        .filter(report::Column::TaskId.in_subquery(tasks))
        .filter(report::Column::FirstSubmittedAt.is_not_null())
        .group_by(report::Column::TaskId)
        .group_by(report::Column::DepartmentId)
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(task, department, period, at)| {
            let last = LastReport {
                period: period
                    .parse()
                    .map_err(|_| corrupt("progress_report", "period", task, &period))?,
                submitted_on: official_day(at.into()),
            };
            Ok(((task, DepartmentId(department)), last))
        })
        .collect()
}

/// The months whose reports were due before today, the newest first.
fn due_months(today: Date, schedule: &ReportSchedule, calendar: &WorkingCalendar) -> Vec<Period> {
    let this = Period::of(today, Cadence::Monthly);
    std::iter::successors(Some(this), |one| Some(one.previous()))
        .filter(|one| schedule.window(*one, calendar).due_on < today)
        .take(LOOKED_BACK)
        .collect()
}

/// The months after the last report in which the task was underway, the oldest first.
fn missing(due: &[Period], course: &Course, last: Option<Period>) -> Vec<Period> {
    let since = due
        .iter()
        .take_while(|one| last.is_none_or(|last| **one > last));
    let mut missing: Vec<Period> = since
        .filter(|one| was_underway_in(course, **one))
        .copied()
        .collect();
    missing.reverse();
    missing
}
