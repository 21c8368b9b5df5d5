//! Files that mean harm, or are not what they seem.

use std::io::{Cursor, Write};

use duban_documents::{
    read::{BombSign, FileType, Limits, ReadError, read_sheets},
    testing::{docx_of, workbook_with},
};
use proptest::prelude::*;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::refusal;

const EMPTY: &str = "<sheetData/>";

fn types(main: &str, further: &str) -> String {
    format!(
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="{main}"/>{further}</Types>"#
    )
}

fn typed(main: &str) -> Vec<u8> {
    workbook_with(EMPTY, &[("[Content_Types].xml", &types(main, ""))])
}

fn related(kind: &str, target: &str, mode: &str) -> Vec<u8> {
    let relations = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"{mode}/></Relationships>"#
    );
    workbook_with(
        EMPTY,
        &[("xl/worksheets/_rels/sheet1.xml.rels", &relations)],
    )
}

#[test]
fn macros_are_refused_however_they_are_packed() {
    for bytes in [
        typed("application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        typed("application/vnd.ms-excel.template.macroEnabled.main+xml"),
        workbook_with(EMPTY, &[("xl/vbaProject.bin", "x")]),
        workbook_with(EMPTY, &[("customUI/VBAPROJECT.BIN", "x")]),
        related("xlMacrosheet", "macrosheets/sheet1.xml", ""),
    ] {
        assert!(matches!(refusal(&bytes), ReadError::Macros { .. }));
    }
}

#[test]
fn links_to_elsewhere_and_objects_are_refused_and_hyperlinks_are_not() {
    let external = r#" TargetMode="External""#;
    for bytes in [
        related("externalLink", "externalLinks/externalLink1.xml", ""),
        related("externalLinkPath", "file:///C:/other.xlsx", external),
        related("connections", "connections.xml", ""),
        related("queryTable", "../queryTables/queryTable1.xml", ""),
    ] {
        assert!(matches!(refusal(&bytes), ReadError::ExternalLink { .. }));
    }
    for bytes in [
        related("oleObject", "../embeddings/o.bin", ""),
        related("control", "x", ""),
    ] {
        assert!(matches!(refusal(&bytes), ReadError::EmbeddedObject { .. }));
    }
    let link = related("hyperlink", "https://example.org", external);
    assert!(read_sheets(&link, &Limits::default()).is_ok());
}

#[test]
fn other_files_are_named() {
    let ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    let stream = |name: &str| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u8::try_from(entry.len() + 2).unwrap();
        entry.resize(128, 0);
        entry[64] = length;
        let mut file = ole.to_vec();
        file.resize(512, 0);
        [file, entry].concat()
    };
    assert_eq!(refusal(&stream("EncryptedPackage")), ReadError::Encrypted);
    for (bytes, found) in [
        (stream("Workbook"), FileType::OtherSpreadsheet),
        (stream("WordDocument"), FileType::Word),
        (docx_of("文字"), FileType::Word),
        (
            typed("application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
            FileType::OtherSpreadsheet,
        ),
        (b"%PDF-1.7".to_vec(), FileType::Pdf),
        (b"<html><table>".to_vec(), FileType::WebPage),
    ] {
        assert_eq!(refusal(&bytes), ReadError::WrongType { found });
    }
    assert_eq!(refusal(b""), ReadError::Empty);
}

#[test]
fn bombs_are_stopped_by_count_size_and_ratio() {
    let many: Vec<(String, &str)> = (0..2_001).map(|one| (format!("xl/{one}"), "")).collect();
    let many: Vec<(&str, &str)> = many
        .iter()
        .map(|(name, text)| (name.as_str(), *text))
        .collect();
    let sign = |bytes: &[u8]| match refusal(bytes) {
        ReadError::ZipBomb { sign, .. } => sign,
        other => panic!("{other:?}"),
    };
    assert_eq!(sign(&workbook_with(EMPTY, &many)), BombSign::Entries);
    let blanks = " ".repeat(8 * 1024 * 1024);
    let padded = workbook_with(&format!("{blanks}{EMPTY}"), &[]);
    assert_eq!(sign(&padded), BombSign::Ratio);
    let limits = Limits {
        max_unpacked: 1_000,
        ..Limits::default()
    };
    let small = workbook_with(EMPTY, &[]);
    let error = read_sheets(&small, &limits).unwrap_err();
    assert!(matches!(
        error,
        ReadError::ZipBomb {
            sign: BombSign::Unpacked,
            ..
        }
    ));
}

#[test]
fn few_words_cannot_ask_for_much_memory() {
    let far = r#"<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>"#;
    let sign = |bytes: &[u8], limits: &Limits| match read_sheets(bytes, limits).unwrap_err() {
        ReadError::ZipBomb { sign, .. } => sign,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        sign(&workbook_with(far, &[]), &Limits::default()),
        BombSign::Rows
    );
    let shared = format!(
        r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{}</t></si></sst>"#,
        "长".repeat(1_000)
    );
    let cells: String = (0..1_000).map(|_| r#"<c t="s"><v>0</v></c>"#).collect();
    let cells = format!("<sheetData><row>{cells}</row></sheetData>");
    let bytes = workbook_with(&cells, &[("xl/sharedStrings.xml", &shared)]);
    let limits = Limits {
        max_text: 100_000,
        ..Limits::default()
    };
    assert_eq!(sign(&bytes, &limits), BombSign::Text);
    let limits = Limits {
        max_cells: 999,
        ..Limits::default()
    };
    assert_eq!(sign(&bytes, &limits), BombSign::Cells);
    let table = "a,b\n".repeat(600);
    assert_eq!(sign(table.as_bytes(), &limits), BombSign::Cells);
}

#[test]
fn entities_deep_nesting_and_broken_cells_are_refused() {
    let doctype = r#"<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>"#;
    let bytes = workbook_with("", &[("xl/worksheets/sheet1.xml", doctype)]);
    assert!(matches!(refusal(&bytes), ReadError::UnsafeXml { .. }));
    let deep = "<a>".repeat(200) + &"</a>".repeat(200);
    let bytes = workbook_with(&deep, &[]);
    assert!(matches!(refusal(&bytes), ReadError::UnsafeXml { .. }));
    for cells in [
        r#"<row r="2"/><row r="1"/>"#,
        r#"<row r="0"/>"#,
        r#"<row r="1"><c r="A2"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="A1" t="s"><v>7</v></c></row>"#,
    ] {
        let bytes = workbook_with(&format!("<sheetData>{cells}</sheetData>"), &[]);
        assert!(
            matches!(refusal(&bytes), ReadError::Damaged { .. }),
            "{cells}"
        );
    }
}

#[test]
fn entries_that_leave_their_folder_are_refused() {
    let bytes = workbook_with(EMPTY, &[("../../etc/passwd", "x")]);
    assert!(matches!(refusal(&bytes), ReadError::UnsafeArchive { .. }));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer
        .start_file("a.txt", SimpleFileOptions::default())
        .unwrap();
    writer.write_all(b"x").unwrap();
    let bytes = writer.finish().unwrap().into_inner();
    let found = FileType::ZipArchive;
    assert_eq!(refusal(&bytes), ReadError::WrongType { found });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn damage_never_panics(at in 0_usize..4_000, byte: u8) {
        let mut bytes = workbook_with(r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>"#, &[]);
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = read_sheets(&bytes, &Limits::default());
    }

    #[test]
    fn any_cells_are_read_or_refused(cells in "(<c( r=\"[A-C][12]\")?( t=\"(s|b|e|str|inlineStr)\")?( s=\"[0-3]\")?>(<f>A1</f>)?(<v>[-0-9.eE]{0,6}</v>)?</c>){0,4}") {
        let bytes = workbook_with(&format!(r#"<sheetData><row r="1">{cells}</row></sheetData>"#), &[]);
        let _ = read_sheets(&bytes, &Limits::default());
    }
}
