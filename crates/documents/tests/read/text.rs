//! Encodings of text files.

use duban_documents::read::{Limits, read};
use encoding_rs::GB18030;

use crate::text_of;

const PLAN: &str =
    "# 某某市科协 2025 年工作要点\n\n1. 办好品牌活动40场以上。（责任部门：学会部、普及部）\n㐂㙦";

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn utf8_is_read_with_and_without_a_mark() {
    assert_eq!(text_of(PLAN.as_bytes()).as_deref(), Ok(PLAN));
    assert_eq!(
        text_of(format!("\u{feff}{PLAN}").as_bytes()).as_deref(),
        Ok(PLAN)
    );
}

#[test]
fn utf16_is_read_in_both_orders_with_and_without_a_mark() {
    for unit in [u16::to_le_bytes, u16::to_be_bytes] {
        assert_eq!(text_of(&utf16(PLAN, unit)).as_deref(), Ok(PLAN));
        assert_eq!(
            text_of(&utf16(&format!("\u{feff}{PLAN}"), unit)).as_deref(),
            Ok(PLAN)
        );
        assert_eq!(text_of(&utf16("1. plain", unit)).as_deref(), Ok("1. plain"));
        assert_eq!(
            text_of(&utf16("科技工作者之家建设", unit)).as_deref(),
            Ok("科技工作者之家建设")
        );
    }
}

#[test]
fn gb18030_is_read_with_its_rare_characters() {
    let (bytes, _, lost) = GB18030.encode(PLAN);
    assert!(!lost);
    assert_eq!(text_of(&bytes).as_deref(), Ok(PLAN));
}

#[test]
fn line_ends_become_line_feeds_and_nothing_else_changes() {
    let source = "一、\r\n二、\r三、\n\r\n\u{3000}四\u{c}五\u{2028}六 \r";
    assert_eq!(
        text_of(source.as_bytes()).as_deref(),
        Ok("一、\n二、\n三、\n\n\u{3000}四\u{c}五\u{2028}六 \n")
    );
}

#[test]
fn the_name_is_a_label_and_the_digest_is_of_the_bytes() {
    let source = read("计划.pdf", b"abc", &Limits::default()).unwrap();
    assert_eq!(source.file, "计划.pdf");
    assert_eq!(source.text, "abc");
    assert_eq!(
        source.sha256,
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}

#[test]
fn a_stray_control_character_is_kept() {
    let text = "第一行\u{7}正文\n".repeat(2);
    assert_eq!(text_of(text.as_bytes()).as_deref(), Ok(text.as_str()));
}

#[test]
fn text_in_no_known_encoding_is_refused_with_the_place() {
    let french = b"Programme d'activit\xE9s de l'ann\xE9e, pr\xEAt \xE0 signer";
    assert_eq!(text_of(french), Err("DOCUMENT_ENCODING"));
    let traditional = encoding_rs::BIG5
        .encode("科學技術協會年度工作要點，各部門分工負責辦理")
        .0;
    assert_eq!(text_of(&traditional), Err("DOCUMENT_ENCODING"));
    let mut cut = "科技".as_bytes().to_vec();
    cut.pop();
    assert_eq!(text_of(&cut), Err("DOCUMENT_ENCODING"));
}

#[test]
fn binary_and_blank_files_are_refused() {
    assert_eq!(text_of(b""), Err("DOCUMENT_EMPTY"));
    assert_eq!(text_of(b"\xEF\xBB\xBF"), Err("DOCUMENT_EMPTY"));
    assert_eq!(text_of(" \r\n\u{3000}\n".as_bytes()), Err("DOCUMENT_EMPTY"));
    assert_eq!(text_of(b"text\0text"), Err("DOCUMENT_BINARY"));
    assert_eq!(
        text_of(b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0"),
        Err("DOCUMENT_BINARY")
    );
    assert_eq!(text_of(&[1, 2, 3, 4, 5, 6, 7]), Err("DOCUMENT_BINARY"));
}
