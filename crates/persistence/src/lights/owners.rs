//! Who answers for tasks: the department that leads, and people who can sign in.

use std::collections::{HashMap, HashSet};

use duban_domain::{
    access::Scope, ids::DepartmentId, light::LiveOwners, plan::draft::AssignmentRole, report::Parts,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect,
    QueryTrait,
    sea_query::{Alias, Expr, Query, SelectStatement, UnionType},
};
use uuid::Uuid;

use crate::{
    accounts::can_come_in,
    assignments::role_name,
    entity::{account, task_life},
    error::StoreError,
    instant::Instant,
    past::{self, not_yet},
};

const TASK: &str = "task_id";
const DEPARTMENT: &str = "department_id";
const UNTIL: &str = "until_at";

/// Those of the people named for the tasks who can sign in.
#[expect(clippy::disallowed_methods, reason = "the tasks are scoped already")]
pub(super) async fn live_owners(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: SelectStatement,
) -> Result<HashSet<Uuid>, StoreError> {
    let named = |column| {
        past::at(task_life::Entity::find(), scope)
            .select_only()
            .column(column)
            .filter(task_life::Column::TaskId.in_subquery(tasks.clone()))
            .filter(task_life::Column::AccountableId.is_not_null())
            .into_query()
    };
    let rows: Vec<Uuid> = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(not_yet(account::Column::DisabledAt, scope))
        .filter(can_come_in())
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

/// How many of the two people named for a task can sign in.
pub(super) fn owners(named: Option<(Uuid, Uuid)>, live: &HashSet<Uuid>) -> LiveOwners {
    let Some((accountable, substitute)) = named else {
        return LiveOwners::Unnamed;
    };
    match (live.contains(&accountable), live.contains(&substitute)) {
        (true, true) => LiveOwners::Both,
        (false, false) => LiveOwners::Neither,
        _ => LiveOwners::One,
    }
}

/// The department that leads each of these tasks, and those that did before; as of an earlier day, as
/// far as it had come then.
pub(super) async fn leads(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: SelectStatement,
) -> Result<HashMap<Uuid, Parts>, StoreError> {
    let leading = |table: &'static str, until: Expr| {
        Query::select()
            .columns([TASK, DEPARTMENT].map(Alias::new))
            .expr_as(until, Alias::new(UNTIL))
            .from(Alias::new(table))
            .and_where(Expr::col(Alias::new(TASK)).in_subquery(tasks.clone()))
            .and_where(Expr::col(Alias::new("role")).eq(role_name(AssignmentRole::Lead)))
            .to_owned()
    };
    let select = leading("assignment_past", Expr::col(Alias::new(UNTIL)))
        .union(UnionType::All, leading("assignment", Expr::cust("NULL")))
        .to_owned();
    let (mut now, mut before) = (HashMap::new(), Vec::new());
    for row in db.query_all(&select).await? {
        let (task, department): (Uuid, Uuid) =
            (row.try_get("", TASK)?, row.try_get("", DEPARTMENT)?);
        let until: Option<Instant> = row.try_get("", UNTIL)?;
        match until {
            Some(until) => before.push((task, until, DepartmentId(department))),
            None => {
                now.insert(task, Parts::new(vec![DepartmentId(department)]));
            }
        }
    }
    for (task, until, department) in before {
        let parts: &mut Parts = now.entry(task).or_default();
        parts.push_before(until.into(), vec![department]);
    }
    if let Some(instant) = scope.as_of {
        for parts in now.values_mut() {
            *parts = parts.as_of(instant);
        }
    }
    Ok(now)
}
