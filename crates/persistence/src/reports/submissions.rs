//! On which day reports came in first.

use duban_domain::{access::Scope, clock::official_day, period::Period};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QuerySelect};
use time::Date;
use uuid::Uuid;

use super::scoped;
use crate::{
    entity::progress_report as report,
    error::{StoreError, corrupt},
    instant::Instant,
};

/// A report that came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstSubmission {
    /// Of this period.
    pub period: Period,
    /// On this day.
    pub on: Date,
    /// Whether it was late.
    pub is_late: bool,
}

/// When the reports of these periods that the caller may read came in first.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored period is none.
pub async fn first_submissions(
    db: &impl ConnectionTrait,
    scope: &Scope,
    periods: &[Period],
) -> Result<Vec<FirstSubmission>, StoreError> {
    let rows: Vec<(Uuid, String, Instant, bool)> = scoped(scope)
        .select_only()
        .column(report::Column::Id)
        .column(report::Column::Period)
        .column(report::Column::FirstSubmittedAt)
        .column(report::Column::IsLate)
        .filter(report::Column::FirstSubmittedAt.is_not_null())
        .filter(report::Column::Period.is_in(periods.iter().map(ToString::to_string)))
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(id, period, at, is_late)| {
            Ok(FirstSubmission {
                period: period
                    .parse()
                    .map_err(|_| corrupt("progress_report", "period", id, &period))?,
                on: official_day(at.into()),
                is_late,
            })
        })
        .collect()
}
