//! What lights are judged from, read with a fixed number of statements for any number of tasks.

mod owners;
mod way;

use std::collections::HashMap;

use duban_domain::{
    access::Scope,
    clock::official_day,
    ids::{DepartmentId, PlanId, SectionId, TaskId},
    light::{LightFacts, LightOverride, MilestoneFact, WaitingNotice},
    period::{Cadence, Period},
    plan::draft::AssignmentRole,
    task::{MilestoneState, TaskState},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter,
    QuerySelect, QueryTrait, Select, sea_query::SelectStatement,
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use self::{
    owners::{leads, live_owners, owners},
    way::{due_months, last_reports, missing, ways},
};
use crate::{
    assignments::role_name,
    calendar,
    entity::{assignment, milestone, task, task_life},
    error::{StoreError, corrupt},
    light_overrides, milestones, notices, page, past, report_rules,
    tasks::{TaskFilter, TaskOrder, condition, listed, scoped, sort_keys},
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

/// The tasks asked about with their facts on the day, in the order asked for.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
#[expect(clippy::too_many_lines, reason = "one fact after the other")]
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
    let ways = ways(db, scope, keys()).await?;
    let mut milestones = milestone_facts(db, scope, keys()).await?;
    let live = live_owners(db, scope, keys()).await?;
    let leads = leads(db, scope, keys()).await?;
    let reports = last_reports(db, scope, keys()).await?;
    let waiting = notices::waiting_on(db, scope, keys()).await?;
    let mut overrides = light_overrides::standing(db, scope, keys(), today).await?;
    rows.into_iter()
        .map(|row| {
            let (id, way) = (TaskId(row.id), ways.get(&row.id));
            let last_step_on = way.map(|one| one.last_step_on);
            let parts = leads.get(&row.id);
            let report_of = |lead: DepartmentId| reports.get(&(row.id, lead));
            let reported = parts.iter().flat_map(|one| one.ever());
            let reported_on = reported.filter_map(report_of).map(|one| one.submitted_on);
            let last_by = |month: Period| {
                let lead = parts?.at_end_of(month).first()?;
                Some(report_of(*lead).map(|one| one.period))
            };
            let state = TaskState::parse(&row.state)
                .ok_or_else(|| corrupt("task", "state", row.id, &row.state))?;
            Ok(Subject {
                id,
                plan: row.plan_id.map(PlanId),
                section: row.section_id.map(SectionId),
                lead: parts.and_then(|one| one.now().first().copied()),
                facts: LightFacts {
                    state,
                    today,
                    handed_out_on: way.and_then(|one| one.handed_out_on),
                    last_step_on,
                    touched_on: last_step_on.max(reported_on.max()),
                    deadline: row.deadline,
                    original_deadline: row.original_deadline,
                    sign_by: row.sign_by,
                    mend_by: row.mend_by,
                    review_on: row.review_on,
                    milestones: milestones.remove(&row.id).unwrap_or_default(),
                    missing_reports: way
                        .map(|way| missing(&due, &way.course, last_by))
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
                    outlook: None,
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
            let led = past::at(assignment::Entity::find(), scope)
                .select_only()
                .column(assignment::Column::TaskId)
                .filter(assignment::Column::Role.eq(role_name(AssignmentRole::Lead)))
                .filter(assignment::Column::DepartmentId.is_in(departments.iter().map(|one| one.0)))
                .into_query();
            Condition::all().add(task::Column::Id.in_subquery(led))
        }
    }
}

/// The tasks of the scope, by list where many are asked about.
fn readable(scope: &Scope, asked: Asked<'_>) -> Select<task::Entity> {
    match asked {
        Asked::Matching(..) => listed(scope),
        Asked::These(_) | Asked::OfPlans(_) | Asked::LedBy(_) => scoped(scope),
    }
}

/// The keys of the tasks asked about, for what hangs on them.
fn keys_of(scope: &Scope, asked: Asked<'_>) -> SelectStatement {
    readable(scope, asked)
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
    let order = match asked {
        Asked::Matching(_, order) => order,
        Asked::These(_) | Asked::OfPlans(_) | Asked::LedBy(_) => TaskOrder::default(),
    };
    let select = readable(scope, asked)
        .filter(narrowing(asked, scope))
        .select_only()
        .columns([
            task::Column::Id,
            task::Column::PlanId,
            task::Column::SectionId,
            task::Column::State,
            task::Column::Deadline,
        ]);
    let select =
        past::left_join::<task_life::Entity, _>(select, scope, task::Column::Id).columns([
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

async fn milestone_facts(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: SelectStatement,
) -> Result<HashMap<Uuid, Vec<MilestoneFact>>, StoreError> {
    let rows: Vec<(Uuid, String, Option<Date>, String)> = milestones::standing(scope)
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
