//! Reports that wait to be mended, for those who keep an eye on dates.

use std::collections::HashMap;

use duban_domain::{
    ids::TaskId,
    report::{ProgressReport, ReportState},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::row::to_domain;
use crate::{entity::progress_report as report, error::StoreError};

/// The reports on these tasks that were returned and are not submitted again.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
#[expect(
    clippy::disallowed_methods,
    reason = "for the jobs that remind, which ask for nobody"
)]
pub async fn returned_unscoped(
    db: &impl ConnectionTrait,
    tasks: &[TaskId],
) -> Result<HashMap<TaskId, Vec<ProgressReport>>, StoreError> {
    let rows = report::Entity::find()
        .filter(report::Column::TaskId.is_in(tasks.iter().map(|id| id.0)))
        .filter(report::Column::State.eq(ReportState::Returned.name()))
        .order_by_asc(report::Column::Id)
        .all(db)
        .await?;
    let mut found: HashMap<TaskId, Vec<ProgressReport>> = HashMap::new();
    for row in rows {
        let one = to_domain(row)?;
        found.entry(one.key.task).or_default().push(one);
    }
    Ok(found)
}
