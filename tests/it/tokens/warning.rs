//! Whoever manages tokens is told before one ends, and of one that nobody uses.

use duban_app::jobs;
use duban_domain::access::{Reach, Role};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use super::Desk;
use crate::sql;

const TOLD: &str = "{ viewer { notifications(first: 50) { edges { node {
    kind phase field sentence path taskCode dueOn } } } } }";

/// What somebody was told, the newest first.
async fn told(who: &Person) -> Vec<Value> {
    let answer = who.ask(TOLD).await;
    let edges = answer.list("/viewer/notifications/edges").iter();
    edges.map(|edge| edge["node"].clone()).collect()
}

/// Lets days go by, and says after how many of them how many people were newly told.
async fn pass(desk: &Desk, days: i64) -> Vec<(i64, u64)> {
    let mut heard = Vec::new();
    for day in 1..=days {
        desk.app.advance(Duration::DAY);
        for is_first in [true, false] {
            let round = jobs::run_once(desk.app.app()).await;
            let count = round.expect("a round of jobs").reminders;
            assert!(is_first || count == 0, "a second round says nothing");
            if count > 0 {
                heard.push((day, count));
            }
        }
    }
    heard
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_a_token_is_told_three_times_to_those_who_manage_it(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    let near = (Role::SecurityAdmin, "410100", Reach::Itself);
    desk.app.person("zhengzhou-security", near).await;
    let far = (Role::SecurityAdmin, "410300", Reach::Subtree);
    desk.app.person("luoyang-security", far).await;
    desk.issue(json!({ "expiresOn": "2025-04-29" })).await;
    let (gone, _) = desk.issue(json!({ "expiresOn": "2025-04-29" })).await;
    let input = json!({ "tokenId": gone });
    let revoked = desk
        .security
        .change("revokeApiToken", input, "apiToken { id }")
        .await;
    assert_eq!(revoked.user_errors("revokeApiToken"), [""; 0]);

    // From Wednesday the 2nd on: three people, one of the demo, on Tuesday the 15th, on the 22nd and on
    // Monday the 28th.
    assert_eq!(pass(&desk, 32).await, [(14, 3), (21, 3), (27, 3)]);
    for (login, count) in [
        ("security-admin", 3),
        ("zhengzhou-security", 3),
        ("luoyang-security", 0),
        ("system-admin", 0),
    ] {
        let person = desk.app.sign_in(login).await;
        let told = told(&person).await;
        assert_eq!(told.len(), count, "{login}: {told:?}");
        for one in told {
            assert_eq!(one["kind"], "TOKEN_ENDING");
            assert_eq!(one["field"], "TOKEN");
            assert_eq!(one["path"], "/integrations?account=zhengzhou-platform");
            assert_eq!(one["dueOn"], "2025-04-29");
            assert_eq!(one["taskCode"], "");
            let sentence = one["sentence"].as_str().unwrap_or_default();
            assert!(
                sentence.starts_with("「郑州填报平台」的令牌「月报程序」（")
                    && sentence.ends_with("有效期至2025年4月29日，请及时换发。"),
                "{sentence}"
            );
        }
    }
    let english = desk.app.sign_in("security-admin").await.speaking("en");
    let sentence = told(&english).await[0]["sentence"].clone();
    let sentence = sentence.as_str().unwrap_or_default();
    assert!(
        sentence.starts_with("The token “月报程序” (")
            && sentence.ends_with("is good until 29 April 2025: replace it in time."),
        "{sentence}"
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_has_a_successor_is_not_warned_of(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    let (old, _) = desk.issue(json!({ "expiresOn": "2025-04-29" })).await;
    desk.issue(json!({ "replaces": old })).await;
    let heard = pass(&desk, 32).await;
    assert!(heard.is_empty(), "the new one lives for 90 days: {heard:?}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_nobody_uses_for_sixty_days_is_told_of_once(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    let long = json!({ "expiresOn": "2026-03-31" });
    let (_, secret) = desk.issue(long.clone()).await;
    desk.issue(long).await;
    let early = pass(&desk, 10).await;
    assert!(early.is_empty(), "{early:?}");
    let used = desk
        .bearer(&secret)
        .ask("{ viewer { account { login } } }")
        .await;
    assert_eq!(used.status(), 200);
    // The one that was never used, on the first working day from the sixtieth on.
    let heard = pass(&desk, 58).await;
    let [(day, 2)] = heard[..] else {
        panic!("{heard:?}");
    };
    assert!((50..=54).contains(&day), "{day}");
    let security = desk.app.sign_in("security-admin").await;
    let one = &told(&security).await[0];
    assert_eq!(
        (&one["kind"], &one["dueOn"]),
        (&json!("TOKEN_UNUSED"), &Value::Null)
    );
    let sentence = one["sentence"].as_str().unwrap_or_default();
    assert!(
        sentence.contains("自2025年4月1日起已60天未使用"),
        "{sentence}"
    );
    // The other one sixty days after it was used.
    let heard = pass(&desk, 8).await;
    assert_eq!(
        heard.iter().map(|(_, count)| count).sum::<u64>(),
        2,
        "{heard:?}"
    );
    let security = desk.app.sign_in("security-admin").await;
    let since: Vec<bool> = told(&security)
        .await
        .iter()
        .filter_map(|one| Some(one["sentence"].as_str()?.contains("自2025年4月11日起")))
        .collect();
    assert_eq!(since, [true, false]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn who_manages_tokens_no_more_reads_no_warning_of_them(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    desk.issue(json!({ "expiresOn": "2025-04-29" })).await;
    pass(&desk, 14).await;
    let security = desk.app.sign_in("security-admin").await;
    assert_eq!(told(&security).await.len(), 1);
    sql::run(
        &desk.app,
        "UPDATE role_grant SET department_id = (SELECT id FROM department WHERE code = '410300')
         WHERE account_id = (SELECT id FROM account WHERE login = 'security-admin')",
    )
    .await;
    let security = desk.app.sign_in("security-admin").await;
    assert!(told(&security).await.is_empty());
}
