//! Who takes part in tasks, and who did before they passed to others.

use std::collections::{BTreeMap, HashMap};

use duban_domain::{
    access::Scope,
    ids::{DepartmentId, TaskId},
    report::Parts,
};
use sea_orm::{
    ConnectionTrait, ExprTrait,
    sea_query::{Alias, Expr, Query, SelectStatement},
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::duties::Read;
use crate::{error::StoreError, instant::Instant};

/// Those who take part now.
pub(super) const NOW: &str = "assignment";
/// Those who did, each with the instant until which.
pub(super) const BEFORE: &str = "assignment_past";
pub(super) const TASK: &str = "task_id";
pub(super) const DEPARTMENT: &str = "department_id";
const POSITION: &str = "position";
const UNTIL: &str = "until_at";

pub(super) fn column(name: &'static str) -> Expr {
    Expr::col(Alias::new(name))
}

/// The keys of the tasks of one of the tables.
pub(super) fn joined(table: &'static str) -> SelectStatement {
    Query::select()
        .column(Alias::new(TASK))
        .from(Alias::new(table))
        .to_owned()
}

/// Who takes part in each of these tasks and who did, in two statements; as of an earlier day, as far
/// as it had come then.
pub(super) async fn parts_of(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: &SelectStatement,
    read: Read,
) -> Result<HashMap<TaskId, Parts>, StoreError> {
    let select = |table| {
        let mut select = joined(table);
        select
            .columns([DEPARTMENT, POSITION].map(Alias::new))
            .and_where(column(TASK).in_subquery(tasks.clone()))
            .cond_where(read.within((Alias::new(table), Alias::new(TASK)), scope))
            .order_by(Alias::new(POSITION), sea_orm::Order::Asc);
        select
    };
    let mut now: HashMap<TaskId, Vec<DepartmentId>> = HashMap::new();
    for row in db.query_all(&select(NOW)).await? {
        let (task, department): (Uuid, Uuid) =
            (row.try_get("", TASK)?, row.try_get("", DEPARTMENT)?);
        now.entry(TaskId(task))
            .or_default()
            .push(DepartmentId(department));
    }
    let mut kept = select(BEFORE);
    kept.column(Alias::new(UNTIL));
    let mut before: BTreeMap<(TaskId, OffsetDateTime), Vec<DepartmentId>> = BTreeMap::new();
    for row in db.query_all(&kept).await? {
        let (task, department): (Uuid, Uuid) =
            (row.try_get("", TASK)?, row.try_get("", DEPARTMENT)?);
        let until: Instant = row.try_get("", UNTIL)?;
        let group = before.entry((TaskId(task), until.into())).or_default();
        group.push(DepartmentId(department));
    }
    let mut found: HashMap<TaskId, Parts> = now
        .into_iter()
        .map(|(task, departments)| (task, Parts::new(departments)))
        .collect();
    for ((task, until), departments) in before {
        let parts = found.entry(task).or_default();
        parts.push_before(until, departments);
    }
    if let Some(instant) = scope.as_of {
        for parts in found.values_mut() {
            *parts = parts.as_of(instant);
        }
    }
    Ok(found)
}
