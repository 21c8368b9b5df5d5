//! The package around an Office document: what kind it is, which parts it has, what it may not carry.

use super::{
    FileType, Limits, ReadError,
    container::{Container, short},
    xml::Xml,
};

const CONTENT_TYPES: &str = "[Content_Types].xml";

/// A package that was looked through.
#[derive(Debug)]
pub(super) struct Package {
    /// The main part.
    pub(super) main: String,
    /// The folder of the main part.
    pub(super) folder: String,
    /// What the main part points at.
    pub(super) own: Vec<Relation>,
}

impl Package {
    /// Finds the main part, and refuses what is not of the type wanted or is not safe.
    pub(super) fn inspect(
        container: &mut Container<'_>,
        limits: &Limits,
        wanted: FileType,
    ) -> Result<Self, ReadError> {
        let depth = limits.max_xml_depth;
        let Some(types) = container.xml(CONTENT_TYPES)? else {
            return Err(ReadError::WrongType {
                found: without_types(container)?,
            });
        };
        check_types(&mut Xml::new(&types, CONTENT_TYPES, depth), wanted)?;
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
        let main = target_of(&root, "/officeDocument", "")
            .ok_or_else(|| ReadError::damaged("_rels/.rels"))?;
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let name = join(folder, &format!("_rels/{file}.rels"));
        let own = relations(container, &name, depth)?;
        let folder = folder.to_owned();
        Ok(Self { main, folder, own })
    }

    /// The part of that kind that the main part points at.
    pub(super) fn part(&self, kind: &str) -> Option<String> {
        let of_kind = |one: &&Relation| one.kind.ends_with(kind) && !one.external;
        self.own.iter().find(of_kind)?.part(&self.folder)
    }
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
/// part of a document of the type wanted.
fn check_types(xml: &mut Xml<'_>, wanted: FileType) -> Result<(), ReadError> {
    let mut main = None;
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
        let is_macro = match wanted {
            FileType::Spreadsheet => {
                has("ms-excel") && (has("macrosheet") || has("macroenabled") && !has("binary"))
            }
            _ => has("ms-word") && has("macroenabled"),
        };
        if is_macro || has("vbaproject") && element.name() == "Override" {
            return Err(ReadError::Macros { part });
        }
        if element.name() == "Override" && (has("oleobject") || has("activex")) {
            return Err(ReadError::EmbeddedObject { part });
        }
        let found = main_type(&kind, wanted);
        if found == Some(wanted) || main.is_none() {
            main = found.or(main);
        }
    }
    match main {
        Some(found) if found == wanted => Ok(()),
        found => Err(ReadError::WrongType {
            found: found.unwrap_or(FileType::ZipArchive),
        }),
    }
}

/// The type of document whose main part has this content type.
fn main_type(kind: &str, wanted: FileType) -> Option<FileType> {
    let has = |piece| kind.contains(piece);
    if has("wordprocessingml.document.main") || has("wordprocessingml.template.main") {
        Some(FileType::Word)
    } else if has("spreadsheetml.sheet.main") || has("spreadsheetml.template.main") {
        Some(FileType::Spreadsheet)
    } else if has("ms-excel.sheet.") {
        Some(match wanted {
            FileType::Spreadsheet => FileType::OtherSpreadsheet,
            _ => FileType::Spreadsheet,
        })
    } else if has("presentationml") && has(".main") || has("ms-powerpoint.") {
        Some(FileType::Presentation)
    } else if has("ms-visio.") {
        Some(FileType::Drawing)
    } else {
        None
    }
}

/// One relation of a part to another part or to something outside.
#[derive(Debug)]
pub(super) struct Relation {
    /// The key by which the source names it.
    pub(super) id: String,
    kind: String,
    target: String,
    external: bool,
}

impl Relation {
    /// The part of the package that it points at.
    pub(super) fn part(&self, folder: &str) -> Option<String> {
        (!self.external).then(|| match self.target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => join(folder, &self.target),
        })
    }

    /// Refuses embedded objects, imported chunks, data fetched from elsewhere, and everything outside but hyperlinks,
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
        if matches!(kind, "vbaProject" | "xlMacrosheet" | "xlIntlMacrosheet") {
            return Err(ReadError::Macros {
                part: short(&self.target),
            });
        }
        let harmless = match kind {
            "hyperlink" | "image" => true,
            "attachedTemplate" => is_local(&self.target),
            _ => false,
        };
        let imported = matches!(kind, "externalLink" | "connections" | "queryTable");
        if self.external && !harmless || imported {
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
            id: element.attr("Id").unwrap_or_default(),
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
    relation.part(folder)
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
