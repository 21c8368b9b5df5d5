//! Closed periods that are opened again, with the reason in the audit trail.

use duban_domain::{
    access::{Permission, authorize},
    clock::official_day,
    event::DomainEvent,
    ids::DepartmentId,
    period::Period,
    report::ReportRefusal,
    text::Reason,
};
use duban_persistence::{
    departments,
    reports::{self, Reopening},
};
use serde_json::json;
use time::Date;

use super::gate_of;
use crate::{
    App,
    change::{Call, ChangeError, begin},
};

/// Opens a closed period again for a department and everything below it, until a day.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn reopen_period(
    app: &App,
    call: &Call,
    of: (DepartmentId, Period),
    until: Date,
    reason: Reason,
) -> Result<Date, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let (department, period) = of;
    let place = departments::place(tx.conn(), department).await?;
    let by = authorize(&call.who, Permission::PeriodReopen, &place)?;
    let gate = gate_of(tx.conn(), &place, period).await?;
    gate.may_be_reopened(official_day(tx.now()), until)
        .map_err(|refusal| {
            let path = match refusal {
                ReportRefusal::DatePast { .. } => "until",
                _ => "period",
            };
            ChangeError::invalid(path, &refusal)
        })?;
    let event = DomainEvent::new("period.reopened", "Department", department.0).with(json!({
        "period": period.to_string(),
        "until": until.to_string(),
        "reason": reason.as_str(),
        "onBehalfOf": by.acting_for,
    }));
    let reopening = Reopening {
        period,
        department,
        until,
        reason,
        by,
    };
    reports::insert_reopening(tx, &reopening).await?;
    begun.finish(until, [event]).await
}
