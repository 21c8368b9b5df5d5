//! Continuing a session: rotation, reuse, ends.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    TestApp,
};
use rstest::rstest;
use serde_json::json;
use time::Duration;

use super::{SIGN_OUT, is_over, opens, refresh, refresh_token, send, signed_in, successor};
use crate::sql;

#[rstest]
#[tokio::test]
async fn a_refresh_gives_a_new_pair_and_keeps_the_session(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (_, first) = signed_in(&app, "officer").await;
    app.advance(Duration::minutes(20));
    let answer = refresh(&app, &first, &[]).await;
    let account = answer.text("/refreshSession/viewer/account/login");
    assert_eq!(account, "officer");
    let expires = answer.text("/refreshSession/expiresAt");
    assert_eq!(expires, "2025-03-17T01:55:00Z");
    let second = refresh_token(&answer).expect("a refresh cookie");
    assert_ne!(first, second);
    assert!(opens(&app, answer.text("/refreshSession/accessToken")).await);
    assert_eq!(sql::number(&app, "SELECT COUNT(*) FROM session").await, 1);
    let stored = "SELECT COUNT(*) FROM refresh_token WHERE length(hash) = 32";
    assert_eq!(sql::number(&app, stored).await, 2);
}

#[rstest]
#[tokio::test]
async fn a_spent_token_that_comes_again_ends_the_whole_family(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (_, first) = signed_in(&app, "officer").await;
    let (other_access, other) = signed_in(&app, "officer").await;
    let (access, second) = successor(&app, &first).await;
    app.advance(Duration::seconds(11));
    let head = sql::audit_head(&app).await;
    let answer = refresh(&app, &first, &[]).await;
    assert!(answer.at("/refreshSession/accessToken").is_null());
    assert!(answer.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(sql::audit_after(&app, head).await, ["session.token_reused"]);
    assert!(
        is_over(&app, &second).await,
        "whoever has the successor too"
    );
    assert!(!opens(&app, &access).await, "and at once");
    assert!(opens(&app, &other_access).await, "other sessions go on");
    assert!(!is_over(&app, &other).await);
}

#[rstest]
#[tokio::test]
async fn within_ten_seconds_the_same_client_gets_the_same_successor(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (_, first) = signed_in(&app, "officer").await;
    let (_, second) = successor(&app, &first).await;
    app.advance(Duration::seconds(10));
    let (access, again) = successor(&app, &first).await;
    assert_eq!(again, second);
    assert!(opens(&app, &access).await);
    let (_, third) = successor(&app, &second).await;
    assert_ne!(third, second);
}

#[rstest]
#[tokio::test]
async fn two_tabs_that_refresh_at_once_both_go_on(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let (_, first) = signed_in(&app, "officer").await;
    let all = (0..4).map(|_| successor(&app, &first));
    let found = futures_util::future::join_all(all).await;
    assert!(found.iter().all(|(_, token)| *token == found[0].1));
    assert!(!is_over(&app, &found[0].1).await);
}

#[rstest]
#[tokio::test]
async fn another_client_gets_no_second_answer(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let (_, first) = signed_in(&app, "officer").await;
    let (_, second) = successor(&app, &first).await;
    let thief = refresh(&app, &first, &[("user-agent", "another client")]).await;
    assert!(thief.at("/refreshSession/accessToken").is_null());
    assert!(is_over(&app, &second).await);
}

#[rstest]
#[tokio::test]
async fn only_the_direct_predecessor_is_answered_again(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (_, first) = signed_in(&app, "officer").await;
    let (_, second) = successor(&app, &first).await;
    let (_, third) = successor(&app, &second).await;
    assert!(is_over(&app, &first).await);
    assert!(is_over(&app, &third).await, "the family is ended");
}

#[rstest]
#[tokio::test]
async fn a_session_ends_when_it_is_idle(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let (_, first) = signed_in(&app, "officer").await;
    app.advance(Duration::hours(8) - Duration::seconds(1));
    let (_, second) = successor(&app, &first).await;
    app.advance(Duration::hours(8));
    assert!(is_over(&app, &second).await);
}

#[rstest]
#[tokio::test]
async fn a_session_ends_after_a_week_whatever_is_done(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (_, mut token) = signed_in(&app, "officer").await;
    for _ in 0..23 {
        app.advance(Duration::hours(7));
        (_, token) = successor(&app, &token).await;
    }
    app.advance(Duration::hours(7) - Duration::minutes(2));
    let answer = refresh(&app, &token, &[]).await;
    let access = answer.text("/refreshSession/accessToken").to_owned();
    assert!(answer.header("set-cookie").contains("Max-Age=120"));
    assert!(opens(&app, &access).await);
    let token = refresh_token(&answer).expect("a refresh cookie");
    app.advance(Duration::minutes(2));
    assert!(is_over(&app, &token).await);
    // What was found out about the token is remembered for at most a second.
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    assert!(!opens(&app, &access).await, "the access token ends with it");
}

#[rstest]
#[tokio::test]
async fn signing_out_ends_the_session_at_once(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let (access, first) = signed_in(&app, "officer").await;
    let (_, other) = signed_in(&app, "officer").await;
    assert!(opens(&app, &access).await);
    let head = sql::audit_head(&app).await;
    let cookie = format!("duban_refresh={first}");
    for _ in 0..2 {
        let answer = send(&app, (SIGN_OUT, json!({})), &[("cookie", &cookie)]).await;
        assert_eq!(answer.user_errors("signOut"), [""; 0]);
        assert_eq!(
            answer.header("set-cookie"),
            "duban_refresh=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0"
        );
    }
    assert_eq!(sql::audit_after(&app, head).await, ["session.ended"]);
    assert!(!opens(&app, &access).await);
    assert!(is_over(&app, &first).await);
    assert!(!is_over(&app, &other).await);
}

#[rstest]
#[tokio::test]
async fn signing_out_without_a_cookie_ends_the_session_of_the_access_token(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (access, first) = signed_in(&app, "officer").await;
    let bearer = format!("Bearer {access}");
    send(&app, (SIGN_OUT, json!({})), &[("authorization", &bearer)]).await;
    assert!(!opens(&app, &access).await);
    assert!(is_over(&app, &first).await);
}

#[rstest]
#[tokio::test]
async fn an_account_has_ten_sessions_and_the_oldest_goes(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let mut all = Vec::new();
    for _ in 0..11 {
        all.push(signed_in(&app, "officer").await);
        app.advance(Duration::seconds(1));
    }
    assert!(!opens(&app, &all[0].0).await);
    assert!(is_over(&app, &all[0].1).await);
    for (access, _) in &all[1..] {
        assert!(opens(&app, access).await);
    }
}

#[rstest]
#[case::nothing("")]
#[case::not_ours("c2Vzc2lvbg")]
#[case::made_up("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
#[tokio::test]
async fn a_made_up_cookie_continues_nothing(#[case] token: &str) {
    let app = TestApp::start_without_plan(Sqlite).await;
    assert!(is_over(&app, token).await);
}
