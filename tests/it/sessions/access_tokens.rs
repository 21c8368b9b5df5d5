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

#[tokio::test]
async fn only_tokens_exactly_of_our_making_are_taken() {
    let app = TestApp::start_without_plan(Sqlite).await;
    let (token, _) = signed_in(&app, "officer").await;
    assert!(
        opens(&app, &signed(&app, &token, |_, _| {})).await,
        "the means of this test"
    );
    let (other, _) = signed_in(&app, "viewer").await;
    let parts: Vec<&str> = token.split('.').collect();
    let others: Vec<&str> = other.split('.').collect();
    let none = encoded(&json!({ "alg": "none", "typ": "at+jwt", "kid": part(&token, 0)["kid"] }));
    let mut hmac = Header::new(Algorithm::HS256);
    hmac.typ = Some("at+jwt".to_owned());
    hmac.kid = part(&token, 0)["kid"].as_str().map(str::to_owned);
    let public = EncodingKey::from_secret(&key(&app).1);
    let by_public_key = jsonwebtoken::encode(&hmac, &part(&token, 1), &public).expect("a token");
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
        ("the public key as a secret", by_public_key),
        (
            "another type",
            signed(&app, &token, |header, _| header.typ = Some("JWT".into())),
        ),
        (
            "no type",
            signed(&app, &token, |header, _| header.typ = None),
        ),
        (
            "another key",
            signed(&app, &token, |header, _| header.kid = Some("0".repeat(16))),
        ),
        (
            "no key",
            signed(&app, &token, |header, _| header.kid = None),
        ),
        (
            "a key elsewhere",
            signed(&app, &token, |header, _| {
                header.jku = Some("https://evil.example/keys".into());
            }),
        ),
        (
            "a certificate elsewhere",
            signed(&app, &token, |header, _| {
                header.x5u = Some("https://evil.example/cert".into());
            }),
        ),
        (
            "something critical",
            signed(&app, &token, |header, _| {
                header.crit = Some(vec!["b64".into()]);
            }),
        ),
        (
            "another issuer",
            signed(&app, &token, |_, claims| claims["iss"] = json!("other")),
        ),
        (
            "another audience",
            signed(&app, &token, |_, claims| claims["aud"] = json!("other")),
        ),
        (
            "an older epoch",
            signed(&app, &token, |_, claims| claims["epoch"] = json!(0)),
        ),
        (
            "a session of another",
            signed(&app, &token, |_, claims| {
                claims["sid"] = part(&other, 1)["sid"].clone();
            }),
        ),
        (
            "not yet",
            signed(&app, &token, |_, claims| {
                claims["nbf"] = json!(claims["nbf"].as_i64().unwrap() + 61);
            }),
        ),
        (
            "no end",
            signed(&app, &token, |_, claims| {
                claims.as_object_mut().unwrap().remove("exp");
            }),
        ),
        ("no token", "not-a-token".to_owned()),
    ];
    for (what, forgery) in forgeries {
        assert!(!opens(&app, &forgery).await, "{what}");
    }
    assert!(opens(&app, &token).await);
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
