//! What goes into a cell.

use duban_domain::quantity::Figure;
use rust_xlsxwriter::{Format, Worksheet};

use super::WriteError;
use crate::sheet::{self, is_risky, neutralised};

/// Characters that a cell of a workbook holds.
pub(super) const CELL_MOST: usize = 32_767;

/// What goes into a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Nothing.
    Empty,
    /// Text, never taken for a formula.
    Text(String),
    /// A figure, exactly.
    Figure(Figure),
}

impl Content {
    /// Text, or nothing where there is none.
    pub fn text(text: &str) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text.to_owned())
        }
    }

    /// A figure, or nothing where there is none.
    pub fn figure(figure: Option<Figure>) -> Self {
        figure.map_or(Self::Empty, Self::Figure)
    }

    /// The words for CSV.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => neutralised(text),
            Self::Figure(figure) => figure.to_string(),
        }
    }

    /// Puts it into a cell. A figure of more digits than a workbook keeps becomes text.
    pub(super) fn put(
        &self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        format: &Format,
    ) -> Result<(), WriteError> {
        match self {
            Self::Empty => {
                sheet.write_blank(row, column, format)?;
            }
            Self::Text(text) => put_text(sheet, (row, column), (text, format))?,
            Self::Figure(figure) => {
                let words = figure.to_string();
                let binary = sheet::is_kept(figure.decimal()).then(|| words.parse::<f64>());
                match binary {
                    Some(Ok(binary)) => {
                        let format = format.clone().set_num_format(pattern(*figure));
                        sheet.write_number_with_format(row, column, binary, &format)?;
                    }
                    _ => put_text(sheet, (row, column), (&words, format))?,
                }
            }
        }
        Ok(())
    }
}

/// Puts text into a cell, marked as text where a program may take it for a formula.
pub(super) fn put_text(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    (text, format): (&str, &Format),
) -> Result<(), WriteError> {
    let length = text.encode_utf16().count();
    if length > CELL_MOST {
        return Err(WriteError::TooLong {
            row: row.saturating_add(1),
            length,
            most: CELL_MOST,
        });
    }
    let format = if is_risky(text) {
        &format.clone().set_quote_prefix()
    } else {
        format
    };
    if text.starts_with("<r>") && text.ends_with("</r>") {
        // The library takes such a text for the XML of runs and would write it unescaped.
        let guarded = text.replace("_x", "_x005F_x");
        let runs = [(&Format::default(), guarded.as_str())];
        sheet.write_rich_string_with_format(row, column, &runs, format)?;
    } else {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

/// Thousands parted, and as many places as the figure has.
fn pattern(figure: Figure) -> &'static str {
    match figure.decimal().normalize().scale() {
        0 => "#,##0",
        1 => "#,##0.0",
        2 => "#,##0.00",
        3 => "#,##0.000",
        _ => "#,##0.0000",
    }
}
