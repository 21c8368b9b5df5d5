//! Access tokens: `EdDSA`, `at+jwt`, five minutes, no roles inside.

use duban_domain::ids::fresh_key;
use jsonwebtoken::{Algorithm, Header, Validation};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::keys::Keys;

const ISSUER: &str = "duban";
const AUDIENCE: &str = "duban-api";
const TYPE: &str = "at+jwt";
/// How far clocks of instances may differ.
const LEEWAY: Duration = Duration::seconds(60);

/// What an access token says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Claims {
    iss: String,
    aud: String,
    /// The account.
    pub(super) sub: Uuid,
    /// The session.
    pub(super) sid: Uuid,
    iat: i64,
    nbf: i64,
    exp: i64,
    jti: Uuid,
    /// The account's epoch at issue.
    pub(super) epoch: i32,
    /// The API token that it was given for, of a service account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) tok: Option<Uuid>,
}

/// Signs a token for a session, or for an API token.
pub(super) fn sign(
    keys: &Keys,
    (account, session, epoch, tok): (Uuid, Uuid, i32, Option<Uuid>),
    (now, life): (OffsetDateTime, Duration),
) -> Option<String> {
    let at = now.unix_timestamp();
    let claims = Claims {
        iss: ISSUER.to_owned(),
        aud: AUDIENCE.to_owned(),
        sub: account,
        sid: session,
        iat: at,
        nbf: at,
        exp: (now + life).unix_timestamp(),
        jti: fresh_key(now),
        epoch,
        tok,
    };
    jsonwebtoken::encode(&header(keys), &claims, &keys.encoding).ok()
}

/// The one header that is ours: anything more in it could only mislead.
fn header(keys: &Keys) -> Header {
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some(TYPE.to_owned());
    header.kid = Some(keys.id.clone());
    header
}

/// What a token says, if it is ours and in its time.
pub(super) fn verify(keys: &Keys, token: &str, now: OffsetDateTime) -> Option<Claims> {
    if jsonwebtoken::decode_header(token).ok()? != header(keys) {
        return None;
    }
    let mut rules = Validation::new(Algorithm::EdDSA);
    rules.set_audience(&[AUDIENCE]);
    rules.set_issuer(&[ISSUER]);
    rules.validate_exp = false;
    rules.validate_nbf = false;
    let claims = jsonwebtoken::decode::<Claims>(token, &keys.decoding, &rules)
        .ok()?
        .claims;
    let at = now.unix_timestamp();
    let leeway = LEEWAY.whole_seconds();
    (claims.nbf <= at + leeway && at <= claims.exp + leeway).then_some(claims)
}
