//! Files under measurements: kept once for each content, sent to those who may read the figure, doubted where
//! they lie under another figure too.

mod asking;
mod capacity;
mod doubting;
mod keeping;
mod sending;

use duban_domain::access::{Reach, Role};
use duban_tests::{Answer, Backend, Person, TestApp};
use reqwest::Method;
use serde_json::{Value, json};
use time::Duration;

/// The number of activities of the expert corps, counted by counties.
const ACTIVITIES: &str = "2025-19-M2";

const ROWS: &str = "rows { measurement { id revision value
    evidence { id name size mediaType sha256 uploadedAt uploadedBy { displayName } }
    doubts { code message figures { name value } } }
    userErrors { code path message } } userErrors { code }";

/// Those who measure and those who verify.
struct Cast {
    app: TestApp,
    verifier: Person,
    zhengzhou: Person,
    luoyang: Person,
}

impl Cast {
    /// On 1 April 2025, when March is reported.
    async fn start(backend: Backend) -> Self {
        let app = TestApp::start_counting(backend).await;
        app.advance(Duration::days(15));
        let verifier = app
            .person("figures", (Role::Verifier, "HNAST", Reach::Subtree))
            .await;
        Self {
            verifier,
            zhengzhou: app.municipal_reporter("410100").await,
            luoyang: app.municipal_reporter("410300").await,
            app,
        }
    }

    async fn verify(&self, id: &str) {
        let input = json!({ "measurementIds": [id] });
        let fields = "rows { userErrors { code } }";
        let done = self
            .verifier
            .change("verifyMeasurements", input, fields)
            .await;
        assert!(
            done.list("/verifyMeasurements/rows/0/userErrors")
                .is_empty()
        );
    }
}

/// Sends a file; the id that names it from now on.
async fn upload(person: &Person, name: &str, bytes: &[u8]) -> String {
    let path = format!("/uploads?name={name}");
    let request = person.request(Method::POST, &path).body(bytes.to_vec());
    let sent = person.send(request).await;
    assert_eq!(sent.status(), 201, "{sent:?}");
    sent.json()["uploadId"].as_str().expect("an id").to_owned()
}

/// A PDF that differs from others by its words.
fn pdf(words: &str) -> Vec<u8> {
    format!("%PDF-1.7\n% {words}\n").into_bytes()
}

fn row(unit: &str, value: &str, files: &[&str]) -> Value {
    json!({ "metric": ACTIVITIES, "department": unit, "period": "2025-03", "value": value,
        "evidence": files })
}

async fn record(person: &Person, rows: &[Value]) -> Answer {
    person
        .change("recordMeasurements", json!({ "rows": rows }), ROWS)
        .await
}

/// The revision of a row that was taken.
fn taken(answer: &Answer, row: usize) -> &Value {
    let path = format!("/recordMeasurements/rows/{row}");
    let errors = answer.list(&format!("{path}/userErrors"));
    assert!(errors.is_empty(), "{errors:?}");
    answer.at(&format!("{path}/measurement"))
}

/// The code and the field of a row that was refused.
fn refused(answer: &Answer, row: usize) -> (String, String) {
    let path = format!("/recordMeasurements/rows/{row}/userErrors/0");
    let text = |name: &str| answer.text(&format!("{path}/{name}")).to_owned();
    assert_ne!(text("message"), text("code"), "no words");
    (text("code"), text("path/0"))
}
