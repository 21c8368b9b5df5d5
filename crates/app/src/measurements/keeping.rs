//! Figures that are kept: changed with every batch of measurements in its transaction, made anew where
//! the tree or a rule changed, and held against the measurements.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use duban_domain::{
    ids::{DepartmentId, MetricId, TaskId},
    measurement::{Measurement, MeasurementKey, Slot},
    metric::{
        Metric, ReportingLevel, TreeAggregation,
        rollup::{Cell, DatedTree, Kept},
    },
};
use duban_persistence::{
    Connection, StoreError, WriteTx,
    dated_tree::{self, Units},
    measurements, metrics, rollups,
};

use super::{Reporters, reporters::is_of_venues};

/// By how much what is kept of each metric changes.
pub(crate) type Changes = BTreeMap<MetricId, Kept>;

/// The places that a batch may change, with what is kept of them. Whoever else writes figures of the same
/// metrics waits from here on, so nothing is read that is out of date when it is written.
pub(super) struct Keeper {
    /// What says who is asked for which figure, whoever the caller is.
    pub reporters: Reporters,
    /// Every month of the years of the batch of which anything was said, as it is now.
    pub slots: HashMap<MeasurementKey, Slot>,
    before: BTreeMap<MetricId, Kept>,
}

impl Keeper {
    /// Locks the metrics of the batch and reads all that may change, with a fixed number of statements.
    pub(super) async fn open(
        tx: &WriteTx,
        batch: impl IntoIterator<Item = MeasurementKey>,
    ) -> Result<Self, StoreError> {
        let named: Vec<MeasurementKey> = batch.into_iter().collect();
        let ids: BTreeSet<MetricId> = named.iter().map(|key| key.metric).collect();
        let ids: Vec<MetricId> = ids.into_iter().collect();
        rollups::lock(tx, &ids).await?;
        let db = tx.conn();
        let found = metrics::find_many_unscoped(db, &ids).await?;
        let reporters = Reporters::of_unscoped(db, found).await?;
        let known = measurements::years_unscoped(db, &named).await?.into_iter();
        let slots: HashMap<MeasurementKey, Slot> = known
            .map(|(key, revisions)| (key, Slot::new(key, revisions)))
            .collect();
        Ok(Self {
            before: kept_of(&reporters, cells_of(slots.values())),
            reporters,
            slots,
        })
    }

    /// The difference that the batch makes to what is kept.
    pub(super) fn changes(&self) -> Changes {
        let after = kept_of(&self.reporters, cells_of(self.slots.values()));
        changes(&self.before, &after)
    }

    /// Changes what is kept by the difference that the batch has made.
    pub(super) async fn close(self, tx: &WriteTx) -> Result<(), StoreError> {
        rollups::apply(tx, &self.changes()).await
    }
}

/// What the departments say for the periods, by metric.
pub(super) fn cells_of<'a>(
    slots: impl IntoIterator<Item = &'a Slot>,
) -> BTreeMap<MetricId, Vec<Cell>> {
    let mut cells: BTreeMap<MetricId, Vec<Cell>> = BTreeMap::new();
    for slot in slots {
        if !slot.revisions().is_empty() {
            cells
                .entry(slot.key().metric)
                .or_default()
                .push(Cell::of(slot));
        }
    }
    cells
}

/// The places of some measurements.
pub(super) fn slots_of(said: impl IntoIterator<Item = Measurement>) -> Vec<Slot> {
    let mut revisions: BTreeMap<MeasurementKey, Vec<Measurement>> = BTreeMap::new();
    for one in said {
        revisions.entry(one.key).or_default().push(one);
    }
    let slots = revisions.into_iter();
    slots.map(|(key, all)| Slot::new(key, all)).collect()
}

/// What is to be kept of what the departments say, by metric.
pub(super) fn kept_of(
    reporters: &Reporters,
    cells: BTreeMap<MetricId, Vec<Cell>>,
) -> BTreeMap<MetricId, Kept> {
    let kept = cells.into_iter().filter_map(|(id, cells)| {
        let rule = reporters.rule(reporters.metric(id)?);
        Some((id, rule.keep(reporters.tree(), &cells)))
    });
    kept.collect()
}

fn changes(
    before: &BTreeMap<MetricId, Kept>,
    after: &BTreeMap<MetricId, Kept>,
) -> BTreeMap<MetricId, Kept> {
    let ids: BTreeSet<MetricId> = before.keys().chain(after.keys()).copied().collect();
    let none = Kept::default();
    let changed = ids.into_iter().map(|id| {
        let (old, new) = (before.get(&id), after.get(&id));
        (id, old.unwrap_or(&none).to(new.unwrap_or(&none)))
    });
    changed.filter(|(_, change)| !change.is_empty()).collect()
}

/// Makes what is kept of some metrics anew from their measurements: where it was found wrong, or where
/// the rule changed by which a metric adds up (its lead, its level, its aggregations). Costs as much as
/// there are measurements of these metrics.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn rebuild(tx: &WriteTx, ids: &[MetricId]) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    rollups::lock(tx, ids).await?;
    let db = tx.conn();
    let found = metrics::find_many_unscoped(db, ids).await?;
    let reporters = Reporters::of_unscoped(db, found).await?;
    rollups::clear(tx, ids).await?;
    for id in ids {
        if let Some(kept) = reckoned(db, &reporters, *id).await? {
            rollups::apply(tx, &BTreeMap::from([(*id, kept)])).await?;
        }
    }
    Ok(())
}

/// Makes what is kept anew where the lead of a task speaks for it and another one may lead now.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn lead_changed(tx: &WriteTx, task: TaskId) -> Result<(), StoreError> {
    let found = metrics::measured_of_task_unscoped(tx.conn(), task).await?;
    let speaks = |metric: &&Metric| {
        metric.reporting_level.kind().is_none()
            || metric.tree_aggregation == TreeAggregation::External
    };
    let ids: Vec<MetricId> = found.iter().filter(speaks).map(|one| one.id).collect();
    rebuild(tx, &ids).await
}

/// What is to be kept of a metric by its measurements; none where the metric is unknown.
pub(super) async fn reckoned<C: Connection>(
    db: &C,
    reporters: &Reporters,
    id: MetricId,
) -> Result<Option<Kept>, StoreError> {
    let Some(metric) = reporters.metric(id) else {
        return Ok(None);
    };
    let cells = cells_by(db, id, None).await?;
    Ok(Some(reporters.rule(metric).keep(reporters.tree(), &cells)))
}

async fn cells_by<C: Connection>(
    db: &C,
    metric: MetricId,
    by: Option<&[DepartmentId]>,
) -> Result<Vec<Cell>, StoreError> {
    let said = measurements::of_metric_unscoped(db, metric, by).await?;
    Ok(slots_of(said).iter().map(Cell::of).collect())
}

/// The tree as it is now, to be kept while it is changed: see [`moved`].
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn tree_before(tx: &WriteTx) -> Result<Arc<Units>, StoreError> {
    dated_tree::lock(tx).await?;
    let ids = measurements::metrics_unscoped(tx.conn()).await?;
    rollups::lock(tx, &ids).await?;
    dated_tree::read(tx.conn()).await
}

/// Moves what is kept of some departments, and of whoever reports below them, to the units above which
/// they stand now: after an act that changed the dates of parents or lives. Call [`tree_before`] first,
/// this afterwards, in the transaction of the act. Months in which nothing changed stay as they are.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn moved(
    tx: &WriteTx,
    before: &DatedTree,
    departments: &[DepartmentId],
) -> Result<(), StoreError> {
    let db = tx.conn();
    let ids = measurements::metrics_unscoped(db).await?;
    rollups::lock(tx, &ids).await?;
    let found = metrics::find_many_unscoped(db, &ids).await?;
    let reporters = Reporters::of_unscoped(db, found).await?;
    let units = reporters.within(before, departments);
    let (mut changed, mut anew) = (BTreeMap::new(), Vec::new());
    for id in ids {
        let Some(metric) = reporters.metric(id) else {
            continue;
        };
        if is_of_venues(metric) && reporters.has_venue(&units) {
            // Where venues stand says when the lead speaks for them, too.
            anew.push(id);
            continue;
        }
        let rule = reporters.rule(metric);
        let cells = cells_by(db, id, Some(&units)).await?;
        let old = rule.keep(before, &cells);
        let change = old.to(&rule.keep(reporters.tree(), &cells));
        if !change.is_empty() {
            changed.insert(id, change);
        }
    }
    rollups::apply(tx, &changed).await?;
    rebuild(tx, &anew).await
}

/// Makes what is kept anew where venues are asked, after an act that changed which units are venues, in its
/// transaction: what others recorded until then is waited for and counted.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn venues_changed(tx: &WriteTx) -> Result<(), StoreError> {
    let ids = rollups::of_level_unscoped(tx.conn(), ReportingLevel::Venue).await?;
    rebuild(tx, &ids).await
}
