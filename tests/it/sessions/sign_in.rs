//! Signing in: the right password, and everything else, which all looks the same.

use std::time::{Duration as StdDuration, Instant};

use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Content, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use super::{PASSWORD, refresh_token, send, sign_in, who};
use crate::sql;

#[rstest]
#[tokio::test]
async fn the_right_password_gives_an_access_token_and_a_cookie(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let head = sql::audit_head(&app).await;
    let answer = sign_in(&app, (" officer ", PASSWORD), &[]).await;
    assert_eq!(answer.text("/signIn/viewer/account/login"), "officer");
    assert_eq!(answer.text("/signIn/expiresAt"), "2025-03-17T01:35:00Z");
    assert_eq!(answer.user_errors("signIn"), [""; 0]);
    let cookie = answer.header("set-cookie");
    let secret = refresh_token(&answer).expect("a refresh cookie");
    assert_eq!(
        cookie,
        format!("duban_refresh={secret}; HttpOnly; SameSite=Strict; Path=/; Max-Age=28800")
    );
    assert_eq!(secret.len(), 43, "256 bits");
    assert!(
        !answer.body().contains(&secret),
        "for scripts it is not there"
    );
    let me = who(&app, answer.text("/signIn/accessToken")).await;
    assert_eq!(me.text("/viewer/account/login"), "officer");
    assert_eq!(sql::audit_after(&app, head).await, ["session.started"]);
}

#[rstest]
#[tokio::test]
async fn with_https_the_cookie_is_bound_to_the_host() {
    let app = TestApp::start_with(Sqlite, Content::Organisation, |settings| {
        settings.public_url = "https://duban.example.org".to_owned();
    })
    .await;
    let answer = sign_in(&app, ("officer", PASSWORD), &[]).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-duban_refresh="), "{cookie}");
    for attribute in ["Secure", "HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.split("; ").any(|one| one == attribute), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    let secret = refresh_token(&answer).expect("a refresh cookie");
    let query = ("mutation { refreshSession { accessToken } }", json!({}));
    let plain = format!("duban_refresh={secret}");
    let refused = send(&app, query.clone(), &[("cookie", &plain)]).await;
    assert!(refused.at("/refreshSession/accessToken").is_null());
    let bound = format!("__Host-duban_refresh={secret}");
    let taken = send(&app, query, &[("cookie", &bound)]).await;
    assert!(taken.at("/refreshSession/accessToken").is_string());
}

/// What a refusal shows, without what differs from request to request.
fn shown(answer: &Answer) -> (u16, Value, String) {
    let body = answer.json()["data"].clone();
    (
        answer.status(),
        body,
        answer.header("set-cookie").to_owned(),
    )
}

#[rstest]
#[tokio::test]
async fn every_refusal_looks_the_same(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let identity = app.app().identity();
    identity.disable_account("viewer").await.unwrap();
    let elsewhere = [("x-forwarded-for", "203.0.113.9")];
    let mut answers = Vec::new();
    for (login, password, headers) in [
        ("nobody-here", PASSWORD, &[][..]),
        ("officer", "not-the-password", &[]),
        ("viewer", PASSWORD, &[]),
        ("demo-officer", "yanshi-duban-2025", &elsewhere),
        ("officer\u{0}", PASSWORD, &[]),
    ] {
        app.advance(Duration::hours(2));
        answers.push(shown(&sign_in(&app, (login, password), headers).await));
    }
    let refused = json!({ "signIn": {
        "accessToken": null, "expiresAt": null, "viewer": null,
        "userErrors": [{
            "code": "SIGN_IN_REFUSED", "path": [], "figures": [],
            "message": "账号或密码不正确。",
        }],
    }});
    for answer in answers {
        assert_eq!(answer, (200, refused.clone(), String::new()));
    }
    app.advance(Duration::hours(2));
    let english = app.anonymous().speaking("en");
    let answer = english.try_sign_in("nobody-here", PASSWORD).await;
    let message = answer.text("/signIn/userErrors/0/message");
    assert_eq!(message, "The account or the password is wrong.");
}

/// The shortest of several tries, which the rest of the machine disturbs least.
async fn fastest(app: &TestApp, login: &str) -> StdDuration {
    let mut best = StdDuration::MAX;
    for _ in 0..5 {
        app.advance(Duration::hours(2));
        let began = Instant::now();
        let answer = sign_in(app, (login, "not-the-password"), &[]).await;
        best = best.min(began.elapsed());
        assert_eq!(answer.user_errors("signIn"), ["SIGN_IN_REFUSED at "]);
    }
    best
}

#[tokio::test]
async fn an_account_that_does_not_exist_costs_as_much_time() {
    let app = TestApp::start_without_plan(Sqlite).await;
    let known = fastest(&app, "officer").await;
    let unknown = fastest(&app, "nobody-here").await;
    assert!(
        unknown * 2 > known && known * 2 > unknown,
        "known {known:?}, unknown {unknown:?}"
    );
}

#[rstest]
#[case::behind_a_proxy(&[("x-forwarded-for", "127.0.0.1")])]
#[case::of_another_name(&[("host", "duban.example.org")])]
#[case::behind_another_proxy(&[("forwarded", "for=127.0.0.1")])]
#[tokio::test]
async fn demo_accounts_are_for_this_machine_alone(#[case] headers: &[(&str, &str)]) {
    let app = TestApp::start(Sqlite).await;
    let demo = ("demo-officer", "yanshi-duban-2025");
    let listed = ("{ instance { demoAccounts { login } } }", json!({}));
    let here = sign_in(&app, demo, &[]).await;
    assert_eq!(here.text("/signIn/viewer/account/login"), "demo-officer");
    let accounts = send(&app, listed.clone(), &[]).await;
    assert!(!accounts.list("/instance/demoAccounts").is_empty());
    let answer = sign_in(&app, demo, headers).await;
    assert_eq!(answer.user_errors("signIn"), ["SIGN_IN_REFUSED at "]);
    let accounts = send(&app, listed, headers).await;
    assert_eq!(accounts.list("/instance/demoAccounts"), [""; 0]);
}
