use parquet::{
    data_type::Decimal,
    file::{
        metadata::RowGroupMetaData,
        reader::{FileReader, SerializedFileReader},
    },
    record::Field,
};
use time::macros::{date, datetime};

use super::*;
use crate::{
    read::{Limits, read_sheets},
    write::{Charset, WriteError},
};

const COLUMNS: &[FeedColumn] = &[
    FeedColumn {
        name: "text",
        kind: FeedKind::Text,
    },
    FeedColumn {
        name: "figure",
        kind: FeedKind::Figure,
    },
    FeedColumn {
        name: "number",
        kind: FeedKind::Number,
    },
    FeedColumn {
        name: "day",
        kind: FeedKind::Day,
    },
    FeedColumn {
        name: "at",
        kind: FeedKind::Instant,
    },
];

fn row(text: &str, figure: &str) -> FeedRow {
    vec![
        Datum::text(text),
        Datum::figure(figure.parse().ok()),
        Datum::Number(-7),
        Datum::Day(date!(1969 - 12 - 31)),
        Datum::Instant(datetime!(2025-03-17 9:30:00.000_001 +8)),
    ]
}

fn parquet_of(pages: Vec<Vec<FeedRow>>) -> Vec<u8> {
    let mut out = Vec::new();
    let count = pages.iter().map(Vec::len).sum::<usize>();
    let written = feed_parquet(COLUMNS, pages.into_iter(), &mut out).unwrap();
    assert_eq!(usize::try_from(written), Ok(count));
    out
}

fn scaled(field: &Field) -> i128 {
    let Field::Decimal(Decimal::Bytes {
        value,
        precision,
        scale,
    }) = field
    else {
        panic!("{field:?}");
    };
    assert_eq!((*precision, *scale), (PRECISION_TOLD, SCALE_TOLD));
    let first = value.data()[0] & 0x80 != 0;
    let sign: i128 = if first { -1 } else { 0 };
    value
        .data()
        .iter()
        .fold(sign, |all, byte| all << 8 | i128::from(*byte))
}

const PRECISION_TOLD: i32 = 19;
const SCALE_TOLD: i32 = 4;

#[test]
fn columns_keep_figures_days_and_instants_exactly() {
    let figures = [
        "0.0001",
        "-0.0001",
        "123456789.125",
        "899999999999999",
        "-899999999999999.9999",
    ];
    let rows: Vec<FeedRow> = figures.iter().map(|one| row("甲", one)).collect();
    let bytes = parquet_of(vec![rows[..2].to_vec(), rows[2..].to_vec()]);
    let reader = SerializedFileReader::new(as_file(&bytes)).unwrap();
    let read: Vec<_> = reader
        .get_row_iter(None)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(read.len(), figures.len());
    for (row, figure) in read.iter().zip(figures) {
        let cells: Vec<&Field> = row.get_column_iter().map(|(_, field)| field).collect();
        let expected: Figure = figure.parse().unwrap();
        assert_eq!(cells[0], &Field::Str("甲".to_owned()));
        assert_eq!(scaled(cells[1]), i128::from(expected.scaled()), "{figure}");
        assert_eq!(cells[2], &Field::Long(-7));
        assert_eq!(cells[3], &Field::Date(-1));
        assert_eq!(cells[4], &Field::TimestampMicros(1_742_175_000_000_001));
    }
}

/// The reader wants bytes that it can share; a file is as good.
fn as_file(bytes: &[u8]) -> std::fs::File {
    use std::io::{Seek, Write};

    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    file
}

#[test]
fn long_feeds_are_parted_into_groups() {
    let page: Vec<FeedRow> = (0..5_000).map(|_| row("乙", "1")).collect();
    let bytes = parquet_of(vec![page.clone(); 9]);
    let reader = SerializedFileReader::new(as_file(&bytes)).unwrap();
    let groups = reader.metadata().row_groups().iter();
    let rows: Vec<i64> = groups.map(RowGroupMetaData::num_rows).collect();
    assert_eq!(rows, [20_000, 20_000, 5_000]);
    assert!(parquet_of(Vec::new()).starts_with(b"PAR1"));
}

#[test]
fn lines_of_json_hold_exact_figures_and_nulls() {
    let mut one = row("=1+1\n\"甲\"", "12.5");
    one[2] = Datum::Empty;
    let lines = Lines::Json.rows(COLUMNS, &[one]).unwrap();
    assert_eq!(
        String::from_utf8(lines).unwrap(),
        "{\"text\":\"=1+1\\n\\\"甲\\\"\",\"figure\":\"12.5\",\"number\":null,\
         \"day\":\"1969-12-31\",\"at\":\"2025-03-17T01:30:00.000001Z\"}\n"
    );
}

#[test]
fn pages_of_csv_follow_each_other_and_run_no_formula() {
    for charset in [Charset::Utf8, Charset::Gb18030] {
        let lines = Lines::Csv(charset);
        let mut file = lines.head(COLUMNS).unwrap();
        for text in ["=1+1", "甲,乙"] {
            file.extend(lines.rows(COLUMNS, &[row(text, "-3")]).unwrap());
        }
        let book = read_sheets(&file, &Limits::default()).unwrap();
        let rows: Vec<Vec<String>> = book.sheets[0]
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|one| one.value.text()).collect())
            .collect();
        assert_eq!(rows[0], ["text", "figure", "number", "day", "at"]);
        assert_eq!(rows[1][..3], ["=1+1", "-3", "-7"]);
        assert_eq!(rows[2][0], "甲,乙");
        let text = String::from_utf8_lossy(&file);
        assert!(
            text.contains("\r\n'=1+1,"),
            "an apostrophe before it: {text}"
        );
    }
}

#[test]
fn a_workbook_says_when_there_are_more_rows_than_it_is_to_hold() {
    let page = || vec![row("=1+1", "1.25"), row("乙", "123456789012345.1234")];
    let mut out = Vec::new();
    let written = feed_workbook(COLUMNS, 2, [page()].into_iter(), &mut out).unwrap();
    assert_eq!(written, 2);
    let book = read_sheets(&out, &Limits::default()).unwrap();
    let rows = &book.sheets[0].rows;
    let text = |row: usize, column: u32| rows[row].cell(column).unwrap().value.text();
    assert_eq!(text(0, 0), "text");
    assert_eq!(
        (text(1, 0), text(1, 1)),
        ("=1+1".to_owned(), "1.25".to_owned())
    );
    assert!(!rows[1].cell(0).unwrap().is_formula);
    assert_eq!(
        text(2, 1),
        "123456789012345.1234",
        "too long for a binary number"
    );
    let more = feed_workbook(COLUMNS, 1, [page()].into_iter(), Vec::new());
    assert!(
        matches!(more, Err(WriteError::TooManyRows { most: 1 })),
        "{more:?}"
    );
}
