//! The most that units can reach of metrics in a month, version by version.

use std::collections::{BTreeMap, HashMap};

use duban_domain::{
    access::{Person, Scope},
    ids::{AccountId, CapacityId, DepartmentId, MetricId},
    metric::capacity::Capacity,
    quantity::Figure,
    text::Reason,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::{
    entity::metric_capacity as capacity,
    error::{StoreError, corrupt},
    past::until,
    store::WriteTx,
};

/// The newest version of each unit of which anything was set for one of these metrics, which the caller
/// has found in scope; as of the scope's instant. Whoever shows them narrows them.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored value makes no sense.
#[expect(clippy::disallowed_methods, reason = "the metrics are scoped already")]
pub async fn current_unscoped(
    db: &impl ConnectionTrait,
    scope: &Scope,
    metrics: &[MetricId],
) -> Result<HashMap<MetricId, Vec<Capacity>>, StoreError> {
    use capacity::Column as C;
    if metrics.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = capacity::Entity::find()
        .filter(C::MetricId.is_in(metrics.iter().map(|id| id.0)))
        .filter(until(C::SetAt, scope))
        .order_by_asc(C::Version)
        .all(db)
        .await?;
    let newest: BTreeMap<(Uuid, Uuid), capacity::Model> = rows
        .into_iter()
        .map(|row| ((row.metric_id, row.department_id), row))
        .collect();
    let mut found: HashMap<MetricId, Vec<Capacity>> = HashMap::new();
    for row in newest.into_values() {
        let one = to_domain(&row)?;
        found.entry(one.metric).or_default().push(one);
    }
    Ok(found)
}

/// Adds a version.
///
/// # Errors
///
/// [`StoreError::Stale`] when someone was faster.
pub async fn append(tx: &WriteTx, new: &Capacity) -> Result<(), StoreError> {
    let row = capacity::ActiveModel {
        id: Set(new.id.0),
        metric_id: Set(new.metric.0),
        department_id: Set(new.department.0),
        version: Set(new.version),
        most: Set(new.most.map(Figure::scaled)),
        reason: Set(new.reason.to_string()),
        set_by: Set(new.by.account.0),
        set_for: Set(new.by.acting_for.map(|one| one.0)),
        set_at: Set(new.at.into()),
    };
    let added = capacity::Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await
        .map_err(StoreError::from);
    match added {
        Err(StoreError::Taken(_)) => Err(StoreError::Stale),
        other => other.map(|_| ()),
    }
}

fn to_domain(row: &capacity::Model) -> Result<Capacity, StoreError> {
    let wrong = |column, value: &str| corrupt("metric_capacity", column, row.id, value);
    let most = row.most.map(Figure::from_scaled).transpose();
    Ok(Capacity {
        id: CapacityId(row.id),
        metric: MetricId(row.metric_id),
        department: DepartmentId(row.department_id),
        version: row.version,
        most: most.map_err(|error| wrong("most", &error.to_string()))?,
        reason: Reason::try_new(&row.reason).map_err(|_| wrong("reason", &row.reason))?,
        by: Person {
            account: AccountId(row.set_by),
            acting_for: row.set_for.map(AccountId),
        },
        at: row.set_at.into(),
    })
}
