//! What units shared out of metrics, version by version.

use std::collections::{BTreeMap, HashMap};

use duban_domain::{
    access::{Person, Scope},
    ids::{AccountId, AllocationId, DepartmentId, MetricId},
    metric::{
        allocation::{AllocationMethod, Share},
        sharing::Allocation,
    },
    quantity::Figure,
    text::Reason,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::{
    bulk::insert_all,
    entity::{allocation, allocation_share as share},
    error::{StoreError, corrupt},
    past::until,
    store::WriteTx,
};

/// The newest version of each unit that shared out one of these metrics, which the caller has found in
/// scope; as of the scope's instant. Whoever shows shares narrows them.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
#[expect(clippy::disallowed_methods, reason = "the metrics are scoped already")]
pub async fn current_unscoped(
    db: &impl ConnectionTrait,
    scope: &Scope,
    metrics: &[MetricId],
) -> Result<HashMap<MetricId, Vec<Allocation>>, StoreError> {
    use allocation::Column as C;
    if metrics.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = allocation::Entity::find()
        .filter(C::MetricId.is_in(metrics.iter().map(|id| id.0)))
        .filter(until(C::MadeAt, scope))
        .order_by_asc(C::Version)
        .all(db)
        .await?;
    let newest: BTreeMap<(Uuid, Uuid), allocation::Model> = rows
        .into_iter()
        .map(|row| ((row.metric_id, row.whole_id), row))
        .collect();
    let mut found: HashMap<MetricId, Vec<Allocation>> = HashMap::new();
    for one in with_shares(db, newest.into_values().collect()).await? {
        found.entry(one.metric).or_default().push(one);
    }
    Ok(found)
}

/// Adds a version.
///
/// # Errors
///
/// [`StoreError::Stale`] when someone was faster.
pub async fn append(tx: &WriteTx, new: &Allocation) -> Result<(), StoreError> {
    let row = allocation::ActiveModel {
        id: Set(new.id.0),
        metric_id: Set(new.metric.0),
        whole_id: Set(new.whole.0),
        version: Set(new.version),
        method: Set(new.method.name().to_owned()),
        reason: Set(new.reason.as_ref().map(ToString::to_string)),
        made_by: Set(new.by.account.0),
        made_for: Set(new.by.acting_for.map(|one| one.0)),
        made_at: Set(new.at.into()),
    };
    let added = allocation::Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await
        .map_err(StoreError::from);
    match added {
        Err(StoreError::Taken(_)) => return Err(StoreError::Stale),
        other => other?,
    };
    let shares = (0_i32..).zip(&new.shares);
    let shares = shares.map(|(position, one)| share::ActiveModel {
        allocation_id: Set(new.id.0),
        department_id: Set(one.department.0),
        position: Set(position),
        figure: Set(one.figure.scaled()),
    });
    insert_all(tx.conn(), shares.collect()).await
}

#[expect(clippy::disallowed_methods, reason = "shares of allocations found")]
async fn with_shares(
    db: &impl ConnectionTrait,
    rows: Vec<allocation::Model>,
) -> Result<Vec<Allocation>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let found = share::Entity::find()
        .filter(share::Column::AllocationId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(share::Column::Position)
        .all(db)
        .await?;
    let mut shares: HashMap<Uuid, Vec<Share>> = HashMap::new();
    for row in found {
        let figure = Figure::from_scaled(row.figure)
            .map_err(|error| corrupt("allocation_share", "figure", row.allocation_id, error))?;
        shares.entry(row.allocation_id).or_default().push(Share {
            department: DepartmentId(row.department_id),
            figure,
        });
    }
    rows.into_iter()
        .map(|row| {
            let shares = shares.remove(&row.id).unwrap_or_default();
            to_domain(&row, shares)
        })
        .collect()
}

fn to_domain(row: &allocation::Model, shares: Vec<Share>) -> Result<Allocation, StoreError> {
    let wrong = |column, value: &str| corrupt("allocation", column, row.id, value);
    let reason = row.reason.as_deref().map(Reason::try_new).transpose();
    Ok(Allocation {
        id: AllocationId(row.id),
        metric: MetricId(row.metric_id),
        whole: DepartmentId(row.whole_id),
        version: row.version,
        method: AllocationMethod::parse(&row.method).ok_or_else(|| wrong("method", &row.method))?,
        shares,
        reason: reason.map_err(|_| wrong("reason", row.reason.as_deref().unwrap_or_default()))?,
        by: Person {
            account: AccountId(row.made_by),
            acting_for: row.made_for.map(AccountId),
        },
        at: row.made_at.into(),
    })
}
