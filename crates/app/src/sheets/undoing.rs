//! A whole spreadsheet taken back, while nobody relies on it.

use duban_domain::{
    access::{Permission, authorize},
    event::DomainEvent,
    ids::SheetId,
    measurement::{Measurement, MeasurementKey, MeasurementState, sheet::Undone},
    text::Reason,
};
use duban_persistence::{departments, measurements, sheets};
use serde_json::json;

use crate::{
    App,
    change::{Call, ChangeError, begin},
    measurements::{Desk, event},
};

/// Takes every figure of a spreadsheet back (撤回) that waits to be verified; what was said before stands
/// again. Nothing is deleted: each revision stays, as withdrawn.
///
/// # Errors
///
/// [`ChangeError`] where a figure of it is verified, the month is closed, or it was taken back before;
/// nothing is stored then.
pub async fn undo_sheet(
    app: &App,
    call: &Call,
    id: SheetId,
    reason: Reason,
) -> Result<SheetId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let found = sheets::find(tx.conn(), &call.who.scope(), id).await?;
    let sheet = found.ok_or(ChangeError::NotFound)?;
    let place = departments::place(tx.conn(), sheet.department).await?;
    let by = authorize(&call.who, Permission::MeasurementRecord, &place)?;
    let brought = measurements::of_sheet_unscoped(tx.conn(), id).await?;
    let keys: Vec<MeasurementKey> = brought.iter().map(|one| one.key).collect();
    let mut desk = Desk::open(tx, &keys, keys.clone()).await?;
    // Read again: from here on nobody decides on them.
    let brought = measurements::of_sheet_unscoped(tx.conn(), id).await?;
    sheet
        .may_be_undone(&brought)
        .map_err(|refusal| ChangeError::invalid("sheetId", &refusal))?;
    let waiting = brought.iter().filter(|one| {
        matches!(
            one.state,
            MeasurementState::Submitted | MeasurementState::Draft
        )
    });
    let mut withdrawn: Vec<Measurement> = Vec::new();
    for one in waiting {
        withdrawn.push(desk.withdraw((tx.now(), call), one, &reason)?);
    }
    measurements::save_decisions(tx, &withdrawn).await?;
    desk.close(tx).await?;
    let undone = Undone {
        by,
        at: tx.now(),
        reason,
    };
    sheets::save_undone(tx, id, &undone).await?;
    let of_rows = withdrawn
        .iter()
        .map(|one| event("measurement.withdrawn", one));
    let mut events: Vec<DomainEvent> = of_rows.collect();
    events.push(
        DomainEvent::new("sheet.undone", "MeasurementSheet", id.0).with(json!({
            "department": sheet.department,
            "period": sheet.period.to_string(),
            "withdrawn": withdrawn.len(),
            "reason": undone.reason.as_str(),
            "onBehalfOf": by.acting_for,
        })),
    );
    begun.finish(id, events).await
}
