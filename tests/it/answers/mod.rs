//! Answers that are remembered: given again while nothing has changed, and not a moment longer.

mod callers;
mod fresh;

use std::sync::Arc;

use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Content, Person, TestApp, TestStopwatch, keep_callers,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

/// Three tasks: five points.
const TASKS: &str = "{ tasks(first: 3) { edges { node { code title } } } }";
/// What somebody is called.
const NAME: &str = "{ viewer { account { displayName } } }";
/// So often something is asked that is never remembered.
const OFTEN: usize = 5;

/// A server that remembers answers. Who somebody is stays known, so that only what is asked costs
/// statements.
async fn start(backend: Backend) -> TestApp {
    TestApp::start_as(backend, Content::Plan2025, keep_callers).await
}

/// Asks until the answer costs no statement; on a busy machine two may be more than a second apart.
async fn remembered(app: &TestApp, person: &Person, query: &str) -> Answer {
    for _ in 0..50 {
        let (answer, statements) = app.counting(person.ask(query)).await;
        assert!(answer.errors().is_empty(), "{answer:?}");
        if statements == 0 {
            return answer;
        }
    }
    panic!("never answered as before: {query}")
}

/// Asserts that something is worked out however often it is asked.
async fn assert_never_remembered(app: &TestApp, person: &Person, query: &str) {
    person.ask(query).await;
    for _ in 0..OFTEN {
        let (answer, statements) = app.counting(person.ask(query)).await;
        assert!(statements > 0, "{query}: {answer:?}");
    }
}

fn cost(answer: &Answer) -> &Value {
    &answer.json()["extensions"]["cost"]
}

#[rstest]
#[tokio::test]
async fn a_read_that_is_repeated_asks_the_database_nothing(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = start(backend).await;
    let viewer = app.viewer().await;
    let first = viewer.ask(TASKS).await;
    assert_eq!(first.list("/tasks/edges").len(), 3);
    let again = remembered(&app, &viewer, TASKS).await;
    assert_eq!(again.data(), first.data());
    assert_eq!(again.status(), 200);
    for member in ["requested", "actual"] {
        assert_eq!(cost(&again)[member], cost(&first)[member], "{member}");
    }
    assert_ne!(again.header("x-request-id"), first.header("x-request-id"));
    let metrics = viewer.send(viewer.get("/metrics")).await;
    for counter in ["repeated", "worked_out"] {
        let line = format!("duban_answers_{counter}_total ");
        assert!(metrics.body().contains(&line), "{}", metrics.body());
    }
}

#[tokio::test]
async fn other_variables_have_another_answer() {
    let app = start(Sqlite).await;
    let viewer = app.viewer().await;
    let query = "query($first: Int) { tasks(first: $first) { edges { node { code } } } }";
    for first in [2, 3, 2, 3, 3, 2] {
        let answer = viewer.ask_with(query, json!({ "first": first })).await;
        assert_eq!(answer.list("/tasks/edges").len(), first);
    }
}

#[tokio::test]
async fn an_answer_from_memory_is_paid_for_like_every_other() {
    let stopwatch = Arc::new(TestStopwatch::default());
    let app = TestApp::start_both((Sqlite, Content::Plan2025), keep_callers, |settings| {
        settings.stopwatch = stopwatch;
    })
    .await;
    let viewer = app.viewer().await;
    let left = |answer: &Answer| cost(answer)["remaining"].as_u64().expect("points");
    let mut before = left(&viewer.ask(TASKS).await);
    let mut repeated = 0;
    for _ in 0..50 {
        let (answer, statements) = app.counting(viewer.ask(TASKS)).await;
        assert_eq!(cost(&answer)["actual"], 5);
        assert_eq!(left(&answer), before - 5);
        before = left(&answer);
        repeated += u32::from(statements == 0);
    }
    assert!(repeated > 0, "some came from memory");
}

#[rstest]
#[tokio::test]
async fn nothing_is_remembered_where_that_is_off(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_counting(backend).await;
    let viewer = app.viewer().await;
    assert_never_remembered(&app, &viewer, TASKS).await;
}

#[tokio::test]
async fn what_is_not_in_the_database_alone_is_worked_out_each_time() {
    let app = start(Sqlite).await;
    let (officer, nobody) = (app.officer().await, app.anonymous());
    for query in [
        "{ latestChangeCursor }",
        "{ latestChangeCursor plans { edges { node { code } } } }",
    ] {
        assert_never_remembered(&app, &officer, query).await;
    }
    let query = "{ instance { demoAccounts { login } } }";
    assert_never_remembered(&app, &nobody, query).await;
}

#[rstest]
#[tokio::test]
async fn what_changes_with_the_time_alone_is_seen_when_the_time_has_come(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    const TODAY: &str = "{ instance { organisation today } }";
    let app = start(backend).await;
    let nobody = app.anonymous();
    let today = remembered(&app, &nobody, TODAY).await;
    assert_eq!(today.text("/instance/today"), "2025-03-17");
    app.advance(Duration::days(1));
    let tomorrow = nobody.ask(TODAY).await;
    assert_eq!(tomorrow.text("/instance/today"), "2025-03-18");
    remembered(&app, &nobody, TODAY).await;
    app.advance(Duration::seconds(1));
    let (_, statements) = app.counting(nobody.ask(TODAY)).await;
    assert!(statements > 0, "nothing is older than a second");
}
