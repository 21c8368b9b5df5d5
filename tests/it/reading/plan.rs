//! The founding plan as it comes out of the reader, over the API.

use std::collections::BTreeSet;

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person, PlanText, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};

#[rstest]
#[tokio::test]
async fn the_plan_of_2025_is_whole(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let answer = app
        .viewer()
        .await
        .ask(
            "{ plan(id: \"2025\") {
                 code year state title documentNumber issuingBody issuedOn isDemo issuedAt importedAt
                 recipients parts { index title kind } viewerCanEdit viewerCanIssue viewerCanHandOut
                 sections { totalCount } tasks { totalCount } metrics { totalCount }
                 keyTasks: tasks(filter: { kind: [KEY_TASK] }) { totalCount }
                 workPoints: tasks(filter: { kind: [WORK_POINT] }) { totalCount }
               } }",
        )
        .await;
    for (field, count) in [
        ("sections", 8),
        ("tasks", 36),
        ("workPoints", 26),
        ("keyTasks", 10),
        ("metrics", 16),
    ] {
        assert_eq!(
            answer.number(&format!("/plan/{field}/totalCount")),
            count,
            "{field}"
        );
    }
    assert_eq!(answer.number("/plan/year"), 2025);
    assert_eq!(answer.text("/plan/state"), "ISSUED");
    assert_eq!(answer.text("/plan/documentNumber"), "豫科协办发〔2025〕2号");
    assert_eq!(answer.at("/plan/isDemo"), true);
    assert_eq!(answer.text("/plan/issuedAt"), "2025-03-17T01:30:00Z");
    assert_eq!(answer.text("/plan/importedAt"), "2025-03-17T01:30:00Z");
    assert_eq!(answer.at("/plan/viewerCanEdit"), false);
    assert_eq!(answer.at("/plan/viewerCanIssue"), false);
    assert_eq!(answer.at("/plan/viewerCanHandOut"), false);
    assert!(answer.list("/plan/recipients").len() > 3);
    assert_eq!(
        answer.at("/plan/parts"),
        &json!([
            { "index": 0, "title": "河南省科协2025年工作要点", "kind": "WORK_POINTS" },
            { "index": 1, "title": "河南省科协2025年十项重点工作", "kind": "KEY_TASKS" },
        ])
    );
}

#[rstest]
#[tokio::test]
async fn eighty_assignments_name_ten_departments_and_one_leads_each_task(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let answer = app
        .viewer()
        .await
        .ask(
            "{ tasks { edges { node { code lead { code } unresolvedDepartments { name }
                 assignments { totalCount edges { node { role position department { code } } } } } } } }",
        )
        .await;
    let mut departments = BTreeSet::new();
    let mut count = 0;
    for edge in answer.list("/tasks/edges") {
        let task = &edge["node"];
        let assigned = task["assignments"]["edges"]
            .as_array()
            .expect("assignments");
        count += assigned.len();
        let code = |one: &Value| {
            one["node"]["department"]["code"]
                .as_str()
                .map(str::to_owned)
        };
        departments.extend(assigned.iter().filter_map(code));
        let leads: Vec<&Value> = assigned
            .iter()
            .filter(|one| one["node"]["role"] == "LEAD")
            .collect();
        assert_eq!(leads.len(), 1, "{task}");
        assert_eq!(code(leads[0]).as_deref(), task["lead"]["code"].as_str());
        assert_eq!(task["unresolvedDepartments"], json!([]), "{task}");
    }
    assert_eq!((count, departments.len()), (80, 10));
}

/// The characters of a text that a node of the API points at.
fn between(text: &[char], node: &Value) -> String {
    let at = |name: &str| {
        let number = node[name].as_u64().expect("a place");
        usize::try_from(number).expect("a place")
    };
    text[at("start")..at("end")].iter().collect()
}

async fn source_text(person: &Person) -> Vec<char> {
    let plan = person
        .ask("{ plan(id: \"2025\") { sourceText sourceCharacters sourceSha256 } }")
        .await;
    let text: Vec<char> = plan.text("/plan/sourceText").chars().collect();
    assert_eq!(plan.count("/plan/sourceCharacters"), text.len());
    assert_eq!(plan.text("/plan/sourceSha256").len(), 64);
    text
}

#[rstest]
#[tokio::test]
async fn sections_and_metrics_point_back_at_their_characters(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let viewer = app.viewer().await;
    let text = source_text(&viewer).await;
    let plan = viewer
        .ask(
            "{ plan(id: \"2025\") { sections { edges { node { title start end } } }
                 metrics { edges { node { code phrase start end clause { start end text } } } } } }",
        )
        .await;
    for edge in plan.list("/plan/sections/edges") {
        let title = edge["node"]["title"].as_str().expect("a title");
        assert!(between(&text, &edge["node"]).contains(title), "{edge}");
    }
    for edge in plan.list("/plan/metrics/edges") {
        let node = &edge["node"];
        let phrase = between(&text, node);
        assert_eq!(phrase, node["phrase"].as_str().expect("a phrase"));
        assert!(between(&text, &node["clause"]).contains(&phrase), "{node}");
    }
}

#[rstest]
#[tokio::test]
async fn sentences_come_in_the_order_of_the_text(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let viewer = app.viewer().await;
    let text = source_text(&viewer).await;
    let query = "query($after: String) { plan(id: \"2025\") { clauses(first: 60, after: $after) {
        totalCount edges { node { start end text } } pageInfo { hasNextPage endCursor } } } }";
    let (mut after, mut last, mut seen) = (Value::Null, 0, 0);
    loop {
        let page = viewer.ask_with(query, json!({ "after": after })).await;
        for edge in page.list("/plan/clauses/edges") {
            let node = &edge["node"];
            let start = node["start"].as_u64().expect("a place");
            assert!(start >= last, "in the order of the text: {node}");
            last = node["end"].as_u64().expect("a place");
            let words = node["text"].as_str().expect("words").split_whitespace();
            let words: String = words.collect();
            let there: String = between(&text, node).split_whitespace().collect();
            assert!(there.contains(words.trim_matches(['#', '*'])), "{node}");
            seen += 1;
        }
        if page.at("/plan/clauses/pageInfo/hasNextPage") == false {
            assert_eq!(page.count("/plan/clauses/totalCount"), seen);
            break;
        }
        after = page.at("/plan/clauses/pageInfo/endCursor").clone();
    }
    assert!(seen > 100, "{seen} sentences");
}

#[rstest]
#[tokio::test]
async fn key_tasks_and_work_points_know_each_other(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let answer = app
        .viewer()
        .await
        .ask(
            "{ tasks { edges { node { code kind sumsUp { edges { node { code } } }
                 summedUpBy { edges { node { code } } } } } } }",
        )
        .await;
    let (mut down, mut up) = (BTreeSet::new(), BTreeSet::new());
    for edge in answer.list("/tasks/edges") {
        let task = &edge["node"];
        let code = |one: &Value| one["code"].as_str().expect("a code").to_owned();
        let others = |list: &str| {
            let edges = task[list]["edges"].as_array().expect("links").clone();
            edges.into_iter().map(move |one| code(&one["node"]))
        };
        let is_key_task = task["kind"] == "KEY_TASK";
        assert_eq!(others("sumsUp").count() > 0, is_key_task, "{task}");
        down.extend(others("sumsUp").map(|other| (code(task), other)));
        up.extend(others("summedUpBy").map(|other| (other, code(task))));
    }
    assert_eq!(down, up);
    assert!(
        down.contains(&("2025-K02".to_owned(), "2025-05".to_owned())),
        "{down:?}"
    );
}

#[rstest]
#[tokio::test]
async fn sections_hold_their_tasks_in_order(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let answer = app
        .viewer()
        .await
        .ask(
            "{ plan(id: \"2025\") { sections { edges { node { key ordinal level position title
                 tasks { totalCount edges { node { code section { key } } } } } } } } }",
        )
        .await;
    let mut codes = Vec::new();
    for (edge, number) in answer.list("/plan/sections/edges").iter().zip(1..) {
        let section = &edge["node"];
        assert_eq!(section["key"], number.to_string(), "{section}");
        assert_eq!(section["level"], 1);
        for task in section["tasks"]["edges"].as_array().expect("tasks") {
            assert_eq!(task["node"]["section"]["key"], section["key"]);
            codes.push(task["node"]["code"].as_str().expect("a code").to_owned());
        }
    }
    let wanted: Vec<String> = (1..=26).map(|number| format!("2025-{number:02}")).collect();
    assert_eq!(
        codes, wanted,
        "every work point stands in one chapter, in order"
    );
}

#[rstest]
#[tokio::test]
async fn plans_come_the_newest_year_first(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    for year in [2031, 2030] {
        officer.import(&PlanText::of_points(year, 3)).await;
    }
    let query =
        "query($state: PlanState) { plans(state: $state) { totalCount edges { node { code } } } }";
    let codes = async |state: Value| {
        let answer = officer.ask_with(query, json!({ "state": state })).await;
        assert_eq!(
            answer.count("/plans/totalCount"),
            answer.list("/plans/edges").len()
        );
        answer.nodes("/plans", "code")
    };
    assert_eq!(codes(Value::Null).await, ["2031", "2030", "2025"]);
    assert_eq!(codes(json!("DRAFT")).await, ["2031", "2030"]);
    assert_eq!(codes(json!("ISSUED")).await, ["2025"]);
}

#[rstest]
#[tokio::test]
async fn the_viewer_is_told_who_they_are(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let query = "{ viewer { account { login displayName isDemo department { code } } canImportPlans
        canReadPlans permissions grants { role roleName reach department { code } } } }";
    let answer = app.liaison_of("XXB").await.ask(query).await;
    assert_eq!(answer.text("/viewer/account/login"), "liaison-XXB");
    assert_eq!(answer.text("/viewer/account/department/code"), "XXB");
    assert_eq!(answer.at("/viewer/canImportPlans"), false);
    assert_eq!(answer.at("/viewer/canReadPlans"), true);
    assert_eq!(
        answer.at("/viewer/permissions"),
        &json!([
            "plan.read",
            "task.read",
            "task.divide",
            "task.accept",
            "completion.submit",
            "extension.request",
            "report.read",
            "report.write",
            "notice.read",
            "notice.reply",
            "metric.read",
            "measurement.record",
            "department.read"
        ])
    );
    assert_eq!(
        answer.at("/viewer/grants"),
        &json!([{ "role": "LIAISON", "roleName": "部门联络员", "reach": "SELF",
                  "department": { "code": "XXB" } }])
    );
    let english = app
        .officer()
        .await
        .speaking("en-GB,en;q=0.9")
        .ask(query)
        .await;
    assert!(english.text("/viewer/grants/0/roleName").is_ascii());
    assert_eq!(english.at("/viewer/canImportPlans"), true);
    assert!(app.anonymous().ask(query).await.at("/viewer").is_null());
    assert_eq!(
        app.system_admin()
            .await
            .ask(query)
            .await
            .at("/viewer/canReadPlans"),
        false
    );
}
