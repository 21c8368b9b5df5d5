//! Media types and status codes.

use std::fmt::Write;

use duban_tests::{Answer, Backend::Sqlite, Person, TestApp};
use reqwest::{Method, header};
use serde_json::{Value, json};

const JSON: &str = "application/json";
const RESPONSE: &str = "application/graphql-response+json";

async fn ask_accepting(person: &Person, accept: &str, body: &Value) -> Answer {
    let request = person.post().header(header::ACCEPT, accept).json(body);
    person.send(request).await
}

/// Status and presence of `data`, for both media types.
async fn both(person: &Person, body: &Value) -> [(u16, bool); 2] {
    let mut found = [(0, false); 2];
    for (accept, place) in [RESPONSE, JSON].into_iter().zip(&mut found) {
        let answer = ask_accepting(person, accept, body).await;
        assert_eq!(
            answer.header("content-type"),
            format!("{accept}; charset=utf-8")
        );
        *place = (answer.status(), answer.json().get("data").is_some());
    }
    found
}

#[tokio::test]
async fn what_ran_is_200_with_data_whether_or_not_a_field_failed() {
    let app = TestApp::start(Sqlite).await;
    let viewer = app.viewer().await;
    for query in [
        "{ plan(id: \"2025\") { code } }",
        "{ plan(id: \"2025\") { importedBy { login } } }",
        "{ tasks(first: 201) { totalCount } }",
        "{ plan(id: \"1999\") { code } }",
    ] {
        let found = both(&viewer, &json!({ "query": query })).await;
        assert_eq!(found, [(200, true); 2], "{query}");
    }
}

/// Requests in good form whose document cannot run, with their codes.
fn never_run() -> Vec<(Value, &'static str)> {
    vec![
        (json!({ "query": "{ plans {" }), "GRAPHQL_PARSE_FAILED"),
        (json!({ "query": "" }), "GRAPHQL_PARSE_FAILED"),
        (
            json!({ "query": "{ planz { totalCount } }" }),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (json!({ "query": "{ plans }" }), "GRAPHQL_VALIDATION_FAILED"),
        (
            json!({ "query": "{ __typename @include }" }),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            json!({ "query": "{ __typename @unknown }" }),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            json!({ "query": "query A { __typename } query B { __typename }" }),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            json!({ "query": "query A { __typename }", "operationName": "B" }),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            json!({ "query": "query A { __typename }", "operationName": "" }),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            json!({ "query": "subscription { __typename }" }),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            json!({ "query": "query($id: ID!) { plan(id: $id) { code } }" }),
            "BAD_USER_INPUT",
        ),
        (
            json!({ "query": "query($first: Int) { plans(first: $first) { totalCount } }",
                    "variables": { "first": "many" } }),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            json!({ "query": "{ tasks(filter: { state: [BOILING] }) { totalCount } }" }),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            json!({ "query": "query($filter: TaskFilter) { tasks(filter: $filter) { totalCount } }",
                    "variables": { "filter": { "state": ["BOILING"] } } }),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            json!({ "query": "query($filter: TaskFilter) { tasks(filter: $filter) { totalCount } }",
                    "variables": { "filter": { "colour": "red" } } }),
            "GRAPHQL_VALIDATION_FAILED",
        ),
    ]
}

#[tokio::test]
async fn what_never_ran_is_400_for_those_who_speak_graphql_and_has_no_data() {
    let app = TestApp::start(Sqlite).await;
    let viewer = app.viewer().await;
    for (body, code) in never_run() {
        assert_eq!(
            both(&viewer, &body).await,
            [(400, false), (200, false)],
            "{body}"
        );
        let answer = ask_accepting(&viewer, RESPONSE, &body).await;
        assert_eq!(answer.codes(), [code], "{body} {answer:?}");
    }
}

#[tokio::test]
async fn the_wish_of_the_caller_decides_the_media_type() {
    let app = TestApp::start(Sqlite).await;
    let anonymous = app.anonymous();
    let body = json!({ "query": "{ __typename }" });
    for (accept, wanted) in [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("text/html, */*;q=0.1", JSON),
        (
            "application/graphql-response+json, application/json;q=0.9",
            RESPONSE,
        ),
        (
            "application/graphql-response+json;q=0.1, application/json",
            JSON,
        ),
        ("application/json;q=0, */*", RESPONSE),
    ] {
        let answer = ask_accepting(&anonymous, accept, &body).await;
        assert_eq!(answer.status(), 200, "{accept}");
        let found = answer.header("content-type");
        assert_eq!(found, format!("{wanted}; charset=utf-8"), "{accept}");
        assert!(answer.header("vary").contains("accept"), "{answer:?}");
    }
    let answer = ask_accepting(&anonymous, "text/html", &body).await;
    assert_eq!(
        (answer.status(), answer.codes()),
        (406, vec!["NOT_ACCEPTABLE"])
    );
}

#[tokio::test]
async fn a_refused_caller_has_a_status_and_a_graphql_body() {
    let app = TestApp::start(Sqlite).await;
    let query = json!({ "query": "{ plans { totalCount } }" });
    for accept in [JSON, RESPONSE] {
        let answer = ask_accepting(&app.anonymous(), accept, &query).await;
        assert_eq!(
            (answer.status(), answer.codes()),
            (401, vec!["UNAUTHENTICATED"])
        );
        let answer = ask_accepting(&app.system_admin().await, accept, &query).await;
        assert_eq!((answer.status(), answer.codes()), (403, vec!["FORBIDDEN"]));
        let mut stranger = app.anonymous();
        stranger.use_token(Some("made.up.token"));
        let answer = ask_accepting(&stranger, accept, &query).await;
        assert_eq!(
            (answer.status(), answer.codes()),
            (401, vec!["UNAUTHENTICATED"])
        );
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
}

#[tokio::test]
async fn only_declared_json_is_read() {
    let app = TestApp::start(Sqlite).await;
    let anonymous = app.anonymous();
    let body = r#"{"query":"{ __typename }"}"#;
    for (kind, status) in [
        ("application/json", 200),
        ("application/json; charset=utf-8", 200),
        ("APPLICATION/JSON", 200),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        ("application/graphql", 415),
        ("application/json; charset=gbk", 415),
    ] {
        let request = anonymous
            .post()
            .header(header::CONTENT_TYPE, kind)
            .body(body);
        assert_eq!(anonymous.send(request).await.status(), status, "{kind}");
    }
    let answer = anonymous.send(anonymous.post().body(body)).await;
    assert_eq!(
        (answer.status(), answer.codes()),
        (415, vec!["UNSUPPORTED_MEDIA_TYPE"])
    );
}

#[tokio::test]
async fn get_runs_queries_and_nothing_else() {
    let app = TestApp::start(Sqlite).await;
    let viewer = app.viewer().await;
    let get = |query: &[(&str, &str)]| {
        let text: Vec<String> = query
            .iter()
            .map(|(name, value)| format!("{name}={}", escaped(value)))
            .collect();
        viewer.get(&format!("/graphql?{}", text.join("&")))
    };
    let query = [
        (
            "query",
            "query A($id: ID!) { plan(id: $id) { year } } query B { __typename }",
        ),
        ("operationName", "A"),
        ("variables", r#"{"id":"2025"}"#),
    ];
    let answer = viewer.send(get(&query)).await;
    assert_eq!(answer.number("/plan/year"), 2025);
    let mutations = [
        ("mutation { signOut { userErrors { code } } }", None),
        (
            "query A { __typename } mutation B { signOut { userErrors { code } } }",
            Some("B"),
        ),
    ];
    for (text, name) in mutations {
        let mut parameters = vec![("query", text)];
        parameters.extend(name.map(|name| ("operationName", name)));
        let answer = viewer.send(get(&parameters)).await;
        assert_eq!(
            (answer.status(), answer.codes()),
            (405, vec!["METHOD_NOT_ALLOWED"])
        );
        assert!(answer.header("allow").contains("POST"), "{answer:?}");
    }
    assert_eq!(
        viewer
            .ask("{ viewer { canReadPlans } }")
            .await
            .at("/viewer/canReadPlans"),
        true
    );
    for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
        let answer = viewer.send(viewer.request(method, "/graphql")).await;
        assert_eq!(answer.status(), 405, "{answer:?}");
    }
}

pub fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut done, byte| {
        write!(done, "%{byte:02X}").expect("text");
        done
    })
}

#[tokio::test]
async fn messages_follow_the_language_and_codes_do_not() {
    let app = TestApp::start(Sqlite).await;
    let chinese = app.viewer().await;
    let query = "{ tasks(first: 201) { totalCount } }";
    let first = chinese.ask(query).await;
    let second = app.viewer().await.speaking("en").ask(query).await;
    assert_eq!(first.codes(), second.codes());
    let message = |answer: &Answer| answer.errors()[0]["message"].as_str().map(str::to_owned);
    assert!(
        message(&first).is_some_and(|text| !text.is_ascii()),
        "{first:?}"
    );
    assert!(
        message(&second).is_some_and(|text| text.is_ascii()),
        "{second:?}"
    );
}
