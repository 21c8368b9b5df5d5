//! `/sheets/…`: spreadsheets of figures as files.
//!
//! `form?department=&period=` the form of a unit for a month, with `format=csv` or `csv-gb18030` its rows as
//! text; `check?uploadId=&department=&period=` an uploaded file back with each finding on its cell;
//! `errors?sheetId=` the rows of a file that were not taken; `result?importId=` those of a large file, which
//! its parts give as well.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Extension,
    extract::{ConnectInfo, Path, Request, State},
    response::Response,
};
use duban_app::{
    App,
    change::Call,
    sheets::{self, Asked, Finding, SheetFile},
};
use duban_domain::{
    access::Principal,
    ids::{DepartmentId, ImportId, SheetId, UploadId},
    period::Period,
};
use duban_persistence::{codes, measurement_imports, sheets as stored};
use uuid::Uuid;

use super::{
    GatewayState,
    client::Language,
    door,
    fault::Fault,
    file::{File, Format, Problem, Query, blocking},
    graphql::{address_of, authenticate_from},
    layers::RequestId,
    overload::Priority,
    purse::Flat,
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

/// Answers `GET /sheets/…`.
pub async fn sheets_handler(
    State(state): State<GatewayState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path(what): Path<String>,
    request: Request,
) -> Response {
    let (uri, headers) = (request.uri(), request.headers());
    let language = Language::of(headers);
    let make = async {
        let _slot = door::enter(&state, Priority::Files).await?;
        let address = address_of(&state, headers, peer);
        let who = authenticate_from(&state, headers, address)
            .await?
            .ok_or(Problem::SignedOut)?;
        let _spent = door::pay(&state, (&who, address), Flat::Table).await?;
        let asked = Query::of(uri).ok_or(Problem::Malformed("QUERY_MALFORMED"))?;
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
        match query.format()? {
            Format::Workbook => {
                let bytes = blocking(move || form.workbook()).await?;
                Ok(File::workbook(&name, "form.xlsx", bytes))
            }
            Format::Csv(charset) => {
                let bytes = blocking(move || form.csv(charset)).await?;
                Ok(File::csv(&name, charset, bytes))
            }
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
        // A part of a large file has no workbook of its own.
        if let Some(import) = sheet.import {
            return self.result_of(import).await;
        }
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
        self.result_of(import_key(&id)).await
    }

    async fn result_of(&self, id: ImportId) -> Result<File, Problem> {
        let (db, scope) = (self.app.store().read(), self.who.scope());
        let import = measurement_imports::find(db, &scope, id).await?;
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

/// A file name without its ending.
fn stem(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.to_owned()
}
