//! Word documents and sheets of plans for tests, here and in other crates.

mod sheet;
mod workbook;

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

pub use self::{sheet::sheet_of, workbook::workbook_with};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;

const ROOT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"><w:body>"#;

const TAIL: &str = "</w:body></w:document>";

/// A Word document with one paragraph for each line of the text.
pub fn docx_of(text: &str) -> Vec<u8> {
    let paragraph = |line| {
        let line = escape(line);
        format!(r#"<w:p><w:r><w:t xml:space="preserve">{line}</w:t></w:r></w:p>"#)
    };
    docx_with(&text.lines().map(paragraph).collect::<String>(), &[])
}

/// A Word document around the XML of a body, with further parts by name. The parts may stand in
/// for those made here; styles.xml and numbering.xml are related to the document when given.
pub fn docx_with(body: &str, further: &[(&str, &str)]) -> Vec<u8> {
    let relation = |part: &str| {
        let name = part.trim_start_matches("word/");
        let kind = name.trim_end_matches(".xml");
        format!(
            r#"<Relationship Id="{kind}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{name}"/>"#
        )
    };
    let known = ["word/styles.xml", "word/numbering.xml"];
    let given = |part: &str| further.iter().any(|(name, _)| *name == part);
    let relations: String = known
        .into_iter()
        .filter(|part| given(part))
        .map(relation)
        .collect();
    let relations = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>"#
    );
    let document = format!("{HEAD}{body}{TAIL}");
    let own = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("word/document.xml", &document),
        ("word/_rels/document.xml.rels", &relations),
    ];
    let mut parts: Vec<(&str, &str)> = own.into_iter().filter(|(name, _)| !given(name)).collect();
    parts.extend(further);
    archive(
        &parts
            .iter()
            .map(|(name, text)| (*name, text.as_bytes()))
            .collect::<Vec<_>>(),
    )
}

/// A ZIP archive of the entries.
///
/// # Panics
///
/// When two entries have one name.
pub fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in entries {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("entry names differ");
        zip.write_all(data).expect("memory takes all bytes");
    }
    zip.finish().expect("memory takes all bytes").into_inner()
}

/// Text as it stands in XML.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
