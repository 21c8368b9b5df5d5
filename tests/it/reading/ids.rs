//! Global ids, and the codes that people know in their place.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};

/// A path to one object of each type that is a node, in the founding plan.
const ONE_OF_EACH: &str = "{
  plan(id: \"2025\") { id sections(first: 1) { edges { node { id } } }
    clauses(first: 1) { edges { node { id } } } }
  task(id: \"2025-03\") { id assignments(first: 1) { edges { node { id } } }
    milestones(first: 1) { edges { node { id } } } metrics(first: 1) { edges { node { id } } } }
  department(id: \"410100\") { id }
  viewer { account { id } }
}";

const PLACES: [(&str, &str); 9] = [
    ("Plan", "/plan/id"),
    ("Section", "/plan/sections/edges/0/node/id"),
    ("Clause", "/plan/clauses/edges/0/node/id"),
    ("Task", "/task/id"),
    ("Assignment", "/task/assignments/edges/0/node/id"),
    ("Milestone", "/task/milestones/edges/0/node/id"),
    ("Metric", "/task/metrics/edges/0/node/id"),
    ("Department", "/department/id"),
    ("Account", "/viewer/account/id"),
];

async fn ids(person: &Person) -> Vec<(&'static str, String)> {
    let answer = person.ask(ONE_OF_EACH).await;
    PLACES
        .iter()
        .map(|(kind, place)| (*kind, answer.text(place).to_owned()))
        .collect()
}

#[rstest]
#[tokio::test]
async fn every_global_id_leads_back_to_its_object(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let viewer = app.viewer().await;
    let ids = ids(&viewer).await;
    for (kind, id) in &ids {
        let query = "query($id: ID!) { node(id: $id) { __typename id } }";
        let answer = viewer.ask_with(query, json!({ "id": id })).await;
        assert_eq!(answer.text("/node/__typename"), *kind);
        assert_eq!(answer.text("/node/id"), id);
    }
    let keys: Vec<&str> = ids.iter().map(|(_, id)| id.as_str()).collect();
    let query = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";
    let answer = viewer.ask_with(query, json!({ "ids": keys })).await;
    let found: Vec<&str> = answer
        .list("/nodes")
        .iter()
        .filter_map(|one| one["id"].as_str())
        .collect();
    assert_eq!(found, keys, "in the order asked");
}

#[rstest]
#[tokio::test]
async fn what_is_no_id_of_ours_is_null(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let viewer = app.viewer().await;
    let (_, good) = ids(&viewer).await.swap_remove(3);
    let wrong = [
        String::new(),
        "2025-14".to_owned(),
        "VGFzazp4".to_owned(),
        good[..good.len() - 2].to_owned(),
        format!("{good}AA"),
        "'; DROP TABLE task; --".to_owned(),
    ];
    let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    let mut asked: Vec<&str> = wrong.iter().map(String::as_str).collect();
    asked.push(&good);
    let answer = viewer.ask_with(query, json!({ "ids": asked })).await;
    let found = answer.data()["nodes"].as_array().expect("nodes");
    assert!(
        found[..wrong.len()].iter().all(Value::is_null),
        "{answer:?}"
    );
    assert_eq!(found[wrong.len()]["id"], good);
    for id in &wrong {
        let query =
            "query($id: ID!) { node(id: $id) { id } plan(id: $id) { id } metric(id: $id) { id }
            department(id: $id) { id } }";
        let answer = viewer.ask_with(query, json!({ "id": id })).await;
        assert_eq!(
            answer.data(),
            &json!({ "node": null, "plan": null, "metric": null, "department": null }),
            "{id}"
        );
    }
}

#[rstest]
#[tokio::test]
async fn codes_are_taken_wherever_an_id_is(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let viewer = app.viewer().await;
    let query = "query($plan: ID!, $task: ID!, $key: ID!, $metric: ID!, $city: ID!, $unit: ID!) {
      plan(id: $plan) { id code }
      task(id: $task) { id code }
      key: task(id: $key) { id code }
      metric(id: $metric) { id code }
      city: department(id: $city) { id code }
      unit: department(id: $unit) { id code }
      tasks(filter: { plan: $plan, department: $unit }) { totalCount }
      metrics(filter: { plan: $plan, task: $task }) { totalCount }
      led: metrics(filter: { department: $unit }) { totalCount }
      departments(filter: { parent: $city }) { totalCount }
    }";
    let codes = json!({ "plan": "2025", "task": "2025-03", "key": "2025-K05",
        "metric": "2025-03-M1", "city": "410100", "unit": "XXB" });
    let by_code = viewer.ask_with(query, codes.clone()).await;
    for (place, code) in [
        ("plan", "2025"),
        ("task", "2025-03"),
        ("key", "2025-K05"),
        ("metric", "2025-03-M1"),
        ("city", "410100"),
        ("unit", "XXB"),
    ] {
        assert_eq!(by_code.text(&format!("/{place}/code")), code);
    }
    assert_eq!(by_code.number("/metrics/totalCount"), 1);
    assert!(by_code.number("/departments/totalCount") > 5);
    let id = |place: &str| by_code.text(&format!("/{place}/id"));
    let ids = json!({ "plan": id("plan"), "task": id("task"), "key": id("key"),
        "metric": id("metric"), "city": id("city"), "unit": id("unit") });
    let by_id = viewer.ask_with(query, ids).await;
    assert_eq!(by_id.data(), by_code.data());
    let spaced = viewer.ask("{ task(id: \" 2025-03 \") { code } }").await;
    assert_eq!(spaced.text("/task/code"), "2025-03");
}

#[rstest]
#[tokio::test]
async fn an_id_of_another_kind_names_nothing(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let viewer = app.viewer().await;
    let ids = ids(&viewer).await;
    let (_, plan) = &ids[0];
    let (_, task) = &ids[3];
    let query = "query($plan: ID!, $task: ID!) { task(id: $plan) { id } plan(id: $task) { id }
        metric(id: $task) { id } department(id: $plan) { id } }";
    let answer = viewer
        .ask_with(query, json!({ "plan": plan, "task": task }))
        .await;
    assert_eq!(
        answer.data(),
        &json!({ "task": null, "plan": null, "metric": null, "department": null })
    );
}

#[rstest]
#[tokio::test]
async fn two_hundred_nodes_are_taken_and_no_more(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let viewer = app.viewer().await;
    let (_, id) = ids(&viewer).await.swap_remove(3);
    let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    let ask = async |count: usize| {
        let ids = vec![id.as_str(); count];
        viewer.ask_with(query, json!({ "ids": ids })).await
    };
    assert_eq!(
        ask(200).await.data()["nodes"].as_array().map(Vec::len),
        Some(200)
    );
    assert_eq!(ask(201).await.codes(), ["BAD_USER_INPUT"]);
}

#[rstest]
#[tokio::test]
async fn an_account_is_a_node_to_its_owner_and_to_who_may_read_accounts(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let (viewer, leader) = (app.viewer().await, app.leader().await);
    let own = leader.ask("{ viewer { account { id } } }").await;
    let query = "query($id: ID!) { node(id: $id) { id } }";
    let id = json!({ "id": own.text("/viewer/account/id") });
    let hidden = viewer.ask_with(query, id.clone()).await;
    assert!(hidden.at("/node").is_null(), "{hidden:?}");
    let admin = app.system_admin().await.ask_with(query, id.clone()).await;
    assert_eq!(admin.text("/node/id"), own.text("/viewer/account/id"));
    assert_eq!(
        leader.ask_with(query, id).await.text("/node/id"),
        own.text("/viewer/account/id")
    );
}
