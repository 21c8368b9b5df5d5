//! Figures as of an earlier day, from the measurements of that day: what is kept is of now alone.

use std::collections::BTreeMap;

use duban_domain::{ids::MetricId, metric::rollup::Kept, period::Period};
use duban_persistence::{Connection, StoreError, measurements};
use time::OffsetDateTime;

use super::{
    Reporters,
    keeping::{cells_of, kept_of, slots_of},
    rolling::{FiguresKey, distinct},
};

/// What would have been kept for these keys before an instant, added up anew with a fixed number of
/// statements.
pub(super) async fn kept_then<C: Connection>(
    db: &C,
    (instant, keys): (OffsetDateTime, &[FiguresKey]),
    reporters: &Reporters,
) -> Result<BTreeMap<MetricId, Kept>, StoreError> {
    let ids = distinct(reporters.metrics().map(|one| one.id));
    let periods: Vec<Period> = distinct(keys.iter().flat_map(|key| key.stretch.words()));
    let said = measurements::handed_in_unscoped(db, &ids, &periods).await?;
    let said = said.into_iter().filter_map(|one| one.as_it_stood(instant));
    Ok(kept_of(reporters, cells_of(&slots_of(said))))
}
