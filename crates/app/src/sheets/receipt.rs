//! The receipt of a spreadsheet: what was taken of which file, signed by the installation.

use base64::{Engine, engine::general_purpose::STANDARD};
use duban_domain::{
    access::Principal,
    department::Department,
    ids::SheetId,
    measurement::sheet::{Sheet, digest},
};
use duban_persistence::{measurements, sheets};
use time::format_description::well_known::Rfc3339;

use crate::{App, change::ChangeError};

/// For what a receipt is signed.
const PURPOSE: &str = "sheet receipt 1";

/// The first line of a receipt.
const FORM: &str = "DUBAN-RECEIPT/1";

/// What stands before the signature.
const SIGNATURE: &str = "signature: ";

/// What a receipt proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptCheck {
    /// Whether this installation signed it, as it stands.
    pub is_genuine: bool,
    /// Whether what is stored is still what was taken then; false where the caller may not see it.
    pub is_unchanged: bool,
    /// The spreadsheet, if the caller may see it.
    pub sheet: Option<Sheet>,
}

/// Writes and signs the receipt.
pub(super) fn signed(app: &App, sheet: &Sheet, unit: &Department) -> String {
    let at = sheet.at.format(&Rfc3339).unwrap_or_default();
    let text = format!(
        "{FORM}\nid: {}\nunit: {} {}\nperiod: {}\nfile: sha256 {}\ntaken: {}\nunchanged: {}\nrefused: {}\ndigest: sha256 {}\nat: {at}\n",
        sheet.id,
        unit.code,
        unit.name,
        sheet.period,
        sheet.sha256,
        sheet.taken,
        sheet.unchanged,
        sheet.refused,
        sheet.digest,
    );
    let signature = app.audit().key().sign(PURPOSE, text.as_bytes());
    format!("{text}{SIGNATURE}{}\n", STANDARD.encode(signature))
}

/// Whether a receipt is ours, and whether what it proves still stands.
///
/// # Errors
///
/// [`ChangeError`] of the database.
pub async fn check_receipt(
    app: &App,
    who: &Principal,
    receipt: &str,
) -> Result<ReceiptCheck, ChangeError> {
    let mut check = ReceiptCheck {
        is_genuine: false,
        is_unchanged: false,
        sheet: None,
    };
    let receipt = receipt.replace("\r\n", "\n");
    let parts = receipt.trim().rsplit_once(SIGNATURE);
    let Some((text, signature)) = parts else {
        return Ok(check);
    };
    let signature = STANDARD.decode(signature.trim()).unwrap_or_default();
    let key = app.audit().key();
    check.is_genuine =
        text.starts_with(FORM) && key.is_signed(PURPOSE, text.as_bytes(), &signature);
    let stated = |name: &str| text.lines().find_map(|line| line.strip_prefix(name));
    let id = stated("id: ").and_then(|id| id.parse().ok());
    let Some(id) = id.filter(|_| check.is_genuine) else {
        return Ok(check);
    };
    let db = app.store().read();
    let Some(sheet) = sheets::find(db, &who.scope(), SheetId(id)).await? else {
        return Ok(check);
    };
    let rows = measurements::of_sheet_unscoped(db, sheet.id).await?;
    check.is_unchanged = stated("digest: sha256 ") == Some(digest(&rows).as_str());
    check.sheet = Some(sheet);
    Ok(check)
}
