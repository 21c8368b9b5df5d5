//! The same figures through the API, a workbook and tables in text are the same rows.

use duban_documents::{
    sheet::{Cell, Field, Row, Value},
    write::{Charset, Content, csv},
};
use duban_domain::access::{Reach, Role};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::{Value as Json, json};
use time::Duration;

use super::{Table, apply, bytes, form_path, get, upload};
use crate::sql;

/// All of a row but its keys, its channel and its time.
const ROWS: &str = "SELECT m.code || ' ' || d.code || ' ' || r.period || ' ' || r.revision || ' '
    || r.kind || ' ' || COALESCE(CAST(r.value AS TEXT), '-') || ' '
    || COALESCE(CAST(r.base AS TEXT), '-') || ' '
    || COALESCE(CAST(r.running_total AS TEXT), '-') || ' ' || r.state || ' '
    || CASE WHEN r.is_late THEN 'late' ELSE 'in time' END || ' ' || COALESCE(r.reason, '-') || ' '
    || COALESCE((SELECT CAST(count(*) AS TEXT) FROM measurement_thing t
        WHERE t.measurement_id = r.id), '-')
    FROM measurement r JOIN metric m ON m.id = r.metric_id
    JOIN department d ON d.id = r.department_id ORDER BY 1";

/// The metrics that count distinct things.
const DISTINCT: [&str; 5] = [
    "2025-03-M1",
    "2025-06-M2",
    "2025-10-M1",
    "2025-16-M3",
    "2025-19-M1",
];

/// What a row says: its cells, and the same for the API.
struct Figure {
    cells: Vec<(Field, String)>,
    row: Json,
}

impl Figure {
    /// Something of each kind, by where the row stands.
    fn of(table: &Table, row: &Row, index: usize) -> Self {
        let unit = table.text(row, Field::Department);
        let unit = unit.split(' ').next().unwrap_or_default().to_owned();
        let metric = table.text(row, Field::Metric);
        let (cells, said) = Self::said(&metric, &table.text(row, Field::Unit), index);
        let mut row = json!({ "metric": metric, "department": unit, "period": "2025-03" });
        if let (Some(row), Json::Object(said)) = (row.as_object_mut(), said) {
            row.extend(said);
        }
        Self { cells, row }
    }

    fn said(metric: &str, unit: &str, index: usize) -> (Vec<(Field, String)>, Json) {
        let number = index.to_string();
        match (metric, index % 5) {
            (metric, _) if DISTINCT.contains(&metric) => {
                let names = [format!("专家{index}"), format!("=专家{}", index + 1)];
                let cell = names.join("\n");
                (vec![(Field::Things, cell)], json!({ "things": names }))
            }
            (_, 0) => (
                vec![(Field::NotApplicable, "是".to_owned())],
                json!({ "isNotApplicable": true }),
            ),
            (_, 1) => (
                vec![(Field::Value, "0".to_owned())],
                json!({ "value": "0" }),
            ),
            (_, 2) if unit == "场" => {
                let total = format!("1,{:03}", index % 1_000);
                let plain = total.replace(',', "");
                (
                    vec![(Field::RunningTotal, total)],
                    json!({ "runningTotal": plain }),
                )
            }
            (_, 3) => {
                let value = format!("{number}.25");
                (
                    vec![(Field::Value, value.clone())],
                    json!({ "value": value }),
                )
            }
            _ => (
                vec![(Field::Value, number.clone())],
                json!({ "value": number }),
            ),
        }
    }
}

/// Somebody who records for the whole organisation, on 1 April 2025.
async fn start(backend: Backend) -> (TestApp, Person) {
    let app = TestApp::start(backend).await;
    app.advance(Duration::days(15));
    let grant = (Role::MunicipalReporter, "HNAST", Reach::Subtree);
    let person = app.person("whole", grant).await;
    (app, person)
}

async fn form(person: &Person) -> Table {
    let path = form_path("HNAST", "2025-03", "xlsx");
    Table::read(&bytes(get(person, &path).await).await)
}

/// Takes a file of the whole organisation.
async fn take(person: &Person, file: Vec<u8>, rows: usize) {
    let id = upload(person, "whole", file).await;
    let input = json!({ "uploadId": id, "department": "HNAST", "period": "2025-03" });
    let done = apply(person, input, "GOOD_ROWS").await;
    let check = done.at("/applyMeasurementSheet/check");
    assert_eq!(check["findings"], json!([]), "{}", check["findings"]);
    let taken = done.number("/applyMeasurementSheet/sheet/taken");
    assert_eq!(usize::try_from(taken), Ok(rows));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn every_way_in_gives_the_same_rows(#[values(Sqlite, Postgres)] backend: Backend) {
    let (app, person) = start(backend).await;
    let table = form(&person).await;
    let figures: Vec<(u32, Figure)> = table
        .rows()
        .enumerate()
        .map(|(index, row)| (row.number, Figure::of(&table, row, index)))
        .collect();
    assert!(
        figures.len() > 150,
        "the units of the plan: {}",
        figures.len()
    );

    let rows: Vec<&Json> = figures.iter().map(|(_, one)| &one.row).collect();
    let fields = "rows { userErrors { code path } }";
    let sent = person
        .change("recordMeasurements", json!({ "rows": rows }), fields)
        .await;
    let answers = sent.list("/recordMeasurements/rows");
    let taken: Vec<bool> = answers
        .iter()
        .map(|row| row["userErrors"] == json!([]))
        .collect();
    assert!(taken.iter().all(|one| *one), "{sent:?}");
    let by_api = sql::texts(&app, ROWS).await;
    assert_eq!(by_api.len(), figures.len());

    for way in ["xlsx", "csv", "gb18030"] {
        let (app, person) = start(backend).await;
        let mut table = form(&person).await;
        for (number, figure) in &figures {
            let at = table
                .sheet
                .rows
                .iter()
                .position(|row| row.number == *number);
            let row = &mut table.sheet.rows[at.expect("the row")];
            for (field, words) in &figure.cells {
                let column = table.columns.of[field];
                row.cells.retain(|cell| cell.column != column);
                row.cells.push(Cell {
                    column,
                    value: Value::Text(words.clone()),
                    is_formula: false,
                });
            }
            row.cells.sort_by_key(|cell| cell.column);
        }
        let file = match way {
            "xlsx" => table.workbook(),
            "csv" => as_text(&table, Charset::Utf8),
            _ => as_text(&table, Charset::Gb18030),
        };
        take(&person, file, figures.len()).await;
        assert_eq!(sql::texts(&app, ROWS).await, by_api, "{way}");
        let other = "SELECT count(*) FROM measurement WHERE channel <> 'SPREADSHEET'";
        assert_eq!(sql::number(&app, other).await, 0);
    }
}

/// The rows of a form as a table in text, headings first.
fn as_text(table: &Table, charset: Charset) -> Vec<u8> {
    let header = table.sheet.rows.iter();
    let header = header.filter(|row| row.number == table.columns.header);
    let widest = table.columns.of.values().max().copied().unwrap_or_default();
    let words = |row: &Row| -> Vec<Content> {
        (0..=widest)
            .map(|column| {
                let cell = row.cell(column);
                Content::text(&cell.map(|one| one.value.text()).unwrap_or_default())
            })
            .collect()
    };
    let rows: Vec<Vec<Content>> = header.chain(table.rows()).map(words).collect();
    csv(&["填报表"], &rows, charset).expect("a table")
}
