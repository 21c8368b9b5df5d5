//! Closed periods that were opened again, each for a department and everything below it.

use std::collections::HashMap;

use duban_domain::{
    access::Person,
    ids::{DepartmentId, fresh_key},
    period::Period,
    text::Reason,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
};
use time::Date;
use uuid::Uuid;

use crate::{
    entity::period_reopening as reopening,
    error::{StoreError, corrupt},
    store::WriteTx,
};

/// A period opened again (重新开放).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reopening {
    /// The period.
    pub period: Period,
    /// For this department and everything below.
    pub department: DepartmentId,
    /// Last day on which reports are taken.
    pub until: Date,
    /// Why.
    pub reason: Reason,
    /// Who opened it.
    pub by: Person,
}

/// The last day until which a period was opened again for any of these departments: a unit's own
/// path up to the root.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(
    clippy::disallowed_methods,
    reason = "says until when a caller may write, nothing else"
)]
pub async fn reopened_until(
    db: &impl ConnectionTrait,
    path: &[DepartmentId],
    period: Period,
) -> Result<Option<Date>, StoreError> {
    let last: Option<Option<Date>> = reopening::Entity::find()
        .select_only()
        .column_as(reopening::Column::UntilOn.max(), "until_on")
        .filter(reopening::Column::Period.eq(period.to_string()))
        .filter(reopening::Column::DepartmentId.is_in(path.iter().map(|id| id.0)))
        .into_tuple()
        .one(db)
        .await?;
    Ok(last.flatten())
}

/// Until when some periods were opened again, and for which department with everything below it.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored period is none.
#[expect(
    clippy::disallowed_methods,
    reason = "says until when a caller may write, nothing else"
)]
pub async fn reopenings(
    db: &impl ConnectionTrait,
    periods: &[Period],
) -> Result<HashMap<(DepartmentId, Period), Date>, StoreError> {
    let rows: Vec<(Uuid, String, Date)> = reopening::Entity::find()
        .select_only()
        .column(reopening::Column::DepartmentId)
        .column(reopening::Column::Period)
        .column(reopening::Column::UntilOn)
        .filter(reopening::Column::Period.is_in(periods.iter().map(ToString::to_string)))
        .into_tuple()
        .all(db)
        .await?;
    let mut found: HashMap<(DepartmentId, Period), Date> = HashMap::new();
    for (department, period, until) in rows {
        let unknown = || corrupt("period_reopening", "period", department, &period);
        let key = (
            DepartmentId(department),
            period.parse().map_err(|_| unknown())?,
        );
        let last = found.entry(key).or_insert(until);
        *last = until.max(*last);
    }
    Ok(found)
}

/// Adds a reopening; answers with its key.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn insert_reopening(tx: &WriteTx, new: &Reopening) -> Result<Uuid, StoreError> {
    let id = fresh_key(tx.now());
    reopening::Entity::insert(reopening::ActiveModel {
        id: Set(id),
        period: Set(new.period.to_string()),
        department_id: Set(new.department.0),
        until_on: Set(new.until),
        reason: Set(new.reason.to_string()),
        actor_id: Set(new.by.account.0),
        acting_for_id: Set(new.by.acting_for.map(|one| one.0)),
        occurred_at: Set(tx.now().into()),
    })
    .exec_without_returning(tx.conn())
    .await?;
    Ok(id)
}
