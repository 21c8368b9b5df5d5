//! The named days of a year: holidays and make-up days.

use async_graphql::{Context, Enum, SimpleObject};
use duban_domain::calendar::WorkingCalendar;
use duban_persistence::calendar;

use crate::graphql::{context::request, error::Fault, scalars::Date};

/// What a named day is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "duban_domain::calendar::DayKind")]
pub enum CalendarDayKind {
    /// A day off, whatever the weekday (放假).
    Off,
    /// A Saturday or Sunday on which people work (调休上班).
    Work,
}

/// A day off or a make-up day.
#[derive(SimpleObject, Debug, Clone)]
pub struct CalendarDay {
    /// The day.
    day: Date,
    /// What it is.
    kind: CalendarDayKind,
    /// For which holiday.
    name: String,
}

/// The working-day calendar of a year.
#[derive(SimpleObject, Debug, Clone)]
pub struct CalendarYear {
    /// The year.
    year: i32,
    /// Its named days, in order; none while only weekdays are known.
    days: Vec<CalendarDay>,
    /// How many days people work.
    working_days: i32,
}

/// The calendar of a year.
///
/// # Errors
///
/// [`Fault::Internal`] when the store fails.
pub async fn calendar_of(ctx: &Context<'_>, year: i32) -> Result<CalendarYear, Fault> {
    let named = calendar::year(request(ctx).app.store().read(), year).await?;
    let working = WorkingCalendar::new(named.iter().map(|(day, one)| (*day, one.kind)));
    Ok(CalendarYear {
        year,
        working_days: i32::try_from(working.working_days_in(year)).unwrap_or(i32::MAX),
        days: named
            .into_iter()
            .map(|(day, one)| CalendarDay {
                day: Date(day),
                kind: one.kind.into(),
                name: one.name,
            })
            .collect(),
    })
}
