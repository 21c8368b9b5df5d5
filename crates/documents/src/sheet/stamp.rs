//! The mark of a template: for whom, for when and from which versions it was made, signed.

use duban_domain::{error::Coded, period::Period};
use serde::{Deserialize, Serialize};

use super::{Book, Value};

/// The hidden sheet that carries the stamp.
pub(crate) const SHEET_NAME: &str = "_duban";

/// The first cell of that sheet, with the version of the form.
const FORM: &str = "DUBAN-SHEET/1";

/// Characters of the payload in one cell; a cell holds 32,767.
const CELL_LENGTH: usize = 30_000;

/// From what a template was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The code of the unit that fills it.
    pub department: String,
    /// The period: `2025-03`.
    pub period: String,
    /// The plan, with its version or digest.
    pub plan: String,
    /// Metric and unit by code with the newest revision that the template shows; 0 where there was none.
    pub rows: Vec<(String, String, i32)>,
}

/// A stamp as it stands in a file. Whoever holds the key says whether the signature is true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedStamp {
    /// What it says.
    pub stamp: Stamp,
    /// The bytes that were signed.
    pub payload: Vec<u8>,
    /// The signature.
    pub signature: Vec<u8>,
}

/// Why the stamp of a file cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StampError {
    /// The sheet is there, and what it says is not what we write.
    #[error("the stamp of the template is damaged")]
    Damaged,
}

impl Coded for StampError {
    fn code(&self) -> &'static str {
        match self {
            Self::Damaged => "SHEET_STAMP_DAMAGED",
        }
    }
}

impl Stamp {
    /// The bytes that are signed: compact JSON, its fields in the order of the struct.
    #[must_use]
    pub fn payload(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// The period, if it is one.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        self.period.parse().ok()
    }
}

impl SignedStamp {
    /// The stamp of a file; none where it has no stamp.
    ///
    /// # Errors
    ///
    /// [`StampError::Damaged`] when the sheet is there and does not hold what we write.
    pub fn find(book: &Book) -> Result<Option<Self>, StampError> {
        let Some(sheet) = book.sheets.iter().find(|one| one.name == SHEET_NAME) else {
            return Ok(None);
        };
        let mut words = sheet.rows.iter().map(|row| match row.cell(0) {
            Some(cell) => match &cell.value {
                Value::Text(text) => text.as_str(),
                _ => "",
            },
            None => "",
        });
        if words.next() != Some(FORM) {
            return Err(StampError::Damaged);
        }
        let signature = words.next().and_then(from_hex).ok_or(StampError::Damaged)?;
        let payload = words.collect::<String>().into_bytes();
        let stamp = serde_json::from_slice(&payload).map_err(|_| StampError::Damaged)?;
        Ok(Some(Self {
            stamp,
            payload,
            signature,
        }))
    }
}

/// The cells of the hidden sheet, from the top.
pub(crate) fn stamp_rows(payload: &[u8], signature: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(payload);
    let text: Vec<char> = text.chars().collect();
    let pieces = text.chunks(CELL_LENGTH).map(|piece| piece.iter().collect());
    [FORM.to_owned(), to_hex(signature)]
        .into_iter()
        .chain(pieces)
        .collect()
}

/// Bytes as hexadecimal.
fn to_hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|&byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text
        .chars()
        .map(|c| c.to_digit(16).and_then(|one| u8::try_from(one).ok()))
        .collect::<Option<_>>()?;
    let pairs = digits.chunks_exact(2);
    let is_whole = pairs.remainder().is_empty();
    let bytes = pairs.map(|pair| pair.iter().fold(0, |sum, digit| sum * 16 + digit));
    is_whole.then(|| bytes.collect())
}
