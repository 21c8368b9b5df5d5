//! Slow connections are cut off, and those that merely lie idle are not.

use std::time::{Duration, Instant};

use duban_tests::{Backend::Sqlite, Content, TestApp};

use super::{PATIENCE, Raw};

const HEAD: Duration = Duration::from_millis(300);

async fn strict() -> TestApp {
    TestApp::start_with(Sqlite, Content::Plan2025, |settings| {
        settings.limits.connections.head = HEAD;
        settings.limits.connections.idle = Duration::from_secs(30);
        settings.limits.body = Duration::from_millis(300);
    })
    .await
}

#[tokio::test]
async fn whoever_says_nothing_or_only_half_a_head_is_cut_off() {
    let app = strict().await;
    for said in [
        "",
        "P",
        "PRI * HT",
        "GET /healthz HTTP/1.1\r\nhost: duban\r\nx-slow: ",
    ] {
        let mut slow = Raw::open(app.address()).await;
        slow.say(said).await;
        let answer = slow.end().await;
        assert!(!answer.contains("200 OK"), "{said:?}: {answer}");
    }
}

#[tokio::test]
async fn a_head_that_drips_is_cut_off_too() {
    let app = strict().await;
    let mut slow = Raw::open(app.address()).await;
    slow.say("GET /healthz HTTP/1.1\r\n").await;
    let began = Instant::now();
    // What is said to a closed connection fails soon after.
    while slow.try_say("x-a: b\r\n").await {
        assert!(began.elapsed() < PATIENCE, "still listened to");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_connection_may_lie_idle_between_two_requests() {
    let app = strict().await;
    let mut quiet = Raw::open(app.address()).await;
    for _ in 0..3 {
        quiet
            .say("GET /healthz HTTP/1.1\r\nhost: duban\r\n\r\n")
            .await;
        let mut answer = String::new();
        while !answer.ends_with("ok\n") {
            let heard = quiet.hear().await;
            assert!(!heard.is_empty(), "closed: {answer}");
            answer.push_str(&heard);
        }
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
        tokio::time::sleep(HEAD * 2).await;
    }
    // The next head has its own time.
    quiet.say("GET /healthz HTTP/1.1\r\n").await;
    assert!(!quiet.end().await.contains("200 OK"));
}

#[tokio::test]
async fn a_body_that_does_not_come_is_answered_408() {
    let app = strict().await;
    let viewer = app.viewer().await;
    for (path, kind) in [
        ("/graphql", "application/json"),
        ("/graphql/stream", "application/json"),
        ("/oauth/token", "application/x-www-form-urlencoded"),
    ] {
        let mut slow = Raw::open(app.address()).await;
        let stream = if path == "/graphql/stream" {
            "accept: text/event-stream\r\n"
        } else {
            ""
        };
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: duban\r\ncontent-type: {kind}\r\n{stream}\
             content-length: 1000\r\n\r\n{{\"query\""
        );
        slow.say(&head).await;
        let answer = slow.hear().await;
        assert!(answer.starts_with("HTTP/1.1 408"), "{path}: {answer}");
        viewer.ask("{ __typename }").await.data();
    }
}

#[tokio::test]
async fn strangers_of_one_address_cannot_take_every_connection() {
    let app = TestApp::start_with(Sqlite, Content::Plan2025, |settings| {
        settings.limits.connections.strangers = 3;
    })
    .await;
    // Its connection is no stranger's once it has proved who it is.
    let viewer = app.viewer().await;
    viewer.ask("{ __typename }").await.data();
    let mut strangers = Vec::new();
    for _ in 0..3 {
        strangers.push(Raw::open(app.address()).await);
    }
    let mut more = Raw::open(app.address()).await;
    assert_eq!(more.end().await, "", "closed unheard");
    viewer.ask("{ __typename }").await.data();
    strangers.clear();
    let began = Instant::now();
    loop {
        let mut next = Raw::open(app.address()).await;
        if next
            .try_say("GET /healthz HTTP/1.1\r\nhost: duban\r\nconnection: close\r\n\r\n")
            .await
            && next.end().await.contains("200 OK")
        {
            break;
        }
        assert!(began.elapsed() < PATIENCE, "whoever goes leaves a place");
    }
}
