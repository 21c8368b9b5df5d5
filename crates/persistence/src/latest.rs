//! When the installation last wrote anything down.

use duban_domain::audit;
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, QuerySelect};
use time::OffsetDateTime;

use crate::{entity::audit_event, error::StoreError};

/// The instant of the latest recorded event; none on a new database.
///
/// # Errors
///
/// [`StoreError::Database`] when the database does not answer.
#[expect(clippy::disallowed_methods, reason = "an instant, of no row's content")]
pub async fn recorded_at_unscoped(
    db: &impl ConnectionTrait,
) -> Result<Option<OffsetDateTime>, StoreError> {
    let last: Option<i64> = audit_event::Entity::find()
        .select_only()
        .column(audit_event::Column::OccurredAt)
        .order_by_desc(audit_event::Column::Seq)
        .into_tuple()
        .one(db)
        .await?;
    Ok(last.map(audit::instant))
}
