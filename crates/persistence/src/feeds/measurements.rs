//! Pages of the measurements that count.

use std::collections::BTreeSet;

use duban_domain::{
    access::Scope,
    ids::{DepartmentId, MetricId},
    measurement::{Channel, MeasurementKey, MeasurementState, ReadingKind},
    period::Period,
    quantity::Figure,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, QueryFilter,
    QueryOrder, QuerySelect,
    sea_query::{Alias, Expr, Query, SelectStatement},
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::Wanted;
use crate::{
    entity::measurement::{self, Column as C},
    error::{StoreError, corrupt},
    instant::Instant,
    scope::{descendants, measurements_in},
};

/// The revision that counts of a metric, a department and a month: the newest verified one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counting {
    /// What it is of.
    pub key: MeasurementKey,
    /// The number of the revision.
    pub revision: i32,
    /// Whether it is a figure, zero, or that the metric does not apply.
    pub kind: ReadingKind,
    /// The figure of the month; none where the metric does not apply.
    pub value: Option<Figure>,
    /// The base of a ratio or the weight of a mean.
    pub base: Option<Figure>,
    /// How it came.
    pub channel: Channel,
    /// When it was recorded.
    pub recorded_at: OffsetDateTime,
    /// When it was verified.
    pub verified_at: OffsetDateTime,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    metric_id: Uuid,
    department_id: Uuid,
    period: String,
    revision: i32,
    kind: String,
    value: Option<i64>,
    base: Option<i64>,
    channel: String,
    recorded_at: Instant,
    decided_at: Option<Instant>,
}

/// A page of what counts in scope, after a place, in the order of metrics, departments and months; with
/// one statement.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
pub async fn measurements(
    db: &impl ConnectionTrait,
    scope: &Scope,
    wanted: Wanted<'_>,
    after: Option<MeasurementKey>,
) -> Result<Vec<Counting>, StoreError> {
    let rows: Vec<Row> = measurement::Entity::find()
        .select_only()
        .columns([
            C::Id,
            C::MetricId,
            C::DepartmentId,
            C::Period,
            C::Revision,
            C::Kind,
            C::Value,
            C::Base,
            C::Channel,
            C::RecordedAt,
            C::DecidedAt,
        ])
        .filter(measurements_in(scope))
        .filter(condition(wanted, after))
        .order_by_asc(C::MetricId)
        .order_by_asc(C::DepartmentId)
        .order_by_asc(C::Period)
        .limit(wanted.limit)
        .into_model::<Row>()
        .all(db)
        .await?;
    rows.iter().map(to_counting).collect()
}

fn condition(wanted: Wanted<'_>, after: Option<MeasurementKey>) -> Condition {
    let under = wanted.under.map(|unit| {
        let units = BTreeSet::from([unit]);
        C::DepartmentId.in_subquery(descendants(&units))
    });
    Condition::all()
        .add(C::MetricId.is_in(wanted.metrics.iter().map(|id| id.0)))
        .add(counts(own))
        .add(Expr::exists(newer(wanted, after)).not())
        .add_option(under)
        .add_option(wanted.from.map(|one| C::Period.gte(one.to_string())))
        .add_option(wanted.until.map(|one| C::Period.lte(one.to_string())))
        .add_option(after.map(|key| beyond(own, key)))
}

/// Rows after a place, as an index over the three columns finds them.
fn beyond(of: impl Fn(C) -> Expr, key: MeasurementKey) -> Expr {
    let known = [
        Expr::value(key.metric.0),
        Expr::value(key.department.0),
        Expr::value(key.period.to_string()),
    ];
    let place = [C::MetricId, C::DepartmentId, C::Period].map(of);
    Expr::tuple(place).gt(Expr::tuple(known))
}

fn own(column: C) -> Expr {
    Expr::col((measurement::Entity, column))
}

/// That a revision is verified; what was taken back stands among the rejected ones.
fn counts(of: impl Fn(C) -> Expr) -> Expr {
    of(C::State).eq(MeasurementState::Verified.name())
}

/// The verified revisions of the same place that are newer. Where the page begins is said of them too: a
/// database that goes through both side by side begins there.
fn newer(wanted: Wanted<'_>, after: Option<MeasurementKey>) -> SelectStatement {
    let name = Alias::new("newer");
    let of = |column: C| Expr::col((name.clone(), column));
    let first = wanted.metrics.first();
    let begins = Condition::all()
        .add_option(first.map(|id| of(C::MetricId).gte(id.0)))
        .add_option(after.map(|key| beyond(of, key)));
    Query::select()
        .expr(Expr::value(1))
        .from_as(measurement::Entity, name.clone())
        .and_where(of(C::MetricId).eq(own(C::MetricId)))
        .and_where(of(C::DepartmentId).eq(own(C::DepartmentId)))
        .and_where(of(C::Period).eq(own(C::Period)))
        .and_where(of(C::Revision).gt(own(C::Revision)))
        .and_where(counts(of))
        .cond_where(begins)
        .to_owned()
}

fn to_counting(row: &Row) -> Result<Counting, StoreError> {
    let unknown = |column, value: &str| corrupt("measurement", column, row.id, value);
    let figure = |column, scaled: Option<i64>| {
        let figure = scaled.map(Figure::from_scaled).transpose();
        figure.map_err(|_| corrupt("measurement", column, row.id, scaled.unwrap_or_default()))
    };
    let kind = ReadingKind::parse(&row.kind).ok_or_else(|| unknown("kind", &row.kind))?;
    let period = row.period.parse::<Period>();
    let verified_at = row.decided_at.ok_or_else(|| unknown("decided_at", ""))?;
    Ok(Counting {
        key: MeasurementKey {
            metric: MetricId(row.metric_id),
            department: DepartmentId(row.department_id),
            period: period.map_err(|_| unknown("period", &row.period))?,
        },
        revision: row.revision,
        // Zero is a figure like any other in the table.
        kind: match row.value {
            Some(0) => ReadingKind::Zero,
            _ => kind,
        },
        value: figure("value", row.value)?,
        base: figure("base", row.base)?,
        channel: Channel::parse(&row.channel).ok_or_else(|| unknown("channel", &row.channel))?,
        recorded_at: row.recorded_at.into(),
        verified_at: verified_at.into(),
    })
}
