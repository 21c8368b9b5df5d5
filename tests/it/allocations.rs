//! Targets shared out among units: tried, stored version by version, seen by whom they concern.

use duban_domain::access::{Reach, Role};
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

/// The number of activities of the expert corps, counted by counties; 10,000 are wanted.
const ACTIVITIES: &str = "2025-19-M2";
/// The share of citizens with scientific literacy: a survey's figure.
const LITERACY: &str = "2025-13-M1";

const SHARED: &str = "allocation { version method reason whole { code }
        shares { department { code } figure }
        balance { target shared difference isContradiction } }";

const SEEN: &str = "query($id: ID!, $whole: ID) { metric(id: $id) {
    viewerCanAllocate(whole: $whole)
    allocation(whole: $whole) { version shares { department { code } figure }
        balance { shared } } } }";

const CITIES: [&str; 18] = [
    "410100", "410200", "410300", "410400", "410500", "410600", "410700", "410800", "410900",
    "411000", "411100", "411200", "411300", "411400", "411500", "411600", "411700", "419001",
];

fn evenly(units: &[&str]) -> Vec<Value> {
    let shares = units.iter().map(|unit| json!({ "department": unit }));
    shares.collect()
}

fn by_hand(shares: &[(&str, &str)]) -> Vec<Value> {
    let shares = shares
        .iter()
        .map(|(unit, figure)| json!({ "department": unit, "figure": figure }));
    shares.collect()
}

async fn allocate(who: &Person, input: Value) -> Answer {
    who.change("allocateMetric", input, SHARED).await
}

/// The code of the refusal and its field, or the version stored.
fn outcome(answer: &Answer) -> String {
    match answer.list("/allocateMetric/userErrors").first() {
        Some(error) => format!(
            "{} at {}",
            error["code"].as_str().unwrap_or_default(),
            error["path"][0].as_str().unwrap_or_default()
        ),
        None => answer.at("/allocateMetric/allocation/version").to_string(),
    }
}

async fn seen(who: &Person, whole: Option<&str>) -> Answer {
    let variables = json!({ "id": ACTIVITIES, "whole": whole });
    who.ask_with(SEEN, variables).await
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_target_is_shared_out_to_the_last_activity(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_counting(backend).await;
    let officer = app.officer().await;
    let input = json!({ "metric": ACTIVITIES, "method": "EVENLY", "shares": evenly(&CITIES) });
    let preview = "query($input: PreviewAllocationInput!) { previewAllocation(input: $input) {
        shares { figure } balance { shared difference isContradiction } userErrors { code } } }";
    let tried = officer
        .ask_with(preview, json!({ "input": input.clone() }))
        .await;
    assert_eq!(tried.at("/previewAllocation/balance/shared"), "10000");
    assert_eq!(
        seen(&officer, None).await.at("/metric/allocation"),
        &Value::Null,
        "a try stores nothing"
    );

    let answer = allocate(&officer, input.clone()).await;
    assert_eq!(outcome(&answer), "1", "{answer:?}");
    let shares = answer.list("/allocateMetric/allocation/shares");
    let figures: Vec<i64> = shares
        .iter()
        .filter_map(|one| one["figure"].as_str()?.parse().ok())
        .collect();
    assert_eq!(figures.iter().sum::<i64>(), 10_000);
    assert_eq!(
        (figures.iter().min(), figures.iter().max()),
        (Some(&555), Some(&556))
    );
    assert_eq!(
        answer.at("/allocateMetric/allocation/balance/difference"),
        "0"
    );

    let again = allocate(&officer, input.clone()).await;
    assert_eq!(outcome(&again), "CONFLICT at expectedVersion");
    let mut next = input;
    next["expectedVersion"] = json!(1);
    assert_eq!(outcome(&allocate(&officer, next).await), "2");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn shares_that_can_miss_the_target_need_a_reason(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_counting(backend).await;
    let officer = app.officer().await;
    let shares = by_hand(&[("410100", "4000"), ("410200", "5000")]);
    let mut input = json!({ "metric": ACTIVITIES, "method": "BY_HAND", "shares": shares });
    let refused = allocate(&officer, input.clone()).await;
    assert_eq!(outcome(&refused), "ALLOCATION_REASON_MISSING at reason");
    let message = refused.text("/allocateMetric/userErrors/0/message");
    assert!(
        message.contains("9000") && message.contains("1万"),
        "{message}"
    );
    input["reason"] = json!("其余由省本级承担");
    let stored = allocate(&officer, input).await;
    assert_eq!(outcome(&stored), "1");
    let balance = stored.at("/allocateMetric/allocation/balance");
    assert_eq!(balance["difference"], "-1000");
    assert_eq!(balance["isContradiction"], true);

    let more = by_hand(&[("410100", "6000"), ("410200", "5000")]);
    let input = json!({ "metric": ACTIVITIES, "method": "BY_HAND", "shares": more,
        "expectedVersion": 1 });
    let stored = allocate(&officer, input).await;
    assert_eq!(
        outcome(&stored),
        "2",
        "more than the target is shown, not refused"
    );
    assert_eq!(
        stored.at("/allocateMetric/allocation/balance/difference"),
        "1000"
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_city_shares_out_what_it_carries_and_sees_no_other_citys_share(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_counting(backend).await;
    let officer = app.officer().await;
    let (zhengzhou, kaifeng) = (
        app.municipal_reporter("410100").await,
        app.municipal_reporter("410200").await,
    );
    let counties = by_hand(&[("410102", "3"), ("410103", "1")]);
    let of_city = json!({ "metric": ACTIVITIES, "whole": "410100", "method": "BY_WEIGHT",
        "shares": counties });
    let early = allocate(&zhengzhou, of_city.clone()).await;
    assert_eq!(outcome(&early), "ALLOCATION_NOTHING_CARRIED at whole");

    let shares = by_hand(&[("410100", "600"), ("410200", "9400")]);
    let whole = json!({ "metric": ACTIVITIES, "method": "BY_HAND", "shares": shares });
    assert_eq!(outcome(&allocate(&officer, whole.clone()).await), "1");
    let done = allocate(&zhengzhou, of_city.clone()).await;
    assert_eq!(outcome(&done), "1");
    let shares = done.list("/allocateMetric/allocation/shares");
    assert_eq!(shares[0]["figure"], "450");
    assert_eq!(shares[1]["figure"], "150");

    let theirs = seen(&zhengzhou, None).await;
    let shown = theirs.list("/metric/allocation/shares");
    assert_eq!(shown.len(), 1, "{theirs:?}");
    assert_eq!(shown[0]["department"]["code"], "410100");
    assert_eq!(theirs.at("/metric/allocation/balance"), &Value::Null);
    assert_eq!(theirs.at("/metric/viewerCanAllocate"), &json!(false));
    let hidden = seen(&kaifeng, Some("410100")).await;
    assert_eq!(hidden.at("/metric/allocation"), &Value::Null);
    let own = seen(&zhengzhou, Some("410100")).await;
    assert_eq!(own.at("/metric/viewerCanAllocate"), &json!(true));
    assert_eq!(own.at("/metric/allocation/balance/shared"), "600");
    let all = seen(&officer, Some("410100")).await;
    assert_eq!(all.at("/metric/allocation/balance/shared"), "600");

    for input in [of_city, whole] {
        let answer = allocate(&kaifeng, input).await;
        assert_eq!(outcome(&answer), "FORBIDDEN at ");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_shared_out_is_refused_with_what_to_mend(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_counting(backend).await;
    let officer = app.officer().await;
    let hand = |metric: &str, shares: &[(&str, &str)]| json!({ "metric": metric, "method": "BY_HAND", "shares": by_hand(shares), "reason": "试" });
    let nested: &[(&str, &str)] = &[("410100", "9000"), ("410102", "1000")];
    for (input, expected) in [
        (
            hand(LITERACY, &[("410100", "15")]),
            "ALLOCATION_NOT_ADDED at metric",
        ),
        (hand(ACTIVITIES, nested), "ALLOCATION_NESTED at shares"),
        (
            hand(ACTIVITIES, &[("HNAST", "1")]),
            "ALLOCATION_NOT_BELOW at shares",
        ),
        (
            hand(ACTIVITIES, &[("410100", "-1")]),
            "ALLOCATION_NEGATIVE at shares",
        ),
        (hand(ACTIVITIES, &[]), "ALLOCATION_NO_DEPARTMENT at shares"),
        (
            hand(ACTIVITIES, &[("NOBODY", "1")]),
            "DEPARTMENT_UNKNOWN at shares",
        ),
        (
            json!({ "metric": ACTIVITIES, "method": "BY_HAND", "shares": evenly(&["410100"]) }),
            "ALLOCATION_FIGURE_MISSING at shares",
        ),
        (
            json!({ "metric": ACTIVITIES, "method": "EVENLY", "shares": evenly(&["410100", "410100"]) }),
            "ALLOCATION_DEPARTMENT_TWICE at shares",
        ),
        (
            json!({ "metric": ACTIVITIES, "method": "BY_WEIGHT", "shares": by_hand(&[("410100", "0")]) }),
            "ALLOCATION_NO_WEIGHT at shares",
        ),
    ] {
        let answer = allocate(&officer, input).await;
        assert_eq!(outcome(&answer), expected);
    }
    let answer = seen(&officer, None).await;
    assert_eq!(answer.at("/metric/allocation"), &Value::Null);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn parts_are_held_against_their_own_shares_whatever_their_number(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_counting(backend).await;
    app.advance(Duration::days(15));
    let officer = app.officer().await;
    let verifier = app
        .person("shares", (Role::Verifier, "HNAST", Reach::Subtree))
        .await;
    let zhengzhou = app.municipal_reporter("410100").await;
    let two = by_hand(&[("410100", "600"), ("410200", "9400")]);
    let input = json!({ "metric": ACTIVITIES, "method": "BY_HAND", "shares": two });
    assert_eq!(outcome(&allocate(&officer, input).await), "1");
    let row = json!({ "metric": ACTIVITIES, "department": "410102", "period": "2025-03",
        "value": "30" });
    let rows = "rows { measurement { id } }";
    let said = zhengzhou
        .change("recordMeasurements", json!({ "rows": [row] }), rows)
        .await;
    let id = said
        .text("/recordMeasurements/rows/0/measurement/id")
        .to_owned();
    verifier
        .change(
            "verifyMeasurements",
            json!({ "measurementIds": [id] }),
            rows,
        )
        .await;

    let parts = "query($id: ID!) { metric(id: $id) { figures(until: \"2025-03\") {
        share attainment parts { department { code } share attainment } } } }";
    let ask = || verifier.ask_with(parts, json!({ "id": ACTIVITIES }));
    let (answer, few) = app.counting(ask()).await;
    assert_eq!(answer.at("/metric/figures/share"), "10000");
    let of = |code: &str| {
        let mut all = answer.list("/metric/figures/parts").iter();
        all.find(|one| one["department"]["code"] == code).cloned()
    };
    let city = of("410100").unwrap_or_default();
    assert_eq!(
        (&city["share"], &city["attainment"]),
        (&json!("600"), &json!("5"))
    );
    let other = of("410300").unwrap_or_default();
    assert_eq!(
        (&other["share"], &other["attainment"]),
        (&Value::Null, &Value::Null)
    );

    let input = json!({ "metric": ACTIVITIES, "method": "EVENLY", "shares": evenly(&CITIES),
        "expectedVersion": 1 });
    assert_eq!(outcome(&allocate(&officer, input).await), "2");
    let (_, many) = app.counting(ask()).await;
    assert_eq!(few, many, "18 shares cost what two do");
}
