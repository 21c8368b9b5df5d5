//! Feeds for reporting tools: the same rows in every form, in scope, streamed, with tags.

mod agreeing;
mod asking;
mod paging;
mod scope;
mod tags;
mod views;

use std::{
    collections::BTreeMap,
    io::{Seek, Write},
};

use duban_app::measurements::verify_rollups;
use duban_documents::{
    read::{Limits, read_sheets},
    sheet::{Sheet, Value as Cell},
};
use duban_domain::{
    access::{Reach, Role},
    quantity::Figure,
};
use duban_tests::{Backend, Person, TestApp};
use parquet::{
    data_type::Decimal,
    file::reader::{FileReader, SerializedFileReader},
    record::Field,
};
use reqwest::Response;
use serde_json::{Value, json};
use time::{Date, Duration, OffsetDateTime, format_description::well_known::Rfc3339, macros::date};

use crate::sql;

/// Activities of counties.
const ACTIVITIES: &str = "2025-19-M2";
/// Experts of cities, each counted once.
const EXPERTS: &str = "2025-19-M1";

const FORMS: [&str; 4] = ["csv", "xlsx", "jsonl", "parquet"];

/// A row: what stands in each column, in words; nothing where there is nothing.
type Row = BTreeMap<String, String>;

/// Those who record, verify and read.
struct Cast {
    app: TestApp,
    verifier: Person,
    zhengzhou: Person,
}

impl Cast {
    /// On 1 April 2025: what counties of 郑州 and cities said of March, most of it verified; a correction
    /// of one figure is verified too, a further one is not.
    async fn start(backend: Backend) -> Self {
        let app = TestApp::start_counting(backend).await;
        app.advance(Duration::days(15));
        let verifier = app
            .person("figures", (Role::Verifier, "HNAST", Reach::Subtree))
            .await;
        let zhengzhou = app.municipal_reporter("410100").await;
        let luoyang = app.municipal_reporter("410300").await;
        let cast = Self {
            app,
            verifier,
            zhengzhou,
        };
        let all = [
            (ACTIVITIES, "410102", json!({ "value": "12" })),
            (ACTIVITIES, "410103", json!({ "value": "0" })),
            (ACTIVITIES, "410104", json!({ "isNotApplicable": true })),
            (EXPERTS, "410100", json!({ "things": ["张工", "李工"] })),
        ];
        for (metric, unit, said) in all {
            cast.verify(&cast.record(&cast.zhengzhou, (metric, unit), said).await)
                .await;
        }
        let said = json!({ "things": ["李工"] });
        cast.verify(&cast.record(&luoyang, (EXPERTS, "410300"), said).await)
            .await;
        let waits = json!({ "value": "5" });
        cast.record(&cast.zhengzhou, (ACTIVITIES, "410105"), waits)
            .await;
        for (version, value) in [(1, "13"), (2, "14")] {
            let said = json!({ "value": value, "expectedVersion": version, "reason": "漏计一场" });
            let id = cast
                .record(&cast.zhengzhou, (ACTIVITIES, "410102"), said)
                .await;
            if version == 1 {
                cast.verify(&id).await;
            }
        }
        cast
    }

    /// Two counties that said exact figures of earlier months: one with four places, one of 18 digits.
    async fn with_exact_figures(backend: Backend) -> Self {
        let cast = Self::start(backend).await;
        for (unit, period, value) in [
            ("410106", "2025-02", 1_234_567_i64),
            ("410105", "2025-01", 999_999_999_999_999_999),
        ] {
            let rows = format!("m.code = '{ACTIVITIES}' AND d.code = '{unit}'");
            insert(&cast.app, (&rows, &[period]), value).await;
        }
        let mended = verify_rollups(cast.app.store(), true).await;
        assert_eq!(mended.expect("a report").differing, [ACTIVITIES]);
        cast
    }

    async fn record(&self, who: &Person, (metric, unit): (&str, &str), said: Value) -> String {
        let mut row = json!({ "metric": metric, "department": unit, "period": "2025-03" });
        if let (Some(row), Value::Object(said)) = (row.as_object_mut(), said) {
            row.extend(said);
        }
        let fields = "rows { measurement { id } userErrors { code path } }";
        let done = who
            .change("recordMeasurements", json!({ "rows": [row] }), fields)
            .await;
        done.text("/recordMeasurements/rows/0/measurement/id")
            .to_owned()
    }

    async fn verify(&self, id: &str) {
        let input = json!({ "measurementIds": [id] });
        let fields = "rows { measurement { state } userErrors { code } }";
        let done = self
            .verifier
            .change("verifyMeasurements", input, fields)
            .await;
        let state = done.text("/verifyMeasurements/rows/0/measurement/state");
        assert_eq!(state, "VERIFIED", "{done:?}");
    }
}

/// Puts verified measurements straight into the table: of each metric `m` and department `d` that a
/// condition lets through, and of each of these months. What is kept does not follow.
async fn insert(app: &TestApp, (rows, months): (&str, &[&str]), scaled: i64) {
    let key = if app.database().settings().url.starts_with("sqlite") {
        "randomblob(16)"
    } else {
        "gen_random_uuid()"
    };
    let months: Vec<String> = months
        .iter()
        .map(|one| format!("SELECT '{one}' AS period"))
        .collect();
    let months = months.join(" UNION ALL ");
    sql::run(
        app,
        &format!(
            "INSERT INTO measurement (id, metric_id, department_id, period, revision, kind, value, state,
               channel, author_id, recorded_at, is_late, decided_by_id, decided_at, is_withdrawn)
             SELECT {key}, m.id, d.id, n.period, 1, 'AMOUNT', {scaled}, 'VERIFIED', 'API', a.id,
               p.issued_at, FALSE, a.id, p.issued_at, FALSE
             FROM metric m JOIN plan p ON p.id = m.plan_id CROSS JOIN department d
             CROSS JOIN ({months}) n CROSS JOIN (SELECT id FROM account LIMIT 1) a WHERE {rows}"
        ),
    )
    .await;
}

async fn get(person: &Person, path: &str) -> Response {
    person.get(path).send().await.expect("an answer")
}

/// The bytes of an answer that is a file.
async fn bytes(person: &Person, path: &str) -> Vec<u8> {
    let response = get(person, path).await;
    let status = response.status();
    let bytes = response.bytes().await.expect("a body").to_vec();
    assert_eq!(status, 200, "{path}: {}", String::from_utf8_lossy(&bytes));
    bytes
}

/// The status and the code of an answer that is none.
async fn refusal(person: &Person, path: &str) -> (u16, String) {
    let answer = person.send(person.get(path)).await;
    let code = answer.json()["code"].as_str().unwrap_or_default();
    (answer.status(), code.to_owned())
}

/// The rows of a feed in a form, as it is named in addresses, with the rest of the query.
async fn rows(person: &Person, feed: &str, form: &str, query: &str) -> Vec<Row> {
    let file = bytes(person, &format!("/feeds/{feed}.{form}?{query}")).await;
    match form {
        "jsonl" => of_lines(&file),
        "parquet" => of_columns(&file),
        _ => of_sheet(&file),
    }
}

fn of_sheet(file: &[u8]) -> Vec<Row> {
    let book = read_sheets(file, &Limits::default()).expect("a table");
    let sheet: &Sheet = &book.sheets[0];
    let text = |cell: &Cell| match cell {
        Cell::Date(serial) => {
            let days = serial.parse::<i64>().expect("whole days");
            (date!(1899 - 12 - 30) + Duration::days(days)).to_string()
        }
        other => other.text(),
    };
    let header: Vec<(u32, String)> = sheet.rows[0]
        .cells
        .iter()
        .map(|cell| (cell.column, text(&cell.value)))
        .collect();
    let rows = sheet.rows[1..].iter().map(|row| {
        assert!(row.cells.iter().all(|cell| !cell.is_formula));
        let cells = header.iter().map(|(column, name)| {
            let cell = row.cell(*column).map(|cell| text(&cell.value));
            (name.clone(), cell.unwrap_or_default())
        });
        cells.collect()
    });
    rows.collect()
}

fn of_lines(file: &[u8]) -> Vec<Row> {
    let text = std::str::from_utf8(file).expect("UTF-8");
    let rows = text.lines().map(|line| {
        let row: Value = serde_json::from_str(line).expect("an object");
        let cells = row.as_object().expect("an object").iter();
        let cells = cells.map(|(name, value)| {
            let words = match value {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            (name.clone(), words)
        });
        cells.collect()
    });
    rows.collect()
}

fn of_columns(file: &[u8]) -> Vec<Row> {
    let mut kept = tempfile::tempfile().expect("a file");
    kept.write_all(file).expect("a file that is written");
    kept.rewind().expect("a file that is read");
    let reader = SerializedFileReader::new(kept).expect("a Parquet file");
    let rows = reader.get_row_iter(None).expect("rows").map(|row| {
        let row = row.expect("a row");
        let cells = row.get_column_iter();
        let cells = cells.map(|(name, field)| (name.clone(), words(field)));
        cells.collect()
    });
    rows.collect()
}

fn words(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Long(number) => number.to_string(),
        Field::Date(days) => {
            let day: Date = date!(1970 - 01 - 01) + Duration::days(i64::from(*days));
            day.to_string()
        }
        Field::TimestampMicros(micros) => {
            let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(*micros) * 1_000);
            at.expect("an instant").format(&Rfc3339).expect("words")
        }
        Field::Decimal(Decimal::Bytes { value, scale, .. }) => {
            assert_eq!(*scale, 4);
            let bytes = value.data();
            let sign = if bytes[0] & 0x80 == 0 { 0_i64 } else { -1 };
            let scaled = bytes
                .iter()
                .fold(sign, |all, byte| all << 8 | i64::from(*byte));
            Figure::from_scaled(scaled).expect("a figure").to_string()
        }
        other => panic!("{other:?}"),
    }
}
