//! Measurements: recorded by those who are asked, verified by others, added up over months and units.

mod attained;
mod contributions;
mod figures;
mod grid;
mod keeping;
mod kept;
mod listing;
mod naive;
mod recording;
mod together;
mod venues;

use duban_domain::access::{Reach, Role};
use duban_tests::{Answer, Backend, Person, TestApp};
use serde_json::{Value, json};
use time::Duration;

/// What is asked of each row of a batch.
const ROWS: &str = "rows {
    measurement { id revision kind value base things runningTotal state channel isLate reason
        period department { code } metric { code } }
    userErrors { code path message figures { name value } } }
    userErrors { code path }";

/// The number of activities of the expert corps, counted by counties.
const ACTIVITIES: &str = "2025-19-M2";
/// The experts that the cities are in touch with, each counted once.
const EXPERTS: &str = "2025-19-M1";
/// Brand academic activities, counted by the lead department.
const ACADEMIC: &str = "2025-09-M1";

/// Those who measure and those who verify.
struct Cast {
    app: TestApp,
    verifier: Person,
    zhengzhou: Person,
}

impl Cast {
    /// On 1 April 2025, when March is reported.
    async fn start(backend: Backend) -> Self {
        let app = TestApp::start_counting(backend).await;
        app.advance(Duration::days(15));
        let verifier = app
            .person("figures", (Role::Verifier, "HNAST", Reach::Subtree))
            .await;
        let zhengzhou = app.municipal_reporter("410100").await;
        Self {
            app,
            verifier,
            zhengzhou,
        }
    }

    /// The id of the only row of a recording that succeeds.
    async fn recorded(&self, who: &Person, row: Value) -> String {
        let answer = record(who, &[row]).await;
        let path = "/recordMeasurements/rows/0/measurement/id";
        assert!(answer.at(path).is_string(), "{answer:?}");
        answer.text(path).to_owned()
    }

    async fn verified(&self, id: &str) {
        let input = json!({ "measurementIds": [id] });
        let answer = self
            .verifier
            .change("verifyMeasurements", input, ROWS)
            .await;
        assert_eq!(outcomes(&answer, "verifyMeasurements"), ["VERIFIED"]);
    }
}

/// A row about March 2025.
fn row(metric: &str, department: &str, said: Value) -> Value {
    let mut row = json!({ "metric": metric, "department": department, "period": "2025-03" });
    if let (Some(row), Value::Object(said)) = (row.as_object_mut(), said) {
        row.extend(said);
    }
    row
}

async fn record(who: &Person, rows: &[Value]) -> Answer {
    who.change("recordMeasurements", json!({ "rows": rows }), ROWS)
        .await
}

/// How each row of a batch ended: where the revision stands, or the code and the field.
fn outcomes(answer: &Answer, mutation: &str) -> Vec<String> {
    let rows = answer.list(&format!("/{mutation}/rows")).iter();
    rows.map(|row| match row["measurement"]["state"].as_str() {
        Some(state) => state.to_owned(),
        None => format!(
            "{} at {}",
            row["userErrors"][0]["code"].as_str().unwrap_or_default(),
            row["userErrors"][0]["path"][0].as_str().unwrap_or_default(),
        ),
    })
    .collect()
}
