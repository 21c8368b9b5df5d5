//! Any columns: headings are guessed, remembered, and reported where nobody knows them.

use duban_documents::{
    read::{Limits, read_sheets},
    sheet::{Field, Form, Mapping, Saying, Severity},
};

use super::{figure, form};

const TABLE: &str = "2025年3月汇总\nCode;完成数(场);备注栏;月份\n2025-19-M2;1,234;好;2025-03\n;5;;\n2025-19-M2;7;;2025-03\n2025-19-M2;7;;2025-04\n";

fn codes(form: &Form) -> Vec<(String, &'static str)> {
    let told = form.findings.iter().map(|one| {
        let at = one.at.map(|at| at.to_string()).unwrap_or_default();
        (at, one.code)
    });
    told.collect()
}

#[test]
fn headings_in_any_order_and_language_are_known_and_the_others_reported() {
    let form = form(TABLE.as_bytes());
    let columns = form.columns.clone().unwrap();
    assert_eq!(columns.header, 2);
    assert_eq!(columns.of[&Field::Metric], 0);
    assert_eq!(columns.of[&Field::Value], 1);
    assert_eq!(
        codes(&form),
        [
            ("C2".to_owned(), "SHEET_UNKNOWN_COLUMN"),
            ("A4".to_owned(), "SHEET_CODE_MISSING"),
        ]
    );
    assert_eq!(form.findings[0].severity, Severity::Warning);
    let said: Vec<_> = form.entries.iter().map(|one| one.said("场")).collect();
    let of_period = |value: &str| {
        Some(Saying::OfPeriod {
            value: Some(figure(value)),
            base: None,
            things: Vec::new(),
        })
    };
    assert_eq!(said[0], (of_period("1234"), vec![]));
    assert_eq!(said[1].0, None);
    assert_eq!(said[1].1[0].code, "SHEET_DOUBLE_ROW");
    assert_eq!(said[2], (of_period("7"), vec![]));
}

#[test]
fn a_mapping_is_remembered_and_goes_before_what_is_guessed() {
    let book = read_sheets(TABLE.as_bytes(), &Limits::default()).unwrap();
    let mut mapping = Form::read(&book.sheets[0], &Mapping::default())
        .columns
        .unwrap()
        .mapping;
    mapping.remember("完成数", None);
    mapping.remember("备注栏", Some(Field::Reason));
    mapping.remember("月份", Some(Field::Things));
    let json = serde_json::to_string(&mapping).unwrap();
    let mapping: Mapping = serde_json::from_str(&json).unwrap();
    let form = Form::read(&book.sheets[0], &mapping);
    let columns = form.columns.unwrap();
    assert_eq!(columns.of[&Field::Reason], 2);
    assert_eq!(columns.of[&Field::Things], 3);
    assert!(!columns.of.contains_key(&Field::Value));
    assert!(
        form.findings
            .iter()
            .all(|one| one.code != "SHEET_UNKNOWN_COLUMN")
    );
}

#[test]
fn two_columns_for_one_field_are_an_error_and_no_heading_is_one() {
    let doubled = form("指标编码,本月数,当月数\n2025-19-M2,1,2\n".as_bytes());
    assert_eq!(codes(&doubled), [("C1".to_owned(), "SHEET_DOUBLE_COLUMN")]);
    let none = form("a,b\n1,2\n".as_bytes());
    assert_eq!(codes(&none), [(String::new(), "SHEET_NO_HEADER")]);
    assert_eq!(none.entries, []);
}

#[test]
fn tables_are_read_in_every_charset_and_with_every_separator() {
    let table =
        "指标编码\t本月数\t更正理由\r\n2025-19-M2\t１，２３４\t\"数据有误，\r\n已核对\"\r\n";
    let (gb, _, _) = encoding_rs::GB18030.encode(table);
    let marked = format!("\u{feff}{table}");
    let semicolons = table.replace('\t', ";");
    for bytes in [
        table.as_bytes(),
        gb.as_ref(),
        marked.as_bytes(),
        semicolons.as_bytes(),
    ] {
        let form = form(bytes);
        assert_eq!(form.entries[0].reason().unwrap(), "数据有误，\r\n已核对");
        let (said, findings) = form.entries[0].said("场");
        assert_eq!(findings, []);
        let Some(Saying::OfPeriod { value, .. }) = said else {
            panic!("{said:?}");
        };
        assert_eq!(value, Some(figure("1234")));
    }
}
