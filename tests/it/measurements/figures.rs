//! What measurements add up to, for whom, and what is missing of it.

use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person,
};
use rstest::rstest;
use serde_json::{Value, json};

use super::{ACADEMIC, ACTIVITIES, Cast, EXPERTS, record, row};

const FIGURES: &str = "query($id: ID!, $unit: ID, $until: Period) { metric(id: $id) {
    figures(department: $unit, until: $until) {
        department { code } from until verified provisional attainment expected onTime late missing
        notApplicable waiting completeness timeliness } } }";

async fn figures(who: &Person, metric: &str, unit: Option<&str>) -> Answer {
    let variables = json!({ "id": metric, "unit": unit, "until": "2025-03" });
    who.ask_with(FIGURES, variables).await
}

fn of<'a>(answer: &'a Answer, field: &str) -> &'a Value {
    answer.at(&format!("/metric/figures/{field}"))
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_figure_is_in_every_unit_above_at_the_next_read(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let empty = figures(&cast.verifier, ACTIVITIES, None).await;
    assert_eq!(of(&empty, "verified"), &Value::Null, "missing is not zero");
    assert_eq!(of(&empty, "department/code"), "HNAST");
    let expected = of(&empty, "expected").as_i64().unwrap_or_default();
    assert_eq!(
        expected,
        3 * 156,
        "156 counties for three months: {empty:?}"
    );
    assert_eq!(of(&empty, "missing"), &json!(expected));

    let rows = [
        row(ACTIVITIES, "410102", json!({ "value": "12" })),
        row(ACTIVITIES, "410103", json!({ "value": "0" })),
        row(ACTIVITIES, "410104", json!({ "isNotApplicable": true })),
    ];
    let recorded = record(&cast.zhengzhou, &rows).await;
    let waiting = figures(&cast.verifier, ACTIVITIES, None).await;
    assert_eq!(of(&waiting, "verified"), &Value::Null);
    assert_eq!(of(&waiting, "provisional"), "12");
    assert_eq!(of(&waiting, "waiting"), &json!(3));
    for index in 0..3 {
        let path = format!("/recordMeasurements/rows/{index}/measurement/id");
        cast.verified(recorded.text(&path)).await;
    }
    for unit in [None, Some("410100"), Some("410102")] {
        let now = figures(&cast.verifier, ACTIVITIES, unit).await;
        assert_eq!(of(&now, "verified"), "12", "{unit:?}");
        assert_eq!(of(&now, "waiting"), &json!(0), "{unit:?}");
    }
    let zero = figures(&cast.verifier, ACTIVITIES, Some("410103")).await;
    assert_eq!(of(&zero, "verified"), "0");
    let none = figures(&cast.verifier, ACTIVITIES, Some("410104")).await;
    assert_eq!(of(&none, "verified"), &Value::Null);
    assert_eq!(of(&none, "notApplicable"), &json!(1));
    let whole = figures(&cast.verifier, ACTIVITIES, None).await;
    assert_eq!(of(&whole, "onTime"), &json!(3));
    assert_eq!(of(&whole, "missing"), &json!(expected - 3));
    assert_eq!(of(&whole, "attainment"), "0.12", "12 of 10,000");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn parts_add_up_and_cost_the_same_whatever_their_number(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let rows = [
        row(ACTIVITIES, "410102", json!({ "value": "12" })),
        row(ACTIVITIES, "410103", json!({ "value": "5" })),
    ];
    record(&cast.zhengzhou, &rows).await;
    let query = "query($unit: ID) { metric(id: \"2025-19-M2\") {
        figures(department: $unit, until: \"2025-03\") { provisional expected parts {
            department { code } provisional expected } } } }";
    let asked = |unit: Value| cast.verifier.ask_with(query, json!({ "unit": unit }));
    // Who asks is known from now on.
    asked(json!("HNAST")).await;
    let (province, first) = cast.app.counting(asked(json!("HNAST"))).await;
    let (city, second) = cast.app.counting(asked(json!("410100"))).await;
    assert_eq!(first, second, "18 cities cost what 12 counties cost");
    for answer in [&province, &city] {
        let parts = answer.list("/metric/figures/parts");
        let sum: i64 = parts
            .iter()
            .filter_map(|one| one["expected"].as_i64())
            .sum();
        assert_eq!(answer.number("/metric/figures/expected"), sum);
        let sum: i64 = parts
            .iter()
            .filter_map(|one| one["provisional"].as_str()?.parse::<i64>().ok())
            .sum();
        assert_eq!(sum, 17, "{answer:?}");
    }
    let cities = province.list("/metric/figures/parts");
    assert!(cities.len() >= 17, "{}", cities.len());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn distinct_things_count_once_and_only_the_lead_reports_for_the_province(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let luoyang = cast.app.municipal_reporter("410300").await;
    let one = row(EXPERTS, "410100", json!({ "things": ["张工", "李工"] }));
    let two = row(EXPERTS, "410300", json!({ "things": ["李工", "王工"] }));
    let ids = [
        cast.recorded(&cast.zhengzhou, one).await,
        cast.recorded(&luoyang, two).await,
    ];
    for id in &ids {
        cast.verified(id).await;
    }
    let whole = figures(&cast.verifier, EXPERTS, None).await;
    assert_eq!(of(&whole, "verified"), "3");
    let liaison = cast.app.liaison_of("XXB").await;
    let said = row(ACADEMIC, "XXB", json!({ "value": "4" }));
    let id = cast.recorded(&liaison, said).await;
    cast.verified(&id).await;
    let academic = figures(&cast.verifier, ACADEMIC, None).await;
    assert_eq!(of(&academic, "verified"), "4");
    assert_eq!(
        of(&academic, "expected"),
        &json!(3),
        "one department, three months"
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn another_city_sees_the_verified_figure_alone(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let luoyang = cast.app.municipal_reporter("410300").await;
    let said = row(ACTIVITIES, "410102", json!({ "value": "12" }));
    let id = cast.recorded(&cast.zhengzhou, said).await;
    let theirs = figures(&luoyang, ACTIVITIES, Some("410100")).await;
    assert_eq!(of(&theirs, "provisional"), &Value::Null);
    assert_eq!(of(&theirs, "verified"), &Value::Null);
    let ours = figures(&cast.zhengzhou, ACTIVITIES, Some("410100")).await;
    assert_eq!(of(&ours, "provisional"), "12");
    cast.verified(&id).await;
    let theirs = figures(&luoyang, ACTIVITIES, Some("410100")).await;
    assert_eq!(of(&theirs, "verified"), "12");
}
