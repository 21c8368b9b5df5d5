//! What is logged of a sign-in: nothing that lets anybody in.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use duban_tests::{Backend::Sqlite, TestApp};
use serde_json::json;
use tracing_subscriber::EnvFilter;

use super::{PASSWORD, SIGN_OUT, refresh, refresh_token, send, sign_in, who};

/// Where the log goes.
#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("the log").extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_password_and_no_token_is_logged() {
    let log = Captured::default();
    let writer = log.clone();
    // Everything of ours and of the libraries below; the client of this test is not the server.
    let filter = EnvFilter::new("trace,hyper_util::client=off,reqwest=off");
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::set_global_default(subscriber).expect("the only log of the tests");

    let app = TestApp::start_without_plan(Sqlite).await;
    sign_in(&app, ("officer", "a-wrong-password-by-mistake"), &[]).await;
    let answer = sign_in(&app, ("officer", PASSWORD), &[]).await;
    let access = answer.text("/signIn/accessToken").to_owned();
    let first = refresh_token(&answer).expect("a refresh cookie");
    let answer = refresh(&app, &first, &[]).await;
    let second = refresh_token(&answer).expect("a refresh cookie");
    who(&app, &access).await;
    who(&app, "a-forged-token").await;
    let cookie = format!("duban_refresh={second}");
    send(&app, (SIGN_OUT, json!({})), &[("cookie", &cookie)]).await;

    let [factor, recovery, challenge] = use_a_factor(&app).await;

    let log = String::from_utf8(log.0.lock().expect("the log").clone()).expect("UTF-8");
    assert!(log.contains("duban_gateway"), "the log is captured");
    for secret in [
        PASSWORD,
        "a-wrong-password-by-mistake",
        &access,
        &first,
        &second,
        "a-forged-token",
        "$argon2id$",
        &factor,
        &recovery,
        &challenge,
        "wrong-code-by-mistake",
        "otpauth:",
    ] {
        let at = log.find(secret).map(|at| {
            let line = log[..at].rfind('\n').map_or(0, |at| at + 1);
            log[line..].lines().next().unwrap_or_default()
        });
        assert_eq!(at, None, "{secret}");
    }
}

/// Sets a second factor up and signs in with it; returns its secret, a recovery code that was used,
/// and the token of the sign-in.
async fn use_a_factor(app: &TestApp) -> [String; 3] {
    let officer = app.officer().await;
    let input = json!({ "password": PASSWORD });
    let begun = officer
        .change("startSecondFactor", input, "setup { secret uri }")
        .await;
    let factor = begun.text("/startSecondFactor/setup/secret").to_owned();
    let code = code_of(app, &factor);
    let input = json!({ "code": code });
    let done = officer
        .change("confirmSecondFactor", input, "recoveryCodes")
        .await;
    let recovery = done.text("/confirmSecondFactor/recoveryCodes/0").to_owned();
    let waiting = sign_in(app, ("officer", PASSWORD), &[]).await;
    assert!(waiting.at("/signIn/accessToken").is_null());
    let input = json!({ "account": "officer", "password": PASSWORD });
    let waiting = officer.change("signIn", input, "challenge { token }").await;
    let challenge = waiting.text("/signIn/challenge/token").to_owned();
    let step = |code: &str| json!({ "challenge": challenge, "code": code });
    let stranger = app.anonymous();
    for code in ["wrong-code-by-mistake", &recovery] {
        stranger
            .change("signInSecondFactor", step(code), "accessToken")
            .await;
    }
    [factor, recovery, challenge]
}

/// The code of now.
fn code_of(app: &TestApp, secret: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).expect("a secret");
    let codes = totp_rs::Builder::new().with_secret(secret).build();
    let now = app.store().clock().now().unix_timestamp();
    let now = u64::try_from(now).expect("after 1970");
    codes.expect("codes").generate(now).to_string()
}
