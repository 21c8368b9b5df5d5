//! Spreadsheets of figures: the form of a unit for a month, tried first, then taken row by row with a
//! receipt, and taken back as a whole.

mod applying;
mod checking;
mod entering;
mod finding;
mod form;
mod importing;
mod questions;
mod reading;
mod receipt;
mod stamped;
mod undoing;

pub use duban_documents::{
    sheet::{Field, Finding, Mapping, Severity},
    write::{Charset, WriteError},
};
use duban_domain::{
    ids::{DepartmentId, UploadId},
    period::Period,
};

pub use self::{
    applying::{Applied, apply_sheet, preview_sheet},
    checking::{Check, CheckedRow, RowOutcome},
    form::{Form, form_of},
    importing::{ImportResult, import_result, start_import, take_imports},
    receipt::{ReceiptCheck, check_receipt},
    undoing::undo_sheet,
};

pub(crate) use self::form::{words_of, words_of_target};

/// Rows of one file.
pub const ROWS_MOST: usize = 10_000;

/// Whose figures, and of when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The unit; the form holds it and everything below that is asked.
    pub department: DepartmentId,
    /// The period.
    pub period: Period,
}

/// Where the bytes of a spreadsheet come from.
#[derive(Debug, Clone)]
pub enum SheetFile {
    /// A file that was uploaded before.
    Upload(UploadId),
    /// Bytes at hand.
    Bytes {
        /// File name.
        name: String,
        /// Content.
        bytes: Vec<u8>,
    },
}
