//! Where a figure comes from: its terms, and the measurements that make it up with all that is known of them.

use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use super::{ACTIVITIES, Cast, EXPERTS, record, row};

const CONTRIBUTIONS: &str = "query($metric: ID!, $unit: ID, $period: Period,
    $isToDate: Boolean! = true, $isProvisional: Boolean! = false, $first: Int, $after: String,
    $asOf: Date) {
    contributions(metric: $metric, department: $unit, period: $period, isToDate: $isToDate,
        isProvisional: $isProvisional, first: $first, after: $after, asOf: $asOf) {
        totalCount pageInfo { hasNextPage endCursor } edges { node {
            department { code } period revision value state channel recordedAt decidedAt
            recordedBy { displayName } decidedBy { displayName } } } } }";

/// Unit, month, revision, value and state of each row, in the order of units and months.
fn told(answer: &Answer) -> Vec<String> {
    let edges = answer.list("/contributions/edges").iter();
    let mut rows: Vec<String> = edges
        .map(|edge| {
            let node = &edge["node"];
            let text = |path: &str| node[path].as_str().unwrap_or("-").to_owned();
            let unit = node["department"]["code"].as_str().unwrap_or_default();
            let (period, value, state) = (text("period"), text("value"), text("state"));
            format!("{unit} {period} {} {value} {state}", node["revision"])
        })
        .collect();
    rows.sort_unstable();
    rows
}

async fn of(who: &Person, more: Value) -> Answer {
    let mut asked = json!({ "metric": ACTIVITIES, "period": "2025-03" });
    if let (Some(asked), Value::Object(more)) = (asked.as_object_mut(), more) {
        asked.extend(more);
    }
    who.ask_with(CONTRIBUTIONS, asked).await
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_figure_tells_who_measured_and_who_verified_what_makes_it_up(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let luoyang = cast.app.municipal_reporter("410300").await;
    let first = row(ACTIVITIES, "410102", json!({ "value": "12" }));
    let first = cast.recorded(&cast.zhengzhou, first).await;
    cast.verified(&first).await;
    let again = json!({ "value": "13", "reason": "漏计", "expectedVersion": 1 });
    let again = row(ACTIVITIES, "410102", again);
    cast.recorded(&cast.zhengzhou, again).await;
    let zero = row(ACTIVITIES, "410103", json!({ "value": "0" }));
    let zero = cast.recorded(&cast.zhengzhou, zero).await;
    cast.verified(&zero).await;
    let waiting = row(ACTIVITIES, "410302", json!({ "value": "3" }));
    cast.recorded(&luoyang, waiting).await;

    let counts = of(&cast.verifier, json!({})).await;
    assert_eq!(
        told(&counts),
        [
            "410102 2025-03 1 12 VERIFIED",
            "410103 2025-03 1 0 VERIFIED"
        ],
        "what counts is the revision that was verified"
    );
    let node = counts.at("/contributions/edges/0/node");
    assert_eq!(node["channel"], "API");
    assert_eq!(node["decidedBy"]["displayName"], "测试·figures");
    assert_eq!(node["recordedBy"]["displayName"], "测试·reporter-410100");
    assert!(node["recordedAt"].is_string() && node["decidedAt"].is_string());

    let provisional = json!({ "isProvisional": true });
    let all = of(&cast.verifier, provisional.clone()).await;
    let everything = [
        "410102 2025-03 2 13 SUBMITTED",
        "410103 2025-03 1 0 VERIFIED",
        "410302 2025-03 1 3 SUBMITTED",
    ];
    assert_eq!(told(&all), everything);
    let theirs = of(&luoyang, provisional).await;
    assert_eq!(
        told(&theirs),
        told(&counts),
        "of the whole another city sees what is verified alone"
    );
    let own = json!({ "isProvisional": true, "unit": "410300" });
    assert_eq!(told(&of(&luoyang, own).await), everything[2..]);
    let county = of(&cast.verifier, json!({ "unit": "410103" })).await;
    assert_eq!(told(&county), ["410103 2025-03 1 0 VERIFIED"]);
    let unknown = of(&cast.verifier, json!({ "unit": "NOBODY" })).await;
    assert_eq!(unknown.codes(), ["NOT_FOUND"]);
    let year = of(&cast.verifier, json!({ "period": "2024" })).await;
    assert_eq!(year.codes(), ["BAD_USER_INPUT"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn measurements_belong_to_the_unit_above_in_their_month_and_are_read_as_of_a_day(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let march = row(ACTIVITIES, "410122", json!({ "value": "12" }));
    let id = cast.recorded(&cast.zhengzhou, march).await;
    cast.verified(&id).await;
    // 6 May: April is reported, and the county has moved to 开封.
    cast.app.advance(Duration::days(35));
    let officer = cast.app.officer().await;
    let input = json!({ "department": "410122", "under": "410200", "from": "2025-04-15",
        "reason": "区划调整" });
    let done = officer
        .change("moveDepartment", input, "department { code }")
        .await;
    assert_eq!(done.user_errors("moveDepartment"), [""; 0]);
    let kaifeng = cast.app.municipal_reporter("410200").await;
    let mut april = row(ACTIVITIES, "410122", json!({ "value": "5" }));
    april["period"] = json!("2025-04");
    let id = cast.recorded(&kaifeng, april).await;
    let verifier = cast.app.sign_in("figures").await;
    let input = json!({ "measurementIds": [id] });
    let rows = verifier
        .change("verifyMeasurements", input, super::ROWS)
        .await;
    assert_eq!(super::outcomes(&rows, "verifyMeasurements"), ["VERIFIED"]);

    let (old, new) = (
        ["410122 2025-03 1 12 VERIFIED"],
        ["410122 2025-04 1 5 VERIFIED"],
    );
    let until = |unit: &str, period: &str| json!({ "unit": unit, "period": period });
    assert_eq!(told(&of(&verifier, until("410100", "2025-04")).await), old);
    assert_eq!(told(&of(&verifier, until("410200", "2025-04")).await), new);
    let whole = [old, new].concat();
    assert_eq!(told(&of(&verifier, until("HNAST", "2025")).await), whole);
    let quarter = json!({ "unit": "HNAST", "period": "2025Q2", "isToDate": false });
    assert_eq!(told(&of(&verifier, quarter).await), new);
    let then = json!({ "unit": "HNAST", "period": "2025", "asOf": "2025-04-30" });
    assert_eq!(told(&of(&verifier, then).await), old);
    let before = json!({ "period": "2025", "asOf": "2025-03-30" });
    assert_eq!(told(&of(&verifier, before).await), [""; 0]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn contributions_are_paged_and_cost_the_same_whatever_their_number(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let units = ["410102", "410103", "410104", "410105", "410106"];
    let rows: Vec<Value> = units
        .iter()
        .map(|unit| row(ACTIVITIES, unit, json!({ "value": "2" })))
        .collect();
    let recorded = record(&cast.zhengzhou, &rows).await;
    for index in 0..units.len() {
        let path = format!("/recordMeasurements/rows/{index}/measurement/id");
        cast.verified(recorded.text(&path)).await;
    }
    let first = of(&cast.verifier, json!({ "first": 2 })).await;
    assert_eq!(first.number("/contributions/totalCount"), 5);
    assert_eq!(
        first.at("/contributions/pageInfo/hasNextPage"),
        &json!(true)
    );
    let after = first.text("/contributions/pageInfo/endCursor");
    let rest = of(&cast.verifier, json!({ "first": 9, "after": after })).await;
    let mut all = [told(&first), told(&rest)].concat();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 5, "each once: {all:?}");
    let (_, few) = cast
        .app
        .counting(of(&cast.verifier, json!({ "unit": "410102" })))
        .await;
    let (_, many) = cast
        .app
        .counting(of(&cast.verifier, json!({ "unit": "410100" })))
        .await;
    assert_eq!(few, many);
    assert!(few <= 24, "{few}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_formula_names_its_terms(#[values(Sqlite, Postgres)] backend: Backend) {
    const FORMULA: &str = "query($metric: ID!, $unit: ID) { metric(id: $metric) {
        figures(department: $unit, until: \"2025-03\") { verified formula {
            metric { code } timeAggregation treeAggregation
            terms { period amounts sum base value isCounted } }
            parts { verified formula { terms { sum } } } } }
        metricRollup(metric: $metric, departments: [\"HNAST\"], from: \"2025-03\",
            until: \"2025-03\") { rows { cells { metric { code }
                ofPeriod { formula { terms { sum isCounted } } } } } } }";
    let cast = Cast::start(backend).await;
    let luoyang = cast.app.municipal_reporter("410300").await;
    let said = row(EXPERTS, "410100", json!({ "things": ["张工", "李工"] }));
    let id = cast.recorded(&cast.zhengzhou, said).await;
    cast.verified(&id).await;
    let said = row(EXPERTS, "410300", json!({ "things": ["李工"] }));
    let id = cast.recorded(&luoyang, said).await;
    cast.verified(&id).await;
    let asked = json!({ "metric": EXPERTS });
    let answer = cast.verifier.ask_with(FORMULA, asked.clone()).await;
    assert_eq!(
        answer.at("/metric/figures/formula"),
        &json!({
            "metric": { "code": EXPERTS },
            "timeAggregation": "LATEST", "treeAggregation": "DISTINCT",
            "terms": [{ "period": null, "amounts": 2, "sum": "2", "base": null, "value": "2",
                "isCounted": true }],
        })
    );
    let cell = answer.at("/metricRollup/rows/0/cells/0");
    assert_eq!(cell["metric"]["code"], EXPERTS);
    assert_eq!(
        cell["ofPeriod"]["formula"]["terms"],
        json!([{ "sum": "2", "isCounted": true }])
    );
    // One root field, whose levels wait for nothing beside them: the count is exact.
    let parts = "query($metric: ID!, $unit: ID) { metric(id: $metric) {
        figures(department: $unit, until: \"2025-03\") { verified formula { terms { sum } }
            parts { verified formula { terms { sum } } } } } }";
    let (_, whole) = cast
        .app
        .counting(cast.verifier.ask_with(parts, asked))
        .await;
    let one = json!({ "metric": EXPERTS, "unit": "410100" });
    let (_, part) = cast.app.counting(cast.verifier.ask_with(parts, one)).await;
    assert_eq!((whole, part), (28, 24), "with 18 parts, with none");
    let said = row(ACTIVITIES, "410102", json!({ "value": "12" }));
    let id = cast.recorded(&cast.zhengzhou, said).await;
    cast.verified(&id).await;
    let sum = cast
        .verifier
        .ask_with(FORMULA, json!({ "metric": ACTIVITIES }))
        .await;
    let terms = sum.list("/metric/figures/formula/terms");
    let months: Vec<&Value> = terms.iter().map(|term| &term["period"]).collect();
    assert_eq!(months, ["2025-01", "2025-02", "2025-03"]);
    assert_eq!(
        (&terms[0]["value"], &terms[0]["isCounted"]),
        (&Value::Null, &json!(false))
    );
    assert_eq!(
        (&terms[2]["value"], &terms[2]["isCounted"]),
        (&json!("12"), &json!(true))
    );
    // 三个常设展厅 is seen from a key task as well, and counted once.
    let liaison = cast.app.liaison_of("KJG").await;
    let halls = row("2025-16-M1", "KJG", json!({ "value": "2" }));
    let id = cast.recorded(&liaison, halls).await;
    cast.verified(&id).await;
    let seen = cast
        .verifier
        .ask_with(FORMULA, json!({ "metric": "2025-K09-M1" }))
        .await;
    assert_eq!(seen.at("/metric/figures/verified"), "2");
    assert_eq!(seen.at("/metric/figures/formula/metric/code"), "2025-16-M1");
}
