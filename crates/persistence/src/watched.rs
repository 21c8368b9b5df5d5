//! Tasks as those see them who keep an eye on dates: rules and jobs, not callers.

use std::collections::HashMap;

use duban_domain::{
    ids::{AccountId, DepartmentId, TaskId},
    plan::{draft::AssignmentRole, issued::PlanState},
    task::TaskState,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, Select,
    sea_query::{Expr, ExprTrait, IntoCondition},
};
use time::Date;
use uuid::Uuid;

use crate::{
    assignments::role_name,
    entity::{assignment, plan, task, task_life, task_origin},
    error::{StoreError, corrupt},
};

/// What is watched of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// The task.
    pub task: TaskId,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub state: TaskState,
    /// Last day.
    pub deadline: Option<Date>,
    /// Last day to accept or decline.
    pub sign_by: Option<Date>,
    /// What was returned is to be mended by then.
    pub mend_by: Option<Date>,
    /// The department whose plan or item it is.
    pub owner: Option<DepartmentId>,
    /// The department that leads.
    pub lead: Option<DepartmentId>,
    /// Who answers for it.
    pub accountable: Option<AccountId>,
    /// Who stands in.
    pub substitute: Option<AccountId>,
}

#[derive(Debug, sea_orm::FromQueryResult)]
struct Row {
    id: Uuid,
    code: String,
    title: String,
    state: String,
    deadline: Option<Date>,
    sign_by: Option<Date>,
    mend_by: Option<Date>,
    owner_id: Option<Uuid>,
    item_owner_id: Option<Uuid>,
    lead_id: Option<Uuid>,
    accountable_id: Option<Uuid>,
    substitute_id: Option<Uuid>,
}

/// These tasks.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn find_many_unscoped(
    db: &impl ConnectionTrait,
    tasks: &[TaskId],
) -> Result<HashMap<TaskId, Watched>, StoreError> {
    let keys: Vec<Uuid> = tasks.iter().map(|id| id.0).collect();
    let rows = watched().filter(task::Column::Id.is_in(keys));
    let rows: Vec<Row> = rows.into_model().all(db).await?;
    rows.into_iter()
        .map(|row| to_domain(row).map(|one| (one.task, one)))
        .collect()
}

/// The open tasks of issued plans that were handed out, by key, at most `limit` after a key.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn open_unscoped(
    db: &impl ConnectionTrait,
    after: Option<TaskId>,
    limit: u64,
) -> Result<Vec<Watched>, StoreError> {
    let open = TaskState::ALL
        .iter()
        .filter(|one| one.is_open() && **one != TaskState::Draft)
        .map(|one| one.name());
    let mut rows = watched()
        .filter(task::Column::State.is_in(open))
        .filter(
            Condition::any()
                .add(plan::Column::Id.is_null())
                .add(plan::Column::State.eq(PlanState::Issued.name())),
        )
        .order_by_asc(task::Column::Id)
        .limit(limit);
    if let Some(after) = after {
        rows = rows.filter(task::Column::Id.gt(after.0));
    }
    let rows: Vec<Row> = rows.into_model().all(db).await?;
    rows.into_iter().map(to_domain).collect()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the callers say in their names what they see"
)]
fn watched() -> Select<task::Entity> {
    let plan_of = task::Entity::belongs_to(plan::Entity)
        .from(task::Column::PlanId)
        .to(plan::Column::Id)
        .into();
    let origin_of = task::Entity::belongs_to(task_origin::Entity)
        .from(task::Column::Id)
        .to(task_origin::Column::TaskId)
        .into();
    let life_of = task::Entity::belongs_to(task_life::Entity)
        .from(task::Column::Id)
        .to(task_life::Column::TaskId)
        .into();
    let lead_of = task::Entity::belongs_to(assignment::Entity)
        .from(task::Column::Id)
        .to(assignment::Column::TaskId)
        .on_condition(|_, right| {
            Expr::col((right, assignment::Column::Role))
                .eq(role_name(AssignmentRole::Lead))
                .into_condition()
        })
        .into();
    task::Entity::find()
        .select_only()
        .columns([
            task::Column::Id,
            task::Column::Code,
            task::Column::Title,
            task::Column::State,
            task::Column::Deadline,
        ])
        .column(task_life::Column::SignBy)
        .column(task_life::Column::MendBy)
        .column(task_life::Column::AccountableId)
        .column(task_life::Column::SubstituteId)
        .column_as(plan::Column::DepartmentId, "owner_id")
        .column_as(task_origin::Column::OwnerId, "item_owner_id")
        .column_as(assignment::Column::DepartmentId, "lead_id")
        .join(JoinType::LeftJoin, plan_of)
        .join(JoinType::LeftJoin, origin_of)
        .join(JoinType::LeftJoin, life_of)
        .join(JoinType::LeftJoin, lead_of)
}

fn to_domain(row: Row) -> Result<Watched, StoreError> {
    Ok(Watched {
        task: TaskId(row.id),
        state: TaskState::parse(&row.state)
            .ok_or_else(|| corrupt("task", "state", row.id, &row.state))?,
        code: row.code,
        title: row.title,
        deadline: row.deadline,
        sign_by: row.sign_by,
        mend_by: row.mend_by,
        owner: row.owner_id.or(row.item_owner_id).map(DepartmentId),
        lead: row.lead_id.map(DepartmentId),
        accountable: row.accountable_id.map(AccountId),
        substitute: row.substitute_id.map(AccountId),
    })
}
