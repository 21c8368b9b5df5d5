//! The web client inside the binary.

use std::{borrow::Cow, fmt::Write};

use axum::{
    body::Body,
    extract::Request,
    response::{IntoResponse, Response},
};
use http::{
    HeaderMap, HeaderValue, Method, StatusCode,
    header::{
        ACCEPT, ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG,
        IF_NONE_MATCH, VARY,
    },
};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::client::weighted;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist"]
struct Client;

/// Names below this folder carry a digest, so their content never changes.
const HASHED: &str = "assets/";
const INDEX: &str = "index.html";

/// Compressed forms that the client's build may leave beside a file, best first.
const PRECOMPRESSED: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// A file of the client's build, as it is inside the binary.
pub fn embedded(path: &str) -> Option<Cow<'static, [u8]>> {
    Client::get(path).map(|file| file.data)
}

/// Answers with a file of the client; a page that only the client knows is its `index.html`.
pub async fn assets(request: Request) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        let allow = [(ALLOW, HeaderValue::from_static("GET, HEAD"))];
        return (StatusCode::METHOD_NOT_ALLOWED, allow).into_response();
    }
    let path = request.uri().path().trim_start_matches('/');
    let path = if path.is_empty() { INDEX } else { path };
    let headers = request.headers();
    if let Some(file) = Client::get(path) {
        return answer(path, file, headers);
    }
    if !path.starts_with(HASHED)
        && navigates(headers)
        && let Some(index) = Client::get(INDEX)
    {
        return answer(INDEX, index, headers);
    }
    StatusCode::NOT_FOUND.into_response()
}

/// Whether a browser asks for a page, and not for a script or picture that is missing.
pub fn navigates(headers: &HeaderMap) -> bool {
    headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(weighted)
        .any(|(range, weight)| weight > 0 && range.eq_ignore_ascii_case("text/html"))
}

fn answer(path: &str, plain: EmbeddedFile, headers: &HeaderMap) -> Response {
    let (file, encoding) = PRECOMPRESSED
        .into_iter()
        .filter(|(encoding, _)| accepts(headers, encoding))
        .find_map(|(encoding, ending)| Some((Client::get(&format!("{path}{ending}"))?, encoding)))
        .map_or((plain, None), |(file, encoding)| (file, Some(encoding)));
    // Weak, because the layer outside may compress the very same file.
    let mut tag = String::from("W/\"");
    for byte in file.metadata.sha256_hash().iter().take(16) {
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    let mut response = if is_known(headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(file.data).into_response()
    };
    let out = response.headers_mut();
    out.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    let keep = if path.starts_with(HASHED) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    out.insert(CACHE_CONTROL, HeaderValue::from_static(keep));
    out.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        out.insert(ETAG, tag);
    }
    if let Some(encoding) = encoding {
        out.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(weighted)
        .any(|(range, weight)| weight > 0 && range.eq_ignore_ascii_case(encoding))
}

fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|known| known.trim() == tag)
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn call(method: Method, path: &str, pairs: &[(http::HeaderName, &str)]) -> Response {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in pairs {
            request = request.header(name, *value);
        }
        assets(request.body(Body::empty()).unwrap()).await
    }

    fn header(response: &Response, name: http::HeaderName) -> &str {
        response
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
    }

    #[tokio::test]
    async fn the_page_is_checked_for_change_each_time() {
        let first = call(Method::GET, "/", &[]).await;
        assert_eq!(first.status(), StatusCode::OK);
        assert_eq!(header(&first, CONTENT_TYPE), "text/html; charset=utf-8");
        assert_eq!(header(&first, CACHE_CONTROL), "no-cache");
        let again = call(Method::GET, "/", &[(IF_NONE_MATCH, header(&first, ETAG))]).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(header(&again, ETAG), header(&first, ETAG));
    }

    #[tokio::test]
    async fn pages_of_the_client_are_its_index_and_missing_files_are_missing() {
        let html = [(ACCEPT, "text/html,*/*;q=0.8")];
        assert_eq!(
            call(Method::GET, "/tasks/2025-14", &html).await.status(),
            StatusCode::OK
        );
        for (path, pairs) in [
            ("/assets/gone.js", &html[..]),
            ("/gone.png", &[]),
            ("/tasks", &[(ACCEPT, "*/*")]),
        ] {
            assert_eq!(
                call(Method::GET, path, pairs).await.status(),
                StatusCode::NOT_FOUND
            );
        }
        let posted = call(Method::POST, "/", &[]).await;
        assert_eq!(posted.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(header(&posted, ALLOW), "GET, HEAD");
    }

    #[tokio::test]
    async fn no_path_leads_out_of_the_client() {
        for path in [
            "/../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "//etc/passwd",
            "/..%2fCargo.toml",
        ] {
            assert_eq!(
                call(Method::GET, path, &[]).await.status(),
                StatusCode::NOT_FOUND
            );
        }
    }
}
