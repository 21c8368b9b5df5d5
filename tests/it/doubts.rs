//! Figures that look wrong are told to whoever enters and verifies them, and are taken all the same.

use duban_domain::access::{Reach, Role};
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

/// The number of activities of the expert corps, counted by counties.
const ACTIVITIES: &str = "2025-19-M2";
/// The experts that the cities are in touch with, each counted once.
const EXPERTS: &str = "2025-19-M1";

const ROWS: &str = "rows { measurement { id state doubts { code message figures { name value } } }
    userErrors { code } }";

async fn record(who: &Person, rows: &[Value]) -> Answer {
    let answer = who
        .change("recordMeasurements", json!({ "rows": rows }), ROWS)
        .await;
    let stored = answer.list("/recordMeasurements/rows").iter();
    for row in stored {
        assert_eq!(row["measurement"]["state"], "SUBMITTED", "{row}");
    }
    answer
}

/// The codes of what looks wrong, row by row.
fn doubts(answer: &Answer) -> Vec<Vec<&str>> {
    let rows = answer.list("/recordMeasurements/rows").iter();
    rows.map(|row| {
        let doubts = row["measurement"]["doubts"].as_array();
        let doubts = doubts.into_iter().flatten();
        doubts.filter_map(|one| one["code"].as_str()).collect()
    })
    .collect()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_figure_that_looks_wrong_is_taken_and_doubted(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_counting(backend).await;
    app.advance(Duration::days(15));
    let officer = app.officer().await;
    let zhengzhou = app.municipal_reporter("410100").await;
    for month in ["2025-01", "2025-02"] {
        let input = json!({ "department": "410100", "period": month, "until": "2025-04-30",
            "reason": "补报" });
        let answer = officer.change("reopenPeriod", input, "period").await;
        assert_eq!(answer.user_errors("reopenPeriod"), [""; 0]);
    }
    let row = |metric: &str, unit: &str, month: &str, said: (&str, Value)| json!({ "metric": metric, "department": unit, "period": month, said.0: said.1 });
    let equal = ["2025-01", "2025-02", "2025-03"]
        .map(|month| row(ACTIVITIES, "410102", month, ("value", json!("7"))));
    let first = record(&zhengzhou, &equal).await;
    let copied = ["DOUBT_REPEATED"].as_slice();
    assert_eq!(doubts(&first), [&[], &[], copied], "{first:?}");
    let told = first.at("/recordMeasurements/rows/2/measurement/doubts/0");
    assert!(
        told["message"]
            .as_str()
            .is_some_and(|one| one.contains('7'))
    );

    let verifier = app
        .person("doubts", (Role::Verifier, "HNAST", Reach::Subtree))
        .await;
    let kaifeng = app.municipal_reporter("410200").await;
    let named =
        |unit: &str, names: &[&str]| row(EXPERTS, unit, "2025-03", ("things", json!(names)));
    let theirs = record(&kaifeng, &[named("410200", &["甲", "乙"])]).await;
    let id = theirs.text("/recordMeasurements/rows/0/measurement/id");
    let fields = "rows { measurement { state } }";
    verifier
        .change(
            "verifyMeasurements",
            json!({ "measurementIds": [id] }),
            fields,
        )
        .await;
    let ours = record(&zhengzhou, &[named("410100", &["乙", "丙"])]).await;
    assert_eq!(doubts(&ours), [["DOUBT_NAMED_ELSEWHERE"]]);

    let list = "query { measurements(first: 50, filter: { state: [SUBMITTED] }) {
        edges { node { doubts { code } } } } }";
    let (answer, statements) = app.counting(verifier.ask(list)).await;
    assert_eq!(answer.list("/measurements/edges").len(), 4);
    let one = "query { measurements(first: 1, filter: { state: [SUBMITTED] }) {
        edges { node { doubts { code } } } } }";
    let (_, fewer) = app.counting(verifier.ask(one)).await;
    assert_eq!(statements, fewer, "four cost what one does");
}
