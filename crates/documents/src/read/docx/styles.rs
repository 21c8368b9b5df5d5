//! Styles: only what decides about numbers and tables of contents.

use std::collections::HashMap;

use super::super::{ReadError, xml::Xml};

/// The numbering that a paragraph or a style asks for; either half may be left to the style.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NumPr {
    /// The list; `0` switches numbering off.
    pub(super) list: Option<i64>,
    /// The level, from 0.
    pub(super) level: Option<i64>,
}

impl NumPr {
    /// Reads `w:numPr`, which was just opened.
    pub(super) fn read(xml: &mut Xml<'_>) -> Result<Self, ReadError> {
        let mut found = Self::default();
        while let Some(element) = xml.next_child()? {
            match element.word() {
                "numId" => found.list = element.number("val"),
                "ilvl" => found.level = element.number("val"),
                _ => {}
            }
            xml.skip()?;
        }
        Ok(found)
    }
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    parent: Option<String>,
    numbering: Option<NumPr>,
}

/// The styles of a document by id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    default_id: Option<String>,
}

impl Styles {
    /// Reads styles.xml from its start.
    pub(super) fn read(xml: &mut Xml<'_>) -> Result<Self, ReadError> {
        let mut styles = Self::default();
        if xml.next_child()?.is_none() {
            return Ok(styles);
        }
        while let Some(element) = xml.next_child()? {
            if element.word() != "style" {
                xml.skip()?;
                continue;
            }
            let id = element.attr("styleId").unwrap_or_default();
            let paragraph = element.attr("type").as_deref() == Some("paragraph");
            let default = element
                .attr("default")
                .is_some_and(|on| on == "1" || on == "true");
            if paragraph && default {
                styles.default_id = Some(id.clone());
            }
            styles.by_id.insert(id, Style::read(xml)?);
        }
        Ok(styles)
    }

    /// The numbering of a style, each half from the nearest of its ancestors that says it, and
    /// the id of the style that names the list.
    pub(super) fn numbering(&self, id: &str) -> Option<(NumPr, String)> {
        let mut found = NumPr::default();
        let mut at = id.to_owned();
        for _ in 0..32 {
            let style = self.by_id.get(&at)?;
            if let Some(own) = &style.numbering {
                found.level = found.level.or(own.level);
                if own.list.is_some() {
                    found.list = own.list;
                    return Some((found, at));
                }
            }
            at.clone_from(style.parent.as_ref()?);
        }
        None
    }

    /// The style of paragraphs that name none.
    pub(super) fn default_id(&self) -> Option<&str> {
        self.default_id.as_deref()
    }

    /// Whether paragraphs of this style are lines of a table of contents, which the word processor
    /// makes from the headings.
    pub(super) fn is_contents(&self, id: &str) -> bool {
        let Some(style) = self.by_id.get(id) else {
            return false;
        };
        let name = style.name.to_ascii_lowercase();
        name == "toc heading"
            || name
                .strip_prefix("toc ")
                .is_some_and(|level| level.parse::<u8>().is_ok())
    }
}

impl Style {
    fn read(xml: &mut Xml<'_>) -> Result<Self, ReadError> {
        let mut style = Self::default();
        while let Some(element) = xml.next_child()? {
            match element.word() {
                "pPr" => {
                    while let Some(property) = xml.next_child()? {
                        if property.word() == "numPr" {
                            style.numbering = Some(NumPr::read(xml)?);
                        } else {
                            xml.skip()?;
                        }
                    }
                    continue;
                }
                "name" => style.name = element.attr("val").unwrap_or_default(),
                "basedOn" => style.parent = element.attr("val"),
                _ => {}
            }
            xml.skip()?;
        }
        Ok(style)
    }
}
