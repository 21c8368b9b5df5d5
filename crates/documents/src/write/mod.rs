//! Rows to files: forms to be filled, the supervision ledger, plain tables, what is wrong with an upload,
//! CSV, feeds for programs.

mod content;
mod csv;
mod errors;
mod feed;
mod ledger;
mod page;
mod table;
mod template;

pub use content::Content;
pub use csv::{Charset, csv};
pub use errors::{Told, errors};
pub use feed::{Datum, FeedColumn, FeedKind, FeedRow, Lines, feed_parquet, feed_workbook};
pub use ledger::{Ledger, LedgerRow, Span, ledger, ledger_table};
pub use table::{Column, Table, table};
pub use template::{Needs, Template, TemplateRow, template};

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A text that no cell holds whole.
    #[error("a text of {length} characters in row {row}; a cell holds {most}")]
    TooLong {
        /// The row, from 1.
        row: u32,
        /// Characters of the text.
        length: usize,
        /// Characters of a cell.
        most: usize,
    },
    /// More rows than a sheet is to hold.
    #[error("more than {most} rows")]
    TooManyRows {
        /// How many it holds.
        most: u32,
    },
    /// The columns could not be put together.
    #[error(transparent)]
    Columnar(#[from] parquet::errors::ParquetError),
    /// The workbook could not be put together.
    #[error(transparent)]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The table of text could not be put together.
    #[error(transparent)]
    Csv(#[from] ::csv::Error),
}
