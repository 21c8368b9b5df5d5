//! `/sheets/…`: spreadsheets of figures as files.
//!
//! `form?department=&period=` the form of a unit for a month, with `format=csv` or `csv-gb18030` its rows as
//! text; `check?uploadId=&department=&period=` an uploaded file back with each finding on its cell;
//! `errors?sheetId=` the rows of a file that were not taken; `result?importId=` those of a large file.

use std::{collections::HashMap, sync::Arc, time::Duration};

use async_graphql::ID;
use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use duban_app::{
    App,
    change::{Call, ChangeError},
    sheets::{self, Asked, Charset, Finding, SheetFile, WriteError},
};
use duban_domain::{
    access::Principal,
    error::Coded,
    ids::{DepartmentId, SheetId, UploadId},
    period::Period,
};
use duban_persistence::{StoreError, codes, measurement_imports, sheets as stored};
use http::{
    HeaderMap, HeaderValue, StatusCode, Uri,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, VARY},
};
use serde_json::json;
use uuid::Uuid;

use super::{
    GatewayState, client::Language, fault::Fault, graphql::authenticate, layers::RequestId,
    negotiation::Media, request::decode,
};
use crate::{
    graphql::{
        id::{Kind, Named, decode as decode_id, named},
        sheet::import_key,
    },
    wording::sentence,
};

/// How long a file may take to be made.
const TIME: Duration = Duration::from_secs(30);

const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A file to be sent.
struct File {
    name: String,
    fallback: &'static str,
    content_type: &'static str,
    bytes: Vec<u8>,
}

/// Why no file is sent.
enum Problem {
    Request(Fault),
    SignedOut,
    Unknown,
    Malformed(&'static str),
    Change(ChangeError),
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

/// Answers `GET /sheets/…`.
pub async fn sheets_handler(
    State(state): State<GatewayState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    Path(what): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let language = Language::of(&headers);
    let make = async {
        let who = authenticate(&state, &headers)
            .await
            .map_err(Problem::Request)?
            .ok_or(Problem::SignedOut)?;
        let asked = Query::of(&uri).ok_or(Problem::Malformed("QUERY_MALFORMED"))?;
        let desk = Desk {
            app: &state.app,
            who: &who,
            language,
        };
        match what.as_str() {
            "form" => desk.form(&asked).await,
            "check" => desk.check(&asked).await,
            "errors" => desk.errors(&asked).await,
            "result" => desk.result(&asked).await,
            _ => Err(Problem::Unknown),
        }
    };
    let late = |_| Err(Problem::Request(Fault::TimedOut));
    let answer = tokio::time::timeout(TIME, make).await;
    match answer.unwrap_or_else(late) {
        Ok(file) => file.send(),
        Err(problem) => problem.answer(language, &request_id),
    }
}

/// The parameters of a query string, each once.
struct Query(HashMap<String, String>);

impl Query {
    fn of(uri: &Uri) -> Option<Self> {
        let mut found = HashMap::new();
        let pairs = uri.query().unwrap_or_default().split('&');
        for pair in pairs.filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=')?;
            if found.insert(name.to_owned(), decode(value)?).is_some() {
                return None;
            }
        }
        Some(Self(found))
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|one| one.trim())
    }

    fn id(&self, name: &str) -> Option<ID> {
        self.text(name).map(|text| ID(text.to_owned()))
    }
}

/// Who asks for a file.
struct Desk<'a> {
    app: &'a App,
    who: &'a Arc<Principal>,
    language: Language,
}

impl Desk<'_> {
    /// The unit and the month of a request.
    async fn asked(&self, query: &Query) -> Result<Asked, Problem> {
        let id = query
            .id("department")
            .ok_or(Problem::Malformed("DEPARTMENT_UNKNOWN"))?;
        let period = query
            .text("period")
            .and_then(|text| text.parse::<Period>().ok());
        let period = period.ok_or(Problem::Malformed("PERIOD_MALFORMED"))?;
        let department = match named(Kind::Department, &id) {
            Named::Key(key) => DepartmentId(key),
            Named::Code(code) => {
                let db = self.app.store().read();
                let found = codes::departments(db, std::slice::from_ref(&code)).await?;
                found
                    .into_values()
                    .next()
                    .unwrap_or(DepartmentId(Uuid::nil()))
            }
        };
        Ok(Asked { department, period })
    }

    async fn form(&self, query: &Query) -> Result<File, Problem> {
        let asked = self.asked(query).await?;
        let form = sheets::form_of(self.app, self.who, asked).await?;
        let name = form.name.clone();
        match query.text("format").unwrap_or("xlsx") {
            "xlsx" => {
                let bytes = blocking(move || form.workbook()).await?;
                Ok(File::workbook(&name, "form.xlsx", bytes))
            }
            "csv" => {
                let bytes = blocking(move || form.csv(Charset::Utf8)).await?;
                Ok(File::csv(&name, "text/csv; charset=utf-8", bytes))
            }
            "csv-gb18030" => {
                let bytes = blocking(move || form.csv(Charset::Gb18030)).await?;
                Ok(File::csv(&name, "text/csv; charset=gb18030", bytes))
            }
            _ => Err(Problem::Malformed("FORMAT_UNKNOWN")),
        }
    }

    async fn check(&self, query: &Query) -> Result<File, Problem> {
        let asked = self.asked(query).await?;
        let upload = query
            .text("uploadId")
            .and_then(|text| Uuid::try_parse(text).ok());
        let file = SheetFile::Upload(UploadId(upload.unwrap_or(Uuid::nil())));
        let call = Call::once(self.who.as_ref().clone());
        let check = sheets::preview_sheet(self.app, &call, asked, (file, None)).await?;
        let language = self.language;
        let name = stem(&check.file_name);
        let words = move |one: &Finding| sentence(language, one.code, &one.figures);
        let bytes = blocking(move || check.workbook(false, words)).await?;
        Ok(File::workbook(
            &format!("{name}-问题清单"),
            "errors.xlsx",
            bytes,
        ))
    }

    async fn errors(&self, query: &Query) -> Result<File, Problem> {
        let id = query
            .id("sheetId")
            .ok_or(Problem::Malformed("ID_MALFORMED"))?;
        let key = decode_id(&id).filter(|(kind, _)| *kind == Kind::Sheet);
        let (_, key) = key.ok_or(Problem::Unknown)?;
        let (db, scope) = (self.app.store().read(), self.who.scope());
        let sheet = stored::find(db, &scope, SheetId(key)).await?;
        let sheet = sheet.ok_or(Problem::Unknown)?;
        let bytes = stored::mistakes(db, &scope, sheet.id).await?;
        let name = format!("{}-问题清单", stem(&sheet.file_name));
        Ok(File::workbook(
            &name,
            "errors.xlsx",
            bytes.ok_or(Problem::Unknown)?,
        ))
    }
}

impl Desk<'_> {
    async fn result(&self, query: &Query) -> Result<File, Problem> {
        let id = query
            .id("importId")
            .ok_or(Problem::Malformed("ID_MALFORMED"))?;
        let (db, scope) = (self.app.store().read(), self.who.scope());
        let import = measurement_imports::find(db, &scope, import_key(&id)).await?;
        let import = import.ok_or(Problem::Unknown)?;
        let result = sheets::import_result(self.app, &import).await?;
        let result = result.ok_or(Problem::Unknown)?;
        let language = self.language;
        let name = format!("{}-问题清单", stem(&result.file_name));
        let words = move |code: &str, figures: &[(&str, String)]| sentence(language, code, figures);
        let bytes = blocking(move || result.workbook(words)).await?;
        Ok(File::workbook(&name, "errors.xlsx", bytes))
    }
}

/// Makes a file off the async threads.
async fn blocking(
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
fn extended(text: &str) -> String {
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

/// A file name without its ending.
fn stem(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.to_owned()
}

impl File {
    fn workbook(name: &str, fallback: &'static str, bytes: Vec<u8>) -> Self {
        Self {
            name: format!("{name}.xlsx"),
            fallback,
            content_type: WORKBOOK,
            bytes,
        }
    }

    fn csv(name: &str, content_type: &'static str, bytes: Vec<u8>) -> Self {
        Self {
            name: format!("{name}.csv"),
            fallback: "form.csv",
            content_type,
            bytes,
        }
    }

    fn send(self) -> Response {
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
    fn answer(self, language: Language, request_id: &str) -> Response {
        let (status, code, message) = match self {
            Self::Request(fault) => {
                let status = fault.status(Media::GraphqlResponse);
                (status, fault.code(), fault.message(language))
            }
            Self::SignedOut => told(language, StatusCode::UNAUTHORIZED, "UNAUTHENTICATED"),
            Self::Unknown => told(language, StatusCode::NOT_FOUND, "NOT_FOUND"),
            Self::Malformed(code) => told(language, StatusCode::BAD_REQUEST, code),
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
                    tracing::error!(error = %other, "a spreadsheet could not be made");
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
        let headers = [(CONTENT_TYPE, json), (CACHE_CONTROL, never)];
        (status, headers, body.to_string()).into_response()
    }
}

fn told(
    language: Language,
    status: StatusCode,
    code: &'static str,
) -> (StatusCode, &'static str, String) {
    (status, code, sentence(language, code, &[]))
}
