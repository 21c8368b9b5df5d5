//! Sign-in at the organisation's own provider (单位统一认证): OpenID Connect, by the authorization code flow
//! with PKCE. What the provider says of a person ends here; whose account that is, and whether a session
//! begins, is decided beside it as for a password.

mod examining;
mod flow;
mod id_token;
mod provider;

use std::{fmt, sync::Arc};

use duban_domain::clock::Clock;
use duban_persistence::StoreError;
use serde_json::Value;
use time::Duration;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

pub use examining::{OidcFound, OidcProblem, examine};
pub use flow::Flow;

use super::{SignInError, sealing::Sealer};
use crate::SystemClock;
use id_token::{Believed, Distrust, Expected};
use provider::{Known, Provider, Tokens};

/// Sign-ins that ask the provider at once.
const AT_ONCE: usize = 32;
/// Longest code that is sent on, in bytes.
const CODE: usize = 4_096;

/// How people sign in at the organisation's own provider.
#[derive(Clone)]
pub struct OidcSettings {
    /// The provider, as it names itself.
    pub issuer: String,
    /// We, as the provider knows us.
    pub client_id: String,
    /// What proves it; none for a public client.
    pub client_secret: Option<Zeroizing<String>>,
    /// What is asked for, with blanks between; `openid` among it.
    pub scopes: String,
    /// The claim that names the login of the account.
    pub account_claim: String,
    /// Values of `amr` and `acr` that count as the second factor; empty for none.
    pub factor_ways: Vec<String>,
    /// What the button says in Chinese.
    pub name_chinese: String,
    /// What the button says in English.
    pub name_english: String,
    /// Where the provider sends people back.
    pub redirect_url: String,
    /// Whether the provider may speak http on this machine.
    pub may_be_plain: bool,
    /// How old the sign-in at the provider may be.
    pub most_age: Duration,
}

impl fmt::Debug for OidcSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OidcSettings")
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .field("has_secret", &self.client_secret.is_some())
            .finish_non_exhaustive()
    }
}

impl OidcSettings {
    /// Whether a provider may be asked at an address: https, or in the demo http on this machine.
    #[must_use]
    pub fn may_ask(issuer: &str, is_demo: bool) -> bool {
        provider::safe_address(issuer, is_demo).is_some_and(|found| found.query().is_none())
    }
}

/// Why nobody came in by the provider.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// It does not answer, or not as the standard says.
    #[error("the provider cannot be asked: {0}")]
    Unreachable(String),
    /// It let nobody in, or the person went back.
    #[error("the provider let nobody in: {0}")]
    Denied(String),
    /// What came back proves nothing.
    #[error("what came back is not to be trusted: {0}")]
    Untrusted(&'static str),
    /// The ID token proves nothing.
    #[error("the ID token is not to be trusted: {0}")]
    Token(String),
    /// Too many sign-ins ask the provider at once.
    #[error("too many sign-ins are under way")]
    Busy,
    /// Whom the provider names does not come in here.
    #[error(transparent)]
    SignIn(#[from] SignInError),
}

impl From<StoreError> for OidcError {
    fn from(error: StoreError) -> Self {
        Self::SignIn(error.into())
    }
}

impl From<Distrust> for OidcError {
    fn from(why: Distrust) -> Self {
        Self::Token(why.to_string())
    }
}

/// A sign-in that begins.
pub struct Begun {
    /// Where the browser goes.
    pub address: String,
    /// What it keeps until it comes back.
    pub flow: String,
    /// How long.
    pub life: Duration,
}

/// What the provider sends back with the browser.
#[derive(Default)]
pub struct ProviderAnswer {
    /// What is exchanged for tokens.
    pub code: Option<String>,
    /// Why nobody was let in.
    pub error: Option<String>,
    /// Whose answer it is (RFC 9207).
    pub issuer: Option<String>,
}

/// Somebody whom the provider has let in.
pub(super) struct Admitted {
    /// Who it is there.
    pub(super) subject: String,
    /// What the claim says that names the account here.
    pub(super) login: Option<String>,
    /// How long ago that was.
    pub(super) age: Duration,
    /// Whether the second factor was among it, where the provider's counts.
    pub(super) has_factor: bool,
}

/// The organisation's own provider.
pub struct Oidc {
    settings: Arc<OidcSettings>,
    provider: Provider,
    sealer: Arc<Sealer>,
    places: Semaphore,
}

impl Oidc {
    pub(super) fn new(settings: OidcSettings, sealer: Arc<Sealer>) -> Self {
        let settings = Arc::new(settings);
        Self {
            provider: Provider::new(Arc::clone(&settings)),
            settings,
            sealer,
            places: Semaphore::new(AT_ONCE),
        }
    }

    /// How it is set up.
    #[must_use]
    pub fn settings(&self) -> &OidcSettings {
        &self.settings
    }

    /// Begins a sign-in that leads to a path of ours; a fresh one asks whoever is signed in at the provider
    /// to sign in there anew.
    ///
    /// # Errors
    ///
    /// [`OidcError::Unreachable`] when the provider does not answer, [`OidcError::Busy`].
    pub async fn begin(&self, return_to: &str, is_fresh: bool) -> Result<Begun, OidcError> {
        let _place = self.places.try_acquire().map_err(|_| OidcError::Busy)?;
        let known = self.provider.known().await?;
        let flow = Flow::begin(return_to, is_fresh, SystemClock.now())?;
        Ok(Begun {
            address: self.provider.sign_in_address(&known, &flow),
            flow: flow.seal(&self.sealer)?,
            life: flow::LIFE,
        })
    }

    /// The sign-in that a browser kept; none when it is not one of ours or its time is over.
    #[must_use]
    pub fn open(&self, kept: &str) -> Option<Flow> {
        Flow::open(kept, &self.sealer, SystemClock.now())
    }

    /// Whom the provider has let in.
    pub(super) async fn admitted(
        &self,
        flow: &Flow,
        answer: &ProviderAnswer,
    ) -> Result<Admitted, OidcError> {
        let _place = self.places.try_acquire().map_err(|_| OidcError::Busy)?;
        let known = self.provider.known().await?;
        self.stated_by_issuer(&known, answer)?;
        if let Some(error) = &answer.error {
            return Err(OidcError::Denied(error.chars().take(80).collect()));
        }
        let code = answer.code.as_deref().filter(|code| code.len() <= CODE);
        let code = code.ok_or(OidcError::Untrusted("there is no code"))?;
        let tokens = self.provider.exchange(&known, flow, code).await?;
        let believed = self.believed(&known, flow, &tokens).await?;
        let login = self.login(&known, &believed, &tokens).await?;
        Ok(Admitted {
            has_factor: believed.was_by(&self.settings.factor_ways),
            age: believed.age,
            subject: believed.subject,
            login,
        })
    }

    /// That an answer is of this provider and not of another to which somebody was led.
    fn stated_by_issuer(&self, known: &Known, answer: &ProviderAnswer) -> Result<(), OidcError> {
        let is_right = match &answer.issuer {
            Some(issuer) => *issuer == self.settings.issuer,
            None => !known.states_issuer,
        };
        let why = OidcError::Untrusted("iss: the answer is of another provider");
        is_right.then_some(()).ok_or(why)
    }

    /// What the ID token says, which may be signed with a key that is newer than what is known.
    async fn believed(
        &self,
        known: &Arc<Known>,
        flow: &Flow,
        tokens: &Tokens,
    ) -> Result<Believed, OidcError> {
        let token = &tokens.id_token;
        let head = id_token::head_of(token)?;
        let newer;
        let key = if let Ok(key) = id_token::key_of(&head, &known.keys) {
            key
        } else {
            newer = self.provider.known_anew(known).await?;
            id_token::key_of(&head, &newer.keys)?
        };
        let expected = Expected {
            issuer: &self.settings.issuer,
            client: &self.settings.client_id,
            nonce: &flow.nonce,
            access_token: tokens.access_token.as_deref(),
            most: if flow.is_fresh {
                flow::LIFE
            } else {
                self.settings.most_age
            },
            now: SystemClock.now(),
        };
        Ok(id_token::believe(token, (&head, key), &expected)?)
    }

    /// The login that the claim names: of the ID token, else of what the provider tells of the person.
    async fn login(
        &self,
        known: &Known,
        believed: &Believed,
        tokens: &Tokens,
    ) -> Result<Option<String>, OidcError> {
        let name = &self.settings.account_claim;
        if let Some(value) = believed.claims.get(name) {
            return Ok(value.as_str().map(str::to_owned));
        }
        let Some(access_token) = &tokens.access_token else {
            return Ok(None);
        };
        let told = self.provider.person(known, access_token).await?;
        if told.is_empty() {
            return Ok(None);
        }
        // What is told may be of another person, if the access token was exchanged on the way (§5.3.2).
        let subject = told.get("sub").and_then(Value::as_str);
        if subject != Some(believed.subject.as_str()) {
            return Err(OidcError::Untrusted("userinfo: it is of another person"));
        }
        let value = told.get(name).and_then(Value::as_str);
        Ok(value.map(str::to_owned))
    }
}
