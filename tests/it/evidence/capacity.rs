//! The most that a unit can reach in a month.

use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person,
};
use rstest::rstest;
use serde_json::{Value, json};

use super::{ACTIVITIES, Cast, record, row, taken};
use crate::sql;

async fn declare(person: &Person, unit: &str, most: Option<&str>, version: i32) -> Answer {
    let input = json!({ "metric": ACTIVITIES, "department": unit, "most": most,
        "reason": "日最大承载量 5 场 × 开放 20 天", "expectedVersion": version });
    person
        .change(
            "setMetricCapacity",
            input,
            "metric { capacities { most version department { code } reason } }",
        )
        .await
}

async fn seen(person: &Person) -> Value {
    let query = "{ metric(id: \"2025-19-M2\") { capacities { most department { code } } } }";
    person.ask(query).await.at("/metric/capacities").clone()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_a_unit_cannot_hold_is_doubted_and_never_refused(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let officer = cast.app.officer().await;
    let head = sql::audit_head(&cast.app).await;
    let done = declare(&officer, "410102", Some("100"), 0).await;
    assert_eq!(done.user_errors("setMetricCapacity"), [""; 0], "{done:?}");
    assert_eq!(
        done.at("/setMetricCapacity/metric/capacities/0/most"),
        "100"
    );
    assert_eq!(
        sql::audit_after(&cast.app, head).await,
        ["metric.capacity_set"]
    );
    let rows = [row("410102", "101", &[]), row("410103", "101", &[])];
    let recorded = record(&cast.zhengzhou, &rows).await;
    let doubts = &taken(&recorded, 0)["doubts"];
    assert_eq!(doubts[0]["code"], "DOUBT_ABOVE_CAPACITY");
    let figures = json!([{ "name": "value", "value": "101" }, { "name": "most", "value": "100" }]);
    assert_eq!(doubts[0]["figures"], figures);
    assert!(
        doubts[0]["message"]
            .as_str()
            .expect("words")
            .contains("承载上限 100")
    );
    assert_eq!(
        taken(&recorded, 1)["doubts"],
        json!([]),
        "nothing was declared there"
    );

    let stale = declare(&officer, "410102", Some("200"), 0).await;
    assert_eq!(
        stale.text("/setMetricCapacity/userErrors/0/code"),
        "CONFLICT"
    );
    declare(&officer, "410102", Some("101"), 1).await;
    let id = taken(&recorded, 0)["id"].clone();
    let query = "query($id: ID!) { node(id: $id) { ... on Measurement { doubts { code } } } }";
    let again = cast.zhengzhou.ask_with(query, json!({ "id": id })).await;
    assert!(
        again.list("/node/doubts").is_empty(),
        "what just fits is no doubt"
    );
    let back = declare(&officer, "410102", None, 2).await;
    assert!(back.list("/setMetricCapacity/metric/capacities").is_empty());
    for (most, version, code) in [
        (None, 3, "CAPACITY_NOTHING_DECLARED"),
        (Some("0"), 3, "CAPACITY_NOT_POSITIVE"),
    ] {
        let refused = declare(&officer, "410102", most, version).await;
        let path = "/setMetricCapacity/userErrors/0";
        assert_eq!(refused.text(&format!("{path}/code")), code);
        assert_ne!(refused.text(&format!("{path}/message")), code, "no words");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_most_is_declared_by_those_who_share_out_and_seen_by_those_who_see_the_unit(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let officer = cast.app.officer().await;
    let refused = declare(&cast.verifier, "410102", Some("9"), 0).await;
    assert!(refused.body().contains("FORBIDDEN"), "{refused:?}");
    declare(&officer, "410102", Some("100"), 0).await;
    declare(&officer, "410302", Some("50"), 0).await;
    let of = |unit: &str, most: &str| json!({ "most": most, "department": { "code": unit } });
    assert_eq!(seen(&cast.zhengzhou).await, json!([of("410102", "100")]));
    assert_eq!(seen(&cast.luoyang).await, json!([of("410302", "50")]));
    assert_eq!(seen(&officer).await.as_array().map(Vec::len), Some(2));
}
