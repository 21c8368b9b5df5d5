//! Sign-in by account and password or at the organisation's own provider, sessions, access tokens
//! (security design §3).

mod accounts;
mod api_tokens;
mod factor;
mod keys;
mod links;
mod oidc;
mod own;
mod passwords;
mod provider_sign_in;
mod sealing;
mod second_step;
mod secrets;
mod sessions;
mod staying;
mod throttle;
mod tokens;
mod totp;

use std::{
    collections::HashMap,
    net::IpAddr,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration as StdDuration,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use duban_domain::{
    access::{Grant, Principal},
    clock::official_day,
    ids::{AccountId, ApiTokenId, SessionId},
};
use duban_persistence::{Store, StoreError, api_tokens::TokenUse, delegations, grants};
use moka::sync::Cache;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use zeroize::Zeroizing;

pub use accounts::{CreateAccountError, NewAccount, NewGrant};
pub use api_tokens::{ClientGrant, TOKEN_PREFIX};
pub use factor::FactorState;
pub use keys::KeyError;
pub(crate) use keys::open as open_key;
pub use links::{Invited, OneTimeLink};
pub use oidc::{
    Begun, Flow, Oidc, OidcError, OidcFound, OidcProblem, OidcSettings, ProviderAnswer,
    examine as examine_provider,
};
pub use passwords::{PASSWORD_LENGTH, PasswordError};
pub use second_step::{Needs, SignedIn, Waiting};
pub use sessions::{Client, Issued, RefreshError, SignInError};
pub use staying::Gone;
pub use tokens::is_of_program;
pub use totp::{Qr, RecoveryCodes, Setup};

pub(crate) use accounts::is_login;
use api_tokens::Bearer;
pub(crate) use api_tokens::FreshToken;
pub(crate) use factor::take_away;
use keys::Keys;
pub(crate) use links::{LINK_LIFE, Unsealed, link_event};
pub(crate) use own::require_recent_proof;
use passwords::Hasher;
use sealing::Sealer;
pub(crate) use secrets::fresh_secret;
use tokens::Claims;

/// How long sign-ins last. Figures of the security design §3.4.
#[derive(Debug, Clone)]
pub struct IdentitySettings {
    /// Where the signing key is kept; made at the first start.
    pub key_file: PathBuf,
    /// Where the key is kept that seals the secrets of second factors; made at the first start.
    pub factor_key_file: PathBuf,
    /// Whether the three administrators must have a second factor.
    pub administrators_need_factor: bool,
    /// Whether approvals ask for a recent proof of the second factor.
    pub approvals_need_factor: bool,
    /// Life of an access token.
    pub access_token: time::Duration,
    /// A session that is not used for this long ends.
    pub idle: time::Duration,
    /// A session ends after this, whatever is done.
    pub absolute: time::Duration,
    /// Sessions of one account; the oldest goes.
    pub sessions_per_account: u64,
    /// How long it is remembered who somebody is and what he may do, where another server changes it.
    pub principal_age: StdDuration,
    /// Whether demo accounts may sign in, from this machine.
    pub is_demo: bool,
    /// The organisation's own provider (OpenID Connect), where people sign in there too.
    pub oidc: Option<OidcSettings>,
}

/// Why a token gives no access; says nothing more to the caller.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// Not ours, expired, or its session has ended.
    #[error("the access token is not valid")]
    Invalid,
    /// An API token that may not be used from this address.
    #[error("the token is not to be used from this address")]
    Elsewhere,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who was let in by a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Admission {
    account: AccountId,
    session: SessionId,
    epoch: i32,
    token: Option<ApiTokenId>,
}

impl Admission {
    /// Who was admitted.
    #[must_use]
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// Whether a program was admitted, by a token of its own, rather than a person with a session.
    #[must_use]
    pub const fn is_of_program(&self) -> bool {
        self.token.is_some()
    }

    fn of(claims: &Claims) -> Self {
        Self {
            account: AccountId(claims.sub),
            session: SessionId(claims.sid),
            epoch: claims.epoch,
            token: claims.tok.map(ApiTokenId),
        }
    }
}

/// The place for which cursors of an account are sealed.
fn change_place(account: AccountId) -> String {
    format!("change.cursor/{account}")
}

/// How many principals are cached.
const CACHE_SIZE: u64 = 10_000;
/// How long it is remembered that the signature of an access token is ours; its time is looked at always.
const PROVED_FOR: StdDuration = StdDuration::from_mins(5);
/// The use of a token, and that one was refused for its address, is written down once in this time.
const NOTED_FOR: StdDuration = StdDuration::from_mins(1);

/// Sign-in, sessions and access tokens. Cheap to clone.
#[derive(Clone)]
pub struct Identity {
    store: Store,
    settings: Arc<IdentitySettings>,
    keys: Arc<Keys>,
    sealer: Arc<Sealer>,
    hasher: Arc<Hasher>,
    oidc: Option<Arc<Oidc>>,
    principals: Cache<Admission, Arc<Principal>>,
    /// What access tokens say that were proved before, by their digests: who was let in by one is looked
    /// up anew each time.
    proved: Cache<[u8; 32], Arc<Claims>>,
    bearers: Cache<Vec<u8>, Bearer>,
    /// Tokens whose use was noted within [`NOTED_FOR`].
    noted: Cache<ApiTokenId, ()>,
    uses: Arc<Mutex<HashMap<ApiTokenId, TokenUse>>>,
    /// When each token was last refused for each place.
    refused: Cache<(ApiTokenId, IpAddr), OffsetDateTime>,
}

impl Identity {
    /// Opens the service and makes the signing key where there is none.
    ///
    /// # Errors
    ///
    /// [`KeyError`] when the key file cannot be read or made.
    pub fn open(store: Store, settings: IdentitySettings) -> Result<Self, KeyError> {
        let keys = Keys::open(&settings.key_file)?;
        let sealer = Arc::new(Sealer::open(&settings.factor_key_file)?);
        let provider = settings.oidc.clone();
        let oidc = provider.map(|one| Arc::new(Oidc::new(one, Arc::clone(&sealer))));
        let age = settings.principal_age;
        Ok(Self {
            store,
            settings: Arc::new(settings),
            keys: Arc::new(keys),
            sealer,
            hasher: Arc::new(Hasher::new()),
            oidc,
            principals: kept_for(age),
            proved: kept_for(PROVED_FOR),
            bearers: kept_for(age),
            noted: kept_for(NOTED_FOR),
            uses: Arc::default(),
            refused: kept_for(NOTED_FOR),
        })
    }

    /// The caller behind an access token, or behind the API token of a service account, with the grants in
    /// force now.
    ///
    /// # Errors
    ///
    /// [`AccessError::Invalid`] for a token that is not ours, expired, or of an ended session;
    /// [`AccessError::Elsewhere`] for an API token that is not to be used from the address.
    pub async fn authenticate(
        &self,
        token: &str,
        address: IpAddr,
    ) -> Result<Arc<Principal>, AccessError> {
        if token.starts_with(TOKEN_PREFIX) {
            return Ok(self.bearer(token, address).await?.1);
        }
        let now = self.store.clock().now();
        let claims = self.claims(token, now).ok_or(AccessError::Invalid)?;
        let admission = Admission::of(&claims);
        if let Some(id) = admission.token {
            return self.bearer_by_grant(token, id, address).await;
        }
        if let Some(known) = self.principals.get(&admission) {
            return Ok(known);
        }
        let principal = self.readmit(admission).await?;
        self.principals.insert(admission, Arc::clone(&principal));
        Ok(principal)
    }

    /// What an access token of ours says that is in its time. To prove a signature takes longer than all else
    /// that a repeated answer needs.
    fn claims(&self, token: &str, now: OffsetDateTime) -> Option<Arc<Claims>> {
        let digest: [u8; 32] = Sha256::digest(token).into();
        let claims = if let Some(known) = self.proved.get(&digest) {
            known
        } else {
            let proved = Arc::new(tokens::verify(&self.keys, token)?);
            self.proved.insert(digest, Arc::clone(&proved));
            proved
        };
        claims.hold_at(now).then_some(claims)
    }

    /// Lets a caller in who stays: the token is looked at once, the caller again and again.
    ///
    /// # Errors
    ///
    /// As [`Identity::authenticate`].
    pub async fn admit(&self, token: &str, address: IpAddr) -> Result<Admission, AccessError> {
        if token.starts_with(TOKEN_PREFIX) {
            let (id, who) = self.bearer(token, address).await?;
            return Ok(Admission {
                account: who.account(),
                session: SessionId(id.0),
                epoch: 0,
                token: Some(id),
            });
        }
        let now = self.store.clock().now();
        let claims = self.claims(token, now).ok_or(AccessError::Invalid)?;
        let admission = Admission::of(&claims);
        match admission.token {
            Some(id) => self.bearer_by_grant(token, id, address).await?,
            None => self.readmit(admission).await?,
        };
        Ok(admission)
    }

    /// Forgets the callers that are known, so that what was granted or taken away holds at once.
    pub(crate) fn forget_callers(&self) {
        self.principals.invalidate_all();
        self.bearers.invalidate_all();
    }

    /// How long a session may lie unused.
    pub(crate) fn idle(&self) -> time::Duration {
        self.settings.idle
    }

    /// Seals a secret for one place; it opens there and nowhere else. None where the machine has no
    /// randomness.
    pub(crate) fn seal(&self, place: &str, secret: &[u8]) -> Option<Vec<u8>> {
        self.sealer.seal(place, secret)
    }

    /// The secret that was sealed for a place; none when it was not, or under another key.
    pub(crate) fn open_sealed(&self, place: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        self.sealer.open_sealed(place, sealed)
    }

    /// A place in the sequence of changes as one account is given it: what others do between two of its
    /// own changes cannot be counted from it. None where the machine has no randomness.
    pub fn change_cursor(&self, account: AccountId, seq: i64) -> Option<String> {
        let sealed = self.seal(&change_place(account), &seq.to_be_bytes())?;
        Some(URL_SAFE_NO_PAD.encode(sealed))
    }

    /// The place that a cursor of this account means; none when it is not one.
    pub fn change_position(&self, account: AccountId, cursor: &str) -> Option<i64> {
        let sealed = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let opened = self.open_sealed(&change_place(account), &sealed)?;
        let bytes: [u8; 8] = opened.as_slice().try_into().ok()?;
        Some(i64::from_be_bytes(bytes))
    }

    /// Whether demo accounts may sign in at all.
    pub fn is_demo(&self) -> bool {
        self.settings.is_demo
    }

    /// The caller that an account is, with the grants in force today, delegated ones too.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of the database.
    pub async fn principal(
        &self,
        account: AccountId,
        session: Option<SessionId>,
    ) -> Result<Principal, StoreError> {
        let (db, today) = (self.store.read(), official_day(self.store.clock().now()));
        let people = delegations::in_force_to_unscoped(db, account, today).await?;
        let found = grants::in_force_unscoped(db, account, &people, today).await?;
        let is_own = |grant: &Grant| grant.on_behalf_of.is_none();
        let (own, theirs) = found.into_iter().partition(is_own);
        Ok(Principal::new(account, session, own).standing_for(people, theirs))
    }
}

/// A cache of what is remembered for a while.
fn kept_for<K, V>(age: StdDuration) -> Cache<K, V>
where
    K: std::hash::Hash + Eq + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    Cache::builder()
        .max_capacity(CACHE_SIZE)
        .time_to_live(age)
        .build()
}
