//! What stands around every route: panics caught, requests named, answers sealed.

use std::{any::Any, convert::Infallible, panic::AssertUnwindSafe, time::Instant};

use axum::{
    Router,
    body::Body,
    extract::Request,
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use futures_util::FutureExt;
use http::{
    HeaderName, HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG},
};
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, Predicate,
        predicate::{DefaultPredicate, NotForContentType},
    },
};
use tracing::{Instrument, Span, field};
use uuid::Uuid;

use super::{
    client::Language,
    fault::Fault,
    measure::{self, InFlight},
};

/// The content security policy: nothing inline, nothing from elsewhere, no frame around us.
const CONTENT_SECURITY_POLICY: &str =
    "default-src 'self'; frame-ancestors 'none'; object-src 'none'; base-uri 'none'";
const PERMISSIONS_POLICY: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), \
     gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";
/// Two years, as preload lists ask.
const STRICT_TRANSPORT_SECURITY: &str = "max-age=63072000; includeSubDomains";
/// Level at which brotli costs about what gzip does, and zstd less.
const COMPRESSION: CompressionLevel = CompressionLevel::Precise(4);

/// The id of a request, ours: what a caller sends is not looked at, so logs cannot be forged.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// Puts the layers around the routes. From outside in: panics, request id with trace span and
/// figures, sealing headers, panics again (answered with the request id), compression.
pub fn around(routes: Router, is_secure: bool) -> Router {
    let compression = CompressionLayer::new().quality(COMPRESSION).compress_when(
        DefaultPredicate::new()
            .and(NotForContentType::const_new("font/"))
            .and(NotForContentType::const_new("application/zip"))
            .and(is_no_kept_file),
    );
    routes
        .layer(compression)
        .layer(middleware::from_fn(catch))
        .layer(middleware::from_fn(move |request, next| {
            seal(request, next, is_secure)
        }))
        .layer(middleware::from_fn(observe))
        .layer(CatchPanicLayer::custom(last_resort))
}

/// A kept file goes out byte by byte as it came in: its tag says so.
fn is_no_kept_file(
    _: StatusCode,
    _: http::Version,
    headers: &http::HeaderMap,
    _: &http::Extensions,
) -> bool {
    !(headers.contains_key(CONTENT_DISPOSITION) && headers.contains_key(ETAG))
}

async fn observe(mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let _in_flight = InFlight::begin();
    let id = new_request_id();
    let route = route_of(request.uri().path());
    let span = tracing::info_span!(
        "request",
        request.id = id,
        http.method = %request.method(),
        http.path = shown(request.uri().path()),
        graphql.operation = field::Empty,
    );
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = next.run(request).instrument(span.clone()).await;
    let status = response.status();
    log(&span, route, status, began);
    let class = match status.as_u16() {
        100..=199 => "1xx",
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    };
    metrics::counter!(measure::REQUESTS, "route" => route, "status" => class).increment(1);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

#[expect(
    clippy::disallowed_methods,
    reason = "it names a request in logs and nothing in the data"
)]
fn new_request_id() -> String {
    Uuid::now_v7().to_string()
}

fn log(span: &Span, route: &str, status: StatusCode, began: Instant) {
    let _inside = span.enter();
    let (status, duration_ms) = (status.as_u16(), began.elapsed().as_millis());
    if status >= 500 && status != 503 {
        tracing::error!(http.status = status, duration_ms, "answered");
    } else if matches!(route, "/healthz" | "/readyz" | "/metrics" | "client") {
        tracing::debug!(http.status = status, duration_ms, "answered");
    } else {
        tracing::info!(http.status = status, duration_ms, "answered");
    }
}

/// A path as it may stand in a log: the token of a calendar feed is in its path.
fn shown(path: &str) -> &str {
    if path.starts_with("/calendar/") {
        "/calendar/…"
    } else {
        path
    }
}

/// A label for figures: only paths that we serve, so that strangers cannot make up more.
fn route_of(path: &str) -> &'static str {
    [
        "/graphql",
        "/graphql/stream",
        "/graphql/ws",
        "/uploads",
        "/feeds",
        "/oidc/start",
        "/oidc/callback",
        "/healthz",
        "/readyz",
        "/metrics",
    ]
    .into_iter()
    .find(|known| *known == path)
    .unwrap_or_else(|| {
        let folders = [
            ("/calendar/", "/calendar"),
            ("/exports/", "/exports"),
            ("/feeds/", "/feeds"),
            ("/files/", "/files"),
            ("/sheets/", "/sheets"),
        ];
        let folder = folders.into_iter().find(|one| path.starts_with(one.0));
        folder.map_or("client", |one| one.1)
    })
}

async fn seal(request: Request, next: Next, is_secure: bool) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut put = |name: &'static str, value: &'static str| {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    };
    put("x-content-type-options", "nosniff");
    put("referrer-policy", "no-referrer");
    put("cross-origin-opener-policy", "same-origin");
    put("cross-origin-resource-policy", "same-origin");
    put("permissions-policy", PERMISSIONS_POLICY);
    if is_secure {
        put("strict-transport-security", STRICT_TRANSPORT_SECURITY);
    }
    // A file that somebody sent says for itself that it may do even less.
    headers
        .entry(http::header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    // Everything is data but the client's files, which say for themselves how long they keep.
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

async fn catch(request: Request, next: Next) -> Result<Response, Infallible> {
    let id = request
        .extensions()
        .get::<RequestId>()
        .map(|id| id.0.clone())
        .unwrap_or_default();
    let language = Language::of(request.headers());
    let caught = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    Ok(caught.unwrap_or_else(|_| {
        tracing::error!("a handler panicked");
        internal(language, &id)
    }))
}

fn last_resort(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a layer panicked");
    internal(Language::default(), "")
}

/// The answer to a fault of ours.
pub fn internal(language: Language, request_id: &str) -> Response {
    let error = Fault::Internal.error(language, request_id);
    let body = serde_json::json!({ "errors": [error] }).to_string();
    let content_type = HeaderValue::from_static("application/json; charset=utf-8");
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        [(CONTENT_TYPE, content_type)],
        Body::from(body),
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use axum::{body::to_bytes, routing::get};
    use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING};
    use tower::ServiceExt;

    use super::*;

    #[test]
    fn the_token_of_a_calendar_feed_is_in_no_log() {
        assert_eq!(shown("/calendar/c2VjcmV0.ics"), "/calendar/…");
        assert_eq!(shown("/graphql"), "/graphql");
    }

    async fn broken() -> &'static str {
        unreachable!("broken on purpose")
    }

    async fn call(path: &str, is_secure: bool) -> Response {
        call_accepting("br, gzip", path, is_secure).await
    }

    async fn call_accepting(encodings: &str, path: &str, is_secure: bool) -> Response {
        let routes = Router::new()
            .route("/fine", get(|| async { "fine ".repeat(1_000) }))
            .route(
                "/kept",
                get(|| async { ([(CACHE_CONTROL, "no-cache")], "kept") }),
            )
            .route("/broken", get(broken));
        let request = Request::builder()
            .uri(path)
            .header(ACCEPT_ENCODING, encodings)
            .header("x-request-id", "forged\u{9}id")
            .body(Body::empty())
            .unwrap();
        around(routes, is_secure).oneshot(request).await.unwrap()
    }

    fn header(response: &Response, name: &str) -> String {
        response
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
            .to_owned()
    }

    #[tokio::test]
    async fn every_answer_is_sealed_and_named() {
        for path in ["/fine", "/broken", "/nowhere"] {
            let response = call(path, false).await;
            assert_eq!(
                header(&response, "content-security-policy"),
                CONTENT_SECURITY_POLICY
            );
            assert_eq!(header(&response, "x-content-type-options"), "nosniff");
            assert_eq!(header(&response, "referrer-policy"), "no-referrer");
            assert_eq!(
                header(&response, "cross-origin-opener-policy"),
                "same-origin"
            );
            assert_eq!(header(&response, "cache-control"), "no-store");
            assert_eq!(header(&response, "strict-transport-security"), "");
            let id = Uuid::parse_str(&header(&response, "x-request-id")).unwrap();
            assert_eq!(id.get_version_num(), 7);
        }
        assert_eq!(
            header(&call("/kept", false).await, "cache-control"),
            "no-cache"
        );
        assert!(!header(&call("/kept", true).await, "strict-transport-security").is_empty());
    }

    #[tokio::test]
    async fn a_panic_is_an_internal_error_with_the_request_id_and_nothing_else() {
        let response = call("/broken", false).await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let id = header(&response, "x-request-id");
        let body = to_bytes(response.into_body(), 10_000).await.unwrap();
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        let extensions = serde_json::json!({ "code": "INTERNAL", "requestId": id });
        assert_eq!(body["errors"][0]["extensions"], extensions);
        assert!(!body.to_string().contains("on purpose"));
    }

    #[tokio::test]
    async fn long_answers_are_compressed() {
        assert_eq!(
            header(&call("/fine", false).await, CONTENT_ENCODING.as_str()),
            "br"
        );
        for encoding in ["gzip", "br", "zstd"] {
            let response = call_accepting(encoding, "/fine", false).await;
            assert_eq!(header(&response, CONTENT_ENCODING.as_str()), encoding);
        }
        assert_eq!(
            header(&call("/kept", false).await, CONTENT_ENCODING.as_str()),
            ""
        );
    }
}
