//! Large files: taken part by part, each part once, whatever happens in between.

use duban_app::jobs;
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Content, Person, TestApp,
};
use rstest::rstest;
use serde_json::{Value as Json, json};

use super::{ACTIVITIES, Cast, about, bytes, form_path, get, preview, refusal, upload};

const IMPORT: &str = "id state rows rowsDone taken unchanged refused fileName endedAt
    failure { code message } recordedBy { displayName }";

/// With parts of three rows.
async fn start(backend: Backend) -> Cast {
    let app = TestApp::start_as(backend, Content::Plan2025, |settings| {
        settings.import_part_rows = std::num::NonZeroUsize::new(3).expect("three");
    })
    .await;
    Cast::with(app).await
}

/// The counties of Zhengzhou that are asked for activities, by code.
async fn counties(cast: &Cast) -> Vec<String> {
    let path = form_path("410100", "2025-03", "csv");
    let form = bytes(get(&cast.zhengzhou, &path).await).await;
    let form = String::from_utf8(form).expect("text");
    let lines = form.lines().filter(|line| line.contains(ACTIVITIES));
    lines
        .filter_map(|line| line.split(',').find(|cell| cell.starts_with("4101")))
        .map(|cell| cell.chars().take(6).collect())
        .collect()
}

/// A table of figures of the counties; that of one of them is no figure.
fn table(counties: &[String], wrong: usize) -> Vec<u8> {
    let mut text = "指标编码,填报单位,本月数\n".to_owned();
    for (place, county) in counties.iter().enumerate() {
        let figure = if place == wrong {
            "约30".to_owned()
        } else {
            (place + 1).to_string()
        };
        for part in [ACTIVITIES, ",", county, ",", &figure, "\n"] {
            text.push_str(part);
        }
    }
    text.into_bytes()
}

async fn begin(person: &Person, file: Vec<u8>) -> Answer {
    let upload = upload(person, "large.csv", file).await;
    let input = json!({ "uploadId": upload, "department": "410100", "period": "2025-03" });
    let fields = format!("import {{ {IMPORT} }}");
    person
        .change("startMeasurementImport", input, &fields)
        .await
}

async fn import(person: &Person, id: &str) -> Json {
    let query = format!("query($id: ID!) {{ measurementImport(id: $id) {{ {IMPORT} }} }}");
    let answer = person.ask_with(&query, json!({ "id": id })).await;
    answer.at("/measurementImport").clone()
}

async fn round(cast: &Cast) -> u64 {
    let round = jobs::run_once(cast.app.app()).await;
    round.expect("a round of jobs").import_rows
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_large_file_is_taken_part_by_part_and_what_is_wrong_comes_back(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = start(backend).await;
    let counties = counties(&cast).await;
    // Four parts of three rows are a round; the file takes two, and its last part is short.
    let many: Vec<String> = counties.iter().cycle().take(13).cloned().collect();
    let once = counties.len().min(13);
    let begun = begin(&cast.zhengzhou, table(&many, 4)).await;
    assert_eq!(
        begun.user_errors("startMeasurementImport"),
        [""; 0],
        "{begun:?}"
    );
    let id = begun.text("/startMeasurementImport/import/id").to_owned();
    assert_eq!(import(&cast.zhengzhou, &id).await["state"], "WAITING");
    assert_eq!(round(&cast).await, 12);
    let half = import(&cast.zhengzhou, &id).await;
    assert_eq!(
        (&half["state"], &half["rowsDone"]),
        (&json!("RUNNING"), &json!(12))
    );
    assert_eq!(round(&cast).await, 1);
    assert_eq!(round(&cast).await, 0, "nothing is left to do");
    let done = import(&cast.zhengzhou, &id).await;
    assert_eq!(done["state"], "DONE", "{done}");
    assert!(done["endedAt"].is_string());
    // Whoever stands in the file twice is refused the second time, as in any file.
    let refused = 1 + (13 - once);
    assert_eq!(done["refused"], json!(refused), "{done}");
    assert_eq!(done["taken"], json!(13 - refused), "{done}");
    let query = "query($import: ID) {
        measurementSheets(import: $import, first: 20) { edges { node {
            id taken fileName receipt import { id fileName } } } }
        metric(id: \"2025-19-M2\") { figures(department: \"410100\", until: \"2025-03\") {
            provisional onTime } } }";
    let answer = cast
        .zhengzhou
        .ask_with(query, json!({ "import": id }))
        .await;
    let parts = answer.list("/measurementSheets/edges");
    assert_eq!(
        parts.len(),
        13_usize.div_ceil(3) - usize::from(refused > 1 && once <= 12)
    );
    let whole = json!({ "id": id, "fileName": parts[0]["node"]["fileName"] });
    assert!(
        parts.iter().all(|part| part["node"]["import"] == whole),
        "{answer:?}"
    );
    let sum: usize = (1..=once).filter(|figure| *figure != 5).sum();
    assert_eq!(answer.text("/metric/figures/provisional"), sum.to_string());
    let path = format!("/sheets/result?importId={id}");
    let workbook = bytes(get(&cast.zhengzhou, &path).await).await;
    let table = super::Table::read(&workbook);
    let rows: Vec<u32> = table.rows().map(|row| row.number).collect();
    assert_eq!(rows.len(), refused, "the rows that were not taken");
    assert!(rows.contains(&6), "the fifth under the headings: {rows:?}");
    let part = answer.text("/measurementSheets/edges/0/node/id");
    let of_part = get(&cast.zhengzhou, &format!("/sheets/errors?sheetId={part}")).await;
    let of_part = super::Table::read(&bytes(of_part).await);
    assert_eq!(of_part.rows().count(), refused, "a part gives those of all");
    assert_eq!(import(&cast.luoyang, &id).await, Json::Null);
    assert_eq!(
        refusal(&cast.luoyang, &path).await,
        (404, "NOT_FOUND".to_owned())
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn two_servers_take_each_part_once(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = start(backend).await;
    let counties = counties(&cast).await;
    let begun = begin(&cast.zhengzhou, table(&counties, usize::MAX)).await;
    let id = begun.text("/startMeasurementImport/import/id").to_owned();
    let other = cast
        .app
        .another(|settings| {
            settings.import_part_rows = std::num::NonZeroUsize::new(3).expect("three");
        })
        .await;
    for _ in 0..3 {
        let (one, two) = tokio::join!(jobs::run_once(cast.app.app()), jobs::run_once(&other));
        one.expect("a round");
        two.expect("a round");
    }
    let done = import(&cast.zhengzhou, &id).await;
    assert_eq!(done["state"], "DONE", "{done}");
    assert_eq!(done["taken"], json!(counties.len()), "{done}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_import_stops_where_its_sender_has_no_right_any_more(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = start(backend).await;
    let counties = counties(&cast).await;
    let file = || table(&counties, usize::MAX);
    let mut ids = Vec::new();
    for _ in 0..3 {
        let begun = begin(&cast.zhengzhou, file()).await;
        ids.push(begun.text("/startMeasurementImport/import/id").to_owned());
    }
    let fourth = begin(&cast.zhengzhou, file()).await;
    assert_eq!(
        fourth.user_errors("startMeasurementImport"),
        ["IMPORTS_TOO_MANY at uploadId"]
    );
    let admin = cast.app.system_admin().await;
    let found = admin
        .ask("{ account(id: \"reporter-410100\") { id } }")
        .await;
    let input = json!({ "accountId": found.at("/account/id") });
    admin
        .change("disableAccount", input, "account { state }")
        .await;
    assert_eq!(round(&cast).await, 0);
    let stopped = import(&cast.verifier, &ids[0]).await;
    assert_eq!(stopped["state"], "STOPPED", "{stopped}");
    assert_eq!(stopped["failure"]["code"], "IMPORT_SENDER_GONE");
    assert_eq!(stopped["taken"], json!(0));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_without_headings_or_rows_is_refused_at_once(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = start(backend).await;
    let nothing = begin(&cast.zhengzhou, "甲,乙\n1,2\n".into()).await;
    assert_eq!(
        nothing.user_errors("startMeasurementImport"),
        ["SHEET_NO_HEADER at uploadId"]
    );
    let empty = begin(&cast.zhengzhou, "指标编码,填报单位,本月数\n".into()).await;
    assert_eq!(
        empty.user_errors("startMeasurementImport"),
        ["SHEET_NOTHING_NEW at uploadId"]
    );
    assert_eq!(round(&cast).await, 0);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_was_added_since_the_last_file_is_found(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = start(backend).await;
    let officer = cast.app.officer().await;
    let table = format!("指标编码,填报单位,本月数\n{ACTIVITIES},T-COUNTY,7\n");
    let tried = async || {
        let upload = upload(&cast.zhengzhou, "new.csv", table.clone().into_bytes()).await;
        let tried = preview(&cast.zhengzhou, about(&upload)).await;
        let check = "/previewMeasurementSheet/check";
        (
            tried.number(&format!("{check}/changed")),
            tried.at(&format!("{check}/rows/0/findings")).to_string(),
        )
    };
    let (changed, findings) = tried().await;
    assert_eq!(changed, 0);
    assert!(findings.contains("SHEET_DEPARTMENT_UNKNOWN"), "{findings}");
    let unit = json!({ "code": "T-COUNTY", "name": "测试县科协", "kind": "COUNTY_ASSOCIATION",
        "parent": "410100", "from": "2025-01-01" });
    let added = officer
        .change("addDepartment", unit, "department { code }")
        .await;
    assert_eq!(added.user_errors("addDepartment"), [""; 0], "{added:?}");
    assert_eq!(tried().await, (1, "[]".to_owned()));
}
