//! What is sent, to whom, and how often.

use duban_app::SystemClock;
use duban_domain::clock::Clock;
use duban_tests::Backend::{self, Postgres, Sqlite};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use super::{Desk, record};
use crate::sql;

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_sent_once_signed_and_without_what_it_is_about(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    let (_, secret) = desk.make(json!({})).await;
    let own = desk.app.municipal_reporter("410100").await;
    let other = desk.app.municipal_reporter("410300").await;
    record(&other, "410302").await;
    record(&own, "410102").await;
    desk.app.send_webhooks().await;
    let came = desk.receiver.take();
    let [one] = came.as_slice() else {
        panic!("one message, for the other city's is not told: {came:?}");
    };
    assert!(one.is_signed_with(&secret));
    let body = one.body();
    assert_eq!(body["type"], "measurement.recorded");
    assert_eq!(body["data"]["objectType"], "Measurement");
    let names: Vec<&String> = body["data"].as_object().expect("data").keys().collect();
    assert_eq!(names, ["cursor", "objectId", "objectType"]);
    assert!(desk.states().await.iter().all(|one| one == "DELIVERED"));
    desk.app.send_webhooks().await;
    assert!(desk.receiver.take().is_empty());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_time_that_is_signed_is_that_of_the_world_outside(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    desk.make(json!({})).await;
    let own = desk.app.municipal_reporter("410100").await;
    record(&own, "410102").await;
    desk.app.send_webhooks().await;
    let came = desk.receiver.take();
    let one = came.first().expect("a message");
    let off = SystemClock.now().unix_timestamp() - one.at;
    assert!(off.abs() < 300, "no receiver takes what is {off} s off");
    let body = one.body();
    let happened = body["timestamp"].as_str().unwrap_or_default();
    assert!(happened.starts_with("2025-"), "{happened}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_chooses_what_is_told(#[values(Sqlite, Postgres)] backend: Backend) {
    let desk = Desk::open(backend).await;
    let query = "subscription { changed(types: [MEASUREMENT]) { action
        object { ... on Measurement { value department { code } metric { code } } } } }";
    desk.make(json!({ "query": query })).await;
    let own = desk.app.municipal_reporter("410100").await;
    record(&own, "410102").await;
    desk.app.send_webhooks().await;
    let came = desk.receiver.take();
    let body = came.first().expect("a message").body();
    let changed = &body["data"]["changed"];
    assert_eq!(changed["object"]["department"]["code"], "410102");
    assert_eq!(changed["object"]["metric"]["code"], "2025-19-M2");
    assert_eq!(changed["object"]["value"], "12");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_that_fails_is_tried_again_by_the_table_and_under_the_same_id(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    desk.make(json!({})).await;
    let own = desk.app.municipal_reporter("410100").await;
    record(&own, "410102").await;
    desk.receiver.answers(500, &[]);
    desk.app.send_webhooks().await;
    let first = desk.receiver.take();
    assert_eq!(first.len(), 1);
    desk.app.send_webhooks().await;
    assert!(desk.receiver.take().is_empty(), "not before five seconds");
    // Waits are at most a tenth longer than the table says.
    let waits = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000];
    for wait in waits {
        desk.app.advance(Duration::seconds(wait + wait / 10 + 1));
        desk.app.send_webhooks().await;
        let again = desk.receiver.take();
        assert_eq!(again.len(), 1, "after {wait} s");
        assert_eq!(again[0].id, first[0].id);
    }
    assert_eq!(desk.states().await, ["PENDING"]);
    desk.receiver.answers(204, &[]);
    desk.app.advance(Duration::hours(27));
    desk.app.send_webhooks().await;
    assert_eq!(desk.states().await, ["DELIVERED"]);
    let webhook = desk.webhook().await;
    assert_eq!(webhook["failingSince"], Value::Null);
    let attempts = &webhook["deliveries"]["edges"][0]["node"]["attempts"];
    let statuses: Vec<i64> = attempts
        .as_array()
        .expect("attempts")
        .iter()
        .filter_map(|one| one["status"].as_i64())
        .collect();
    assert_eq!(statuses, [500, 500, 500, 500, 500, 500, 500, 500, 500, 204]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_the_endpoint_asks_for_is_done(#[values(Sqlite, Postgres)] backend: Backend) {
    let desk = Desk::open(backend).await;
    desk.make(json!({})).await;
    let own = desk.app.municipal_reporter("410100").await;
    record(&own, "410102").await;
    desk.receiver.answers(503, &[("retry-after", "3600")]);
    desk.app.send_webhooks().await;
    desk.receiver.take();
    desk.app.advance(Duration::minutes(50));
    desk.app.send_webhooks().await;
    assert!(desk.receiver.take().is_empty(), "it asked for an hour");
    desk.app.advance(Duration::minutes(11));
    // One that is gone is not tried again, until somebody goes on.
    desk.receiver.answers(410, &[]);
    desk.app.send_webhooks().await;
    assert_eq!(desk.receiver.take().len(), 1);
    let webhook = desk.webhook().await;
    assert_eq!(webhook["state"], "DISABLED");
    desk.app.advance(Duration::days(1));
    desk.app.send_webhooks().await;
    assert!(desk.receiver.take().is_empty());
    desk.receiver.answers(200, &[]);
    desk.act("resumeWebhook", webhook["id"].as_str().unwrap_or_default())
        .await;
    desk.app.send_webhooks().await;
    assert_eq!(desk.receiver.take().len(), 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_is_not_followed_and_no_success(#[values(Sqlite, Postgres)] backend: Backend) {
    let desk = Desk::open(backend).await;
    desk.make(json!({})).await;
    let own = desk.app.municipal_reporter("410100").await;
    record(&own, "410102").await;
    desk.receiver.answers(307, &[("location", "/elsewhere")]);
    desk.app.send_webhooks().await;
    assert_eq!(desk.receiver.take().len(), 1);
    assert_eq!(desk.states().await, ["PENDING"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_dead_endpoint_delays_no_other_and_loses_nothing(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    // Nobody listens there.
    desk.make(json!({ "url": "http://127.0.0.1:9/" })).await;
    desk.make(json!({ "name": "另一个" })).await;
    let own = desk.app.municipal_reporter("410100").await;
    record(&own, "410102").await;
    desk.app.send_webhooks().await;
    assert_eq!(desk.receiver.take().len(), 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_happens_while_an_endpoint_is_paused_is_sent_when_it_goes_on(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    let (id, _) = desk.make(json!({})).await;
    desk.act("pauseWebhook", &id).await;
    let own = desk.app.municipal_reporter("410100").await;
    record(&own, "410102").await;
    desk.app.send_webhooks().await;
    assert!(desk.receiver.take().is_empty());
    desk.act("resumeWebhook", &id).await;
    desk.app.send_webhooks().await;
    assert_eq!(desk.receiver.take().len(), 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_was_taken_away_ends_what_is_told(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    desk.make(json!({})).await;
    let own = desk.app.municipal_reporter("410100").await;
    record(&own, "410102").await;
    desk.receiver.answers(500, &[]);
    desk.app.send_webhooks().await;
    desk.receiver.take();
    let query = "query($id: ID!) { account(id: $id) { grants { id } } }";
    let found = desk
        .security
        .ask_with(query, json!({ "id": desk.account }))
        .await;
    let grant = json!({ "grantId": found.text("/account/grants/0/id") });
    let ended = desk.security.change("endGrant", grant, "__typename").await;
    assert_eq!(ended.user_errors("endGrant"), [""; 0]);
    desk.app.advance(Duration::minutes(1));
    desk.app.send_webhooks().await;
    assert!(desk.receiver.take().is_empty());
    assert_eq!(desk.states().await, ["SKIPPED"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn messages_are_sent_again_on_demand(#[values(Sqlite, Postgres)] backend: Backend) {
    let desk = Desk::open(backend).await;
    let (id, _) = desk.make(json!({})).await;
    let own = desk.app.municipal_reporter("410100").await;
    record(&own, "410102").await;
    desk.app.send_webhooks().await;
    let first = desk.receiver.take();
    let webhook = desk.webhook().await;
    let delivery = webhook["deliveries"]["edges"][0]["node"]["id"].clone();
    let replay = async |more: Value| {
        let mut input = json!({ "webhookId": id });
        if let (Some(input), Value::Object(more)) = (input.as_object_mut(), more) {
            input.extend(more);
        }
        let name = "replayWebhookDeliveries";
        let done = desk.security.change(name, input, "count").await;
        assert_eq!(done.user_errors(name), [""; 0]);
        done.number("/replayWebhookDeliveries/count")
    };
    assert_eq!(replay(json!({ "deliveryIds": [delivery] })).await, 1);
    desk.app.send_webhooks().await;
    let again = desk.receiver.take();
    assert_eq!(again[0].id, first[0].id);
    let object = |one: &super::Came| one.body()["data"]["objectId"].clone();
    assert_eq!(object(&again[0]), object(&first[0]));
    let day = json!({ "from": "2025-03-31T16:00:00Z", "until": "2025-04-02T16:00:00Z" });
    assert_eq!(replay(day).await, 1);
    let past = json!({ "from": "2025-01-01T00:00:00Z", "until": "2025-01-02T00:00:00Z" });
    assert_eq!(replay(past).await, 0);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_cannot_be_signed_is_not_sent(#[values(Sqlite, Postgres)] backend: Backend) {
    let desk = Desk::open(backend).await;
    let (id, _) = desk.make(json!({ "name": "甲" })).await;
    desk.make(json!({ "name": "乙", "url": "http://127.0.0.1:9/" }))
        .await;
    // What is sealed for one webhook opens for no other.
    let mixed = "UPDATE webhook SET secret = (SELECT secret FROM webhook WHERE name = '乙')
        WHERE name = '甲'";
    sql::run(&desk.app, mixed).await;
    desk.act("testWebhook", &id).await;
    desk.app.send_webhooks().await;
    assert!(desk.receiver.take().is_empty());
    let query =
        "query($id: ID!) { webhook(id: $id) { lastDelivery { state attempts { fault } } } }";
    let asked = json!({ "id": id });
    let found = desk.security.ask_with(query, asked).await;
    assert_eq!(
        found.at("/webhook/lastDelivery"),
        &json!({ "state": "PENDING", "attempts": [{ "fault": "NOT_SIGNED" }] })
    );
}
