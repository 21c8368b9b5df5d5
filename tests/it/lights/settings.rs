//! An officer's word over a light, the rules of all lights, and lists that go by them.

use duban_domain::access::{Reach, Role};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};

use super::{CODE, LIGHT, Stage, told_in};
use crate::sql;

#[rstest]
#[tokio::test]
async fn an_override_stands_until_its_day_beside_what_was_computed(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut stage = Stage::set(backend).await;
    let early = stage.override_with(&stage.officer, json!({})).await;
    assert_eq!(
        early.user_errors("overrideLight"),
        ["LIGHT_OVERRIDE_NOT_RUNNING at taskId"]
    );
    stage.hand_out("2025-03-31").await;
    stage.accept().await;
    for (more, error) in [
        (
            json!({ "colour": "BLUE" }),
            "LIGHT_OVERRIDE_COLOUR at colour",
        ),
        (json!({ "until": "2025-03-16" }), "DATE_PAST at until"),
        (
            json!({ "until": "2025-12-31" }),
            "LIGHT_OVERRIDE_TOO_LONG at until",
        ),
        (json!({ "reason": " " }), "REASON_MISSING at reason"),
        (json!({ "taskId": "2025-99" }), "NOT_FOUND at taskId"),
    ] {
        let refused = stage.override_with(&stage.officer, more).await;
        assert_eq!(refused.user_errors("overrideLight"), [error]);
    }
    let by_liaison = stage.override_with(&stage.liaison, json!({})).await;
    assert_eq!(by_liaison.codes(), ["FORBIDDEN"]);
    let head = sql::audit_head(&stage.app).await;
    let done = stage.override_with(&stage.officer, json!({})).await;
    let light = done.at("/overrideLight/task/light");
    assert_eq!(
        (&light["colour"], &light["computed"]),
        (&json!("GREEN"), &json!("YELLOW"))
    );
    assert_eq!(light["override"]["until"], "2025-03-24");
    assert_eq!(
        sql::audit_after(&stage.app, head).await,
        ["task.light_overridden"]
    );
    let query = "{ green: tasks(filter: { plan: \"2025\", lights: [GREEN] }) { totalCount }
        yellow: tasks(filter: { plan: \"2025\", lights: [YELLOW] }) { totalCount } }";
    let found = stage.officer.ask(query).await;
    assert_eq!(
        found.number("/green/totalCount"),
        1,
        "lists go by what is shown"
    );
    assert_eq!(found.number("/yellow/totalCount"), 0);
    stage.later(7).await;
    assert_eq!(stage.light().await.text("/task/light/colour"), "GREEN");
    stage.later(1).await;
    let over = stage.light().await;
    assert_eq!(over.text("/task/light/colour"), "YELLOW");
    assert_eq!(over.at("/task/light/override"), &Value::Null);
    let again = json!({ "colour": "RED", "until": "2025-04-30" });
    stage.override_with(&stage.officer, again).await;
    let end = json!({ "taskId": CODE });
    let ended = stage
        .officer
        .change(
            "endLightOverride",
            end.clone(),
            &format!("task {{ {LIGHT} }}"),
        )
        .await;
    assert_eq!(told_in(&ended, "endLightOverride"), "YELLOW");
    let twice = stage
        .officer
        .change("endLightOverride", end, "task { code }")
        .await;
    assert_eq!(
        twice.user_errors("endLightOverride"),
        ["LIGHT_NOT_OVERRIDDEN at taskId"]
    );
}

#[rstest]
#[tokio::test]
async fn rules_are_tried_without_a_trace_and_then_changed(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let stage = Stage::set(backend).await;
    stage.hand_out("2025-05-31").await;
    stage.accept().await;
    let rules = json!([{ "threshold": "DEADLINE_NEAR_DAYS", "value": 90 }]);
    let preview = "query($input: PreviewLightRulesInput!) { previewLightRules(input: $input) {
        before { colour count } after { colour count }
        changes { totalCount edges { node { from to task { code } } } }
        userErrors { code path message } } }";
    let before = sql::sizes(&stage.app).await;
    let try_with = |rules: &Value| {
        stage
            .officer
            .ask_with(preview, json!({ "input": { "rules": rules } }))
    };
    let tried = try_with(&rules).await;
    let told = tried.at("/previewLightRules");
    assert_eq!(told["changes"]["totalCount"], 1, "{tried:?}");
    assert_eq!(
        told["changes"]["edges"][0]["node"],
        json!({ "from": "GREEN", "to": "YELLOW", "task": { "code": CODE } })
    );
    assert_eq!(
        told["before"],
        json!([{ "colour": "GREEN", "count": 1 }, { "colour": "GREY", "count": 35 }])
    );
    assert_eq!(
        told["after"],
        json!([{ "colour": "YELLOW", "count": 1 }, { "colour": "GREY", "count": 35 }])
    );
    let odd = json!([{ "threshold": "DEADLINE_NEAR_DAYS", "value": -1 }]);
    let refused = try_with(&odd).await;
    assert_eq!(
        refused.at("/previewLightRules/userErrors/0/code"),
        &json!("LIGHT_RULE_OUT_OF_RANGE")
    );
    assert_eq!(
        refused.at("/previewLightRules/userErrors/0/path/0"),
        &json!("DEADLINE_NEAR_DAYS")
    );
    assert_eq!(
        sql::sizes(&stage.app).await,
        before,
        "a preview writes nothing"
    );
    assert_eq!(stage.told().await, "GREEN ON_TRACK; ");

    let fields = "lightRules { version changedBy { displayName } rules { threshold value } }";
    let input = json!({ "expectedVersion": 0, "rules": rules });
    let changed = stage
        .officer
        .change("updateLightRules", input.clone(), fields)
        .await;
    assert_eq!(changed.number("/updateLightRules/lightRules/version"), 1);
    assert_eq!(stage.told().await, "YELLOW DEADLINE_NEAR; TO_SUBMIT_BY");
    let stale = stage
        .officer
        .change("updateLightRules", input, fields)
        .await;
    assert_eq!(
        stale.user_errors("updateLightRules"),
        ["CONFLICT at expectedVersion"]
    );
    let mine = "{ lightRules { version viewerCanUpdate } }";
    let (officer, liaison) = (stage.officer.ask(mine).await, stage.liaison.ask(mine).await);
    assert_eq!(officer.at("/lightRules/viewerCanUpdate"), &json!(true));
    assert_eq!(liaison.at("/lightRules/viewerCanUpdate"), &json!(false));
    let by_liaison = stage
        .liaison
        .ask_with(preview, json!({ "input": { "rules": [] } }))
        .await;
    assert_eq!(by_liaison.codes(), ["FORBIDDEN"]);
    let city = stage
        .app
        .person("city-officer", (Role::Officer, "410100", Reach::Subtree))
        .await;
    let input = json!({ "expectedVersion": 1, "rules": [] });
    let by_city = city.change("updateLightRules", input, fields).await;
    assert_eq!(
        by_city.user_errors("updateLightRules"),
        ["FORBIDDEN at "],
        "the rules are everybody's"
    );
}

#[rstest]
#[tokio::test]
async fn lists_are_narrowed_and_ordered_by_light_and_pages_meet(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let stage = Stage::set(backend).await;
    stage.hand_out("2025-03-20").await;
    stage.accept().await;
    let page = "query($first: Int, $after: String, $direction: OrderDirection!) {
        tasks(first: $first, after: $after, filter: { plan: \"2025\" },
              orderBy: { field: LIGHT, direction: $direction }) {
          totalCount pageInfo { hasNextPage hasPreviousPage endCursor }
          edges { node { code light { colour } } } } }";
    let mut codes = Vec::new();
    let mut after = Value::Null;
    loop {
        let variables = json!({ "first": 10, "after": after, "direction": "ASC" });
        let found = stage.officer.ask_with(page, variables).await;
        assert_eq!(found.number("/tasks/totalCount"), 36);
        codes.extend(found.nodes("/tasks", "code"));
        if found.at("/tasks/pageInfo/hasNextPage") == &json!(false) {
            break;
        }
        after = found.at("/tasks/pageInfo/endCursor").clone();
    }
    assert_eq!(codes[0], CODE, "the one that presses comes first");
    let mut unique = codes.clone();
    unique.sort();
    unique.dedup();
    assert_eq!((codes.len(), unique.len()), (36, 36));
    let variables = json!({ "first": 36, "after": null, "direction": "DESC" });
    let down = stage.officer.ask_with(page, variables).await;
    assert_eq!(
        down.nodes("/tasks", "code").last().map(String::as_str),
        Some(CODE)
    );
    let counts = "{ plan(id: \"2025\") { overview { byLight { colour count }
        bySection { section { key } byLight { colour count } }
        byDepartment { department { code byLight { colour count } } byLight { colour count } } } }
        grey: tasks(filter: { lights: [GREY] }, first: 1) { totalCount edges { node { code } } }
        pressing: tasks(filter: { lights: [YELLOW, RED], text: \"2025-17\" }) { totalCount } }";
    let found = stage.officer.ask(counts).await;
    assert_eq!(
        found.at("/plan/overview/byLight"),
        &json!([{ "colour": "YELLOW", "count": 1 }, { "colour": "GREY", "count": 35 }])
    );
    assert_eq!(found.number("/grey/totalCount"), 35);
    assert_eq!(found.number("/pressing/totalCount"), 1);
    let yellow = |rows: &[Value]| {
        let counts = rows
            .iter()
            .filter_map(|row| row["byLight"].as_array().cloned());
        let of = |one: &Value| (one["colour"] == "YELLOW").then(|| one["count"].as_i64());
        counts
            .flatten()
            .filter_map(|one| of(&one).flatten())
            .sum::<i64>()
    };
    assert_eq!(yellow(found.list("/plan/overview/bySection")), 1);
    assert_eq!(yellow(found.list("/plan/overview/byDepartment")), 1);
    let lead = found
        .list("/plan/overview/byDepartment")
        .iter()
        .find(|row| row["department"]["code"] == "XXB")
        .expect("the department that leads");
    assert_eq!(lead["byLight"], lead["department"]["byLight"]);
}

#[rstest]
#[tokio::test]
async fn lights_cost_the_same_for_few_tasks_and_for_many(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_counting(backend).await;
    let officer = app.officer().await;
    let mut costs = Vec::new();
    let query = "query($first: Int!) { tasks(first: $first) { edges { node { code
        light { colour reasons { message } override { until } } } } } }";
    for first in [2, 36] {
        let mut least = u64::MAX;
        for _ in 0..3 {
            let (answer, count) = app
                .counting(officer.ask_with(query, json!({ "first": first })))
                .await;
            answer.data();
            least = least.min(count);
        }
        costs.push(least);
    }
    assert_eq!(costs[0], costs[1]);
    assert!(costs[1] <= 13, "{costs:?}");
}
