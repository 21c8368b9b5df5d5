//! Tables in text, for programs and old office machines.

use encoding_rs::GB18030;

use super::{Content, WriteError};

/// How the characters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// UTF-8 with a byte order mark, so that office programs know it.
    Utf8,
    /// GB 18030.
    Gb18030,
}

/// What stands before UTF-8 so that office programs know it.
pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Writes a table: commas, `\r\n`, quotes where needed; text is kept from being run as a formula.
///
/// # Errors
///
/// [`WriteError`] when the rows cannot be written.
pub fn csv(
    header: &[&str],
    rows: &[Vec<Content>],
    charset: Charset,
) -> Result<Vec<u8>, WriteError> {
    let header = records([header], charset)?;
    let rows = records(
        rows.iter().map(|row| row.iter().map(Content::words)),
        charset,
    )?;
    Ok(match charset {
        Charset::Utf8 => [BYTE_ORDER_MARK, &header, &rows].concat(),
        Charset::Gb18030 => [header, rows].concat(),
    })
}

/// Writes records as they are, one a line.
pub(super) fn records<R>(
    records: impl IntoIterator<Item = R>,
    charset: Charset,
) -> Result<Vec<u8>, WriteError>
where
    R: IntoIterator,
    R::Item: AsRef<[u8]>,
{
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    for record in records {
        writer.write_record(record)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| ::csv::Error::from(error.into_error()))?;
    Ok(match charset {
        Charset::Utf8 => bytes,
        Charset::Gb18030 => {
            let text = String::from_utf8_lossy(&bytes);
            GB18030.encode(&text).0.into_owned()
        }
    })
}
