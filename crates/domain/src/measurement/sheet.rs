//! Spreadsheets of figures: what was taken of a file, and how it is proved or taken back.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};
use time::OffsetDateTime;

use super::{Entry, Measurement, MeasurementState};
use crate::{
    access::Person,
    error::Coded,
    ids::{DepartmentId, ImportId, SheetId},
    named::named,
    period::Period,
    text::Reason,
};

named! {
    /// What becomes of a file with rows that cannot be taken.
    Mode {
        /// Nothing of it is taken.
        AllOrNothing = "ALL_OR_NOTHING",
        /// The rows without an error are taken; the others come back in a workbook.
        GoodRows = "GOOD_ROWS",
    }
}

/// A spreadsheet whose figures were taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Key.
    pub id: SheetId,
    /// The unit whose form it is.
    pub department: DepartmentId,
    /// The period.
    pub period: Period,
    /// Name of the file, a label only.
    pub file_name: String,
    /// SHA-256 of the file in lower-case hex.
    pub sha256: String,
    /// What was to become of rows that could not be taken.
    pub mode: Mode,
    /// Rows taken.
    pub taken: i32,
    /// Rows that said what was said already.
    pub unchanged: i32,
    /// Rows that were not taken.
    pub refused: i32,
    /// Who sent it.
    pub by: Person,
    /// When.
    pub at: OffsetDateTime,
    /// Digest of what was taken.
    pub digest: String,
    /// The signed receipt.
    pub receipt: String,
    /// The large file that it is a part of; none where it is a file of its own.
    pub import: Option<ImportId>,
    /// That it was taken back.
    pub undone: Option<Undone>,
}

/// That all figures of a spreadsheet were taken back (撤回).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// By whom.
    pub by: Person,
    /// When.
    pub at: OffsetDateTime,
    /// Why.
    pub reason: Reason,
}

/// Why a spreadsheet is not taken back. Nothing is changed then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UndoRefusal {
    /// It was taken back before.
    #[error("the spreadsheet was taken back already")]
    Already,
    /// Figures of it count by now.
    #[error("{rows} figures of it are verified")]
    Verified {
        /// How many.
        rows: usize,
    },
}

impl Coded for UndoRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Already => "SHEET_UNDONE_ALREADY",
            Self::Verified { .. } => "SHEET_UNDO_VERIFIED",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Already => Vec::new(),
            Self::Verified { rows } => vec![("rows", rows.to_string())],
        }
    }
}

impl Sheet {
    /// Whether its figures may be taken back: once, and while none of them counts.
    ///
    /// # Errors
    ///
    /// [`UndoRefusal`] says why not.
    pub fn may_be_undone<'a>(
        &self,
        rows: impl IntoIterator<Item = &'a Measurement>,
    ) -> Result<(), UndoRefusal> {
        if self.undone.is_some() {
            return Err(UndoRefusal::Already);
        }
        let rows = rows.into_iter();
        match rows
            .filter(|one| one.state == MeasurementState::Verified)
            .count()
        {
            0 => Ok(()),
            rows => Err(UndoRefusal::Verified { rows }),
        }
    }
}

/// The digest of what was taken: SHA-256 in lower-case hex over a line for each revision, in the order of
/// the lines. It depends on what was said and on nothing that a decision changes.
#[must_use]
pub fn digest<'a>(rows: impl IntoIterator<Item = &'a Measurement>) -> String {
    let mut lines: Vec<String> = rows.into_iter().map(line).collect();
    lines.sort_unstable();
    let bytes = Sha256::digest(lines.concat());
    bytes.iter().fold(String::new(), |mut hex, byte| {
        // Writing into a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn line(one: &Measurement) -> String {
    let amount = one.reading.amount();
    let total = match one.entry {
        Entry::OfPeriod => None,
        Entry::RunningTotal(total) => Some(total.to_string()),
    };
    let said = serde_json::to_string(&(
        one.key.metric,
        one.key.department,
        one.key.period.to_string(),
        one.revision,
        one.reading.kind().name(),
        amount.map(|amount| amount.value.to_string()),
        amount
            .and_then(|amount| amount.base)
            .map(|base| base.to_string()),
        amount.map(|amount| {
            amount
                .things
                .iter()
                .map(super::Thing::as_str)
                .collect::<Vec<_>>()
        }),
        total,
        one.reason.as_ref().map(Reason::as_str),
    ));
    // Keys and texts have nothing that JSON could not say.
    said.unwrap_or_default() + "\n"
}
