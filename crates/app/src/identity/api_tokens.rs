//! API tokens of service accounts: how they are written, and who is let in by one (security design §3.5).
//!
//! `dbn_` + a letter for the kind of installation + `_` + 8 public characters + `_` + 43 secret ones + 6 that
//! check all before them. The prefix lets scanners find a token that got out; the check lets anybody refuse
//! what is none without a look into the database.

use std::{
    collections::{BTreeSet, HashMap},
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, PoisonError},
};

use duban_domain::{
    access::{ApiToken, Principal, TokenScope, TokenState},
    clock::official_day,
    ids::{AccountId, ApiTokenId, SessionId},
};
use duban_persistence::{
    Actor, Origin, Refused, StoreError, accounts as stored,
    api_tokens::{self, TokenUse},
    grants,
};
use serde_json::json;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use time::{Duration, OffsetDateTime};
use zeroize::Zeroizing;

use super::{AccessError, Identity, NOTED_FOR, tokens};

/// What every token begins with.
pub const TOKEN_PREFIX: &str = "dbn_";
const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const PUBLIC_LENGTH: usize = 8;
/// 43 letters of 62 hold 256 random bits.
const SECRET_LENGTH: usize = 43;
const CHECK_LENGTH: usize = 6;
/// Life of what is given for a token.
const GRANT_LIFE: Duration = Duration::hours(1);

/// A new token: the text that is shown once, and what is kept of it.
pub(crate) struct FreshToken {
    /// The whole token.
    pub text: Zeroizing<String>,
    /// The part that may be seen.
    pub public_id: String,
    /// SHA-256 of the secret.
    pub secret_hash: Vec<u8>,
}

impl FreshToken {
    /// Makes one; `is_demo` says so in the token itself.
    pub(crate) fn make(is_demo: bool) -> Result<Self, StoreError> {
        let public_id = random(PUBLIC_LENGTH)?;
        let secret = random(SECRET_LENGTH)?;
        let kind = if is_demo { 'd' } else { 'l' };
        let body = Zeroizing::new(format!("{TOKEN_PREFIX}{kind}_{}_{}", *public_id, *secret));
        Ok(Self {
            text: Zeroizing::new(format!("{}{}", *body, check(&body))),
            public_id: public_id.to_string(),
            secret_hash: digest(&secret),
        })
    }
}

/// The public part and the secret of a text that is a token by its form and its check.
fn parse(text: &str) -> Option<(&str, &str)> {
    let (body, told) = text.split_at_checked(text.len().checked_sub(CHECK_LENGTH)?)?;
    let mut parts = body.strip_prefix(TOKEN_PREFIX)?.split('_');
    let (kind, public_id, secret) = (parts.next()?, parts.next()?, parts.next()?);
    let is_whole = parts.next().is_none()
        && matches!(kind, "d" | "l")
        && public_id.len() == PUBLIC_LENGTH
        && secret.len() == SECRET_LENGTH;
    (is_whole && check(body) == told).then_some((public_id, secret))
}

/// CRC-32 of what stands before, in six letters, the greatest first.
fn check(body: &str) -> String {
    let mut rest = crc32fast::hash(body.as_bytes());
    let mut letters = [b'0'; CHECK_LENGTH];
    for letter in letters.iter_mut().rev() {
        let place = usize::try_from(rest % 62).unwrap_or_default();
        *letter = LETTERS.get(place).copied().unwrap_or(b'0');
        rest /= 62;
    }
    letters.iter().copied().map(char::from).collect()
}

/// Letters of which each is as likely as any other: bytes that would favour some are thrown away.
fn random(length: usize) -> Result<Zeroizing<String>, StoreError> {
    let mut text = Zeroizing::new(String::with_capacity(length));
    let mut bytes = Zeroizing::new([0_u8; 64]);
    while text.len() < length {
        getrandom::fill(&mut *bytes).map_err(|error| StoreError::Taken(error.to_string()))?;
        let letters = bytes
            .iter()
            .filter(|byte| **byte < 248)
            .filter_map(|byte| LETTERS.get(usize::from(byte % 62)));
        let missing = length - text.len();
        text.extend(letters.take(missing).map(|letter| char::from(*letter)));
    }
    Ok(text)
}

fn digest(secret: &str) -> Vec<u8> {
    Sha256::digest(secret).to_vec()
}

/// Who was let in by a token, for as long as that is remembered.
#[derive(Clone)]
pub(super) struct Bearer {
    token: Arc<ApiToken>,
    who: Arc<Principal>,
}

/// What a program is given for its token (OAuth 2.0 client credentials, RFC 6749 §4.4).
pub struct ClientGrant {
    /// Takes the place of the token for a while.
    pub access_token: Zeroizing<String>,
    /// For how long.
    pub life: Duration,
    /// What it lets its bearer do.
    pub scopes: BTreeSet<TokenScope>,
}

/// What counts as one place: an address, of IPv6 the network that one subscriber is given.
fn place_of(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(long) => IpAddr::V6(Ipv6Addr::from_bits(long.to_bits() & (u128::MAX << 64))),
    }
}

impl Identity {
    /// The caller behind an API token, if it may be used now and from there.
    pub(super) async fn bearer(
        &self,
        text: &str,
        address: IpAddr,
    ) -> Result<(ApiTokenId, Arc<Principal>), AccessError> {
        let bearer = self.bearer_by_text(text).await?;
        self.admit_from(&bearer.token, address).await?;
        Ok((bearer.token.id, bearer.who))
    }

    /// The program behind a token that was let in a short while ago, without a look into the database: good
    /// for counting what was turned away, not for letting anybody in.
    pub fn known_bearer(&self, text: &str) -> Option<Arc<Principal>> {
        self.bearers.get(&digest(text)).map(|bearer| bearer.who)
    }

    async fn bearer_by_text(&self, text: &str) -> Result<Bearer, AccessError> {
        let (public_id, secret) = parse(text).ok_or(AccessError::Invalid)?;
        let known = digest(text);
        if let Some(bearer) = self.bearers.get(&known) {
            return Ok(bearer);
        }
        let found = api_tokens::find_kept_unscoped(self.store.read(), public_id).await?;
        let found = found.ok_or(AccessError::Invalid)?;
        if !bool::from(found.secret_hash.ct_eq(&digest(secret))) {
            return Err(AccessError::Invalid);
        }
        let bearer = self.bearer_of(found.token).await?;
        self.bearers.insert(known, bearer.clone());
        Ok(bearer)
    }

    /// The caller behind an access token that was given for an API token.
    pub(super) async fn bearer_by_grant(
        &self,
        access_token: &str,
        id: ApiTokenId,
        address: IpAddr,
    ) -> Result<Arc<Principal>, AccessError> {
        let known = digest(access_token);
        let bearer = if let Some(bearer) = self.bearers.get(&known) {
            bearer
        } else {
            let bearer = self.bearer_by_key(id).await?;
            self.bearers.insert(known, bearer.clone());
            bearer
        };
        self.admit_from(&bearer.token, address).await?;
        Ok(bearer.who)
    }

    async fn bearer_by_key(&self, id: ApiTokenId) -> Result<Bearer, AccessError> {
        let found = api_tokens::find_unscoped(self.store.read(), id).await?;
        self.bearer_of(found.ok_or(AccessError::Invalid)?).await
    }

    /// The caller who was let in by a token and stays, or whose work goes on, as it is now.
    pub(crate) async fn bearer_again(&self, id: ApiTokenId) -> Result<Arc<Principal>, AccessError> {
        let bearer = self.bearer_by_key(id).await?;
        if bearer.token.state(self.store.clock().now()) != TokenState::Active {
            return Err(AccessError::Invalid);
        }
        Ok(bearer.who)
    }

    /// Gives a program an access token for its API token: the public part is its client id, the whole of
    /// it its client secret. The access token ends with the API token, or when that is taken back.
    ///
    /// # Errors
    ///
    /// As [`Identity::authenticate`].
    pub async fn grant_to_client(
        &self,
        (client_id, secret): (&str, &str),
        address: IpAddr,
    ) -> Result<ClientGrant, AccessError> {
        let bearer = self.bearer_by_text(secret).await?;
        if bearer.token.public_id != client_id {
            return Err(AccessError::Invalid);
        }
        self.admit_from(&bearer.token, address).await?;
        let now = self.store.clock().now();
        let life = GRANT_LIFE.min(bearer.token.expires_at - now);
        let (account, key) = (bearer.token.account.0, bearer.token.id.0);
        let access_token = tokens::sign(&self.keys, (account, key, 0, Some(key)), (now, life))
            .ok_or_else(|| StoreError::Taken("access token".to_owned()))?;
        Ok(ClientGrant {
            access_token: Zeroizing::new(access_token),
            life,
            scopes: bearer.token.scopes.clone(),
        })
    }

    async fn admit_from(&self, token: &ApiToken, address: IpAddr) -> Result<(), AccessError> {
        let now = self.store.clock().now();
        if token.state(now) != TokenState::Active {
            return Err(AccessError::Invalid);
        }
        let address = address.to_canonical();
        let is_listed = token.addresses.iter().any(|range| range.contains(&address));
        if !is_listed && !token.addresses.is_empty() {
            tracing::warn!(token.public_id, %address, "a token was used from elsewhere");
            self.trace_refusal(token, address, now).await;
            return Err(AccessError::Elsewhere);
        }
        if self.noted.get(&token.id).is_none() {
            self.noted.insert(token.id, ());
            let mut uses = self.uses.lock().unwrap_or_else(PoisonError::into_inner);
            let address = address.to_string();
            uses.insert(token.id, TokenUse { at: now, address });
        }
        Ok(())
    }

    /// Leaves an audit event that a token was refused for its address: one in [`NOTED_FOR`] for each place,
    /// so that nobody floods the trail. A trail that cannot be written lets nobody in.
    async fn trace_refusal(&self, token: &ApiToken, address: IpAddr, now: OffsetDateTime) {
        let is_first = self
            .refused
            .entry((token.id, place_of(address)))
            .or_insert_with_if(|| now, |last| now - *last >= NOTED_FOR)
            .is_fresh();
        if !is_first {
            return;
        }
        let refused = Refused {
            action: "token.refused_address".to_owned(),
            object_type: "Account".to_owned(),
            object_id: Some(token.account.0),
            detail: json!({
                "token": token.id,
                "name": token.name,
                "publicId": token.public_id,
                "address": address,
                "errors": [{ "path": "", "code": "TOKEN_ADDRESS_REFUSED" }],
            }),
        };
        let actor = Actor {
            account: Some(token.account),
            session: Some(SessionId(token.id.0)),
            origin: Origin {
                address: Some(address),
                request: None,
            },
            ..Actor::default()
        };
        let written = async { self.store.begin(actor).await?.commit_refusal(refused).await };
        if let Err(error) = written.await {
            tracing::error!(error = %error, "a refused token left no trace");
        }
    }

    /// The account of a token with its own grants, narrowed; nobody lets a program stand in for him.
    async fn bearer_of(&self, token: ApiToken) -> Result<Bearer, AccessError> {
        let found = stored::find_many_unscoped(self.store.read(), &[token.account]).await?;
        let is_open = |one: &stored::Account| one.is_service && !one.is_disabled;
        if !found.first().is_some_and(is_open) {
            return Err(AccessError::Invalid);
        }
        let who = self.service(token.account).await?;
        let who = Arc::new(who.narrowed(token.limits()));
        let token = Arc::new(token);
        Ok(Bearer { token, who })
    }

    /// A service account with its own grants, as it is when it is called for and does not call.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of the database.
    pub async fn service(&self, account: AccountId) -> Result<Principal, StoreError> {
        let today = official_day(self.store.clock().now());
        let own = grants::in_force_unscoped(self.store.read(), account, &[], today).await?;
        Ok(Principal::new(account, None, own))
    }

    /// Writes when tokens were last used, at most once a minute for each; returns of how many.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of the database; it is tried again with the next use.
    pub(crate) async fn save_token_uses(&self) -> Result<u64, StoreError> {
        let uses: HashMap<ApiTokenId, TokenUse> = {
            let mut waiting = self.uses.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut waiting)
        };
        if uses.is_empty() {
            return Ok(0);
        }
        let tx = self.store.begin(Actor::default()).await?;
        for (id, used) in &uses {
            api_tokens::save_use(&tx, *id, used).await?;
        }
        tx.commit([]).await?;
        Ok(u64::try_from(uses.len()).unwrap_or(u64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_it_was_made() {
        let fresh = FreshToken::make(false).unwrap();
        let (public_id, secret) = parse(&fresh.text).unwrap();
        assert_eq!(public_id, fresh.public_id);
        assert_eq!(digest(secret), fresh.secret_hash);
        assert_eq!(fresh.text.len(), 4 + 1 + 1 + 8 + 1 + 43 + 6);
        assert!(fresh.text.starts_with("dbn_l_"));
    }

    #[test]
    fn a_place_is_an_address_or_the_network_of_a_subscriber() {
        let place = |text: &str| place_of(text.parse().unwrap());
        assert_ne!(place("192.0.2.1"), place("192.0.2.2"));
        assert_eq!(place("2001:db8:0:1::1"), place("2001:db8:0:1:ffff::2"));
        assert_ne!(place("2001:db8:0:1::1"), place("2001:db8:0:2::1"));
    }

    #[test]
    fn one_letter_that_is_wrong_is_found_without_a_look_into_the_database() {
        let fresh = FreshToken::make(true).unwrap();
        for place in 0..fresh.text.len() {
            let mut letters: Vec<char> = fresh.text.chars().collect();
            letters[place] = if letters[place] == 'x' { 'y' } else { 'x' };
            let wrong: String = letters.into_iter().collect();
            assert_eq!(parse(&wrong), None, "letter {place}");
        }
        for text in ["", "dbn_", "dbn_l__", "é", "dbn_l_12345678_1"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
