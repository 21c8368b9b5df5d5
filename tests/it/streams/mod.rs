//! GraphQL over streams of events, against a running server.

mod distinct;
mod single;

use duban_tests::{Person, TestApp};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

const OF_PLAN: &str = "subscription($code: String) {
    taskChanged(planCode: $code) { action task { code } } }";

/// A POST of an operation to a path.
fn post(person: &Person, path: &str, query: &str, variables: &Value) -> RequestBuilder {
    let body = json!({ "query": query, "variables": variables });
    person.request(Method::POST, path).json(&body)
}

async fn hand_out(officer: &Person, code: &str) {
    let found = officer
        .ask(&format!("{{ task(id: \"{code}\") {{ id version }} }}"))
        .await;
    let rows = json!([{
        "taskId": found.text("/task/id"),
        "expectedVersion": found.number("/task/version"),
        "deadline": "2025-12-31",
    }]);
    let fields = "rows { userErrors { code } }";
    let answer = officer
        .change("handOutTasks", json!({ "rows": rows }), fields)
        .await;
    assert_eq!(answer.list("/handOutTasks/rows/0/userErrors"), [""; 0]);
}

fn changed(code: &str) -> Value {
    let task = json!({ "action": "task.handed_out", "task": { "code": code } });
    json!({ "data": { "taskChanged": task } })
}

async fn sign_out(person: &Person) {
    let answer = person
        .ask("mutation { signOut { userErrors { code } } }")
        .await;
    assert_eq!(answer.list("/signOut/userErrors"), [""; 0]);
}

/// The first code among the errors of a result.
fn code(result: &Value) -> &str {
    let code = result.pointer("/errors/0/extensions/code");
    code.and_then(Value::as_str).unwrap_or("no code")
}

/// A viewer with a grant that can be taken away.
async fn guest(app: &TestApp) -> Person {
    use duban_domain::access::{Reach, Role};
    app.person("guest", (Role::Viewer, "HNAST", Reach::Subtree))
        .await
}
