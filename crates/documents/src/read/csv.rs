//! Tables in text: commas, semicolons or tabs, quoted as office programs do.

use csv::{ReaderBuilder, StringRecord};

use super::{BombSign, Limits, ReadError};
use crate::sheet::{Book, Cell, Row, Sheet, Value, restored};

/// Separators, the likeliest first.
const SEPARATORS: [u8; 3] = [b',', b'\t', b';'];

/// Reads a table; every cell is text, and what was made harmless on the way out is put back.
pub(super) fn read(text: &str, limits: &Limits) -> Result<Book, ReadError> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text))
        .from_reader(text.as_bytes());
    let mut sheet = Sheet::default();
    let mut record = StringRecord::new();
    let mut cells_read = 0_usize;
    let mut number = 0_u32;
    while reader
        .read_record(&mut record)
        .map_err(|_| ReadError::damaged("csv"))?
    {
        number = number.saturating_add(1);
        cells_read = cells_read.saturating_add(record.len());
        check_rows(number, limits)?;
        check_cells(cells_read, limits)?;
        let cells: Vec<Cell> = (0_u32..)
            .zip(&record)
            .filter(|(_, words)| !words.is_empty())
            .map(|(column, words)| Cell {
                column,
                value: Value::Text(restored(words).to_owned()),
                is_formula: false,
            })
            .collect();
        if !cells.is_empty() {
            sheet.rows.push(Row {
                number,
                is_hidden: false,
                cells,
            });
        }
    }
    Ok(Book {
        sheets: vec![sheet],
    })
}

/// The separator that the first line with any has most of, outside of quotes.
fn separator(text: &str) -> u8 {
    let mut counts = [0_usize; 3];
    let mut is_quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted && counts.iter().any(|one| *one > 0) => break,
            _ if is_quoted => {}
            _ => {
                let known = SEPARATORS.iter().zip(&mut counts);
                for (_, count) in known.filter(|(one, _)| **one == byte) {
                    *count += 1;
                }
            }
        }
    }
    let best = SEPARATORS
        .iter()
        .zip(counts)
        .rev()
        .max_by_key(|(_, count)| *count);
    best.map_or(b',', |(separator, _)| *separator)
}

/// Refuses a row beyond the limit.
pub(super) fn check_rows(row: u32, limits: &Limits) -> Result<(), ReadError> {
    let most = u64::try_from(limits.max_rows).unwrap_or(u64::MAX);
    if u64::from(row) > most {
        return Err(ReadError::ZipBomb {
            sign: BombSign::Rows,
            figure: u64::from(row),
            limit: most,
        });
    }
    Ok(())
}

/// Refuses more cells than the limit.
pub(super) fn check_cells(cells: usize, limits: &Limits) -> Result<(), ReadError> {
    if cells > limits.max_cells {
        return Err(ReadError::ZipBomb {
            sign: BombSign::Cells,
            figure: u64::try_from(cells).unwrap_or(u64::MAX),
            limit: u64::try_from(limits.max_cells).unwrap_or(u64::MAX),
        });
    }
    Ok(())
}
