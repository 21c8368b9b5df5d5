//! The caller's scope as a condition of SQL, so that no list is filtered after paging.

use std::collections::BTreeSet;

use duban_domain::{
    access::{Coverage, Scope},
    department::DepartmentKind,
    ids::{AccountId, DepartmentId},
    measurement::MeasurementState,
    plan::issued::PlanState,
    task::TaskState,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{IntoCondition, SelectStatement},
};
use uuid::Uuid;

use crate::{
    entity::{
        account, assignment, department, department_closure as closure, measurement, metric,
        notice, notice_addressee, notice_recipient, plan, progress_report as report, task,
        task_origin,
    },
    instant::Instant,
    past,
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
/// addressed to them) and below; drafts where they may be worked on. As of an earlier day, those that
/// were in force then.
pub(crate) fn plans_in(scope: &Scope) -> Condition {
    let issued = Condition::all()
        .add(plan::Column::State.eq(PlanState::Issued.name()))
        .add(
            Condition::any()
                .add(plan::Column::DepartmentId.in_subquery(ancestors(&scope.places)))
                .add(plan::Column::DepartmentId.in_subquery(descendants(&scope.places_subtree))),
        );
    match scope.as_of {
        Some(instant) => issued.add(plan::Column::IssuedAt.lt(Instant::from(instant))),
        None => Condition::any().add(issued).add(drafts_in(scope)),
    }
}

/// Plans that may be worked on while they are drafts.
fn drafts_in(scope: &Scope) -> Condition {
    Condition::any()
        .add(plan::Column::DepartmentId.is_in(keys(&scope.drafts_itself)))
        .add(plan::Column::DepartmentId.in_subquery(descendants(&scope.drafts_subtree)))
}

/// Accounts that may be read: of the units where the caller may, and of those below.
pub(crate) fn accounts_in(scope: &Scope) -> Condition {
    Condition::any()
        .add(account::Column::DepartmentId.is_in(keys(&scope.accounts_itself)))
        .add(account::Column::DepartmentId.in_subquery(descendants(&scope.accounts_subtree)))
}

/// The keys of the accounts that may be read, for the condition of what hangs on them.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
pub(crate) fn account_keys_in(scope: &Scope) -> SelectStatement {
    account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(accounts_in(scope))
        .into_query()
}

/// The keys of the tasks that may be read, for the condition of what hangs on them.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
pub(crate) fn task_keys_in(scope: &Scope) -> SelectStatement {
    past::at(task::Entity::find(), scope)
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
    let is_item = |of| task::Column::Id.in_subquery(origins(of));
    let owned = is_item(places_in(task_origin::Column::OwnerId, scope));
    let joined = task::Column::Id.in_subquery(joined_by(scope));
    let handed_out = Condition::all()
        .add(task::Column::State.ne(TaskState::Draft.name()))
        .add(Condition::any().add(owned).add(joined));
    let entered = is_item(entered_by(scope));
    let mut items = Condition::all().add(Condition::any().add(handed_out).add(entered));
    if let Some(instant) = scope.as_of {
        let was_there = task_origin::Column::CreatedAt.lt(Instant::from(instant));
        items = items.add(is_item(was_there.into_condition()));
    }
    Condition::any()
        .add(task::Column::PlanId.in_subquery(plan_keys_in(scope)))
        .add(items)
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

/// That a department is one of those that a permission covers.
pub(crate) fn covered(column: impl ColumnTrait, coverage: &Coverage) -> Condition {
    Condition::any()
        .add(column.is_in(keys(&coverage.itself)))
        .add(column.in_subquery(descendants(&coverage.subtree)))
}

/// The keys of the accounts of departments that a permission covers, besides those of some people.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
pub(crate) fn accounts_covered(people: &[AccountId], coverage: &Coverage) -> SelectStatement {
    let theirs = account::Column::Id.is_in(people.iter().map(|one| one.0));
    account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(covered(account::Column::DepartmentId, coverage).add(theirs))
        .into_query()
}

/// Reports that may be read: of departments that the right to read reports covers, and of the tasks
/// in which such a department takes part. What was not submitted yet is read by those who may
/// write it. A city that takes part sees nothing of another city.
pub(crate) fn reports_in(scope: &Scope) -> Condition {
    use report::Column as C;
    let takes_part = Condition::any()
        .add(C::TaskId.in_subquery(tasks_with(&scope.reports, Cities::Left)))
        .add(
            Condition::all()
                .add(C::TaskId.in_subquery(tasks_with(&scope.reports, Cities::Only)))
                .add(C::DepartmentId.not_in_subquery(cities())),
        );
    let submitted = Condition::any()
        .add(C::FirstSubmittedAt.is_not_null())
        .add(covered(C::DepartmentId, &scope.report_drafts));
    Condition::all()
        .add(C::TaskId.in_subquery(task_keys_in(scope)))
        .add(submitted)
        .add(
            Condition::any()
                .add(covered(C::DepartmentId, &scope.reports))
                .add(takes_part),
        )
}

/// Measurements that may be read: of metrics that may. What is verified is everybody's; what is
/// submitted is seen by those who verify or read reports there, a draft by those who record there.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
pub(crate) fn measurements_in(scope: &Scope) -> Condition {
    use measurement::Column as C;
    let metrics = past::at(metric::Entity::find(), scope)
        .select_only()
        .column(metric::Column::Id)
        .filter(metric::Column::PlanId.in_subquery(plan_keys_in(scope)))
        .into_query();
    let submitted = Condition::all()
        .add(C::State.ne(MeasurementState::Draft.name()))
        .add(
            Condition::any()
                .add(covered(C::DepartmentId, &scope.measurement_checks))
                .add(covered(C::DepartmentId, &scope.reports)),
        );
    let recorded = scope.as_of.map(|end| C::RecordedAt.lt(Instant::from(end)));
    Condition::all()
        .add_option(recorded)
        .add(C::MetricId.in_subquery(metrics))
        .add(
            Condition::any()
                .add(C::State.eq(MeasurementState::Verified.name()))
                .add(covered(C::DepartmentId, &scope.measurements))
                .add(submitted),
        )
}

/// Whether municipal and county associations are meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cities {
    Only,
    Left,
}

/// Municipal and county associations.
#[expect(clippy::disallowed_methods, reason = "the tree is a directory")]
fn cities() -> SelectStatement {
    let kinds = [
        DepartmentKind::MunicipalAssociation,
        DepartmentKind::CountyAssociation,
    ];
    department::Entity::find()
        .select_only()
        .column(department::Column::Id)
        .filter(department::Column::Kind.is_in(kinds.map(DepartmentKind::name)))
        .into_query()
}

/// Tasks in which a covered department takes part, cities apart or alone.
#[expect(clippy::disallowed_methods, reason = "narrows what is scoped")]
fn tasks_with(coverage: &Coverage, of: Cities) -> SelectStatement {
    let kind = match of {
        Cities::Only => assignment::Column::DepartmentId.in_subquery(cities()),
        Cities::Left => assignment::Column::DepartmentId.not_in_subquery(cities()),
    };
    assignment::Entity::find()
        .select_only()
        .column(assignment::Column::TaskId)
        .filter(covered(assignment::Column::DepartmentId, coverage))
        .filter(kind)
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
