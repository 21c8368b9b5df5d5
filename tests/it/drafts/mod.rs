//! Mending a draft before it is issued.

mod edits;
mod idempotency;
mod issue;
mod lost_updates;
mod refusals;
mod transaction;

use duban_tests::{Answer, Backend, Person, TestApp};
use serde_json::{Value, json};

/// Four points and a key task of a body that does not exist; one name that no register knows.
pub const PLAN: &str = include_str!("plan.md");

/// The name in the plan that matches no department.
const UNKNOWN: &str = "云岭协作中心";

/// A server with one draft, and the officer who brought it in.
struct Draft {
    app: TestApp,
    officer: Person,
}

impl Draft {
    async fn start(backend: Backend) -> Self {
        let app = TestApp::start_without_plan(backend).await;
        let officer = app.officer().await;
        let answer = import(&officer, PLAN).await;
        assert_eq!(answer.text("/importPlan/plan/code"), "2031");
        Self { app, officer }
    }

    /// Calls a mutation as the officer.
    async fn change(&self, name: &str, input: Value, fields: &str) -> Answer {
        self.officer.change(name, input, fields).await
    }

    /// Calls a mutation that must succeed.
    async fn must(&self, name: &str, input: Value, fields: &str) -> Answer {
        let answer = self.change(name, input, fields).await;
        assert_eq!(answer.user_errors(name), [""; 0]);
        assert!(answer.errors().is_empty(), "{answer:?}");
        answer
    }

    /// What a query as the officer finds.
    async fn see(&self, query: &str) -> Answer {
        let answer = self.officer.ask(query).await;
        answer.data();
        answer
    }

    /// The key of a milestone that is made for it, with version 1.
    async fn milestone(&self) -> String {
        let version = self.see("{ task(id: \"2031-01\") { version } }").await;
        let input = json!({
            "taskId": "2031-01", "title": "完成方案", "dueOn": "2031-03-31",
            "expectedTaskVersion": version.number("/task/version"),
        });
        let answer = self.must("addMilestone", input, "milestone { id }").await;
        answer.text("/addMilestone/milestone/id").to_owned()
    }

    /// The key of the first open warning with this code.
    async fn warning(&self, code: &str) -> String {
        let found = self
            .see("{ plan(id: \"2031\") { warnings(open: true) { id code } } }")
            .await;
        let warning = found
            .list("/plan/warnings")
            .iter()
            .find(|one| one["code"] == code)
            .unwrap_or_else(|| panic!("a warning {code} in {found:?}"));
        warning["id"].as_str().expect("a key").to_owned()
    }
}

/// Brings a text in.
pub async fn import(person: &Person, text: &str) -> Answer {
    let input = json!({ "text": text, "fileName": "plan.md" });
    person
        .change("importPlan", input, "isNew plan { id code version }")
        .await
}

/// Every change of a draft with an input that is right at the first version of everything.
fn every_change(milestone: &str, warning: &str) -> Vec<(&'static str, Value)> {
    vec![
        (
            "updatePlan",
            json!({ "planId": "2031", "expectedVersion": 1, "title": "新题目" }),
        ),
        (
            "updateTask",
            json!({ "taskId": "2031-02", "expectedVersion": 1, "title": "新题目" }),
        ),
        (
            "setAssignments",
            json!({ "taskId": "2031-02", "expectedVersion": 1, "lead": "XXB", "support": [] }),
        ),
        (
            "linkKeyTask",
            json!({ "taskId": "2031-K01", "expectedVersion": 1, "workPoints": ["2031-02"] }),
        ),
        (
            "addMetric",
            json!({
                "taskId": "2031-02", "expectedTaskVersion": 1, "name": "培训场次",
                "value": "12", "unit": "场", "comparator": "AT_LEAST",
            }),
        ),
        (
            "updateMetric",
            json!({ "metricId": "2031-01-M1", "expectedVersion": 1, "value": "41" }),
        ),
        (
            "removeMetric",
            json!({ "metricId": "2031-01-M2", "expectedVersion": 1 }),
        ),
        (
            "addMilestone",
            json!({ "taskId": "2031-02", "expectedTaskVersion": 1, "title": "完成培训" }),
        ),
        (
            "updateMilestone",
            json!({ "milestoneId": milestone, "expectedVersion": 1, "title": "新题目" }),
        ),
        (
            "removeMilestone",
            json!({ "milestoneId": milestone, "expectedVersion": 1 }),
        ),
        ("dismissPlanWarning", json!({ "warningId": warning })),
        (
            "resolveDepartmentName",
            json!({ "planId": "2031", "name": UNKNOWN, "department": "KPB" }),
        ),
        (
            "issuePlan",
            json!({ "planId": "2031", "expectedVersion": 1 }),
        ),
        (
            "discardPlan",
            json!({ "planId": "2031", "expectedVersion": 1 }),
        ),
    ]
}
