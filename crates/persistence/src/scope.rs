//! The caller's scope as a condition of SQL, so that no list is filtered after paging.

use std::collections::BTreeSet;

use duban_domain::{access::Scope, ids::DepartmentId, plan::issued::PlanState};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::SelectStatement,
};
use uuid::Uuid;

use crate::entity::{department_closure as closure, plan, task};

fn keys(departments: &BTreeSet<DepartmentId>) -> impl Iterator<Item = Uuid> + '_ {
    departments.iter().map(|one| one.0)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the tree is what scopes are made of"
)]
fn closure_select(column: closure::Column, of: closure::Column, ids: Vec<Uuid>) -> SelectStatement {
    closure::Entity::find()
        .select_only()
        .column(column)
        .filter(of.is_in(ids))
        .into_query()
}

/// The keys of some units and of all above them.
pub(crate) fn ancestors(departments: &BTreeSet<DepartmentId>) -> SelectStatement {
    let ids = keys(departments).collect();
    closure_select(
        closure::Column::AncestorId,
        closure::Column::DescendantId,
        ids,
    )
}

/// The keys of some units and of all below them.
pub(crate) fn descendants(departments: &BTreeSet<DepartmentId>) -> SelectStatement {
    let ids = keys(departments).collect();
    closure_select(
        closure::Column::DescendantId,
        closure::Column::AncestorId,
        ids,
    )
}

/// Plans that may be read: issued ones of the caller's places, of the units above (they are
/// addressed to them) and below; drafts where they may be worked on.
pub(crate) fn plans_in(scope: &Scope) -> Condition {
    let issued = Condition::all()
        .add(plan::Column::State.eq(PlanState::Issued.name()))
        .add(
            Condition::any()
                .add(plan::Column::DepartmentId.in_subquery(ancestors(&scope.places)))
                .add(plan::Column::DepartmentId.in_subquery(descendants(&scope.places_subtree))),
        );
    Condition::any().add(issued).add(drafts_in(scope))
}

/// Plans that may be worked on while they are drafts.
fn drafts_in(scope: &Scope) -> Condition {
    Condition::any()
        .add(plan::Column::DepartmentId.is_in(keys(&scope.drafts_itself)))
        .add(plan::Column::DepartmentId.in_subquery(descendants(&scope.drafts_subtree)))
}

/// The keys of the tasks that may be read, for the condition of what hangs on them.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
pub(crate) fn task_keys_in(scope: &Scope) -> SelectStatement {
    task::Entity::find()
        .select_only()
        .column(task::Column::Id)
        .filter(task::Column::PlanId.in_subquery(plan_keys_in(scope)))
        .into_query()
}

/// The keys of the plans that may be read, for the condition of what hangs on them.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
pub(crate) fn plan_keys_in(scope: &Scope) -> SelectStatement {
    plan::Entity::find()
        .select_only()
        .column(plan::Column::Id)
        .filter(plans_in(scope))
        .into_query()
}
