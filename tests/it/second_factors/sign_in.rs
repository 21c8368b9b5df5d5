//! The second step of a sign-in.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    TestApp,
};
use rstest::rstest;
use serde_json::json;
use time::Duration;

use super::{challenge, enrol, first_step, second_step};
use crate::sql;

const STEP: Duration = Duration::seconds(30);

#[rstest]
#[tokio::test]
async fn after_the_password_a_code_is_asked_for_and_each_is_good_once(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let head = sql::audit_head(&app).await;
    let (phone, _) = enrol(&app, &app.viewer().await).await;
    let used = phone.code(&app, 0);
    let waiting = first_step(&app, "viewer").await;
    assert_eq!(
        waiting.user_errors("signIn"),
        ["SECOND_FACTOR_REQUIRED at "]
    );
    assert!(waiting.at("/signIn/accessToken").is_null());
    assert!(waiting.at("/signIn/viewer").is_null());
    assert_eq!(waiting.header("set-cookie"), "", "no session yet");
    assert_eq!(waiting.text("/signIn/challenge/step"), "CODE");
    let token = waiting.text("/signIn/challenge/token");
    for code in [
        used.as_str(),
        "000000",
        "",
        "not a code",
        &phone.code(&app, 2),
    ] {
        let refused = second_step(&app, token, code).await;
        let told = refused.user_errors("signInSecondFactor");
        assert_eq!(told, ["SECOND_FACTOR_WRONG at code"], "{code}");
        assert_eq!(refused.header("set-cookie"), "");
        app.advance(Duration::seconds(2));
    }
    app.advance(STEP);
    let code = phone.code(&app, 0);
    let spaced = format!(" {} {} ", &code[..3], &code[3..]);
    let right = second_step(&app, token, &spaced).await;
    assert_eq!(right.user_errors("signInSecondFactor"), [""; 0]);
    assert_eq!(
        right.text("/signInSecondFactor/viewer/account/login"),
        "viewer"
    );
    assert!(right.header("set-cookie").starts_with("duban_refresh="));

    let again = second_step(&app, token, &phone.code(&app, 1)).await;
    let over = again.user_errors("signInSecondFactor");
    assert_eq!(
        over,
        ["SIGN_IN_OVER at challenge"],
        "a challenge is good once"
    );
    let other = challenge(&app, "viewer").await;
    let reused = second_step(&app, &other, &code).await;
    assert_eq!(
        reused.user_errors("signInSecondFactor"),
        ["SECOND_FACTOR_WRONG at code"]
    );
    assert_eq!(
        sql::audit_after(&app, head).await,
        [
            "session.started",
            "second_factor.started",
            "second_factor.enrolled",
            "second_factor.asked",
            "session.started",
            "second_factor.asked",
        ]
    );
    let refused = sql::refused_after(&app, head).await;
    assert_eq!(refused, ["signInSecondFactor"; 6]);
}

#[rstest]
#[tokio::test]
async fn a_code_of_the_step_before_or_after_is_taken_but_none_older(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (phone, _) = enrol(&app, &app.viewer().await).await;
    app.advance(STEP * 10);
    let token = challenge(&app, "viewer").await;
    for moved in [-2, 2] {
        let refused = second_step(&app, &token, &phone.code(&app, moved)).await;
        let told = refused.user_errors("signInSecondFactor");
        assert_eq!(told, ["SECOND_FACTOR_WRONG at code"], "{moved}");
    }
    let taken = second_step(&app, &token, &phone.code(&app, 1)).await;
    assert_eq!(taken.user_errors("signInSecondFactor"), [""; 0]);
    let token = challenge(&app, "viewer").await;
    let earlier = second_step(&app, &token, &phone.code(&app, 0)).await;
    assert_eq!(
        earlier.user_errors("signInSecondFactor"),
        ["SECOND_FACTOR_WRONG at code"],
        "none before one that was spent"
    );
}

#[rstest]
#[tokio::test]
async fn a_sign_in_waits_five_minutes(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let (phone, _) = enrol(&app, &app.viewer().await).await;
    let token = challenge(&app, "viewer").await;
    app.advance(Duration::minutes(5));
    for token in [token.as_str(), "unknown", &"A".repeat(43)] {
        let over = second_step(&app, token, &phone.code(&app, 0)).await;
        assert_eq!(
            over.user_errors("signInSecondFactor"),
            ["SIGN_IN_OVER at challenge"]
        );
    }
}

#[rstest]
#[tokio::test]
async fn a_recovery_code_is_good_once(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let viewer = app.viewer().await;
    let (_, codes) = enrol(&app, &viewer).await;
    assert_eq!(codes.len(), 10);
    let head = sql::audit_head(&app).await;
    let token = challenge(&app, "viewer").await;
    let typed = codes[3].replace('-', "").to_lowercase();
    let taken = second_step(&app, &token, &typed).await;
    assert_eq!(taken.user_errors("signInSecondFactor"), [""; 0]);
    assert_eq!(
        sql::audit_after(&app, head).await,
        [
            "second_factor.asked",
            "second_factor.used_recovery_code",
            "session.started"
        ]
    );
    let left = viewer
        .ask("{ viewer { secondFactor { recoveryCodesLeft } } }")
        .await;
    assert_eq!(left.number("/viewer/secondFactor/recoveryCodesLeft"), 9);
    let token = challenge(&app, "viewer").await;
    let again = second_step(&app, &token, &codes[3]).await;
    assert_eq!(
        again.user_errors("signInSecondFactor"),
        ["SECOND_FACTOR_WRONG at code"]
    );
    let other = second_step(&app, &token, &codes[4]).await;
    assert_eq!(other.user_errors("signInSecondFactor"), [""; 0]);
}

#[rstest]
#[tokio::test]
async fn guesses_are_slowed_down_and_the_right_password_does_not_clear_them(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (phone, _) = enrol(&app, &app.viewer().await).await;
    app.advance(STEP * 2);
    for _ in 0..6 {
        // The failures of the address run out of time; those of the account do not.
        app.advance(Duration::seconds(20));
        let token = challenge(&app, "viewer").await;
        let refused = second_step(&app, &token, "000000").await;
        assert_eq!(
            refused.user_errors("signInSecondFactor"),
            ["SECOND_FACTOR_WRONG at code"]
        );
    }
    let known =
        "SELECT CAST(failures AS BIGINT) FROM sign_in_failure WHERE subject LIKE 'factor:%'";
    assert_eq!(sql::number(&app, known).await, 6);
    // No more than the wait after the sixth, whatever the password.
    let input = json!({ "account": "viewer", "password": super::PASSWORD });
    let waiting = app
        .anonymous()
        .change("signIn", input, "challenge { token } accessToken")
        .await;
    assert_eq!(
        waiting.user_errors("signIn"),
        ["SIGN_IN_THROTTLED at "],
        "the address waits as well"
    );
    app.advance(Duration::minutes(15));
    let token = challenge(&app, "viewer").await;
    let right = second_step(&app, &token, &phone.code(&app, 0)).await;
    assert_eq!(right.user_errors("signInSecondFactor"), [""; 0]);
    assert_eq!(
        sql::texts(&app, "SELECT subject FROM sign_in_failure").await,
        [""; 0]
    );
}
