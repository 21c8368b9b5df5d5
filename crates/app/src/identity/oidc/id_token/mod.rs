//! What an ID token says, and whether it is to be believed (OpenID Connect Core §3.1.3.7).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm, DecodingKey, Header, Validation,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse},
};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256, Sha512};
use subtle::ConstantTimeEq;
use time::{Duration, OffsetDateTime};

/// Longest token that is looked at, in bytes.
const LENGTH: usize = 32 * 1024;
/// How far the provider's clock and ours may differ.
const LEEWAY: Duration = Duration::seconds(60);
/// A token that was made longer ago is no answer to what was asked just now.
const FRESH: Duration = Duration::minutes(10);
/// Longest name of a person at a provider, in bytes.
const SUBJECT: usize = 255;

/// Why a token is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Distrust {
    #[error("it is no signed token")]
    Malformed,
    #[error("it is not signed by RS256, ES256 or EdDSA")]
    Algorithm,
    #[error("the provider publishes no key that it is signed with")]
    UnknownKey,
    #[error("its signature is wrong")]
    Signature,
    #[error("iss: it is of another issuer")]
    Issuer,
    #[error("aud, azp: it is for another client, or for others too")]
    Audience,
    #[error("exp: its time is over")]
    Expired,
    #[error("iat, nbf: it was not made just now")]
    IssuedAt,
    #[error("nonce: it answers something else")]
    Nonce,
    #[error("at_hash: it belongs to another access token")]
    AccessToken,
    #[error("auth_time: it is missing, or the sign-in there is too old")]
    AuthTime,
    #[error("sub: it names nobody")]
    Subject,
}

/// What a token has to agree with.
pub(super) struct Expected<'a> {
    /// The provider.
    pub(super) issuer: &'a str,
    /// We, as the provider knows us.
    pub(super) client: &'a str,
    /// What was sent along when it was asked for.
    pub(super) nonce: &'a str,
    /// The access token that came with it.
    pub(super) access_token: Option<&'a str>,
    /// How old the sign-in at the provider may be.
    pub(super) most: Duration,
    /// The time, of the machine: the provider knows no other.
    pub(super) now: OffsetDateTime,
}

/// What a token says that is believed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Believed {
    /// Who it is at the provider.
    pub(super) subject: String,
    /// How long ago the sign-in there was.
    pub(super) age: Duration,
    /// Everything.
    pub(super) claims: Map<String, Value>,
}

impl Believed {
    /// Whether the sign-in there was by one of these ways, as `amr` and `acr` tell.
    pub(super) fn was_by(&self, ways: &[String]) -> bool {
        let is_one = |value: &Value| {
            let said = value.as_str();
            said.is_some_and(|said| ways.iter().any(|way| way == said))
        };
        let amr = self.claims.get("amr").and_then(Value::as_array);
        amr.is_some_and(|all| all.iter().any(is_one)) || self.claims.get("acr").is_some_and(is_one)
    }
}

/// The head of a token, nothing of which is proved yet.
pub(super) fn head_of(token: &str) -> Result<Header, Distrust> {
    if token.len() > LENGTH || token.split('.').count() != 3 {
        return Err(Distrust::Malformed);
    }
    let head = jsonwebtoken::decode_header(token).map_err(|_| Distrust::Malformed)?;
    if head.crit.is_some() {
        return Err(Distrust::Malformed);
    }
    let is_ours = matches!(
        head.alg,
        Algorithm::RS256 | Algorithm::ES256 | Algorithm::EdDSA
    );
    is_ours.then_some(head).ok_or(Distrust::Algorithm)
}

/// The key that a head means: the one of its name, or where it names none the only one that fits.
pub(super) fn key_of<'a>(head: &Header, keys: &'a [Jwk]) -> Result<&'a Jwk, Distrust> {
    let is_meant = |key: &&Jwk| {
        let is_named = head.kid.is_none() || key.common.key_id == head.kid;
        is_named && fits(key, head.alg)
    };
    let mut found = keys.iter().filter(is_meant);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        _ => Err(Distrust::UnknownKey),
    }
}

/// Whether a key may sign what is believed here.
pub(super) fn is_usable(key: &Jwk) -> bool {
    let ours = [Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA];
    ours.into_iter().any(|one| fits(key, one))
}

/// Whether a key is for signatures of an algorithm.
fn fits(key: &Jwk, algorithm: Algorithm) -> bool {
    let is_of_kind = match (&key.algorithm, algorithm) {
        (AlgorithmParameters::RSA(_), Algorithm::RS256) => true,
        (AlgorithmParameters::EllipticCurve(one), Algorithm::ES256) => {
            one.curve == EllipticCurve::P256
        }
        (AlgorithmParameters::OctetKeyPair(one), Algorithm::EdDSA) => {
            one.curve == EllipticCurve::Ed25519
        }
        _ => false,
    };
    let stated = key.common.key_algorithm;
    let used = key.common.public_key_use.as_ref();
    is_of_kind
        && stated.is_none_or(|one| one == KeyAlgorithm::from(algorithm))
        && used.is_none_or(|one| *one == PublicKeyUse::Signature)
}

/// Believes a token, or says why not.
pub(super) fn believe(
    token: &str,
    (head, key): (&Header, &Jwk),
    expected: &Expected<'_>,
) -> Result<Believed, Distrust> {
    let key = DecodingKey::from_jwk(key).map_err(|_| Distrust::UnknownKey)?;
    let mut rules = Validation::new(head.alg);
    // What the claims say is looked at below, by the time that we are told.
    rules.validate_exp = false;
    rules.validate_nbf = false;
    rules.validate_aud = false;
    rules.required_spec_claims.clear();
    let proved = jsonwebtoken::decode::<Map<String, Value>>(token, &key, &rules);
    let claims = proved.map_err(|_| Distrust::Signature)?.claims;
    addressed(&claims, expected)?;
    timely(&claims, expected.now)?;
    bound(&claims, head.alg, expected)?;
    let subject = text(&claims, "sub").filter(|sub| is_subject(sub));
    let subject = subject.ok_or(Distrust::Subject)?.to_owned();
    let age = age(&claims, expected)?;
    Ok(Believed {
        subject,
        age,
        claims,
    })
}

/// That a token is of the provider and for us alone.
fn addressed(claims: &Map<String, Value>, expected: &Expected<'_>) -> Result<(), Distrust> {
    if text(claims, "iss") != Some(expected.issuer) {
        return Err(Distrust::Issuer);
    }
    let is_us = |value: &Value| value.as_str() == Some(expected.client);
    // Other audiences are not trusted, so a token that is for them too is not either.
    let is_for_us = match claims.get("aud") {
        Some(Value::Array(all)) => !all.is_empty() && all.iter().all(is_us),
        Some(one) => is_us(one),
        None => false,
    };
    let is_by_us = claims.get("azp").is_none_or(is_us);
    (is_for_us && is_by_us)
        .then_some(())
        .ok_or(Distrust::Audience)
}

/// That a token is in its time, and fresh.
fn timely(claims: &Map<String, Value>, now: OffsetDateTime) -> Result<(), Distrust> {
    let ends = at(claims, "exp").ok_or(Distrust::Expired)?;
    if now >= ends + LEEWAY {
        return Err(Distrust::Expired);
    }
    let made = at(claims, "iat").ok_or(Distrust::IssuedAt)?;
    let begins = match claims.get("nbf") {
        Some(_) => at(claims, "nbf").ok_or(Distrust::IssuedAt)?,
        None => made,
    };
    let is_fresh = made <= now + LEEWAY && begins <= now + LEEWAY && now - made <= FRESH;
    is_fresh.then_some(()).ok_or(Distrust::IssuedAt)
}

/// That a token answers what was asked, and belongs to the access token beside it.
fn bound(
    claims: &Map<String, Value>,
    algorithm: Algorithm,
    expected: &Expected<'_>,
) -> Result<(), Distrust> {
    let nonce = text(claims, "nonce").ok_or(Distrust::Nonce)?;
    if !is_same(nonce, expected.nonce) {
        return Err(Distrust::Nonce);
    }
    let Some(hash) = claims.get("at_hash") else {
        return Ok(());
    };
    let token = expected.access_token.ok_or(Distrust::AccessToken)?;
    let is_of_it = hash.as_str() == Some(half_hash(algorithm, token).as_str());
    is_of_it.then_some(()).ok_or(Distrust::AccessToken)
}

/// How long ago the sign-in at the provider was; it must say so, for it was asked.
fn age(claims: &Map<String, Value>, expected: &Expected<'_>) -> Result<Duration, Distrust> {
    let then = at(claims, "auth_time").ok_or(Distrust::AuthTime)?;
    let age = expected.now - then;
    let is_possible = age >= -LEEWAY && age <= expected.most + LEEWAY;
    is_possible
        .then_some(age.max(Duration::ZERO))
        .ok_or(Distrust::AuthTime)
}

/// The left half of the hash that goes with an algorithm (§3.1.3.6).
fn half_hash(algorithm: Algorithm, token: &str) -> String {
    let half = |hash: &[u8]| {
        let (left, _) = hash.split_at(hash.len() / 2);
        URL_SAFE_NO_PAD.encode(left)
    };
    match algorithm {
        Algorithm::EdDSA => half(&Sha512::digest(token)),
        _ => half(&Sha256::digest(token)),
    }
}

/// Whether two texts are the same, told in the same time wherever they differ.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    bool::from(one.as_bytes().ct_eq(other.as_bytes()))
}

/// Whether a text can name a person at a provider.
fn is_subject(text: &str) -> bool {
    !text.is_empty() && text.len() <= SUBJECT && !text.chars().any(char::is_control)
}

fn text<'a>(claims: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    claims.get(name)?.as_str()
}

fn at(claims: &Map<String, Value>, name: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(claims.get(name)?.as_i64()?).ok()
}

#[cfg(test)]
mod tests;
