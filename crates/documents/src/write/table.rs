//! Plain tables as workbooks, ready to be printed.

use time::Date;

use super::{Content, WriteError, content::put_text, page};

/// The row of the headings, from 0.
const HEADER: u32 = 2;

/// A column: its heading, and how wide it is in characters.
pub type Column = (&'static str, u8);

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What stands over it, also the name of its sheet's document.
    pub title: String,
    /// The small print under the title.
    pub remark: String,
    /// Name of the sheet.
    pub sheet: &'static str,
    /// The day on which it is made.
    pub made_on: Date,
    /// Its columns.
    pub columns: &'static [Column],
    /// Its rows, a cell for each column.
    pub rows: Vec<Vec<Content>>,
}

impl Table {
    /// The headings.
    #[must_use]
    pub fn header(&self) -> Vec<&'static str> {
        self.columns.iter().map(|(title, _)| *title).collect()
    }
}

/// Writes a table as a workbook.
///
/// # Errors
///
/// [`WriteError`], for a text that no cell holds.
pub fn table(table: &Table) -> Result<Vec<u8>, WriteError> {
    let mut workbook = page::workbook(&table.title, table.made_on)?;
    let sheet = workbook.add_worksheet();
    sheet.set_name(table.sheet)?;
    for (column, (title, width)) in table.columns.iter().enumerate() {
        let column = page::column_number(column);
        sheet.set_column_width(column, *width)?;
        put_text(sheet, (HEADER, column), (title, &page::heading()))?;
    }
    let last_column = page::column_number(table.columns.len().saturating_sub(1));
    sheet.merge_range(0, 0, 0, last_column, "", &page::title())?;
    put_text(sheet, (0, 0), (&table.title, &page::title()))?;
    sheet.merge_range(1, 0, 1, last_column, "", &page::remark())?;
    put_text(sheet, (1, 0), (&table.remark, &page::remark()))?;
    sheet.set_row_height(0, 32)?.set_row_height(HEADER, 30)?;
    let format = page::cell();
    for (index, row) in table.rows.iter().enumerate() {
        let at = HEADER + 1 + page::row_number(index);
        for (column, content) in row.iter().enumerate() {
            content.put(sheet, (at, page::column_number(column)), &format)?;
        }
    }
    let last_row = HEADER + page::row_number(table.rows.len());
    sheet.autofilter(HEADER, 0, last_row.max(HEADER + 1), last_column)?;
    page::print(sheet, HEADER, (last_row, last_column))?;
    Ok(workbook.save_to_buffer()?)
}
