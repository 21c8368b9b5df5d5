//! Figures in a grid: a metric over units and months, metrics over units.

use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person,
};
use rstest::rstest;
use serde_json::{Value, json};

use super::{ACTIVITIES, Cast, EXPERTS, row};

const ROLLUP: &str = "query($metric: ID!, $departments: [ID!], $under: ID, $depth: Int! = 1,
    $from: Period, $until: Period) {
    metricRollup(metric: $metric, departments: $departments, under: $under, depth: $depth,
        from: $from, until: $until) {
        metric { code } periods rows { department { code } cells { period department { code }
            toDate { verified provisional expected onTime late missing notApplicable waiting
                completeness timeliness }
            ofPeriod { verified provisional expected missing } } } } }";

const MATRIX: &str = "query($metrics: [ID!]!, $departments: [ID!], $under: ID) {
    metricMatrix(metrics: $metrics, departments: $departments, under: $under, period: \"2025-03\") {
        period departments { code } rows { metric { code } cells { department { code } period
            toDate { verified provisional missing } ofPeriod { verified } } } } }";

async fn rollup(who: &Person, variables: Value) -> Answer {
    let mut all = json!({ "metric": ACTIVITIES, "until": "2025-03" });
    if let (Some(all), Value::Object(more)) = (all.as_object_mut(), variables) {
        all.extend(more);
    }
    who.ask_with(ROLLUP, all).await
}

/// The cell of a unit and a month.
fn cell<'a>(answer: &'a Answer, unit: &str, month: &str) -> &'a Value {
    let mut rows = answer.list("/metricRollup/rows").iter();
    let row = rows.find(|row| row["department"]["code"] == unit);
    let cells = row.and_then(|row| row["cells"].as_array()).expect(unit);
    cells
        .iter()
        .find(|cell| cell["period"] == month)
        .expect(month)
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_grid_has_every_unit_and_month_and_says_what_figures_say(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let said = row(ACTIVITIES, "410102", json!({ "value": "12" }));
    let id = cast.recorded(&cast.zhengzhou, said).await;
    cast.verified(&id).await;
    let said = row(ACTIVITIES, "410103", json!({ "value": "5" }));
    cast.recorded(&cast.zhengzhou, said).await;
    let grid = rollup(&cast.verifier, json!({})).await;
    assert_eq!(
        grid.at("/metricRollup/periods"),
        &json!(["2025-01", "2025-02", "2025-03"])
    );
    let rows = grid.list("/metricRollup/rows");
    assert_eq!(
        rows[0]["department"]["code"], "HNAST",
        "the whole comes first"
    );
    assert!(rows.len() >= 18, "cities with counties: {}", rows.len());
    for unit in ["HNAST", "410100"] {
        let march = cell(&grid, unit, "2025-03");
        assert_eq!(march["toDate"]["verified"], "12", "{unit}");
        assert_eq!(march["toDate"]["provisional"], "17", "{unit}");
        assert_eq!(march["ofPeriod"]["verified"], "12", "{unit}");
        let february = cell(&grid, unit, "2025-02");
        assert_eq!(february["toDate"]["verified"], Value::Null, "{unit}");
    }
    let query =
        "query { metric(id: \"2025-19-M2\") { figures(department: \"410100\", until: \"2025-03\") {
        verified provisional expected onTime late missing notApplicable waiting completeness
        timeliness } } }";
    let alone = cast.verifier.ask_with(query, json!({})).await;
    assert_eq!(
        &cell(&grid, "410100", "2025-03")["toDate"],
        alone.at("/metric/figures")
    );
    let of_month = &cell(&grid, "410100", "2025-03")["ofPeriod"];
    assert_eq!(
        (&of_month["expected"], &of_month["missing"]),
        (&json!(12), &json!(10))
    );
    let luoyang = cast.app.municipal_reporter("410300").await;
    let theirs = rollup(&luoyang, json!({ "departments": ["410100"] })).await;
    let march = cell(&theirs, "410100", "2025-03");
    assert_eq!(march["toDate"]["verified"], "12");
    assert_eq!(march["toDate"]["provisional"], Value::Null);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_grid_costs_the_same_for_one_unit_and_for_all(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let said = row(ACTIVITIES, "410102", json!({ "value": "12" }));
    cast.recorded(&cast.zhengzhou, said).await;
    let asked = |variables: Value| rollup(&cast.verifier, variables);
    asked(json!({ "under": "HNAST", "depth": 0 })).await;
    asked(json!({ "under": "HNAST", "depth": 2 })).await;
    let (one, few) = cast
        .app
        .counting(asked(
            json!({ "under": "HNAST", "depth": 0, "from": "2025-03" }),
        ))
        .await;
    let (all, many) = cast
        .app
        .counting(asked(json!({ "under": "HNAST", "depth": 2 })))
        .await;
    assert!(many <= few, "{few} for one and {many} for all");
    assert_eq!(one.list("/metricRollup/rows").len(), 1);
    assert!(all.list("/metricRollup/rows").len() > 150);
    let matrix = |metrics: Value| {
        let variables = json!({ "metrics": metrics, "under": "HNAST" });
        cast.verifier.ask_with(MATRIX, variables)
    };
    let (_, few) = cast
        .app
        .counting(matrix(json!([ACTIVITIES, EXPERTS])))
        .await;
    let (both, many) = cast
        .app
        .counting(matrix(json!([
            ACTIVITIES,
            EXPERTS,
            "2025-09-M1",
            "2025-06-M1"
        ])))
        .await;
    assert_eq!(few, many);
    assert_eq!(both.list("/metricMatrix/rows").len(), 4);
    assert!(few <= 20, "{few}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_matrix_has_every_metric_and_unit(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let said = row(ACTIVITIES, "410102", json!({ "value": "12" }));
    let id = cast.recorded(&cast.zhengzhou, said).await;
    cast.verified(&id).await;
    let things = row(EXPERTS, "410100", json!({ "things": ["张工", "李工"] }));
    let id = cast.recorded(&cast.zhengzhou, things).await;
    cast.verified(&id).await;
    let variables =
        json!({ "metrics": [EXPERTS, ACTIVITIES], "departments": ["410300", "410100"] });
    let answer = cast.verifier.ask_with(MATRIX, variables).await;
    let units: Vec<&Value> = answer
        .list("/metricMatrix/departments")
        .iter()
        .map(|one| &one["code"])
        .collect();
    assert_eq!(units, ["410300", "410100"], "as they were named");
    let rows = answer.list("/metricMatrix/rows");
    let verified = |row: usize, cell: usize| &rows[row]["cells"][cell]["toDate"]["verified"];
    assert_eq!(rows[0]["metric"]["code"], EXPERTS);
    assert_eq!(
        (verified(0, 0), verified(0, 1)),
        (&Value::Null, &json!("2"))
    );
    assert_eq!(
        (verified(1, 0), verified(1, 1)),
        (&Value::Null, &json!("12"))
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_grid_keeps_its_limits_and_tells_nothing_of_what_is_not_there(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let reason = |answer: &Answer| -> Vec<Value> {
        let errors = answer.errors().iter();
        errors
            .map(|one| one["extensions"]["reason"].clone())
            .collect()
    };
    let many: Vec<String> = (0..201).map(|one| format!("X{one}")).collect();
    let wide = rollup(&cast.verifier, json!({ "departments": many })).await;
    assert_eq!(reason(&wide), ["ROLLUP_TOO_LARGE"]);
    let year = rollup(&cast.verifier, json!({ "until": "2024-12" })).await;
    assert_eq!(reason(&year), ["PERIOD_OUTSIDE_YEAR"]);
    let unknown = rollup(&cast.verifier, json!({ "departments": ["NOBODY"] })).await;
    assert_eq!(unknown.codes(), ["NOT_FOUND"]);
    let none = rollup(&cast.verifier, json!({ "metric": "2025-99-M1" })).await;
    assert_eq!(none.at("/metricRollup"), &Value::Null);
    let variables = json!({ "metrics": ["2025-99-M1"], "under": "HNAST" });
    let none = cast.verifier.ask_with(MATRIX, variables).await;
    assert_eq!(none.codes(), ["NOT_FOUND"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_grid_is_told_by_quarters_and_by_the_year(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let said = row(ACTIVITIES, "410102", json!({ "value": "12" }));
    let id = cast.recorded(&cast.zhengzhou, said).await;
    cast.verified(&id).await;
    let quarters = rollup(
        &cast.verifier,
        json!({ "from": "2025Q1", "until": "2025Q4" }),
    )
    .await;
    assert_eq!(
        quarters.at("/metricRollup/periods"),
        &json!(["2025Q1", "2025Q2", "2025Q3", "2025Q4"])
    );
    let first = cell(&quarters, "HNAST", "2025Q1");
    assert_eq!(first["ofPeriod"]["verified"], "12");
    assert_eq!(first["ofPeriod"]["expected"], json!(3 * 156));
    assert_eq!(first["toDate"]["missing"], json!(3 * 156 - 1));
    let second = cell(&quarters, "HNAST", "2025Q2");
    assert_eq!(second["ofPeriod"]["verified"], Value::Null);
    assert_eq!(second["toDate"]["verified"], "12");
    assert_eq!(second["toDate"]["expected"], json!(6 * 156));
    let year = rollup(&cast.verifier, json!({ "until": "2025" })).await;
    assert_eq!(year.at("/metricRollup/periods"), &json!(["2025"]));
    let whole = &cell(&year, "410100", "2025")["ofPeriod"];
    assert_eq!(
        (&whole["verified"], &whole["expected"]),
        (&json!("12"), &json!(12 * 12))
    );
    let mixed = rollup(
        &cast.verifier,
        json!({ "from": "2025-01", "until": "2025Q1" }),
    )
    .await;
    let reason = &mixed.errors()[0]["extensions"]["reason"];
    assert_eq!(reason, "PERIOD_CADENCES_DIFFER");
    let query =
        "query { metric(id: \"2025-19-M2\") { figures(until: \"2025Q1\") { until verified } }
        metricMatrix(metrics: [\"2025-19-M2\"], departments: [\"HNAST\"], period: \"2025Q1\") {
            period rows { cells { period ofPeriod { verified } } } } }";
    let answer = cast.verifier.ask(query).await;
    assert_eq!(
        answer.at("/metric/figures"),
        &json!({ "until": "2025-03", "verified": "12" })
    );
    assert_eq!(
        answer.at("/metricMatrix"),
        &json!({ "period": "2025Q1",
            "rows": [{ "cells": [{ "period": "2025Q1", "ofPeriod": { "verified": "12" } }] }] })
    );
}
