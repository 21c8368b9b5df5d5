//! A unit that moves in the tree: rights follow at once, figures stay with the tree of their month.

use duban_domain::access::{Reach, Role};
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use crate::sql;

/// A county of 郑州, 410100.
const COUNTY: &str = "410122";
const ACTIVITIES: &str = "2025-19-M2";

fn input(unit: &str, under: &str, from: &str) -> Value {
    json!({ "department": unit, "under": under, "from": from, "reason": "区划调整" })
}

async fn tried(who: &Person, input: Value) -> Answer {
    let fields = "department { code version parent { code } ancestors { code } }";
    who.change("moveDepartment", input, fields).await
}

async fn refused(who: &Person, input: Value) -> Vec<String> {
    let answer = tried(who, input).await;
    let errors = answer.user_errors("moveDepartment");
    errors.iter().map(ToString::to_string).collect()
}

async fn moved(who: &Person, unit: &str, under: &str, from: &str) {
    let answer = tried(who, input(unit, under, from)).await;
    assert_eq!(answer.user_errors("moveDepartment"), [""; 0], "{answer:?}");
    let parent = "/moveDepartment/department/parent/code";
    assert_eq!(answer.text(parent), under);
}

/// The codes of the units above one, and of those below two others that are the county.
async fn stands(who: &Person, day: Option<&str>) -> Value {
    let query = "query($day: Date) {
        county: department(id: \"410122\", asOf: $day) { ancestors { code } }
        old: department(id: \"410100\", asOf: $day) { children(first: 50) { edges { node { code } } } }
        new: department(id: \"410200\", asOf: $day) { children(first: 50) { edges { node { code } } } } }";
    let found = who.ask_with(query, json!({ "day": day })).await;
    let has = |city: &str| {
        let children = found.list(&format!("/{city}/children/edges")).iter();
        children.filter(|one| one["node"]["code"] == COUNTY).count()
    };
    let above = found.list("/county/ancestors").iter();
    let above: Vec<_> = above.map(|one| one["code"].clone()).collect();
    json!([above, has("old"), has("new")])
}

async fn row(who: &Person, period: &str, value: &str) -> Answer {
    let row =
        json!({ "metric": ACTIVITIES, "department": COUNTY, "period": period, "value": value });
    let fields = "rows { measurement { id } userErrors { code path } }";
    let input = json!({ "rows": [row] });
    who.change("recordMeasurements", input, fields).await
}

async fn recorded(app: &TestApp, who: &Person, period: &str, value: &str) {
    let answer = row(who, period, value).await;
    let id = answer.text("/recordMeasurements/rows/0/measurement/id");
    let verifier = app.sign_in("figures").await;
    let input = json!({ "measurementIds": [id] });
    let fields = "rows { measurement { state } userErrors { code } }";
    let done = verifier.change("verifyMeasurements", input, fields).await;
    let state = "/verifyMeasurements/rows/0/measurement/state";
    assert_eq!(done.text(state), "VERIFIED");
}

/// What is verified of a unit until a month, how much is expected of it, and the same of its parts.
async fn figures(who: &Person, unit: &str, until: &str) -> (Value, i64, Vec<(String, Value)>) {
    let query = "query($unit: ID, $until: Period) { metric(id: \"2025-19-M2\") {
        figures(department: $unit, until: $until) { verified expected
            parts { department { code } verified expected } } } }";
    let variables = json!({ "unit": unit, "until": until });
    let found = who.ask_with(query, variables).await;
    let parts = found.list("/metric/figures/parts").iter();
    let parts = parts.map(|part| {
        let code = part["department"]["code"].as_str().unwrap_or_default();
        (code.to_owned(), part["verified"].clone())
    });
    let expected = found.number("/metric/figures/expected");
    let verified = found.at("/metric/figures/verified").clone();
    (verified, expected, parts.collect())
}

#[rstest]
#[tokio::test]
async fn a_county_that_moved_stands_on_each_day_where_it_stood(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    app.advance(Duration::days(120));
    let officer = app.officer().await;
    let head = sql::audit_head(&app).await;
    moved(&officer, COUNTY, "410200", "2025-07-01").await;
    assert_eq!(sql::audit_after(&app, head).await, ["department.moved"]);
    let before = json!([["410100", "HNAST"], 1, 0]);
    let after = json!([["410200", "HNAST"], 0, 1]);
    for (day, expected) in [
        (Some("2025-03-20"), &before),
        (Some("2025-06-30"), &before),
        (Some("2025-07-01"), &after),
        (None, &after),
    ] {
        assert_eq!(&stands(&officer, day).await, expected, "{day:?}");
    }
    moved(&officer, COUNTY, "410100", "2025-07-10").await;
    let back = stands(&officer, None).await;
    assert_eq!(back, before, "and back again");
    assert_eq!(stands(&officer, Some("2025-07-09")).await, after);
}

#[rstest]
#[tokio::test]
async fn what_is_below_moves_along(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    app.advance(Duration::days(120));
    let officer = app.officer().await;
    let closures = "SELECT COUNT(*) FROM department_closure";
    let before = sql::number(&app, closures).await;
    moved(&officer, "410100", "410200", "2025-07-01").await;
    let query = "{ department(id: \"410122\") { ancestors { code } } }";
    let found = officer.ask(query).await;
    assert_eq!(
        found.at("/department/ancestors"),
        &json!([{ "code": "410100" }, { "code": "410200" }, { "code": "HNAST" }])
    );
    let kaifeng = app.municipal_reporter("410200").await;
    let sheet = "{ reportSheet(department: \"410122\") { department { code } } }";
    let reached = kaifeng.ask(sheet).await;
    assert_eq!(reached.text("/reportSheet/department/code"), COUNTY);
    moved(&officer, "410100", "HNAST", "2025-07-02").await;
    assert_eq!(sql::number(&app, closures).await, before);
    let strays = "SELECT COUNT(*) FROM department_closure c WHERE c.depth = 1 AND NOT EXISTS
        (SELECT 1 FROM department_parent p WHERE p.valid_to IS NULL
            AND p.department_id = c.descendant_id AND p.parent_id = c.ancestor_id)";
    assert_eq!(sql::number(&app, strays).await, 0);
    let gone = kaifeng.ask(sheet).await;
    assert!(gone.at("/reportSheet").is_null(), "{gone:?}");
}

#[rstest]
#[tokio::test]
async fn the_old_city_no_longer_acts_for_it_and_the_new_one_does(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    app.advance(Duration::days(15));
    let officer = app.officer().await;
    let zhengzhou = app.municipal_reporter("410100").await;
    let kaifeng = app.municipal_reporter("410200").await;
    let provisional = async |who: &Person| {
        let query = "{ metric(id: \"2025-19-M2\") {
            figures(department: \"410122\", until: \"2025-03\") { provisional } } }";
        let found = who.ask(query).await;
        found.at("/metric/figures/provisional").clone()
    };
    row(&zhengzhou, "2025-03", "12").await;
    assert_eq!(provisional(&zhengzhou).await, "12");
    assert_eq!(provisional(&kaifeng).await, Value::Null);
    let early = row(&kaifeng, "2025-03", "13").await;
    let code = "/recordMeasurements/rows/0/userErrors/0/code";
    assert_eq!(early.text(code), "FORBIDDEN");
    moved(&officer, COUNTY, "410200", "2025-04-01").await;
    assert_eq!(provisional(&zhengzhou).await, Value::Null);
    assert_eq!(provisional(&kaifeng).await, "12");
    let late = row(&zhengzhou, "2025-03", "13").await;
    assert_eq!(late.text(code), "FORBIDDEN");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn figures_stay_with_the_city_of_their_month(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    app.advance(Duration::days(15));
    app.person("figures", (Role::Verifier, "HNAST", Reach::Subtree))
        .await;
    let zhengzhou = app.municipal_reporter("410100").await;
    app.municipal_reporter("410200").await;
    recorded(&app, &zhengzhou, "2025-03", "12").await;
    // 6 May: April is reported.
    app.advance(Duration::days(35));
    let officer = app.officer().await;
    let (_, of_old, _) = figures(&officer, "410100", "2025-04").await;
    let (_, of_new, _) = figures(&officer, "410200", "2025-04").await;
    moved(&officer, COUNTY, "410200", "2025-04-15").await;
    let kaifeng = app.sign_in("reporter-410200").await;
    recorded(&app, &kaifeng, "2025-04", "5").await;

    let (old, expected, _) = figures(&officer, "410100", "2025-04").await;
    assert_eq!((old, expected), (json!("12"), of_old - 1), "April is lost");
    let (new, expected, _) = figures(&officer, "410200", "2025-04").await;
    assert_eq!((new, expected), (json!("5"), of_new + 1), "April is won");
    let (whole, _, parts) = figures(&officer, "HNAST", "2025-04").await;
    assert_eq!(whole, "17", "nothing is counted twice or lost");
    for part in [("410100", "12"), ("410200", "5")] {
        let part = (part.0.to_owned(), json!(part.1));
        assert!(parts.contains(&part), "{parts:?}");
    }
    let (first, ..) = figures(&officer, "410200", "2025-03").await;
    assert_eq!(first, Value::Null, "the months before are as they were");
}

#[rstest]
#[tokio::test]
async fn a_move_that_makes_no_sense_is_refused_and_says_why(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    let head = sql::audit_head(&app).await;
    for (unit, under, from, expected) in [
        (
            "HNAST",
            "410100",
            "2025-03-10",
            "DEPARTMENT_MOVE_ROOT at department",
        ),
        (
            "999999",
            "410100",
            "2025-03-10",
            "DEPARTMENT_UNKNOWN at department",
        ),
        (
            COUNTY,
            "999999",
            "2025-03-10",
            "DEPARTMENT_UNKNOWN at under",
        ),
        (
            COUNTY,
            COUNTY,
            "2025-03-10",
            "DEPARTMENT_MOVE_LOOP at under",
        ),
        (
            "410100",
            COUNTY,
            "2025-03-10",
            "DEPARTMENT_MOVE_LOOP at under",
        ),
        (
            COUNTY,
            "410100",
            "2025-03-10",
            "DEPARTMENT_MOVE_SAME at under",
        ),
        (COUNTY, "410200", "2025-03-18", "DATE_AHEAD at from"),
        (
            COUNTY,
            "410200",
            "2025-01-01",
            "DEPARTMENT_MOVE_TOO_EARLY at from",
        ),
        (
            COUNTY,
            "410200",
            "2024-12-31",
            "DEPARTMENT_MOVE_TOO_EARLY at from",
        ),
    ] {
        assert_eq!(
            refused(&officer, input(unit, under, from)).await,
            [expected]
        );
    }
    let mut words = input(COUNTY, "410200", "2025-03-10");
    words["reason"] = json!(" ");
    assert_eq!(refused(&officer, words).await.len(), 1);
    let mut stale = input(COUNTY, "410200", "2025-03-10");
    stale["expectedVersion"] = json!(7);
    assert_eq!(
        refused(&officer, stale).await,
        ["CONFLICT at expectedVersion"]
    );
    assert_eq!(sql::audit_after(&app, head).await, [""; 0]);

    sql::run(
        &app,
        "UPDATE department SET valid_to = '2025-02-28' WHERE code = '410200'",
    )
    .await;
    assert_eq!(
        refused(&officer, input(COUNTY, "410200", "2025-03-10")).await,
        ["DEPARTMENT_ENDED at department"]
    );
    let mut again = input(COUNTY, "410300", "2025-03-10");
    again["idempotencyKey"] = json!("move-the-county");
    for _ in 0..2 {
        let done = tried(&officer, again.clone()).await;
        assert_eq!(done.number("/moveDepartment/department/version"), 2);
    }
}

#[rstest]
#[tokio::test]
async fn whoever_manages_one_of_both_places_alone_does_not_move(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let city = app
        .person("city-office", (Role::Officer, "410100", Reach::Subtree))
        .await;
    for (unit, under) in [(COUNTY, "410200"), ("410222", "410100")] {
        let errors = refused(&city, input(unit, under, "2025-03-10")).await;
        assert_eq!(errors, ["FORBIDDEN at "], "{unit}");
    }
    moved(&city, COUNTY, "410102", "2025-03-10").await;
    for login in ["leader", "viewer", "system-admin", "security-admin"] {
        let who = app.sign_in(login).await;
        let answer = tried(&who, input("410104", "410102", "2025-03-10")).await;
        assert_eq!(answer.codes(), ["FORBIDDEN"], "{login}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn two_that_would_move_below_each_other_at_once_make_no_loop(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    let (one, other) = tokio::join!(
        refused(&officer, input("410100", "410200", "2025-03-10")),
        refused(&officer, input("410200", "410100", "2025-03-10")),
    );
    let mut both = [one, other].concat();
    assert_eq!(both.pop().as_deref(), Some("DEPARTMENT_MOVE_LOOP at under"));
    assert_eq!(both, [""; 0], "one of both is made");
    let loops = "SELECT COUNT(*) FROM department_closure a JOIN department_closure b
        ON a.ancestor_id = b.descendant_id AND a.descendant_id = b.ancestor_id
        WHERE a.depth > 0";
    assert_eq!(sql::number(&app, loops).await, 0);
}
