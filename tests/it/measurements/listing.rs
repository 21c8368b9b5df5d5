//! Lists of measurements: narrowed to what still stands, to a subtree, to a day; and who is asked.

use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use super::{ACADEMIC, ACTIVITIES, Cast, EXPERTS, row};

const LIST: &str = "query($filter: MeasurementFilter, $asOf: Date) {
    measurements(first: 50, filter: $filter, asOf: $asOf) { totalCount edges { node {
        revision state value department { code } decidedAt } } } }";

async fn list(who: &Person, filter: Value, as_of: Option<&str>) -> Answer {
    let variables = json!({ "filter": filter, "asOf": as_of });
    who.ask_with(LIST, variables).await
}

/// Unit, revision and state of each row, in the order of the units.
fn told(answer: &Answer) -> Vec<String> {
    let edges = answer.list("/measurements/edges").iter();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut rows: Vec<String> = edges
        .map(|edge| {
            let node = &edge["node"];
            let (unit, state) = (text(&node["department"]["code"]), text(&node["state"]));
            format!("{unit} {} {state}", node["revision"])
        })
        .collect();
    rows.sort_unstable();
    rows
}

/// What 410102 corrects, what 410103 corrects in a draft, and what 410302 says.
async fn start(backend: Backend) -> (Cast, Person, Vec<String>) {
    let cast = Cast::start(backend).await;
    let luoyang = cast.app.municipal_reporter("410300").await;
    let mut ids = Vec::new();
    for (unit, first, second, is_draft) in
        [("410102", "12", "13", false), ("410103", "5", "6", true)]
    {
        let said = row(ACTIVITIES, unit, json!({ "value": first }));
        ids.push(cast.recorded(&cast.zhengzhou, said).await);
        let again = json!({ "value": second, "reason": "更正", "expectedVersion": 1,
            "isDraft": is_draft });
        let again = row(ACTIVITIES, unit, again);
        ids.push(cast.recorded(&cast.zhengzhou, again).await);
    }
    let said = row(ACTIVITIES, "410302", json!({ "value": "3" }));
    ids.push(cast.recorded(&luoyang, said).await);
    (cast, luoyang, ids)
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_was_replaced_is_left_out_where_only_the_newest_is_wanted(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let (cast, _, ids) = start(backend).await;
    let waiting = json!({ "metric": ACTIVITIES, "state": ["SUBMITTED"] });
    let all = list(&cast.verifier, waiting, None).await;
    assert_eq!(
        told(&all),
        [
            "410102 1 SUBMITTED",
            "410102 2 SUBMITTED",
            "410103 1 SUBMITTED",
            "410302 1 SUBMITTED"
        ]
    );
    let newest = json!({ "metric": ACTIVITIES, "state": ["SUBMITTED"], "isNewest": true });
    let now = list(&cast.verifier, newest.clone(), None).await;
    assert_eq!(
        told(&now),
        [
            "410102 2 SUBMITTED",
            "410103 1 SUBMITTED",
            "410302 1 SUBMITTED"
        ],
        "a draft takes nobody's place"
    );
    assert_eq!(now.number("/measurements/totalCount"), 3);
    let theirs = list(&cast.zhengzhou, json!({ "isNewest": true }), None).await;
    assert_eq!(
        told(&theirs),
        ["410102 2 SUBMITTED", "410103 1 SUBMITTED", "410103 2 DRAFT"]
    );
    cast.verified(&ids[1]).await;
    let now = list(&cast.verifier, newest, None).await;
    assert_eq!(told(&now), ["410103 1 SUBMITTED", "410302 1 SUBMITTED"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_subtree_holds_the_counties_of_a_city_alone(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let (cast, _, _) = start(backend).await;
    let under = |unit: &str| json!({ "under": unit, "isNewest": true });
    let zhengzhou = list(&cast.verifier, under("410100"), None).await;
    assert_eq!(
        told(&zhengzhou),
        ["410102 2 SUBMITTED", "410103 1 SUBMITTED"]
    );
    let county = list(&cast.verifier, under("410302"), None).await;
    assert_eq!(told(&county), ["410302 1 SUBMITTED"]);
    let whole = list(&cast.verifier, under("HNAST"), None).await;
    assert_eq!(told(&whole).len(), 3);
    let unknown = list(&cast.verifier, under("NOBODY"), None).await;
    assert_eq!(unknown.codes(), ["NOT_FOUND"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_read_as_of_a_day_states_included(#[values(Sqlite, Postgres)] backend: Backend) {
    let (cast, _, ids) = start(backend).await;
    cast.app.advance(Duration::days(1));
    let verifier = cast.app.sign_in("verifier").await;
    let input = json!({ "measurementIds": [ids[1], ids[4]] });
    let done = verifier
        .change("verifyMeasurements", input, super::ROWS)
        .await;
    assert_eq!(
        super::outcomes(&done, "verifyMeasurements"),
        ["VERIFIED", "VERIFIED"]
    );
    let waiting = json!({ "state": ["SUBMITTED"], "isNewest": true });
    let before = list(&verifier, waiting.clone(), Some("2025-04-01")).await;
    assert_eq!(
        told(&before),
        [
            "410102 2 SUBMITTED",
            "410103 1 SUBMITTED",
            "410302 1 SUBMITTED"
        ],
        "on that day nothing was verified"
    );
    assert_eq!(
        before.at("/measurements/edges/0/node/decidedAt"),
        &Value::Null
    );
    let now = list(&verifier, waiting, Some("2025-04-02")).await;
    assert_eq!(told(&now), ["410103 1 SUBMITTED"]);
    let verified = json!({ "state": ["VERIFIED"] });
    let none = list(&verifier, verified.clone(), Some("2025-04-01")).await;
    assert_eq!(told(&none), [""; 0]);
    let both = list(&verifier, verified, Some("2025-04-02")).await;
    assert_eq!(told(&both), ["410102 2 VERIFIED", "410302 1 VERIFIED"]);
    let earlier = list(&verifier, json!({}), Some("2025-03-31")).await;
    assert_eq!(told(&earlier), [""; 0]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_metric_says_who_is_asked_for_it(#[values(Sqlite, Postgres)] backend: Backend) {
    const ASKED: &str = "query($id: ID!, $unit: ID!, $period: Period) { metric(id: $id) {
        isAsked(department: $unit, period: $period) } }";
    let cast = Cast::start(backend).await;
    let asked = async |metric: &str, unit: &str| -> Value {
        let variables = json!({ "id": metric, "unit": unit, "period": "2025-03" });
        let answer = cast.verifier.ask_with(ASKED, variables).await;
        answer.at("/metric/isAsked").clone()
    };
    for (metric, unit, is_asked) in [
        (ACTIVITIES, "410102", true),
        (ACTIVITIES, "410100", false),
        (EXPERTS, "410100", true),
        (EXPERTS, "410102", false),
        (ACADEMIC, "XXB", true),
        (ACADEMIC, "KJG", false),
        ("2025-16-M1", "KJG", true),
        ("2025-K09-M1", "KJG", false),
    ] {
        assert_eq!(
            asked(metric, unit).await,
            json!(is_asked),
            "{metric} {unit}"
        );
    }
    let other = json!({ "id": ACTIVITIES, "unit": "410102", "period": "2024-12" });
    let outside = cast.verifier.ask_with(ASKED, other).await;
    assert_eq!(outside.codes(), ["BAD_USER_INPUT"]);
    let many = "query($unit: ID!, $first: Int!) { metrics(first: $first) { edges { node {
        isAsked(department: $unit) } } } }";
    let unit = cast
        .verifier
        .ask("{ department(id: \"410102\") { id } }")
        .await;
    let ask = |first: i32| {
        let unit = unit.text("/department/id");
        let asked = json!({ "unit": unit, "first": first });
        cast.verifier.ask_with(many, asked)
    };
    ask(1).await;
    let (_, few) = cast.app.counting(ask(2)).await;
    let (_, all) = cast.app.counting(ask(16)).await;
    assert_eq!(few, all, "one set of statements for all metrics");
}
