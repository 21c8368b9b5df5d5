//! OAuth 2.0 client credentials (RFC 6749 §4.4): the standard door to what an API token opens. The client id
//! is the public part of a token, the client secret the whole of it.

use std::net::SocketAddr;

use axum::{
    Json,
    body::Bytes,
    extract::{ConnectInfo, Request, State},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use duban_app::identity::AccessError;
use duban_domain::access::TokenScope;
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, PRAGMA, WWW_AUTHENTICATE},
};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::{
    GatewayState, door,
    fault::Fault,
    graphql::{address_of, collect},
    overload::Priority,
    request::decode,
};

/// Bytes of a body.
const BODY_LENGTH: usize = 64 * 1024;
/// Longest credential that is looked at, in bytes.
const CREDENTIAL_LENGTH: usize = 128;

/// Why no access token is given (RFC 6749 §5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refusal {
    Malformed,
    Client,
    GrantType,
    Scope,
    TooLarge,
    TooSlow,
    Busy,
    Internal,
}

impl Refusal {
    /// Why a body could not be read.
    const fn of(fault: &Fault) -> Self {
        match fault {
            Fault::TooLarge => Self::TooLarge,
            Fault::SlowBody => Self::TooSlow,
            _ => Self::Malformed,
        }
    }

    fn answer(self) -> Response {
        let (status, error, description) = match self {
            Self::Malformed => (
                StatusCode::BAD_REQUEST,
                "invalid_request",
                "send grant_type=client_credentials as application/x-www-form-urlencoded, each parameter once",
            ),
            Self::Client => (
                StatusCode::UNAUTHORIZED,
                "invalid_client",
                "the client id or secret is wrong, has ended, or is not to be used from this address",
            ),
            Self::GrantType => (
                StatusCode::BAD_REQUEST,
                "unsupported_grant_type",
                "client_credentials is the only grant",
            ),
            Self::Scope => (
                StatusCode::BAD_REQUEST,
                "invalid_scope",
                "the token does not have every scope that is asked for",
            ),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "invalid_request",
                "the body is too large",
            ),
            Self::TooSlow => (
                StatusCode::REQUEST_TIMEOUT,
                "invalid_request",
                "the body took too long to arrive",
            ),
            Self::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                "temporarily_unavailable",
                "the server is busy; try again later",
            ),
            Self::Internal => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "server_error",
                "try again later",
            ),
        };
        let body = json!({ "error": error, "error_description": description });
        let mut response = sealed(status, body);
        if self == Self::Client {
            let basic = HeaderValue::from_static("Basic realm=\"duban\"");
            response.headers_mut().insert(WWW_AUTHENTICATE, basic);
        }
        response
    }
}

/// Answers `POST /oauth/token`.
pub async fn token_handler(
    State(state): State<GatewayState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let bounds = (BODY_LENGTH, state.settings.limits.body);
    let body = match collect(&parts.headers, body, bounds).await {
        Ok(body) => body,
        Err(fault) => return Refusal::of(&fault).answer(),
    };
    // Signing in is for programs what it is for people.
    let slot = match door::enter(&state, Priority::First).await {
        Ok(slot) => slot,
        Err(fault) => {
            let mut response = Refusal::Busy.answer();
            fault.head(response.headers_mut());
            return response;
        }
    };
    let granted = grant(&state, peer, (&parts.headers, &body)).await;
    drop(slot);
    match granted {
        Ok(answer) => sealed(StatusCode::OK, answer),
        Err(refusal) => refusal.answer(),
    }
}

/// Answers `GET /.well-known/oauth-authorization-server` (RFC 8414).
pub async fn metadata_handler(State(state): State<GatewayState>) -> Response {
    let issuer = state.settings.public_url.trim_end_matches('/');
    let scopes: Vec<&str> = TokenScope::ALL.iter().map(|one| one.name()).collect();
    Json(json!({
        "issuer": issuer,
        "token_endpoint": format!("{issuer}/oauth/token"),
        "grant_types_supported": ["client_credentials"],
        "response_types_supported": [],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "scopes_supported": scopes,
    }))
    .into_response()
}

async fn grant(
    state: &GatewayState,
    peer: SocketAddr,
    (headers, body): (&HeaderMap, &Bytes),
) -> Result<Value, Refusal> {
    let form = Form::read(headers, body).ok_or(Refusal::Malformed)?;
    match form.grant_type.as_deref() {
        None => return Err(Refusal::Malformed),
        Some("client_credentials") => {}
        Some(_) => return Err(Refusal::GrantType),
    }
    let stated = form.client_id.zip(form.client_secret);
    let (client, secret) = match (basic(headers)?, stated) {
        (Some(_), Some(_)) => return Err(Refusal::Malformed),
        (Some(both), None) | (None, Some(both)) => both,
        (None, None) => return Err(Refusal::Client),
    };
    let address = address_of(state, headers, peer);
    let identity = state.app.identity();
    let granted = identity.grant_to_client((&client, &secret), address).await;
    let granted = granted.map_err(|error| match error {
        AccessError::Invalid | AccessError::Elsewhere => Refusal::Client,
        AccessError::Store(error) => {
            tracing::error!(error = %error, "a client could not be looked up");
            Refusal::Internal
        }
    })?;
    let asked = form.scope.unwrap_or_default();
    let is_had = |name: &str| {
        let scope = TokenScope::parse(name);
        scope.is_some_and(|one| one == TokenScope::Read || granted.scopes.contains(&one))
    };
    if !asked.split_whitespace().all(is_had) {
        return Err(Refusal::Scope);
    }
    let scopes: Vec<&str> = granted.scopes.iter().map(|one| one.name()).collect();
    Ok(json!({
        "access_token": granted.access_token.as_str(),
        "token_type": "Bearer",
        "expires_in": granted.life.whole_seconds(),
        "scope": scopes.join(" "),
    }))
}

/// What the body says.
#[derive(Default)]
struct Form {
    grant_type: Option<String>,
    client_id: Option<Zeroizing<String>>,
    client_secret: Option<Zeroizing<String>>,
    scope: Option<String>,
}

impl Form {
    /// None where it is no form, or says something twice.
    fn read(headers: &HeaderMap, body: &[u8]) -> Option<Self> {
        let media = headers.get(CONTENT_TYPE)?.to_str().ok()?;
        let media = media.split(';').next().unwrap_or_default().trim();
        if !media.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return None;
        }
        let mut form = Self::default();
        for pair in std::str::from_utf8(body).ok()?.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decode(name)?, decode(value)?);
            let is_first = match name.as_str() {
                "grant_type" => form.grant_type.replace(value).is_none(),
                "client_id" => form.client_id.replace(value.into()).is_none(),
                "client_secret" => form.client_secret.replace(value.into()).is_none(),
                "scope" => form.scope.replace(value).is_none(),
                _ => true,
            };
            if !is_first {
                return None;
            }
        }
        Some(form)
    }
}

type Credentials = (Zeroizing<String>, Zeroizing<String>);

/// The credentials of the header; none where it has none.
fn basic(headers: &HeaderMap) -> Result<Option<Credentials>, Refusal> {
    let Some(value) = headers.get(AUTHORIZATION) else {
        return Ok(None);
    };
    let read = || {
        let (scheme, encoded) = value.to_str().ok()?.split_once(' ')?;
        let is_basic = scheme.eq_ignore_ascii_case("basic");
        if !is_basic || encoded.len() > CREDENTIAL_LENGTH {
            return None;
        }
        let text = Zeroizing::new(STANDARD.decode(encoded.trim()).ok()?);
        let (client, secret) = std::str::from_utf8(&text).ok()?.split_once(':')?;
        Some((decode(client)?.into(), decode(secret)?.into()))
    };
    read().map(Some).ok_or(Refusal::Client)
}

/// An answer that nobody keeps on the way.
fn sealed(status: StatusCode, body: Value) -> Response {
    let mut response = (status, Json(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(PRAGMA, HeaderValue::from_static("no-cache"));
    response
}
