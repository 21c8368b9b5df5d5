//! Administrators who must have a second factor, and those who lost it.

use duban_app::identity::{Client, SignedIn};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Content, TestApp,
};
use rstest::rstest;
use serde_json::json;
use time::Duration;

use super::{Phone, SIGNED_IN, challenge, enrol, first_step, second_step, sign_in, texts};
use crate::sql;

async fn start(backend: Backend) -> TestApp {
    TestApp::start_as(backend, Content::Organisation, |settings| {
        settings.identity.administrators_need_factor = true;
    })
    .await
}

#[rstest]
#[tokio::test]
async fn an_administrator_without_one_signs_in_only_to_set_it_up(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = start(backend).await;
    app.officer().await;
    let head = sql::audit_head(&app).await;
    let waiting = first_step(&app, "auditor").await;
    assert_eq!(
        waiting.user_errors("signIn"),
        ["SECOND_FACTOR_ENROLMENT_REQUIRED at "]
    );
    assert!(waiting.at("/signIn/accessToken").is_null());
    assert_eq!(waiting.header("set-cookie"), "");
    assert_eq!(waiting.text("/signIn/challenge/step"), "ENROLMENT");
    let token = waiting.text("/signIn/challenge/token").to_owned();
    let bypass = second_step(&app, &token, "123456").await;
    assert_eq!(
        bypass.user_errors("signInSecondFactor"),
        ["SIGN_IN_OVER at challenge"]
    );
    let nobody = app.anonymous();
    let begun = nobody
        .change(
            "startSignInEnrolment",
            json!({ "challenge": token }),
            "setup { secret uri qr { size path } }",
        )
        .await;
    assert_eq!(begun.user_errors("startSignInEnrolment"), [""; 0]);
    let phone = Phone::of(begun.text("/startSignInEnrolment/setup/secret"));
    let confirm = |code: String| json!({ "challenge": token, "code": code });
    let wrong = nobody
        .change(
            "confirmSignInEnrolment",
            confirm("000000".to_owned()),
            SIGNED_IN,
        )
        .await;
    assert_eq!(
        wrong.user_errors("confirmSignInEnrolment"),
        ["SECOND_FACTOR_WRONG at code"]
    );
    let done = nobody
        .change(
            "confirmSignInEnrolment",
            confirm(phone.code(&app, 0)),
            SIGNED_IN,
        )
        .await;
    assert_eq!(done.user_errors("confirmSignInEnrolment"), [""; 0]);
    assert_eq!(
        texts(&done, "/confirmSignInEnrolment/recoveryCodes").len(),
        10
    );
    let mut auditor = app.anonymous();
    auditor.use_token(Some(done.text("/confirmSignInEnrolment/accessToken")));
    let state = auditor
        .ask("{ viewer { secondFactor { isMandatory enrolledAt } } }")
        .await;
    assert_eq!(state.at("/viewer/secondFactor/isMandatory"), &json!(true));
    assert_eq!(
        sql::audit_after(&app, head).await,
        [
            "second_factor.asked",
            "second_factor.started",
            "second_factor.enrolled",
            "session.started"
        ]
    );
    app.advance(Duration::seconds(30));
    let code = json!({ "code": phone.code(&app, 0) });
    let kept = auditor.change("removeSecondFactor", code, "").await;
    assert_eq!(
        kept.user_errors("removeSecondFactor"),
        ["SECOND_FACTOR_MANDATORY at "]
    );
    app.advance(Duration::seconds(30));
    sign_in(&app, "auditor", &phone.code(&app, 0)).await;
    let again = nobody
        .change(
            "startSignInEnrolment",
            json!({ "challenge": challenge(&app, "auditor").await }),
            "setup { secret }",
        )
        .await;
    assert_eq!(
        again.user_errors("startSignInEnrolment"),
        ["SIGN_IN_OVER at challenge"],
        "whoever has one does not get another by the password"
    );
}

#[rstest]
#[tokio::test]
async fn a_session_from_before_the_setting_is_not_continued(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let client = Client {
        name: "test".to_owned(),
        address: "127.0.0.1".to_owned(),
        is_loopback: true,
        request: None,
    };
    let password = || super::PASSWORD.to_owned().into();
    let identity = app.app().identity();
    let strict = app
        .another(|settings| settings.identity.administrators_need_factor = true)
        .await;
    for (login, goes_on) in [("system-admin", false), ("officer", true)] {
        let signed_in = identity.sign_in(login, password(), &client).await;
        let Ok(SignedIn::Session(issued)) = signed_in else {
            panic!("a session of {login}");
        };
        let refreshed = strict
            .identity()
            .refresh(&issued.refresh_token, &client)
            .await;
        assert_eq!(refreshed.is_ok(), goes_on, "{login}");
    }
}

#[rstest]
#[tokio::test]
async fn the_security_administrator_takes_a_lost_one_away_and_nobody_else_does(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let viewer = app.viewer().await;
    enrol(&app, &viewer).await;
    let security = app.sign_in("security-admin").await;
    let query = "query($id: ID!) { account(id: $id) { id viewerCanResetSecondFactor } }";
    let of = |login: &str| json!({ "id": login });
    let seen = security.ask_with(query, of("viewer")).await;
    assert_eq!(seen.at("/account/viewerCanResetSecondFactor"), &json!(true));
    let input = json!({ "accountId": seen.text("/account/id") });
    for login in ["system-admin", "auditor", "officer", "viewer"] {
        let person = match login {
            "viewer" => &viewer,
            _ => &app.sign_in(login).await,
        };
        let refused = person
            .change("resetSecondFactor", input.clone(), "account { id }")
            .await;
        assert_eq!(refused.codes(), ["FORBIDDEN"], "{login}");
    }
    let other = security.ask_with(query, of("officer")).await;
    assert_eq!(
        other.at("/account/viewerCanResetSecondFactor"),
        &json!(false),
        "it has none"
    );
    let none = json!({ "accountId": other.text("/account/id") });
    let none = security
        .change("resetSecondFactor", none, "account { id }")
        .await;
    assert_eq!(
        none.user_errors("resetSecondFactor"),
        ["SECOND_FACTOR_NOT_ENROLLED at accountId"]
    );
    let token = challenge(&app, "viewer").await;
    let head = sql::audit_head(&app).await;
    let done = security
        .change("resetSecondFactor", input, "account { login }")
        .await;
    assert_eq!(done.user_errors("resetSecondFactor"), [""; 0]);
    assert_eq!(sql::audit_after(&app, head).await, ["second_factor.reset"]);
    let gone = viewer.ask("{ viewer { account { login } } }").await;
    assert_eq!(gone.status(), 401, "whoever was signed in is out");
    let over = second_step(&app, &token, "123456").await;
    assert_eq!(
        over.user_errors("signInSecondFactor"),
        ["SIGN_IN_OVER at challenge"]
    );
    app.viewer().await;
}

#[rstest]
#[tokio::test]
async fn nobody_resets_the_own_one(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let security = app.sign_in("security-admin").await;
    enrol(&app, &security).await;
    let me = security
        .ask("{ account(id: \"security-admin\") { id viewerCanResetSecondFactor } }")
        .await;
    assert_eq!(me.at("/account/viewerCanResetSecondFactor"), &json!(false));
    let input = json!({ "accountId": me.text("/account/id") });
    let refused = security
        .change("resetSecondFactor", input, "account { id }")
        .await;
    assert_eq!(
        refused.user_errors("resetSecondFactor"),
        ["ACCOUNT_OF_ONESELF at accountId"]
    );
    let identity = app.app().identity();
    assert!(
        identity
            .reset_second_factor("security-admin")
            .await
            .unwrap(),
        "the operator can"
    );
    assert!(
        !identity
            .reset_second_factor("security-admin")
            .await
            .unwrap()
    );
    app.sign_in("security-admin").await;
}
