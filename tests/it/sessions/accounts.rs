//! Accounts: disabled, with new passwords, refused; what is stored of a password.

use duban_app::identity::{CreateAccountError, NewAccount, NewGrant};
use duban_domain::{
    access::{Reach, Role},
    error::Coded,
};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    TestApp,
};
use rstest::rstest;

use super::{PASSWORD, is_over, opens, sign_in, signed_in};
use crate::sql;

#[rstest]
#[tokio::test]
async fn a_disabled_account_is_out_at_once_and_comes_back_when_enabled(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (access, refresh) = signed_in(&app, "officer").await;
    assert!(opens(&app, &access).await);
    let head = sql::audit_head(&app).await;
    let identity = app.app().identity();
    identity.disable_account("officer").await.unwrap();
    assert!(!opens(&app, &access).await);
    assert!(is_over(&app, &refresh).await);
    let answer = sign_in(&app, ("officer", PASSWORD), &[]).await;
    assert_eq!(answer.user_errors("signIn"), ["SIGN_IN_REFUSED at "]);
    identity.enable_account("officer").await.unwrap();
    let events = ["account.disabled", "account.enabled"];
    assert_eq!(sql::audit_after(&app, head).await, events);
    assert!(!opens(&app, &access).await, "what was ended stays ended");
    signed_in(&app, "officer").await;
}

#[rstest]
#[tokio::test]
async fn an_account_disabled_by_another_process_is_out_within_a_second(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (access, _) = signed_in(&app, "officer").await;
    assert!(opens(&app, &access).await);
    let sql =
        "UPDATE account SET disabled_at = '2025-03-17 00:00:00+00:00' WHERE login = 'officer'";
    sql::run(&app, sql).await;
    tokio::time::sleep(std::time::Duration::from_millis(1_050)).await;
    assert!(!opens(&app, &access).await);
}

#[rstest]
#[tokio::test]
async fn a_new_password_ends_every_session(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let (access, refresh) = signed_in(&app, "officer").await;
    let new = "北山的雪化了之后路好走";
    let refused = app
        .app()
        .identity()
        .set_password("officer", new.to_owned().into())
        .await;
    assert_eq!(refused.unwrap_err().code(), "PASSWORD_LENGTH");
    assert!(opens(&app, &access).await, "a refused one changes nothing");
    let new = "北山的雪化了之后路好走些";
    let identity = app.app().identity();
    identity
        .set_password("officer", new.to_owned().into())
        .await
        .unwrap();
    assert!(!opens(&app, &access).await);
    assert!(is_over(&app, &refresh).await);
    let answer = sign_in(&app, ("officer", PASSWORD), &[]).await;
    assert_eq!(answer.user_errors("signIn"), ["SIGN_IN_REFUSED at "]);
    let answer = sign_in(&app, ("officer", new), &[]).await;
    assert_eq!(answer.user_errors("signIn"), [""; 0]);
}

async fn create(app: &TestApp, login: &str, password: &str) -> Result<(), CreateAccountError> {
    let grant = |role| NewGrant {
        role,
        department: "HNAST".to_owned(),
        reach: Reach::Subtree,
    };
    let new = NewAccount {
        login: login.to_owned(),
        display_name: "测试".to_owned(),
        department: "HNAST".to_owned(),
        password: Some(password.to_owned().into()),
        is_demo: false,
        grants: vec![grant(Role::Viewer)],
    };
    app.app().identity().create_account(new).await.map(|_| ())
}

#[tokio::test]
async fn passwords_that_anybody_would_try_are_refused() {
    let app = TestApp::start_without_plan(Sqlite).await;
    for (password, code) in [
        ("elevenchars", "PASSWORD_LENGTH"),
        ("wang-xiaoming1", "PASSWORD_GUESSABLE"),
        ("password1234", "PASSWORD_GUESSABLE"),
        ("河南省科学技术协会2025年", "PASSWORD_GUESSABLE"),
        ("dubandubanduban", "PASSWORD_GUESSABLE"),
    ] {
        let refused = create(&app, "wang-xiaoming", password).await.unwrap_err();
        assert_eq!(refused.code(), code, "{password}");
    }
    let good = "麦子熟了五千次人民第一次";
    create(&app, "wang-xiaoming", good).await.unwrap();
    let taken = create(&app, "wang-xiaoming", good).await.unwrap_err();
    assert_eq!(taken.code(), "ACCOUNT_LOGIN_TAKEN");
}

#[rstest]
#[tokio::test]
async fn a_hash_with_weaker_parameters_is_replaced_at_sign_in(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let stored = "SELECT password_hash FROM account WHERE login = 'officer'";
    let before = sql::texts(&app, stored).await;
    assert!(before[0].starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    // The password of the tests, hashed with 8 MiB and one pass.
    let weak = weak_hash();
    sql::run(
        &app,
        &format!("UPDATE account SET password_hash = '{weak}' WHERE login = 'officer'"),
    )
    .await;
    let answer = sign_in(&app, ("officer", "not-the-password"), &[]).await;
    assert_eq!(answer.user_errors("signIn"), ["SIGN_IN_REFUSED at "]);
    assert_eq!(sql::texts(&app, stored).await, [weak]);
    signed_in(&app, "officer").await;
    let after = sql::texts(&app, stored).await;
    assert!(after[0].starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    signed_in(&app, "officer").await;
}

fn weak_hash() -> String {
    use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
    let params = Params::new(8 * 1024, 1, 1, None).expect("parameters");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_with_salt(PASSWORD.as_bytes(), b"sixteen bytes ..")
        .expect("a hash")
        .to_string()
}
