//! Lists of measurements.

use std::collections::BTreeSet;

use duban_domain::{
    access::Scope,
    ids::{DepartmentId, MetricId},
    measurement::{Measurement, MeasurementState},
    period::Period,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, ExprTrait, QueryFilter,
    sea_query::{Alias, Expr, Query, SelectStatement},
};

use super::{as_they_stood, row::state, scoped, with_things};
use crate::{
    entity::measurement,
    error::StoreError,
    instant::Instant,
    page::{self, KeyValue, Page, SortKey, Window},
    scope::descendants,
};

/// Which measurements a list holds; what is none or empty does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeasurementFilter {
    /// Of this metric.
    pub metric: Option<MetricId>,
    /// Of this department.
    pub department: Option<DepartmentId>,
    /// Of this department and of all that stand below it now.
    pub under: Option<DepartmentId>,
    /// Of this period.
    pub period: Option<Period>,
    /// In these states.
    pub states: Vec<MeasurementState>,
    /// Only what nothing newer stands in place of: a draft stands in place of drafts alone, for what was
    /// handed in goes on being said.
    pub is_newest: bool,
}

/// The sort key of a measurement in lists.
pub fn key_of(one: &Measurement) -> Vec<KeyValue> {
    vec![
        KeyValue::Text(one.key.period.to_string()),
        KeyValue::Key(one.id.0),
    ]
}

/// A window of the measurements that the filter lets through, the newest period first.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &MeasurementFilter,
    window: &Window,
) -> Result<Page<Measurement>, StoreError> {
    page_of(db, scope, condition(scope, filter), window).await
}

/// A window of the measurements in scope that a condition lets through, the newest period first.
pub(super) async fn page_of(
    db: &impl ConnectionTrait,
    scope: &Scope,
    condition: Condition,
    window: &Window,
) -> Result<Page<Measurement>, StoreError> {
    let backend = db.get_database_backend();
    let keys = [
        SortKey::text(backend, "measurement", "period", true),
        SortKey::key(measurement::Column::Id, true),
    ];
    let page = page::fetch(db, scoped(scope).filter(condition), &keys, window).await?;
    Ok(Page {
        rows: as_they_stood(scope, with_things(db, page.rows).await?),
        has_previous: page.has_previous,
        has_next: page.has_next,
        total: page.total,
    })
}

fn condition(scope: &Scope, filter: &MeasurementFilter) -> Condition {
    use measurement::Column as C;
    let under = filter.under.map(|unit| {
        let units = BTreeSet::from([unit]);
        C::DepartmentId.in_subquery(descendants(&units))
    });
    let newest = filter.is_newest.then(|| {
        let replaced = Expr::exists(replacing(scope));
        Condition::all()
            .add(not_withdrawn(scope, own))
            .add(replaced.not())
    });
    let states = (!filter.states.is_empty()).then(|| stood_in(scope, own, &filter.states));
    Condition::all()
        .add_option(filter.metric.map(|id| C::MetricId.eq(id.0)))
        .add_option(filter.department.map(|id| C::DepartmentId.eq(id.0)))
        .add_option(under)
        .add_option(filter.period.map(|one| C::Period.eq(one.to_string())))
        .add_option(states)
        .add_option(newest)
}

/// In which states a revision stands, or stood on the day of the scope: before its decision it was
/// submitted. The revision's columns are given by what they are called in the statement.
pub(super) fn stood_in(
    scope: &Scope,
    of: impl Fn(measurement::Column) -> Expr,
    states: &[MeasurementState],
) -> Condition {
    use measurement::Column as C;
    let stands = states.iter().fold(Condition::any(), |any, one| {
        let is_withdrawn = *one == MeasurementState::Withdrawn;
        let alike = of(C::State).eq(state(*one));
        any.add(alike.and(of(C::IsWithdrawn).eq(is_withdrawn)))
    });
    let Some(instant) = scope.as_of.map(Instant::from) else {
        return Condition::all().add(stands);
    };
    let undecided = Condition::any()
        .add(of(C::DecidedAt).is_null())
        .add(of(C::DecidedAt).lt(instant));
    let was_submitted = states
        .contains(&MeasurementState::Submitted)
        .then(|| of(C::DecidedAt).gte(instant));
    let stood = Condition::any()
        .add(Condition::all().add(stands).add(undecided))
        .add_option(was_submitted);
    Condition::all()
        .add(of(C::RecordedAt).lt(instant))
        .add(stood)
}

/// That a revision is not taken back, or was not on the day of the scope.
fn not_withdrawn(scope: &Scope, of: impl Fn(measurement::Column) -> Expr) -> Condition {
    use measurement::Column as C;
    let later = scope
        .as_of
        .map(|instant| of(C::DecidedAt).gte(Instant::from(instant)));
    Condition::any()
        .add(of(C::IsWithdrawn).eq(false))
        .add_option(later)
}

/// A column of the measurements that a list is of.
pub(super) fn own(column: measurement::Column) -> Expr {
    Expr::col((measurement::Entity, column))
}

/// The revisions of the same place that stand in place of a revision.
fn replacing(scope: &Scope) -> SelectStatement {
    use measurement::Column as C;
    let later = Alias::new("later");
    let of = |column: C| Expr::col((later.clone(), column));
    let draft = MeasurementState::Draft.name();
    let mut found = Query::select();
    found
        .expr(Expr::value(1))
        .from_as(measurement::Entity, later.clone())
        .and_where(of(C::MetricId).eq(own(C::MetricId)))
        .and_where(of(C::DepartmentId).eq(own(C::DepartmentId)))
        .and_where(of(C::Period).eq(own(C::Period)))
        .and_where(of(C::Revision).gt(own(C::Revision)))
        .and_where(of(C::State).ne(draft).or(own(C::State).eq(draft)))
        .cond_where(not_withdrawn(scope, of));
    if let Some(instant) = scope.as_of {
        found.and_where(of(C::RecordedAt).lt(Instant::from(instant)));
    }
    found
}
