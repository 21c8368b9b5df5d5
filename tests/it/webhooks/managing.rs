//! Who makes webhooks, where they may lead, and what is kept of their secrets.

use duban_domain::access::{Reach, Role};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Content, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use super::{Desk, record};
use crate::sql;

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_shown_once_and_kept_sealed(#[values(Sqlite, Postgres)] backend: Backend) {
    let desk = Desk::open(backend).await;
    let head = sql::audit_head(&desk.app).await;
    let key = json!({ "idempotencyKey": "webhook-of-march" });
    let made = desk.ask(key.clone()).await;
    let secret = made.text("/createWebhook/secret").to_owned();
    assert!(
        secret.starts_with("whsec_") && secret.len() == 50,
        "{secret}"
    );
    assert_eq!(sql::audit_after(&desk.app, head).await, ["webhook.created"]);
    let again = desk.ask(key).await;
    assert_eq!(again.at("/createWebhook/secret"), &Value::Null);
    let id = |answer: &duban_tests::Answer| answer.text("/createWebhook/webhook/id").to_owned();
    assert_eq!(id(&again), id(&made));
    let kept = "SELECT COUNT(*) FROM webhook WHERE LENGTH(secret) = 60";
    assert_eq!(sql::number(&desk.app, kept).await, 1);
    let told = format!("SELECT COUNT(*) FROM audit_event WHERE detail LIKE '%{secret}%'");
    assert_eq!(sql::number(&desk.app, &told).await, 0);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_a_webhook_may_not_be_is_said_at_its_field(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    for (wrong, told) in [
        (json!({ "name": " " }), "TEXT_EMPTY at name"),
        (json!({ "url": "hooks" }), "WEBHOOK_URL_MALFORMED at url"),
        (
            json!({ "url": "https://10.0.0.1/hook" }),
            "WEBHOOK_URL_NOT_PUBLIC at url",
        ),
        (
            json!({ "url": "https://a:b@hooks.example.org/" }),
            "WEBHOOK_URL_CREDENTIALS at url",
        ),
        (
            json!({ "query": "{ viewer { login } }" }),
            "WEBHOOK_QUERY_INVALID at query",
        ),
        (
            json!({ "query": "subscription { changed { nothing } }" }),
            "WEBHOOK_QUERY_INVALID at query",
        ),
        (
            json!({ "query": "subscription { notificationAdded { unreadCount } } }" }),
            "WEBHOOK_QUERY_INVALID at query",
        ),
    ] {
        let refused = desk.ask(wrong.clone()).await;
        assert_eq!(refused.user_errors("createWebhook"), [told], "{wrong}");
    }
    assert_eq!(
        sql::number(&desk.app, "SELECT COUNT(*) FROM webhook").await,
        0
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn only_public_addresses_are_reached_where_nothing_else_is_allowed(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut desk = Desk::open(backend).await;
    let strict = TestApp::start_as(backend, Content::Plan2025, |settings| {
        settings.webhooks.reachable.allowed.clear();
    })
    .await;
    strict.advance(Duration::days(15));
    let admin = strict.system_admin().await;
    let input = json!({ "login": "platform", "displayName": "平台", "departmentId": "410100" });
    let made = admin
        .change("createServiceAccount", input, "account { id }")
        .await;
    desk.account = made.text("/createServiceAccount/account/id").to_owned();
    desk.security = strict.sign_in("security-admin").await;
    let refused = desk.ask(json!({})).await;
    assert_eq!(
        refused.user_errors("createWebhook"),
        ["WEBHOOK_URL_NOT_PUBLIC at url"]
    );
    let plain = desk
        .ask(json!({ "url": "http://hooks.example.org/" }))
        .await;
    assert_eq!(
        plain.user_errors("createWebhook"),
        ["WEBHOOK_URL_NOT_HTTPS at url"]
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn both_secrets_sign_for_a_day_after_one_followed_the_other(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    let (id, old) = desk.make(json!({})).await;
    let fields = "webhook { id } secret";
    let input = json!({ "webhookId": id });
    let name = "rotateWebhookSecret";
    let rotated = desk.security.change(name, input, fields).await;
    let new = rotated.text("/rotateWebhookSecret/secret").to_owned();
    let own = desk.app.municipal_reporter("410100").await;
    record(&own, "410102").await;
    desk.app.send_webhooks().await;
    let came = desk.receiver.take();
    assert!(came[0].is_signed_with(&old) && came[0].is_signed_with(&new));
    desk.app.advance(Duration::hours(25));
    desk.act("testWebhook", &id).await;
    desk.app.send_webhooks().await;
    let came = desk.receiver.take();
    assert_eq!(came[0].body()["type"], "webhook.test");
    assert!(!came[0].is_signed_with(&old) && came[0].is_signed_with(&new));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_change_says_which_version_it_knew(#[values(Sqlite, Postgres)] backend: Backend) {
    let desk = Desk::open(backend).await;
    let (id, _) = desk.make(json!({})).await;
    let update = async |version: i32, name: &str| {
        let input = json!({ "webhookId": id, "expectedVersion": version, "name": name,
            "types": ["MEASUREMENT"] });
        let fields = "webhook { name types version }";
        desk.security.change("updateWebhook", input, fields).await
    };
    let done = update(1, "新名").await;
    assert_eq!(done.user_errors("updateWebhook"), [""; 0]);
    let webhook = done.at("/updateWebhook/webhook");
    assert_eq!(
        webhook,
        &json!({ "name": "新名", "types": ["MEASUREMENT"], "version": 2 })
    );
    let stale = update(1, "旧名").await;
    assert_eq!(
        stale.user_errors("updateWebhook"),
        ["CONFLICT at expectedVersion"]
    );
    let input = json!({ "webhookId": id, "expectedVersion": 2 });
    let gone = desk
        .security
        .change("removeWebhook", input, "account { webhooks { id } }")
        .await;
    assert_eq!(gone.user_errors("removeWebhook"), [""; 0]);
    assert_eq!(gone.list("/removeWebhook/account/webhooks").len(), 0);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_repeat_of_a_request_makes_one_webhook(#[values(Sqlite, Postgres)] backend: Backend) {
    let desk = Desk::open(backend).await;
    let ask = || desk.ask(json!({ "idempotencyKey": "the-same-key" }));
    let all = futures_util::future::join_all((0..6).map(|_| ask())).await;
    let shown = all
        .iter()
        .filter(|one| one.at("/createWebhook/secret") != &Value::Null);
    assert_eq!(shown.count(), 1);
    let count = "SELECT COUNT(*) FROM webhook";
    assert_eq!(sql::number(&desk.app, count).await, 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn many_webhooks_are_listed_by_as_many_statements_as_one(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    let query = "{ accounts(first: 50, filter: { isService: true }) { edges { node {
        webhooks { name lastDelivery { action state } } } } } }";
    let read = async || {
        let mut least = u64::MAX;
        let mut newest = Vec::new();
        for _ in 0..2 {
            let (found, cost) = desk.app.counting(desk.security.ask(query)).await;
            least = least.min(cost);
            newest = found.list("/accounts/edges/0/node/webhooks").to_vec();
        }
        (newest, least)
    };
    let (first, _) = desk.make(json!({ "name": "甲" })).await;
    desk.act("testWebhook", &first).await;
    let (_, one) = read().await;
    for name in ["乙", "丙", "丁"] {
        let (id, _) = desk.make(json!({ "name": name })).await;
        desk.act("testWebhook", &id).await;
        desk.act("testWebhook", &id).await;
    }
    desk.app.send_webhooks().await;
    desk.make(json!({ "name": "戊" })).await;
    let (all, many) = read().await;
    assert_eq!(many, one);
    let told = |one: &Value| one["lastDelivery"]["state"].clone();
    let states: Vec<Value> = all.iter().map(told).collect();
    let sent = json!("DELIVERED");
    let expected = [&Value::Null, &sent, &sent, &sent, &sent];
    assert_eq!(states.iter().collect::<Vec<_>>(), expected);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_is_found_by_whoever_manages_its_account(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    let (id, _) = desk.make(json!({})).await;
    let query = "query($id: ID!) { webhook(id: $id) { name account { login } } }";
    let asked = json!({ "id": id });
    let found = desk.security.ask_with(query, asked.clone()).await;
    assert_eq!(found.text("/webhook/account/login"), "zhengzhou-platform");
    let far = (Role::SecurityAdmin, "410300", Reach::Subtree);
    let far = desk.app.person("luoyang-security", far).await;
    let hidden = far.ask_with(query, asked.clone()).await;
    assert_eq!(hidden.at("/webhook"), &Value::Null);
    let officer = desk.app.officer().await.ask_with(query, asked).await;
    assert_eq!(officer.codes(), ["FORBIDDEN"]);
}
