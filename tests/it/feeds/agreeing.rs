//! The same figures to the digit in every form, and over the API.

use std::collections::BTreeMap;

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};

use super::{ACTIVITIES, Cast, EXPERTS, FORMS, Row, bytes, get, refusal, rows};
use crate::sql;

/// The verified revisions over the API, of each place the newest, in the words of a feed.
async fn measurements(person: &Person) -> Vec<Row> {
    let query = "query { measurements(first: 100, filter: { state: [VERIFIED] }) { edges { node {
        revision value base kind channel recordedAt decidedAt period
        department { code name } metric { code name unit plan { code } task { code } } } } } }";
    let answer = person.ask(query).await;
    let mut newest: BTreeMap<(String, String, String), (i64, Row)> = BTreeMap::new();
    for edge in answer.list("/measurements/edges") {
        let node = &edge["node"];
        let text = |pointer: &str| match node.pointer(pointer) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        let told = [
            ("metric_code", "/metric/code"),
            ("metric_name", "/metric/name"),
            ("unit", "/metric/unit"),
            ("department_code", "/department/code"),
            ("department_name", "/department/name"),
            ("period", "/period"),
            ("value", "/value"),
            ("base", "/base"),
            ("kind", "/kind"),
            ("channel", "/channel"),
            ("revision", "/revision"),
            ("recorded_at", "/recordedAt"),
            ("verified_at", "/decidedAt"),
            ("plan_code", "/metric/plan/code"),
            ("task_code", "/metric/task/code"),
        ];
        let row: Row = told
            .into_iter()
            .map(|(name, pointer)| (name.to_owned(), text(pointer)))
            .collect();
        let key = (
            row["metric_code"].clone(),
            row["department_code"].clone(),
            row["period"].clone(),
        );
        let revision = node["revision"].as_i64().unwrap_or_default();
        if newest.get(&key).is_none_or(|(known, _)| *known < revision) {
            newest.insert(key, (revision, row));
        }
    }
    newest.into_values().map(|(_, row)| row).collect()
}

/// In the order of what they are of, without the days, which the API does not tell.
fn sorted(mut rows: Vec<Row>) -> Vec<Row> {
    for row in &mut rows {
        let period = row["period"].clone();
        let first = row.remove("first_day").expect("a first day");
        let last = row.remove("last_day").expect("a last day");
        assert_eq!(first, format!("{period}-01"));
        assert!(last.starts_with(&period) && last > first, "{last}");
    }
    rows.sort_by_key(|row| {
        ["metric_code", "department_code", "period"].map(|one| row[one].clone())
    });
    rows
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn measurements_are_the_same_in_every_form_and_over_the_api(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::with_exact_figures(backend).await;
    let expected = measurements(&cast.verifier).await;
    assert_eq!(expected.len(), 7);
    for form in FORMS {
        let told = rows(&cast.verifier, "measurements", form, "").await;
        assert_eq!(sorted(told), expected, "{form}");
    }
    let chinese = rows(&cast.verifier, "measurements", "csv", "encoding=gb18030").await;
    assert_eq!(sorted(chinese), expected);
    let of = |unit: &str| {
        let mut rows = expected.iter();
        let row = rows.find(|row| row["department_code"] == unit && row["period"] != "2025-04");
        row.expect(unit)
    };
    assert_eq!(
        of("410102")["value"],
        "13",
        "a correction that waits does not count"
    );
    assert_eq!(of("410102")["revision"], "2");
    assert_eq!(
        (
            of("410103")["value"].as_str(),
            of("410103")["kind"].as_str()
        ),
        ("0", "ZERO")
    );
    assert_eq!(of("410104")["kind"], "NOT_APPLICABLE");
    assert_eq!(of("410104")["value"], "");
    assert_eq!(of("410106")["value"], "123.4567");
    assert_eq!(of("410105")["value"], "99999999999999.9999");
}

const ROLLUP: &str = "query($metric: ID!, $until: Period!) {
    metricRollup(metric: $metric, under: \"HNAST\", depth: 3, from: \"2025-01\", until: $until) {
      rows { department { code } cells { period
        ofPeriod { verified expected onTime late missing notApplicable waiting }
        toDate { verified } } } } }";

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn figures_are_the_same_in_every_form_and_over_the_api(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::with_exact_figures(backend).await;
    for metric in [ACTIVITIES, EXPERTS] {
        let asked = json!({ "metric": metric, "until": "2025-03" });
        let answer = cast.verifier.ask_with(ROLLUP, asked).await;
        let mut expected = BTreeMap::new();
        for row in answer.list("/metricRollup/rows") {
            for cell in row["cells"].as_array().expect("cells") {
                let figure = &cell["ofPeriod"];
                let number = |name: &str| figure[name].as_i64().unwrap_or_default();
                if number("onTime") + number("late") == 0 {
                    continue;
                }
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                let key = (text(&row["department"]["code"]), text(&cell["period"]));
                let names = [
                    "expected",
                    "onTime",
                    "late",
                    "missing",
                    "notApplicable",
                    "waiting",
                ];
                let counts = names.map(|name| number(name).to_string());
                let values = (text(&figure["verified"]), text(&cell["toDate"]["verified"]));
                expected.insert(key, (values, counts));
            }
        }
        assert!(expected.len() >= 3, "{answer:?}");
        for form in FORMS {
            let query = format!("metric={metric}");
            let told = rows(&cast.verifier, "figures", form, &query).await;
            let count = told.len();
            let told: BTreeMap<_, _> = told
                .into_iter()
                .map(|row| {
                    let key = (row["department_code"].clone(), row["period"].clone());
                    let names = [
                        "expected",
                        "on_time",
                        "late",
                        "missing",
                        "not_applicable",
                        "waiting",
                    ];
                    let counts = names.map(|name| row[name].clone());
                    let values = (row["value"].clone(), row["value_to_date"].clone());
                    (key, (values, counts))
                })
                .collect();
            assert_eq!(told.len(), count, "each place once");
            assert_eq!(told, expected, "{metric} {form}");
        }
    }
    let query = format!("metric={ACTIVITIES}&department=410100&from=2025-03&to=2025-03");
    let told = rows(&cast.verifier, "figures", "csv", &query).await;
    let city = told.iter().find(|row| row["department_code"] == "410100");
    let city = city.expect("the city");
    assert_eq!(city["value"], "13");
    assert_eq!(
        city["value_to_date"], "100000000000136.4566",
        "from January on"
    );
    assert!(
        told.iter()
            .all(|row| row["department_code"].starts_with("4101"))
    );
    assert!(told.iter().all(|row| row["period"] == "2025-03"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_begins_like_a_formula_stays_text(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let risky = "=HYPERLINK(\"http://127.0.0.1/\",\"活动\")";
    let change = format!("UPDATE metric SET name = '{risky}' WHERE code = '{ACTIVITIES}'");
    sql::run(&cast.app, &change).await;
    for feed in ["measurements", "figures"] {
        for form in FORMS {
            let query = format!("metric={ACTIVITIES}");
            let told = rows(&cast.verifier, feed, form, &query).await;
            assert!(!told.is_empty());
            assert!(
                told.iter().all(|row| row["metric_name"] == risky),
                "{feed} {form}"
            );
        }
    }
    let csv = bytes(&cast.verifier, "/feeds/measurements.csv").await;
    let text = String::from_utf8(csv).expect("UTF-8");
    assert!(text.starts_with('\u{feff}'), "a byte order mark");
    assert!(text.contains(",\"'=HYPERLINK(") && !text.contains(",\"=HYPERLINK("));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn feeds_are_named_described_and_refused_in_words(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let viewer = app.viewer().await;
    let index = viewer.send(viewer.get("/feeds")).await;
    assert_eq!(index.status(), 200);
    let feeds = index.json();
    assert_eq!(feeds["feeds"][0]["name"], "measurements");
    let link = feeds["feeds"][1]["links"]["parquet"].as_str();
    assert!(link.is_some_and(|link| link.ends_with("/feeds/figures.parquet")));
    let columns = feeds["feeds"][0]["columns"].as_array().expect("columns");
    let names: Vec<&str> = columns
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect();
    let csv = bytes(&viewer, "/feeds/measurements.csv").await;
    let text = String::from_utf8(csv).expect("UTF-8");
    assert_eq!(
        text,
        format!("\u{feff}{}\r\n", names.join(",")),
        "no figures yet"
    );

    let response = get(&viewer, "/feeds/figures.xlsx").await;
    let head = |name: &str| {
        let value = response.headers().get(name);
        value
            .and_then(|one| one.to_str().ok())
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(
        head("content-disposition"),
        "attachment; filename=\"figures.xlsx\""
    );
    assert_eq!(head("cache-control"), "private, no-cache");
    assert_eq!(head("vary"), "authorization");
    for (path, expected) in [
        ("/feeds/measurements.pdf", (404, "NOT_FOUND")),
        ("/feeds/people.csv", (404, "NOT_FOUND")),
        ("/feeds/measurements.csv?plan=1999", (404, "NOT_FOUND")),
        (
            "/feeds/measurements.csv?metric=1999-01-M1",
            (404, "NOT_FOUND"),
        ),
        (
            "/feeds/measurements.csv?department=nowhere",
            (404, "NOT_FOUND"),
        ),
        (
            "/feeds/measurements.csv?metrics=2025-19-M2",
            (400, "QUERY_MALFORMED"),
        ),
        (
            "/feeds/measurements.csv?plan=2025&plan=2025",
            (400, "QUERY_MALFORMED"),
        ),
        (
            "/feeds/measurements.csv?from=soon",
            (400, "PERIOD_MALFORMED"),
        ),
        (
            "/feeds/measurements.csv?from=2025Q2&to=2025-03",
            (400, "FEED_PERIODS_REVERSED"),
        ),
        (
            "/feeds/measurements.csv?encoding=utf-7",
            (400, "FEED_ENCODING_UNKNOWN"),
        ),
        (
            "/feeds/measurements.xlsx?encoding=gb18030",
            (400, "FEED_ENCODING_UNKNOWN"),
        ),
    ] {
        let (status, code) = refusal(&viewer, path).await;
        assert_eq!((status, code.as_str()), expected, "{path}");
    }
    let admin = app.system_admin().await;
    for path in [
        "/feeds",
        "/feeds/figures.csv",
        "/feeds/figures.csv?plan=1999",
    ] {
        assert_eq!(refusal(&app.anonymous(), path).await.0, 401, "{path}");
        assert_eq!(refusal(&admin, path).await.0, 403, "{path}");
    }
}
