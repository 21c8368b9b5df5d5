//! Who answers for tasks: the department that leads, and people who can sign in.

use std::collections::{HashMap, HashSet};

use duban_domain::{
    access::Scope, ids::DepartmentId, light::LiveOwners, plan::draft::AssignmentRole,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::SelectStatement,
};
use uuid::Uuid;

use crate::{
    assignments::role_name,
    entity::{account, assignment, task_life},
    error::StoreError,
    past::{self, not_yet},
};

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

/// The department that leads each of these tasks.
#[expect(clippy::disallowed_methods, reason = "the tasks are scoped already")]
pub(super) async fn leads(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: SelectStatement,
) -> Result<HashMap<Uuid, DepartmentId>, StoreError> {
    let rows: Vec<(Uuid, Uuid)> = past::at(assignment::Entity::find(), scope)
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
