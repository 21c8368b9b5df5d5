//! Every operation of the web client is one that the server answers.

use duban_app::identity::{NewAccount, NewGrant};
use duban_domain::access::{Reach, Role};
use duban_tests::{Backend::Sqlite, Person, PlanText, TestApp, web_client};
use serde_json::{Value, json};

/// Values for every variable of the client's queries.
fn variables(section: &str) -> Value {
    json!({
        "code": "2025", "plan": "2025", "isChosen": true, "text": "科普", "after": null,
        "token": "none", "id": "officer", "year": 2025, "next": 2026,
        "filter": { "plan": "2025", "section": section, "kind": ["WORK_POINT"], "hasMetric": false },
    })
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "the variables of every operation")]
async fn every_query_of_the_client_is_answered_within_its_budget() {
    let app = TestApp::start(Sqlite).await;
    let officer = app.officer().await;
    let (admin, auditor) = (app.system_admin().await, app.sign_in("auditor").await);
    let security = app.sign_in("security-admin").await;
    let reporter = app.municipal_reporter("410100").await;
    let section = officer
        .ask("{ plan(id: \"2025\") { sections(first: 1) { edges { node { id } } } } }")
        .await;
    let some = officer
        .ask("{ tasks(first: 10) { edges { node { id } } } }")
        .await;
    let ids = some.list("/tasks/edges").iter();
    let tasks: Value = ids.map(|edge| edge["node"]["id"].clone()).collect();
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
            "WebhookLog" => values["id"] = json!("none"),
            "TokenUsageQuery" => values["from"] = json!("2025-03-01"),
            "OrgsDetailQuery" | "DepartmentFiguresQuery" => values["code"] = json!("XXB"),
            "AccountsQuery" => values["filter"] = json!({ "text": "officer" }),
            "AuditEventsQuery" => values["filter"] = json!({ "outcome": "DONE" }),
            "ReviewQueueQuery" => values["filter"] = json!({ "kind": ["REPORT"] }),
            "ChangedTasks" => values["ids"] = tasks.clone(),
            "NoticeRecipients" => values["tasks"] = json!(["2025-16"]),
            "Notices" => values["filter"] = json!({ "isOverdue": true }),
            "Notifications" => values["isUnread"] = json!(true),
            "AllocationEditorQuery"
            | "MetricDetailQuery"
            | "MetricMeasurementsQuery"
            | "MetricOutlookQuery"
            | "UnitPartsQuery" => {
                values["code"] = json!("2025-09-M1");
            }
            "MetricMonthsQuery" => {
                values["code"] = json!("2025-09-M1");
                for month in 1..=12 {
                    values[format!("m{month:02}")] = json!(format!("2025-{month:02}"));
                }
            }
            "MatrixQuery" | "WallUnitsQuery" => {
                values["metrics"] = json!(["2025-09-M1", "2025-19-M2"]);
                values["under"] = json!("HNAST");
                values["depth"] = json!(1);
                values["period"] = json!("2025-03");
            }
            "PreviewAllocationQuery" => {
                let shares = [json!({ "department": "XXB" })];
                values["input"] =
                    json!({ "metric": "2025-09-M1", "method": "EVENLY", "shares": shares });
            }
            "FigureMetricsQuery" | "SaidQuery" | "FigureTotalsQuery" => {
                values["metric"] = json!("2025-09-M1");
                values["department"] = json!("XXB");
                values["period"] = json!("2025-03");
                values["before"] = json!("2025-02");
                values["hasBefore"] = json!(true);
            }
            "PreviewSheetQuery" => {
                values["input"] =
                    json!({ "uploadId": "none", "department": "410100", "period": "2025-03" });
            }
            "SheetsQuery" | "LargeImportsQuery" => values["first"] = json!(20),
            "ImportPartsQuery" => {
                values["import"] = json!("none");
                values["first"] = json!(50);
            }
            "ReceiptQuery" => values["receipt"] = json!("none"),
            "PreviewLightRules" | "PreviewReportRules" => {
                values["input"] = json!({ "rules": [] });
            }
            _ => {}
        }
        let person = match name.as_str() {
            "AccountDelegationsQuery"
            | "ServiceAccountTokens"
            | "ServiceTokens"
            | "ServiceWebhooks"
            | "TokenUsageQuery"
            | "WebhookLog" => &security,
            "PreviewSheetQuery" => &reporter,
            name if name.starts_with("Account") || ["Mails", "ServiceAccount"].contains(&name) => {
                &admin
            }
            name if name.starts_with("Audit") => &auditor,
            _ => &officer,
        };
        let answer = person.ask_with(text, values).await;
        assert_eq!(answer.errors().len(), 0, "{name}: {answer:?}");
        assert!(answer.json()["data"].is_object(), "{name}: {answer:?}");
    }
}

#[tokio::test]
async fn every_mutation_of_the_client_is_valid() {
    let app = TestApp::start(Sqlite).await;
    let officer = app.officer().await;
    let admin = app.system_admin().await;
    let security = app.sign_in("security-admin").await;
    officer.import(&PlanText::of_points(2031, 5)).await;
    let everybody = person_of_all_roles(&app).await;
    let operations = web_client::operations();
    let mutations = operations
        .iter()
        .filter(|(_, text)| text.trim_start().starts_with("mutation"));
    let mut count = 0;
    for (name, text) in mutations {
        count += 1;
        // Without its input an operation is valid and does not run; what is not valid says so.
        let stranger = app.anonymous();
        let is_open = [
            "AcceptInvitation",
            "ConfirmSignInEnrolment",
            "RefreshSession",
            "SignIn",
            "SignInSecondFactor",
            "SignOut",
            "StartSignInEnrolment",
        ];
        let people = if is_open.contains(&name.as_str()) {
            vec![&stranger]
        } else {
            vec![&everybody, &admin, &security]
        };
        let answer = people[0].ask(text).await;
        if answer.codes() == ["BAD_USER_INPUT"] && answer.json().get("data").is_none() {
            let message = answer.errors()[0]["message"].to_string();
            assert!(message.contains("input"), "{name}: {answer:?}");
            assert_valid((&officer, &people), name, text).await;
        } else {
            answer.data();
        }
    }
    assert!(count > 10, "the mutations were found");
}

/// Somebody who may call whatever the client calls.
async fn person_of_all_roles(app: &TestApp) -> Person {
    let roles = Role::ALL.iter().filter(|role| !role.is_administrator());
    let grants = roles.map(|role| NewGrant {
        role: *role,
        department: "HNAST".to_owned(),
        reach: Reach::Subtree,
    });
    let account = NewAccount {
        login: "everybody".to_owned(),
        display_name: "测试·全部角色".to_owned(),
        department: "HNAST".to_owned(),
        password: Some("ceshi-yong-mima-2025".to_owned().into()),
        is_demo: false,
        grants: grants.collect(),
    };
    let made = app.app().identity().create_account(account).await;
    made.expect("an account of all roles");
    app.sign_in("everybody").await
}

/// Runs it with an input of the right names and no meaning: it is refused by the domain at most.
async fn assert_valid((officer, people): (&Person, &[&Person]), name: &str, text: &str) {
    let kind = text
        .split_once("$input: ")
        .and_then(|(_, rest)| rest.split_once('!'))
        .map_or_else(|| panic!("{name} takes an input"), |(kind, _)| kind);
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
            Some("Boolean") => json!(false),
            Some("Date") => json!("2031-06-30"),
            Some("Decimal") => json!("1"),
            Some("Period") => json!("2031-06"),
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
