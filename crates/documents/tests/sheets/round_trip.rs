//! A form is written, and read again: the same rows.

use duban_documents::{
    sheet::{Field, Saying, SignedStamp, StampError},
    write::{Charset, Content, Template, csv, template as write_template},
};
use duban_domain::quantity::Figure;
use proptest::prelude::*;

use super::{book, form, row, template};

fn figures() -> impl Strategy<Value = Figure> {
    prop_oneof![
        (0_i64..=9_000_000_000_000_000_000)
            .prop_map(|one| Figure::from_scaled(one).expect("a figure")),
        (0_i64..=100_000_000).prop_map(|one| Figure::from_scaled(one * 100).expect("a figure")),
    ]
}

/// A name of a thing as the domain takes it.
fn names() -> impl Strategy<Value = String> {
    "[=+@\\-'＝a-z0-9,，、；;\"甲乙丙]{1,6}".prop_filter("trimmed", |one| one.trim() == one)
}

fn sayings() -> impl Strategy<Value = Saying> {
    prop_oneof![
        Just(Saying::Nothing),
        Just(Saying::NotApplicable),
        figures().prop_map(Saying::RunningTotal),
        (figures(), prop::option::of(figures())).prop_map(|(value, base)| Saying::OfPeriod {
            value: Some(value),
            base,
            things: Vec::new(),
        }),
        prop::collection::vec(names(), 1..5).prop_map(|things| Saying::OfPeriod {
            value: None,
            base: None,
            things,
        }),
    ]
}

/// Texts with all that spreadsheets, XML and the library that writes them trip over.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[=+@\\-'＝\t<>&\"_x0A一二三 \n,;]{0,10}".prop_map(|one| one.trim().to_owned()),
        1 => Just("<r>_x0041_&<t>甲</t></r>".to_owned()),
        1 => Just("_x0041_x0042_x00e9_".to_owned()),
    ]
}

fn forms() -> impl Strategy<Value = Template> {
    let rows = prop::collection::vec((sayings(), texts(), 0_i32..9), 1..6);
    rows.prop_map(|rows| {
        let has_units = rows.len() % 2 == 0;
        let rows = rows.into_iter().enumerate();
        let rows = rows.map(|(index, (said, text, version))| {
            let mut row = row(&format!("2025-{index:02}-M1"), said);
            row.task.clone_from(&text);
            row.name = format!("名{text}");
            row.reason = Some(text).filter(|one| !one.is_empty());
            row.version = version;
            if has_units {
                row.department = format!("4101{index:02} 某区科协");
            }
            row
        });
        template(rows.collect())
    })
}

/// Whether the file says what the form was made from.
fn says_the_same(bytes: &[u8], made: &Template) -> Result<(), TestCaseError> {
    let read = form(bytes);
    prop_assert_eq!(&read.findings, &[]);
    prop_assert_eq!(read.entries.len(), made.rows.len());
    for (entry, row) in read.entries.iter().zip(&made.rows) {
        let (said, findings) = entry.said(&row.unit);
        prop_assert_eq!(findings, &[]);
        prop_assert_eq!(said.as_ref(), Some(&row.said));
        prop_assert_eq!(&entry.code, &row.metric);
        prop_assert_eq!(entry.version(), Ok(Some(row.version)));
        prop_assert_eq!(entry.reason(), row.reason.clone());
        prop_assert_eq!(entry.text(Field::Task), row.task.as_str());
        prop_assert_eq!(entry.text(Field::Department), row.department.as_str());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_workbook_gives_back_the_rows_it_was_made_from(made in forms()) {
        let bytes = write_template(&made, |payload| payload.iter().rev().copied().collect()).unwrap();
        says_the_same(&bytes, &made)?;
        let signed = SignedStamp::find(&book(&bytes)).unwrap().unwrap();
        prop_assert_eq!(&signed.stamp, &made.stamp);
        let reversed: Vec<u8> = signed.payload.iter().rev().copied().collect();
        prop_assert_eq!(signed.signature, reversed);
    }

    #[test]
    fn csv_gives_back_the_rows_it_was_made_from_in_both_charsets(made in forms()) {
        for charset in [Charset::Utf8, Charset::Gb18030] {
            let bytes = csv(&made.header(), &made.table(), charset).unwrap();
            says_the_same(&bytes, &made)?;
        }
    }
}

#[test]
fn the_same_form_gives_the_same_bytes() {
    let made = template(vec![row("2025-19-M2", Saying::Nothing)]);
    let write = || write_template(&made, <[u8]>::to_vec).unwrap();
    assert_eq!(write(), write());
}

#[test]
fn a_long_stamp_stands_in_several_cells() {
    let rows = (0..2_000).map(|one| row(&format!("2025-{one:04}-M1"), Saying::Nothing));
    let made = template(rows.collect());
    let bytes = write_template(&made, |_| vec![7; 32]).unwrap();
    let signed = SignedStamp::find(&book(&bytes)).unwrap().unwrap();
    assert_eq!(signed.stamp.rows.len(), 2_000);
    assert_eq!(signed.payload, made.stamp.payload());
    assert_eq!(signed.signature, [7; 32]);
}

#[test]
fn a_stamp_that_is_not_ours_is_damaged_and_none_is_none() {
    let cells =
        r#"<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row></sheetData>"#;
    let none = duban_documents::testing::workbook_with(cells, &[]);
    assert_eq!(SignedStamp::find(&book(&none)), Ok(None));
    let named = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="_duban" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let forged = duban_documents::testing::workbook_with(cells, &[("xl/workbook.xml", named)]);
    assert_eq!(SignedStamp::find(&book(&forged)), Err(StampError::Damaged));
}

#[test]
fn csv_is_quoted_and_harmless() {
    let rows = vec![vec![
        Content::Text("=1+1".into()),
        Content::Text("a,\"b\"".into()),
    ]];
    let bytes = csv(&["甲", "乙"], &rows, Charset::Utf8).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(text, "\u{feff}甲,乙\r\n'=1+1,\"a,\"\"b\"\"\"\r\n");
}
