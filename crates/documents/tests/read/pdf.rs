//! Text PDF.

use duban_documents::read::{Limits, ReadError, read};
use lopdf::{
    Dictionary, Document, EncryptionState, EncryptionVersion, Object, Permissions, Stream,
    dictionary,
};

use crate::{refusal, text_of};

/// Made by a browser from a page of our own; fonts embedded, with maps to Unicode.
const BROWSER: &[u8] = include_bytes!("../fixtures/plan.pdf");

/// A PDF with these page contents and one font, `F`.
fn pdf(font: Dictionary, further: Vec<(&str, Object)>, pages: &[&[u8]]) -> Document {
    let mut document = Document::with_version("1.5");
    let font = document.add_object(font);
    let mut resources = dictionary! { "Font" => dictionary! { "F" => font } };
    for (name, object) in further {
        let object = document.add_object(object);
        resources.set("XObject", dictionary! { name => object });
    }
    let parent = document.new_object_id();
    let kids: Vec<Object> = pages
        .iter()
        .map(|content| {
            let content = document.add_object(Stream::new(Dictionary::new(), content.to_vec()));
            let page = dictionary! {
                "Type" => "Page", "Parent" => parent, "Contents" => content,
            };
            document.add_object(page).into()
        })
        .collect();
    let count = i64::try_from(kids.len()).expect("few pages");
    let tree = dictionary! {
        "Type" => "Pages", "Kids" => kids, "Count" => count, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    };
    document.objects.insert(parent, tree.into());
    let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => parent });
    document.trailer.set("Root", root);
    document
}

fn bytes_of(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document
        .save_to(&mut bytes)
        .expect("memory takes all bytes");
    bytes
}

/// A Chinese font that is not embedded, with a predefined map.
fn chinese(encoding: &str) -> Dictionary {
    dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "STSong-Light",
        "Encoding" => encoding,
        "DescendantFonts" => vec![Object::Dictionary(dictionary! {
            "Type" => "Font", "Subtype" => "CIDFontType0", "BaseFont" => "STSong-Light", "DW" => 1000,
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::string_literal("Adobe"),
                "Ordering" => Object::string_literal("GB1"), "Supplement" => 2,
            },
        })],
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

fn shown(encoding: &str, bytes: &[u8]) -> Result<String, &'static str> {
    let content = format!("BT /F 16 Tf 90 700 Td <{}> Tj ET", hex(bytes));
    text_of(&bytes_of(pdf(
        chinese(encoding),
        Vec::new(),
        &[content.as_bytes()],
    )))
}

fn latin() -> Dictionary {
    dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier",
        "Encoding" => "WinAnsiEncoding", "FirstChar" => 32,
        "Widths" => vec![600.into(); 95],
    }
}

fn drawn(content: &str) -> String {
    text_of(&bytes_of(pdf(latin(), Vec::new(), &[content.as_bytes()]))).expect("it has text")
}

#[test]
fn a_page_of_a_browser_is_read_line_by_line() {
    let text = text_of(BROWSER).expect("the fixture is read");
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    assert_eq!(lines.first(), Some(&"某市科协2025年工作要点"));
    let whole = lines.concat();
    assert!(whole.contains("二、学会工作"), "{whole}");
    assert!(
        whole.contains("1. 建设科普点40个以上，户外科普点不少于12个。（责任部门：科普部、学会部）"),
        "{whole}"
    );
    assert!(text.contains('\u{c}'));
}

#[test]
fn predefined_maps_of_chinese_fonts_are_known() {
    let text = "豫科协办发〔2025〕2号——要点";
    let gb = encoding_rs::GB18030.encode(text).0;
    for encoding in ["GBK-EUC-H", "GB-EUC-H", "GBKp-EUC-H", "GBK2K-H"] {
        assert_eq!(shown(encoding, &gb).as_deref(), Ok(text), "{encoding}");
    }
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for encoding in ["UniGB-UCS2-H", "UniGB-UTF16-H"] {
        assert_eq!(shown(encoding, &wide).as_deref(), Ok(text), "{encoding}");
    }
    let big5 = encoding_rs::BIG5.encode("要點").0;
    assert_eq!(shown("ETen-B5-H", &big5).as_deref(), Ok("要點"));
}

#[test]
fn glyphs_without_a_map_are_no_text() {
    assert_eq!(
        shown("Identity-H", &[0, 1, 0, 2, 0, 3]),
        Err("DOCUMENT_NO_TEXT")
    );
}

#[test]
fn a_map_to_unicode_decides_and_radicals_become_characters() {
    let mut document = Document::with_version("1.5");
    let map = document.add_object(Stream::new(
        Dictionary::new(),
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfrange <0001> <0003> <5DE5> <0004> <0006> [<2F42> <6236> <2ED3>] endbfrange".to_vec(),
    ));
    let mut font = chinese("Identity-H");
    font.set("ToUnicode", map);
    let mut whole = pdf(
        font,
        Vec::new(),
        &[b"BT /F 16 Tf <000100040005 0006> Tj ET"],
    );
    let stream = document.objects.remove(&map).expect("just added");
    // The map keeps its number; the objects of the page are numbered apart from it.
    let moved = whole.add_object(stream);
    for object in whole.objects.values_mut() {
        if let Ok(font) = object.as_dict_mut()
            && font.has(b"ToUnicode")
        {
            font.set("ToUnicode", moved);
        }
    }
    assert_eq!(text_of(&bytes_of(whole)).as_deref(), Ok("工文户长"));
}

#[test]
fn lines_are_ordered_by_place_and_not_by_drawing() {
    let text = drawn(
        "BT /F 10 Tf 50 100 Td (third) Tj 0 40 Td (first) Tj ET BT /F 10 Tf 1 0 0 1 50 120 Tm [(sec) -600 (ond)] TJ ET",
    );
    assert_eq!(text, "first\nsec ond\nthird");
}

#[test]
fn every_way_of_showing_and_moving_text_is_known() {
    let text = drawn(
        "q 2 0 0 2 0 0 cm BT /F 10 Tf 12 TL 50 200 Td (a) Tj (b) ' 1 0 (c) \" T* <64> Tj 0 -12 TD (e) Tj T* (f) Tj ET Q BT /F 10 Tf 100 256 Td (g) Tj ET",
    );
    assert_eq!(text, "a\nb\nc\nd\ne\nf\ng");
}

#[test]
fn a_character_printed_twice_for_weight_is_read_once() {
    let text = drawn("BT /F 10 Tf 50 100 Td (aa) Tj ET BT /F 10 Tf 50.4 100 Td (aa) Tj ET");
    assert_eq!(text, "aa");
}

#[test]
fn a_turned_page_is_read_upright_and_a_watermark_left_out() {
    let text = drawn(
        "BT /F 10 Tf 0 1 -1 0 100 50 Tm (one) Tj 0 -20 Td (two) Tj ET BT /F 40 Tf 0.7 0.7 -0.7 0.7 100 100 Tm (secret) Tj ET",
    );
    assert_eq!(text, "one\ntwo");
}

#[test]
fn a_table_with_rules_gives_rows_with_empty_fields_where_merged() {
    let across = "50 700 m 350 700 l S 50 650 100 0.5 re f 150 600.2 200 .5 re f 150 650 m 350 650 l 50 600 m 151 600 l S 50 550 m 350 550 l S";
    let down =
        "50 550 m 50 700 l S 150 550 m 150 700 l S 250 600 m 250 700 l s 350 550 m 350 700 l S";
    let merged = "0 0 0 RG 160 575 m 200 575 l";
    let words = "BT /F 10 Tf 1 0 0 1 60 680 Tm (no) Tj 0 -12 Td (rows) Tj 100 12 Td (task) Tj 100 0 Td (a|b) Tj \
                 -200 -50 Td (1) Tj 100 0 Td (do) Tj 100 0 Td (it) Tj -100 -50 Td (wide) Tj 0 -80 Td (below) Tj 0 250 Td (above) Tj ET";
    let text = drawn(&format!("{across} {down} {merged} n {words}"));
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    assert_eq!(
        lines,
        [
            "above",
            "| no rows | task | a｜b |",
            "| 1 | do | it |",
            "| | wide | |",
            "below"
        ]
    );
}

#[test]
fn forms_are_read_where_they_are_drawn_and_may_not_draw_themselves() {
    let form = Stream::new(
        dictionary! { "Subtype" => "Form", "Matrix" => vec![1.into(), 0.into(), 0.into(), 1.into(), 0.into(), (-50).into()] },
        b"BT /F 10 Tf 50 100 Td (inside) Tj ET /X Do".to_vec(),
    );
    let page: &[u8] = b"/X Do BT /F 10 Tf 50 150 Td (above) Tj ET BI /W 1 ID \x00(zz) Tj EI Q";
    let text = text_of(&bytes_of(pdf(latin(), vec![("X", form.into())], &[page])));
    let text = text.expect("it has text");
    assert!(text.starts_with("above\n") && text.contains("inside") && !text.contains("zz"));
}

#[test]
fn pages_are_parted_and_a_paragraph_keeps_its_indent() {
    let one: &[u8] = b"BT /F 10 Tf 70 100 Td (head) Tj -20 -12 Td (body) Tj ET";
    let two: &[u8] = b"BT /F 10 Tf 50 100 Td (next) Tj ET";
    let text = text_of(&bytes_of(pdf(latin(), Vec::new(), &[one, two])));
    assert_eq!(
        text.as_deref(),
        Ok("\u{3000}\u{3000}head\nbody\n\u{c}\nnext")
    );
}

#[test]
fn a_scan_has_no_text() {
    let scan = bytes_of(pdf(
        latin(),
        Vec::new(),
        &[b"q 1 0 0 1 0 0 cm /Im1 Do Q", b""],
    ));
    assert_eq!(refusal(&scan), ReadError::NoText { pages: 2 });
}

#[test]
fn a_password_is_asked_for_only_where_one_is_needed() {
    for (user, wanted) in [("", Ok("open")), ("secret", Err("DOCUMENT_ENCRYPTED"))] {
        let mut document = pdf(
            latin(),
            Vec::new(),
            &[b"BT /F 10 Tf 50 100 Td (open) Tj ET"],
        );
        let id = Object::string_literal("0123456789abcdef");
        document.trailer.set("ID", vec![id.clone(), id]);
        let version = EncryptionVersion::V2 {
            document: &document,
            owner_password: "owner",
            user_password: user,
            key_length: 128,
            permissions: Permissions::all(),
        };
        let state = EncryptionState::try_from(version).expect("the settings are sound");
        document.encrypt(&state).expect("the document is encrypted");
        assert_eq!(text_of(&bytes_of(document)).as_deref(), wanted.as_deref());
    }
}

#[test]
fn a_damaged_file_is_refused_and_bombs_are_counted() {
    assert_eq!(text_of(b"%PDF-1.7\nnothing"), Err("DOCUMENT_DAMAGED"));
    let mut bomb = Stream::new(Dictionary::new(), vec![b' '; 300_000]);
    bomb.compress().expect("it compresses");
    let mut document = pdf(latin(), Vec::new(), &[b""]);
    let page = document.page_iter().next().expect("one page");
    let content = document.get_page_contents(page).pop().expect("one stream");
    document.objects.insert(content, bomb.into());
    let bytes = bytes_of(document);
    let limits = Limits {
        max_unpacked: 100_000,
        ..Limits::default()
    };
    assert!(matches!(
        read("f", &bytes, &limits),
        Err(ReadError::ZipBomb { limit: 100_000, .. })
    ));
    assert_eq!(text_of(&bytes), Err("DOCUMENT_NO_TEXT"));
}
