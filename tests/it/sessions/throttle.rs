//! Failed sign-ins slow further ones down.

use std::collections::BTreeMap;

use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Content, TestApp,
};
use rstest::rstest;
use time::Duration;

use super::{PASSWORD, sign_in};
use crate::sql;

const WRONG: &str = "not-the-password";

/// A server that believes one proxy, so that callers come from where a test says.
async fn behind_a_proxy(backend: Backend) -> TestApp {
    TestApp::start_with(backend, Content::Organisation, |settings| {
        settings.trusted_proxy_hops = 1;
    })
    .await
}

/// What came of an attempt: signed in, refused, or seconds to wait.
fn verdict(answer: &Answer) -> String {
    match answer.user_errors("signIn").first().map(String::as_str) {
        None => "in".to_owned(),
        Some("SIGN_IN_THROTTLED at ") => answer
            .text("/signIn/userErrors/0/figures/0/value")
            .to_owned(),
        Some(_) => "refused".to_owned(),
    }
}

async fn attempt(app: &TestApp, login: &str, password: &str, address: &str) -> String {
    let headers = [("x-forwarded-for", address)];
    verdict(&sign_in(app, (login, password), &headers).await)
}

#[rstest]
#[tokio::test]
async fn an_account_has_five_attempts_and_then_growing_waits(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = behind_a_proxy(backend).await;
    // Each attempt comes from elsewhere, so that the account alone is counted.
    for last in 1..=5 {
        let address = format!("203.0.113.{last}");
        assert_eq!(attempt(&app, "officer", WRONG, &address).await, "refused");
    }
    let elsewhere = "198.51.100.1";
    for (wait, at) in [(1, 1), (2, 2), (4, 4), (8, 8)] {
        let found = attempt(&app, "officer", PASSWORD, elsewhere).await;
        assert_eq!(found, wait.to_string(), "even with the right password");
        app.advance(Duration::seconds(at));
        let address = format!("198.51.100.{}", 10 + at);
        assert_eq!(attempt(&app, "officer", WRONG, &address).await, "refused");
    }
    assert_eq!(attempt(&app, "leader", PASSWORD, elsewhere).await, "in");
    app.advance(Duration::seconds(16));
    assert_eq!(attempt(&app, "officer", PASSWORD, elsewhere).await, "in");
    for last in 1..=5 {
        let address = format!("192.0.2.{last}");
        let found = attempt(&app, "officer", WRONG, &address).await;
        assert_eq!(found, "refused", "a success clears the count");
    }
}

#[rstest]
#[tokio::test]
async fn accounts_that_do_not_exist_are_throttled_alike(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = behind_a_proxy(backend).await;
    let mut found = Vec::new();
    for login in ["officer", "nobody-here"] {
        let mut verdicts = Vec::new();
        for last in 1..=6 {
            let address = format!("203.0.{}.{last}", login.len());
            verdicts.push(attempt(&app, login, WRONG, &address).await);
        }
        found.push(verdicts);
    }
    assert_eq!(found[0], found[1]);
    assert_eq!(found[0][5], "1");
}

#[rstest]
#[tokio::test]
async fn an_address_has_five_attempts_over_all_accounts(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = behind_a_proxy(backend).await;
    for number in 1..=5 {
        let login = format!("nobody-{number}");
        assert_eq!(attempt(&app, &login, WRONG, "203.0.113.9").await, "refused");
    }
    assert_eq!(attempt(&app, "officer", PASSWORD, "203.0.113.9").await, "1");
    assert_eq!(
        attempt(&app, "officer", PASSWORD, "203.0.113.10").await,
        "in"
    );
    app.advance(Duration::seconds(1));
    assert_eq!(attempt(&app, "leader", PASSWORD, "203.0.113.9").await, "in");
    assert_eq!(
        attempt(&app, "nobody-6", WRONG, "203.0.113.9").await,
        "refused"
    );
}

#[rstest]
#[tokio::test]
async fn attempts_at_the_same_moment_are_not_all_free(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = behind_a_proxy(backend).await;
    let addresses: Vec<String> = (1..=12).map(|last| format!("203.0.113.{last}")).collect();
    let mut verdicts: BTreeMap<String, usize> = BTreeMap::new();
    let all = addresses
        .iter()
        .map(|address| attempt(&app, "officer", WRONG, address));
    for found in futures_util::future::join_all(all).await {
        *verdicts.entry(found).or_default() += 1;
    }
    assert_eq!(verdicts["refused"], 5, "{verdicts:?}");
    assert_eq!(verdicts["1"], 7, "{verdicts:?}");
}

#[rstest]
#[tokio::test]
async fn the_longest_wait_is_a_quarter_of_an_hour_and_failures_are_forgotten(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = behind_a_proxy(backend).await;
    attempt(&app, "officer", WRONG, "203.0.113.1").await;
    let sql = "UPDATE sign_in_failure SET failures = 40 WHERE subject = 'account:officer'";
    sql::run(&app, sql).await;
    attempt(&app, "officer", WRONG, "203.0.113.2").await;
    assert_eq!(
        attempt(&app, "officer", PASSWORD, "203.0.113.3").await,
        "900"
    );
    app.advance(Duration::hours(1) + Duration::seconds(1));
    assert_eq!(
        attempt(&app, "leader", WRONG, "203.0.113.4").await,
        "refused"
    );
    let subjects = "SELECT subject FROM sign_in_failure ORDER BY subject";
    assert_eq!(
        sql::texts(&app, subjects).await,
        ["account:leader", "address:203.0.113.4"],
        "old failures leave no row behind"
    );
    assert_eq!(
        attempt(&app, "officer", PASSWORD, "203.0.113.3").await,
        "in"
    );
}
