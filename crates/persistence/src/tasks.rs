//! Tasks: found by key and code, listed by filter and order, saved under their version.

use std::collections::HashMap;

use duban_domain::{
    access::Scope,
    ids::{DepartmentId, PlanId, SectionId, TaskId},
    light::Colour,
    plan::draft::AssignmentRole,
    task::{Task, TaskKind, TaskState},
    text::{is_storable, search_form, search_words},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, RelationDef, Select,
    sea_query::{Expr, SelectStatement},
};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    assignments::role_name,
    bulk::insert_all,
    departments::contains,
    entity::{assignment, department, metric, task, task_life},
    error::{StoreError, corrupt},
    instant::Instant,
    page::{self, KeyValue, Page, SortKey, Window},
    past,
    scope::{task_rows_in, tasks_in},
    sections::{column, span},
    store::WriteTx,
};

/// Which tasks a list holds; what is none or empty does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct TaskFilter {
    /// Of this plan.
    pub plan: Option<PlanId>,
    /// In this section.
    pub section: Option<SectionId>,
    /// Divided from this task.
    pub parent: Option<TaskId>,
    /// Of these kinds.
    pub kinds: Vec<TaskKind>,
    /// In these states.
    pub states: Vec<TaskState>,
    /// This department takes part.
    pub department: Option<DepartmentId>,
    /// In this role.
    pub role: Option<AssignmentRole>,
    /// All words occur in code, title, text or the names of its departments.
    pub text: Option<String>,
    /// With or without a metric.
    pub has_metric: Option<bool>,
    /// Read from a plan, or of no plan.
    pub has_plan: Option<bool>,
    /// Showing one of these lights. They are computed, so whoever computes them narrows by it.
    pub lights: Vec<Colour>,
}

/// What a list of tasks is ordered by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum TaskOrderField {
    /// The order of the text, the newest plan first.
    #[default]
    Position,
    /// The code, by bytes.
    Code,
    /// The title, by bytes.
    Title,
    /// The deadline; none last.
    Deadline,
    /// The last change.
    UpdatedAt,
    /// The light, red first; whoever computes lights orders by it, over the order of the text.
    Light,
}

/// Order of a list of tasks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct TaskOrder {
    /// By what.
    pub field: TaskOrderField,
    /// From the last to the first.
    pub is_descending: bool,
}

/// The sort key of a task under an order.
pub fn key_of(task: &Task, order: TaskOrder) -> Vec<KeyValue> {
    let id = KeyValue::Key(task.id.0);
    match order.field {
        TaskOrderField::Light => vec![id],
        TaskOrderField::Position => {
            let plan = task.plan.map_or(Uuid::nil(), |id| id.0);
            vec![KeyValue::Key(plan), KeyValue::Int(task.position.into()), id]
        }
        TaskOrderField::Code => vec![KeyValue::Text(task.code.clone()), id],
        TaskOrderField::Title => vec![KeyValue::Text(task.title.clone()), id],
        TaskOrderField::Deadline => vec![KeyValue::Date(task.deadline), id],
        TaskOrderField::UpdatedAt => vec![KeyValue::Instant(task.updated_at), id],
    }
}

pub(crate) fn sort_keys(db: &impl ConnectionTrait, order: TaskOrder) -> Vec<SortKey> {
    // A light has no column; within one the order of the text stands, whichever way the lights go.
    let down = order.is_descending && order.field != TaskOrderField::Light;
    let id = SortKey::key(task::Column::Id, down);
    let backend = db.get_database_backend();
    match order.field {
        TaskOrderField::Position | TaskOrderField::Light => vec![
            SortKey::key_or_none(task::Column::PlanId, !down),
            SortKey::number(task::Column::Position, down),
            id,
        ],
        TaskOrderField::Code => vec![SortKey::text(backend, "task", "code", down), id],
        TaskOrderField::Title => vec![SortKey::text(backend, "task", "title", down), id],
        TaskOrderField::Deadline => vec![SortKey::date(task::Column::Deadline, down), id],
        TaskOrderField::UpdatedAt => vec![SortKey::instant(task::Column::UpdatedAt, down), id],
    }
}

/// The tasks of these keys that are in scope.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_many(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[TaskId],
) -> Result<Vec<Task>, StoreError> {
    let keys: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = scoped(scope)
        .filter(task::Column::Id.is_in(keys))
        .all(db)
        .await?;
    rows.into_iter().map(to_domain).collect()
}

/// The task, if it is in scope; one out of scope looks like none.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: TaskId,
) -> Result<Option<Task>, StoreError> {
    Ok(find_many(db, scope, &[id]).await?.pop())
}

/// The task of that code, if it is in scope.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_by_code(
    db: &impl ConnectionTrait,
    scope: &Scope,
    code: &str,
) -> Result<Option<Task>, StoreError> {
    if !is_storable(code) {
        return Ok(None);
    }
    let row = scoped(scope)
        .filter(task::Column::Code.eq(code))
        .one(db)
        .await?;
    row.map(to_domain).transpose()
}

/// A window of the tasks that the filter lets through.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &TaskFilter,
    order: TaskOrder,
    window: &Window,
) -> Result<Page<Task>, StoreError> {
    let select = listed(scope).filter(condition(filter, scope));
    page::fetch(db, select, &sort_keys(db, order), window)
        .await?
        .try_map(to_domain)
}

/// All tasks of a plan that the caller has found in scope, in the order of the text.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn of_plan(
    db: &impl ConnectionTrait,
    scope: &Scope,
    plan: PlanId,
) -> Result<Vec<Task>, StoreError> {
    let rows = scoped(scope)
        .filter(task::Column::PlanId.eq(plan.0))
        .order_by_asc(task::Column::Position)
        .all(db)
        .await?;
    rows.into_iter().map(to_domain).collect()
}

/// The tasks of each of these sections, in the order of the text.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn of_sections(
    db: &impl ConnectionTrait,
    scope: &Scope,
    sections: &[SectionId],
) -> Result<HashMap<SectionId, Vec<Task>>, StoreError> {
    let keys: Vec<Uuid> = sections.iter().map(|id| id.0).collect();
    let rows = scoped(scope)
        .filter(task::Column::SectionId.is_in(keys))
        .order_by_asc(task::Column::Position)
        .all(db)
        .await?;
    let mut found: HashMap<SectionId, Vec<Task>> = HashMap::new();
    for row in rows {
        if let Some(section) = row.section_id {
            found
                .entry(SectionId(section))
                .or_default()
                .push(to_domain(row)?);
        }
    }
    Ok(found)
}

/// The tasks divided from each of these, in their order.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn of_parents(
    db: &impl ConnectionTrait,
    scope: &Scope,
    parents: &[TaskId],
) -> Result<HashMap<TaskId, Vec<Task>>, StoreError> {
    let keys: Vec<Uuid> = parents.iter().map(|id| id.0).collect();
    let rows = scoped(scope)
        .filter(task::Column::ParentId.is_in(keys))
        .order_by_asc(task::Column::Position)
        .all(db)
        .await?;
    let mut found: HashMap<TaskId, Vec<Task>> = HashMap::new();
    for row in rows {
        if let Some(parent) = row.parent_id {
            found
                .entry(TaskId(parent))
                .or_default()
                .push(to_domain(row)?);
        }
    }
    Ok(found)
}

/// Adds tasks.
///
/// # Errors
///
/// [`StoreError::Taken`] when a code is in use.
pub async fn insert_all_of(tx: &WriteTx, tasks: &[Task]) -> Result<(), StoreError> {
    let rows = tasks.iter().map(|one| task::ActiveModel {
        id: Set(one.id.0),
        code: Set(one.code.clone()),
        kind: Set(one.kind.name().to_owned()),
        state: Set(one.state.name().to_owned()),
        plan_id: Set(one.plan.map(|id| id.0)),
        section_id: Set(one.section.map(|id| id.0)),
        parent_id: Set(one.parent.map(|id| id.0)),
        number: Set(one.number),
        ordinal: Set(one.ordinal.clone()),
        title: Set(one.title.clone()),
        text: Set(one.text.clone()),
        is_role_stated: Set(one.is_role_stated),
        has_others_unnamed: Set(one.has_others_unnamed),
        deadline: Set(one.deadline),
        deadline_text: Set(one.deadline_text.clone()),
        span_start: Set(one.span.map(|span| column(span.start))),
        span_end: Set(one.span.map(|span| column(span.end))),
        position: Set(one.position),
        search: Set(search_of(one)),
        updated_at: Set(one.updated_at.into()),
        version: Set(one.version),
    });
    insert_all(tx.conn(), rows.collect()).await
}

/// Writes a task back and counts its version up.
///
/// # Errors
///
/// [`StoreError::Stale`] when someone was faster.
pub async fn save(tx: &WriteTx, task: &mut Task) -> Result<(), StoreError> {
    let done = task::Entity::update_many()
        .col_expr(task::Column::State, Expr::value(task.state.name()))
        .col_expr(task::Column::Title, Expr::value(task.title.clone()))
        .col_expr(task::Column::Deadline, Expr::value(task.deadline))
        .col_expr(
            task::Column::DeadlineText,
            Expr::value(task.deadline_text.clone()),
        )
        .col_expr(task::Column::Search, Expr::value(search_of(task)))
        .col_expr(
            task::Column::UpdatedAt,
            Expr::value(Instant::from(tx.now())),
        )
        .col_expr(task::Column::Version, Expr::value(task.version + 1))
        .filter(task::Column::Id.eq(task.id.0))
        .filter(task::Column::Version.eq(task.version))
        .exec(tx.conn())
        .await?;
    if done.rows_affected != 1 {
        return Err(StoreError::Stale);
    }
    task.version += 1;
    task.updated_at = tx.now();
    Ok(())
}

/// Writes what an amendment has made of the words of a task, and keeps how they were.
///
/// # Errors
///
/// [`StoreError::Stale`] when someone was faster.
pub async fn amend(tx: &WriteTx, task: &mut Task) -> Result<(), StoreError> {
    past::keep::<task::Entity>(tx, task::Column::Version, task::Column::Id.eq(task.id.0)).await?;
    past::keep_of_tasks::<task_life::Entity>(tx, std::iter::once(task.id.0)).await?;
    task::Entity::update_many()
        .col_expr(task::Column::Text, Expr::value(task.text.clone()))
        .filter(task::Column::Id.eq(task.id.0))
        .filter(task::Column::Version.eq(task.version))
        .exec(tx.conn())
        .await?;
    save(tx, task).await
}

fn search_of(task: &Task) -> String {
    search_form(&format!("{} {} {}", task.code, task.title, task.text))
}

#[expect(clippy::disallowed_methods, reason = "scoped here")]
pub(crate) fn scoped(scope: &Scope) -> Select<task::Entity> {
    past::at(task::Entity::find(), scope).filter(task_rows_in(scope))
}

/// The same for lists of many.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
pub(crate) fn listed(scope: &Scope) -> Select<task::Entity> {
    past::at(task::Entity::find(), scope).filter(tasks_in(scope))
}

#[expect(
    clippy::disallowed_methods,
    reason = "narrows tasks that are scoped already"
)]
pub(crate) fn condition(filter: &TaskFilter, scope: &Scope) -> Condition {
    let mut all = Condition::all()
        .add_option(filter.plan.map(|id| task::Column::PlanId.eq(id.0)))
        .add_option(filter.section.map(|id| task::Column::SectionId.eq(id.0)))
        .add_option(filter.parent.map(|id| task::Column::ParentId.eq(id.0)));
    if !filter.kinds.is_empty() {
        all = all.add(task::Column::Kind.is_in(filter.kinds.iter().map(|kind| kind.name())));
    }
    if !filter.states.is_empty() {
        all = all.add(task::Column::State.is_in(filter.states.iter().map(|state| state.name())));
    }
    if filter.department.is_some() || filter.role.is_some() {
        all =
            all.add(task::Column::Id.in_subquery(tasks_of(scope, filter.department, filter.role)));
    }
    if let Some(wanted) = filter.has_metric {
        let with = tasks_with_metric();
        all = all.add(if wanted {
            task::Column::Id.in_subquery(with)
        } else {
            task::Column::Id.not_in_subquery(with)
        });
    }
    if let Some(wanted) = filter.has_plan {
        all = all.add(if wanted {
            task::Column::PlanId.is_not_null()
        } else {
            task::Column::PlanId.is_null()
        });
    }
    for word in filter.text.as_deref().map(search_words).unwrap_or_default() {
        let named = past::at(assignment::Entity::find(), scope)
            .select_only()
            .column(assignment::Column::TaskId)
            .join(JoinType::InnerJoin, department_of_assignment())
            .filter(contains(department::Column::Search, &word))
            .into_query();
        all = all.add(
            Condition::any()
                .add(contains(task::Column::Search, &word))
                .add(task::Column::Id.in_subquery(named)),
        );
    }
    all
}

#[expect(clippy::disallowed_methods, reason = "narrows a scoped list")]
fn tasks_of(
    scope: &Scope,
    department: Option<DepartmentId>,
    role: Option<AssignmentRole>,
) -> SelectStatement {
    let narrow = Condition::all()
        .add_option(department.map(|id| assignment::Column::DepartmentId.eq(id.0)))
        .add_option(role.map(|role| assignment::Column::Role.eq(role_name(role))));
    past::at(assignment::Entity::find(), scope)
        .select_only()
        .column(assignment::Column::TaskId)
        .filter(narrow)
        .into_query()
}

#[expect(clippy::disallowed_methods, reason = "narrows a scoped list")]
fn tasks_with_metric() -> SelectStatement {
    metric::Entity::find()
        .select_only()
        .column(metric::Column::TaskId)
        .filter(metric::Column::TaskId.is_not_null())
        .into_query()
}

fn department_of_assignment() -> RelationDef {
    assignment::Entity::belongs_to(department::Entity)
        .from(assignment::Column::DepartmentId)
        .to(department::Column::Id)
        .into()
}

fn to_domain(row: task::Model) -> Result<Task, StoreError> {
    let range = match row.span_start.zip(row.span_end) {
        Some((start, end)) => Some(span("task", row.id, start, end)?),
        None => None,
    };
    Ok(Task {
        id: TaskId(row.id),
        kind: TaskKind::parse(&row.kind)
            .ok_or_else(|| corrupt("task", "kind", row.id, &row.kind))?,
        state: TaskState::parse(&row.state)
            .ok_or_else(|| corrupt("task", "state", row.id, &row.state))?,
        code: row.code,
        plan: row.plan_id.map(PlanId),
        section: row.section_id.map(SectionId),
        parent: row.parent_id.map(TaskId),
        number: row.number,
        ordinal: row.ordinal,
        title: row.title,
        text: row.text,
        is_role_stated: row.is_role_stated,
        has_others_unnamed: row.has_others_unnamed,
        deadline: row.deadline,
        deadline_text: row.deadline_text,
        span: range,
        position: row.position,
        updated_at: OffsetDateTime::from(row.updated_at),
        version: row.version,
    })
}
