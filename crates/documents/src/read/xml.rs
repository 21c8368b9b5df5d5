//! XML pulled element by element: no document type, no entities, bounded depth.

use std::borrow::Cow;

use quick_xml::{
    NsReader, XmlVersion,
    events::{BytesStart, Event},
    name::ResolveResult,
};

use super::ReadError;

/// The namespaces that readers tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ns {
    /// `WordprocessingML`, transitional or strict.
    Word,
    /// Markup compatibility: alternative content.
    Compat,
    /// Office math.
    Math,
    /// Anything else.
    Other,
}

impl Ns {
    fn of(resolved: &ResolveResult<'_>) -> Self {
        let ResolveResult::Bound(namespace) = resolved else {
            return Self::Other;
        };
        match namespace.0 {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Self::Word,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compat,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Self::Math,
            _ => Self::Other,
        }
    }
}

/// An element that was just opened.
#[derive(Debug)]
pub(super) struct Element<'a> {
    /// Its namespace.
    pub(super) ns: Ns,
    start: BytesStart<'a>,
}

impl Element<'_> {
    /// The name without prefix.
    pub(super) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// The name, when the element is of `WordprocessingML`; else empty.
    pub(super) fn word(&self) -> &str {
        if self.ns == Ns::Word { self.name() } else { "" }
    }

    /// The value of the attribute with this name, whatever its prefix.
    pub(super) fn attr(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)
            .and_then(|attribute| attribute.normalized_value(XmlVersion::Implicit1_0).ok())
            .map(Cow::into_owned)
    }

    /// The `val` attribute as a whole number.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.attr(name)?.trim().parse().ok()
    }

    /// An on/off property: on unless its value says off.
    pub(super) fn is_on(&self) -> bool {
        !matches!(
            self.attr("val").as_deref(),
            Some("0" | "false" | "off" | "none")
        )
    }
}

enum Node<'a> {
    Open(Element<'a>),
    Close,
    Text(Cow<'a, str>),
}

/// A reader over one part. Whoever is given an [`Element`] reads it to its end: with
/// [`Xml::next_child`] until `None`, with [`Xml::text`] or with [`Xml::skip`].
#[derive(Debug)]
pub(super) struct Xml<'a> {
    reader: NsReader<&'a [u8]>,
    part: &'a str,
    depth: usize,
    max_depth: usize,
}

impl<'a> Xml<'a> {
    /// Starts reading a part; `part` names it in errors.
    pub(super) fn new(text: &'a str, part: &'a str, max_depth: usize) -> Self {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            part,
            depth: 0,
            max_depth,
        }
    }

    /// The next element inside the current one; `None` at its end, which is then left.
    pub(super) fn next_child(&mut self) -> Result<Option<Element<'a>>, ReadError> {
        loop {
            match self.node()? {
                Some(Node::Open(element)) => return Ok(Some(element)),
                Some(Node::Close) | None => return Ok(None),
                Some(Node::Text(_)) => {}
            }
        }
    }

    /// Leaves the current element without looking at what is in it.
    pub(super) fn skip(&mut self) -> Result<(), ReadError> {
        self.text_into(None)
    }

    /// All character data up to the end of the current element.
    pub(super) fn text(&mut self) -> Result<String, ReadError> {
        let mut text = String::new();
        self.text_into(Some(&mut text))?;
        Ok(text)
    }

    fn text_into(&mut self, mut into: Option<&mut String>) -> Result<(), ReadError> {
        let mut open = 1_usize;
        while open > 0 {
            match self.node()? {
                Some(Node::Open(_)) => open += 1,
                Some(Node::Close) => open -= 1,
                Some(Node::Text(piece)) => {
                    if let Some(text) = into.as_deref_mut() {
                        text.push_str(&piece);
                    }
                }
                None => return Err(self.damaged()),
            }
        }
        Ok(())
    }

    fn node(&mut self) -> Result<Option<Node<'a>>, ReadError> {
        loop {
            let Ok((resolved, event)) = self.reader.read_resolved_event() else {
                return Err(self.damaged());
            };
            let node = match event {
                Event::Start(start) => {
                    let ns = Ns::of(&resolved);
                    self.depth += 1;
                    if self.depth > self.max_depth {
                        return Err(ReadError::unsafe_xml(self.part));
                    }
                    Node::Open(Element { ns, start })
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::Close
                }
                Event::Text(text) => Node::Text(text.into_inner()),
                Event::CData(text) => Node::Text(text.into_inner()),
                Event::GeneralRef(reference) => Node::Text(self.reference(&reference)?),
                Event::DocType(_) => return Err(ReadError::unsafe_xml(self.part)),
                Event::Eof if self.depth > 0 => return Err(self.damaged()),
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            };
            return Ok(Some(node));
        }
    }

    /// The five names that XML knows by itself, and characters by number; never a declared entity.
    fn reference(
        &self,
        reference: &quick_xml::events::BytesRef<'_>,
    ) -> Result<Cow<'a, str>, ReadError> {
        let known = match reference.as_ref() {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "apos" => "'",
            _ => {
                return match reference.resolve_char_ref() {
                    Ok(Some(c)) => Ok(Cow::Owned(c.to_string())),
                    Ok(None) => Err(ReadError::unsafe_xml(self.part)),
                    Err(_) => Err(self.damaged()),
                };
            }
        };
        Ok(Cow::Borrowed(known))
    }

    fn damaged(&self) -> ReadError {
        ReadError::damaged(self.part)
    }
}
