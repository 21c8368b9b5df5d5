//! One operation, one connection.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Event, Events, TestApp,
};
use reqwest::{Method, header};
use rstest::rstest;
use serde_json::{Value, json};

use super::{OF_PLAN, changed, code, guest, hand_out, post, sign_out};
use crate::sql;

#[rstest]
#[tokio::test]
async fn a_subscription_is_told_of_what_happens(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    for path in ["/graphql", "/graphql/stream"] {
        let variables = json!({ "code": "2025" });
        let mut events = Events::open(post(&officer, path, OF_PLAN, &variables)).await;
        assert_eq!(
            events.hear().await,
            Event::Comment,
            "the first byte comes at once"
        );
        let task = if path == "/graphql" {
            "2025-13"
        } else {
            "2025-14"
        };
        hand_out(&officer, task).await;
        assert_eq!(events.result().await, changed(task));
    }
    let query = "query=subscription%7BtaskChanged%7Baction%20task%7Bcode%7D%7D%7D";
    let get = officer.get(&format!("/graphql?{query}"));
    let mut events = Events::open(get).await;
    assert_eq!(events.hear().await, Event::Comment);
    hand_out(&officer, "2025-15").await;
    assert_eq!(events.result().await, changed("2025-15"));
}

#[tokio::test]
async fn queries_and_mutations_are_one_result() {
    let app = TestApp::start(Sqlite).await;
    let viewer = app.viewer().await;
    let query = "{ plan(id: \"2025\") { year code } }";
    let mut events = Events::open(post(&viewer, "/graphql", query, &json!({}))).await;
    let result = events.result().await;
    assert_eq!(
        result["data"],
        json!({ "plan": { "year": 2025, "code": "2025" } })
    );
    assert!(events.cost()["requested"].is_number(), "{result}");
    assert_eq!(events.event().await, Event::Complete(Value::Null));
    assert_eq!(events.event().await, Event::End);

    let mutation = "mutation { signOut { userErrors { code } } }";
    let mut events = Events::open(post(&viewer, "/graphql", mutation, &json!({}))).await;
    let result = events.result().await;
    assert_eq!(result["data"], json!({ "signOut": { "userErrors": [] } }));
    assert_eq!(events.event().await, Event::Complete(Value::Null));
}

#[tokio::test]
async fn what_cannot_run_says_so_in_the_stream() {
    let app = TestApp::start(Sqlite).await;
    let viewer = app.viewer().await;
    for (query, expected) in [
        ("{ plans {", "GRAPHQL_PARSE_FAILED"),
        ("{ planz { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
        (
            "subscription { taskChanged(planCode: \"1999\") { action } }",
            "NOT_FOUND",
        ),
        (
            "query($id: ID!) { plan(id: $id) { code } }",
            "BAD_USER_INPUT",
        ),
    ] {
        let mut events = Events::open(post(&viewer, "/graphql", query, &json!({}))).await;
        let result = events.result().await;
        assert_eq!(code(&result), expected, "{query}: {result}");
        assert!(result.get("data").is_none(), "{query}: {result}");
        assert_eq!(
            events.event().await,
            Event::Complete(Value::Null),
            "{query}"
        );
        assert_eq!(events.event().await, Event::End, "{query}");
    }
}

#[tokio::test]
async fn a_request_that_is_none_has_a_status() {
    let app = TestApp::start(Sqlite).await;
    let (viewer, stranger) = (app.viewer().await, app.anonymous());
    let accept = "text/event-stream";
    let body = json!({ "query": OF_PLAN });
    let mutation = "/graphql?query=mutation%7BsignOut%7BuserErrors%7Bcode%7D%7D%7D";
    let mut expired = app.anonymous();
    expired.use_token(Some("made.up.token"));
    let query = json!({ "query": "{ plans { totalCount } }" });
    for (request, status, expected) in [
        (viewer.post().json(&json!({})), 400, "BAD_REQUEST"),
        (viewer.post().body("{}"), 415, "UNSUPPORTED_MEDIA_TYPE"),
        (viewer.get(mutation), 405, "METHOD_NOT_ALLOWED"),
        (
            viewer.request(Method::PATCH, "/graphql"),
            405,
            "METHOD_NOT_ALLOWED",
        ),
        (stranger.post().json(&body), 401, "UNAUTHENTICATED"),
        (stranger.post().json(&query), 401, "UNAUTHENTICATED"),
        (expired.post().json(&body), 401, "UNAUTHENTICATED"),
    ] {
        let answer = viewer.send(request.header(header::ACCEPT, accept)).await;
        assert_eq!((answer.status(), answer.codes()), (status, vec![expected]));
    }
}

#[rstest]
#[tokio::test]
async fn a_right_that_is_lost_ends_the_stream(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let (officer, viewer) = (app.officer().await, guest(&app).await);
    let open = post(&viewer, "/graphql", OF_PLAN, &json!({ "code": "2025" }));
    let mut events = Events::open(open).await;
    assert_eq!(events.hear().await, Event::Comment);
    sql::run(
        &app,
        "DELETE FROM role_grant WHERE account_id = (SELECT id FROM account WHERE login = 'guest')",
    )
    .await;
    hand_out(&officer, "2025-14").await;
    assert_eq!(code(&events.result().await), "FORBIDDEN");
    assert_eq!(events.event().await, Event::Complete(Value::Null));
    assert_eq!(events.event().await, Event::End);
}

#[rstest]
#[tokio::test]
async fn a_session_that_ends_ends_its_streams_within_a_second(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let viewer = app.viewer().await;
    let mut events = Events::open(post(&viewer, "/graphql", OF_PLAN, &json!({}))).await;
    assert_eq!(events.hear().await, Event::Comment);
    sign_out(&viewer).await;
    let began = std::time::Instant::now();
    assert_eq!(code(&events.result().await), "UNAUTHENTICATED");
    assert_eq!(events.event().await, Event::Complete(Value::Null));
    assert_eq!(events.event().await, Event::End);
    assert!(began.elapsed().as_millis() < 2_000, "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_server_that_stops_ends_streams_without_a_last_word() {
    let mut app = TestApp::start(Sqlite).await;
    let viewer = app.viewer().await;
    let mut events = Events::open(post(&viewer, "/graphql", OF_PLAN, &json!({}))).await;
    assert_eq!(events.hear().await, Event::Comment);
    app.stop();
    assert_eq!(
        events.event().await,
        Event::End,
        "so that clients come again"
    );
    app.stopped().await;
}

#[tokio::test]
async fn an_account_has_fifty_streams_at_most() {
    let app = TestApp::start(Sqlite).await;
    let (viewer, officer) = (app.viewer().await, app.officer().await);
    let mut open = Vec::new();
    for _ in 0..50 {
        open.push(Events::open(post(&viewer, "/graphql", OF_PLAN, &json!({}))).await);
    }
    let more = async || {
        let request = post(&viewer, "/graphql", OF_PLAN, &json!({}));
        let request = request.header(header::ACCEPT, "text/event-stream");
        request.send().await.expect("an answer")
    };
    let refused = more().await;
    assert_eq!(refused.status(), 429);
    assert_eq!(refused.headers()["retry-after"], "10");
    Events::open(post(&officer, "/graphql", OF_PLAN, &json!({}))).await;
    drop(open);
    for _ in 0..200 {
        if more().await.status() == 200 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("whoever goes leaves a place");
}
