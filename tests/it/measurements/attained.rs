//! What verified figures attain: the light of a task and its completion go by it.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use super::{ACADEMIC, ROWS, record, row};
use crate::closed_loop::Cast;

/// The task whose metric the lead department counts: 40 academic activities.
const TASK: &str = "2025-09";

/// Handed out on 1 April 2025 and accepted.
async fn underway(backend: Backend) -> Cast {
    let app = TestApp::start(backend).await;
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
