//! The caller's scope as a condition of SQL, so that no list is filtered after paging.

use std::collections::BTreeSet;

use duban_domain::{access::Scope, ids::DepartmentId, plan::issued::PlanState, task::TaskState};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{IntoCondition, SelectStatement},
};
use uuid::Uuid;

use crate::entity::{
    assignment, department_closure as closure, notice, notice_addressee, notice_recipient, plan,
    task, task_origin,
};

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
        .filter(tasks_in(scope))
        .into_query()
}

/// Tasks that may be read: those of plans that may, and items of no plan where the caller's places
/// set them or take part in them.
///
/// An item is nobody else's: unlike a plan it is not addressed to the units below. Before it is
/// handed out it is seen only where items of its owner may be entered.
pub(crate) fn tasks_in(scope: &Scope) -> Condition {
    Condition::any()
        .add(task::Column::PlanId.in_subquery(plan_keys_in(scope)))
        .add(
            Condition::all()
                .add(task::Column::State.ne(TaskState::Draft.name()))
                .add(
                    Condition::any()
                        .add(
                            task::Column::Id.in_subquery(origins(places_in(
                                task_origin::Column::OwnerId,
                                scope,
                            ))),
                        )
                        .add(task::Column::Id.in_subquery(joined_by(scope))),
                ),
        )
        .add(task::Column::Id.in_subquery(origins(entered_by(scope))))
}

/// The keys of the items that a condition on their origin lets through.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
fn origins(of: Condition) -> SelectStatement {
    task_origin::Entity::find()
        .select_only()
        .column(task_origin::Column::TaskId)
        .filter(of)
        .into_query()
}

/// The keys of the items that the caller's places take part in.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
fn joined_by(scope: &Scope) -> SelectStatement {
    let joining = assignment::Entity::find()
        .select_only()
        .column(assignment::Column::TaskId)
        .filter(places_in(assignment::Column::DepartmentId, scope))
        .into_query();
    origins(
        task_origin::Column::TaskId
            .in_subquery(joining)
            .into_condition(),
    )
}

/// That a department is one of the caller's places, or below one that is read with what is below.
fn places_in(column: impl ColumnTrait, scope: &Scope) -> Condition {
    Condition::any()
        .add(column.is_in(keys(&scope.places)))
        .add(column.in_subquery(descendants(&scope.places_subtree)))
}

/// That items of their owner may be entered by the caller.
fn entered_by(scope: &Scope) -> Condition {
    let owner = task_origin::Column::OwnerId;
    Condition::any()
        .add(owner.is_in(keys(&scope.items_itself)))
        .add(owner.in_subquery(descendants(&scope.items_subtree)))
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

/// Notices that may be read: issued by or addressed to one's own side, or addressed to oneself.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
pub(crate) fn notices_in(scope: &Scope) -> Condition {
    let addressed = notice_addressee::Entity::find()
        .select_only()
        .column(notice_addressee::Column::NoticeId)
        .filter(
            Condition::any()
                .add(notice_addressee::Column::DepartmentId.is_in(keys(&scope.notices_itself)))
                .add(
                    notice_addressee::Column::DepartmentId
                        .in_subquery(descendants(&scope.notices_subtree)),
                ),
        )
        .into_query();
    let personal = notice_recipient::Entity::find()
        .select_only()
        .column(notice_recipient::Column::NoticeId)
        .filter(notice_recipient::Column::AccountId.is_in(scope.readers.iter().map(|one| one.0)))
        .into_query();
    Condition::any()
        .add(notice::Column::IssuerId.is_in(keys(&scope.notices_itself)))
        .add(notice::Column::IssuerId.in_subquery(descendants(&scope.notices_subtree)))
        .add(notice::Column::Id.in_subquery(addressed))
        .add(notice::Column::Id.in_subquery(personal))
}
