//! `/files/<id>`: a file of evidence, for whoever may read the measurement under which it lies.

use std::{net::SocketAddr, time::Duration};

use async_graphql::ID;
use axum::{
    Extension,
    extract::{ConnectInfo, Path, State},
    response::{IntoResponse, Response},
};
use duban_app::change::ChangeError;
use duban_domain::{access::Permission, ids::EvidenceId, measurement::Evidence};
use duban_persistence::evidence;
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{
        CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, VARY,
    },
};

use super::{
    GatewayState,
    client::Language,
    door,
    fault::Fault,
    file::{Problem, extended, is_known},
    graphql::{address_of, authenticate_from},
    layers::RequestId,
    overload::Priority,
    purse::Flat,
};
use crate::graphql::id::{Kind, decode};

/// How long a file may take to be found.
const TIME: Duration = Duration::from_secs(30);

/// What a file may do where somebody opens it here all the same: nothing.
const SANDBOX: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

/// Answers `GET /files/<id>`; what is out of scope looks like what is not there.
pub async fn files_handler(
    State(state): State<GatewayState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let language = Language::of(&headers);
    let answer = tokio::time::timeout(TIME, find(&state, &id, (&headers, peer))).await;
    match answer.unwrap_or(Err(Problem::Request(Fault::TimedOut))) {
        Ok(response) => response,
        Err(problem) => problem.answer(language, &request_id),
    }
}

async fn find(
    state: &GatewayState,
    id: &str,
    (headers, peer): (&HeaderMap, SocketAddr),
) -> Result<Response, Problem> {
    let _slot = door::enter(state, Priority::Files).await?;
    let address = address_of(state, headers, peer);
    let who = authenticate_from(state, headers, address)
        .await?
        .ok_or(Problem::SignedOut)?;
    let _spent = door::pay(state, (&who, address), Flat::File).await?;
    if !who.holds(Permission::MetricRead) {
        return Err(ChangeError::from(who.forbidden(Permission::MetricRead)).into());
    }
    let key = decode(&ID(id.to_owned())).filter(|(kind, _)| *kind == Kind::Evidence);
    let (_, key) = key.ok_or(Problem::Unknown)?;
    let db = state.app.store().read();
    let found = evidence::find(db, &who.scope(), EvidenceId(key)).await?;
    let found = found.ok_or(Problem::Unknown)?;
    let tag = format!("\"{}\"", found.sha256);
    if is_known(headers, &tag) {
        return Ok(sealed(
            StatusCode::NOT_MODIFIED.into_response(),
            &found,
            &tag,
        ));
    }
    let bytes = evidence::content_of(db, &found).await?;
    Ok(sealed(
        (StatusCode::OK, bytes).into_response(),
        &found,
        &tag,
    ))
}

fn sealed(mut response: Response, found: &Evidence, tag: &str) -> Response {
    let name = extended(&found.name);
    let disposition = format!("attachment; filename=\"evidence\"; filename*=UTF-8''{name}");
    let sent = response.headers_mut();
    let kind = HeaderValue::from_static(found.kind.media_type());
    sent.insert(CONTENT_TYPE, kind);
    let texts = [(CONTENT_DISPOSITION, disposition.as_str()), (ETAG, tag)];
    for (header, text) in texts {
        if let Ok(value) = HeaderValue::from_str(text) {
            sent.insert(header, value);
        }
    }
    sent.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX));
    sent.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    sent.insert(VARY, HeaderValue::from_static("authorization"));
    response
}
