//! Reading files: what is read, what is refused, and that nothing panics.

mod docx;
mod hostile;
mod lists;
mod pdf;
mod refused;
mod text;

use duban_documents::{
    read::{Limits, ReadError, read},
    testing::docx_with,
};
use duban_domain::error::Coded;

/// The text of a file, or the code of its refusal.
fn text_of(bytes: &[u8]) -> Result<String, &'static str> {
    read("file", bytes, &Limits::default())
        .map(|source| source.text)
        .map_err(|error| error.code())
}

fn refusal(bytes: &[u8]) -> ReadError {
    read("file", bytes, &Limits::default()).expect_err("the file is refused")
}

/// The text of a Word document with this body.
fn body(xml: &str) -> String {
    text_of(&docx_with(xml, &[])).expect("the document is read")
}
