//! What is wrong with a document is told in the reader's language.

use duban_tests::{Backend::Sqlite, TestApp};
use serde_json::json;

/// Documents that do not fit the schema, each in a way of its own.
const WRONG: [&str; 21] = [
    "{ tasks(first: 1) { nodes { nam } } }",
    "{ tasks(frist: 1) { totalCount } }",
    "{ viewer @include(unless: true) { __typename } }",
    "{ viewer @nothing { __typename } }",
    "query @include(if: true) { viewer { __typename } }",
    "{ viewer @skip { __typename } }",
    "query($a: Nothing) { task(id: $a) { id } }",
    "{ ...Nothing }",
    "fragment Unused on Task { id } { viewer { __typename } }",
    "fragment Wrong on Int { id } { task(id: \"1\") { ...Wrong } }",
    "{ task(id: \"1\") { ... on Department { id } } }",
    "{ task(id: $id) { id } }",
    "query Named($id: ID) { viewer { __typename } }",
    "query($task: Task) { task(id: $task) { id } }",
    "query($id: Int) { task(id: $id) { id } }",
    "query($id: ID, $id: ID) { task(id: $id) { id } }",
    "{ task(id: \"1\", id: \"2\") { id } }",
    "{ task { id } }",
    "{ viewer { account { login { id } } } }",
    "{ viewer { __typename { id } } }",
    "{ task(id: \"1\") { id: code id } }",
];

fn is_chinese(text: &str) -> bool {
    text.chars()
        .any(|one| ('\u{4e00}'..='\u{9fff}').contains(&one))
}

#[tokio::test]
async fn a_document_that_does_not_fit_is_told_in_the_language_of_the_reader() {
    let app = TestApp::start(Sqlite).await;
    let viewer = app.viewer().await;
    let mut told = Vec::new();
    for query in WRONG {
        told.push((query, viewer.ask(query).await));
    }
    let wrong = json!({ "filter": { "state": ["NOTHING"] } });
    let asks = "query($filter: TaskFilter) { tasks(first: 1, filter: $filter) { totalCount } }";
    told.push((asks, viewer.ask_with(asks, wrong.clone()).await));
    for (query, answer) in &told {
        for error in answer.errors() {
            let message = error["message"].as_str().expect("a message");
            assert!(is_chinese(message), "{query}: {message}");
        }
        assert!(!answer.errors().is_empty(), "{query}");
    }
    let english = viewer.speaking("en");
    for query in WRONG {
        for error in english.ask(query).await.errors() {
            let message = error["message"].as_str().expect("a message");
            assert!(!is_chinese(message), "{query}: {message}");
        }
    }
    let answer = english.ask_with(asks, wrong).await;
    let message = answer.errors()[0]["message"].as_str().expect("a message");
    assert!(message.contains("does not contain the value"), "{message}");
}
