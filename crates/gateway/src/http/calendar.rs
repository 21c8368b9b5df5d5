//! `/calendar/<token>.ics`: a calendar feed for whoever holds its token, titles and dates only.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use duban_app::notify::feeds;
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH},
};
use sha2::{Digest, Sha256};

use super::{GatewayState, door, negotiation::Media, overload::Priority};

/// Longest token that is looked at.
const TOKEN_LENGTH: usize = 64;

/// Answers `GET /calendar/<token>.ics`; a token that is not in force is not told from none at all.
pub async fn calendar_handler(
    State(state): State<GatewayState>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    let token = file
        .strip_suffix(".ics")
        .filter(|token| !token.is_empty() && token.len() <= TOKEN_LENGTH);
    let Some(token) = token else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let slot = match door::enter(&state, Priority::Files).await {
        Ok(slot) => slot,
        Err(fault) => {
            let mut response = fault.status(Media::GraphqlResponse).into_response();
            fault.head(response.headers_mut());
            return response;
        }
    };
    let found = feeds::calendar_of(&state.app, token).await;
    drop(slot);
    match found {
        Ok(Some(calendar)) => send(&headers, calendar),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(error = %error, "a calendar could not be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn send(headers: &HeaderMap, calendar: String) -> Response {
    let tag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(Sha256::digest(&calendar)));
    let is_known = headers
        .get(IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|known| known.split(',').any(|one| one.trim() == tag));
    let body = if is_known { String::new() } else { calendar };
    let status = if is_known {
        StatusCode::NOT_MODIFIED
    } else {
        StatusCode::OK
    };
    let mut response = (status, body).into_response();
    let sent = response.headers_mut();
    let text = HeaderValue::from_static("text/calendar; charset=utf-8");
    sent.insert(CONTENT_TYPE, text);
    let private = HeaderValue::from_static("private, no-cache");
    sent.insert(CACHE_CONTROL, private);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        sent.insert(ETAG, tag);
    }
    response
}
