//! Every operation of the web client is one that the server answers.

use duban_tests::{Backend::Sqlite, Person, PlanText, TestApp, web_client};
use serde_json::{Value, json};

/// Values for every variable of the client's queries.
fn variables(section: &str) -> Value {
    json!({
        "code": "2025", "plan": "2025", "isChosen": true, "text": "科普", "after": null,
        "filter": { "plan": "2025", "section": section, "kind": ["WORK_POINT"], "hasMetric": false },
    })
}

#[tokio::test]
async fn every_query_of_the_client_is_answered_within_its_budget() {
    let app = TestApp::start(Sqlite).await;
    let officer = app.officer().await;
    let section = officer
        .ask("{ plan(id: \"2025\") { sections(first: 1) { edges { node { id } } } } }")
        .await;
    let variables = variables(section.text("/plan/sections/edges/0/node/id"));
    let operations = web_client::operations();
    let queries: Vec<_> = operations
        .iter()
        .filter(|(_, text)| text.trim_start().starts_with("query"))
        .collect();
    assert!(queries.len() > 15, "the queries were found");
    for (name, text) in queries {
        let mut values = variables.clone();
        match name.as_str() {
            "TaskDetailQuery" => values["code"] = json!("2025-16"),
            "OrgsDetailQuery" => values["code"] = json!("XXB"),
            "NoticeRecipients" => values["tasks"] = json!(["2025-16"]),
            "Notices" => values["filter"] = json!({ "isOverdue": true }),
            "Notifications" => values["isUnread"] = json!(true),
            _ => {}
        }
        let answer = officer.ask_with(text, values).await;
        assert_eq!(answer.errors().len(), 0, "{name}: {answer:?}");
        assert!(answer.json()["data"].is_object(), "{name}: {answer:?}");
    }
}

#[tokio::test]
async fn every_mutation_of_the_client_is_valid() {
    let app = TestApp::start(Sqlite).await;
    let officer = app.officer().await;
    officer.import(&PlanText::of_points(2031, 5)).await;
    let others = [app.liaison_of("XXB").await, app.leader().await];
    let operations = web_client::operations();
    let mutations = operations
        .iter()
        .filter(|(_, text)| text.trim_start().starts_with("mutation"));
    let mut count = 0;
    for (name, text) in mutations {
        count += 1;
        // Without its input an operation is valid and does not run; what is not valid says so.
        let is_credential = ["SignIn", "SignOut", "RefreshSession"].contains(&name.as_str());
        let stranger = app.anonymous();
        let person = if is_credential { &stranger } else { &officer };
        let answer = person.ask(text).await;
        if answer.codes() == ["BAD_USER_INPUT"] && answer.json().get("data").is_none() {
            let message = answer.errors()[0]["message"].to_string();
            assert!(message.contains("input"), "{name}: {answer:?}");
            let people: Vec<&Person> = [person].into_iter().chain(&others).collect();
            assert_valid((&officer, &people), name, text).await;
        } else {
            answer.data();
        }
    }
    assert!(count > 10, "the mutations were found");
}

/// Runs it with an input of the right names and no meaning, as the first of these people whose role
/// has the permission: it is refused by the domain at most.
async fn assert_valid((officer, people): (&Person, &[&Person]), name: &str, text: &str) {
    let kind = format!("{name}Input");
    let about = officer
        .ask_with(
            "query($kind: String!) { __type(name: $kind) { inputFields { name type { kind
               ofType { kind name enumValues { name } } } } } }",
            json!({ "kind": kind }),
        )
        .await;
    let mut input = json!({});
    for field in about.list("/__type/inputFields") {
        if field["type"]["kind"] != "NON_NULL" {
            continue;
        }
        let kind = &field["type"]["ofType"];
        let value = match kind["name"].as_str() {
            Some("Int") => json!(1),
            Some("Boolean") => json!(true),
            Some("Decimal") => json!("1"),
            Some("ID" | "String") => json!("none"),
            Some(_) => kind["enumValues"][0]["name"].clone(),
            None => json!([]),
        };
        input[field["name"].as_str().expect("a name")] = value;
    }
    let variables = json!({ "input": input });
    let mut answer = people[0].ask_with(text, variables.clone()).await;
    for person in &people[1..] {
        if answer.codes() == ["FORBIDDEN"] {
            answer = person.ask_with(text, variables.clone()).await;
        }
    }
    for code in answer.codes() {
        assert!(
            ["NOT_FOUND", "BAD_USER_INPUT"].contains(&code),
            "{name}: {answer:?}"
        );
    }
    assert!(
        answer.json().get("data").is_some(),
        "{name} ran: {answer:?}"
    );
}
