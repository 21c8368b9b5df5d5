//! The stamp of a form: what it was made for.

use duban_documents::sheet::SignedStamp;

use super::{Asked, form::PURPOSE, questions::Questions};
use crate::{App, change::ChangeError};

/// Whether the stamp of a form is ours, and of the unit, the period and the targets of today.
pub(super) fn check_stamp(
    app: &App,
    signed: Option<&SignedStamp>,
    (questions, asked): (&Questions, Asked),
) -> Result<(), ChangeError> {
    let Some(signed) = signed else {
        return Ok(());
    };
    let wrong = |code, figures| ChangeError::Invalid {
        path: "uploadId",
        code,
        figures,
    };
    let key = app.audit().key();
    let stamp = &signed.stamp;
    if !key.is_signed(PURPOSE, &signed.payload, &signed.signature) {
        return Err(wrong("SHEET_STAMP_FORGED", Vec::new()));
    }
    if stamp.department != questions.unit.code {
        let figures = vec![
            ("unit", stamp.department.clone()),
            ("asked", questions.unit.code.clone()),
        ];
        return Err(wrong("SHEET_OTHER_UNIT", figures));
    }
    if stamp.period() != Some(asked.period) {
        let figures = vec![
            ("period", stamp.period.clone()),
            ("asked", asked.period.to_string()),
        ];
        return Err(wrong("SHEET_OTHER_PERIOD", figures));
    }
    if stamp.plan != questions.tag() {
        return Err(wrong("SHEET_PLAN_CHANGED", Vec::new()));
    }
    Ok(())
}
