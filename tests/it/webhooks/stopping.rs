//! Whoever manages a webhook is told when it stops.

use duban_domain::access::{Reach, Role};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use super::{Desk, record};
use crate::sql;

const TOLD: &str = "{ viewer { notifications(first: 50) { edges { node {
    kind phase field sentence path taskCode dueOn } } } } }";

/// What somebody was told of webhooks, the newest first.
async fn told(who: &Person) -> Vec<Value> {
    let answer = who.ask(TOLD).await;
    let edges = answer.list("/viewer/notifications/edges").iter();
    let all = edges.map(|edge| edge["node"].clone());
    all.filter(|one| one["kind"] == "WEBHOOK_STOPPED").collect()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn who_made_a_webhook_is_told_once_each_time_that_it_stops(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    let near = (Role::SecurityAdmin, "410100", Reach::Itself);
    let near = desk.app.person("zhengzhou-security", near).await;
    let (id, _) = desk.make(json!({})).await;
    let own = desk.app.municipal_reporter("410100").await;
    record(&own, "410102").await;
    desk.receiver.answers(410, &[]);
    desk.app.send_webhooks().await;
    desk.app.send_webhooks().await;

    let found = told(&desk.security).await;
    let [one] = found.as_slice() else {
        panic!("told once: {found:?}");
    };
    assert_eq!(one["field"], "WEBHOOK");
    assert_eq!(
        one["path"],
        format!("/integrations?tab=webhooks&webhook={id}")
    );
    assert_eq!(
        (&one["taskCode"], &one["dueOn"]),
        (&json!(""), &Value::Null)
    );
    assert_eq!(
        one["sentence"],
        "「郑州填报平台」的推送「平台」接收方已注销，已停用，请检查接收方后恢复。"
    );
    assert!(told(&near).await.is_empty(), "who made it sees to it");
    assert!(told(&own).await.is_empty());

    desk.act("resumeWebhook", &id).await;
    desk.app.send_webhooks().await;
    let english = desk.app.sign_in("security-admin").await.speaking("en");
    let found = told(&english).await;
    assert_eq!(found.len(), 1, "it was not due again: {found:?}");
    desk.app.advance(Duration::hours(1));
    desk.app.send_webhooks().await;
    let english = desk.app.sign_in("security-admin").await.speaking("en");
    let found = told(&english).await;
    assert_eq!(found.len(), 2, "it stopped a second time: {found:?}");
    assert_eq!(
        found[0]["sentence"],
        "The webhook “平台” of “郑州填报平台” was disabled because its receiver is gone: \
         see to its receiver and resume it."
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn where_the_maker_manages_it_no_more_those_who_do_are_told(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    for (login, place) in [
        ("zhengzhou-security", "410100"),
        ("luoyang-security", "410300"),
    ] {
        let grant = (Role::SecurityAdmin, place, Reach::Itself);
        desk.app.person(login, grant).await;
    }
    desk.make(json!({})).await;
    sql::run(
        &desk.app,
        "UPDATE role_grant SET department_id = (SELECT id FROM department WHERE code = '410300')
         WHERE account_id = (SELECT id FROM account WHERE login = 'security-admin')",
    )
    .await;
    let own = desk.app.municipal_reporter("410100").await;
    record(&own, "410102").await;
    desk.receiver.answers(500, &[]);
    desk.app.send_webhooks().await;
    let near = desk.app.sign_in("zhengzhou-security").await;
    assert!(told(&near).await.is_empty(), "it is tried again");
    desk.app.advance(Duration::days(6));
    desk.app.send_webhooks().await;
    for (login, count) in [
        ("zhengzhou-security", 1),
        ("luoyang-security", 0),
        ("security-admin", 0),
        ("system-admin", 0),
    ] {
        let person = desk.app.sign_in(login).await;
        let found = told(&person).await;
        assert_eq!(found.len(), count, "{login}: {found:?}");
        for one in found {
            assert_eq!(
                one["sentence"],
                "「郑州填报平台」的推送「平台」连续失败五天，已停用，请检查接收方后恢复。"
            );
        }
    }
}
