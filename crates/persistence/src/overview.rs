//! Counts over plans, a fixed number of statements whatever their number and size.

use std::collections::HashMap;

use duban_domain::{
    access::Scope,
    ids::{DepartmentId, PlanId, SectionId},
    plan::draft::AssignmentRole,
    task::{TaskKind, TaskState},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationDef,
};
use time::Date;
use uuid::Uuid;

use crate::{
    assignments::Load,
    entity::{assignment, metric, task},
    error::{StoreError, corrupt},
    past,
};

/// One task as far as counting needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaskFacts {
    /// Its chapter.
    pub section: Option<SectionId>,
    /// Its kind.
    pub kind: TaskKind,
    /// Its state.
    pub state: TaskState,
    /// Whether it has a deadline.
    pub has_deadline: bool,
    /// How many metrics it has.
    pub metrics: usize,
}

/// What the overview of a plan counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanFacts {
    /// Its tasks, in the order of the text.
    pub tasks: Vec<TaskFacts>,
    /// Metrics, those outside any task included.
    pub metrics: usize,
    /// What each department carries, the busiest lead first.
    pub loads: Vec<(DepartmentId, Load)>,
}

/// Counts each of these plans, which the caller has found in scope.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn of_plans(
    db: &impl ConnectionTrait,
    scope: &Scope,
    plans: &[PlanId],
) -> Result<HashMap<PlanId, PlanFacts>, StoreError> {
    let keys: Vec<Uuid> = plans.iter().map(|id| id.0).collect();
    let mut found: HashMap<PlanId, PlanFacts> =
        plans.iter().map(|id| (*id, PlanFacts::default())).collect();
    let mut by_task: HashMap<Uuid, usize> = HashMap::new();
    for (plan, task, number) in metrics(db, scope, &keys).await? {
        let number = usize::try_from(number).unwrap_or_default();
        found.entry(PlanId(plan)).or_default().metrics += number;
        if let Some(task) = task {
            by_task.insert(task, number);
        }
    }
    for row in tasks(db, scope, &keys).await? {
        let facts = facts(&row, &by_task)?;
        if let Some(plan) = row.plan {
            found.entry(PlanId(plan)).or_default().tasks.push(facts);
        }
    }
    for (plan, department, load) in loads(db, scope, &keys).await? {
        let loads = &mut found.entry(plan).or_default().loads;
        loads.push((department, load));
    }
    for facts in found.values_mut() {
        facts
            .loads
            .sort_by_key(|(id, load)| (-load.lead, -load.support, *id));
    }
    Ok(found)
}

/// How many metrics each task has; none stands for those of the plan itself.
#[expect(clippy::disallowed_methods, reason = "the plans were found in scope")]
async fn metrics(
    db: &impl ConnectionTrait,
    scope: &Scope,
    plans: &[Uuid],
) -> Result<Vec<(Uuid, Option<Uuid>, i64)>, StoreError> {
    let rows = past::at(metric::Entity::find(), scope)
        .select_only()
        .column(metric::Column::PlanId)
        .column(metric::Column::TaskId)
        .column_as(metric::Column::Id.count(), "metrics")
        .filter(metric::Column::PlanId.is_in(plans.iter().copied()))
        .group_by(metric::Column::PlanId)
        .group_by(metric::Column::TaskId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows)
}

/// The columns of a task that counting needs.
struct TaskRow {
    id: Uuid,
    plan: Option<Uuid>,
    section: Option<Uuid>,
    kind: String,
    state: String,
    deadline: Option<Date>,
}

/// The tasks, in the order of the text.
#[expect(clippy::disallowed_methods, reason = "the plans were found in scope")]
async fn tasks(
    db: &impl ConnectionTrait,
    scope: &Scope,
    plans: &[Uuid],
) -> Result<Vec<TaskRow>, StoreError> {
    type Row = (
        Uuid,
        Option<Uuid>,
        Option<Uuid>,
        String,
        String,
        Option<Date>,
    );
    let rows: Vec<Row> = past::at(task::Entity::find(), scope)
        .select_only()
        .columns([
            task::Column::Id,
            task::Column::PlanId,
            task::Column::SectionId,
            task::Column::Kind,
            task::Column::State,
            task::Column::Deadline,
        ])
        .filter(task::Column::PlanId.is_in(plans.iter().copied()))
        .order_by_asc(task::Column::Position)
        .into_tuple()
        .all(db)
        .await?;
    let row = |(id, plan, section, kind, state, deadline)| TaskRow {
        id,
        plan,
        section,
        kind,
        state,
        deadline,
    };
    Ok(rows.into_iter().map(row).collect())
}

fn facts(row: &TaskRow, metrics: &HashMap<Uuid, usize>) -> Result<TaskFacts, StoreError> {
    Ok(TaskFacts {
        section: row.section.map(SectionId),
        kind: TaskKind::parse(&row.kind)
            .ok_or_else(|| corrupt("task", "kind", row.id, &row.kind))?,
        state: TaskState::parse(&row.state)
            .ok_or_else(|| corrupt("task", "state", row.id, &row.state))?,
        has_deadline: row.deadline.is_some(),
        metrics: metrics.get(&row.id).copied().unwrap_or_default(),
    })
}

/// What each department carries in each plan.
#[expect(clippy::disallowed_methods, reason = "the plans were found in scope")]
async fn loads(
    db: &impl ConnectionTrait,
    scope: &Scope,
    plans: &[Uuid],
) -> Result<Vec<(PlanId, DepartmentId, Load)>, StoreError> {
    let task_of_assignment: RelationDef = assignment::Entity::belongs_to(task::Entity)
        .from(assignment::Column::TaskId)
        .to(task::Column::Id)
        .into();
    let rows: Vec<(Uuid, Uuid, String, i64)> = past::at(assignment::Entity::find(), scope)
        .select_only()
        .column(task::Column::PlanId)
        .column(assignment::Column::DepartmentId)
        .column(assignment::Column::Role)
        .column_as(assignment::Column::Id.count(), "tasks")
        .join(JoinType::InnerJoin, task_of_assignment)
        .filter(task::Column::PlanId.is_in(plans.iter().copied()))
        .group_by(task::Column::PlanId)
        .group_by(assignment::Column::DepartmentId)
        .group_by(assignment::Column::Role)
        .into_tuple()
        .all(db)
        .await?;
    let mut found: HashMap<(PlanId, DepartmentId), Load> = HashMap::new();
    for (plan, department, role, count) in rows {
        let key = (PlanId(plan), DepartmentId(department));
        let load = found.entry(key).or_default();
        if role == crate::assignments::role_name(AssignmentRole::Lead) {
            load.lead = count;
        } else {
            load.support = count;
        }
    }
    let loads = found
        .into_iter()
        .map(|((plan, department), load)| (plan, department, load));
    Ok(loads.collect())
}
