//! Calls that come at once share a transaction, and nobody notices: each is answered for itself, acts in
//! its own name, and fails alone.

use std::collections::BTreeSet;

use duban_app::audit;
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person,
};
use futures_util::future::join_all;
use rstest::rstest;
use serde_json::{Value, json};

use super::{ACTIVITIES, Cast, ROWS, outcomes, record, row};
use crate::sql;

const MUTATION: &str = "recordMeasurements";

/// Cities and one county of each.
const CITIES: [(&str, &str); 5] = [
    ("410200", "410202"),
    ("410300", "410302"),
    ("410400", "410402"),
    ("410500", "410502"),
    ("410600", "410602"),
];

async fn recorded(who: &Person, county: &str, said: Value) -> Answer {
    record(who, &[row(ACTIVITIES, county, said)]).await
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn each_is_answered_for_itself_and_acts_in_its_own_name(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let mut reporters = Vec::new();
    for (city, county) in CITIES {
        reporters.push((cast.app.municipal_reporter(city).await, city, county));
    }
    let mine = reporters.iter().map(async |(who, _, county)| {
        let answer = recorded(who, county, json!({ "value": "7" })).await;
        outcomes(&answer, MUTATION).remove(0)
    });
    let foreign = reporters.iter().map(async |(who, ..)| {
        let answer = recorded(who, "410102", json!({ "value": "7" })).await;
        outcomes(&answer, MUTATION).remove(0)
    });
    let stale = reporters.iter().map(async |(who, _, county)| {
        let said = json!({ "value": "8", "expectedVersion": 9, "reason": "更正" });
        outcomes(&recorded(who, county, said).await, MUTATION).remove(0)
    });
    let (mine, foreign, stale) = tokio::join!(join_all(mine), join_all(foreign), join_all(stale));
    assert_eq!(mine, ["SUBMITTED"; CITIES.len()]);
    assert_eq!(foreign, ["FORBIDDEN at metric"; CITIES.len()]);
    assert_eq!(stale, ["CONFLICT at expectedVersion"; CITIES.len()]);
    let logins: BTreeSet<String> = sql::texts(
        &cast.app,
        "SELECT account.login FROM audit_event JOIN account ON account.id = actor_id
         WHERE action = 'measurement.recorded'",
    )
    .await
    .into_iter()
    .collect();
    let expected = CITIES.iter().map(|(city, _)| format!("reporter-{city}"));
    assert_eq!(logins, expected.collect::<BTreeSet<_>>());
    let report = audit::verify(cast.app.store(), audit::Range::default(), Vec::new()).await;
    assert_eq!(report.expect("a report").broken, None);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_sent_eight_times_at_once_is_done_once(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let input = json!({
        "rows": [row(ACTIVITIES, "410102", json!({ "value": "12" }))],
        "idempotencyKey": "eight-at-once",
    });
    let sent = (0..8).map(|_| cast.zhengzhou.change(MUTATION, input.clone(), ROWS));
    let ids: BTreeSet<String> = join_all(sent)
        .await
        .iter()
        .map(|answer| {
            answer
                .text("/recordMeasurements/rows/0/measurement/id")
                .to_owned()
        })
        .collect();
    assert_eq!(ids.len(), 1);
    let revisions = "SELECT CAST(COUNT(*) AS TEXT) FROM measurement";
    assert_eq!(sql::texts(&cast.app, revisions).await, ["1"]);
    let other = json!({
        "rows": [row(ACTIVITIES, "410103", json!({ "value": "12" }))],
        "idempotencyKey": "eight-at-once",
    });
    let (other, fresh) = tokio::join!(
        cast.zhengzhou.change(MUTATION, other, ROWS),
        recorded(&cast.zhengzhou, "410104", json!({ "value": "3" })),
    );
    assert_eq!(
        other.text("/recordMeasurements/userErrors/0/code"),
        "IDEMPOTENCY_MISMATCH"
    );
    assert_eq!(outcomes(&fresh, MUTATION), ["SUBMITTED"]);
}
