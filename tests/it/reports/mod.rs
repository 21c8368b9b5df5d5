//! Progress reports, as those who write and review them go through a month.

mod calendar;
mod matrix;
mod mending;
mod queue;
mod rates;
mod reminding;
mod reopening;
mod reviewing;
mod rules;
mod scopes;
mod writing;

use duban_domain::access::{Reach, Role};
use duban_tests::{Answer, Backend, Person, TestApp};
use serde_json::{Value, json};
use time::Duration;

/// What is asked of a report after an act.
const REPORT: &str = "report { id version state isLate progress selfAssessment
    remark { cells words mendBy } task { code } }";
/// The same of each row of a batch.
const ROWS: &str = "rows {
    report { id version state isLate progress remark { cells } task { code } }
    userErrors { code path message figures { name value } } }";

/// The officer, and the reporters of the department that leads point 17.
struct Cast {
    app: TestApp,
    officer: Person,
    reporter: Person,
}

impl Cast {
    /// On 17 March 2025, a Monday, with some tasks handed out to and accepted by the academic
    /// department.
    async fn start(backend: Backend, codes: &[&str]) -> Self {
        let app = TestApp::start_counting(backend).await;
        let officer = app.officer().await;
        let reporter = app.liaison_of("XXB").await;
        let second = (Role::Liaison, "XXB", Reach::Itself);
        app.person("second-XXB", second).await;
        let cast = Self {
            app,
            officer,
            reporter,
        };
        for code in codes {
            cast.hand_out(code).await;
            cast.accept(code).await;
        }
        cast
    }

    /// Some days later, everybody signed in anew.
    async fn later(&mut self, days: i64) {
        self.app.advance(Duration::days(days));
        self.officer = self.app.officer().await;
        self.reporter = self.app.sign_in("liaison-XXB").await;
    }

    async fn version(&self, code: &str) -> i64 {
        let query = "query($id: ID!) { task(id: $id) { version } }";
        let found = self.officer.ask_with(query, json!({ "id": code })).await;
        found.number("/task/version")
    }

    async fn hand_out(&self, code: &str) {
        let version = self.version(code).await;
        let row = json!({ "taskId": code, "expectedVersion": version, "deadline": "2025-12-31" });
        let input = json!({ "rows": [row] });
        let fields = "rows { task { state } }";
        let out = self.officer.change("handOutTasks", input, fields).await;
        assert_eq!(out.text("/handOutTasks/rows/0/task/state"), "ASSIGNED");
    }

    async fn accept(&self, code: &str) {
        let query = "query($id: ID!) {
            task(id: $id) { version life { ownerCandidates { id displayName } } } }";
        let found = self.reporter.ask_with(query, json!({ "id": code })).await;
        let people = found.list("/task/life/ownerCandidates").iter();
        let ours: Vec<&Value> = people
            .filter(|one| {
                let name = one["displayName"].as_str().unwrap_or_default();
                name.starts_with("测试")
            })
            .collect();
        let input = json!({
            "taskId": code, "expectedVersion": found.number("/task/version"),
            "accountable": ours[0]["id"], "substitute": ours[1]["id"],
        });
        let fields = "task { state }";
        let done = self.reporter.change("acceptTask", input, fields).await;
        assert_eq!(
            done.text("/acceptTask/task/state"),
            "IN_PROGRESS",
            "{done:?}"
        );
    }
}

/// The input of a batch of a department.
#[expect(
    clippy::needless_pass_by_value,
    reason = "reads well where it is called"
)]
fn batch(period: &str, rows: Value) -> Value {
    json!({ "department": "XXB", "period": period, "rows": rows })
}

/// A row that says all that must be said.
fn row(task: &str, version: Option<i64>, progress: &str) -> Value {
    json!({ "taskId": task, "expectedVersion": version, "progress": progress,
        "nextSteps": "按计划推进", "selfAssessment": "ON_TRACK" })
}

/// How each row of a batch ended: where the report stands and its version, or the code and field.
fn outcomes(answer: &Answer, mutation: &str) -> Vec<String> {
    let rows = answer.list(&format!("/{mutation}/rows")).iter();
    rows.map(|row| match row["report"]["state"].as_str() {
        Some(state) => format!("{state} {}", row["report"]["version"]),
        None => format!(
            "{} at {}",
            row["userErrors"][0]["code"].as_str().unwrap_or_default(),
            row["userErrors"][0]["path"][0].as_str().unwrap_or_default(),
        ),
    })
    .collect()
}

/// Writes a report and submits it; answers with the submission.
async fn write_and_submit(who: &Person, period: &str, task: &str) -> Answer {
    let rows = json!([row(task, None, "已举办 12 场学术活动")]);
    let saved = who.change("saveReports", batch(period, rows), ROWS).await;
    assert_eq!(outcomes(&saved, "saveReports"), ["DRAFT 1"], "{saved:?}");
    let rows = json!([{ "taskId": task, "expectedVersion": 1 }]);
    who.change("submitReports", batch(period, rows), ROWS).await
}
