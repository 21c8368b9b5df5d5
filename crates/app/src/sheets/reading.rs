//! The bytes of a spreadsheet: whose they are, and what stands in them.

use duban_documents::{
    read::{Limits, ReadError, read_sheets},
    sheet::{Columns, Mapping, Sheet, SignedStamp},
};
use duban_domain::access::Principal;
use sha2::{Digest, Sha256};

use super::SheetFile;
use crate::{
    App,
    change::ChangeError,
    imports::hex,
    uploads::{label, sent_before},
};

/// A file as read.
#[derive(Debug, Clone)]
pub(super) struct ReadSheet {
    /// Its name, a label only.
    pub name: String,
    /// SHA-256 in lower-case hex.
    pub sha256: String,
    /// The sheets that are shown, one at least.
    sheets: Vec<Sheet>,
    /// The stamp, where it has one; whether it is ours is not looked at yet.
    pub signed: Option<SignedStamp>,
}

impl ReadSheet {
    /// Reads the bytes of a file; not for the async threads.
    pub(super) fn parse(name: String, bytes: &[u8]) -> Result<Self, ChangeError> {
        let book = read_sheets(bytes, &Limits::default());
        if is_text_named_workbook(&name, bytes, book.as_ref().err()) {
            return Err(ChangeError::field("uploadId", "SHEET_NOT_A_WORKBOOK"));
        }
        let book = book.map_err(|error| ChangeError::invalid("uploadId", &error))?;
        let signed = SignedStamp::find(&book);
        let signed = signed.map_err(|error| ChangeError::invalid("uploadId", &error))?;
        let sheets: Vec<Sheet> = book
            .sheets
            .into_iter()
            .filter(|one| !one.is_hidden)
            .collect();
        if sheets.is_empty() {
            return Err(ChangeError::field("uploadId", "DOCUMENT_EMPTY"));
        }
        Ok(Self {
            name,
            sha256: hex(&Sha256::digest(bytes)),
            sheets,
            signed,
        })
    }

    /// The sheet that is filled: the first one with headings that are known.
    pub(super) fn filled(&self, mapping: &Mapping) -> Sheet {
        let is_form = |one: &&Sheet| Columns::find(one, mapping).0.is_some();
        let found = self.sheets.iter().find(is_form);
        found
            .or_else(|| self.sheets.first())
            .cloned()
            .unwrap_or_default()
    }
}

/// A file as it came.
pub(super) struct Bytes {
    /// Its name, a label only.
    pub name: String,
    /// What it holds.
    pub content: Vec<u8>,
}

/// The bytes of a file of the caller.
pub(super) async fn bytes_of(
    app: &App,
    who: &Principal,
    file: SheetFile,
) -> Result<Bytes, ChangeError> {
    match file {
        SheetFile::Upload(id) => {
            let found = sent_before(app, who, id).await?;
            let found = found.ok_or(ChangeError::field("uploadId", "SHEET_UPLOAD_UNKNOWN"))?;
            Ok(Bytes {
                name: found.name,
                content: found.content,
            })
        }
        SheetFile::Bytes { name, bytes } => Ok(Bytes {
            name: label(&name),
            content: bytes,
        }),
    }
}

/// Reads a file of the caller, off the async threads.
pub(super) async fn read(
    app: &App,
    who: &Principal,
    file: SheetFile,
) -> Result<ReadSheet, ChangeError> {
    let bytes = bytes_of(app, who, file).await?;
    parsed(move || ReadSheet::parse(bytes.name, &bytes.content)).await
}

/// Does what reads a file off the async threads.
pub(super) async fn parsed<T: Send + 'static>(
    parse: impl FnOnce() -> Result<T, ChangeError> + Send + 'static,
) -> Result<T, ChangeError> {
    let read = tokio::task::spawn_blocking(parse).await;
    read.map_err(|_| ChangeError::field("uploadId", "DOCUMENT_DAMAGED"))?
}

/// Whether something that is no workbook goes by the name of one. What it is by its bytes is said as it is
/// found; text, or bytes of nothing known, would be searched for headings in vain.
fn is_text_named_workbook(name: &str, bytes: &[u8], error: Option<&ReadError>) -> bool {
    let is_named = name.to_ascii_lowercase().ends_with(".xlsx");
    let is_text = matches!(
        error,
        None | Some(ReadError::Binary { .. } | ReadError::Encoding { .. })
    );
    is_named && is_text && !bytes.starts_with(b"PK")
}
