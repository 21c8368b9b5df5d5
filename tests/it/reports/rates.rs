//! Completeness and timeliness: on time + late + missing = expected.

use duban_tests::Backend::{self, Postgres, Sqlite};
use rstest::rstest;
use serde_json::{Value, json};

use super::{Cast, write_and_submit};

const RATES: &str = "query($id: ID!) { department(id: $id) { reportingRates(months: 3) {
    period isDue expected onTime late missingCount completeness timeliness
    missing { edges { node { department { code } task { code } } } } } } }";

#[rstest]
#[tokio::test]
async fn departments_tell_how_their_reports_came_in(#[values(Sqlite, Postgres)] backend: Backend) {
    let mut cast = Cast::start(backend, &["2025-17", "2025-10", "2025-18"]).await;
    cast.later(22).await;
    write_and_submit(&cast.reporter, "2025-03", "2025-17").await;
    cast.later(1).await;
    write_and_submit(&cast.reporter, "2025-03", "2025-10").await;

    let own = cast.reporter.ask_with(RATES, json!({ "id": "XXB" })).await;
    let march = &own.list("/department/reportingRates")[0];
    let figures = |of: &Value| {
        let names = [
            "period",
            "isDue",
            "expected",
            "onTime",
            "late",
            "missingCount",
            "completeness",
            "timeliness",
        ];
        names
            .map(|name| of[name].to_string().replace('"', ""))
            .join(" ")
    };
    assert_eq!(figures(march), "2025-03 true 3 1 1 1 0.6666 0.3333");
    assert_eq!(
        march["missing"]["edges"][0]["node"]["task"]["code"],
        "2025-18"
    );
    let before = &own.list("/department/reportingRates")[1];
    assert_eq!(
        figures(before),
        "2025-02 true 0 0 0 0 null null",
        "nothing was underway"
    );

    let whole = cast.officer.ask_with(RATES, json!({ "id": "HNAST" })).await;
    let all = &whole.list("/department/reportingRates")[0];
    let number = |name: &str| all[name].as_i64().expect("a number");
    assert_eq!(
        number("expected"),
        number("onTime") + number("late") + number("missingCount")
    );
    assert!(
        number("expected") >= 3,
        "the supporting departments owe theirs too: {all}"
    );
    assert_eq!((number("onTime"), number("late")), (1, 1));
}

#[rstest]
#[tokio::test]
async fn rates_cost_the_same_for_one_department_and_for_many(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend, &["2025-17"]).await;
    let query = "query($first: Int!) { departments(first: $first) { edges { node {
        reportingRates(months: 6) { expected missing(first: 3) { edges { node { department { code } task { code } } } } } } } } }";
    let mut costs = Vec::new();
    for first in [2, 16] {
        let mut least = u64::MAX;
        for _ in 0..3 {
            let asked = cast.officer.ask_with(query, json!({ "first": first }));
            let (answer, count) = cast.app.counting(asked).await;
            answer.data();
            least = least.min(count);
        }
        costs.push(least);
    }
    assert!(costs[1] <= costs[0] + 4, "{costs:?}");
}
