//! Word documents (.docx): the text of the body as it prints.

mod body;
mod number_format;
mod numbering;
mod package;
mod styles;
mod table;

use super::{Limits, ReadError, container::Container, xml::Xml};

use self::{body::Body, numbering::Numbering, styles::Styles};

/// Reads a ZIP archive that should be a Word document.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<String, ReadError> {
    let mut container = Container::open(bytes, limits)?;
    let parts = package::inspect(&mut container, limits)?;
    let depth = limits.max_xml_depth;
    let document = container
        .xml(&parts.document)?
        .ok_or_else(|| ReadError::damaged(&parts.document))?;
    let styles = match parts.styles {
        Some(name) => container
            .xml(&name)?
            .map(|text| Styles::read(&mut Xml::new(&text, &name, depth)))
            .transpose()?,
        None => None,
    };
    let numbering = match parts.numbering {
        Some(name) => container
            .xml(&name)?
            .map(|text| Numbering::read(&mut Xml::new(&text, &name, depth)))
            .transpose()?,
        None => None,
    };
    let styles = styles.unwrap_or_default();
    let numbering = numbering.unwrap_or_default().linked(&styles);
    let xml = Xml::new(&document, &parts.document, depth);
    let text = Body::new(xml, &styles, &numbering, limits).read()?;
    if text.trim().is_empty() {
        return Err(ReadError::NoText { pages: 0 });
    }
    Ok(text)
}
