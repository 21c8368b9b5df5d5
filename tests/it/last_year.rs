//! Targets shared out by what was verified of the year before.

use duban_domain::{
    access::{Reach, Role},
    ids::{MetricId, PlanId},
    metric::{Metric, ReportingLevel},
};
use duban_persistence::{Actor, metrics, plans, rollups};
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

/// Counted by counties; 10,000 are wanted.
const ACTIVITIES: &str = "2025-19-M2";
const NEXT: &str = "2026-19-M2";
const RENAMED: &str = "2026-19-M9";

/// A plan of 2026 in force, with the activities once more, and once under another name.
async fn next_year(app: &TestApp) {
    let tx = app.store().begin(Actor::default()).await.expect("a change");
    let db = tx.conn();
    let ids = rollups::of_level_unscoped(db, ReportingLevel::County).await;
    let found = metrics::find_many_unscoped(db, &ids.expect("keys")).await;
    let mut found = found.expect("metrics").into_iter();
    let before = found
        .find(|one| one.code == ACTIVITIES)
        .expect("the activities");
    let plan = plans::find_many_unscoped(db, &[before.plan]).await;
    let mut plan = plan.expect("plans").pop().expect("the plan of 2025");
    plan.id = PlanId::fresh(tx.now());
    "2026".clone_into(&mut plan.code);
    plan.year = 2026;
    plan.source_sha256 = format!("{:064}", 2026);
    plans::insert(&tx, &plan, "测试数据").await.expect("a plan");
    let again = |code: &str, name: &str| Metric {
        id: MetricId::fresh(tx.now()),
        code: code.to_owned(),
        name: name.to_owned(),
        plan: plan.id,
        task: None,
        clause: None,
        span: None,
        ..before.clone()
    };
    let both = [again(NEXT, &before.name), again(RENAMED, "另一个名称")];
    metrics::insert_all_of(&tx, &both).await.expect("metrics");
    tx.commit([]).await.expect("a commit");
}

/// Activities of a county in March 2025, verified.
async fn verified(app: &TestApp, who: &Person, county: &str, value: &str) {
    let row = json!({ "metric": ACTIVITIES, "department": county, "period": "2025-03",
        "value": value });
    let rows = "rows { measurement { id } userErrors { code } }";
    let said = who
        .change("recordMeasurements", json!({ "rows": [row] }), rows)
        .await;
    let id = said.text("/recordMeasurements/rows/0/measurement/id");
    let input = json!({ "measurementIds": [id] });
    let verifier = app.sign_in("figures").await;
    let done = verifier.change("verifyMeasurements", input, rows).await;
    assert_eq!(done.at("/verifyMeasurements/rows/0/userErrors"), &json!([]));
}

async fn start(backend: Backend) -> (TestApp, Person) {
    let app = TestApp::start_counting(backend).await;
    app.advance(Duration::days(15));
    app.person("figures", (Role::Verifier, "HNAST", Reach::Subtree))
        .await;
    let zhengzhou = app.municipal_reporter("410100").await;
    let kaifeng = app.municipal_reporter("410200").await;
    verified(&app, &zhengzhou, "410102", "20").await;
    verified(&app, &zhengzhou, "410103", "10").await;
    verified(&app, &kaifeng, "410202", "10").await;
    next_year(&app).await;
    let officer = app.officer().await;
    (app, officer)
}

async fn preview(who: &Person, input: Value) -> Answer {
    let query = "query($input: PreviewAllocationInput!) { previewAllocation(input: $input) {
        shares { department { code } figure } userErrors { code path } } }";
    who.ask_with(query, json!({ "input": input })).await
}

/// The shares in their order, or the code of the refusal and its field.
fn told(answer: &Answer) -> Vec<String> {
    if let Some(error) = answer.list("/previewAllocation/userErrors").first() {
        let (code, path) = (&error["code"], &error["path"][0]);
        let text = |one: &Value| one.as_str().unwrap_or_default().to_owned();
        return vec![format!("{} at {}", text(code), text(path))];
    }
    let shares = answer.list("/previewAllocation/shares").iter();
    shares
        .map(|one| one["figure"].as_str().unwrap_or_default().to_owned())
        .collect()
}

fn by_last_year(metric: &str, shares: &Value) -> Value {
    json!({ "metric": metric, "method": "BY_LAST_YEAR", "shares": shares })
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn verified_results_of_the_year_before_are_read_and_typed_ones_override(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let (_app, officer) = start(backend).await;
    let query = "{ next: metric(id: \"2026-19-M2\") { lastYear { code
            figures(department: \"410100\") { until verified } } }
        renamed: metric(id: \"2026-19-M9\") { lastYear { code } }
        first: metric(id: \"2025-19-M2\") { lastYear { code } } }";
    let found = officer.ask(query).await;
    assert_eq!(
        found.at("/next/lastYear"),
        &json!({ "code": ACTIVITIES, "figures": { "until": "2025-03", "verified": "30" } })
    );
    assert_eq!(found.at("/renamed/lastYear"), &Value::Null);
    assert_eq!(found.at("/first/lastYear"), &Value::Null);

    let both = json!([{ "department": "410100" }, { "department": "410200" }]);
    let input = by_last_year(NEXT, &both);
    assert_eq!(
        told(&preview(&officer, input.clone()).await),
        ["7500", "2500"]
    );
    let typed = json!([{ "department": "410100", "figure": "10" }, { "department": "410200" }]);
    let half = preview(&officer, by_last_year(NEXT, &typed)).await;
    assert_eq!(told(&half), ["5000", "5000"]);
    let stored = officer
        .change(
            "allocateMetric",
            input,
            "allocation { method shares { figure } balance { shared } }",
        )
        .await;
    assert_eq!(
        stored.at("/allocateMetric/allocation"),
        &json!({ "method": "BY_LAST_YEAR", "balance": { "shared": "10000" },
            "shares": [{ "figure": "7500" }, { "figure": "2500" }] })
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_known_of_the_year_before_is_to_be_typed(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let (_app, officer) = start(backend).await;
    let both = json!([{ "department": "410100" }, { "department": "410200" }]);
    let silent = json!([{ "department": "410100" }, { "department": "410300" }]);
    let named = |metric: &str| {
        let mut input = by_last_year(RENAMED, &both);
        input["lastYearMetric"] = json!(metric);
        input
    };
    for (input, expected) in [
        (
            by_last_year(NEXT, &silent),
            &["ALLOCATION_FIGURE_MISSING at shares"][..],
        ),
        (
            by_last_year(RENAMED, &both),
            &["ALLOCATION_LAST_YEAR_UNKNOWN at shares"],
        ),
        (named(ACTIVITIES), &["7500", "2500"]),
        (named(NEXT), &["ALLOCATION_NOT_LAST_YEAR at lastYearMetric"]),
        (
            named("2025-13-M1"),
            &["ALLOCATION_NOT_LAST_YEAR at lastYearMetric"],
        ),
        (named("1999-01-M1"), &["NOT_FOUND at lastYearMetric"]),
    ] {
        let answer = preview(&officer, input.clone()).await;
        assert_eq!(told(&answer), expected, "{input}");
    }
    let weights = json!({ "metric": NEXT, "method": "BY_WEIGHT", "shares": both });
    assert_eq!(
        told(&preview(&officer, weights).await),
        ["ALLOCATION_FIGURE_MISSING at shares"],
        "only results are known"
    );
}
