//! What the body of a Word document says.

use duban_documents::testing::{docx_of, docx_with};

use crate::{body, text_of};

#[test]
fn paragraphs_are_lines_in_the_order_of_the_body() {
    let text = "一、总则\n\n  1. a < b & c\n（一）完";
    assert_eq!(text_of(&docx_of(text)).as_deref(), Ok(text));
}

#[test]
fn runs_links_and_insertions_count_and_deletions_do_not() {
    let text = body(
        r"<w:p><w:r><w:t>办</w:t></w:r><w:ins><w:r><w:t>好</w:t></w:r></w:ins>
        <w:del><w:r><w:delText>坏</w:delText></w:r></w:del>
        <w:moveFrom><w:r><w:t>从</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>到</w:t></w:r></w:moveTo>
        <w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>
        <w:smartTag><w:r><w:t>签</w:t></w:r></w:smartTag>
        <w:sdt><w:sdtPr><w:t>无</w:t></w:sdtPr><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt></w:p>",
    );
    assert_eq!(text, "办好到链接签控件");
}

#[test]
fn a_deleted_paragraph_mark_joins_two_paragraphs() {
    let text = body(
        r"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>上</w:t></w:r></w:p>
        <w:p><w:r><w:t>下</w:t></w:r></w:p><w:p><w:r><w:t>完</w:t></w:r></w:p>",
    );
    assert_eq!(text, "上下\n完");
}

#[test]
fn a_deleted_paragraph_mark_before_a_table_loses_nothing() {
    let marked = r"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>上</w:t></w:r></w:p>";
    let rows = [row(&[cell("", "甲"), cell("", "乙")])];
    assert_eq!(
        body(&format!("{marked}{}", table(&rows))),
        "上\n| 甲 | 乙 |"
    );
}

#[test]
fn tabs_breaks_hyphens_and_symbols_are_characters() {
    let text = body(
        r#"<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs></w:pPr><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/>
        <w:t>丙</w:t><w:br w:type="page"/><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/><w:t>C</w:t>
        <w:sym w:font="Wingdings" w:char="F081"/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>"#,
    );
    assert_eq!(text, "甲\t乙\n丙\nA-BC①✓");
}

#[test]
fn white_space_is_kept_only_where_the_file_says_so() {
    let text = body(
        r#"<w:p><w:r><w:t> 甲 </w:t><w:t xml:space="preserve"> 乙 </w:t><w:t>丙&#10;丁&amp;&#x4E00;</w:t></w:r></w:p>"#,
    );
    assert_eq!(text, "甲 乙 丙 丁&一");
}

#[test]
fn hidden_text_and_codes_of_fields_do_not_print() {
    let text = body(
        r#"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>见</w:t></w:r>
        <w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF _Toc1</w:instrText></w:r>
        <w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>
        <w:ruby><w:rubyPr/><w:rt><w:r><w:t>yu</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>豫</w:t></w:r></w:rubyBase></w:ruby></w:p>"#,
    );
    assert_eq!(text, "见3豫");
}

#[test]
fn a_text_box_is_read_once_and_follows_its_paragraph() {
    let inside = |word: &str| {
        format!("<w:txbxContent><w:p><w:r><w:t>{word}</w:t></w:r></w:p></w:txbxContent>")
    };
    let (choice, fallback) = (inside("框"), inside("框"));
    let text = body(&format!(
        r#"<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{choice}</wps:txbx></wps:wsp></w:drawing></mc:Choice>
        <mc:Fallback><w:pict><v:textbox>{fallback}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>正文</w:t></w:r></w:p>"#,
    ));
    assert_eq!(text, "正文\n框");
}

#[test]
fn the_fallback_is_read_where_the_choice_says_nothing() {
    let text = body(
        r#"<w:p><mc:AlternateContent><mc:Choice Requires="x"><w:r><w:drawing/></w:r></mc:Choice>
        <mc:Fallback><w:r><w:t>后备</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"#,
    );
    assert_eq!(text, "后备");
}

fn cell(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
}

fn row(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

fn table(rows: &[String]) -> String {
    format!("<w:tbl><w:tblPr/>{}</w:tbl>", rows.concat())
}

#[test]
fn a_table_gives_one_line_a_row_with_empty_cells_where_merged() {
    let text = body(&table(&[
        row(&[
            cell("", "工作任务"),
            cell("", "责任部门"),
            cell("", "完成时限"),
        ]),
        row(&[
            cell(r#"<w:vMerge w:val="restart"/>"#, "任务甲"),
            cell("", "a|b"),
            cell("", "6月"),
        ]),
        row(&[
            cell("<w:vMerge/>", ""),
            cell(r#"<w:gridSpan w:val="2"/>"#, "学会部"),
        ]),
    ]));
    assert_eq!(
        text,
        "| 工作任务 | 责任部门 | 完成时限 |\n| 任务甲 | a｜b | 6月 |\n| | 学会部 | |"
    );
}

#[test]
fn paragraphs_of_a_cell_are_joined_as_the_language_wants() {
    let two = "<w:tc><w:p><w:r><w:t>学会部</w:t></w:r></w:p><w:p><w:r><w:t>普及部</w:t></w:r></w:p>\
               <w:p><w:r><w:t>A b</w:t></w:r></w:p><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc>";
    let text = body(&table(&[row(&[two.to_owned(), cell("", "x")])]));
    assert_eq!(text, "| 学会部普及部 A b c | x |");
}

#[test]
fn a_nested_table_is_flattened_and_a_frame_gives_its_paragraphs() {
    let inner = table(&[row(&[cell("", "内1"), cell("", "内2")])]);
    let holder = format!("<w:tc>{inner}<w:p/></w:tc>");
    assert_eq!(
        body(&table(&[row(&[holder, cell("", "外")])])),
        "| 内1 内2 | 外 |"
    );
    let frame = "<w:tc><w:p><w:r><w:t>一、甲</w:t></w:r></w:p><w:p><w:r><w:t>1. 乙</w:t></w:r></w:p></w:tc>";
    assert_eq!(body(&table(&[row(&[frame.to_owned()])])), "一、甲\n1. 乙");
}

#[test]
fn deleted_rows_and_rows_without_text_are_left_out() {
    let gone = format!(
        "<w:tr><w:trPr><w:del/></w:trPr>{}{}</w:tr>",
        cell("", "旧"),
        cell("", "旧")
    );
    let rows = [
        gone,
        row(&[cell("", ""), cell("", "")]),
        row(&[cell("", "新"), cell("", "文")]),
    ];
    assert_eq!(body(&table(&rows)), "| 新 | 文 |");
}

#[test]
fn a_table_of_contents_headers_and_notes_are_left_out() {
    let styles = r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style></w:styles>"#;
    let bytes = docx_with(
        r#"<w:p><w:pPr><w:pStyle w:val="11"/></w:pPr><w:r><w:t>一、总则</w:t><w:tab/><w:t>1</w:t></w:r></w:p>
        <w:p><w:r><w:t>一、总则</w:t><w:footnoteReference w:id="1"/></w:r></w:p>"#,
        &[
            ("word/styles.xml", styles),
            ("word/header1.xml", "<x>页眉</x>"),
        ],
    );
    assert_eq!(text_of(&bytes).as_deref(), Ok("一、总则"));
}

#[test]
fn another_prefix_and_the_strict_namespace_are_read() {
    let document = r#"<ns0:document xmlns:ns0="http://purl.oclc.org/ooxml/wordprocessingml/main"><ns0:body><ns0:p><ns0:r><ns0:t>严</ns0:t></ns0:r></ns0:p></ns0:body></ns0:document>"#;
    let bytes = docx_with("", &[("word/document.xml", document)]);
    assert_eq!(text_of(&bytes).as_deref(), Ok("严"));
    let bom: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(document.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let wide = duban_documents::testing::archive(&[
        ("[Content_Types].xml", br#"<Types><Override PartName="/d.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#),
        ("_rels/.rels", br#"<Relationships><Relationship Type="x/officeDocument" Target="/d.xml"/></Relationships>"#),
        ("d.xml", &bom),
    ]);
    assert_eq!(text_of(&wide).as_deref(), Ok("严"));
}

#[test]
fn a_document_without_text_says_so() {
    assert_eq!(
        text_of(&docx_with("<w:p><w:r><w:drawing/></w:r></w:p>", &[])),
        Err("DOCUMENT_NO_TEXT")
    );
}
