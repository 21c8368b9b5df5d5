//! The package around a document: what kind it is, which parts it has, what it may not carry.

use super::super::{
    FileType, Limits, ReadError,
    container::{Container, short},
    xml::Xml,
};

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

const CONTENT_TYPES: &str = "[Content_Types].xml";

/// Finds the parts, and refuses what is no Word document or is not safe.
pub(super) fn inspect(container: &mut Container<'_>, limits: &Limits) -> Result<Parts, ReadError> {
    let depth = limits.max_xml_depth;
    let Some(types) = container.xml(CONTENT_TYPES)? else {
        return Err(ReadError::WrongType {
            found: without_types(container)?,
        });
    };
    check_types(&mut Xml::new(&types, CONTENT_TYPES, depth))?;
    if let Some(part) = container
        .names()
        .find(|name| name.ends_with("vbaproject.bin"))
    {
        return Err(ReadError::Macros { part: short(part) });
    }
    let mut names: Vec<String> = container
        .names()
        .filter(|name| is_relations(name))
        .map(str::to_owned)
        .collect();
    names.sort_unstable();
    for name in &names {
        for relation in relations(container, name, depth)? {
            relation.check(name)?;
        }
    }
    let root = relations(container, "_rels/.rels", depth)?;
    let document =
        target_of(&root, "/officeDocument", "").ok_or_else(|| ReadError::damaged("_rels/.rels"))?;
    let (folder, file) = document.rsplit_once('/').unwrap_or(("", &document));
    let name = join(folder, &format!("_rels/{file}.rels"));
    let own = relations(container, &name, depth)?;
    let styles = target_of(&own, "/styles", folder);
    let numbering = target_of(&own, "/numbering", folder);
    Ok(Parts {
        document,
        styles,
        numbering,
    })
}

fn is_relations(name: &str) -> bool {
    name.rsplit('.').next() == Some("rels")
}

/// Names an archive that is no Office package.
fn without_types(container: &mut Container<'_>) -> Result<FileType, ReadError> {
    if container.names().any(|name| name == "ofd.xml") {
        return Ok(FileType::Ofd);
    }
    let kind = container.part("mimetype")?.unwrap_or_default();
    Ok(if kind.starts_with(b"application/vnd.oasis.opendocument") {
        FileType::OpenDocument
    } else if kind.starts_with(b"application/epub") {
        FileType::Book
    } else {
        FileType::ZipArchive
    })
}

/// Looks at the declared types: macros and objects are refused, and one part must be the main
/// part of a Word document.
fn check_types(xml: &mut Xml<'_>) -> Result<(), ReadError> {
    let mut word = false;
    let mut other = None;
    let root = xml.next_child()?;
    while let Some(element) = if root.is_some() {
        xml.next_child()?
    } else {
        None
    } {
        let kind = element
            .attr("ContentType")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let part = element
            .attr("PartName")
            .or_else(|| element.attr("Extension"));
        let part = short(&part.unwrap_or_default());
        xml.skip()?;
        let has = |piece| kind.contains(piece);
        if has("ms-word") && has("macroenabled")
            || has("vbaproject") && element.name() == "Override"
        {
            return Err(ReadError::Macros { part });
        }
        if element.name() == "Override" && (has("oleobject") || has("activex")) {
            return Err(ReadError::EmbeddedObject { part });
        }
        let word_main =
            has("wordprocessingml.document.main") || has("wordprocessingml.template.main");
        word |= word_main;
        if has("spreadsheetml.sheet.main") || has("ms-excel.sheet.") {
            other = other.or(Some(FileType::Spreadsheet));
        } else if has("presentationml") && has(".main") || has("ms-powerpoint.") {
            other = other.or(Some(FileType::Presentation));
        } else if has("ms-visio.") {
            other = other.or(Some(FileType::Drawing));
        }
    }
    if word {
        return Ok(());
    }
    Err(ReadError::WrongType {
        found: other.unwrap_or(FileType::ZipArchive),
    })
}

/// One relation of a part to another part or to something outside.
#[derive(Debug)]
struct Relation {
    kind: String,
    target: String,
    external: bool,
}

impl Relation {
    /// Refuses embedded objects, imported chunks, and everything outside but hyperlinks,
    /// pictures (neither is ever fetched) and a template on the author's own disk.
    fn check(&self, source: &str) -> Result<(), ReadError> {
        let kind = self.kind.rsplit('/').next().unwrap_or_default();
        let chart = source.contains("/charts/");
        let object = match kind {
            "oleObject" | "control" | "activeXControlBinary" | "aFChunk" => true,
            "package" => !chart,
            _ => false,
        };
        if object {
            return Err(ReadError::EmbeddedObject {
                part: short(&self.target),
            });
        }
        if kind == "vbaProject" {
            return Err(ReadError::Macros {
                part: short(&self.target),
            });
        }
        let harmless = match kind {
            "hyperlink" | "image" => true,
            "attachedTemplate" => is_local(&self.target),
            _ => false,
        };
        if self.external && !harmless {
            return Err(ReadError::ExternalLink {
                target: short(&self.target),
            });
        }
        Ok(())
    }
}

/// A path on a disk, not on a server: `file:///C:\…`, `C:\…`, or a bare file name.
fn is_local(target: &str) -> bool {
    let lower = target.to_ascii_lowercase();
    let path = lower.strip_prefix("file:").map_or(lower.as_str(), |rest| {
        rest.strip_prefix("///").unwrap_or(rest)
    });
    let drive = path.as_bytes().get(1) == Some(&b':');
    drive || !path.starts_with(['/', '\\']) && !path.contains(':')
}

fn relations(
    container: &mut Container<'_>,
    name: &str,
    depth: usize,
) -> Result<Vec<Relation>, ReadError> {
    let Some(text) = container.xml(name)? else {
        return Ok(Vec::new());
    };
    let mut xml = Xml::new(&text, name, depth);
    let mut found = Vec::new();
    if xml.next_child()?.is_none() {
        return Ok(found);
    }
    while let Some(element) = xml.next_child()? {
        found.push(Relation {
            kind: element.attr("Type").unwrap_or_default(),
            target: element.attr("Target").unwrap_or_default(),
            external: element
                .attr("TargetMode")
                .is_some_and(|m| m.eq_ignore_ascii_case("external")),
        });
        xml.skip()?;
    }
    Ok(found)
}

fn target_of(relations: &[Relation], kind: &str, folder: &str) -> Option<String> {
    let relation = relations
        .iter()
        .find(|one| one.kind.ends_with(kind) && !one.external)?;
    Some(match relation.target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => join(folder, &relation.target),
    })
}

/// Joins a folder of the package and a relative name, following `..` and `.`.
fn join(folder: &str, name: &str) -> String {
    let mut pieces: Vec<&str> = Vec::new();
    for piece in folder.split('/').chain(name.split('/')) {
        match piece {
            "" | "." => {}
            ".." => {
                pieces.pop();
            }
            _ => pieces.push(piece),
        }
    }
    pieces.join("/")
}
