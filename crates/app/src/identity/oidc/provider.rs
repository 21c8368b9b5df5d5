//! The provider over HTTP: what it publishes, and the exchange of a code for tokens.

use std::{sync::Arc, time::Duration as StdDuration};

use duban_domain::clock::Clock;
use jsonwebtoken::jwk::Jwk;
use reqwest::{
    Client, RequestBuilder, StatusCode,
    header::{ACCEPT, CONTENT_TYPE, LOCATION},
    redirect::Policy,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use time::{Duration, OffsetDateTime};
use tokio::sync::Mutex;
use url::{Host, Url, form_urlencoded};

use super::{OidcError, OidcSettings, examining::Tried, flow::Flow};
use crate::SystemClock;

/// How long one request may take.
const TIME: StdDuration = StdDuration::from_secs(10);
/// Longest answer that is read, in bytes.
const LENGTH: usize = 512 * 1024;
/// How long what the provider publishes is believed to be so still.
const KEPT: Duration = Duration::hours(1);
/// How long a provider that did not answer is not asked again.
const PATIENCE: Duration = Duration::seconds(5);

/// What a provider says that would have had to show somebody something (OpenID Connect Core §3.1.2.6).
const SHOWS_SOMETHING: [&str; 4] = [
    "login_required",
    "interaction_required",
    "account_selection_required",
    "consent_required",
];

/// What the provider publishes of itself (OpenID Connect Discovery §3).
#[derive(Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    userinfo_endpoint: Option<String>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

/// How we prove who we are when we exchange a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Proof {
    /// In the header.
    Basic,
    /// In the form.
    Post,
    /// Not at all: a public client, whom PKCE alone protects.
    None,
}

/// A provider as it was found.
pub(super) struct Known {
    authorization: Url,
    token: Url,
    person: Option<Url>,
    proof: Proof,
    /// Whether its answers say whose they are (RFC 9207).
    pub(super) states_issuer: bool,
    /// The keys that it signs with.
    pub(super) keys: Vec<Jwk>,
    read_at: OffsetDateTime,
}

enum Kept {
    Nothing,
    Known(Arc<Known>),
    FailedAt(OffsetDateTime),
}

/// What a code was exchanged for.
#[derive(Deserialize)]
pub(super) struct Tokens {
    /// Who it is.
    pub(super) id_token: String,
    /// What opens the person's own page.
    pub(super) access_token: Option<String>,
}

/// What the provider says when it refuses (RFC 6749 §5.2).
#[derive(Deserialize, Default)]
struct Refusal {
    #[serde(default)]
    error: String,
}

/// The provider.
pub(super) struct Provider {
    settings: Arc<OidcSettings>,
    /// None where TLS cannot be had.
    client: Option<Client>,
    kept: Mutex<Kept>,
}

impl Provider {
    pub(super) fn new(settings: Arc<OidcSettings>) -> Self {
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .timeout(TIME)
            .user_agent("duban-oidc/1")
            .build();
        Self {
            settings,
            client: client
                .inspect_err(|error| tracing::error!(error = %error, "no provider can be asked"))
                .ok(),
            kept: Mutex::new(Kept::Nothing),
        }
    }

    /// The provider as it was found within the hour, else as it is now.
    pub(super) async fn known(&self) -> Result<Arc<Known>, OidcError> {
        let mut kept = self.kept.lock().await;
        let now = SystemClock.now();
        match &*kept {
            Kept::Known(known) if now - known.read_at < KEPT => return Ok(Arc::clone(known)),
            Kept::FailedAt(at) if now - *at < PATIENCE => {
                return Err(no_use("it did not answer a moment ago"));
            }
            _ => {}
        }
        let found = self.discover().await;
        keep(&mut kept, found)
    }

    /// The provider as it is now: it signs with a key that the one known before does not have.
    pub(super) async fn known_anew(&self, before: &Arc<Known>) -> Result<Arc<Known>, OidcError> {
        let mut kept = self.kept.lock().await;
        if let Kept::Known(known) = &*kept
            && !Arc::ptr_eq(known, before)
        {
            return Ok(Arc::clone(known));
        }
        let found = self.discover().await;
        keep(&mut kept, found)
    }

    async fn published(&self) -> Result<Metadata, OidcError> {
        let issuer = self.settings.issuer.trim_end_matches('/');
        let place = format!("{issuer}/.well-known/openid-configuration");
        self.read(self.get(self.place(&place)?)?).await
    }

    /// How it names itself.
    pub(super) async fn stated_issuer(&self) -> Result<String, OidcError> {
        Ok(self.published().await?.issuer)
    }

    /// What it answers to a sign-in of ours that it may show nobody anything for (`prompt=none`).
    pub(super) async fn try_sign_in(&self, known: &Known, flow: &Flow) -> Result<Tried, OidcError> {
        let address = format!("{}&prompt=none", self.sign_in_address(known, flow));
        let answer = self
            .get(self.place(&address)?)?
            .send()
            .await
            .map_err(lost)?;
        let status = answer.status();
        if status.is_client_error() {
            return Ok(Tried::Refused(status.to_string()));
        }
        if !status.is_redirection() {
            return Ok(Tried::Unclear);
        }
        let to = answer.headers().get(LOCATION);
        let to = to.and_then(|value| Url::parse(value.to_str().ok()?).ok());
        let error = to.and_then(|to| {
            let mut pairs = to.query_pairs();
            let found = pairs.find(|(name, _)| name == "error");
            found.map(|(_, value)| value.chars().take(80).collect::<String>())
        });
        Ok(match error {
            Some(error) if !SHOWS_SOMETHING.contains(&error.as_str()) => Tried::Refused(error),
            _ => Tried::Led,
        })
    }

    async fn discover(&self) -> Result<Known, OidcError> {
        let found = self.published().await?;
        if found.issuer != self.settings.issuer {
            return Err(no_use("its configuration is of another issuer"));
        }
        let jwks = self.place(&found.jwks_uri)?;
        let set: KeySet = self.read(self.get(jwks)?).await?;
        // A key of a kind that we do not know is no reason to refuse the others.
        let known = |one: Value| serde_json::from_value(one).ok();
        Ok(Known {
            authorization: self.place(&found.authorization_endpoint)?,
            token: self.place(&found.token_endpoint)?,
            person: match &found.userinfo_endpoint {
                Some(address) => Some(self.place(address)?),
                None => None,
            },
            proof: self.proof(found.token_endpoint_auth_methods_supported.as_deref()),
            states_issuer: found.authorization_response_iss_parameter_supported,
            keys: set.keys.into_iter().filter_map(known).collect(),
            read_at: SystemClock.now(),
        })
    }

    /// How we prove who we are, of the ways that the provider takes; by the standard's default the header.
    fn proof(&self, taken: Option<&[String]>) -> Proof {
        let is_open = |name: &str| taken.is_none_or(|all| all.iter().any(|one| one == name));
        if self.settings.client_secret.is_none() {
            Proof::None
        } else if is_open("client_secret_basic") || !is_open("client_secret_post") {
            Proof::Basic
        } else {
            Proof::Post
        }
    }

    /// Where somebody is sent to sign in.
    pub(super) fn sign_in_address(&self, known: &Known, flow: &Flow) -> String {
        let settings = &self.settings;
        let most = if flow.is_fresh {
            0
        } else {
            settings.most_age.whole_seconds().max(0)
        };
        let mut address = known.authorization.clone();
        let mut query = address.query_pairs_mut();
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", &settings.client_id)
            .append_pair("redirect_uri", &settings.redirect_url)
            .append_pair("scope", &settings.scopes)
            .append_pair("state", flow.state())
            .append_pair("nonce", &flow.nonce)
            .append_pair("code_challenge", &flow.challenge())
            .append_pair("code_challenge_method", "S256")
            .append_pair("max_age", &most.to_string());
        if flow.is_fresh {
            query.append_pair("prompt", "login");
        }
        drop(query);
        address.into()
    }

    /// Exchanges a code for tokens.
    pub(super) async fn exchange(
        &self,
        known: &Known,
        flow: &Flow,
        code: &str,
    ) -> Result<Tokens, OidcError> {
        let mut request = self.client()?.post(known.token.clone());
        if known.proof == Proof::Basic {
            let encode = |text: &str| -> String {
                form_urlencoded::byte_serialize(text.as_bytes()).collect()
            };
            let client = encode(&self.settings.client_id);
            request = request.basic_auth(client, Some(encode(self.secret())));
        }
        let request = request
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(self.form(known, flow, code));
        self.read(request).await
    }

    /// What is sent along to exchange a code.
    fn form(&self, known: &Known, flow: &Flow, code: &str) -> String {
        let settings = &self.settings;
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", &settings.redirect_url)
            .append_pair("code_verifier", &flow.verifier);
        if known.proof != Proof::Basic {
            form.append_pair("client_id", &settings.client_id);
        }
        if known.proof == Proof::Post {
            form.append_pair("client_secret", self.secret());
        }
        form.finish()
    }

    fn secret(&self) -> &str {
        let secret = self.settings.client_secret.as_ref();
        secret.map(|one| one.as_str()).unwrap_or_default()
    }

    /// What the provider tells of the person whom an access token is of; nothing where it tells nothing.
    pub(super) async fn person(
        &self,
        known: &Known,
        access_token: &str,
    ) -> Result<Map<String, Value>, OidcError> {
        let Some(place) = &known.person else {
            return Ok(Map::new());
        };
        let request = self.get(place.clone())?.bearer_auth(access_token);
        self.read(request).await
    }

    /// An address of the provider: https, and in the demo http on this machine.
    fn place(&self, address: &str) -> Result<Url, OidcError> {
        let may_be_plain = self.settings.may_be_plain;
        safe_address(address, may_be_plain)
            .ok_or_else(|| no_use("it names an address that is not https"))
    }

    fn client(&self) -> Result<&Client, OidcError> {
        let client = self.client.as_ref();
        client.ok_or_else(|| no_use("TLS cannot be had"))
    }

    fn get(&self, place: Url) -> Result<RequestBuilder, OidcError> {
        Ok(self.client()?.get(place))
    }

    /// Sends a request and reads the JSON of its answer.
    async fn read<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, OidcError> {
        let sent = request.header(ACCEPT, "application/json").send().await;
        let mut answer = sent.map_err(lost)?;
        let status = answer.status();
        let mut body = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(lost)? {
            if body.len() + part.len() > LENGTH {
                return Err(no_use("its answer is too long"));
            }
            body.extend_from_slice(&part);
        }
        if status == StatusCode::OK {
            return serde_json::from_slice(&body)
                .map_err(|_| no_use("its answer is not the JSON of the standard"));
        }
        let refusal: Refusal = serde_json::from_slice(&body).unwrap_or_default();
        if status == StatusCode::BAD_REQUEST && refusal.error == "invalid_grant" {
            return Err(OidcError::Untrusted("the code is not one of the provider"));
        }
        let error: String = refusal.error.chars().take(80).collect();
        Err(no_use(format!("it answers {status} {error}")))
    }
}

/// Keeps what was found, and hands it on.
fn keep(kept: &mut Kept, found: Result<Known, OidcError>) -> Result<Arc<Known>, OidcError> {
    let found = found.map(Arc::new);
    *kept = match &found {
        Ok(known) => Kept::Known(Arc::clone(known)),
        Err(_) => Kept::FailedAt(SystemClock.now()),
    };
    found
}

fn no_use(why: impl Into<String>) -> OidcError {
    OidcError::Unreachable(why.into())
}

/// What went wrong on the way; the address, which may hold more than is to be logged, is left out.
fn lost(error: reqwest::Error) -> OidcError {
    no_use(error.without_url().to_string())
}

/// The address, if it is https, or http on this machine where that may be; none for another.
pub(super) fn safe_address(address: &str, may_be_plain: bool) -> Option<Url> {
    let found = Url::parse(address).ok()?;
    let is_here = match found.host()? {
        Host::Domain(name) => name.eq_ignore_ascii_case("localhost"),
        Host::Ipv4(one) => one.is_loopback(),
        Host::Ipv6(one) => one.is_loopback(),
    };
    let is_safe = match found.scheme() {
        "https" => true,
        "http" => may_be_plain && is_here,
        _ => false,
    };
    let is_plain = found.username().is_empty() && found.password().is_none();
    (is_safe && is_plain && found.fragment().is_none()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_is_spoken_but_for_the_demo_on_this_machine() {
        for (address, may_be_plain, is_taken) in [
            ("https://sso.example.org/realms/a", false, true),
            ("http://sso.example.org", false, false),
            ("http://sso.example.org", true, false),
            ("http://127.0.0.1:9000", false, false),
            ("http://127.0.0.1:9000", true, true),
            ("http://[::1]:9000", true, true),
            ("http://localhost:9000", true, true),
            ("http://localhost.example.org", true, false),
            ("https://somebody:secret@sso.example.org", false, false),
            ("https://sso.example.org/#part", false, false),
            ("file:///etc/passwd", true, false),
            ("sso.example.org", false, false),
        ] {
            let found = safe_address(address, may_be_plain);
            assert_eq!(found.is_some(), is_taken, "{address} {may_be_plain}");
        }
    }

    fn provider(secret: Option<&str>) -> Provider {
        Provider::new(Arc::new(OidcSettings {
            issuer: "https://sso.example.org".to_owned(),
            client_id: "duban".to_owned(),
            client_secret: secret.map(|one| one.to_owned().into()),
            scopes: "openid profile".to_owned(),
            account_claim: "preferred_username".to_owned(),
            factor_ways: Vec::new(),
            name_chinese: "单位统一认证".to_owned(),
            name_english: "Single sign-on".to_owned(),
            redirect_url: "https://duban.example.org/oidc/callback".to_owned(),
            may_be_plain: false,
            most_age: Duration::hours(168),
        }))
    }

    #[test]
    fn we_prove_who_we_are_as_the_provider_takes_it() {
        let ways = |names: &[&str]| -> Vec<String> {
            names.iter().map(|name| (*name).to_owned()).collect()
        };
        let both = ways(&["client_secret_post", "client_secret_basic"]);
        let post = ways(&["private_key_jwt", "client_secret_post"]);
        let ours = provider(Some("secret"));
        assert_eq!(ours.proof(None), Proof::Basic);
        assert_eq!(ours.proof(Some(&both)), Proof::Basic);
        assert_eq!(ours.proof(Some(&post)), Proof::Post);
        assert_eq!(provider(None).proof(Some(&post)), Proof::None);
    }

    #[test]
    fn the_address_keeps_its_own_parameters_and_says_what_is_wanted() {
        let known = Known {
            authorization: Url::parse("https://sso.example.org/auth?tenant=7").unwrap(),
            token: Url::parse("https://sso.example.org/token").unwrap(),
            person: None,
            proof: Proof::Basic,
            states_issuer: true,
            keys: Vec::new(),
            read_at: OffsetDateTime::UNIX_EPOCH,
        };
        let of = |is_fresh| {
            let flow = Flow::begin("/", is_fresh, OffsetDateTime::UNIX_EPOCH).unwrap();
            let address = provider(None).sign_in_address(&known, &flow);
            let address = Url::parse(&address).unwrap();
            let pairs = address.query_pairs().into_owned();
            let pairs: std::collections::BTreeMap<String, String> = pairs.collect();
            assert_eq!(pairs["state"], flow.state());
            assert_eq!(pairs["nonce"], flow.nonce);
            assert_eq!(pairs["code_challenge"], flow.challenge());
            pairs
        };
        let plain = of(false);
        assert_eq!(plain["tenant"], "7");
        assert_eq!(plain["response_type"], "code");
        assert_eq!(plain["scope"], "openid profile");
        assert_eq!(plain["code_challenge_method"], "S256");
        assert_eq!(plain["max_age"], "604800");
        assert_eq!(
            plain["redirect_uri"],
            "https://duban.example.org/oidc/callback"
        );
        assert!(!plain.contains_key("prompt"));
        let fresh = of(true);
        assert_eq!((&*fresh["max_age"], &*fresh["prompt"]), ("0", "login"));
    }
}
