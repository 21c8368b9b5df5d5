//! Counts over one plan, a fixed number of statements whatever its size.

use std::collections::HashMap;

use duban_domain::{
    ids::{DepartmentId, PlanId, SectionId},
    plan::draft::AssignmentRole,
    task::{TaskKind, TaskState},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationDef,
};
use uuid::Uuid;

use crate::{
    assignments::Load,
    entity::{assignment, metric, task},
    error::{StoreError, corrupt},
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

/// Counts a plan that the caller has found in scope.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "the plan was found in scope")]
pub async fn of_plan(db: &impl ConnectionTrait, plan: PlanId) -> Result<PlanFacts, StoreError> {
    let metrics: Vec<(Option<Uuid>, i64)> = metric::Entity::find()
        .select_only()
        .column(metric::Column::TaskId)
        .column_as(metric::Column::Id.count(), "metrics")
        .filter(metric::Column::PlanId.eq(plan.0))
        .group_by(metric::Column::TaskId)
        .into_tuple()
        .all(db)
        .await?;
    let count = |number: i64| usize::try_from(number).unwrap_or_default();
    let total = metrics.iter().map(|(_, number)| count(*number)).sum();
    let by_task: HashMap<Uuid, usize> = metrics
        .iter()
        .filter_map(|(task, number)| Some(((*task)?, count(*number))))
        .collect();
    let rows = task::Entity::find()
        .filter(task::Column::PlanId.eq(plan.0))
        .order_by_asc(task::Column::Position)
        .all(db)
        .await?;
    let tasks = rows
        .into_iter()
        .map(|row| facts(&row, &by_task))
        .collect::<Result<_, _>>()?;
    Ok(PlanFacts {
        tasks,
        metrics: total,
        loads: loads(db, plan).await?,
    })
}

fn facts(row: &task::Model, metrics: &HashMap<Uuid, usize>) -> Result<TaskFacts, StoreError> {
    Ok(TaskFacts {
        section: row.section_id.map(SectionId),
        kind: TaskKind::parse(&row.kind)
            .ok_or_else(|| corrupt("task", "kind", row.id, &row.kind))?,
        state: TaskState::parse(&row.state)
            .ok_or_else(|| corrupt("task", "state", row.id, &row.state))?,
        has_deadline: row.deadline.is_some(),
        metrics: metrics.get(&row.id).copied().unwrap_or_default(),
    })
}

#[expect(clippy::disallowed_methods, reason = "the plan was found in scope")]
async fn loads(
    db: &impl ConnectionTrait,
    plan: PlanId,
) -> Result<Vec<(DepartmentId, Load)>, StoreError> {
    let task_of_assignment: RelationDef = assignment::Entity::belongs_to(task::Entity)
        .from(assignment::Column::TaskId)
        .to(task::Column::Id)
        .into();
    let rows: Vec<(Uuid, String, i64)> = assignment::Entity::find()
        .select_only()
        .column(assignment::Column::DepartmentId)
        .column(assignment::Column::Role)
        .column_as(assignment::Column::Id.count(), "tasks")
        .join(JoinType::InnerJoin, task_of_assignment)
        .filter(task::Column::PlanId.eq(plan.0))
        .group_by(assignment::Column::DepartmentId)
        .group_by(assignment::Column::Role)
        .into_tuple()
        .all(db)
        .await?;
    let mut found: HashMap<DepartmentId, Load> = HashMap::new();
    for (department, role, count) in rows {
        let load = found.entry(DepartmentId(department)).or_default();
        if role == crate::assignments::role_name(AssignmentRole::Lead) {
            load.lead = count;
        } else {
            load.support = count;
        }
    }
    let mut list: Vec<(DepartmentId, Load)> = found.into_iter().collect();
    list.sort_by_key(|(id, load)| (-load.lead, -load.support, *id));
    Ok(list)
}
