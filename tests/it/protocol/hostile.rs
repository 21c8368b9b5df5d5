//! Operations of somebody who wants to break something: each is refused in words of our own, or does no harm.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
    hostile::{End, Hostile, corpus},
};
use reqwest::header;
use rstest::rstest;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// What tells of the inside: no answer says it, unless the request did.
const INSIDE: [&str; 17] = [
    "src/",
    ".rs:",
    "::",
    "duban_",
    "sqlx",
    "sea_orm",
    "sqlite",
    "postgres",
    "panicked",
    "backtrace",
    "/root",
    "/home",
    "/tmp",
    "no such column",
    "syntax error at",
    "SELECT ",
    "password_hash",
];

async fn send(person: &Person, body: &[u8]) -> Answer {
    let request = person
        .post()
        .header(header::CONTENT_TYPE, "application/json");
    person.send(request.body(body.to_vec())).await
}

/// All codes of an answer; an error without one is `no code`.
fn codes(answer: &Answer) -> Vec<String> {
    fn user_errors(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    if name == "userErrors" {
                        let errors = value.as_array().into_iter().flatten();
                        found.extend(
                            errors.map(|one| one["code"].as_str().unwrap_or("no code").to_owned()),
                        );
                    } else {
                        user_errors(value, found);
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|one| user_errors(one, found)),
            _ => {}
        }
    }
    let mut found: Vec<String> = answer.codes().into_iter().map(str::to_owned).collect();
    user_errors(&answer.json()["data"], &mut found);
    found
}

/// What is wrong with an answer, whoever asked.
fn wrong(one: &Hostile, answer: &Answer) -> Option<String> {
    let asked = String::from_utf8_lossy(&one.body).to_lowercase();
    let told = answer.body().to_lowercase();
    let codes = codes(answer);
    if answer.status() >= 500 || !answer.json().is_object() {
        return Some("is no answer".to_owned());
    }
    if let Some(code) = codes
        .iter()
        .find(|code| matches!(code.as_str(), "no code" | "INTERNAL" | "TIMED_OUT" | ""))
    {
        return Some(format!("ends in {code}"));
    }
    let is_told = |word: &&&str| {
        let word = word.to_lowercase();
        told.contains(&word) && !asked.contains(&word)
    };
    let inside = INSIDE.iter().find(is_told);
    inside.map(|word| format!("tells {word}"))
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_breaks_and_nothing_of_the_inside_is_told(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    let auditor = app.sign_in("auditor").await;
    let reporter = app.municipal_reporter("410100").await;
    let nobody = app.anonymous();
    let corpus = corpus();
    assert!(corpus.len() >= 60, "{}", corpus.len());
    let mut found = Vec::new();
    for one in &corpus {
        for (who, person) in [
            ("officer", &officer),
            ("reporter", &reporter),
            ("auditor", &auditor),
            ("nobody", &nobody),
        ] {
            let answer = send(person, &one.body).await;
            let mut mistake = wrong(one, &answer);
            if mistake.is_none() {
                mistake = match (one.end, codes(&answer).is_empty()) {
                    (End::Refused, true) => Some("was not refused".to_owned()),
                    (End::Answered, false) if who == "officer" => Some("was refused".to_owned()),
                    _ => None,
                };
            }
            if let Some(mistake) = mistake {
                found.push(format!("{}, by {who}: {mistake}: {answer:.300?}", one.name));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    // It goes on, and nothing is gone.
    let tasks = officer.ask("{ tasks { totalCount } }").await;
    assert!(tasks.number("/tasks/totalCount") > 0);
}

/// A cursor as the server writes it, of a list and other values.
fn forged(cursor: &str, values: &Value) -> String {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).expect("a cursor");
    let (body, _) = bytes.split_last_chunk::<6>().expect("a cursor");
    let mut body: Value = serde_json::from_slice(body).expect("a cursor");
    body["k"] = values.clone();
    let mut body = body.to_string().into_bytes();
    let digest = Sha256::digest(&body);
    body.extend(&digest[..6]);
    URL_SAFE_NO_PAD.encode(body)
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_that_is_made_up_reaches_no_database(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    let zero = "00000000-0000-0000-0000-000000000000";
    let key = json!({ "t": "key", "v": zero });
    let date = |year: i32| json!({ "t": "date", "v": [year, 1] });
    let instant = |at: i64| json!({ "t": "instant", "v": at });
    let int = |number: i64| json!({ "t": "int", "v": number });
    let text = |text: &str| json!({ "t": "text", "v": text });
    let values = [
        json!([]),
        json!([key]),
        json!([text("2025\u{0}"), key]),
        json!([text("' OR 1=1 --"), key]),
        json!([date(-9999), key]),
        json!([date(9999), key]),
        json!([instant(i64::MAX), key]),
        json!([instant(-300_000_000_000_000_000), key]),
        json!([int(i64::MIN), instant(0), key]),
        json!([key, int(i64::MAX), key]),
        json!([key, key, key, key]),
        json!([{ "t": "nothing" }]),
        json!("nothing"),
    ];
    for (list, order) in [
        ("plans", ""),
        ("departments", ""),
        ("metrics", ""),
        ("tasks", "orderBy: { field: POSITION }, "),
        ("tasks", "orderBy: { field: CODE }, "),
        ("tasks", "orderBy: { field: DEADLINE, direction: DESC }, "),
        ("tasks", "orderBy: { field: UPDATED_AT }, "),
    ] {
        let page = format!("{{ {list}({order}first: 1) {{ edges {{ cursor }} }} }}");
        let page = officer.ask(&page).await;
        let cursor = page.text(&format!("/{list}/edges/0/cursor"));
        for values in &values {
            let query = format!(
                "query($after: String) {{ {list}({order}first: 1, after: $after) {{ edges {{ cursor }} }} }}"
            );
            let asked = json!({ "after": forged(cursor, values) });
            let answer = officer.ask_with(&query, asked).await;
            let codes = answer.codes();
            let is_right = codes.is_empty() || codes == ["BAD_USER_INPUT"];
            assert!(
                is_right && answer.status() == 200,
                "{list}({order}) {values}: {answer:?}"
            );
        }
    }
}
