//! What a file that is kept as it is turns out to be, by its content.

use duban_domain::measurement::MediaKind;

use super::{
    FileType, Limits, ReadError, check_size, container::Container, encoding, package::Package,
    sniff,
};

const PNG: &[u8] = b"\x89PNG\r\n\x1A\n";
const JPEG: &[u8] = b"\xFF\xD8\xFF";

/// What a file is that is to be kept as it is; its name decides only what a text is called.
///
/// # Errors
///
/// [`ReadError`] for everything but PDF, JPEG, PNG, workbooks and Word documents without macros, links to
/// elsewhere or embedded objects, and text.
pub fn media_kind(name: &str, bytes: &[u8], limits: &Limits) -> Result<MediaKind, ReadError> {
    check_size(bytes, limits)?;
    if bytes.starts_with(PNG) {
        return Ok(MediaKind::Png);
    }
    if bytes.starts_with(JPEG) {
        return Ok(MediaKind::Jpeg);
    }
    match sniff::kind(bytes)? {
        sniff::Kind::Pdf => Ok(MediaKind::Pdf),
        sniff::Kind::Zip => office(bytes, limits),
        sniff::Kind::Text => {
            encoding::decode(bytes)?;
            let is_table = name.to_ascii_lowercase().ends_with(".csv");
            Ok(if is_table {
                MediaKind::Csv
            } else {
                MediaKind::Text
            })
        }
    }
}

fn office(bytes: &[u8], limits: &Limits) -> Result<MediaKind, ReadError> {
    let inspect = |wanted| {
        let mut container = Container::open(bytes, limits)?;
        Package::inspect(&mut container, limits, wanted).map(|_| ())
    };
    match inspect(FileType::Spreadsheet) {
        Ok(()) => Ok(MediaKind::Xlsx),
        Err(ReadError::WrongType {
            found: FileType::Word,
        }) => inspect(FileType::Word).map(|()| MediaKind::Docx),
        Err(error) => Err(error),
    }
}
