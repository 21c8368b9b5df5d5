//! Measurements: revisions found by key and by place, added, and decided on.

mod contributing;
mod listing;
mod row;

use std::collections::{BTreeSet, HashMap, HashSet};

use duban_domain::{
    access::Scope,
    ids::{DepartmentId, MeasurementId, MetricId, SheetId},
    measurement::{Measurement, MeasurementKey, MeasurementState, Thing},
    period::Period,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, Select, sea_query::SimpleExpr,
};
use uuid::Uuid;

use self::row::{active, to_domain};
pub use self::{
    contributing::{Contributing, contributing},
    listing::{MeasurementFilter, key_of, list},
};
use crate::{
    bulk::{BINDS, insert_all},
    entity::{measurement, measurement_thing as thing},
    error::{StoreError, corrupt},
    scope::measurements_in,
    store::WriteTx,
};

/// Periods that are asked for by name.
const FEW_PERIODS: usize = 3;

/// Revisions of a spreadsheet that are shown with it.
const SHEET_SHOWN: usize = 200;

/// The measurements of these keys that are in scope.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn find_many(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[MeasurementId],
) -> Result<Vec<Measurement>, StoreError> {
    let keys: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = scoped(scope)
        .filter(measurement::Column::Id.is_in(keys))
        .all(db)
        .await?;
    Ok(as_they_stood(scope, with_things(db, rows).await?))
}

fn as_they_stood(scope: &Scope, found: Vec<Measurement>) -> Vec<Measurement> {
    match scope.as_of {
        Some(instant) => found
            .into_iter()
            .filter_map(|one| one.as_it_stood(instant))
            .collect(),
        None => found,
    }
}

/// The revisions of each of these places that are in scope, the oldest first.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn at(
    db: &impl ConnectionTrait,
    scope: &Scope,
    keys: &[MeasurementKey],
) -> Result<HashMap<MeasurementKey, Vec<Measurement>>, StoreError> {
    let rows = scoped(scope).filter(places(keys)).all(db).await?;
    let found = as_they_stood(scope, with_things(db, rows).await?);
    Ok(by_key(found, keys))
}

/// Every revision of each of these places, drafts included, for a decision on one of them.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn at_unscoped(
    db: &impl ConnectionTrait,
    keys: &[MeasurementKey],
) -> Result<HashMap<MeasurementKey, Vec<Measurement>>, StoreError> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = every().filter(places(keys)).all(db).await?;
    Ok(by_key(with_things(db, rows).await?, keys))
}

/// Every revision, drafts included, of the metrics by the departments of these places in each month of the
/// years of the places; of another cadence than months, in their periods alone.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn years_unscoped(
    db: &impl ConnectionTrait,
    places: &[MeasurementKey],
) -> Result<HashMap<MeasurementKey, Vec<Measurement>>, StoreError> {
    use measurement::Column as C;
    if places.is_empty() {
        return Ok(HashMap::new());
    }
    let mut periods: BTreeSet<Period> = BTreeSet::new();
    for key in places {
        periods.extend(key.period.of_its_year());
    }
    let periods: Vec<String> = periods.iter().map(ToString::to_string).collect();
    let rows = every()
        .filter(C::MetricId.is_in(distinct(places, |key| key.metric.0)))
        .filter(C::DepartmentId.is_in(distinct(places, |key| key.department.0)))
        .filter(within(&periods))
        .all(db)
        .await?;
    let found = with_things(db, rows).await?;
    let line = |key: &MeasurementKey| {
        let months = key.period.of_its_year().next();
        (key.metric, key.department, months)
    };
    let wanted: HashSet<_> = places.iter().map(line).collect();
    Ok(grouped(
        found
            .into_iter()
            .filter(|one| wanted.contains(&line(&one.key))),
    ))
}

/// The revisions that a spreadsheet brought, in the order in which they were recorded.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn of_sheet_unscoped(
    db: &impl ConnectionTrait,
    sheet: SheetId,
) -> Result<Vec<Measurement>, StoreError> {
    let rows = every()
        .filter(measurement::Column::SheetId.eq(sheet.0))
        .order_by_asc(measurement::Column::Id)
        .all(db)
        .await?;
    with_things(db, rows).await
}

/// The revisions that each of these spreadsheets brought and that are in scope, the first 200 of each.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn of_sheets(
    db: &impl ConnectionTrait,
    scope: &Scope,
    sheets: &[SheetId],
) -> Result<HashMap<SheetId, Vec<Measurement>>, StoreError> {
    let rows = scoped(scope)
        .filter(measurement::Column::SheetId.is_in(sheets.iter().map(|id| id.0)))
        .order_by_asc(measurement::Column::Id)
        .all(db)
        .await?;
    let mut brought: HashMap<Uuid, usize> = HashMap::new();
    let first = rows.into_iter().filter(|row| {
        let seen = row.sheet_id.map(|sheet| brought.entry(sheet).or_default());
        seen.is_some_and(|seen| {
            *seen += 1;
            *seen <= SHEET_SHOWN
        })
    });
    let found = as_they_stood(scope, with_things(db, first.collect()).await?);
    let mut by_sheet: HashMap<SheetId, Vec<Measurement>> = HashMap::new();
    for one in found {
        if let Some(sheet) = one.sheet {
            by_sheet.entry(sheet).or_default().push(one);
        }
    }
    Ok(by_sheet)
}

/// Those of some spreadsheets of which a figure is verified, so that they are not taken back any more.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn verified_sheets_unscoped(
    db: &impl ConnectionTrait,
    sheets: &[SheetId],
) -> Result<HashSet<SheetId>, StoreError> {
    use measurement::Column as C;
    let keys: Vec<Uuid> = every()
        .select_only()
        .column(C::SheetId)
        .distinct()
        .filter(C::SheetId.is_in(sheets.iter().map(|id| id.0)))
        .filter(C::State.eq(MeasurementState::Verified.name()))
        .into_tuple()
        .all(db)
        .await?;
    Ok(keys.into_iter().map(SheetId).collect())
}

/// Whatever was handed in of some metrics for some periods, drafts apart: what figures are added up
/// from. Whoever shows what is not verified narrows it.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn handed_in_unscoped(
    db: &impl ConnectionTrait,
    metrics: &[MetricId],
    periods: &[Period],
) -> Result<Vec<Measurement>, StoreError> {
    use measurement::Column as C;
    if metrics.is_empty() || periods.is_empty() {
        return Ok(Vec::new());
    }
    let rows = every()
        .filter(C::MetricId.is_in(metrics.iter().map(|id| id.0)))
        .filter(C::Period.is_in(periods.iter().map(ToString::to_string)))
        .filter(C::State.ne(MeasurementState::Draft.name()))
        .all(db)
        .await?;
    with_things(db, rows).await
}

/// Whatever was ever handed in of a metric, or of it by some departments, drafts apart: what kept
/// figures are checked against and made anew from.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn of_metric_unscoped(
    db: &impl ConnectionTrait,
    metric: MetricId,
    by: Option<&[DepartmentId]>,
) -> Result<Vec<Measurement>, StoreError> {
    use measurement::Column as C;
    let by = by.map(|all| C::DepartmentId.is_in(all.iter().map(|one| one.0)));
    let rows = every()
        .filter(C::MetricId.eq(metric.0))
        .filter(C::State.ne(MeasurementState::Draft.name()))
        .filter(Condition::all().add_option(by))
        .all(db)
        .await?;
    with_things(db, rows).await
}

/// The metrics of which anything was ever handed in, in the order of keys.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn metrics_unscoped(db: &impl ConnectionTrait) -> Result<Vec<MetricId>, StoreError> {
    let keys: Vec<Uuid> = every()
        .select_only()
        .column(measurement::Column::MetricId)
        .distinct()
        .order_by_asc(measurement::Column::MetricId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(keys.into_iter().map(MetricId).collect())
}

fn places(keys: &[MeasurementKey]) -> Condition {
    use measurement::Column as C;
    Condition::all()
        .add(C::MetricId.is_in(distinct(keys, |key| key.metric.0)))
        .add(C::DepartmentId.is_in(distinct(keys, |key| key.department.0)))
        .add(within(&distinct(keys, |key| key.period.to_string())))
}

/// Few periods one by one; of more the stretch that they lie in, which an index reads in one go.
fn within(periods: &[String]) -> SimpleExpr {
    use measurement::Column as C;
    match periods {
        [first, .., last] if periods.len() > FEW_PERIODS => {
            C::Period.between(first.as_str(), last.as_str())
        }
        few => C::Period.is_in(few.iter().map(String::as_str)),
    }
}

fn distinct<T: Ord>(keys: &[MeasurementKey], of: impl Fn(&MeasurementKey) -> T) -> Vec<T> {
    let mut all: Vec<T> = keys.iter().map(of).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn by_key(
    found: Vec<Measurement>,
    keys: &[MeasurementKey],
) -> HashMap<MeasurementKey, Vec<Measurement>> {
    let wanted: HashSet<&MeasurementKey> = keys.iter().collect();
    grouped(found.into_iter().filter(|one| wanted.contains(&one.key)))
}

fn grouped(found: impl Iterator<Item = Measurement>) -> HashMap<MeasurementKey, Vec<Measurement>> {
    let mut by_key: HashMap<MeasurementKey, Vec<Measurement>> = HashMap::new();
    for one in found {
        by_key.entry(one.key).or_default().push(one);
    }
    for revisions in by_key.values_mut() {
        revisions.sort_by_key(|one| one.revision);
    }
    by_key
}

/// Adds revisions with the things they name, in as few statements as may be.
///
/// # Errors
///
/// [`StoreError::Stale`] when somebody added the same revision meanwhile.
pub async fn insert(tx: &WriteTx, new: &[Measurement]) -> Result<(), StoreError> {
    let revisions = insert_all(tx.conn(), new.iter().map(active).collect()).await;
    revisions.map_err(|error| match error {
        StoreError::Taken(_) => StoreError::Stale,
        other => other,
    })?;
    let named = new.iter().flat_map(|one| {
        let things = one.reading.amount().map(|amount| amount.things.as_slice());
        let things = things.unwrap_or_default().iter();
        things.map(|name| thing::ActiveModel {
            measurement_id: Set(one.id.0),
            thing: Set(name.as_str().to_owned()),
        })
    });
    insert_all(tx.conn(), named.collect()).await
}

/// Writes decisions on revisions that were submitted, or that revisions were taken back, with one statement for
/// those that say the same.
///
/// # Errors
///
/// [`StoreError::Stale`] when someone was faster with one of them.
pub async fn save_decisions(tx: &WriteTx, decided: &[Measurement]) -> Result<(), StoreError> {
    use measurement::Column as C;
    let mut alike: Vec<Vec<&Measurement>> = Vec::new();
    for one in decided {
        let says_so = |group: &&mut Vec<&Measurement>| {
            let first = group.first();
            first.is_some_and(|first| (first.state, &first.decided) == (one.state, &one.decided))
        };
        match alike.iter_mut().find(says_so) {
            Some(group) => group.push(one),
            None => alike.push(vec![one]),
        }
    }
    for group in alike {
        let Some(first) = group.first() else { continue };
        let whole = active(first);
        // Nobody decides on a draft, but it may be taken back.
        let open = match first.state {
            MeasurementState::Withdrawn => {
                vec![MeasurementState::Submitted, MeasurementState::Draft]
            }
            _ => vec![MeasurementState::Submitted],
        };
        let done = measurement::Entity::update_many()
            .set(measurement::ActiveModel {
                state: whole.state,
                is_withdrawn: whole.is_withdrawn,
                decided_by_id: whole.decided_by_id,
                decided_for_id: whole.decided_for_id,
                decided_at: whole.decided_at,
                decided_reason: whole.decided_reason,
                ..measurement::ActiveModel::default()
            })
            .filter(C::Id.is_in(group.iter().map(|one| one.id.0)))
            .filter(C::State.is_in(open.iter().map(|one| one.name())))
            .exec(tx.conn())
            .await?;
        if usize::try_from(done.rows_affected) != Ok(group.len()) {
            return Err(StoreError::Stale);
        }
    }
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "names of things go with measurements that were found"
)]
async fn with_things(
    db: &impl ConnectionTrait,
    rows: Vec<measurement::Model>,
) -> Result<Vec<Measurement>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut named: HashMap<Uuid, Vec<Thing>> = HashMap::new();
    for keys in keys.chunks(BINDS) {
        let found = thing::Entity::find()
            .filter(thing::Column::MeasurementId.is_in(keys.iter().copied()))
            .order_by_asc(thing::Column::Thing)
            .all(db)
            .await?;
        for row in found {
            let name = Thing::try_new(&row.thing).map_err(|_| {
                corrupt("measurement_thing", "thing", row.measurement_id, &row.thing)
            })?;
            named.entry(row.measurement_id).or_default().push(name);
        }
    }
    rows.into_iter()
        .map(|row| {
            let mut things = named.remove(&row.id).unwrap_or_default();
            things.sort_unstable();
            to_domain(row, things)
        })
        .collect()
}

#[expect(clippy::disallowed_methods, reason = "scoped here")]
fn scoped(scope: &Scope) -> Select<measurement::Entity> {
    measurement::Entity::find().filter(measurements_in(scope))
}

#[expect(clippy::disallowed_methods, reason = "its callers say unscoped")]
fn every() -> Select<measurement::Entity> {
    measurement::Entity::find()
}
