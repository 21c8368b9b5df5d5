//! Numbers that Word prints by itself.

use duban_documents::testing::docx_with;

use crate::text_of;

const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

fn level(at: u8, format: &str, text: &str, more: &str) -> String {
    format!(
        r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>"#
    )
}

fn list(id: u8, levels: &[String]) -> String {
    format!(
        r#"<w:abstractNum w:abstractNumId="{id}">{}</w:abstractNum><w:num w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>"#,
        levels.concat()
    )
}

fn item(list: u8, level: u8, text: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
    )
}

fn styled(style: &str, text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#)
}

fn printed(lists: &str, styles: &str, body: &str) -> String {
    let numbering = format!("<w:numbering {W}>{lists}</w:numbering>");
    let styles = format!("<w:styles {W}>{styles}</w:styles>");
    let parts = [
        ("word/numbering.xml", numbering.as_str()),
        ("word/styles.xml", styles.as_str()),
    ];
    text_of(&docx_with(body, &parts)).expect("the document is read")
}

#[test]
fn levels_count_apart_and_deeper_ones_start_again() {
    let lists = list(
        1,
        &[
            level(0, "chineseCountingThousand", "%1、", ""),
            level(1, "chineseCounting", "（%2）", ""),
            level(2, "decimal", "%3.", ""),
        ],
    );
    let body = [
        item(1, 0, "甲"),
        item(1, 1, "乙"),
        item(1, 2, "丙"),
        item(1, 2, "丁"),
        item(1, 1, "戊"),
        item(1, 2, "己"),
        item(1, 0, "庚"),
        item(1, 1, "辛"),
    ];
    assert_eq!(
        printed(&lists, "", &body.concat()),
        "一、甲\n（一）乙\n1. 丙\n2. 丁\n（二）戊\n1. 己\n二、庚\n（一）辛"
    );
}

#[test]
fn points_may_run_on_through_the_sections() {
    let lists = list(
        1,
        &[
            level(0, "chineseCounting", "%1、", ""),
            level(1, "decimal", "%2．", r#"<w:lvlRestart w:val="0"/>"#),
        ],
    );
    let body = [
        item(1, 0, "甲"),
        item(1, 1, "乙"),
        item(1, 0, "丙"),
        item(1, 1, "丁"),
    ];
    assert_eq!(
        printed(&lists, "", &body.concat()),
        "一、甲\n1．乙\n二、丙\n2．丁"
    );
}

#[test]
fn a_label_names_several_levels_and_may_want_figures() {
    let lists = list(
        1,
        &[
            level(0, "chineseCounting", "第%1章", ""),
            level(1, "decimal", "%1.%2", "<w:isLgl/>"),
            level(2, "decimal", "%1.%2", r#"<w:suff w:val="nothing"/>"#),
        ],
    );
    let body = [item(1, 0, "总则"), item(1, 1, "目标"), item(1, 2, "x")];
    assert_eq!(
        printed(&lists, "", &body.concat()),
        "第一章 总则\n1.1 目标\n一.1x"
    );
}

#[test]
fn a_list_may_start_elsewhere_and_another_may_start_again() {
    let lists = r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%1"/><w:suff w:val="nothing"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>"#;
    let body = [
        item(1, 0, "甲"),
        item(2, 0, "乙"),
        item(3, 0, "丙"),
        item(3, 0, "丁"),
        item(0, 0, "戊"),
    ];
    assert_eq!(printed(lists, "", &body.concat()), "③甲\n④乙\n①丙\n②丁\n戊");
}

#[test]
fn styles_number_their_paragraphs() {
    let lists = list(
        1,
        &[
            level(0, "chineseCounting", "%1、", r#"<w:pStyle w:val="H1"/>"#),
            level(1, "chineseCounting", "（%2）", r#"<w:pStyle w:val="H2"/>"#),
        ],
    );
    let number =
        |parent: &str| format!(r#"{parent}<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>"#);
    let styles = format!(
        r#"<w:style w:type="paragraph" w:styleId="H1">{}</w:style><w:style w:type="paragraph" w:styleId="H2">{}</w:style>
        <w:style w:type="paragraph" w:styleId="H3"><w:basedOn w:val="H2"/></w:style>"#,
        number(""),
        number(r#"<w:basedOn w:val="H1"/>"#)
    );
    let off = r#"<w:p><w:pPr><w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr><w:r><w:t>无</w:t></w:r></w:p>"#;
    let body = [
        styled("H1", "甲"),
        styled("H2", "乙"),
        styled("H3", "丙"),
        off.to_owned(),
    ];
    assert_eq!(
        printed(&lists, &styles, &body.concat()),
        "一、甲\n（一）乙\n（二）丙\n无"
    );
}

#[test]
fn a_list_style_lends_its_levels() {
    let lists = format!(
        r#"{}<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="5"/></w:num>"#,
        list(1, &[level(0, "ideographTraditional", "%1．", "")])
    );
    let styles = r#"<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#;
    assert_eq!(
        printed(&lists, styles, &[item(5, 0, "x"), item(5, 0, "y")].concat()),
        "甲．x\n乙．y"
    );
}

#[test]
fn bullets_print_nothing_and_numbered_cells_count() {
    let lists =
        list(1, &[level(0, "decimal", "%1", "")]) + &list(2, &[level(0, "bullet", "•", "")]);
    let row = |text: &str| {
        format!(
            "<w:tr><w:tc>{}</w:tc><w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>",
            item(1, 0, "")
        )
    };
    let body = format!(
        "{}<w:tbl>{}{}</w:tbl>",
        item(2, 0, "点"),
        row("甲"),
        row("乙")
    );
    assert_eq!(printed(&lists, "", &body), "点\n| 1 | 甲 |\n| 2 | 乙 |");
}

#[test]
fn deleted_paragraphs_do_not_count() {
    let lists = list(1, &[level(0, "decimal", "%1.", "")]);
    let gone = r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>"#;
    let body = [item(1, 0, "甲"), gone.to_owned(), item(1, 0, "乙")];
    assert_eq!(printed(&lists, "", &body.concat()), "1. 甲\n2. 乙");
}

#[test]
fn the_old_numbering_of_a_change_is_not_believed() {
    let lists = list(1, &[level(0, "decimal", "%1.", "")]);
    let changed = r#"<w:p><w:pPr><w:pPrChange><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>"#;
    assert_eq!(
        printed(&lists, "", &[changed.to_owned(), item(1, 0, "乙")].concat()),
        "甲\n1. 乙"
    );
}
