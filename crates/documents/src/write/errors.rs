//! What is wrong with an upload: its rows again, each finding on its cell, and a list of them.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, Note, Worksheet};
use time::Date;

use super::{
    Content, WriteError,
    content::{CELL_MOST, put_text},
    page, template,
};
use crate::sheet::{Address, Number, Severity, Sheet, SignedStamp, Value, is_kept};

/// A finding in the words of the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The cell; none where it is about the file.
    pub at: Option<Address>,
    /// Whether it stops its row.
    pub severity: Severity,
    /// The stable code.
    pub code: String,
    /// What is wrong, in words.
    pub message: String,
}

/// Widths of the list's columns.
const LIST: [(&str, u8); 4] = [("单元格", 10), ("程度", 8), ("代码", 34), ("说明", 90)];

/// Longest note on a cell, in characters.
const NOTE_MOST: usize = 2_000;

/// Writes the rows of a sheet where they stood, with what is wrong; the stamp of the form goes along,
/// so that the file can be mended and uploaded again.
///
/// # Errors
///
/// [`WriteError`], for a text that no cell holds.
pub fn errors(
    sheet: &Sheet,
    findings: &[Told],
    stamp: Option<&SignedStamp>,
    made_on: Date,
) -> Result<Vec<u8>, WriteError> {
    let mut workbook = page::workbook("问题清单", made_on)?;
    let mut on_cells: BTreeMap<Address, Vec<&Told>> = BTreeMap::new();
    for told in findings {
        if let Some(at) = told.at {
            on_cells.entry(at).or_default().push(told);
        }
    }
    let rows = workbook.add_worksheet();
    rows.set_name("填报")?;
    for row in &sheet.rows {
        for cell in &row.cells {
            let at = Address {
                row: row.number,
                column: cell.column,
            };
            let format = look(on_cells.get(&at).map(Vec::as_slice));
            put_value(rows, at, (&cell.value, &format))?;
        }
    }
    for (at, told) in &on_cells {
        let (row, column) = place(*at);
        let row_of = sheet.rows.binary_search_by_key(&at.row, |one| one.number);
        let is_there = row_of
            .ok()
            .and_then(|index| sheet.rows.get(index))
            .is_some_and(|one| one.cell(at.column).is_some());
        if !is_there {
            rows.write_blank(row, column, &look(Some(told)))?;
        }
        let text: Vec<&str> = told.iter().map(|one| one.message.as_str()).collect();
        let text: String = text.join("\n").chars().take(NOTE_MOST).collect();
        rows.insert_note(row, column, &Note::new(text).add_author_prefix(false))?;
    }
    list(workbook.add_worksheet(), findings)?;
    if let Some(signed) = stamp {
        template::stamp(&mut workbook, &signed.payload, &signed.signature)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn look(told: Option<&[&Told]>) -> Format {
    let worst = told.and_then(|all| all.iter().map(|one| one.severity).max());
    match worst {
        None => page::cell(),
        Some(Severity::Warning) => page::cell().set_background_color(Color::RGB(0x00FF_EB9C)),
        Some(Severity::Error) => page::cell()
            .set_background_color(Color::RGB(0x00FF_C7CE))
            .set_bold(),
    }
}

fn put_value(
    sheet: &mut Worksheet,
    at: Address,
    (value, format): (&Value, &Format),
) -> Result<(), WriteError> {
    let (row, column) = place(at);
    let binary = match value {
        Value::Number(Number { value, .. }) if is_kept(*value) => value.to_string().parse().ok(),
        _ => None::<f64>,
    };
    if let (Value::Number(Number { is_percent, .. }), Some(binary)) = (value, binary) {
        let pattern = if *is_percent { "0.00##%" } else { "General" };
        let format = format.clone().set_num_format(pattern);
        sheet.write_number_with_format(row, column, binary, &format)?;
    } else {
        let text: String = value.text().chars().take(CELL_MOST / 2).collect();
        put_text(sheet, (row, column), (&text, format))?;
    }
    Ok(())
}

fn list(sheet: &mut Worksheet, findings: &[Told]) -> Result<(), WriteError> {
    sheet.set_name("问题清单")?;
    for (column, (title, width)) in LIST.into_iter().enumerate() {
        let column = page::column_number(column);
        sheet.set_column_width(column, width)?;
        put_text(sheet, (0, column), (title, &page::heading()))?;
    }
    for (index, told) in findings.iter().enumerate() {
        let row = page::row_number(index).saturating_add(1);
        let at = told.at.map(|one| one.to_string()).unwrap_or_default();
        let severity = match told.severity {
            Severity::Error => "错误",
            Severity::Warning => "提示",
        };
        let cells = [at.as_str(), severity, &told.code, &told.message];
        for (column, text) in cells.into_iter().enumerate() {
            let cell = (row, page::column_number(column));
            Content::text(text).put(sheet, cell, &page::cell())?;
        }
    }
    page::print(sheet, 0, (page::row_number(findings.len()), 3))
}

fn place(at: Address) -> (u32, u16) {
    let column = u16::try_from(at.column).unwrap_or(u16::MAX);
    (at.row.saturating_sub(1), column)
}
