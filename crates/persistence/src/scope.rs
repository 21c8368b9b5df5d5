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
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, IntoColumnRef, IntoCondition, SelectStatement},
};
use uuid::Uuid;

use crate::{
    entity::{
        account, assignment, department, department_closure as closure, measurement,
        measurement_import, measurement_sheet, metric, notice, notice_addressee, notice_recipient,
        plan, progress_report as report, task, task_origin,
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

/// That a unit is one of some, or above one of them.
#[expect(
    clippy::disallowed_methods,
    reason = "the tree is what scopes are made of"
)]
fn above(column: impl ColumnTrait, departments: &BTreeSet<DepartmentId>) -> Condition {
    let found = closure::Entity::find()
        .filter(same(closure::Column::AncestorId, column))
        .filter(closure::Column::DescendantId.is_in(keys(departments)));
    exists(found)
}

/// That a unit is one of some, or below one of them.
#[expect(
    clippy::disallowed_methods,
    reason = "the tree is what scopes are made of"
)]
fn below(column: impl ColumnTrait, departments: &BTreeSet<DepartmentId>) -> Condition {
    let found = closure::Entity::find()
        .filter(same(closure::Column::DescendantId, column))
        .filter(closure::Column::AncestorId.is_in(keys(departments)));
    exists(found)
}

/// That two columns are equal, one of them of a statement around.
pub(crate) fn same(one: impl ColumnTrait, other: impl ColumnTrait) -> Expr {
    Expr::col(one.as_column_ref()).equals(other.as_column_ref())
}

/// That a select finds anything.
pub(crate) fn exists<E: EntityTrait>(found: Select<E>) -> Condition {
    let one = found.select_only().expr(Expr::val(1)).into_query();
    Expr::exists(one).into_condition()
}

/// That a row hangs on a task that may be read. Looked up row by row: listing the keys of all tasks first
/// costs a large installation more than all the rest.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
pub(crate) fn on_task(column: impl IntoColumnRef, scope: &Scope) -> Condition {
    let column = Expr::col(column);
    if scope.as_of.is_some() {
        return column.in_subquery(task_keys_in(scope)).into_condition();
    }
    let found = task::Entity::find()
        .filter(Expr::col(task::Column::Id.as_column_ref()).eq(column))
        .filter(task_rows_in(scope));
    exists(found)
}

/// That a row hangs on a plan that may be read, looked up row by row.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
pub(crate) fn on_plan(column: impl ColumnTrait, scope: &Scope) -> Condition {
    let department = plan::Column::DepartmentId;
    let issued = Condition::all()
        .add(plan::Column::State.eq(PlanState::Issued.name()))
        .add(
            Condition::any()
                .add(above(department, &scope.places))
                .add(below(department, &scope.places_subtree)),
        );
    let readable = match scope.as_of {
        Some(instant) => issued.add(plan::Column::IssuedAt.lt(Instant::from(instant))),
        None => Condition::any()
            .add(issued)
            .add(department.is_in(keys(&scope.drafts_itself)))
            .add(below(department, &scope.drafts_subtree)),
    };
    let found = plan::Entity::find()
        .filter(same(plan::Column::Id, column))
        .filter(readable);
    exists(found)
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
/// set them or take part in them. For lists; [`task_rows_in`] says the same of single rows.
///
/// An item is nobody else's: unlike a plan it is not addressed to the units below. Before it is
/// handed out it is seen only where items of its owner may be entered.
pub(crate) fn tasks_in(scope: &Scope) -> Condition {
    Condition::any()
        .add(task::Column::PlanId.in_subquery(plan_keys_in(scope)))
        .add(items_in(scope))
}

/// Tasks that may be read, looked up row by row.
pub(crate) fn task_rows_in(scope: &Scope) -> Condition {
    Condition::any()
        .add(on_plan(task::Column::PlanId, scope))
        .add(items_in(scope))
}

fn items_in(scope: &Scope) -> Condition {
    let owned = is_item(places_in(task_origin::Column::OwnerId, scope));
    let handed_out = Condition::all()
        .add(task::Column::State.ne(TaskState::Draft.name()))
        .add(Condition::any().add(owned).add(joined_by(scope)));
    let entered = is_item(entered_by(scope));
    let mut items = Condition::all().add(Condition::any().add(handed_out).add(entered));
    if let Some(instant) = scope.as_of {
        let was_there = task_origin::Column::CreatedAt.lt(Instant::from(instant));
        items = items.add(is_item(was_there.into_condition()));
    }
    items
}

/// That a task is an item whose origin a condition lets through.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
fn is_item(of: Condition) -> Condition {
    let found = task_origin::Entity::find()
        .filter(same(task_origin::Column::TaskId, task::Column::Id))
        .filter(of);
    exists(found)
}

/// That a task is an item that the caller's places take part in.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
fn joined_by(scope: &Scope) -> Condition {
    let joining = assignment::Entity::find()
        .filter(same(assignment::Column::TaskId, task::Column::Id))
        .filter(places_in(assignment::Column::DepartmentId, scope));
    Condition::all()
        .add(is_item(Condition::all()))
        .add(exists(joining))
}

/// That a department is one of the caller's places, or below one that is read with what is below.
fn places_in(column: impl ColumnTrait, scope: &Scope) -> Condition {
    Condition::any()
        .add(column.is_in(keys(&scope.places)))
        .add(below(column, &scope.places_subtree))
}

/// That items of their owner may be entered by the caller.
fn entered_by(scope: &Scope) -> Condition {
    let owner = task_origin::Column::OwnerId;
    Condition::any()
        .add(owner.is_in(keys(&scope.items_itself)))
        .add(below(owner, &scope.items_subtree))
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

/// The same, looked up row by row: where few rows are asked about, a large tree is not listed first.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
fn covered_each(column: impl ColumnTrait, coverage: &Coverage) -> Condition {
    use closure::Column as C;
    let above = closure::Entity::find()
        .filter(same(C::DescendantId, column))
        .filter(C::AncestorId.is_in(keys(&coverage.subtree)));
    Condition::any()
        .add(column.is_in(keys(&coverage.itself)))
        .add(exists(above))
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
        .add(takes_part(&scope.reports, Cities::Left))
        .add(
            Condition::all()
                .add(takes_part(&scope.reports, Cities::Only))
                .add(C::DepartmentId.not_in_subquery(cities())),
        );
    let submitted = Condition::any()
        .add(C::FirstSubmittedAt.is_not_null())
        .add(covered(C::DepartmentId, &scope.report_drafts));
    Condition::all()
        .add(on_task(C::TaskId, scope))
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
        .filter(same(metric::Column::Id, C::MetricId))
        .filter(on_plan(metric::Column::PlanId, scope));
    let submitted = Condition::all()
        .add(C::State.ne(MeasurementState::Draft.name()))
        .add(
            Condition::any()
                .add(covered_each(C::DepartmentId, &scope.measurement_checks))
                .add(covered_each(C::DepartmentId, &scope.reports)),
        );
    let recorded = scope.as_of.map(|end| C::RecordedAt.lt(Instant::from(end)));
    Condition::all()
        .add_option(recorded)
        .add(exists(metrics))
        .add(
            Condition::any()
                .add(C::State.eq(MeasurementState::Verified.name()))
                .add(covered_each(C::DepartmentId, &scope.measurements))
                .add(submitted),
        )
}

/// Spreadsheets that may be read: of departments where the caller records or verifies figures.
pub(crate) fn sheets_in(scope: &Scope) -> Condition {
    use measurement_sheet::Column as C;
    let recorded = scope.as_of.map(|end| C::RecordedAt.lt(Instant::from(end)));
    Condition::all().add_option(recorded).add(
        Condition::any()
            .add(covered(C::DepartmentId, &scope.measurements))
            .add(covered(C::DepartmentId, &scope.measurement_checks)),
    )
}

/// Large files that may be seen: as spreadsheets are.
pub(crate) fn imports_in(scope: &Scope) -> Condition {
    use measurement_import::Column as C;
    let recorded = scope.as_of.map(|end| C::RecordedAt.lt(Instant::from(end)));
    Condition::all().add_option(recorded).add(
        Condition::any()
            .add(covered(C::DepartmentId, &scope.measurements))
            .add(covered(C::DepartmentId, &scope.measurement_checks)),
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

/// That a covered department takes part in the task of a report, cities apart or alone.
#[expect(clippy::disallowed_methods, reason = "narrows what is scoped")]
fn takes_part(coverage: &Coverage, of: Cities) -> Condition {
    let kind = match of {
        Cities::Only => assignment::Column::DepartmentId.in_subquery(cities()),
        Cities::Left => assignment::Column::DepartmentId.not_in_subquery(cities()),
    };
    let found = assignment::Entity::find()
        .filter(same(assignment::Column::TaskId, report::Column::TaskId))
        .filter(covered(assignment::Column::DepartmentId, coverage))
        .filter(kind);
    exists(found)
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
