//! `/graphql/ws`: operations that last over a WebSocket, in the protocol graphql-transport-ws.

mod message;
mod session;

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Extension,
    extract::{ConnectInfo, State, WebSocketUpgrade, ws::rejection::WebSocketUpgradeRejection},
    response::{IntoResponse, Response},
};
use http::{
    HeaderMap, StatusCode,
    header::{HOST, ORIGIN},
};

use super::{
    GatewayState,
    client::{ClientInfo, Language},
    layers::RequestId,
    prepared::Place,
};

/// Bytes of one message.
const MESSAGE: usize = 128 * 1_024;
/// Bytes that each socket reads at once, and keeps room for as long as it lives: what clients say is short.
const READ_AT_ONCE: usize = 2 * 1_024;
/// Bytes that are gathered before they are written.
const WRITE_AT_ONCE: usize = 4 * 1_024;
/// The name of the protocol.
const PROTOCOL: &str = "graphql-transport-ws";

/// Takes a socket over.
pub async fn socket_handler(
    State(state): State<GatewayState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(refusal) => return refusal.into_response(),
    };
    if !is_our_page(&headers, &state.settings.public_url) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let upgrade = upgrade
        .protocols([PROTOCOL])
        .read_buffer_size(READ_AT_ONCE)
        .write_buffer_size(WRITE_AT_ONCE)
        .max_message_size(MESSAGE)
        .max_frame_size(MESSAGE);
    if upgrade.selected_protocol().is_none() {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let Ok(seat) = Arc::clone(&state.sockets).try_acquire_owned() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let hops = state.settings.trusted_proxy_hops;
    let mut client = ClientInfo::of(&headers, peer, hops, state.cookies());
    client.request = request_id.parse().ok();
    let place = Place {
        state,
        language: Language::of(&headers),
        client,
    };
    upgrade.on_upgrade(move |socket| async move {
        session::run(place, socket).await;
        drop(seat);
    })
}

/// Whether the page that opens the socket is ours; a program sends no origin.
fn is_our_page(headers: &HeaderMap, public_url: &str) -> bool {
    let Some(origin) = headers.get(ORIGIN) else {
        return true;
    };
    let origin = origin.to_str().unwrap_or_default();
    if !public_url.is_empty() && origin == public_url.trim_end_matches('/') {
        return true;
    }
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let of_origin = origin.split_once("://").map(|(_, host)| host);
    host.is_some() && of_origin == host
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn only_pages_of_ours_and_programs_open_a_socket() {
        let from = |origin: Option<&'static str>| {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, HeaderValue::from_static("127.0.0.1:8080"));
            if let Some(origin) = origin {
                headers.insert(ORIGIN, HeaderValue::from_static(origin));
            }
            is_our_page(&headers, "https://duban.example.org")
        };
        assert!(from(None));
        assert!(from(Some("https://duban.example.org")));
        assert!(from(Some("http://127.0.0.1:8080")));
        for other in [
            "https://duban.example.org.evil.example",
            "http://duban.example.org",
            "http://127.0.0.1:8081",
            "null",
            "",
        ] {
            assert!(!from(Some(other)), "{other}");
        }
    }
}
