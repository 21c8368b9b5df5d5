//! Sign-in at the organisation's own provider (单位统一认证): the way there, and the way back.

use std::{net::SocketAddr, time::Duration};

use axum::{
    Extension,
    extract::{ConnectInfo, State},
    response::{IntoResponse, Response},
};
use duban_app::identity::{
    Client, Issued, Needs, OidcError, ProviderAnswer, SignInError, SignedIn, Waiting,
};
use http::{
    HeaderMap, HeaderValue, StatusCode, Uri,
    header::{LOCATION, SET_COOKIE},
};
use url::{Url, form_urlencoded};

use super::{
    GatewayState,
    client::{ClientInfo, cookie},
    file::Query,
    layers::RequestId,
};

/// Where a sign-in begins.
pub const START: &str = "/oidc/start";
/// Where people land who were not let in, and those who have a second step to take.
const SIGN_IN: &str = "/sign-in";
/// Longest path that is remembered, in bytes.
const PATH_LENGTH: usize = 1_000;
/// Longest cookie that is looked at, in bytes.
const COOKIE_LENGTH: usize = 4_000;
/// What paths are read against; nothing is ever asked there.
const OURS: &str = "https://duban.invalid";

/// Answers `GET /oidc/start`: leads the browser to the provider.
pub async fn start_handler(State(state): State<GatewayState>, uri: Uri) -> Response {
    let Some(oidc) = state.app.identity().oidc() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let query = Query::of(&uri);
    let said = |name| query.as_ref().and_then(|query| query.text(name));
    let return_to = local_path(said("return_to"));
    let is_fresh = said("fresh") == Some("true");
    let begun = match oidc.begin(&return_to, is_fresh).await {
        Ok(begun) => begun,
        Err(error) => return failed(&error, &return_to),
    };
    let life = Duration::try_from(begun.life).unwrap_or_default();
    let mut response = see_other(&begun.address);
    give(&state, &mut response, (&begun.flow, life));
    response
}

/// Answers `GET /oidc/callback`: takes the provider's answer, and signs in whom it names.
pub async fn callback_handler(
    State(state): State<GatewayState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let identity = state.app.identity();
    let Some(oidc) = identity.oidc() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let query = Query::of(&uri);
    let said = |name| {
        let said = query.as_ref().and_then(|query| query.text(name));
        said.map(str::to_owned)
    };
    let kept = cookie(&headers, cookie_name(&state), COOKIE_LENGTH);
    let flow = kept.and_then(|kept| oidc.open(&kept));
    // Whoever was led here by another page has no such cookie, or one of another sign-in.
    let flow = flow.filter(|flow| said("state").is_some_and(|state| flow.is_answered_by(&state)));
    let Some(flow) = flow else {
        return to_sign_in("OVER", "/");
    };
    let answer = ProviderAnswer {
        code: said("code"),
        error: said("error"),
        issuer: said("iss"),
    };
    let hops = state.settings.trusted_proxy_hops;
    let info = ClientInfo::of(&headers, peer, hops, state.cookies());
    let client = Client {
        name: info.user_agent,
        address: info.address.to_string(),
        is_loopback: info.is_loopback,
        request: request_id.parse().ok(),
    };
    let signed_in = identity
        .sign_in_at_provider(oidc, (&flow, &answer), &client)
        .await;
    let mut response = match signed_in {
        Ok(SignedIn::Session(issued)) => enter(&state, &issued, flow.return_to()),
        Ok(SignedIn::Waiting(waiting)) => to_second_step(&waiting, flow.return_to()),
        Err(error) => failed(&error, flow.return_to()),
    };
    give(&state, &mut response, ("", Duration::ZERO));
    response
}

/// Leads to what was asked for, with the session's cookie: the client refreshes it into a token there.
fn enter(state: &GatewayState, issued: &Issued, return_to: &str) -> Response {
    let mut response = see_other(return_to);
    let life = Duration::try_from(issued.refresh_life).unwrap_or_default();
    if let Some(cookie) = state.cookies().give(&issued.refresh_token, life) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// Leads to the page that asks for the second step. What names it stands in the fragment, which no server
/// and no log ever sees; the page takes it away.
fn to_second_step(waiting: &Waiting, return_to: &str) -> Response {
    let step = match waiting.needs {
        Needs::Code => "CODE",
        Needs::Enrolment => "ENROLMENT",
    };
    let to = encoded(&[("to", return_to)]);
    let token = waiting.token.as_str();
    see_other(&format!("{SIGN_IN}?{to}#challenge={token}&step={step}"))
}

/// Leads to the sign-in page with the code of what went wrong. What the provider says goes to the log.
fn failed(error: &OidcError, return_to: &str) -> Response {
    let code = code_of(error);
    if matches!(code, "UNREACHABLE" | "UNTRUSTED" | "BROKEN") {
        tracing::error!(error = %error, "nobody was signed in by the provider");
    } else {
        tracing::info!(error = %error, "nobody was signed in by the provider");
    }
    to_sign_in(code, return_to)
}

/// The code that the sign-in page words.
const fn code_of(error: &OidcError) -> &'static str {
    match error {
        OidcError::Unreachable(_) => "UNREACHABLE",
        OidcError::Denied(_) => "DENIED",
        OidcError::Untrusted(_) | OidcError::Token(_) => "UNTRUSTED",
        OidcError::Busy | OidcError::SignIn(SignInError::Busy(_)) => "BUSY",
        OidcError::SignIn(SignInError::Throttled { .. }) => "THROTTLED",
        OidcError::SignIn(SignInError::Store(_)) => "BROKEN",
        OidcError::SignIn(_) => "REFUSED",
    }
}

fn to_sign_in(code: &str, return_to: &str) -> Response {
    let query = encoded(&[("failed", code), ("to", return_to)]);
    see_other(&format!("{SIGN_IN}?{query}"))
}

fn encoded(pairs: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs);
    query.finish()
}

fn see_other(place: &str) -> Response {
    match HeaderValue::from_str(place) {
        Ok(place) => (StatusCode::SEE_OTHER, [(LOCATION, place)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The name of the cookie that binds a sign-in to its browser.
fn cookie_name(state: &GatewayState) -> &'static str {
    if state.is_secure() {
        "__Host-duban_oidc"
    } else {
        "duban_oidc"
    }
}

/// Gives the browser the cookie, or with no time takes it away. Lax, because the provider sends people
/// back from another site.
fn give(state: &GatewayState, response: &mut Response, (flow, life): (&str, Duration)) {
    let secure = if state.is_secure() { "; Secure" } else { "" };
    let (name, seconds) = (cookie_name(state), life.as_secs());
    let text = format!("{name}={flow}; HttpOnly; SameSite=Lax; Path=/; Max-Age={seconds}{secure}");
    if let Ok(mut value) = HeaderValue::from_str(&text) {
        value.set_sensitive(true);
        response.headers_mut().append(SET_COOKIE, value);
    }
}

/// The path of ours to open after the sign-in, as a browser would read it; the overview for whatever
/// leads elsewhere.
fn local_path(asked: Option<&str>) -> String {
    let read = |asked: &str| {
        let ours = Url::parse(OURS).ok()?;
        let found = ours.join(asked).ok()?;
        let path = found.path();
        let is_page = found.origin() == ours.origin()
            && !path.starts_with("//")
            && !path.starts_with("/oidc/")
            && path != SIGN_IN;
        let part = |mark, text: Option<&str>| text.map(|text| format!("{mark}{text}"));
        let query = part('?', found.query()).unwrap_or_default();
        let fragment = part('#', found.fragment()).unwrap_or_default();
        is_page.then(|| format!("{path}{query}{fragment}"))
    };
    asked
        .filter(|asked| asked.starts_with('/') && asked.len() <= PATH_LENGTH)
        .and_then(read)
        .filter(|path| path.len() <= PATH_LENGTH)
        .unwrap_or_else(|| "/".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_ours_are_returned_to() {
        for (asked, taken) in [
            ("/tasks?state=RED#row-3", "/tasks?state=RED#row-3"),
            ("/plans/2025/../2024", "/plans/2024"),
            ("/部门", "/%E9%83%A8%E9%97%A8"),
            ("https://elsewhere.example.org/", "/"),
            ("//elsewhere.example.org/", "/"),
            ("///elsewhere.example.org/", "/"),
            ("/\\elsewhere.example.org/", "/"),
            ("/\t/elsewhere.example.org/", "/"),
            ("/.//elsewhere.example.org/", "/"),
            ("/x/..//elsewhere.example.org/", "/"),
            ("javascript:alert(1)", "/"),
            ("tasks", "/"),
            ("", "/"),
            ("/oidc/start?return_to=/", "/"),
            ("/sign-in?to=/tasks", "/"),
        ] {
            assert_eq!(local_path(Some(asked)), taken, "{asked:?}");
        }
        assert_eq!(local_path(None), "/");
        let long = format!("/{}", "x".repeat(PATH_LENGTH));
        assert_eq!(local_path(Some(&long)), "/");
        let swollen = format!("/{}", "部".repeat(300));
        assert_eq!(local_path(Some(&swollen)), "/", "too long once encoded");
    }

    #[test]
    fn every_failure_has_a_code_that_tells_nothing_of_the_provider() {
        let text = || "inner text".to_owned();
        for (error, code) in [
            (OidcError::Unreachable(text()), "UNREACHABLE"),
            (OidcError::Denied(text()), "DENIED"),
            (OidcError::Untrusted("inner text"), "UNTRUSTED"),
            (OidcError::Token(text()), "UNTRUSTED"),
            (OidcError::Busy, "BUSY"),
            (OidcError::SignIn(SignInError::Refused), "REFUSED"),
        ] {
            let answer = failed(&error, "/tasks?state=RED");
            assert_eq!(answer.status(), StatusCode::SEE_OTHER);
            let place = format!("/sign-in?failed={code}&to=%2Ftasks%3Fstate%3DRED");
            assert_eq!(answer.headers()[LOCATION], place);
        }
    }
}
