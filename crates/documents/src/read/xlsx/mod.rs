//! Workbooks (.xlsx): the cells as they are stored, nothing computed and nothing fetched.

mod formats;
mod strings;
mod worksheet;

use super::{FileType, Limits, ReadError, container::Container, package::Package, xml::Xml};
use crate::sheet::Book;

use self::{formats::Formats, worksheet::Reader};

/// Reads a ZIP archive that should be a workbook.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Book, ReadError> {
    let mut container = Container::open(bytes, limits)?;
    let package = Package::inspect(&mut container, limits, FileType::Spreadsheet)?;
    let depth = limits.max_xml_depth;
    let strings = match package.part("/sharedStrings") {
        Some(name) => match container.xml(&name)? {
            Some(text) => strings::read(&mut Xml::new(&text, &name, depth), limits)?,
            None => Vec::new(),
        },
        None => Vec::new(),
    };
    let formats = match package.part("/styles") {
        Some(name) => match container.xml(&name)? {
            Some(text) => Formats::read(&mut Xml::new(&text, &name, depth))?,
            None => Formats::default(),
        },
        None => Formats::default(),
    };
    let workbook = container
        .xml(&package.main)?
        .ok_or_else(|| ReadError::damaged(&package.main))?;
    let listed = listed(&mut Xml::new(&workbook, &package.main, depth))?;
    let mut reader = Reader::new(&strings, &formats, limits);
    let mut book = Book::default();
    for sheet in listed {
        let relation = package.own.iter().find(|one| one.id == sheet.relation);
        let name = relation.and_then(|one| one.part(&package.folder));
        let name = name.ok_or_else(|| ReadError::damaged(&package.main))?;
        let text = container
            .xml(&name)?
            .ok_or_else(|| ReadError::damaged(&name))?;
        let mut read = reader.read(&mut Xml::new(&text, &name, depth))?;
        read.name = sheet.name;
        read.is_hidden = sheet.is_hidden;
        book.sheets.push(read);
    }
    if book.sheets.is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(book)
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    relation: String,
    is_hidden: bool,
}

fn listed(xml: &mut Xml<'_>) -> Result<Vec<Listed>, ReadError> {
    let mut found = Vec::new();
    if xml.next_child()?.is_none() {
        return Ok(found);
    }
    while let Some(element) = xml.next_child()? {
        if element.name() != "sheets" {
            xml.skip()?;
            continue;
        }
        while let Some(sheet) = xml.next_child()? {
            found.push(Listed {
                name: sheet.attr("name").unwrap_or_default(),
                relation: sheet.attr("id").unwrap_or_default(),
                is_hidden: sheet
                    .attr("state")
                    .is_some_and(|state| state.ends_with("idden")),
            });
            xml.skip()?;
        }
    }
    Ok(found)
}
