//! Access tokens: what they say, and which are taken.

use std::fs;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    TestApp,
};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use super::{opens, send, signed_in, who};

fn part(token: &str, index: usize) -> Value {
    let text = token.split('.').nth(index).expect("a part of a token");
    let bytes = URL_SAFE_NO_PAD.decode(text).expect("base64url");
    serde_json::from_slice(&bytes).expect("JSON")
}

fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

#[rstest]
#[tokio::test]
async fn a_token_says_who_and_until_when_and_no_role(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let (token, _) = signed_in(&app, "officer").await;
    let header = part(&token, 0);
    assert_eq!(
        (&header["alg"], &header["typ"]),
        (&json!("EdDSA"), &json!("at+jwt"))
    );
    assert_eq!(header["kid"].as_str().expect("a key").len(), 16);
    let claims = part(&token, 1);
    let names: Vec<&String> = claims.as_object().expect("claims").keys().collect();
    let mut sorted = names.clone();
    sorted.sort();
    assert_eq!(
        sorted,
        [
            "aud", "epoch", "exp", "iat", "iss", "jti", "nbf", "sid", "sub"
        ]
    );
    let at = |name: &str| claims[name].as_i64().expect("an instant");
    assert_eq!(at("exp") - at("iat"), 300);
}

#[rstest]
#[tokio::test]
async fn a_token_lives_five_minutes_and_the_leeway_of_clocks(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (token, _) = signed_in(&app, "officer").await;
    app.advance(Duration::minutes(6));
    assert!(opens(&app, &token).await);
    app.advance(Duration::seconds(1));
    assert!(!opens(&app, &token).await);
}

/// The key that signs, from its file, and the public half of it.
fn key(app: &TestApp) -> (EncodingKey, Vec<u8>) {
    let file = app.database().folder().join("signing.key");
    let bytes = fs::read(file).expect("the signing key");
    let public = bytes[bytes.len() - 32..].to_vec();
    (EncodingKey::from_ed_der(&bytes), public)
}

/// A token with a header and claims of one's own choice, signed by the key of the server.
fn signed(app: &TestApp, token: &str, change: impl FnOnce(&mut Header, &mut Value)) -> String {
    let mut header: Header = serde_json::from_value(part(token, 0)).expect("a header");
    let mut claims = part(token, 1);
    change(&mut header, &mut claims);
    jsonwebtoken::encode(&header, &claims, &key(app).0).expect("a token")
}

/// A server, a token that is taken there, and one of somebody else.
async fn tokens() -> (TestApp, String, String) {
    let app = TestApp::start_without_plan(Sqlite).await;
    let (token, _) = signed_in(&app, "officer").await;
    let (other, _) = signed_in(&app, "viewer").await;
    let again = signed(&app, &token, |_, _| {});
    assert!(
        opens(&app, &again).await,
        "what these tests sign is taken as it is"
    );
    (app, token, other)
}

async fn all_refused(app: &TestApp, forgeries: &[(&str, String)]) {
    for (what, forgery) in forgeries {
        assert!(!opens(app, forgery).await, "{what}");
    }
}

#[tokio::test]
async fn tokens_that_our_key_did_not_sign_are_refused() {
    let (app, token, other) = tokens().await;
    let parts: Vec<&str> = token.split('.').collect();
    let others: Vec<&str> = other.split('.').collect();
    let key_id = part(&token, 0)["kid"].clone();
    let none = encoded(&json!({ "alg": "none", "typ": "at+jwt", "kid": key_id }));
    let mut hmac = Header::new(Algorithm::HS256);
    hmac.typ = Some("at+jwt".to_owned());
    hmac.kid = key_id.as_str().map(str::to_owned);
    let public = EncodingKey::from_secret(&key(&app).1);
    let by_public_key = jsonwebtoken::encode(&hmac, &part(&token, 1), &public);
    let forgeries = [
        (
            "claims of another",
            format!("{}.{}.{}", parts[0], others[1], parts[2]),
        ),
        (
            "no algorithm, no signature",
            format!("{none}.{}.", parts[1]),
        ),
        ("no algorithm", format!("{none}.{}.{}", parts[1], parts[2])),
        ("no signature", format!("{}.{}.", parts[0], parts[1])),
        (
            "the public key as a secret",
            by_public_key.expect("a token"),
        ),
        ("no token", "not-a-token".to_owned()),
    ];
    all_refused(&app, &forgeries).await;
    assert!(opens(&app, &token).await);
}

#[tokio::test]
async fn tokens_with_another_header_are_refused() {
    let (app, token, _) = tokens().await;
    let header = |change: fn(&mut Header)| signed(&app, &token, |header, _| change(header));
    let forgeries = [
        (
            "another type",
            header(|one| one.typ = Some("JWT".to_owned())),
        ),
        ("no type", header(|one| one.typ = None)),
        ("another key", header(|one| one.kid = Some("0".repeat(16)))),
        ("no key", header(|one| one.kid = None)),
        (
            "keys elsewhere",
            header(|one| one.jku = Some("https://evil.example/".to_owned())),
        ),
        (
            "a certificate elsewhere",
            header(|one| one.x5u = Some("https://evil.example/".to_owned())),
        ),
        (
            "something critical",
            header(|one| one.crit = Some(vec!["b64".to_owned()])),
        ),
    ];
    all_refused(&app, &forgeries).await;
}

#[tokio::test]
async fn tokens_with_other_claims_are_refused() {
    let (app, token, other) = tokens().await;
    let claim = |name: &str, value: Value| signed(&app, &token, |_, claims| claims[name] = value);
    let now = part(&token, 1)["nbf"].as_i64().expect("an instant");
    let forgeries = [
        ("another issuer", claim("iss", json!("other"))),
        ("another audience", claim("aud", json!("other"))),
        ("an older epoch", claim("epoch", json!(0))),
        (
            "a session of another",
            claim("sid", part(&other, 1)["sid"].clone()),
        ),
        ("not yet", claim("nbf", json!(now + 61))),
        ("no end", claim("exp", Value::Null)),
    ];
    all_refused(&app, &forgeries).await;
}

#[tokio::test]
async fn a_refused_token_says_nothing_and_still_lets_one_sign_in() {
    let app = TestApp::start_without_plan(Sqlite).await;
    let answer = who(&app, "not-a-token").await;
    assert_eq!(answer.errors()[0]["message"], "访问令牌无效或已过期");
    assert!(answer.json().get("data").is_none(), "{answer:?}");
    let query = (
        "mutation { signIn(input: { account: \"officer\", password: \"ceshi-yong-mima-2025\" }) { accessToken } }",
        json!({}),
    );
    let answer = send(&app, query, &[("authorization", "Bearer not-a-token")]).await;
    assert!(answer.at("/signIn/accessToken").is_string());
}
