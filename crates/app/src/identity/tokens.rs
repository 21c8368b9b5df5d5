//! Access tokens: `EdDSA`, `at+jwt`, five minutes, no roles inside.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use duban_domain::ids::fresh_key;
use jsonwebtoken::{Algorithm, Header, Validation};
use serde::{Deserialize, Serialize, de::IgnoredAny};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{api_tokens::TOKEN_PREFIX, keys::Keys};

const ISSUER: &str = "duban";
const AUDIENCE: &str = "duban-api";
const TYPE: &str = "at+jwt";
/// Longest token that is looked into before it is proved, in bytes.
const LOOKED_INTO: usize = 2_048;
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

impl Claims {
    /// Whether the token is of this moment: neither of the future nor over.
    pub(super) fn hold_at(&self, now: OffsetDateTime) -> bool {
        let (at, leeway) = (now.unix_timestamp(), LEEWAY.whole_seconds());
        self.nbf <= at + leeway && at <= self.exp + leeway
    }
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

/// What a token says of a program, whether that is true or not.
#[derive(Deserialize)]
struct Unproved {
    #[serde(default)]
    tok: Option<IgnoredAny>,
}

/// Whether a token says that it is of a program. Nothing may be decided by it but in which order callers
/// are looked at: it is not proved, and costs no look at the database.
pub fn is_of_program(token: &str) -> bool {
    if token.starts_with(TOKEN_PREFIX) {
        return true;
    }
    let claims = || {
        let claims = token.split('.').nth(1)?;
        let claims = URL_SAFE_NO_PAD.decode(claims).ok()?;
        serde_json::from_slice::<Unproved>(&claims).ok()
    };
    token.len() <= LOOKED_INTO && claims().is_some_and(|claims| claims.tok.is_some())
}

/// What a token says, if it is ours: of whatever time, see [`Claims::hold_at`].
pub(super) fn verify(keys: &Keys, token: &str) -> Option<Claims> {
    if jsonwebtoken::decode_header(token).ok()? != header(keys) {
        return None;
    }
    let mut rules = Validation::new(Algorithm::EdDSA);
    rules.set_audience(&[AUDIENCE]);
    rules.set_issuer(&[ISSUER]);
    rules.validate_exp = false;
    rules.validate_nbf = false;
    let read = jsonwebtoken::decode::<Claims>(token, &keys.decoding, &rules);
    Some(read.ok()?.claims)
}
