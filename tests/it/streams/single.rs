//! Several operations over one connection.

use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Event, Events, Person, TestApp,
};
use reqwest::{Method, RequestBuilder};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use super::{OF_PLAN, changed, code, guest, hand_out, sign_out};
use crate::sql;

const PATH: &str = "/graphql/stream";
const HEADER: &str = "x-graphql-event-stream-token";

async fn reserve(person: &Person) -> String {
    let answer = person.send(person.request(Method::PUT, PATH)).await;
    assert_eq!(answer.status(), 201, "{answer:?}");
    assert!(answer.header("content-type").starts_with("text/plain"));
    answer.body().to_owned()
}

fn connection(person: &Person, token: &str) -> RequestBuilder {
    person.get(PATH).header(HEADER, token)
}

async fn open(person: &Person, token: &str) -> Events {
    let mut events = Events::open(connection(person, token)).await;
    assert_eq!(events.hear().await, Event::Comment);
    events
}

async fn begin(person: &Person, token: &str, id: &str, query: &str) -> Answer {
    let body = json!({ "query": query, "extensions": { "operationId": id } });
    let request = person.request(Method::POST, PATH).header(HEADER, token);
    person.send(request.json(&body)).await
}

async fn stop(person: &Person, token: &str, id: &str) -> u16 {
    let path = format!("{PATH}?operationId={id}");
    let request = person.request(Method::DELETE, &path).header(HEADER, token);
    person.send(request).await.status()
}

fn next(id: &str, payload: &Value) -> Event {
    Event::Next(json!({ "id": id, "payload": payload }))
}

fn complete(id: &str) -> Event {
    Event::Complete(json!({ "id": id }))
}

#[rstest]
#[tokio::test]
async fn operations_come_and_go_over_one_connection(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    let token = reserve(&officer).await;
    let query = "{ plan(id: \"2025\") { year } }";
    let early = begin(&officer, &token, "early", query).await;
    assert_eq!((early.status(), early.body()), (202, ""));
    let mut events = open(&officer, &token).await;
    let Event::Next(result) = events.event().await else {
        panic!("what was asked before the stream was open comes first");
    };
    assert_eq!(result["id"], "early");
    assert_eq!(
        result["payload"]["data"],
        json!({ "plan": { "year": 2025 } })
    );
    assert_eq!(events.event().await, complete("early"));

    let plan = OF_PLAN
        .replace("$code)", "\"2025\")")
        .replace("($code: String)", "");
    let ask = async |id: &str, query: &str| begin(&officer, &token, id, query).await.status();
    assert_eq!(ask("plan", &plan).await, 202);
    assert_eq!(ask("plan", &plan).await, 409, "the id is taken");
    assert_eq!(ask("wrong", "{ planz }").await, 202);
    let Event::Next(wrong) = events.event().await else {
        panic!("what is not valid says so in the stream");
    };
    assert_eq!(code(&wrong["payload"]), "GRAPHQL_VALIDATION_FAILED");
    assert_eq!(events.event().await, complete("wrong"));
    hand_out(&officer, "2025-13").await;
    assert_eq!(events.event().await, next("plan", &changed("2025-13")));
    assert_eq!(stop(&officer, &token, "plan").await, 200);
    assert_eq!(stop(&officer, &token, "nothing").await, 200);
    assert_eq!(events.event().await, complete("plan"));
    hand_out(&officer, "2025-14").await;
    assert_eq!(
        ask("plan", "{ __typename }").await,
        202,
        "the id is free again"
    );
    let Event::Next(last) = events.event().await else {
        panic!("nothing is told of a stopped operation");
    };
    assert_eq!(last["payload"]["data"], json!({ "__typename": "Query" }));
}

#[tokio::test]
async fn a_reservation_is_opened_once_by_whose_it_is() {
    let app = TestApp::start(Sqlite).await;
    let (officer, viewer, stranger) = (app.officer().await, app.viewer().await, app.anonymous());
    let nobody = stranger.send(stranger.request(Method::PUT, PATH)).await;
    assert_eq!(
        (nobody.status(), nobody.codes()),
        (401, vec!["UNAUTHENTICATED"])
    );
    let token = reserve(&officer).await;
    let try_open = async |person: &Person, token: &str| {
        let request = connection(person, token).header("accept", "text/event-stream");
        person.send(request).await.status()
    };
    assert_eq!(try_open(&viewer, &token).await, 404, "it is another's");
    assert_eq!(try_open(&officer, "made-up").await, 404);
    // A browser's own EventSource sends the token of the reservation alone, in the address.
    let address = format!("{PATH}?token={token}");
    let mut events = Events::open(stranger.get(&address)).await;
    assert_eq!(try_open(&officer, &token).await, 409);
    assert_eq!(
        begin(&viewer, &token, "1", "{ __typename }").await.status(),
        404
    );
    assert_eq!(
        begin(&stranger, &token, "1", "{ __typename }")
            .await
            .status(),
        401
    );
    assert_eq!(
        begin(&officer, &token, "1", "{ __typename }")
            .await
            .status(),
        202
    );
    assert_eq!(events.result().await["id"], "1");
    drop(events);
}

#[tokio::test]
async fn a_reservation_that_nobody_opens_expires() {
    let app = TestApp::start(Sqlite).await;
    let officer = app.officer().await;
    let token = reserve(&officer).await;
    app.advance(Duration::seconds(29));
    assert_eq!(
        begin(&officer, &token, "1", "{ __typename }")
            .await
            .status(),
        202
    );
    app.advance(Duration::seconds(2));
    let late = begin(&officer, &token, "2", "{ __typename }").await;
    assert_eq!(
        (late.status(), late.codes()),
        (404, vec!["STREAM_NOT_FOUND"])
    );
    for _ in 0..50 {
        reserve(&officer).await;
    }
    let refused = officer.send(officer.request(Method::PUT, PATH)).await;
    assert_eq!(
        (refused.status(), refused.codes()),
        (429, vec!["TOO_MANY_STREAMS"])
    );
    app.advance(Duration::seconds(31));
    reserve(&officer).await;
}

#[tokio::test]
async fn what_no_stream_carries_is_refused() {
    let app = TestApp::start(Sqlite).await;
    let officer = app.officer().await;
    let token = reserve(&officer).await;
    let answer = officer.send(officer.request(Method::POST, PATH)).await;
    assert_eq!(
        (answer.status(), answer.codes()),
        (404, vec!["STREAM_NOT_FOUND"])
    );
    let patch = officer.request(Method::PATCH, PATH).header(HEADER, &token);
    let answer = officer.send(patch).await;
    assert_eq!(
        (answer.status(), answer.header("allow")),
        (405, "DELETE, GET, POST, PUT")
    );
    for id in ["", &"long".repeat(26)] {
        let answer = begin(&officer, &token, id, "{ __typename }").await;
        assert_eq!(
            (answer.status(), answer.codes()),
            (400, vec!["BAD_REQUEST"])
        );
    }
    let answer = begin(&officer, &token, "1", "{ plans {").await;
    assert_eq!(answer.codes(), ["GRAPHQL_PARSE_FAILED"], "{answer:?}");
    assert_eq!(stop(&officer, "made-up", "1").await, 404);
    for number in 0..100 {
        let begun = begin(&officer, &token, &number.to_string(), "{ __typename }").await;
        assert_eq!(begun.status(), 202, "{begun:?}");
    }
    let more = begin(&officer, &token, "more", "{ __typename }").await;
    assert_eq!(
        (more.status(), more.codes()),
        (429, vec!["TOO_MANY_STREAMS"])
    );
    let mut events = open(&officer, &token).await;
    for _ in 0..200 {
        events.event().await;
    }
    let sign_out = "mutation { signOut { userErrors { code } } }";
    assert_eq!(begin(&officer, &token, "out", sign_out).await.status(), 202);
    let refused = events.result().await;
    assert_eq!(
        code(&refused["payload"]),
        "GRAPHQL_VALIDATION_FAILED",
        "{refused}"
    );
}

#[rstest]
#[tokio::test]
async fn a_right_that_is_lost_ends_every_operation(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let (officer, viewer) = (app.officer().await, guest(&app).await);
    let token = reserve(&viewer).await;
    let mut events = open(&viewer, &token).await;
    for id in ["1", "2"] {
        let begun = begin(
            &viewer,
            &token,
            id,
            "subscription { taskChanged { action } }",
        )
        .await;
        assert_eq!(begun.status(), 202);
    }
    // Answered behind the subscriptions, so they are under way.
    begin(&viewer, &token, "3", "{ __typename }").await;
    assert_eq!(events.result().await["id"], "3");
    assert_eq!(events.event().await, complete("3"));
    sql::run(
        &app,
        "DELETE FROM role_grant WHERE account_id = (SELECT id FROM account WHERE login = 'guest')",
    )
    .await;
    hand_out(&officer, "2025-14").await;
    for id in ["1", "2"] {
        let last = events.result().await;
        assert_eq!(
            (&last["id"], code(&last["payload"])),
            (&json!(id), "FORBIDDEN")
        );
        assert_eq!(events.event().await, complete(id));
    }
    assert_eq!(events.event().await, Event::End);
    assert_eq!(
        begin(&viewer, &token, "4", "{ __typename }").await.status(),
        404
    );
}

#[tokio::test]
async fn a_session_that_ends_ends_its_stream() {
    let app = TestApp::start(Sqlite).await;
    let viewer = app.viewer().await;
    let token = reserve(&viewer).await;
    let mut events = open(&viewer, &token).await;
    sign_out(&viewer).await;
    assert_eq!(events.event().await, Event::End);
}
