//! `/healthz`, `/readyz` and `/metrics`: how the process says that it lives, serves, and how it fares.

use std::{net::SocketAddr, sync::atomic::Ordering, time::Duration};

use axum::{
    extract::{ConnectInfo, Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header::CONTENT_TYPE};

use super::{GatewayState, assets, client::ClientInfo, measure};

/// How long the parts that serve may take to answer.
const TIME: Duration = Duration::from_secs(2);

/// The process lives.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// The process serves: it is not on its way out, and its database answers.
pub async fn readyz(State(state): State<GatewayState>) -> Response {
    if state.is_draining.load(Ordering::Acquire) {
        return (StatusCode::SERVICE_UNAVAILABLE, "draining\n").into_response();
    }
    match tokio::time::timeout(TIME, state.app.ready()).await {
        Ok(Ok(())) => "ready\n".into_response(),
        Ok(Err(error)) => {
            tracing::warn!(error = %error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready\n").into_response()
        }
        Err(_) => {
            tracing::warn!("not ready: the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready\n").into_response()
        }
    }
}

/// Figures in the text format of Prometheus; for callers on this machine unless opened. The client
/// has a page of this address (指标), which a browser gets.
pub async fn metrics(
    State(state): State<GatewayState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    if assets::navigates(request.headers()) {
        return assets::assets(request).await;
    }
    let client = ClientInfo::of(
        request.headers(),
        peer,
        state.settings.trusted_proxy_hops,
        state.cookies(),
    );
    if !client.is_loopback && !state.settings.is_metrics_public {
        return StatusCode::NOT_FOUND.into_response();
    }
    metrics::counter!(measure::STATEMENTS).absolute(state.app.store().statements());
    let content_type = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    ([(CONTENT_TYPE, content_type)], state.recorder.render()).into_response()
}
