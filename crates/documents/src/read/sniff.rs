//! What a file is, by its first bytes.

use super::{FileType, ReadError};

/// The ways of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A ZIP archive; its entries say what it holds.
    Zip,
    /// A PDF.
    Pdf,
    /// Text, until its bytes say otherwise.
    Text,
}

const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

const MAGIC: &[(&[u8], FileType)] = &[
    (b"{\\rtf", FileType::RichText),
    (b"\x89PNG\r\n", FileType::Picture),
    (b"\xFF\xD8\xFF", FileType::Picture),
    (b"GIF8", FileType::Picture),
    (b"II*\0", FileType::Picture),
    (b"MM\0*", FileType::Picture),
    (b"RIFF", FileType::Picture),
    (b"\x1F\x8B\x08", FileType::OtherArchive),
    (b"7z\xBC\xAF\x27\x1C", FileType::OtherArchive),
    (b"Rar!\x1A\x07", FileType::OtherArchive),
    (b"\xFD7zXZ\0", FileType::OtherArchive),
];

const MARKUP: &[(&str, FileType)] = &[
    ("<!doctype html", FileType::WebPage),
    ("<html", FileType::WebPage),
    ("mime-version:", FileType::WebPage),
    ("<?xml", FileType::Xml),
];

/// Judges the file; a kind that is never read is an error that names it.
pub(super) fn kind(bytes: &[u8]) -> Result<Kind, ReadError> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok(Kind::Zip);
    }
    if bytes.starts_with(OLE) {
        return Err(compound(bytes));
    }
    let found = MAGIC
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic))
        .map(|&(_, found)| found);
    if let Some(found) = found {
        return Err(ReadError::WrongType { found });
    }
    let start = bytes
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(bytes)
        .trim_ascii_start();
    if start.starts_with(b"%PDF-") {
        return Ok(Kind::Pdf);
    }
    for &(mark, found) in MARKUP {
        let head = start.get(..mark.len());
        if head.is_some_and(|head| head.eq_ignore_ascii_case(mark.as_bytes())) {
            return Err(ReadError::WrongType { found });
        }
    }
    Ok(Kind::Text)
}

/// Tells the kinds of compound files apart by the names of their streams.
fn compound(bytes: &[u8]) -> ReadError {
    let has = |name| has_stream(bytes, name);
    if has("EncryptionInfo") || has("EncryptedPackage") {
        ReadError::Encrypted
    } else if has("WordDocument") {
        ReadError::LegacyWord
    } else if has("Workbook") || has("Book") {
        ReadError::WrongType {
            found: FileType::Spreadsheet,
        }
    } else if has("PowerPoint Document") {
        ReadError::WrongType {
            found: FileType::Presentation,
        }
    } else {
        ReadError::WrongType {
            found: FileType::CompoundFile,
        }
    }
}

/// Directory entries are 128 bytes, aligned, and begin with the name in UTF-16; bytes 64 and 65
/// hold its length with the final NUL. Looking at each place that may hold one needs no trust in
/// the chains of the file.
fn has_stream(bytes: &[u8], name: &str) -> bool {
    let mut wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    wanted.extend([0, 0]);
    bytes.chunks_exact(128).any(|entry| {
        let length = entry.get(64..66).map(|pair| {
            pair.iter()
                .rev()
                .fold(0, |sum, &byte| sum * 256 + usize::from(byte))
        });
        entry.starts_with(&wanted) && length == Some(wanted.len())
    })
}
