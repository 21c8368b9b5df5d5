//! Several servers over one database, which tell each other what happened through NATS.

use std::{future::pending, time::Duration};

use async_nats::jetstream;
use duban_app::{
    App,
    bus::Listener,
    relay::{self, RelaySettings},
};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::json;

/// NATS, as the tests are told of it, and a stream of this test alone.
#[expect(
    clippy::disallowed_methods,
    reason = "the tests are told by the environment where the server is; the name needs the machine's time"
)]
fn settings() -> RelaySettings {
    let url = std::env::var("DUBAN_TEST_NATS_URL");
    RelaySettings {
        url: url.unwrap_or_else(|_| "nats://127.0.0.1:4222".to_owned()),
        stream: format!("duban-test-{}", uuid::Uuid::now_v7().simple()),
    }
}

/// Relays for a server until the test ends.
fn relaying(app: &App, settings: &RelaySettings) {
    let (app, settings) = (app.clone(), settings.clone());
    #[expect(clippy::disallowed_methods, reason = "ends with the test's runtime")]
    tokio::spawn(async move { relay::supervise(&app, &settings, pending()).await });
}

async fn context(settings: &RelaySettings) -> jetstream::Context {
    let client = async_nats::connect(&settings.url).await.expect("NATS");
    jetstream::new(client)
}

/// Waits until the stream of the installation holds so many messages.
async fn filled(settings: &RelaySettings, wanted: u64) {
    let context = context(settings).await;
    loop {
        if let Ok(mut stream) = context.get_stream(&settings.stream).await {
            let info = stream.info().await.expect("the stream");
            if info.state.messages >= wanted && info.state.consumer_count > 0 {
                return;
            }
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn hand_out(officer: &Person, code: &str) {
    let query = format!("{{ task(id: \"{code}\") {{ id version }} }}");
    let found = officer.ask(&query).await;
    let row = json!({ "taskId": found.text("/task/id"),
        "expectedVersion": found.number("/task/version"), "deadline": "2025-12-31" });
    let input = json!({ "rows": [row] });
    let fields = "rows { userErrors { code } }";
    officer.change("handOutTasks", input, fields).await;
}

/// Everything that a listener hears of tasks until so many were told.
async fn tasks_heard(listener: &mut Listener, wanted: usize) -> Vec<String> {
    let mut heard = Vec::new();
    while heard.len() < wanted {
        for event in listener.next().await.expect("events").iter() {
            if event.object_type == "Task" {
                heard.push(event.action.to_string());
            }
        }
    }
    heard
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_one_server_did_is_told_by_the_other_once(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let settings = settings();
    let first = TestApp::start(backend).await;
    let second = first.another(|_| {}).await;
    relaying(first.app(), &settings);
    relaying(&second, &settings);
    filled(&settings, 1).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let (mut here, mut there) = (first.app().bus().listen(), second.bus().listen());
    let officer = first.officer().await;
    hand_out(&officer, "2025-01").await;
    hand_out(&officer, "2025-02").await;
    assert_eq!(tasks_heard(&mut there, 2).await, ["task.handed_out"; 2]);
    // Its own come back from NATS and are not told again.
    assert_eq!(tasks_heard(&mut here, 2).await, ["task.handed_out"; 2]);
    hand_out(&officer, "2025-03").await;
    assert_eq!(tasks_heard(&mut here, 1).await, ["task.handed_out"]);
    assert_eq!(tasks_heard(&mut there, 1).await, ["task.handed_out"]);
    context(&settings)
        .await
        .delete_stream(&settings.stream)
        .await
        .expect("gone");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_was_lost_is_filled_again_from_the_database(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let settings = settings();
    let app = TestApp::start(backend).await;
    relaying(app.app(), &settings);
    filled(&settings, 1).await;
    let officer = app.officer().await;
    hand_out(&officer, "2025-01").await;
    let head = crate::sql::audit_head(&app).await;
    let head = u64::try_from(head).expect("a number");
    filled(&settings, head).await;
    let context = context(&settings).await;
    context.delete_stream(&settings.stream).await.expect("gone");
    filled(&settings, head).await;
    context.delete_stream(&settings.stream).await.expect("gone");
}
