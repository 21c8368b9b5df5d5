//! The same figures to the digit in every form, and over the API.

use std::collections::BTreeMap;

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person,
};
use rstest::rstest;
use serde_json::{Value, json};

use super::{ACTIVITIES, Cast, EXPERTS, FORMS, Row, bytes, rows};
use crate::sql;

/// The verified revisions over the API, of each place the newest, in the words of a feed.
async fn measurements(person: &Person) -> Vec<Row> {
    let query = "query { measurements(first: 20, filter: { state: [VERIFIED] }) { edges { node {
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
        let row = rows.find(|row| row["department_code"] == unit);
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

const ROLLUP: &str = "query($metric: ID!, $departments: [ID!]) {
    metricRollup(metric: $metric, departments: $departments, from: \"2025-01\", until: \"2025-03\") {
      rows { department { code } cells { period
        ofPeriod { verified expected onTime late missing notApplicable waiting }
        toDate { verified } } } } }";

/// What figures are told of a unit and a month: of the month, from January on, and how they came in.
type Told = BTreeMap<(String, String), Vec<String>>;

/// The figures over the API of which anything was handed in.
async fn figures(person: &Person, metric: &str, departments: &[&str]) -> Told {
    let asked = json!({ "metric": metric, "departments": departments });
    let answer = person.ask_with(ROLLUP, asked).await;
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let mut told = Told::new();
    for row in answer.list("/metricRollup/rows") {
        for cell in row["cells"].as_array().expect("cells") {
            let figure = &cell["ofPeriod"];
            if [&figure["onTime"], &figure["late"]]
                .iter()
                .all(|one| **one == 0)
            {
                continue;
            }
            let counts = [
                "expected",
                "onTime",
                "late",
                "missing",
                "notApplicable",
                "waiting",
            ];
            let values = [&figure["verified"], &cell["toDate"]["verified"]];
            let values = values.into_iter().chain(counts.map(|one| &figure[one]));
            let key = (text(&row["department"]["code"]), text(&cell["period"]));
            told.insert(key, values.map(text).collect());
        }
    }
    assert!(told.len() >= 3, "{answer:?}");
    told
}

/// The same of the rows of a feed.
fn figures_of(rows: &[Row]) -> Told {
    let columns = [
        "value",
        "value_to_date",
        "expected",
        "on_time",
        "late",
        "missing",
        "not_applicable",
        "waiting",
    ];
    let told: Told = rows
        .iter()
        .map(|row| {
            let key = (row["department_code"].clone(), row["period"].clone());
            (key, columns.iter().map(|one| row[*one].clone()).collect())
        })
        .collect();
    assert_eq!(told.len(), rows.len(), "each place once");
    told
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn figures_are_the_same_in_every_form_and_over_the_api(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::with_exact_figures(backend).await;
    let counties = [
        "HNAST", "410100", "410102", "410103", "410104", "410105", "410106",
    ];
    let cities = ["HNAST", "410100", "410300"];
    for (metric, departments) in [(ACTIVITIES, &counties[..]), (EXPERTS, &cities[..])] {
        let expected = figures(&cast.verifier, metric, departments).await;
        for form in FORMS {
            let query = format!("metric={metric}");
            let told = rows(&cast.verifier, "figures", form, &query).await;
            assert_eq!(figures_of(&told), expected, "{metric} {form}");
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
    let is_below = |row: &Row| row["department_code"].starts_with("4101");
    assert!(
        told.iter()
            .all(|row| is_below(row) && row["period"] == "2025-03")
    );
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
