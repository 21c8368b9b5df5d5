//! What feeds there are.

use std::net::SocketAddr;

use axum::{
    Extension,
    extract::{ConnectInfo, State},
    response::{IntoResponse, Response},
};
use duban_app::feeds::{FeedColumn, FeedName};
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_TYPE, VARY},
};
use serde_json::{Value, json};

use super::{form::Form, reader};
use crate::{
    http::{GatewayState, client::Language, layers::RequestId},
    wording::sentence,
};

/// Answers `GET /feeds`: each feed with its addresses and columns, and what they mean.
pub async fn index_handler(
    State(state): State<GatewayState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    let language = Language::of(&headers);
    if let Err(problem) = reader(&state, &headers, peer).await {
        return problem.answer(language, &request_id);
    }
    let body = describe(&state.settings.public_url, language).to_string();
    let json = HeaderValue::from_static("application/json; charset=utf-8");
    let never = HeaderValue::from_static("no-store");
    let vary = HeaderValue::from_static("authorization, accept-language");
    let head = [(CONTENT_TYPE, json), (CACHE_CONTROL, never), (VARY, vary)];
    (StatusCode::OK, head, body).into_response()
}

fn describe(server: &str, language: Language) -> Value {
    let server = server.trim_end_matches('/');
    let say = |code: &str| sentence(language, code, &[]);
    let feeds = FeedName::ALL.map(|feed| {
        let name = feed.name();
        let links = Form::ENDINGS.map(|ending| {
            let link = format!("{server}/feeds/{name}.{ending}");
            (ending.to_owned(), Value::from(link))
        });
        let columns = feed.columns().iter().map(|column| {
            json!({
                "name": column.name,
                "type": column.kind.name(),
                "description": say(&code_of(column)),
            })
        });
        json!({
            "name": name,
            "description": say(&format!("FEED_{}", name.to_uppercase())),
            "links": Value::Object(links.into_iter().collect()),
            "columns": columns.collect::<Vec<_>>(),
        })
    });
    let parameters = ["plan", "metric", "department", "from", "to", "encoding"].map(|name| {
        let code = format!("FEED_PARAMETER_{}", name.to_uppercase());
        json!({ "name": name, "description": say(&code) })
    });
    json!({ "feeds": feeds, "parameters": parameters })
}

fn code_of(column: &FeedColumn) -> String {
    format!("FEED_COLUMN_{}", column.name.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_described_in_both_languages() {
        for language in [Language::Chinese, Language::English] {
            let told = describe("https://duban.example.org/", language).to_string();
            assert!(!told.contains("FEED_"), "without words: {told}");
            assert!(told.contains("https://duban.example.org/feeds/figures.parquet"));
        }
    }
}
