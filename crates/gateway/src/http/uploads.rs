//! `/uploads`: a file as raw bytes, to be named in a later mutation.

use std::{net::SocketAddr, time::Duration};

use axum::{
    Extension,
    extract::{ConnectInfo, Request, State},
    response::{IntoResponse, Response},
};
use duban_app::uploads::{self, UploadError};
use http::{
    HeaderValue, Method, StatusCode,
    header::{ALLOW, CONTENT_TYPE},
    request::Parts,
};
use serde_json::{Value, json};

use super::{
    GatewayState,
    client::Language,
    door,
    fault::Fault,
    graphql::{address_of, authenticate_from, collect},
    layers::RequestId,
    negotiation::Media,
    overload::Priority,
    purse::Flat,
    request::decode,
};
use crate::wording::sentence;

/// Bytes of a file.
pub const FILE_LENGTH: usize = 32 * 1024 * 1024;
/// How long a file may take to be stored, its arrival apart.
const TIME: Duration = Duration::from_mins(1);

enum Problem {
    Request(Fault),
    SignedOut,
    Forbidden,
    TooLarge,
    NoName,
    Empty,
    /// The account keeps as much as it may: the code and the sentence's figures.
    Full(&'static str, Vec<(&'static str, String)>),
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::TooLarge => Self::TooLarge,
            other => Self::Request(other),
        }
    }
}

impl From<UploadError> for Problem {
    fn from(error: UploadError) -> Self {
        if let Some((code, figures)) = error.quota() {
            return Self::Full(code, figures);
        }
        match error {
            UploadError::Forbidden(_) => Self::Forbidden,
            UploadError::Empty => Self::Empty,
            error => {
                tracing::error!(error = %error, "a file could not be stored");
                Self::Request(Fault::Internal)
            }
        }
    }
}

/// Answers `POST /uploads?name=…`.
pub async fn uploads_handler(
    State(state): State<GatewayState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let language = Language::of(&parts.headers);
    let store = async {
        if parts.method != Method::POST {
            return Err(Problem::Request(Fault::Method));
        }
        let address = address_of(&state, &parts.headers, peer);
        let who = authenticate_from(&state, &parts.headers, address)
            .await?
            .ok_or(Problem::SignedOut)?;
        uploads::may_send(&who).map_err(|_| Problem::Forbidden)?;
        let name = name_of(&parts).ok_or(Problem::NoName)?;
        let _spent = door::pay(&state, (&who, address), Flat::File).await?;
        let bounds = (FILE_LENGTH, state.settings.limits.body * 2);
        let content = collect(&parts.headers, body, bounds).await?;
        // Only now: while a file comes in slowly, others can work.
        let _slot = door::enter(&state, Priority::Files).await?;
        Ok(uploads::store(&state.app, &who, &name, content.into()).await?)
    };
    let time = TIME + state.settings.limits.body * 2;
    let stored = match tokio::time::timeout(time, store).await {
        Ok(stored) => stored,
        Err(_) => Err(Problem::Request(Fault::TimedOut)),
    };
    match stored {
        Ok(receipt) => send(
            StatusCode::CREATED,
            &json!({
                "uploadId": receipt.id.to_string(),
                "name": receipt.name,
                "size": receipt.size,
                "sha256": receipt.sha256,
            }),
        ),
        Err(problem) => problem.answer(language, &request_id),
    }
}

/// The file name that the query string gives; no name, no file.
fn name_of(parts: &Parts) -> Option<String> {
    let pairs = parts
        .uri
        .query()?
        .split('&')
        .filter_map(|pair| pair.split_once('='));
    let mut names = pairs
        .filter(|(key, _)| *key == "name")
        .map(|(_, value)| value);
    let name = decode(names.next()?).filter(|name| !name.trim().is_empty())?;
    names.next().is_none().then_some(name)
}

impl Problem {
    fn answer(&self, language: Language, request_id: &str) -> Response {
        let (status, code, chinese, english) = match self {
            Self::Request(fault) => {
                let mut body = json!({ "code": fault.code(), "message": fault.message(language) });
                if *fault == Fault::Internal {
                    body["requestId"] = json!(request_id);
                }
                let mut response = send(fault.status(Media::GraphqlResponse), &body);
                fault.head(response.headers_mut());
                if *fault == Fault::Method {
                    response
                        .headers_mut()
                        .insert(ALLOW, HeaderValue::from_static("POST"));
                }
                return response;
            }
            Self::Full(code, figures) => {
                let message = sentence(language, code, figures);
                let body = json!({ "code": code, "message": message });
                return send(StatusCode::CONFLICT, &body);
            }
            Self::NoName => {
                let code = "DOCUMENT_NAME_MISSING";
                let message = sentence(language, code, &[]);
                let body = json!({ "code": code, "message": message });
                return send(StatusCode::BAD_REQUEST, &body);
            }
            Self::SignedOut => (
                StatusCode::UNAUTHORIZED,
                "UNAUTHENTICATED",
                "须先登录",
                "sign in first",
            ),
            Self::Forbidden => (
                StatusCode::FORBIDDEN,
                "FORBIDDEN",
                "没有导入要点或填报数据的权限，不能上传文件",
                "you may neither import plans nor record figures, so there is no use for a file",
            ),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "DOCUMENT_TOO_LARGE",
                "文件超过 32 MiB",
                "the file has more than 32 MiB",
            ),
            Self::Empty => (
                StatusCode::BAD_REQUEST,
                "DOCUMENT_EMPTY",
                "文件是空的",
                "the file is empty",
            ),
        };
        let message = match language {
            Language::Chinese => chinese,
            Language::English => english,
        };
        send(status, &json!({ "code": code, "message": message }))
    }
}

fn send(status: StatusCode, body: &Value) -> Response {
    let content_type = HeaderValue::from_static("application/json; charset=utf-8");
    (status, [(CONTENT_TYPE, content_type)], body.to_string()).into_response()
}
