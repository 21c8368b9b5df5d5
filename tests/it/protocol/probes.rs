//! `/healthz`, `/readyz`, `/metrics`, and an orderly end.

use std::time::{Duration, Instant};

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Content, TestApp,
};
use rstest::rstest;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

#[rstest]
#[tokio::test]
async fn a_server_that_serves_is_live_and_ready(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let person = app.anonymous();
    for path in ["/healthz", "/readyz"] {
        let answer = person.send(person.get(path)).await;
        assert_eq!(answer.status(), 200, "{path}");
        assert!(
            answer.header("content-type").starts_with("text/plain"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn without_its_database_it_lives_and_is_not_ready() {
    let app = TestApp::start_without_plan(Postgres).await;
    let person = app.anonymous();
    app.lose_database().await;
    let answer = person.send(person.get("/readyz")).await;
    assert_eq!((answer.status(), answer.body()), (503, "not ready\n"));
    assert_eq!(person.send(person.get("/healthz")).await.status(), 200);
}

#[tokio::test]
async fn figures_name_operations_and_never_people() {
    let app = TestApp::start(Sqlite).await;
    let officer = app.officer().await;
    officer
        .ask("query TaskPage { task(id: \"2025-14\") { code } }")
        .await
        .data();
    app.anonymous()
        .ask("query Stranger { __typename }")
        .await
        .data();
    let answer = officer.send(officer.get("/metrics")).await;
    assert_eq!(answer.status(), 200);
    assert!(
        answer
            .header("content-type")
            .starts_with("text/plain; version=0.0.4")
    );
    let text = answer.body();
    for part in [
        "duban_graphql_duration_seconds_bucket",
        "operation=\"TaskPage\"",
        "duban_graphql_cost_points",
        "duban_http_requests_total",
        "duban_sql_statements_total",
    ] {
        assert!(text.contains(part), "{part}");
    }
    for part in ["officer", "Stranger", "2025-14", "127.0.0.1"] {
        assert!(!text.contains(part), "{part}");
    }
}

#[tokio::test]
async fn figures_are_for_this_machine_unless_opened() {
    let ask = async |is_public: bool| {
        let app = TestApp::start_with(Sqlite, Content::Organisation, |settings| {
            settings.trusted_proxy_hops = 1;
            settings.is_metrics_public = is_public;
        })
        .await;
        let person = app.anonymous();
        let request = person
            .get("/metrics")
            .header("x-forwarded-for", "203.0.113.9");
        person.send(request).await.status()
    };
    assert_eq!(ask(false).await, 404);
    assert_eq!(ask(true).await, 200);
}

#[tokio::test]
async fn told_to_stop_it_turns_red_first_and_ends_what_it_began() {
    let mut app = TestApp::start_with(Sqlite, Content::Organisation, |settings| {
        settings.drain_notice = Duration::from_millis(400);
    })
    .await;
    let person = app.anonymous();
    // A request that has begun to arrive when the server is told to stop.
    let address = app.url("").trim_start_matches("http://").to_owned();
    let mut slow = TcpStream::connect(&address).await.expect("a connection");
    let body = r#"{"query":"{ __typename }"}"#;
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    slow.write_all(head.as_bytes()).await.expect("the head");
    slow.write_all(&body.as_bytes()[..5])
        .await
        .expect("a part of the body");
    assert_eq!(person.send(person.get("/healthz")).await.status(), 200);

    app.stop();
    let began = Instant::now();
    loop {
        let answer = person.send(person.get("/readyz")).await;
        if answer.status() == 503 {
            assert_eq!(answer.body(), "draining\n");
            break;
        }
        assert!(
            began.elapsed() < Duration::from_millis(350),
            "red before it stops"
        );
    }
    assert_eq!(
        person.ask("{ __typename }").await.status(),
        200,
        "still serving"
    );

    slow.write_all(&body.as_bytes()[5..])
        .await
        .expect("the rest of the body");
    let mut text = String::new();
    slow.read_to_string(&mut text).await.expect("the answer");
    assert!(text.starts_with("HTTP/1.1 200"), "{text}");
    assert!(text.contains("\"Query\""), "{text}");
    app.stopped().await;
    assert!(
        began.elapsed() < Duration::from_secs(5),
        "nothing is left to wait for"
    );
    assert!(
        TcpStream::connect(&address).await.is_err(),
        "nobody listens"
    );
}

#[tokio::test]
async fn a_request_that_never_ends_does_not_hold_the_server() {
    let mut app = TestApp::start_without_plan(Sqlite).await;
    let address = app.url("").trim_start_matches("http://").to_owned();
    let mut stuck = TcpStream::connect(&address).await.expect("a connection");
    stuck
        .write_all(format!("POST /graphql HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n{{").as_bytes())
        .await
        .expect("a part of a request");
    let person = app.anonymous();
    assert_eq!(person.send(person.get("/healthz")).await.status(), 200);
    app.stop();
    let began = Instant::now();
    app.stopped().await;
    assert!(
        began.elapsed() < Duration::from_secs(14),
        "{:?}",
        began.elapsed()
    );
}
