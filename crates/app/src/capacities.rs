//! The most that units can reach of metrics in a month (承载上限): declared, and shown to those who see the
//! unit.

use std::collections::{BTreeSet, HashMap};

use duban_domain::{
    access::{Coverage, Permission, Place, Scope, authorize},
    event::DomainEvent,
    ids::{CapacityId, DepartmentId, MetricId},
    metric::capacity::{self, Capacity, CapacityError},
    quantity::Figure,
    text::Reason,
};
use duban_persistence::{Connection, StoreError, capacities, departments, metrics};
use serde_json::json;

use crate::{
    App,
    change::{Call, ChangeError, begin},
    plans::expect_version,
};

/// What is to be declared.
#[derive(Debug, Clone)]
pub struct Declared {
    /// Of what.
    pub metric: MetricId,
    /// Of whom.
    pub department: DepartmentId,
    /// The most in a month; none takes back what was declared.
    pub most: Option<Figure>,
    /// What it stands on.
    pub reason: Reason,
    /// The version that the caller has read; 0 where there was none.
    pub expected: i32,
}

/// Declares the most that a unit can reach of a metric in a month, by whoever shares targets out there.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn set_metric_capacity(
    app: &App,
    call: &Call,
    declared: Declared,
) -> Result<MetricId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let metric = metrics::find(tx.conn(), &call.who.scope(), declared.metric).await?;
    let metric = metric.ok_or(ChangeError::NotFound)?;
    let path = departments::paths(tx.conn(), &[declared.department]).await?;
    let path = path.into_values().next();
    let place = Place(path.ok_or(ChangeError::field("department", "DEPARTMENT_UNKNOWN"))?);
    let by = authorize(&call.who, Permission::MetricAllocate, &place)?;
    let scope = Scope::default();
    let mut known = capacities::current_unscoped(tx.conn(), &scope, &[metric.id]).await?;
    let known = known.remove(&metric.id).unwrap_or_default();
    let before = known
        .iter()
        .find(|one| one.department == declared.department);
    let version = before.map_or(0, |one| one.version);
    expect_version(version, declared.expected)?;
    capacity::check(before, declared.most).map_err(|error| refused(&error))?;
    let made = Capacity {
        id: CapacityId::fresh(tx.now()),
        metric: metric.id,
        department: declared.department,
        version: version.saturating_add(1),
        most: declared.most,
        reason: declared.reason,
        by,
        at: tx.now(),
    };
    capacities::append(tx, &made).await?;
    let event = DomainEvent::new("metric.capacity_set", "Metric", metric.id.0).with(json!({
        "department": made.department,
        "version": made.version,
        "before": before.and_then(|one| one.most).map(|most| most.to_string()),
        "most": made.most.map(|most| most.to_string()),
        "reason": made.reason.as_str(),
        "onBehalfOf": made.by.acting_for,
    }));
    begun.finish(metric.id, [event]).await
}

fn refused(error: &CapacityError) -> ChangeError {
    ChangeError::invalid("most", error)
}

/// What stands for these metrics, where they are in scope and the caller sees the unit; with a fixed
/// number of statements.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn capacities_of<C: Connection>(
    db: &C,
    scope: &Scope,
    ids: &[MetricId],
) -> Result<HashMap<MetricId, Vec<Capacity>>, StoreError> {
    let found = metrics::find_many(db, scope, ids).await?;
    let ids: Vec<MetricId> = found.iter().map(|one| one.id).collect();
    let mut known = capacities::current_unscoped(db, scope, &ids).await?;
    let units: BTreeSet<DepartmentId> =
        known.values().flatten().map(|one| one.department).collect();
    let units: Vec<DepartmentId> = units.into_iter().collect();
    let paths = departments::paths(db, &units).await?;
    let coverages = [
        &scope.measurements,
        &scope.measurement_checks,
        &scope.reports,
    ];
    let is_seen = |unit: DepartmentId| {
        let path = paths.get(&unit).map_or(&[][..], Vec::as_slice);
        let covers = |one: &&Coverage| {
            one.itself.contains(&unit) || path.iter().any(|above| one.subtree.contains(above))
        };
        coverages.iter().any(covers)
    };
    for of_metric in known.values_mut() {
        of_metric.retain(|one| one.most.is_some() && is_seen(one.department));
    }
    Ok(known)
}
