//! Everything that waits for one person's decision, in one list: reports, completions, extensions,
//! exceptions, amendments.

use duban_domain::{
    access::{Coverage, Scope},
    ids::DepartmentId,
    plan::draft::AssignmentRole,
    report::ReportState,
    task::{ExceptionState, ExtensionState, TaskState, Transition, amendment::AmendmentState},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryResult,
    QuerySelect, QueryTrait, Select,
    sea_query::{
        Alias, CaseStatement, Expr, IntoCondition, Query, SelectStatement, SimpleExpr, UnionType,
    },
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{
    assignments::role_name,
    entity::{
        account, amendment, assignment, extension, metric_exception as exception, plan,
        progress_report as report, task, task_origin, task_step,
    },
    error::{StoreError, corrupt},
    instant::Instant,
    page::{self, KeyValue, Page, SortKey, Window},
    scope::{covered, on_task},
};

/// What waits for a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReviewKind {
    /// A progress report was submitted.
    Report,
    /// Completion was submitted (申请办结).
    Completion,
    /// More time was asked for (申请延期).
    Extension,
    /// A metric is not attained, and the task is to be completed all the same (指标例外).
    Exception,
    /// A task in force is to be changed (变更).
    Amendment,
}

impl ReviewKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Report,
        Self::Completion,
        Self::Extension,
        Self::Exception,
        Self::Amendment,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Report => "REPORT",
            Self::Completion => "COMPLETION",
            Self::Extension => "EXTENSION",
            Self::Exception => "EXCEPTION",
            Self::Amendment => "AMENDMENT",
        }
    }
}

/// Where somebody may decide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewRights {
    /// On reports of these departments.
    pub reports: Coverage,
    /// On completions and exceptions of tasks in plans of these departments.
    pub completions: Coverage,
    /// On extensions of tasks in plans of these departments.
    pub extensions: Coverage,
    /// On amendments of tasks in plans of these departments.
    pub amendments: Coverage,
}

/// Which items a queue holds; what is none or empty does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewFilter {
    /// Of these kinds.
    pub kinds: Vec<ReviewKind>,
    /// Submitted by this department.
    pub department: Option<DepartmentId>,
}

/// From when on waiting is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overdue {
    /// What was submitted before has waited too long.
    pub submitted_before: OffsetDateTime,
    /// The day it is: an extension is decided before the deadline that it would move.
    pub today: Date,
}

/// Something that waits for a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// What it is.
    pub kind: ReviewKind,
    /// The report, the task, or the request.
    pub id: Uuid,
    /// Since when.
    pub since: OffsetDateTime,
    /// Whether it has waited too long.
    pub is_overdue: bool,
}

/// The place of an item in the queue.
pub fn key_of(one: &Waiting) -> Vec<KeyValue> {
    vec![
        KeyValue::Int(i64::from(!one.is_overdue)),
        KeyValue::Instant(one.since),
        KeyValue::Key(one.id),
    ]
}

/// A window of what waits for a decision, what has waited too long on top, the oldest first; one
/// statement, and one more for the number of all.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn queue(
    db: &impl ConnectionTrait,
    scope: &Scope,
    (rights, overdue): (&ReviewRights, Overdue),
    filter: &ReviewFilter,
    window: &Window,
) -> Result<Page<Waiting>, StoreError> {
    let department = filter.department;
    let mut parts = ReviewKind::ALL
        .into_iter()
        .filter(|kind| filter.kinds.is_empty() || filter.kinds.contains(kind))
        .map(|kind| match kind {
            ReviewKind::Report => reports(scope, &rights.reports, overdue, department),
            ReviewKind::Completion => completions(scope, &rights.completions, overdue, department),
            ReviewKind::Extension => extensions(scope, &rights.extensions, overdue, department),
            ReviewKind::Exception => exceptions(scope, &rights.completions, overdue, department),
            ReviewKind::Amendment => amendments(scope, &rights.amendments, overdue, department),
        });
    let Some(mut all) = parts.next() else {
        return Ok(Page::empty());
    };
    for part in parts {
        all.union(UnionType::All, part);
    }
    let queue = Query::select()
        .columns(COLUMNS.map(Alias::new))
        .from_subquery(all, Alias::new("queue"))
        .to_owned();
    let keys = [
        SortKey::computed_number(column(RANK)),
        SortKey::computed_instant(column(SINCE)),
        SortKey::computed_key(column(ID)),
    ];
    page::fetch_statement(db, queue, &keys, window)
        .await?
        .try_map(|row| waiting(&row))
}

const KIND: &str = "kind";
const ID: &str = "id";
const SINCE: &str = "since";
const RANK: &str = "place";
const COLUMNS: [&str; 4] = [KIND, ID, SINCE, RANK];

fn column(name: &'static str) -> SimpleExpr {
    Expr::col((Alias::new("queue"), Alias::new(name)))
}

fn waiting(row: &QueryResult) -> Result<Waiting, StoreError> {
    let id: Uuid = row.try_get("", ID)?;
    let name: String = row.try_get("", KIND)?;
    let since: Instant = row.try_get("", SINCE)?;
    let rank: i32 = row.try_get("", RANK)?;
    let kind = ReviewKind::ALL.into_iter().find(|one| one.name() == name);
    Ok(Waiting {
        kind: kind.ok_or_else(|| corrupt("queue", KIND, id, &name))?,
        id,
        since: since.into(),
        is_overdue: rank == 0,
    })
}

/// One kind of item as the columns of the queue: what waited too long stands first.
fn part<E: EntityTrait>(
    select: Select<E>,
    kind: ReviewKind,
    (id, since): (impl ColumnTrait, impl ColumnTrait),
    is_overdue: impl IntoCondition,
) -> SelectStatement {
    let rank = CaseStatement::new()
        .case(is_overdue.into_condition(), Expr::cust("0"))
        .finally(Expr::cust("1"));
    let mut query = select.select_only().into_query();
    query
        .expr_as(Expr::cust(format!("'{}'", kind.name())), Alias::new(KIND))
        .expr_as(Expr::col(id.as_column_ref()), Alias::new(ID))
        .expr_as(Expr::col(since.as_column_ref()), Alias::new(SINCE))
        .expr_as(rank, Alias::new(RANK));
    query
}

fn waits_too_long(since: impl ColumnTrait, overdue: Overdue) -> SimpleExpr {
    since.lt(Instant::from(overdue.submitted_before))
}

#[expect(clippy::disallowed_methods, reason = "scoped here")]
fn reports(
    scope: &Scope,
    rights: &Coverage,
    overdue: Overdue,
    department: Option<DepartmentId>,
) -> SelectStatement {
    use report::Column as C;
    let select = report::Entity::find()
        .filter(C::State.eq(ReportState::Submitted.name()))
        .filter(on_task(C::TaskId, scope))
        .filter(covered(C::DepartmentId, rights))
        .filter(Condition::all().add_option(department.map(|id| C::DepartmentId.eq(id.0))));
    let is_overdue = waits_too_long(C::SubmittedAt, overdue);
    part(
        select,
        ReviewKind::Report,
        (C::Id, C::SubmittedAt),
        Condition::all().add(is_overdue),
    )
}

#[expect(clippy::disallowed_methods, reason = "scoped here")]
fn completions(
    scope: &Scope,
    rights: &Coverage,
    overdue: Overdue,
    department: Option<DepartmentId>,
) -> SelectStatement {
    use task_step::Column as C;
    let later = Alias::new("later");
    let newest = Query::select()
        .expr(Expr::col((later.clone(), C::Seq)).max())
        .from_as(task_step::Entity, later.clone())
        .and_where(Expr::col((later, C::TaskId)).equals((task_step::Entity, C::TaskId)))
        .to_owned();
    let tasks = task::Entity::find()
        .select_only()
        .column(task::Column::Id)
        .filter(task::Column::State.eq(TaskState::CompletionSubmitted.name()))
        .filter(owned_by(rights))
        .into_query();
    let select = task_step::Entity::find()
        .filter(C::Transition.eq(Transition::SubmitCompletion.name()))
        .filter(C::Seq.in_subquery(newest))
        .filter(C::TaskId.in_subquery(tasks))
        .filter(on_task(C::TaskId, scope))
        .filter(led_by(C::TaskId, department));
    let is_overdue = waits_too_long(C::OccurredAt, overdue);
    part(
        select,
        ReviewKind::Completion,
        (C::TaskId, C::OccurredAt),
        Condition::all().add(is_overdue),
    )
}

#[expect(clippy::disallowed_methods, reason = "scoped here")]
fn extensions(
    scope: &Scope,
    rights: &Coverage,
    overdue: Overdue,
    department: Option<DepartmentId>,
) -> SelectStatement {
    use extension::Column as C;
    let select = extension::Entity::find()
        .filter(C::State.eq(ExtensionState::Requested.name()))
        .filter(C::TaskId.in_subquery(keys_owned_by(rights)))
        .filter(on_task(C::TaskId, scope))
        .filter(led_by(C::TaskId, department));
    let is_overdue = Condition::any()
        .add(waits_too_long(C::RequestedAt, overdue))
        .add(C::FromOn.lt(overdue.today));
    part(
        select,
        ReviewKind::Extension,
        (C::Id, C::RequestedAt),
        is_overdue,
    )
}

#[expect(clippy::disallowed_methods, reason = "scoped here")]
fn exceptions(
    scope: &Scope,
    rights: &Coverage,
    overdue: Overdue,
    department: Option<DepartmentId>,
) -> SelectStatement {
    use exception::Column as C;
    let select = exception::Entity::find()
        .filter(C::State.eq(ExceptionState::Requested.name()))
        .filter(C::TaskId.in_subquery(keys_owned_by(rights)))
        .filter(on_task(C::TaskId, scope))
        .filter(led_by(C::TaskId, department));
    let is_overdue = waits_too_long(C::RequestedAt, overdue);
    part(
        select,
        ReviewKind::Exception,
        (C::Id, C::RequestedAt),
        Condition::all().add(is_overdue),
    )
}

#[expect(clippy::disallowed_methods, reason = "scoped here")]
fn amendments(
    scope: &Scope,
    rights: &Coverage,
    overdue: Overdue,
    department: Option<DepartmentId>,
) -> SelectStatement {
    use amendment::Column as C;
    let by_members = department.map(|id| {
        let members = account::Entity::find()
            .select_only()
            .column(account::Column::Id)
            .filter(account::Column::DepartmentId.eq(id.0))
            .into_query();
        C::ProposedBy.in_subquery(members)
    });
    let select = amendment::Entity::find()
        .filter(C::State.eq(AmendmentState::Proposed.name()))
        .filter(C::TaskId.in_subquery(keys_owned_by(rights)))
        .filter(on_task(C::TaskId, scope))
        .filter(Condition::all().add_option(by_members));
    let is_overdue = waits_too_long(C::ProposedAt, overdue);
    part(
        select,
        ReviewKind::Amendment,
        (C::Id, C::ProposedAt),
        Condition::all().add(is_overdue),
    )
}

/// The keys of the tasks that the right covers.
#[expect(clippy::disallowed_methods, reason = "narrows a scoped list")]
fn keys_owned_by(rights: &Coverage) -> SelectStatement {
    task::Entity::find()
        .select_only()
        .column(task::Column::Id)
        .filter(owned_by(rights))
        .into_query()
}

/// Tasks of plans whose department the right covers, and items of no plan whose owner it covers.
#[expect(clippy::disallowed_methods, reason = "narrows a scoped list")]
fn owned_by(rights: &Coverage) -> Condition {
    let plans = plan::Entity::find()
        .select_only()
        .column(plan::Column::Id)
        .filter(covered(plan::Column::DepartmentId, rights))
        .into_query();
    let items = task_origin::Entity::find()
        .select_only()
        .column(task_origin::Column::TaskId)
        .filter(covered(task_origin::Column::OwnerId, rights))
        .into_query();
    Condition::any()
        .add(task::Column::PlanId.in_subquery(plans))
        .add(task::Column::Id.in_subquery(items))
}

/// Tasks that the department leads, where one is asked for.
#[expect(clippy::disallowed_methods, reason = "narrows a scoped list")]
fn led_by(column: impl ColumnTrait, department: Option<DepartmentId>) -> Condition {
    let led = department.map(|id| {
        assignment::Entity::find()
            .select_only()
            .column(assignment::Column::TaskId)
            .filter(assignment::Column::DepartmentId.eq(id.0))
            .filter(assignment::Column::Role.eq(role_name(AssignmentRole::Lead)))
            .into_query()
    });
    Condition::all().add_option(led.map(|led| column.in_subquery(led)))
}
