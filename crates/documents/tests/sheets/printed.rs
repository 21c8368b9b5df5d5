//! What written workbooks look like to an office program and a printer.

use duban_documents::{
    sheet::{Address, Saying, Severity, SignedStamp, Value},
    write::{Ledger, LedgerRow, Told, errors, ledger, template as write_template},
};
use duban_domain::light::Colour;
use time::macros::date;

use super::{book, figure, part, row, template};

fn form() -> Vec<u8> {
    let rows = vec![
        row("2025-19-M2", Saying::Nothing),
        row(
            "2025-19-M1",
            Saying::OfPeriod {
                value: None,
                base: None,
                things: vec!["甲".into()],
            },
        ),
    ];
    write_template(&template(rows), |_| vec![1, 2, 255]).expect("the form is written")
}

fn has(text: &str, pieces: &[&str]) {
    for piece in pieces {
        assert!(text.contains(piece), "{piece} in {text}");
    }
}

#[test]
fn a_form_prints_on_a3_across_one_page_wide_with_its_headings_on_each_page() {
    let bytes = form();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    has(
        &sheet,
        &[
            r#"paperSize="8""#,
            r#"orientation="landscape""#,
            r#"fitToHeight="0""#,
            "<pageSetUpPr fitToPage=\"1\"/>",
            r#"topLeftCell="B4""#,
            r#"state="frozen""#,
        ],
    );
    let workbook = part(&bytes, "xl/workbook.xml");
    has(
        &workbook,
        &["_xlnm.Print_Titles", "填报!$1:$3", "_xlnm.Print_Area"],
    );
}

#[test]
fn a_form_lets_one_type_where_something_is_asked_and_nowhere_else() {
    let bytes = form();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    has(
        &sheet,
        &[
            r#"<sheetProtection sheet="1""#,
            r#"type="list""#,
            r#"sqref="K4:K5""#,
            "是,否",
            r#"sqref="G4:G5""#,
        ],
    );
    let styles = part(&bytes, "xl/styles.xml");
    has(&styles, &[r#"<protection locked="0"/>"#, "宋体", "黑体"]);
    let style = |at: &str| {
        let from = sheet.find(&format!(r#"<c r="{at}" s=""#)).unwrap();
        let rest = &sheet[from..];
        let from = rest.find("s=\"").unwrap() + 3;
        rest[from..].split('"').next().unwrap().to_owned()
    };
    assert_eq!(style("G4"), style("H4"));
    assert_ne!(style("G4"), style("A4"), "the code is not to be typed over");
    assert_ne!(
        style("J4"),
        style("J5"),
        "things only where they are counted"
    );
    assert_eq!(style("J5"), style("G4"));
}

#[test]
fn the_stamp_is_out_of_sight() {
    let bytes = form();
    let workbook = part(&bytes, "xl/workbook.xml");
    has(&workbook, &[r#"name="_duban""#, r#"state="veryHidden""#]);
    let book = book(&bytes);
    assert!(book.sheets[1].is_hidden && !book.sheets[0].is_hidden);
    assert_eq!(
        SignedStamp::find(&book).unwrap().unwrap().signature,
        [1, 2, 255]
    );
}

#[test]
fn text_that_begins_like_a_formula_is_marked_as_text() {
    let mut risky = row("2025-19-M2", Saying::Nothing);
    risky.task = "=HYPERLINK(\"http://x\")".into();
    let bytes = write_template(&template(vec![risky]), |_| Vec::new()).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>"));
    has(&part(&bytes, "xl/styles.xml"), &[r#"quotePrefix="1""#]);
}

#[test]
fn an_upload_comes_back_with_each_finding_on_its_cell_and_can_be_mended() {
    let upload = book(&form());
    let stamp = SignedStamp::find(&upload).unwrap();
    let at = |text: &str| Some(text.parse::<Address>().unwrap());
    let told = |at, severity, code: &str| Told {
        at,
        severity,
        code: code.into(),
        message: format!("说明 {code}"),
    };
    let findings = [
        told(at("G4"), Severity::Error, "FIGURE_APPROXIMATE"),
        told(at("A4"), Severity::Warning, "SHEET_FORMULA"),
        told(None, Severity::Warning, "=SHEET"),
    ];
    let bytes = errors(
        &upload.sheets[0],
        &findings,
        stamp.as_ref(),
        date!(2025 - 04 - 01),
    )
    .unwrap();
    let again = book(&bytes);
    assert_eq!(SignedStamp::find(&again).unwrap(), stamp);
    let words = |sheet: usize| -> Vec<String> {
        let cells = again.sheets[sheet].rows.iter().flat_map(|row| &row.cells);
        cells.map(|cell| cell.value.text()).collect()
    };
    let before = upload.sheets[0].rows.iter().flat_map(|row| &row.cells);
    let before: Vec<_> = before.map(|cell| cell.value.text()).collect();
    assert_eq!(words(0), before);
    assert_eq!(
        words(1),
        [
            "单元格",
            "程度",
            "代码",
            "说明",
            "G4",
            "错误",
            "FIGURE_APPROXIMATE",
            "说明 FIGURE_APPROXIMATE",
            "A4",
            "提示",
            "SHEET_FORMULA",
            "说明 SHEET_FORMULA",
            "提示",
            "=SHEET",
            "说明 =SHEET"
        ]
    );
    let notes = part(&bytes, "xl/comments1.xml");
    has(
        &notes,
        &[r#"ref="G4""#, r#"ref="A4""#, "说明 FIGURE_APPROXIMATE"],
    );
    has(&part(&bytes, "xl/styles.xml"), &["FFC7CE", "FFEB9C"]);
}

#[test]
#[expect(clippy::too_many_lines, reason = "one list of all headings")]
fn the_ledger_has_every_field_and_prints_on_a3() {
    let rows = vec![LedgerRow {
        code: "2025-14".into(),
        content: "@任务".into(),
        is_key: true,
        cumulative: Some(figure("1234.5")),
        attainment: Some(figure("12.35")),
        progress: "长".repeat(5_000),
        light: Some(Colour::Red),
        ..LedgerRow::default()
    }];
    let made = Ledger {
        title: "2025年督办台账".into(),
        remark: "截至2025年4月1日".into(),
        made_on: date!(2025 - 04 - 01),
        rows,
    };
    let bytes = ledger(&made).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    has(
        &sheet,
        &[
            r#"paperSize="8""#,
            r#"orientation="landscape""#,
            r#"fitToHeight="0""#,
            r#"state="frozen""#,
            "<autoFilter",
        ],
    );
    let book = book(&bytes);
    let rows = &book.sheets[0].rows;
    let headings: Vec<_> = rows[3].cells.iter().map(|cell| cell.value.text()).collect();
    for heading in [
        "编号",
        "来源",
        "原文句",
        "类别",
        "重点",
        "任务内容",
        "交付物",
        "目标",
        "分管领导",
        "牵头单位",
        "配合单位",
        "责任人",
        "联络员",
        "紧急程度",
        "交办",
        "签收",
        "时限",
        "原定时限",
        "节点",
        "填报频次",
        "本期进展",
        "累计完成",
        "完成率%",
        "存在问题",
        "下步打算",
        "需协调事项",
        "佐证材料",
        "状态",
        "灯",
        "亮灯原因",
        "催办督办",
        "延期",
        "审核",
        "办结时间",
        "评价",
        "销号",
        "归档号",
        "备注",
    ] {
        assert!(headings.iter().any(|one| one == heading), "{heading}");
    }
    let cell = |heading: &str| {
        let at = headings.iter().position(|one| one == heading).unwrap();
        rows[4]
            .cell(u32::try_from(at).unwrap())
            .map(|one| one.value.clone())
    };
    assert_eq!(cell("任务内容"), Some(Value::Text("@任务".into())));
    assert_eq!(cell("灯"), Some(Value::Text("红".into())));
    assert_eq!(
        cell("累计完成").map(|one| one.text()),
        Some("1234.5".into())
    );
    let Some(Value::Text(progress)) = cell("本期进展") else {
        panic!("no progress");
    };
    assert!(progress.ends_with("（全文5000字）"));
}
