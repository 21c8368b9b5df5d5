//! Tables of cells: what a spreadsheet says, where each word of it stands, and what is wrong with it.

mod address;
mod columns;
mod entries;
mod finding;
mod neutral;
mod number;
mod stamp;

pub use address::Address;
pub use columns::{Columns, Field, Mapping};
pub use entries::{Entry, Form, Saying};
pub use finding::{Finding, Problem, Severity};
pub use neutral::{is_risky, neutralised, restored};
pub use number::Number;
pub use stamp::{SignedStamp, Stamp, StampError};

pub(crate) use entries::things_cell;
pub(crate) use number::is_kept;
pub(crate) use stamp::{SHEET_NAME as STAMP_SHEET, stamp_rows};

/// The sheets of a file, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Book {
    /// The sheets.
    pub sheets: Vec<Sheet>,
}

/// A sheet: its rows that hold anything, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// Its name; of a table in text empty.
    pub name: String,
    /// Whether it is not shown.
    pub is_hidden: bool,
    /// The rows that hold a cell with something in it.
    pub rows: Vec<Row>,
    /// Cells that were merged into one.
    pub merges: Vec<Area>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Its number, from 1.
    pub number: u32,
    /// Whether it is not shown, by hand or by a filter.
    pub is_hidden: bool,
    /// The cells with something in them, from left to right.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The cell of a column, counted from 0.
    #[must_use]
    pub fn cell(&self, column: u32) -> Option<&Cell> {
        let at = self.cells.binary_search_by_key(&column, |one| one.column);
        at.ok().and_then(|at| self.cells.get(at))
    }
}

/// A cell with something in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its column, from 0.
    pub column: u32,
    /// What it shows.
    pub value: Value,
    /// Whether a formula made it; `value` is then what the program that saved the file had worked out.
    pub is_formula: bool,
}

/// What a cell shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A number.
    Number(Number),
    /// A number that is shown as a date or time; the days since the epoch of the workbook.
    Date(String),
    /// True or false.
    Logical(bool),
    /// An error of a formula (`#DIV/0!`), or a formula without a result (empty).
    Error(String),
}

impl Value {
    /// The words of the cell, as one would type them.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Date(text) | Self::Error(text) => text.clone(),
            Self::Number(number) => number.typed(),
            Self::Logical(true) => "TRUE".to_owned(),
            Self::Logical(false) => "FALSE".to_owned(),
        }
    }
}

/// A rectangle of cells; rows from 1, columns from 0, both ends within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// The upper left cell.
    pub from: Address,
    /// The lower right cell.
    pub to: Address,
}

impl Area {
    /// Whether a cell lies within.
    #[must_use]
    pub fn holds(&self, cell: Address) -> bool {
        (self.from.row..=self.to.row).contains(&cell.row)
            && (self.from.column..=self.to.column).contains(&cell.column)
    }
}
