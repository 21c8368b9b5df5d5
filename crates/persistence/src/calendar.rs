//! The working-day calendar as loaded.

use duban_domain::calendar::{DayKind, WorkingCalendar};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, sea_query::OnConflict};
use time::Date;

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

/// Loads days; those already there are replaced.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn save_all(tx: &WriteTx, days: &[(Date, DayKind, String)]) -> Result<(), StoreError> {
    let rows = days
        .iter()
        .map(|(day, kind, name)| calendar_day::ActiveModel {
            day: Set(*day),
            kind: Set(kind.name().to_owned()),
            name: Set(name.clone()),
        });
    calendar_day::Entity::insert_many(rows)
        .on_conflict(
            OnConflict::column(calendar_day::Column::Day)
                .update_columns([calendar_day::Column::Kind, calendar_day::Column::Name])
                .to_owned(),
        )
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}
