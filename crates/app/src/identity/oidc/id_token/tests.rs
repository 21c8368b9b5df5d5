//! Tokens that are right, and each way in which one can be wrong.

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair},
};
use jsonwebtoken::EncodingKey;
use serde_json::json;
use time::macros::datetime;

use super::*;

const NOW: OffsetDateTime = datetime!(2026-03-02 08:00 UTC);
const TOKEN: &str = "an access token";

/// A key pair of the provider: what it signs with, what it publishes.
struct Pair {
    algorithm: Algorithm,
    secret: EncodingKey,
    public: Jwk,
}

fn edwards(kid: &str) -> Pair {
    let bytes = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    let pair = Ed25519KeyPair::from_pkcs8(bytes.as_ref()).unwrap();
    let x = URL_SAFE_NO_PAD.encode(pair.public_key().as_ref());
    let public = json!({ "kty": "OKP", "crv": "Ed25519", "x": x, "kid": kid, "use": "sig" });
    Pair {
        algorithm: Algorithm::EdDSA,
        secret: EncodingKey::from_ed_der(bytes.as_ref()),
        public: serde_json::from_value(public).unwrap(),
    }
}

fn curve(kid: &str) -> Pair {
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let bytes = EcdsaKeyPair::generate_pkcs8(algorithm, &SystemRandom::new()).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(algorithm, bytes.as_ref()).unwrap();
    let point = pair.public_key().as_ref();
    let part = |range| URL_SAFE_NO_PAD.encode(&point[range]);
    let (x, y) = (part(1..33), part(33..65));
    let public = json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": kid, "alg": "ES256" });
    Pair {
        algorithm: Algorithm::ES256,
        secret: EncodingKey::from_ec_der(bytes.as_ref()),
        public: serde_json::from_value(public).unwrap(),
    }
}

fn claims() -> Value {
    let at = NOW.unix_timestamp();
    json!({
        "iss": "https://sso.example.org",
        "aud": "duban",
        "sub": "248289761001",
        "nonce": "n-0S6_WzA2Mj",
        "iat": at - 2,
        "exp": at + 300,
        "auth_time": at - 1_200,
    })
}

fn signed(pair: &Pair, claims: &Value) -> String {
    let mut head = Header::new(pair.algorithm);
    head.kid.clone_from(&pair.public.common.key_id);
    jsonwebtoken::encode(&head, claims, &pair.secret).unwrap()
}

fn judged(token: &str, keys: &[Jwk]) -> Result<Believed, Distrust> {
    let head = head_of(token)?;
    let key = key_of(&head, keys)?;
    let expected = Expected {
        issuer: "https://sso.example.org",
        client: "duban",
        nonce: "n-0S6_WzA2Mj",
        access_token: Some(TOKEN),
        most: Duration::hours(1),
        now: NOW,
    };
    believe(token, (&head, key), &expected)
}

/// What becomes of a token with other claims; null takes one away.
fn with(changes: Value) -> Result<Believed, Distrust> {
    let pair = edwards("one");
    let mut said = claims();
    for (name, value) in changes.as_object().unwrap() {
        said[name] = value.clone();
        if value.is_null() {
            said.as_object_mut().unwrap().remove(name);
        }
    }
    judged(&signed(&pair, &said), std::slice::from_ref(&pair.public))
}

#[test]
fn a_right_token_is_believed_by_each_kind_of_key() {
    for pair in [edwards("one"), curve("one")] {
        let keys = [edwards("other").public, pair.public.clone()];
        let believed = judged(&signed(&pair, &claims()), &keys).unwrap();
        assert_eq!(believed.subject, "248289761001");
        assert_eq!(believed.age, Duration::minutes(20));
    }
}

#[test]
fn a_claim_that_differs_is_not_believed() {
    let at = NOW.unix_timestamp();
    for (changes, why) in [
        (
            json!({ "iss": "https://sso.example.org/" }),
            Distrust::Issuer,
        ),
        (json!({ "iss": null }), Distrust::Issuer),
        (json!({ "aud": "other" }), Distrust::Audience),
        (json!({ "aud": [] }), Distrust::Audience),
        (json!({ "aud": null }), Distrust::Audience),
        (json!({ "aud": ["duban", "other"] }), Distrust::Audience),
        (json!({ "azp": "other" }), Distrust::Audience),
        (json!({ "exp": at - 60 }), Distrust::Expired),
        (json!({ "exp": null }), Distrust::Expired),
        (json!({ "exp": "later" }), Distrust::Expired),
        (json!({ "iat": null }), Distrust::IssuedAt),
        (json!({ "iat": at + 61 }), Distrust::IssuedAt),
        (json!({ "iat": at - 601 }), Distrust::IssuedAt),
        (json!({ "nbf": at + 61 }), Distrust::IssuedAt),
        (json!({ "nbf": "later" }), Distrust::IssuedAt),
        (json!({ "nonce": "another" }), Distrust::Nonce),
        (json!({ "nonce": null }), Distrust::Nonce),
        (
            json!({ "at_hash": "AAAAAAAAAAAAAAAAAAAAAA" }),
            Distrust::AccessToken,
        ),
        (json!({ "auth_time": null }), Distrust::AuthTime),
        (json!({ "auth_time": at - 3_661 }), Distrust::AuthTime),
        (json!({ "auth_time": at + 61 }), Distrust::AuthTime),
        (json!({ "sub": "" }), Distrust::Subject),
        (json!({ "sub": "x".repeat(256) }), Distrust::Subject),
        (json!({ "sub": 7 }), Distrust::Subject),
    ] {
        assert_eq!(with(changes.clone()), Err(why), "{changes}");
    }
}

#[test]
fn what_may_be_there_is_taken_when_it_is_right() {
    let hash = half_hash(Algorithm::EdDSA, TOKEN);
    assert_eq!(hash.len(), 43, "half of SHA-512");
    for changes in [
        json!({ "aud": ["duban"] }),
        json!({ "azp": "duban" }),
        json!({ "at_hash": hash }),
        json!({ "nbf": NOW.unix_timestamp() }),
    ] {
        assert!(with(changes.clone()).is_ok(), "{changes}");
    }
}

/// The example of OpenID Connect Core, appendix A.3.
#[test]
fn half_a_hash_is_that_of_the_standard() {
    let token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
    let hash = half_hash(Algorithm::RS256, token);
    assert_eq!(hash, "77QmUPtjPfzWtF2AnpK9RQ");
}

#[test]
fn a_key_is_taken_by_its_name_and_kind_alone() {
    let (one, other) = (edwards("one"), edwards("one"));
    let token = signed(&one, &claims());
    let judge = |keys: &[Jwk]| judged(&token, keys).unwrap_err();
    assert_eq!(judge(&[other.public.clone()]), Distrust::Signature);
    assert_eq!(judge(&[edwards("two").public]), Distrust::UnknownKey);
    assert_eq!(judge(&[curve("one").public]), Distrust::UnknownKey);
    assert_eq!(judge(&[]), Distrust::UnknownKey);
    let both = [one.public.clone(), other.public.clone()];
    assert_eq!(judge(&both), Distrust::UnknownKey, "which of the two?");
    let mut sealing = one.public.clone();
    sealing.common.public_key_use = Some(PublicKeyUse::Encryption);
    assert_eq!(judge(&[sealing]), Distrust::UnknownKey);
    let mut nameless = Header::new(one.algorithm);
    nameless.kid = None;
    let token = jsonwebtoken::encode(&nameless, &claims(), &one.secret).unwrap();
    assert!(judged(&token, std::slice::from_ref(&one.public)).is_ok());
}

#[test]
fn other_algorithms_and_heads_are_not_looked_into() {
    let shared = EncodingKey::from_secret(b"the client secret, which the provider knows too");
    let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims(), &shared).unwrap();
    assert_eq!(head_of(&token), Err(Distrust::Algorithm));
    let unsigned = format!(
        "{}.{}.",
        URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#),
        URL_SAFE_NO_PAD.encode(claims().to_string())
    );
    assert_eq!(head_of(&unsigned), Err(Distrust::Malformed));
    let pair = edwards("one");
    let mut head = Header::new(pair.algorithm);
    head.crit = Some(vec!["b64".to_owned()]);
    let token = jsonwebtoken::encode(&head, &claims(), &pair.secret).unwrap();
    assert_eq!(head_of(&token), Err(Distrust::Malformed));
    assert_eq!(head_of("a.b.c.d.e"), Err(Distrust::Malformed));
}

#[test]
fn the_way_of_the_sign_in_is_read_from_both_claims() {
    let ways = ["otp".to_owned(), "mfa".to_owned()];
    for (changes, is_by) in [
        (json!({ "amr": ["pwd", "otp"] }), true),
        (json!({ "acr": "mfa" }), true),
        (json!({ "amr": ["pwd"], "acr": "1" }), false),
        (json!({ "amr": "otp" }), false),
        (json!({}), false),
    ] {
        let believed = with(changes.clone()).unwrap();
        assert_eq!(believed.was_by(&ways), is_by, "{changes}");
        assert!(!believed.was_by(&[]));
    }
}
