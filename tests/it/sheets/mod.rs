//! Spreadsheets of figures: the form that goes out, what comes back of it, and what is refused.

mod equal;
mod evidence;
mod importing;
mod refusing;
mod taking;
mod undoing;

use duban_documents::{
    read::{Limits, read_sheets},
    sheet::{Address, Cell, Columns, Field, Mapping, Row, Sheet, SignedStamp, Value},
    write::errors,
};
use duban_domain::access::{Reach, Role};
use duban_tests::{Answer, Backend, Person, TestApp};
use reqwest::{Method, Response};
use serde_json::{Value as Json, json};
use time::{Duration, macros::date};

/// The number of activities of the expert corps, counted by counties.
const ACTIVITIES: &str = "2025-19-M2";
/// The experts that the cities are in touch with, each counted once.
const EXPERTS: &str = "2025-19-M1";

/// What is asked of a file that is tried or taken.
const CHECK: &str = "check { fileName isStamped isBlocked changed unchanged refused
    columns { heading field }
    findings { cell row severity code message figures { name value } }
    rows { row metricCode outcome metric { code } department { code }
        before { kind value } after { kind value things revision }
        findings { cell code } } }";

/// What is asked of what was taken.
const SHEET: &str = "sheet { id fileName sha256 mode taken unchanged refused digest receipt
    viewerCanUndo undoneAt undoneReason department { code } period
    measurements { state channel revision department { code } metric { code } } }";

/// Those who measure and those who verify.
struct Cast {
    app: TestApp,
    verifier: Person,
    zhengzhou: Person,
    luoyang: Person,
}

impl Cast {
    /// On 1 April 2025, when March is reported.
    async fn start(backend: Backend) -> Self {
        Self::with(TestApp::start(backend).await).await
    }

    async fn with(app: TestApp) -> Self {
        app.advance(Duration::days(15));
        let verifier = app
            .person("figures", (Role::Verifier, "HNAST", Reach::Subtree))
            .await;
        Self {
            verifier,
            zhengzhou: app.municipal_reporter("410100").await,
            luoyang: app.municipal_reporter("410300").await,
            app,
        }
    }

    /// The form of Zhengzhou for March.
    async fn form(&self) -> Vec<u8> {
        bytes(get(&self.zhengzhou, &form_path("410100", "2025-03", "xlsx")).await).await
    }
}

fn form_path(unit: &str, period: &str, format: &str) -> String {
    format!("/sheets/form?department={unit}&period={period}&format={format}")
}

async fn get(person: &Person, path: &str) -> Response {
    person.get(path).send().await.expect("an answer")
}

/// The bytes of an answer that is a file.
async fn bytes(response: Response) -> Vec<u8> {
    let status = response.status();
    let bytes = response.bytes().await.expect("a body").to_vec();
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&bytes));
    bytes
}

/// The status and the code of an answer that is none.
async fn refusal(person: &Person, path: &str) -> (u16, String) {
    let answer = person.send(person.get(path)).await;
    let code = answer.json()["code"].as_str().unwrap_or_default();
    (answer.status(), code.to_owned())
}

/// Sends a file; the id that names it from now on.
async fn upload(person: &Person, name: &str, bytes: Vec<u8>) -> Json {
    let path = format!("/uploads?name={name}");
    let request = person.request(Method::POST, &path);
    let sent = person.send(request.body(bytes)).await;
    assert_eq!(sent.status(), 201, "{sent:?}");
    sent.json()["uploadId"].clone()
}

/// What a file is called: a table in text is no workbook.
fn name_of(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(b"PK") {
        "a.xlsx"
    } else {
        "a.csv"
    }
}

fn about(upload: &Json) -> Json {
    json!({ "uploadId": upload, "department": "410100", "period": "2025-03" })
}

fn with(mut input: Json, more: Json) -> Json {
    if let (Some(input), Json::Object(more)) = (input.as_object_mut(), more) {
        input.extend(more);
    }
    input
}

async fn preview(person: &Person, input: Json) -> Answer {
    let query = format!(
        "query($input: PreviewMeasurementSheetInput!) {{
           previewMeasurementSheet(input: $input) {{ {CHECK} userErrors {{ code path message }} }} }}"
    );
    person.ask_with(&query, json!({ "input": input })).await
}

async fn apply(person: &Person, input: Json, mode: &str) -> Answer {
    let input = with(input, json!({ "mode": mode }));
    let fields = format!("{SHEET} {CHECK}");
    person.change("applyMeasurementSheet", input, &fields).await
}

/// Takes a file of which every row is to be taken; the id of the spreadsheet.
async fn taken(person: &Person, bytes: Vec<u8>) -> String {
    let upload = upload(person, name_of(&bytes), bytes).await;
    let answer = apply(person, about(&upload), "ALL_OR_NOTHING").await;
    assert_eq!(
        answer.user_errors("applyMeasurementSheet"),
        [""; 0],
        "{answer:?}"
    );
    answer.text("/applyMeasurementSheet/sheet/id").to_owned()
}

/// A table as it was read: its rows, where its columns stand, and the stamp.
struct Table {
    sheet: Sheet,
    columns: Columns,
    signed: Option<SignedStamp>,
}

impl Table {
    fn read(bytes: &[u8]) -> Self {
        let book = read_sheets(bytes, &Limits::default()).expect("a table");
        let sheet = book.sheets[0].clone();
        let columns = Columns::find(&sheet, &Mapping::default()).0;
        Self {
            columns: columns.expect("headings"),
            signed: SignedStamp::find(&book).expect("a stamp or none"),
            sheet,
        }
    }

    fn text(&self, row: &Row, field: Field) -> String {
        let column = self.columns.of.get(&field);
        let cell = column.and_then(|column| row.cell(*column));
        cell.map(|one| one.value.text()).unwrap_or_default()
    }

    /// The rows under the headings.
    fn rows(&self) -> impl Iterator<Item = &Row> {
        let rows = self.sheet.rows.iter();
        rows.filter(|row| row.number > self.columns.header)
    }

    /// Types something into the row of a metric and a unit.
    fn fill(&mut self, (metric, unit): (&str, &str), field: Field, words: &str) -> Address {
        let column = self.columns.of[&field];
        let at = self
            .sheet
            .rows
            .iter()
            .position(|row| {
                self.text(row, Field::Metric) == metric
                    && self.text(row, Field::Department).starts_with(unit)
            })
            .unwrap_or_else(|| panic!("{metric} of {unit}"));
        let row = &mut self.sheet.rows[at];
        row.cells.retain(|cell| cell.column != column);
        row.cells.push(Cell {
            column,
            value: Value::Text(words.to_owned()),
            is_formula: false,
        });
        row.cells.sort_by_key(|cell| cell.column);
        Address {
            row: row.number,
            column,
        }
    }

    /// The table as a workbook.
    fn workbook(&self) -> Vec<u8> {
        errors(
            &self.sheet,
            &[],
            self.signed.as_ref(),
            date!(2025 - 04 - 01),
        )
        .expect("a workbook")
    }
}

/// The form of Zhengzhou with some figures.
async fn filled(cast: &Cast, figures: &[(&str, &str, Field, &str)]) -> Vec<u8> {
    let mut table = Table::read(&cast.form().await);
    for (metric, unit, field, words) in figures {
        table.fill((metric, unit), *field, words);
    }
    table.workbook()
}
