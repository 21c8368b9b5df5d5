//! One's own password and sessions, and what one is told at sign-in.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    TestApp,
};
use rstest::rstest;
use serde_json::json;
use time::Duration;

use super::{OTHER, PASSWORD};
use crate::sql;

const SESSIONS: &str =
    "{ viewer { sessions { id client address startedAt lastUsedAt isCurrent } } }";

#[rstest]
#[tokio::test]
async fn a_changed_password_ends_the_other_sessions_and_keeps_this_one(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (mut here, elsewhere) = (app.viewer().await, app.viewer().await);
    for (current, new, expected) in [
        (
            "not-the-password",
            OTHER,
            "PASSWORD_WRONG at currentPassword",
        ),
        (PASSWORD, "short", "PASSWORD_LENGTH at newPassword"),
        (
            PASSWORD,
            "viewerviewerviewer",
            "PASSWORD_GUESSABLE at newPassword",
        ),
    ] {
        let input = json!({ "currentPassword": current, "newPassword": new });
        let answer = here.change("changePassword", input, "").await;
        assert_eq!(answer.user_errors("changePassword"), [expected]);
    }
    let head = sql::audit_head(&app).await;
    let input = json!({ "currentPassword": PASSWORD, "newPassword": OTHER });
    let answer = here.change("changePassword", input, "").await;
    assert_eq!(answer.user_errors("changePassword"), [""; 0]);
    assert_eq!(
        sql::audit_after(&app, head).await,
        ["account.password_changed"]
    );
    assert_eq!(elsewhere.ask(SESSIONS).await.status(), 401);
    let over = elsewhere
        .ask("mutation { refreshSession { accessToken } }")
        .await;
    assert!(over.at("/refreshSession/accessToken").is_null());
    here.use_token(None);
    let kept = here
        .ask("mutation { refreshSession { accessToken } }")
        .await;
    let token = kept.text("/refreshSession/accessToken").to_owned();
    here.use_token(Some(&token));
    assert_eq!(here.ask(SESSIONS).await.list("/viewer/sessions").len(), 1);
    let old = app.anonymous().try_sign_in("viewer", PASSWORD).await;
    assert_eq!(old.user_errors("signIn"), ["SIGN_IN_REFUSED at "]);
}

#[rstest]
#[tokio::test]
async fn the_own_sessions_are_seen_and_ended(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let first = app.viewer().await;
    app.advance(Duration::minutes(1));
    let (second, third) = (app.viewer().await, app.viewer().await);
    let seen = first.ask(SESSIONS).await;
    let all = seen.list("/viewer/sessions");
    assert_eq!(all.len(), 3);
    assert_eq!(
        (&all[0]["client"], &all[0]["address"]),
        (&json!("duban-tests"), &json!("127.0.0.1"))
    );
    assert_eq!(
        all[2]["isCurrent"],
        json!(true),
        "the last used stands first"
    );
    let input = json!({ "sessionId": all[2]["id"] });
    let ended = second.change("endSession", input, "endedSessionId").await;
    assert_eq!(ended.at("/endSession/endedSessionId"), &all[2]["id"]);
    assert_eq!(first.ask(SESSIONS).await.status(), 401);
    let others = second
        .change("endOtherSessions", json!({}), "endedCount")
        .await;
    assert_eq!(others.number("/endOtherSessions/endedCount"), 1);
    assert_eq!(third.ask(SESSIONS).await.status(), 401);
    assert_eq!(second.ask(SESSIONS).await.list("/viewer/sessions").len(), 1);
}

#[rstest]
#[tokio::test]
async fn administrators_end_sessions_of_others_and_nobody_else_does(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (viewer, officer) = (app.viewer().await, app.officer().await);
    let admin = app.system_admin().await;
    let seen = admin
        .ask("{ account(id: \"viewer\") { sessions { id isCurrent } } }")
        .await;
    let input = json!({ "sessionId": seen.text("/account/sessions/0/id") });
    let refused = officer
        .change("endSession", input.clone(), "endedSessionId")
        .await;
    assert_eq!(
        refused.user_errors("endSession"),
        ["NOT_FOUND at sessionId"]
    );
    assert_eq!(viewer.ask(SESSIONS).await.status(), 200);
    let ended = admin.change("endSession", input, "endedSessionId").await;
    assert_eq!(ended.user_errors("endSession"), [""; 0]);
    assert_eq!(viewer.ask(SESSIONS).await.status(), 401);
    let hidden = officer
        .ask("{ account(id: \"viewer\") { sessions { id } } }")
        .await;
    assert_eq!(hidden.codes(), ["FORBIDDEN"]);
}

#[rstest]
#[tokio::test]
async fn failed_attempts_are_told_at_the_next_sign_in(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let query = "{ viewer { lastSignIn { at address failedAttempts failedAt } } }";
    let first = app.viewer().await.ask(query).await;
    assert!(first.at("/viewer/lastSignIn/at").is_null());
    for _ in 0..3 {
        app.advance(Duration::minutes(1));
        app.anonymous()
            .try_sign_in("viewer", "not-the-password")
            .await;
    }
    app.advance(Duration::minutes(10));
    let viewer = app.viewer().await;
    for _ in 0..2 {
        let told = viewer.ask(query).await;
        assert_eq!(
            told.at("/viewer/lastSignIn"),
            &json!({ "at": "2025-03-17T01:30:00Z", "address": "127.0.0.1",
                "failedAttempts": 3, "failedAt": "2025-03-17T01:33:00Z" })
        );
    }
    let next = app.viewer().await.ask(query).await;
    assert_eq!(next.number("/viewer/lastSignIn/failedAttempts"), 0);
}
