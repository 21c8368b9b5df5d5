//! Several operations in one request: refused, unless the installation wants them.

use duban_gateway::http::HttpSettings;
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Content, PASSWORD, Person, TestApp,
};
use reqwest::header;
use rstest::rstest;
use serde_json::{Value, json};

async fn app(backend: Backend) -> TestApp {
    let set = |settings: &mut HttpSettings| settings.batched_operations = 10;
    TestApp::start_with(backend, Content::Plan2025, set).await
}

async fn send(person: &Person, body: &Value) -> Answer {
    person.send(person.post().json(body)).await
}

#[rstest]
#[tokio::test]
async fn operations_are_answered_in_their_order(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = app(backend).await;
    let viewer = app.viewer().await;
    let expensive = "{ plans(first: 200) { edges { node { metrics(first: 200) { edges { node { code } } } } } } }";
    let batch = json!([
        { "query": "{ plan(id: \"2025\") { year } }" },
        { "query": "{ planz }" },
        { "query": "{ accounts { totalCount } }" },
        { "query": expensive },
        { "query": "query($id: ID!) { plan(id: $id) { code } }", "variables": { "id": "2025" } },
    ]);
    let answer = send(&viewer, &batch).await;
    assert_eq!(answer.status(), 200, "{answer:?}");
    let answers = answer.json().as_array().expect("a list");
    assert_eq!(answers.len(), 5);
    assert_eq!(answers[0]["data"], json!({ "plan": { "year": 2025 } }));
    let code = |place: usize| answers[place].pointer("/errors/0/extensions/code");
    assert_eq!(code(1), Some(&json!("GRAPHQL_VALIDATION_FAILED")));
    assert_eq!(code(2), Some(&json!("FORBIDDEN")));
    assert_eq!(
        code(3),
        Some(&json!("TOO_EXPENSIVE")),
        "each has its own budget"
    );
    assert_eq!(answers[4]["data"], json!({ "plan": { "code": "2025" } }));
    for answer in answers {
        assert!(answer["extensions"]["cost"]["requested"].is_number());
    }
    let single = viewer.ask("{ plan(id: \"2025\") { year } }").await;
    assert_eq!(answers[0], *single.json(), "each as by itself");
}

#[tokio::test]
async fn a_batch_has_one_to_ten_operations_of_good_form() {
    let app = app(Sqlite).await;
    let anonymous = app.anonymous();
    let one = json!({ "query": "{ __typename }" });
    let ten = vec![one.clone(); 10];
    assert_eq!(send(&anonymous, &json!(ten)).await.status(), 200);
    let eleven = vec![one.clone(); 11];
    for wrong in [
        json!([]),
        json!(eleven),
        json!([one, 3]),
        json!([one, {}]),
        json!([[one]]),
    ] {
        let answer = send(&anonymous, &wrong).await;
        assert_eq!(
            (answer.status(), answer.codes()),
            (400, vec!["BAD_REQUEST"]),
            "{wrong}"
        );
    }
    let stream = anonymous.post().header(header::ACCEPT, "text/event-stream");
    let answer = anonymous.send(stream.json(&json!([one]))).await;
    assert_eq!(
        (answer.status(), answer.codes()),
        (400, vec!["BAD_REQUEST"])
    );
}

#[tokio::test]
async fn whoever_guesses_has_one_guess_a_request() {
    let app = app(Sqlite).await;
    let anonymous = app.anonymous();
    let sign_in = |password: &str| {
        json!({
            "query": "mutation($input: SignInInput!) { ...In }
                fragment In on Mutation { signIn(input: $input) { accessToken userErrors { code } } }",
            "variables": { "input": { "account": "officer", "password": password } },
        })
    };
    let answer = send(&anonymous, &json!([sign_in("a"), sign_in("b")])).await;
    assert_eq!(
        (answer.status(), answer.codes()),
        (400, vec!["BAD_REQUEST"])
    );
    let query = json!({ "query": "{ __typename }" });
    let answer = send(&anonymous, &json!([query, sign_in(PASSWORD)])).await;
    let token = answer.json().pointer("/1/data/signIn/accessToken");
    assert!(token.is_some_and(Value::is_string), "{answer:?}");
    assert!(
        answer.header("set-cookie").contains("duban_refresh"),
        "{answer:?}"
    );
}
