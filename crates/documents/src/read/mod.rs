//! Bytes of a file to its text: what it is, whether it is safe, and what it says.

mod container;
mod csv;
mod docx;
mod encoding;
mod error;
mod joining;
mod media;
mod package;
mod pdf;
mod sniff;
mod xlsx;
mod xml;

use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::{sheet::Book, source::SourceText};

pub use self::{
    error::{BombSign, FileType, ReadError},
    media::media_kind,
};

/// What reading one file may cost; the defaults are those of the security design.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself.
    pub max_bytes: usize,
    /// Entries of an archive.
    pub max_entries: usize,
    /// Bytes that an archive may hold unpacked, and bytes of one stream of a PDF.
    pub max_unpacked: u64,
    /// Unpacked bytes for each packed byte of one entry.
    pub max_ratio: u64,
    /// Entries that unpack to less than this many bytes are not measured by ratio.
    pub ratio_floor: u64,
    /// Depth of nested XML elements.
    pub max_xml_depth: usize,
    /// Bytes of text that a .docx or PDF may give.
    pub max_text: usize,
    /// Cells that a spreadsheet may hold.
    pub max_cells: usize,
    /// Rows of a spreadsheet, the last one counted by its number.
    pub max_rows: usize,
    /// Pages of a PDF.
    pub max_pages: usize,
    /// Wall time for a PDF.
    pub max_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: usize = 1024 * 1024;
        Self {
            max_bytes: 32 * MIB,
            max_entries: 2_000,
            max_unpacked: 200 * 1024 * 1024,
            max_ratio: 100,
            ratio_floor: 1024 * 1024,
            max_xml_depth: 100,
            max_text: 64 * MIB,
            max_cells: 2_000_000,
            max_rows: 200_000,
            max_pages: 5_000,
            max_time: Duration::from_secs(10),
        }
    }
}

/// Reads a file into its text; the type is judged by content, the name is only kept as a label.
///
/// Text files give their characters without the byte order mark and with `\r\n` and `\r` as `\n`,
/// otherwise untouched. A .docx gives its paragraphs in the order of the body, one a line, with
/// the numbers that its lists print; table rows become `| a | b |`. A PDF gives its lines in
/// reading order, a line with `\u{c}`
/// alone between pages. Offsets into the document, such as the spans of a plan,
/// count the characters (Unicode scalar values) of the text returned here.
///
/// # Errors
///
/// [`ReadError`] says what the file is or which limit it breaks.
pub fn read(file_name: &str, bytes: &[u8], limits: &Limits) -> Result<SourceText, ReadError> {
    check_size(bytes, limits)?;
    let text = match sniff::kind(bytes)? {
        sniff::Kind::Zip => docx::read(bytes, limits)?,
        sniff::Kind::Pdf => pdf::read(bytes, limits)?,
        sniff::Kind::Text => encoding::decode(bytes)?,
    };
    Ok(SourceText {
        file: file_name.to_owned(),
        sha256: hex_sha256(bytes),
        text,
    })
}

/// Reads a spreadsheet (.xlsx) or a table in text (CSV) into its cells; the type is judged by content.
///
/// Nothing is computed and nothing fetched. Text is UTF-8 or GB18030 (UTF-16 by its look as well),
/// parted by commas, semicolons or tabs, whichever the first rows have most of.
///
/// # Errors
///
/// [`ReadError`] says what the file is or which limit it breaks; a workbook with macros, links to
/// elsewhere or embedded objects, or one that needs a password, is refused.
pub fn read_sheets(bytes: &[u8], limits: &Limits) -> Result<Book, ReadError> {
    check_size(bytes, limits)?;
    let kind = sniff::kind(bytes).map_err(|error| match error {
        ReadError::WrongType {
            found: FileType::Spreadsheet,
        } => ReadError::WrongType {
            found: FileType::OtherSpreadsheet,
        },
        ReadError::LegacyWord => ReadError::WrongType {
            found: FileType::Word,
        },
        other => other,
    })?;
    match kind {
        sniff::Kind::Zip => xlsx::read(bytes, limits),
        sniff::Kind::Pdf => Err(ReadError::WrongType {
            found: FileType::Pdf,
        }),
        sniff::Kind::Text => csv::read(&encoding::decode_table(bytes)?, limits),
    }
}

fn check_size(bytes: &[u8], limits: &Limits) -> Result<(), ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.len() > limits.max_bytes {
        return Err(ReadError::TooLarge {
            bytes: bytes.len(),
            limit: limits.max_bytes,
        });
    }
    Ok(())
}

fn hex_sha256(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS.get(usize::from(half)).copied().unwrap_or(b'0'));
    Sha256::digest(bytes)
        .iter()
        .flat_map(|&byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}
