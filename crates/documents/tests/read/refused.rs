//! Files that are refused, each with its own code.

use duban_documents::{
    read::{BombSign, FileType, Limits, ReadError, read},
    testing::{archive, docx_of, docx_with},
};
use duban_domain::error::Coded;

use crate::{refusal, text_of};

const TYPE: &str = "application/vnd.openxmlformats-officedocument.";

fn typed(content_type: &str) -> Vec<u8> {
    let types = format!(
        r#"<Types><Override PartName="/xl/workbook.xml" ContentType="{content_type}"/></Types>"#
    );
    archive(&[("[Content_Types].xml", types.as_bytes())])
}

fn related(kind: &str, target: &str, mode: &str) -> Vec<u8> {
    let relations = format!(
        r#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}" {mode}/></Relationships>"#
    );
    let parts = [("word/_rels/settings.xml.rels", relations.as_str())];
    docx_with("<w:p><w:r><w:t>正文</w:t></w:r></w:p>", &parts)
}

#[test]
fn other_types_are_named() {
    let cases: [(Vec<u8>, FileType); 16] = [
        (
            typed(&format!("{TYPE}spreadsheetml.sheet.main+xml")),
            FileType::Spreadsheet,
        ),
        (
            typed("application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
            FileType::Spreadsheet,
        ),
        (
            typed(&format!("{TYPE}presentationml.presentation.main+xml")),
            FileType::Presentation,
        ),
        (
            typed("application/vnd.ms-visio.drawing.main+xml"),
            FileType::Drawing,
        ),
        (typed("text/plain"), FileType::ZipArchive),
        (
            archive(&[("mimetype", b"application/vnd.oasis.opendocument.text")]),
            FileType::OpenDocument,
        ),
        (
            archive(&[("mimetype", b"application/epub+zip")]),
            FileType::Book,
        ),
        (archive(&[("OFD.xml", b"<ofd/>")]), FileType::Ofd),
        (archive(&[("a.txt", b"a")]), FileType::ZipArchive),
        (archive(&[]), FileType::ZipArchive),
        (b"{\\rtf1\\ansi text}".to_vec(), FileType::RichText),
        (b"\x89PNG\r\n\x1a\n\0\0".to_vec(), FileType::Picture),
        (b"Rar!\x1a\x07\0".to_vec(), FileType::OtherArchive),
        (
            "\u{feff}\n<!DOCTYPE html><p>要点</p>".into(),
            FileType::WebPage,
        ),
        (b"<html><p>x".to_vec(), FileType::WebPage),
        (
            b"<?xml version='1.0'?><w:wordDocument/>".to_vec(),
            FileType::Xml,
        ),
    ];
    for (bytes, found) in cases {
        assert_eq!(refusal(&bytes), ReadError::WrongType { found });
    }
}

/// A compound file with one stream of this name in its directory.
fn compound(stream: &str) -> Vec<u8> {
    let mut bytes = vec![0; 1024];
    bytes[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes[640..640 + name.len()].copy_from_slice(&name);
    bytes[704] = u8::try_from(name.len() + 2).expect("the name is short");
    bytes
}

#[test]
fn compound_files_are_told_apart() {
    assert_eq!(refusal(&compound("WordDocument")), ReadError::LegacyWord);
    assert_eq!(refusal(&compound("EncryptionInfo")), ReadError::Encrypted);
    assert_eq!(
        refusal(&compound("Workbook")),
        ReadError::WrongType {
            found: FileType::Spreadsheet
        }
    );
    assert_eq!(
        refusal(&compound("Something")),
        ReadError::WrongType {
            found: FileType::CompoundFile
        }
    );
}

#[test]
fn too_many_bytes_are_refused_before_anything_is_read() {
    let limits = Limits {
        max_bytes: 10,
        ..Limits::default()
    };
    let error = read("f", b"eleven byte", &limits).unwrap_err();
    assert_eq!(
        error,
        ReadError::TooLarge {
            bytes: 11,
            limit: 10
        }
    );
    assert_eq!(
        error.figures(),
        [("bytes", "11".to_owned()), ("limit", "10".to_owned())]
    );
    assert_eq!(Limits::default().max_bytes, 33_554_432);
}

#[test]
fn macros_objects_and_links_to_elsewhere_are_refused() {
    let macro_types = r#"<Types><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>"#;
    let external = r#"TargetMode="External""#;
    let dde = r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText> dde</w:instrText><w:instrText>auto excel x</w:instrText></w:r></w:p>"#;
    let cases = [
        (
            docx_with("", &[("[Content_Types].xml", macro_types)]),
            "DOCUMENT_MACROS",
        ),
        (
            docx_with("", &[("word/vbaProject.bin", "x")]),
            "DOCUMENT_MACROS",
        ),
        (
            related("oleObject", "embeddings/oleObject1.bin", ""),
            "DOCUMENT_EMBEDDED_OBJECT",
        ),
        (
            related("package", "embeddings/book.xlsx", ""),
            "DOCUMENT_EMBEDDED_OBJECT",
        ),
        (
            related("aFChunk", "afchunk.htm", ""),
            "DOCUMENT_EMBEDDED_OBJECT",
        ),
        (
            related("attachedTemplate", "http://example.org/a.dotm", external),
            "DOCUMENT_EXTERNAL_LINK",
        ),
        (
            related("attachedTemplate", r"\\host\share\a.dotm", external),
            "DOCUMENT_EXTERNAL_LINK",
        ),
        (
            related("attachedTemplate", r"file:///\\host\a.dotm", external),
            "DOCUMENT_EXTERNAL_LINK",
        ),
        (
            related("attachedTemplate", "file://host/a.dotm", external),
            "DOCUMENT_EXTERNAL_LINK",
        ),
        (
            related("frame", "http://example.org/", external),
            "DOCUMENT_EXTERNAL_LINK",
        ),
        (docx_with(dde, &[]), "DOCUMENT_EXTERNAL_LINK"),
        (
            docx_with(r#"<w:p><w:fldSimple w:instr="DDE excel x"/></w:p>"#, &[]),
            "DOCUMENT_EXTERNAL_LINK",
        ),
    ];
    for (bytes, code) in cases {
        assert_eq!(text_of(&bytes), Err(code));
    }
}

#[test]
fn what_word_itself_writes_is_no_danger() {
    let external = r#"TargetMode="External""#;
    for (kind, target) in [
        ("hyperlink", "http://example.org/"),
        ("image", "http://example.org/a.png"),
        ("attachedTemplate", r"file:///C:\Users\a\Normal.dotm"),
        ("attachedTemplate", "Normal.dotm"),
    ] {
        assert_eq!(
            text_of(&related(kind, target, external)).as_deref(),
            Ok("正文"),
            "{target}"
        );
    }
}

#[test]
fn archives_that_cost_too_much_are_refused() {
    let many: Vec<(String, &[u8])> = (0..2001)
        .map(|n| (format!("{n}.xml"), b"".as_slice()))
        .collect();
    let many: Vec<(&str, &[u8])> = many
        .iter()
        .map(|(name, data)| (name.as_str(), *data))
        .collect();
    assert_eq!(
        refusal(&archive(&many)),
        ReadError::ZipBomb {
            sign: BombSign::Entries,
            figure: 2001,
            limit: 2000
        }
    );

    let blank = docx_with(&" ".repeat(3 * 1024 * 1024), &[]);
    assert!(matches!(
        refusal(&blank),
        ReadError::ZipBomb {
            sign: BombSign::Ratio,
            limit: 100,
            ..
        }
    ));

    let limits = Limits {
        max_unpacked: 1000,
        ..Limits::default()
    };
    assert!(matches!(
        read("f", &docx_of(&"字".repeat(1000)), &limits),
        Err(ReadError::ZipBomb {
            sign: BombSign::Unpacked,
            limit: 1000,
            ..
        })
    ));

    let limits = Limits {
        max_text: 1000,
        ..Limits::default()
    };
    assert!(matches!(
        read("f", &docx_of(&"字".repeat(1000)), &limits),
        Err(ReadError::ZipBomb {
            sign: BombSign::Text,
            figure: 3000,
            limit: 1000
        })
    ));
}

/// Replaces bytes of the same length everywhere.
fn patched(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut patched = bytes.to_vec();
    for at in 0..=bytes.len() - from.len() {
        if bytes[at..].starts_with(from) {
            patched[at..at + to.len()].copy_from_slice(to);
        }
    }
    patched
}

#[test]
fn a_size_that_lies_does_not_get_round_the_count() {
    let limits = Limits {
        max_unpacked: 20_000,
        ..Limits::default()
    };
    let bytes = docx_of(&"字".repeat(10_000));
    let honest = (30_000_u32..31_000).find(|size| {
        let wanted = size.to_le_bytes();
        bytes.windows(4).any(|window| window == wanted)
    });
    let lying = patched(
        &bytes,
        &honest.unwrap().to_le_bytes(),
        &100_u32.to_le_bytes(),
    );
    assert!(matches!(
        read("f", &lying, &limits),
        Err(ReadError::ZipBomb {
            sign: BombSign::Unpacked,
            ..
        } | ReadError::Damaged { .. })
    ));
}

#[test]
fn unsafe_entries_are_refused() {
    for name in ["../a.xml", "/etc/passwd", "a/../../b", r"C:\a", r"..\a"] {
        let entries: [(&str, &[u8]); 1] = [("placeholder.xml", b"x")];
        let padded = format!("{name:_<15}");
        let bytes = patched(&archive(&entries), b"placeholder.xml", padded.as_bytes());
        assert!(
            matches!(refusal(&bytes), ReadError::UnsafeArchive { .. }),
            "{name}"
        );
    }
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.add_symlink(
        "link",
        "/etc/passwd",
        zip::write::SimpleFileOptions::default(),
    )
    .unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    assert_eq!(
        refusal(&bytes),
        ReadError::UnsafeArchive {
            entry: "link".to_owned()
        }
    );
}

#[test]
fn entries_that_share_bytes_or_names_are_refused() {
    let twins = archive(&[("word/a.xml", b"same"), ("word/b.xml", b"same")]);
    let named = patched(&twins, b"word/b.xml", b"word/a.xml");
    assert_eq!(
        refusal(&named),
        ReadError::ZipBomb {
            sign: BombSign::Overlap,
            figure: 0,
            limit: 0
        }
    );
    let cased = patched(&twins, b"word/b.xml", b"WORD/a.xml");
    assert_eq!(text_of(&cased), Err("DOCUMENT_ZIP_BOMB"));

    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("a", zip::write::SimpleFileOptions::default())
        .unwrap();
    zip.shallow_copy_file("a", "b").unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    assert_eq!(text_of(&bytes), Err("DOCUMENT_ZIP_BOMB"));
}

#[test]
fn xml_with_a_document_type_entities_or_depth_is_refused() {
    let doctype = r#"<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>"#;
    let deep = "<w:sdt>".repeat(120) + &"</w:sdt>".repeat(120);
    for bytes in [
        docx_with("", &[("word/document.xml", doctype)]),
        docx_with("<w:p><w:r><w:t>&secret;</w:t></w:r></w:p>", &[]),
        docx_with(&deep, &[]),
        docx_with("", &[("[Content_Types].xml", doctype)]),
    ] {
        assert_eq!(text_of(&bytes), Err("DOCUMENT_UNSAFE_XML"));
    }
}

#[test]
fn damaged_documents_are_refused() {
    for bytes in [
        docx_with("<w:p>", &[]),
        docx_with("", &[("_rels/.rels", "<Relationships/>")]),
        docx_with("<w:p><w:r><w:t>&#0;</w:t></w:r></w:p>", &[]),
        docx_of("正文")[..300].to_vec(),
        b"PK\x03\x04 and nothing".to_vec(),
    ] {
        assert_eq!(text_of(&bytes), Err("DOCUMENT_DAMAGED"));
    }
}
