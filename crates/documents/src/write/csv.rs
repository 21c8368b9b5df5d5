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
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row.iter().map(Content::words))?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| ::csv::Error::from(error.into_error()))?;
    Ok(match charset {
        Charset::Utf8 => [b"\xEF\xBB\xBF".as_slice(), &bytes].concat(),
        Charset::Gb18030 => {
            let text = String::from_utf8_lossy(&bytes);
            GB18030.encode(&text).0.into_owned()
        }
    })
}
