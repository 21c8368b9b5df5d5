//! The auditor reads the trail; nobody else does.

use std::fs;

use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person, PlanText, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};

use super::{head, put_head, rewrite, take_triggers_away};

const EVENTS: &str = "query($filter: AuditEventFilter, $after: String, $first: Int) {
    auditEvents(first: $first, after: $after, filter: $filter) {
        totalCount pageInfo { hasNextPage endCursor }
        edges { node { number action outcome objectType objectKey hash detail address
            actor { id login } } }
    }
}";
const STANDING: &str = "{ auditVerification { events hash state anchor { number hash } } }";

async fn read(person: &Person, filter: Value) -> Answer {
    let variables = json!({ "filter": filter, "first": 200 });
    person.ask_with(EVENTS, variables).await
}

fn column(answer: &Answer, field: &str) -> Vec<Value> {
    let edges = answer.list("/auditEvents/edges").iter();
    edges.map(|edge| edge["node"][field].clone()).collect()
}

#[rstest]
#[tokio::test]
async fn the_trail_is_read_page_by_page_and_by_filter(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    let code = officer.import(&PlanText::of_points(2031, 3)).await;
    let wrong = json!({ "planId": code, "expectedVersion": 99 });
    officer.change("discardPlan", wrong, "__typename").await;
    let auditor = app.sign_in("auditor").await;

    let all = read(&auditor, json!({})).await;
    let last = head(&app).await.seq;
    assert_eq!(all.number("/auditEvents/totalCount"), last);
    assert_eq!(column(&all, "number")[0], last, "the newest first");
    let plans = read(&auditor, json!({ "action": "plan.imported" })).await;
    assert_eq!(plans.number("/auditEvents/totalCount"), 2);
    let node = &plans.list("/auditEvents/edges")[0]["node"];
    assert_eq!(node["actor"]["login"], "officer");
    assert_eq!(node["address"], "127.0.0.1");
    assert_eq!(node["hash"].as_str().map(str::len), Some(64));
    let of_plan = read(&auditor, json!({ "object": node["objectKey"] })).await;
    assert_eq!(column(&of_plan, "action"), ["plan.imported"]);
    let refused = read(&auditor, json!({ "outcome": "REFUSED" })).await;
    assert_eq!(column(&refused, "action"), ["discardPlan"]);
    let of_officer = json!({ "actor": node["actor"]["id"], "objectType": "Plan" });
    let of_officer = read(&auditor, of_officer).await;
    assert_eq!(column(&of_officer, "action"), ["plan.imported"]);
    let none = read(&auditor, json!({ "to": "2025-03-16" })).await;
    assert_eq!(none.number("/auditEvents/totalCount"), 0);
    let today = read(
        &auditor,
        json!({ "from": "2025-03-17", "to": "2025-03-17" }),
    )
    .await;
    assert_eq!(today.number("/auditEvents/totalCount"), last);

    let first = auditor.ask_with(EVENTS, json!({ "first": 3 })).await;
    let after = first.text("/auditEvents/pageInfo/endCursor");
    let second = json!({ "first": 3, "after": after });
    let second = auditor.ask_with(EVENTS, second).await;
    assert_eq!(column(&second, "number")[0], last - 3);
    let malformed = read(&auditor, json!({ "actor": "nonsense" })).await;
    assert_eq!(malformed.codes(), ["BAD_USER_INPUT"]);
}

#[rstest]
#[tokio::test]
async fn only_the_auditor_reads_the_trail(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    for login in [
        "officer",
        "leader",
        "viewer",
        "system-admin",
        "security-admin",
    ] {
        let person = app.sign_in(login).await;
        assert_eq!(
            read(&person, json!({})).await.codes(),
            ["FORBIDDEN"],
            "{login}"
        );
        assert_eq!(person.ask(STANDING).await.codes(), ["FORBIDDEN"], "{login}");
    }
    let nobody = app.anonymous();
    assert_eq!(read(&nobody, json!({})).await.codes(), ["UNAUTHENTICATED"]);
}

#[rstest]
#[tokio::test]
async fn the_auditor_sees_whether_the_trail_agrees_with_what_was_signed(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let auditor = app.sign_in("auditor").await;
    let state = async || {
        let answer = auditor.ask(STANDING).await;
        answer.text("/auditVerification/state").to_owned()
    };
    assert_eq!(state().await, "NOT_KEPT");
    let kept = app.app().audit().keep_when_due(None).await;
    let kept = kept.expect("a head").expect("the first is due");
    let answer = auditor.ask(STANDING).await;
    assert_eq!(answer.text("/auditVerification/state"), "AGREES");
    assert_eq!(
        answer.number("/auditVerification/anchor/number"),
        kept.head.seq
    );
    assert_eq!(
        answer.text("/auditVerification/hash"),
        head(&app).await.hash.to_string()
    );
    take_triggers_away(&app, backend).await;
    let whole = head(&app).await;
    rewrite(&app, backend, 2, |event| "x".clone_into(&mut event.action)).await;
    assert_eq!(state().await, "DIFFERS");
    put_head(&app, backend, whole).await;
    let file = app.app().audit().anchor_file();
    fs::write(file, "nonsense\n").expect("the file is written");
    assert_eq!(state().await, "UNREADABLE");
}
