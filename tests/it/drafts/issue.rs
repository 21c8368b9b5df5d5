//! Putting a draft in force, and that it stays as it was issued.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    TestApp,
};
use rstest::rstest;
use serde_json::json;

use super::{Draft, UNKNOWN, every_change};
use crate::sql;

impl Draft {
    /// Names a department wherever one is missing, so that the plan may be issued.
    async fn complete(&self) {
        let input = json!({ "planId": "2031", "name": UNKNOWN, "department": "KPZX" });
        self.must("resolveDepartmentName", input, "tasks { code }")
            .await;
        let input =
            json!({ "taskId": "2031-04", "expectedVersion": 1, "lead": "BGS", "support": [] });
        self.must("setAssignments", input, "task { code }").await;
    }
}

#[rstest]
#[tokio::test]
async fn issuing_names_what_is_missing_and_then_is_done(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let draft = Draft::start(backend).await;
    let issue = json!({ "planId": "2031", "expectedVersion": 1 });
    let fields = "plan { state version issuedAt viewerCanEdit viewerCanIssue }";
    let answer = draft.change("issuePlan", issue.clone(), fields).await;
    assert_eq!(
        answer.user_errors("issuePlan"),
        ["PLAN_NAMES_UNRESOLVED at "]
    );
    let message = answer.text("/issuePlan/userErrors/0/message");
    assert!(message.contains(UNKNOWN), "{message}");
    let input = json!({ "planId": "2031", "name": UNKNOWN, "department": "KPZX" });
    draft
        .must("resolveDepartmentName", input, "tasks { code }")
        .await;
    let answer = draft.change("issuePlan", issue.clone(), fields).await;
    assert_eq!(
        answer.user_errors("issuePlan"),
        ["PLAN_TASKS_WITHOUT_LEAD at "]
    );
    let figures = answer.at("/issuePlan/userErrors/0/figures").clone();
    let expected =
        json!([{ "name": "count", "value": "1" }, { "name": "tasks", "value": "2031-04" }]);
    assert_eq!(figures, expected);
    let input = json!({ "taskId": "2031-04", "expectedVersion": 1, "lead": "BGS", "support": [] });
    draft.must("setAssignments", input, "task { code }").await;
    let head = sql::audit_head(&draft.app).await;
    let answer = draft.must("issuePlan", issue, fields).await;
    let expected = json!({
        "state": "ISSUED", "version": 2, "issuedAt": "2025-03-17T01:30:00Z",
        "viewerCanEdit": false, "viewerCanIssue": false,
    });
    assert_eq!(*answer.at("/issuePlan/plan"), expected);
    assert_eq!(sql::audit_after(&draft.app, head).await, ["plan.issued"]);
}

#[rstest]
#[tokio::test]
async fn an_issued_plan_refuses_every_change(#[values(Sqlite, Postgres)] backend: Backend) {
    let draft = Draft::start(backend).await;
    draft.complete().await;
    let milestone = draft.milestone().await;
    let warning = draft.warning("NUMBER_NOT_TAKEN").await;
    let input = json!({ "planId": "2031", "expectedVersion": 1 });
    draft.must("issuePlan", input, "plan { code }").await;
    let before = sql::sizes(&draft.app).await;
    for (name, input) in every_change(&milestone, &warning) {
        if name.ends_with("Milestone") {
            // Until the task is handed out its milestones are set; see `milestones`.
            continue;
        }
        let answer = draft.change(name, input, "__typename").await;
        assert_eq!(answer.user_errors(name), ["PLAN_NOT_DRAFT at "], "{name}");
    }
    assert_eq!(sql::sizes(&draft.app).await, before);
}

#[tokio::test]
async fn a_draft_is_seen_by_those_who_work_on_it_and_an_issued_plan_by_those_below() {
    let draft = Draft::start(Sqlite).await;
    let app: &TestApp = &draft.app;
    let below = app.municipal_reporter("410100").await;
    let query = "{ plans { totalCount } task(id: \"2031-01\") { code } }";
    let hidden = below.ask(query).await;
    assert_eq!(hidden.number("/plans/totalCount"), 0);
    assert!(hidden.at("/task").is_null());
    draft.complete().await;
    let input = json!({ "planId": "2031", "expectedVersion": 1 });
    draft.must("issuePlan", input, "plan { code }").await;
    let seen = below.ask(query).await;
    assert_eq!(seen.number("/plans/totalCount"), 1);
    assert_eq!(seen.text("/task/code"), "2031-01");
}
