//! Sheets of other programs: figures exactly, and a word on all that cannot be trusted.

use duban_documents::{
    sheet::{Saying, Value},
    testing::workbook_with,
};

use super::{book, figure, form, only};

fn text(at: &str, words: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>"#)
}

/// A sheet with the headings of a form and one row; `cells` follow the code in A2.
fn sheet(cells: &str, row: &str, after: &str) -> Vec<u8> {
    let heads: String = [
        ("A1", "指标编码"),
        ("B1", "本月数（场）"),
        ("C1", "累计数"),
        ("D1", "基数"),
        ("E1", "计数对象"),
        ("F1", "不适用"),
    ]
    .iter()
    .map(|(at, words)| text(at, words))
    .collect();
    let code = text("A2", "2025-19-m2");
    workbook_with(
        &format!(
            r#"<sheetData><row r="1">{heads}</row><row r="2"{row}>{code}{cells}</row></sheetData>{after}"#
        ),
        &[],
    )
}

fn said(cells: &str, unit: &str) -> (Option<Saying>, Vec<(String, &'static str)>) {
    only(&form(&sheet(cells, "", "")), unit)
}

#[expect(clippy::unnecessary_wraps, reason = "compared with what a row says")]
fn of_period(value: &str) -> Option<Saying> {
    Some(Saying::OfPeriod {
        value: Some(figure(value)),
        base: None,
        things: Vec::new(),
    })
}

#[test]
fn binary_numbers_are_the_decimals_that_were_typed() {
    for (stored, meant) in [
        ("1.1000000000000001", "1.1"),
        ("1234", "1234"),
        ("0", "0"),
        ("1.5E3", "1500"),
        ("0.10000000000000001", "0.1"),
    ] {
        let cell = format!(r#"<c r="B2"><v>{stored}</v></c>"#);
        assert_eq!(said(&cell, "场"), (of_period(meant), vec![]), "{stored}");
    }
}

#[test]
fn a_percentage_is_what_the_cell_shows() {
    let cell = r#"<c r="B2" s="1"><v>0.15</v></c>"#;
    assert_eq!(said(cell, "%"), (of_period("15"), vec![]));
    let told = vec![("B2".to_owned(), "FIGURE_UNIT_DIFFERS")];
    assert_eq!(said(cell, "场"), (None, told));
}

#[test]
fn a_number_that_became_a_date_is_no_figure() {
    let cell = r#"<c r="B2" s="2"><v>45721</v></c>"#;
    let told = vec![("B2".to_owned(), "SHEET_DATE_FOR_FIGURE")];
    assert_eq!(said(cell, "场"), (None, told));
}

#[test]
fn the_result_of_a_formula_is_taken_with_a_word_and_a_broken_one_is_not() {
    let cell = r#"<c r="B2"><f>0.1+0.2</f><v>0.30000000000000004</v></c>"#;
    let told = vec![("B2".to_owned(), "SHEET_FORMULA")];
    assert_eq!(said(cell, "场"), (of_period("0.3"), told));
    for cell in [
        r#"<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>"#,
        r#"<c r="B2"><f>A1</f></c>"#,
    ] {
        let told = vec![("B2".to_owned(), "SHEET_FORMULA_BROKEN")];
        assert_eq!(said(cell, "场"), (None, told));
    }
}

#[test]
fn what_nobody_saw_or_belongs_to_several_rows_is_not_taken() {
    let cell = r#"<c r="B2"><v>3</v></c>"#;
    let hidden = form(&sheet(cell, r#" hidden="1""#, ""));
    let told = vec![("A2".to_owned(), "SHEET_ROW_HIDDEN")];
    assert_eq!(only(&hidden, "场"), (None, told));
    let merged = r#"<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>"#;
    let merged = form(&sheet(cell, "", merged));
    let told = vec![("B2".to_owned(), "SHEET_MERGED")];
    assert_eq!(only(&merged, "场"), (None, told));
}

#[test]
fn words_are_read_as_people_type_them_and_refused_on_their_cell() {
    assert_eq!(
        said(&text("B2", "１．２万场"), "场"),
        (of_period("12000"), vec![])
    );
    assert_eq!(said(&text("B2", "零"), "场"), (of_period("0"), vec![]));
    assert_eq!(
        said(&text("B2", "不适用"), "场"),
        (Some(Saying::NotApplicable), vec![])
    );
    assert_eq!(said("", "场"), (Some(Saying::Nothing), vec![]));
    let told = vec![("B2".to_owned(), "SHEET_NOTHING_MEANT")];
    assert_eq!(said(&text("B2", "—"), "场"), (Some(Saying::Nothing), told));
    let told = vec![("C2".to_owned(), "FIGURE_APPROXIMATE")];
    assert_eq!(said(&text("C2", "约 30"), "场"), (None, told));
    let both = r#"<c r="B2"><v>3</v></c><c r="C2"><v>9</v></c>"#;
    let told = vec![("C2".to_owned(), "SHEET_VALUE_AND_TOTAL")];
    assert_eq!(said(both, "场"), (None, told));
    let yet = format!(r#"<c r="B2"><v>3</v></c>{}"#, text("F2", "是"));
    let told = vec![("F2".to_owned(), "SHEET_FIGURE_WHERE_NOT_APPLICABLE")];
    assert_eq!(said(&yet, "场"), (None, told));
    let told = vec![("B2".to_owned(), "SHEET_FIGURE_MISSING")];
    assert_eq!(said(r#"<c r="D2"><v>9</v></c>"#, "场"), (None, told));
    let told = vec![("F2".to_owned(), "SHEET_NOT_YES_OR_NO")];
    assert_eq!(said(&text("F2", "也许"), "场"), (None, told));
}

#[test]
fn things_are_parted_by_lines_or_marks() {
    let things = |words: &str| match said(&text("E2", words), "名").0 {
        Some(Saying::OfPeriod { things, .. }) => things,
        other => panic!("{other:?}"),
    };
    assert_eq!(things("甲、乙；丙"), ["甲", "乙", "丙"]);
    assert_eq!(things("甲、乙\n丙"), ["甲、乙", "丙"]);
}

#[test]
fn shared_texts_have_their_runs_without_readings() {
    let strings = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>科</t></r><r><rPr/><t xml:space="preserve">普 </t></r><rPh sb="0" eb="1"><t>kēpǔ</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si></sst>"#;
    let cells = r#"<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="b"><v>1</v></c></row></sheetData>"#;
    let book = book(&workbook_with(cells, &[("xl/sharedStrings.xml", strings)]));
    let row = &book.sheets[0].rows[0];
    assert_eq!(row.cells[0].value, Value::Text("科普 ".into()));
    assert_eq!(row.cells[1].value, Value::Text("a\rb_x0041_".into()));
    assert_eq!(row.cells[2].value, Value::Logical(true));
    assert_eq!((row.number, row.cells[2].column), (1, 2));
}
