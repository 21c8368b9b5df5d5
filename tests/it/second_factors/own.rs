//! One's own second factor: set up, looked at, removed, its recovery codes renewed.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    TestApp,
};
use rstest::rstest;
use serde_json::json;
use time::Duration;

use super::{PASSWORD, Phone, challenge, enrol, second_step, sign_in, texts};
use crate::sql;

const STATE: &str = "{ viewer { secondFactor {
    enrolledAt recoveryCodesLeft isMandatory isAskedForApprovals } } }";

#[rstest]
#[tokio::test]
async fn setting_up_needs_the_password_and_the_first_code(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (viewer, elsewhere) = (app.viewer().await, app.viewer().await);
    let wrong = json!({ "password": "not-the-password" });
    let refused = viewer
        .change("startSecondFactor", wrong, "setup { secret }")
        .await;
    assert_eq!(
        refused.user_errors("startSecondFactor"),
        ["PASSWORD_WRONG at password"]
    );
    let early = viewer
        .change(
            "confirmSecondFactor",
            json!({ "code": "123456" }),
            "recoveryCodes",
        )
        .await;
    assert_eq!(
        early.user_errors("confirmSecondFactor"),
        ["SECOND_FACTOR_SETUP_OVER at code"]
    );
    let proof = json!({ "password": PASSWORD });
    let begun = viewer
        .change(
            "startSecondFactor",
            proof.clone(),
            "setup { secret uri qr { size path } }",
        )
        .await;
    let secret = begun.text("/startSecondFactor/setup/secret").to_owned();
    assert_eq!(secret.len(), 32, "160 bits");
    assert_eq!(
        begun.text("/startSecondFactor/setup/uri"),
        format!("otpauth://totp/Duban:viewer?secret={secret}&issuer=Duban")
    );
    assert!(begun.number("/startSecondFactor/setup/qr/size") > 20);
    let phone = Phone::of(&secret);
    let half = viewer.ask(STATE).await;
    assert!(half.at("/viewer/secondFactor/enrolledAt").is_null());
    let open = app.viewer().await;
    assert_eq!(open.ask(STATE).await.status(), 200, "not in force yet");
    let wrong = viewer
        .change(
            "confirmSecondFactor",
            json!({ "code": phone.code(&app, 3) }),
            "recoveryCodes",
        )
        .await;
    assert_eq!(
        wrong.user_errors("confirmSecondFactor"),
        ["SECOND_FACTOR_WRONG at code"]
    );
    let code = json!({ "code": phone.code(&app, 0) });
    let done = viewer
        .change("confirmSecondFactor", code, "recoveryCodes")
        .await;
    assert_eq!(done.user_errors("confirmSecondFactor"), [""; 0]);
    assert_eq!(texts(&done, "/confirmSecondFactor/recoveryCodes").len(), 10);
    let state = viewer.ask(STATE).await;
    assert_eq!(
        state.at("/viewer/secondFactor"),
        &json!({ "enrolledAt": "2025-03-17T01:30:00Z", "recoveryCodesLeft": 10,
            "isMandatory": false, "isAskedForApprovals": false })
    );
    assert_eq!(
        elsewhere.ask(STATE).await.status(),
        401,
        "it came in without"
    );
    let again = viewer
        .change("startSecondFactor", proof, "setup { secret }")
        .await;
    assert_eq!(
        again.user_errors("startSecondFactor"),
        ["SECOND_FACTOR_ENROLLED at "]
    );
}

#[rstest]
#[tokio::test]
async fn a_setup_that_lies_is_over(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let mut viewer = app.viewer().await;
    let proof = json!({ "password": PASSWORD });
    let begun = viewer
        .change("startSecondFactor", proof, "setup { secret }")
        .await;
    let phone = Phone::of(begun.text("/startSecondFactor/setup/secret"));
    app.advance(Duration::minutes(16));
    viewer.sign_in("viewer").await;
    let code = json!({ "code": phone.code(&app, 0) });
    let late = viewer
        .change("confirmSecondFactor", code, "recoveryCodes")
        .await;
    assert_eq!(
        late.user_errors("confirmSecondFactor"),
        ["SECOND_FACTOR_SETUP_OVER at code"]
    );
}

#[rstest]
#[tokio::test]
async fn the_secret_and_the_codes_are_not_in_the_database(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let viewer = app.viewer().await;
    let proof = json!({ "password": PASSWORD });
    let begun = viewer
        .change("startSecondFactor", proof, "setup { secret }")
        .await;
    let phone = Phone::of(begun.text("/startSecondFactor/setup/secret"));
    let length = "SELECT CAST(LENGTH(secret) AS BIGINT) FROM second_factor";
    assert_eq!(sql::number(&app, length).await, 12 + 20 + 16, "sealed");
    let other = app.another(|settings| {
        let file = settings
            .identity
            .factor_key_file
            .with_file_name("other.key");
        settings.identity.factor_key_file = file;
    });
    let (other, who) = (
        other.await,
        viewer.ask("{ viewer { account { id } } }").await,
    );
    assert!(who.at("/viewer/account/id").is_string());
    let account =
        duban_persistence::accounts::find_credentials_unscoped(other.store().read(), "viewer")
            .await
            .expect("the database")
            .expect("the account")
            .account
            .id;
    let principal = other.identity().principal(account, None).await;
    let client = duban_app::identity::Client {
        name: "test".to_owned(),
        address: "127.0.0.1".to_owned(),
        is_loopback: true,
        request: None,
    };
    let tried = other
        .identity()
        .confirm_second_factor(
            &principal.expect("a principal"),
            phone.code(&app, 0).into(),
            &client,
        )
        .await;
    assert!(tried.is_err(), "another key opens nothing");
}

#[rstest]
#[tokio::test]
async fn removing_and_renewing_need_a_code_and_a_recent_password(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (phone, codes) = enrol(&app, &app.viewer().await).await;
    app.advance(Duration::minutes(1));
    let mut viewer = sign_in(&app, "viewer", &phone.code(&app, 0)).await;
    let wrong = viewer
        .change("removeSecondFactor", json!({ "code": "000000" }), "")
        .await;
    assert_eq!(
        wrong.user_errors("removeSecondFactor"),
        ["SECOND_FACTOR_WRONG at code"]
    );
    let renewed = viewer
        .change(
            "renewRecoveryCodes",
            json!({ "code": codes[0] }),
            "recoveryCodes",
        )
        .await;
    assert_eq!(renewed.user_errors("renewRecoveryCodes"), [""; 0]);
    let fresh = texts(&renewed, "/renewRecoveryCodes/recoveryCodes");
    assert_eq!(fresh.len(), 10);
    let token = challenge(&app, "viewer").await;
    let old = second_step(&app, &token, &codes[1]).await;
    assert_eq!(
        old.user_errors("signInSecondFactor"),
        ["SECOND_FACTOR_WRONG at code"]
    );
    let new = second_step(&app, &token, &fresh[1]).await;
    viewer.use_token(Some(new.text("/signInSecondFactor/accessToken")));
    app.advance(Duration::minutes(4));
    let head = sql::audit_head(&app).await;
    let code = json!({ "code": phone.code(&app, 0) });
    let gone = viewer.change("removeSecondFactor", code, "").await;
    assert_eq!(gone.user_errors("removeSecondFactor"), [""; 0]);
    assert_eq!(
        sql::audit_after(&app, head).await,
        ["second_factor.removed"]
    );
    let left = "SELECT COUNT(*) FROM recovery_code";
    assert_eq!(sql::number(&app, left).await, 0);
    app.viewer().await;
}
