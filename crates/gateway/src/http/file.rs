//! Files that are sent: tables as workbooks or text, and what is said where none is.

use std::collections::HashMap;

use async_graphql::ID;
use axum::response::{IntoResponse, Response};
use duban_app::{
    change::ChangeError,
    sheets::{Charset, WriteError},
};
use duban_domain::error::Coded;
use duban_persistence::StoreError;
use http::{
    HeaderMap, HeaderValue, StatusCode, Uri,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, IF_NONE_MATCH, RETRY_AFTER, VARY},
};
use serde_json::json;

use super::{client::Language, fault::Fault, negotiation::Media, request::decode};
use crate::wording::sentence;

/// The media type of a workbook.
pub(super) const WORKBOOK: &str =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A file to be sent.
pub(super) struct File {
    /// What it is called.
    pub name: String,
    /// The same for programs that read ASCII alone.
    pub fallback: &'static str,
    /// What it is.
    pub content_type: &'static str,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Why no file is sent.
pub(super) enum Problem {
    Request(Fault),
    SignedOut,
    Unknown,
    Malformed(&'static str),
    /// As much is under way for the account as may be: the code and the sentence's figures.
    Busy(&'static str, Vec<(&'static str, String)>),
    Change(ChangeError),
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self::Request(fault)
    }
}

impl From<ChangeError> for Problem {
    fn from(error: ChangeError) -> Self {
        Self::Change(error)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::Change(error.into())
    }
}

/// The parameters of a query string, each with what it says; most of them once.
pub(super) struct Query(HashMap<String, Vec<String>>);

/// How a table is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// A workbook.
    Workbook,
    /// Rows in text.
    Csv(Charset),
}

impl Format {
    /// The name in addresses.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Workbook => "xlsx",
            Self::Csv(Charset::Utf8) => "csv",
            Self::Csv(Charset::Gb18030) => "csv-gb18030",
        }
    }
}

impl Query {
    /// How the table is wanted: as a workbook unless it says otherwise.
    pub(super) fn format(&self) -> Result<Format, Problem> {
        let known = [
            Format::Workbook,
            Format::Csv(Charset::Utf8),
            Format::Csv(Charset::Gb18030),
        ];
        let wanted = self.text("format").unwrap_or("xlsx");
        let found = known.into_iter().find(|one| one.name() == wanted);
        found.ok_or(Problem::Malformed("FORMAT_UNKNOWN"))
    }

    /// Whether there is nothing but these parameters: one that is mistyped must not pass for none.
    pub(super) fn has_only(&self, names: &[&str]) -> bool {
        self.0.keys().all(|name| names.contains(&name.as_str()))
    }

    /// Reads them; none where one is repeated or cannot be read.
    pub(super) fn of(uri: &Uri) -> Option<Self> {
        Self::with_repeated(uri, &[])
    }

    /// Reads them; none where one is repeated that is not among these, or cannot be read.
    pub(super) fn with_repeated(uri: &Uri, repeated: &[&str]) -> Option<Self> {
        let mut found: HashMap<String, Vec<String>> = HashMap::new();
        let pairs = uri.query().unwrap_or_default().split('&');
        for pair in pairs.filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=')?;
            let said = found.entry(name.to_owned()).or_default();
            if !said.is_empty() && !repeated.contains(&name) {
                return None;
            }
            said.push(decode(value)?);
        }
        Some(Self(found))
    }

    /// The words of a parameter, without blanks around.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.texts(name).first().copied()
    }

    /// All that a parameter says, without blanks around.
    pub(super) fn texts(&self, name: &str) -> Vec<&str> {
        let said = self.0.get(name).into_iter().flatten();
        said.map(|one| one.trim()).collect()
    }

    /// A parameter that names something by id or code.
    pub(super) fn id(&self, name: &str) -> Option<ID> {
        self.text(name).map(|text| ID(text.to_owned()))
    }
}

/// Whether the caller has what has this tag: `If-None-Match` names it, or anything (RFC 9110 §13.1.2).
pub(super) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(IF_NONE_MATCH).iter();
    let mut known = known.filter_map(|value| value.to_str().ok());
    known.any(|known| {
        let mut each = known.split(',').map(str::trim);
        each.any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
    })
}

/// Makes a file off the async threads.
pub(super) async fn blocking(
    make: impl FnOnce() -> Result<Vec<u8>, WriteError> + Send + 'static,
) -> Result<Vec<u8>, Problem> {
    let internal = || Problem::Request(Fault::Internal);
    let bytes = tokio::task::spawn_blocking(make).await;
    let bytes = bytes.map_err(|_| internal())?;
    bytes.map_err(|error| {
        tracing::error!(error = %error, "a workbook could not be written");
        internal()
    })
}

/// A text as a parameter of a header may carry it (RFC 8187).
pub(super) fn extended(text: &str) -> String {
    use std::fmt::Write;

    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().fold(String::new(), |mut written, byte| {
        if plain(byte) {
            written.push(char::from(byte));
        } else {
            let _ = write!(written, "%{byte:02X}");
        }
        written
    })
}

impl File {
    /// A workbook.
    pub(super) fn workbook(name: &str, fallback: &'static str, bytes: Vec<u8>) -> Self {
        Self {
            name: format!("{name}.xlsx"),
            fallback,
            content_type: WORKBOOK,
            bytes,
        }
    }

    /// A table in text.
    pub(super) fn csv(name: &str, charset: Charset, bytes: Vec<u8>) -> Self {
        let content_type = match charset {
            Charset::Utf8 => "text/csv; charset=utf-8",
            Charset::Gb18030 => "text/csv; charset=gb18030",
        };
        Self {
            name: format!("{name}.csv"),
            fallback: "form.csv",
            content_type,
            bytes,
        }
    }

    /// The answer that carries it.
    pub(super) fn send(self) -> Response {
        let encoded = extended(&self.name);
        let disposition = format!(
            "attachment; filename=\"{}\"; filename*=UTF-8''{encoded}",
            self.fallback
        );
        let mut response = (StatusCode::OK, self.bytes).into_response();
        let sent = response.headers_mut();
        sent.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        if let Ok(value) = HeaderValue::from_str(&disposition) {
            sent.insert(CONTENT_DISPOSITION, value);
        }
        sent.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        sent.insert(VARY, HeaderValue::from_static("authorization"));
        response
    }
}

impl Problem {
    /// The answer that says so.
    pub(super) fn answer(self, language: Language, request_id: &str) -> Response {
        let mut head = HeaderMap::new();
        let (status, code, message) = match self {
            Self::Request(fault) => {
                fault.head(&mut head);
                let status = fault.status(Media::GraphqlResponse);
                (status, fault.code(), fault.message(language))
            }
            Self::SignedOut => told(language, StatusCode::UNAUTHORIZED, "UNAUTHENTICATED"),
            Self::Unknown => told(language, StatusCode::NOT_FOUND, "NOT_FOUND"),
            Self::Malformed(code) => told(language, StatusCode::BAD_REQUEST, code),
            Self::Busy(code, figures) => {
                let words = sentence(language, code, &figures);
                (StatusCode::TOO_MANY_REQUESTS, code, words)
            }
            Self::Change(error) => match error {
                ChangeError::NotFound => told(language, StatusCode::NOT_FOUND, "NOT_FOUND"),
                ChangeError::Forbidden(refusal) => {
                    told(language, StatusCode::FORBIDDEN, refusal.code())
                }
                ChangeError::Invalid { code, figures, .. } => {
                    let words = sentence(language, code, &figures);
                    (StatusCode::UNPROCESSABLE_ENTITY, code, words)
                }
                other => {
                    tracing::error!(error = %other, "a file could not be made");
                    let fault = Fault::Internal;
                    let status = fault.status(Media::GraphqlResponse);
                    (status, fault.code(), fault.message(language))
                }
            },
        };
        let mut body = json!({ "code": code, "message": message });
        if status == StatusCode::INTERNAL_SERVER_ERROR {
            body["requestId"] = json!(request_id);
        }
        let json = HeaderValue::from_static("application/json; charset=utf-8");
        let never = HeaderValue::from_static("no-store");
        head.insert(CONTENT_TYPE, json);
        head.insert(CACHE_CONTROL, never);
        if status == StatusCode::TOO_MANY_REQUESTS {
            head.entry(RETRY_AFTER)
                .or_insert(HeaderValue::from_static("10"));
        }
        (status, head, body.to_string()).into_response()
    }
}

fn told(
    language: Language,
    status: StatusCode,
    code: &'static str,
) -> (StatusCode, &'static str, String) {
    (status, code, sentence(language, code, &[]))
}
