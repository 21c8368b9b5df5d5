//! Requests that are no requests, and how little it takes to say so.

use duban_tests::{Answer, Backend::Sqlite, Person, TestApp};
use reqwest::header;

async fn send(person: &Person, body: impl Into<reqwest::Body>) -> Answer {
    let request = person
        .post()
        .header(header::CONTENT_TYPE, "application/json");
    person.send(request.body(body)).await
}

#[tokio::test]
async fn a_malformed_body_is_400_in_words_of_our_own() {
    let app = TestApp::start(Sqlite).await;
    let anonymous = app.anonymous();
    let deep = format!(
        r#"{{"query":"{{__typename}}","variables":{{"a":{}1{}}}}}"#,
        "[".repeat(5_000),
        "]".repeat(5_000)
    );
    let bodies: [&[u8]; 14] = [
        b"",
        b"{",
        b"null",
        b"3",
        b"\"{ __typename }\"",
        b"{}",
        br#"{"query":null}"#,
        br#"{"query":3}"#,
        br#"{"query":"{__typename}","operationName":3}"#,
        br#"{"query":"{__typename}","variables":[]}"#,
        br#"{"query":"{__typename}","extensions":"a"}"#,
        br#"{"query":"\ud800"}"#,
        b"{\"query\":\"\xff\"}",
        deep.as_bytes(),
    ];
    for body in bodies {
        let answer = send(&anonymous, body.to_vec()).await;
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]);
        assert_eq!(
            (answer.status(), answer.codes()),
            (400, vec!["BAD_REQUEST"]),
            "{shown}"
        );
        for word in ["serde", "expected", "column", "panicked"] {
            assert!(!answer.body().contains(word), "{shown}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn null_stands_for_what_is_left_out() {
    let app = TestApp::start(Sqlite).await;
    let body =
        r#"{"query":"{__typename}","operationName":null,"variables":null,"extensions":null}"#;
    let answer = send(&app.anonymous(), body).await;
    assert_eq!(
        (answer.status(), answer.text("/__typename")),
        (200, "Query")
    );
}

#[tokio::test]
async fn arrays_of_operations_are_refused() {
    let app = TestApp::start(Sqlite).await;
    for body in ["[]", r#"[{"query":"{__typename}"}]"#] {
        let answer = send(&app.anonymous(), body).await;
        assert_eq!(
            (answer.status(), answer.codes()),
            (400, vec!["BAD_REQUEST"])
        );
    }
}

#[tokio::test]
async fn a_body_over_a_mebibyte_is_413() {
    let app = TestApp::start(Sqlite).await;
    let anonymous = app.anonymous();
    let body = format!(
        r#"{{"query":"{{__typename}}","variables":{{"a":"{}"}}}}"#,
        "a".repeat(1 << 20)
    );
    let answer = send(&anonymous, body.clone()).await;
    assert_eq!(
        (answer.status(), answer.codes()),
        (413, vec!["REQUEST_TOO_LARGE"])
    );
    let fits = format!(
        r#"{{"query":"{{__typename}}","variables":{{"a":"{}"}}}}"#,
        "a".repeat(1_000_000)
    );
    assert_eq!(send(&anonymous, fits).await.status(), 200);
}

#[tokio::test]
async fn the_scheme_of_the_token_is_bearer_and_there_is_one() {
    let app = TestApp::start(Sqlite).await;
    let viewer = app.viewer().await;
    let anonymous = app.anonymous();
    let query = serde_json::json!({ "query": "{ viewer { canReadPlans } }" });
    let token = viewer.token();
    for (header, status) in [
        (format!("Bearer {token}"), 200),
        (format!("bearer {token}"), 200),
        (format!("Basic {token}"), 401),
        (token.to_owned(), 401),
        ("Bearer".to_owned(), 401),
        ("Bearer ".to_owned(), 401),
        (format!("Bearer {token}x"), 401),
    ] {
        let request = anonymous
            .post()
            .header(header::AUTHORIZATION, &header)
            .json(&query);
        assert_eq!(
            anonymous.send(request).await.status(),
            status,
            "{header:.12}"
        );
    }
    let twice = anonymous
        .post()
        .bearer_auth(token)
        .bearer_auth(token)
        .json(&query);
    assert_eq!(anonymous.send(twice).await.status(), 401);
}

#[tokio::test]
async fn directives_on_typename_are_directives() {
    let app = TestApp::start(Sqlite).await;
    let anonymous = app.anonymous();
    let query =
        "query($yes: Boolean!) { __typename @include(if: $yes) a: __typename @skip(if: $yes)
        instance { version } }";
    let ask = async |yes: bool| {
        let answer = anonymous
            .ask_with(query, serde_json::json!({ "yes": yes }))
            .await;
        let data = answer.data().as_object().expect("data");
        data.keys().cloned().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(ask(true).await, "__typename instance");
    assert_eq!(ask(false).await, "a instance");
}
