//! Feeds as workbooks, whose rows go to a temporary file one by one.

use std::io::Write;

use duban_domain::quantity::Figure;
use rust_xlsxwriter::{ExcelDateTime, Format, Worksheet};
use time::{Date, macros::date};

use super::{
    super::{
        Content, WriteError,
        content::put_text,
        page::{self, column_number},
    },
    Datum, FeedColumn, FeedRow,
};

/// The day on which every feed says it was made, so that the same rows give the same bytes.
const MADE_ON: Date = date!(2000 - 01 - 01);

/// How wide a column is, in characters.
const WIDTH: u8 = 16;

/// Writes a feed as a workbook of one sheet: headings in the first row, and at most so many rows below.
/// Returns how many there are.
///
/// # Errors
///
/// [`WriteError::TooManyRows`] when there are more, and [`WriteError`] when they cannot be written.
pub fn feed_workbook(
    columns: &[FeedColumn],
    most: u32,
    pages: impl Iterator<Item = Vec<FeedRow>>,
    out: impl Write + Send,
) -> Result<u64, WriteError> {
    let mut workbook = page::workbook("", MADE_ON)?;
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.set_name("data")?;
    sheet.set_freeze_panes(1, 0)?;
    let (bold, formats) = (Format::new().set_bold(), Formats::default());
    for (index, column) in columns.iter().enumerate() {
        sheet.set_column_width(column_number(index), WIDTH)?;
        put_text(sheet, (0, column_number(index)), (column.name, &bold))?;
    }
    let mut count = 0;
    for row in pages.flatten() {
        if count == most {
            return Err(WriteError::TooManyRows { most });
        }
        count += 1;
        for (index, datum) in row.iter().enumerate() {
            formats.put(sheet, (count, column_number(index)), datum)?;
        }
    }
    workbook.save_to_writer(out)?;
    Ok(count.into())
}

/// How cells look.
struct Formats {
    plain: Format,
    day: Format,
}

impl Default for Formats {
    fn default() -> Self {
        Self {
            plain: Format::new(),
            day: Format::new().set_num_format("yyyy-mm-dd"),
        }
    }
}

impl Formats {
    fn put(&self, sheet: &mut Worksheet, at: (u32, u16), datum: &Datum) -> Result<(), WriteError> {
        match datum {
            Datum::Empty => Ok(()),
            Datum::Text(text) => put_text(sheet, at, (text, &self.plain)),
            Datum::Figure(figure) => Content::Figure(*figure).put(sheet, at, &self.plain),
            Datum::Number(number) => {
                let figure = Figure::try_new((*number).into()).ok();
                Content::figure(figure).put(sheet, at, &self.plain)
            }
            Datum::Day(day) => {
                let year = u16::try_from(day.year()).unwrap_or(1900);
                let value = ExcelDateTime::from_ymd(year, day.month().into(), day.day())?;
                sheet.write_datetime_with_format(at.0, at.1, &value, &self.day)?;
                Ok(())
            }
            Datum::Instant(_) => put_text(sheet, at, (&datum.words(), &self.plain)),
        }
    }
}
