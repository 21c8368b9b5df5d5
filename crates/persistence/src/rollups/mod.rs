//! Kept figures: changed by differences with every write of measurements, read without one.

pub(crate) mod row;

use std::collections::BTreeMap;

use duban_domain::{
    access::Scope,
    ids::{DepartmentId, MetricId, TaskId},
    metric::{Metric, ReportingLevel, rollup::Kept},
    period::Period,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, ExprTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
    sea_query::{Expr, LockType, Query},
};
use uuid::Uuid;

use self::row::{Read, figure_row, thing_row};
use crate::{
    bulk::{added, insert_alike},
    entity::{kept_figure as figure, kept_thing as thing, metric},
    error::StoreError,
    metrics,
    store::WriteTx,
};

/// Which kept rows are read.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Of these metrics.
    pub metrics: &'a [MetricId],
    /// Of these of them the things too.
    pub with_things: &'a [MetricId],
    /// Whether bases and products are read, which ratios and weighted means are told from; they are 0 else.
    pub with_bases: bool,
    /// Of these units; none for all.
    pub units: Option<&'a [DepartmentId]>,
    /// Of these months; none for all.
    pub periods: Option<&'a [Period]>,
}

/// Makes whoever else writes figures of these metrics wait until the transaction ends: differences are
/// taken from what was there. One statement, in the order of keys, so that nobody waits in a ring; on
/// SQLite nobody else writes.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(
    clippy::disallowed_methods,
    reason = "locks rows and reads nothing of them"
)]
pub async fn lock(tx: &WriteTx, metrics: &[MetricId]) -> Result<(), StoreError> {
    let db = tx.conn();
    if db.get_database_backend() == DbBackend::Sqlite || metrics.is_empty() {
        return Ok(());
    }
    let _: Vec<Uuid> = metric::Entity::find()
        .select_only()
        .column(metric::Column::Id)
        .filter(metric::Column::Id.is_in(metrics.iter().map(|id| id.0)))
        .order_by_asc(metric::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .into_tuple()
        .all(db)
        .await?;
    Ok(())
}

/// Adds differences to what is kept, in as few statements as may be and in the order of keys. The
/// metrics are locked.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn apply(tx: &WriteTx, changes: &BTreeMap<MetricId, Kept>) -> Result<(), StoreError> {
    let mut figures = Vec::new();
    let mut things = Vec::new();
    for (metric, kept) in changes {
        for (spot, tally) in &kept.tallies {
            figures.push(figure_row((*metric, *spot), tally)?);
        }
        for (spot, named) in &kept.things {
            let rows = named.iter();
            things.extend(rows.map(|(name, one)| thing_row((*metric, *spot), name, *one)));
        }
    }
    let sums = || added::<figure::Entity>(&row::FIGURE_KEY, &row::figure_sums());
    insert_alike(tx.conn(), figures, sums).await?;
    let namings = || added::<thing::Entity>(&row::THING_KEY, &row::THING_SUMS);
    insert_alike(tx.conn(), things, namings).await
}

/// Forgets all that is kept of some metrics.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn clear(tx: &WriteTx, metrics: &[MetricId]) -> Result<(), StoreError> {
    let keys = || metrics.iter().map(|id| id.0);
    figure::Entity::delete_many()
        .filter(figure::Column::MetricId.is_in(keys()))
        .exec(tx.conn())
        .await?;
    thing::Entity::delete_many()
        .filter(thing::Column::MetricId.is_in(keys()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// What is kept, by metric, for figures that anybody who reads the metric may see as far as they are
/// verified; whoever shows what is not verified narrows it. One statement, and one more for things.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
#[expect(
    clippy::disallowed_methods,
    reason = "sums of metrics that were found in scope"
)]
pub async fn kept_unscoped(
    db: &impl ConnectionTrait,
    wanted: Wanted<'_>,
) -> Result<BTreeMap<MetricId, Kept>, StoreError> {
    let mut kept: BTreeMap<MetricId, Kept> = BTreeMap::new();
    if wanted.metrics.is_empty() {
        return Ok(kept);
    }
    let units = || wanted.units.map(|all| all.iter().map(|one| one.0));
    let periods = || {
        let all = wanted.periods?;
        Some(all.iter().map(ToString::to_string))
    };
    let rows = figure::Entity::find().select_only().filter(
        Condition::all()
            .add(figure::Column::MetricId.is_in(wanted.metrics.iter().map(|id| id.0)))
            .add_option(units().map(|all| figure::Column::DepartmentId.is_in(all)))
            .add_option(periods().map(|all| figure::Column::Period.is_in(all))),
    );
    let rows = if wanted.with_bases {
        sums::<true>(db, rows).await?
    } else {
        sums::<false>(db, rows).await?
    };
    for row in rows {
        let (metric, spot, tally) = row::to_tally(&row)?;
        let of = kept.entry(metric).or_default();
        of.tallies.insert(spot, tally);
    }
    if !wanted.with_things.is_empty() {
        let rows = thing::Entity::find()
            .filter(
                Condition::all()
                    .add(thing::Column::MetricId.is_in(wanted.with_things.iter().map(|id| id.0)))
                    .add_option(units().map(|all| thing::Column::DepartmentId.is_in(all)))
                    .add_option(periods().map(|all| thing::Column::Period.is_in(all))),
            )
            .all(db)
            .await?;
        for row in rows {
            let (metric, spot, name, namings) = row::to_namings(&row)?;
            let of = kept.entry(metric).or_default().things.entry(spot);
            of.or_default().insert(name, namings);
        }
    }
    for one in kept.values_mut() {
        one.prune();
    }
    Ok(kept)
}

async fn sums<const WITH_BASES: bool>(
    db: &impl ConnectionTrait,
    rows: Select<figure::Entity>,
) -> Result<Vec<figure::Model>, StoreError> {
    let rows = rows.columns(Read::<WITH_BASES>::columns());
    let rows = rows.into_model::<Read<WITH_BASES>>().all(db).await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// The metrics of some tasks of which anything is kept, or of which a metric is that they repeat.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn measured_of_tasks(
    db: &impl ConnectionTrait,
    scope: &Scope,
    tasks: &[TaskId],
) -> Result<Vec<Metric>, StoreError> {
    let is_kept = |key: metric::Column| {
        let same =
            Expr::col((figure::Entity, figure::Column::MetricId)).equals((metric::Entity, key));
        Expr::exists(
            Query::select()
                .expr(Expr::value(1))
                .from(figure::Entity)
                .and_where(same)
                .to_owned(),
        )
    };
    let rows = metrics::scoped(scope)
        .filter(metric::Column::TaskId.is_in(tasks.iter().map(|id| id.0)))
        .filter(
            Condition::any()
                .add(is_kept(metric::Column::Id))
                .add(is_kept(metric::Column::SameAsId)),
        )
        .order_by_asc(metric::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(metrics::to_domain).collect()
}

/// The keys of the metrics of a level, in their order, for figures that are kept whoever writes.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(
    clippy::disallowed_methods,
    reason = "what is kept does not depend on who reads"
)]
pub async fn of_level_unscoped(
    db: &impl ConnectionTrait,
    level: ReportingLevel,
) -> Result<Vec<MetricId>, StoreError> {
    let ids: Vec<Uuid> = metric::Entity::find()
        .select_only()
        .column(metric::Column::Id)
        .filter(metric::Column::ReportingLevel.eq(level.name()))
        .order_by_asc(metric::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(MetricId).collect())
}

/// The metrics of which anything is kept, in the order of keys.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "keys alone, for the whole check")]
pub async fn metrics_unscoped(db: &impl ConnectionTrait) -> Result<Vec<MetricId>, StoreError> {
    let keys: Vec<Uuid> = figure::Entity::find()
        .select_only()
        .column(figure::Column::MetricId)
        .distinct()
        .order_by_asc(figure::Column::MetricId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(keys.into_iter().map(MetricId).collect())
}
