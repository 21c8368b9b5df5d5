//! Narrowing and ordering tasks and metrics.

use std::collections::BTreeMap;

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person, PlanText, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};

async fn tasks(person: &Person, filter: Value) -> Vec<String> {
    let query = "query($filter: TaskFilter) { tasks(first: 200, filter: $filter) {
        totalCount edges { node { code } } } }";
    let answer = person.ask_with(query, json!({ "filter": filter })).await;
    answer.data();
    let codes = answer.nodes("/tasks", "code");
    assert_eq!(answer.count("/tasks/totalCount"), codes.len(), "{answer:?}");
    codes
}

/// What the filters are held against: every task with what it is.
async fn all(person: &Person) -> BTreeMap<String, Value> {
    let answer = person
        .ask(
            "{ tasks { edges { node { code kind state plan { code } section { id }
                 metrics(first: 1) { totalCount }
                 assignments(first: 10) { edges { node { role department { code } } } } } } } }",
        )
        .await;
    answer
        .list("/tasks/edges")
        .iter()
        .map(|edge| {
            (
                edge["node"]["code"].as_str().expect("a code").to_owned(),
                edge["node"].clone(),
            )
        })
        .collect()
}

/// What a filter should keep.
type Keep<'a> = Box<dyn Fn(&Value) -> bool + 'a>;

fn keep<'a>(keep: impl Fn(&Value) -> bool + 'a) -> Keep<'a> {
    Box::new(keep)
}

fn codes_where(all: &BTreeMap<String, Value>, keep: impl Fn(&Value) -> bool) -> Vec<String> {
    let kept = all.iter().filter(|(_, task)| keep(task));
    kept.map(|(code, _)| code.clone()).collect()
}

fn takes_part(task: &Value, department: &str, role: Option<&str>) -> bool {
    let assigned = task["assignments"]["edges"]
        .as_array()
        .expect("assignments");
    assigned.iter().any(|one| {
        let fits = role.is_none_or(|role| one["node"]["role"] == role);
        one["node"]["department"]["code"] == department && fits
    })
}

fn sorted(mut codes: Vec<String>) -> Vec<String> {
    codes.sort();
    codes
}

/// Filters with what each should keep.
fn cases(section: &str) -> Vec<(Value, Keep<'_>)> {
    vec![
        (json!({}), keep(|_| true)),
        (
            json!({ "plan": "2031" }),
            keep(|task| task["plan"]["code"] == "2031"),
        ),
        (
            json!({ "section": section }),
            keep(move |task| task["section"]["id"] == section),
        ),
        (
            json!({ "kind": ["KEY_TASK"] }),
            keep(|task| task["kind"] == "KEY_TASK"),
        ),
        (
            json!({ "kind": ["KEY_TASK", "WORK_POINT"] }),
            keep(|_| true),
        ),
        (json!({ "kind": ["MEETING"] }), keep(|_| false)),
        (
            json!({ "state": ["DRAFT"] }),
            keep(|task| task["state"] == "DRAFT"),
        ),
        (
            json!({ "hasMetric": true }),
            keep(|task| task["metrics"]["totalCount"] != 0),
        ),
        (
            json!({ "hasMetric": false }),
            keep(|task| task["metrics"]["totalCount"] == 0),
        ),
        (
            json!({ "department": "XXB" }),
            keep(|task| takes_part(task, "XXB", None)),
        ),
        (
            json!({ "department": "XXB", "role": "LEAD" }),
            keep(|task| takes_part(task, "XXB", Some("LEAD"))),
        ),
        (
            json!({ "department": "XXB", "role": "SUPPORT" }),
            keep(|task| takes_part(task, "XXB", Some("SUPPORT"))),
        ),
        (
            json!({ "plan": "2025", "kind": ["WORK_POINT"], "department": "XXB", "hasMetric": true }),
            keep(|task| {
                task["plan"]["code"] == "2025"
                    && task["kind"] == "WORK_POINT"
                    && takes_part(task, "XXB", None)
                    && task["metrics"]["totalCount"] != 0
            }),
        ),
    ]
}

#[rstest]
#[tokio::test]
async fn tasks_are_narrowed_by_what_they_are(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    officer.import(&PlanText::of_points(2031, 7)).await;
    let all = all(&officer).await;
    assert_eq!(all.len(), 43);
    let section = all["2025-09"]["section"]["id"].as_str().expect("a section");
    for (filter, keep) in cases(section) {
        let wanted = codes_where(&all, keep);
        assert_eq!(
            sorted(tasks(&officer, filter.clone()).await),
            wanted,
            "{filter}"
        );
    }
}

#[rstest]
#[tokio::test]
async fn a_filter_that_names_nothing_says_so(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let viewer = app.viewer().await;
    for (filter, code) in [
        (json!({ "plan": "1999" }), "NOT_FOUND"),
        (json!({ "department": "NOBODY" }), "NOT_FOUND"),
        (json!({ "section": "3" }), "BAD_USER_INPUT"),
    ] {
        let query = "query($filter: TaskFilter) { tasks(filter: $filter) { totalCount } }";
        let answer = viewer.ask_with(query, json!({ "filter": filter })).await;
        assert_eq!(answer.codes(), [code], "{filter}");
    }
}

#[rstest]
#[tokio::test]
async fn tasks_are_ordered_as_asked(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    let plan = PlanText::new(2031)
        .chapter("推进各项工作")
        .point("丙类工作", "抓好落实。", "学会学术部")
        .point("甲类工作", "6月底前完成总结。", "学会学术部")
        .point("b类工作", "3月底前完成总结。", "学会学术部")
        .point("A类工作", "抓好落实。", "学会学术部");
    officer.import(&plan).await;
    let order = async |field: &str, direction: &str| {
        let query =
            "query($order: TaskOrder) { tasks(filter: { plan: \"2031\" }, orderBy: $order) {
            edges { node { code title deadline } } } }";
        let order = json!({ "field": field, "direction": direction });
        let answer = officer.ask_with(query, json!({ "order": order })).await;
        answer.data();
        let codes = answer.nodes("/tasks", "code");
        codes
            .iter()
            .map(|code| code[5..].to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(order("POSITION", "ASC").await, ["01", "02", "03", "04"]);
    assert_eq!(order("POSITION", "DESC").await, ["04", "03", "02", "01"]);
    assert_eq!(order("CODE", "ASC").await, ["01", "02", "03", "04"]);
    assert_eq!(order("CODE", "DESC").await, ["04", "03", "02", "01"]);
    // By code points on both databases: A, b, 丙 (U+4E19), 甲 (U+7532).
    assert_eq!(order("TITLE", "ASC").await, ["04", "03", "01", "02"]);
    assert_eq!(order("TITLE", "DESC").await, ["02", "01", "03", "04"]);
    let down = order("DEADLINE", "DESC").await;
    let up = order("DEADLINE", "ASC").await;
    assert_eq!(up[..2], ["03", "02"], "those without a deadline come last");
    assert_eq!(
        down[..2],
        ["02", "03"],
        "those without a deadline come last here too"
    );
}

#[rstest]
#[tokio::test]
async fn metrics_are_narrowed_by_what_they_are(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    officer.import(&PlanText::of_points(2031, 4)).await;
    let metrics = async |filter: Value| {
        let query = "query($filter: MetricFilter) { metrics(first: 200, filter: $filter) {
            totalCount edges { node { code } } } }";
        let answer = officer.ask_with(query, json!({ "filter": filter })).await;
        answer.data();
        answer.nodes("/metrics", "code")
    };
    assert_eq!(metrics(json!({})).await.len(), 20);
    assert_eq!(metrics(json!({ "plan": "2025" })).await.len(), 16);
    assert_eq!(
        metrics(json!({ "task": "2025-06" })).await,
        ["2025-06-M1", "2025-06-M2"]
    );
    assert_eq!(
        metrics(json!({ "text": "青年人才托举" })).await,
        ["2025-06-M1"]
    );
    assert_eq!(
        metrics(json!({ "text": "2025-19-m2" })).await,
        ["2025-19-M2"]
    );
    let of_department = metrics(json!({ "department": "XXB", "plan": "2025" })).await;
    assert!(
        !of_department.is_empty() && of_department.len() < 16,
        "{of_department:?}"
    );
}
