//! A row of a file, recorded.

use duban_domain::{
    ids::SheetId,
    measurement::{Channel, Measurement},
};
use time::OffsetDateTime;

use crate::{
    change::{Call, ChangeError},
    measurements::{Desk, Recorded},
};

/// Records a row. A spreadsheet carries no files: what is handed in with evidence only waits as a draft, and
/// nothing of it is lost.
pub(super) fn enter(
    desk: &mut Desk,
    by: (OffsetDateTime, &Call),
    way: (Channel, Option<SheetId>),
    row: Recorded,
) -> Result<Measurement, ChangeError> {
    let draft = Recorded {
        is_submitted: false,
        ..row.clone()
    };
    match desk.record(by, way, row) {
        Err(ChangeError::Invalid {
            code: "MEASUREMENT_EVIDENCE_ASKED",
            ..
        }) => desk.record(by, way, draft),
        done => done,
    }
}
