//! The working-day calendar as loaded.

use std::collections::BTreeMap;

use duban_domain::calendar::{CalendarYear, DayKind, NamedDay, WorkingCalendar};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::{Date, Month};

use crate::{
    entity::calendar_day,
    error::{StoreError, corrupt},
    store::WriteTx,
};

/// The whole calendar.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(
    clippy::disallowed_methods,
    reason = "the calendar is the same for everybody"
)]
pub async fn load(db: &impl ConnectionTrait) -> Result<WorkingCalendar, StoreError> {
    let rows = calendar_day::Entity::find().all(db).await?;
    let days = rows.into_iter().map(|row| {
        let kind = DayKind::parse(&row.kind)
            .ok_or_else(|| corrupt("calendar_day", "kind", row.day, &row.kind))?;
        Ok((row.day, kind))
    });
    Ok(WorkingCalendar::new(
        days.collect::<Result<Vec<_>, StoreError>>()?,
    ))
}

/// The named days of a year.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(
    clippy::disallowed_methods,
    reason = "the calendar is the same for everybody"
)]
pub async fn year(
    db: &impl ConnectionTrait,
    year: i32,
) -> Result<BTreeMap<Date, NamedDay>, StoreError> {
    let Some((first, last)) = bounds(year) else {
        return Ok(BTreeMap::new());
    };
    let rows = calendar_day::Entity::find()
        .filter(calendar_day::Column::Day.between(first, last))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            let kind = DayKind::parse(&row.kind)
                .ok_or_else(|| corrupt("calendar_day", "kind", row.day, &row.kind))?;
            let name = row.name;
            Ok((row.day, NamedDay { kind, name }))
        })
        .collect()
}

/// Puts the named days of a year in place of those that stand.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn replace_year(tx: &WriteTx, year: &CalendarYear) -> Result<(), StoreError> {
    let Some((first, last)) = bounds(year.year()) else {
        return Ok(());
    };
    calendar_day::Entity::delete_many()
        .filter(calendar_day::Column::Day.between(first, last))
        .exec(tx.conn())
        .await?;
    let rows = year
        .days()
        .iter()
        .map(|(day, named)| calendar_day::ActiveModel {
            day: Set(*day),
            kind: Set(named.kind.name().to_owned()),
            name: Set(named.name.clone()),
        });
    calendar_day::Entity::insert_many(rows)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

fn bounds(year: i32) -> Option<(Date, Date)> {
    let first = Date::from_ordinal_date(year, 1).ok()?;
    let last = Date::from_calendar_date(year, Month::December, 31).ok()?;
    Some((first, last))
}
