//! The parts of a Word document that its text is made from.

use super::super::{FileType, Limits, ReadError, container::Container, package::Package};

/// The parts that the text is made from.
#[derive(Debug)]
pub(super) struct Parts {
    /// The main document.
    pub(super) document: String,
    /// Styles, which may number their paragraphs.
    pub(super) styles: Option<String>,
    /// Lists.
    pub(super) numbering: Option<String>,
}

/// Finds the parts, and refuses what is no Word document or is not safe.
pub(super) fn inspect(container: &mut Container<'_>, limits: &Limits) -> Result<Parts, ReadError> {
    let package = Package::inspect(container, limits, FileType::Word)?;
    let styles = package.part("/styles");
    let numbering = package.part("/numbering");
    Ok(Parts {
        document: package.main,
        styles,
        numbering,
    })
}
