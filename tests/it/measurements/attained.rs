//! What verified figures attain: the light of a task and its completion go by it.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use super::{ACADEMIC, ACTIVITIES, ROWS, record, row};
use crate::closed_loop::Cast;

/// The task whose metric the lead department counts: 40 academic activities.
const TASK: &str = "2025-09";

/// Handed out on 1 April 2025 and accepted.
async fn underway(backend: Backend) -> Cast {
    let app = TestApp::start_counting(backend).await;
    app.advance(Duration::days(15));
    let cast = Cast::of(app).await;
    cast.hand_out(TASK, "2025-11-30").await;
    cast.accept(TASK).await;
    cast
}

async fn said(who: &Person, value: &str) -> String {
    let answer = record(who, &[row(ACADEMIC, "XXB", json!({ "value": value }))]).await;
    answer
        .text("/recordMeasurements/rows/0/measurement/id")
        .to_owned()
}

async fn verify(cast: &Cast, id: &str) {
    let verifier = cast.app.sign_in("verifier").await;
    let input = json!({ "measurementIds": [id] });
    let done = verifier.change("verifyMeasurements", input, ROWS).await;
    assert_eq!(super::outcomes(&done, "verifyMeasurements"), ["VERIFIED"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_target_attained_by_verified_figures_needs_no_exception(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = underway(backend).await;
    let why = json!({ "reason": "全年活动已办完" });
    let id = said(&cast.liaison, "41").await;
    let early = cast
        .act(&cast.liaison, "submitCompletion", TASK, why.clone())
        .await;
    assert_eq!(
        early.user_errors("submitCompletion"),
        ["TASK_METRICS_OPEN at taskId"],
        "what is submitted does not count"
    );
    verify(&cast, &id).await;
    let done = cast.act(&cast.liaison, "submitCompletion", TASK, why).await;
    assert_eq!(
        done.text("/submitCompletion/task/state"),
        "COMPLETION_SUBMITTED",
        "{done:?}"
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_light_is_held_against_the_pace_once_something_is_verified(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = underway(backend).await;
    let id = said(&cast.liaison, "4").await;
    cast.app.advance(Duration::days(180));
    let pace = async || -> Vec<Value> {
        let officer = cast.app.officer().await;
        let query = "query($id: ID!) { task(id: $id) { light {
            reasons { code colour figures { name value } } turnsGreen { code } } } }";
        let answer = officer.ask_with(query, json!({ "id": TASK })).await;
        let reasons = answer.list("/task/light/reasons").iter();
        let behind = reasons.filter(|one| one["code"] == "LIGHT_BEHIND_PACE");
        behind.cloned().collect()
    };
    assert_eq!(pace().await, Vec::<Value>::new(), "missing is not zero");
    verify(&cast, &id).await;
    let behind = pace().await;
    assert_eq!(behind.len(), 1, "{behind:?}");
    assert_eq!(behind[0]["colour"], "RED");
    let figures = behind[0]["figures"].as_array().expect("figures");
    assert!(
        figures.contains(&json!({ "name": "attained", "value": "10" })),
        "{figures:?}"
    );
}

/// Says so many activities for each of the first three months, which the verifier verifies.
async fn quarter(cast: &Cast, value: &str, revision: i32) {
    let rows: Vec<Value> = ["2025-01", "2025-02", "2025-03"]
        .iter()
        .map(|period| {
            json!({ "metric": ACADEMIC, "department": "XXB", "period": period, "value": value,
                "expectedVersion": revision, "reason": "核对" })
        })
        .collect();
    let said = record(&cast.liaison, &rows).await;
    for index in 0..rows.len() {
        let path = format!("/recordMeasurements/rows/{index}/measurement/id");
        verify(cast, said.text(&path)).await;
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_light_warns_of_a_target_that_will_probably_be_missed(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = underway(backend).await;
    let officer = cast.app.officer().await;
    for period in ["2025-01", "2025-02"] {
        let input = json!({ "department": "HNAST", "period": period, "until": "2025-04-30",
            "reason": "补报" });
        let done = officer.change("reopenPeriod", input, "until").await;
        assert_eq!(done.user_errors("reopenPeriod"), [""; 0], "{done:?}");
    }
    let query = "query($id: ID!) { task(id: $id) { light { colour
        reasons { code colour figures { name value } }
        turnsGreen { code figures { name value } } } } }";
    let light = async || {
        let answer = officer.ask_with(query, json!({ "id": TASK })).await;
        answer.at("/task/light").clone()
    };
    assert_eq!(light().await["colour"], "GREEN");
    quarter(&cast, "2", 0).await;
    let warned = light().await;
    assert_eq!(warned["colour"], "YELLOW", "{warned}");
    let reason = &warned["reasons"][0];
    assert_eq!(reason["code"], "LIGHT_TARGET_AT_RISK");
    let figures = |of: &Value| -> Vec<String> {
        let all = of["figures"].as_array().expect("figures").iter();
        all.map(|one| format!("{} {}", one["name"], one["value"]).replace('"', ""))
            .collect()
    };
    let told = figures(reason);
    assert_eq!(told[0], format!("metric {ACADEMIC}"));
    assert_eq!(told[2..], ["expected 24", "target 40"]);
    assert_eq!(
        figures(&warned["turnsGreen"][0]),
        [
            format!("metric {ACADEMIC}"),
            "months 9".to_owned(),
            "each 4".to_owned(),
            "to 50".to_owned()
        ],
        "34 in nine months"
    );
    let rules = json!({ "rules": [{ "threshold": "FORECAST_YELLOW", "value": 0 }] });
    let preview = "query($input: PreviewLightRulesInput!) { previewLightRules(input: $input) {
        changes(first: 50) { edges { node { task { code } from to } } } } }";
    let tried = officer.ask_with(preview, json!({ "input": rules })).await;
    let changes = tried.list("/previewLightRules/changes/edges");
    assert_eq!(
        changes[0]["node"],
        json!({ "task": { "code": TASK }, "from": "YELLOW", "to": "GREEN" }),
        "{tried:?}"
    );
    quarter(&cast, "6", 1).await;
    assert_eq!(light().await["colour"], "GREEN", "72 are expected");
    let lights = "{ tasks(first: 36) { edges { node { light { colour } } } } }";
    officer.ask(lights).await;
    let (_, one) = cast.app.counting(officer.ask(lights)).await;
    let zhengzhou = cast.app.municipal_reporter("410100").await;
    let said = row(ACTIVITIES, "410102", json!({ "value": "12" }));
    let said = record(&zhengzhou, &[said]).await;
    verify(
        &cast,
        said.text("/recordMeasurements/rows/0/measurement/id"),
    )
    .await;
    officer.ask(lights).await;
    let (_, two) = cast.app.counting(officer.ask(lights)).await;
    assert_eq!(one, two, "for one measured task and for two");
}
