//! Feeds in text: one row a line.

use serde_json::Value;

use super::{
    super::{
        WriteError,
        csv::{BYTE_ORDER_MARK, Charset, records},
    },
    Datum, FeedColumn, FeedRow,
};
use crate::sheet::neutralised;

/// How the rows are written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// Values with commas between, headings in the first line.
    Csv(Charset),
    /// A JSON object a line (JSON Lines): numbers as numbers, figures as text so that they stay exact, null
    /// where there is nothing.
    Json,
}

impl Lines {
    /// What stands before the first row.
    ///
    /// # Errors
    ///
    /// [`WriteError`] when it cannot be written.
    pub fn head(self, columns: &[FeedColumn]) -> Result<Vec<u8>, WriteError> {
        let Self::Csv(charset) = self else {
            return Ok(Vec::new());
        };
        let names = columns.iter().map(|one| one.name);
        let headings = records([names], charset)?;
        Ok(match charset {
            Charset::Utf8 => [BYTE_ORDER_MARK, &headings].concat(),
            Charset::Gb18030 => headings,
        })
    }

    /// Some rows; those of several calls follow each other. In CSV text is kept from being run as a formula.
    ///
    /// # Errors
    ///
    /// [`WriteError`] when they cannot be written.
    pub fn rows(self, columns: &[FeedColumn], rows: &[FeedRow]) -> Result<Vec<u8>, WriteError> {
        match self {
            Self::Csv(charset) => records(rows.iter().map(|row| row.iter().map(field)), charset),
            Self::Json => {
                let lines = rows.iter().map(|row| object(columns, row));
                Ok(lines.collect::<String>().into_bytes())
            }
        }
    }
}

fn field(datum: &Datum) -> String {
    match datum {
        Datum::Text(text) => neutralised(text),
        other => other.words(),
    }
}

/// An object with its members in the order of the columns.
fn object(columns: &[FeedColumn], row: &FeedRow) -> String {
    let members = columns.iter().zip(row).map(|(column, datum)| {
        let value = match datum {
            Datum::Empty => Value::Null,
            Datum::Number(number) => Value::from(*number),
            other => Value::from(other.words()),
        };
        format!("{}:{value}", Value::from(column.name))
    });
    let members: Vec<String> = members.collect();
    format!("{{{}}}\n", members.join(","))
}
