//! Whatever the bytes, reading ends with a text or an error.

use duban_documents::{
    read::{Limits, read},
    testing::{docx_of, docx_with},
};
use proptest::prelude::*;

const NUMBERING: &str = r#"<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;

const BODY: &str = r#"<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>甲</w:t><w:tab/></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"#;

fn fixtures() -> Vec<Vec<u8>> {
    let text = "一、总则\n1. 办好活动40场以上。（责任部门：学会部）\n".repeat(8);
    vec![
        text.clone().into_bytes(),
        encoding_rs::GB18030.encode(&text).0.into_owned(),
        text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        docx_of(&text),
        docx_with(BODY, &[("word/numbering.xml", NUMBERING)]),
        include_bytes!("../fixtures/plan.pdf").to_vec(),
    ]
}

/// Reading gives a text without NUL and without the byte order mark, or an error.
fn holds(bytes: &[u8]) {
    let limits = Limits {
        max_unpacked: 4 * 1024 * 1024,
        ..Limits::default()
    };
    if let Ok(source) = read("file", bytes, &limits) {
        assert!(!source.text.trim().is_empty());
        assert!(!source.text.contains(['\0', '\r']));
    }
}

#[test]
fn every_truncation_ends_well() {
    for bytes in fixtures() {
        let step = 1 + bytes.len() / 3000;
        for length in (0..bytes.len()).step_by(step) {
            holds(&bytes[..length]);
        }
    }
}

#[test]
fn what_once_broke_a_reader_ends_well() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/regressions");
    let inputs: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .collect();
    assert!(!inputs.is_empty());
    for input in inputs {
        holds(&std::fs::read(input.path()).unwrap());
    }
}

// `PROPTEST_CASES=20000 cargo test …` searches for longer.
proptest! {
    #[test]
    fn flipped_bytes_end_well(
        which in 0..6_usize,
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = fixtures().swap_remove(which);
        for (at, value) in flips {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        holds(&bytes);
    }

    #[test]
    fn any_bytes_end_well(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        holds(&bytes);
    }

    #[test]
    fn any_xml_in_the_body_ends_well(pieces in prop::collection::vec(prop::sample::select(vec![
        "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>文", "</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>",
        "</w:tr>", "<w:tc>", "</w:tc>", "<w:pPr>", "</w:pPr>", "<w:numPr>", "</w:numPr>",
        "<w:numId w:val=\"1\"/>", "<w:ilvl w:val=\"9\"/>", "<w:gridSpan w:val=\"999999999\"/>", "&lt;",
        "<w:rPr><w:del/></w:rPr>", "<w:txbxContent>", "</w:txbxContent>", "<mc:AlternateContent>",
        "</mc:AlternateContent>", "<mc:Choice>", "</mc:Choice>", "<w:tcPr>", "</w:tcPr>", "<w:br/>",
    ]), 0..40)) {
        holds(&docx_with(&pieces.concat(), &[("word/numbering.xml", NUMBERING)]));
    }

    #[test]
    fn text_comes_back_character_by_character(text in "[ -~\u{3000}-\u{303f}\u{4e00}-\u{4fff}\n]{1,80}") {
        let kept = format!("题{text}");
        let read_back = |bytes: &[u8]| read("f", bytes, &Limits::default()).map(|source| source.text);
        prop_assert_eq!(read_back(kept.as_bytes()), Ok(kept.clone()));
        let lines = kept.trim_end_matches('\n');
        prop_assert_eq!(read_back(&docx_of(lines)), Ok(lines.to_owned()));
    }
}
