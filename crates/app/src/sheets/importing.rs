//! Large files: kept as they come, then taken part by part by the jobs, each part exactly once.

use std::sync::Arc;

use duban_documents::{
    sheet::{Address, Finding, Form, Mapping, Severity, Sheet, SignedStamp},
    write::{Told as OnCell, WriteError, errors},
};
use duban_domain::{
    access::Principal,
    clock::official_day,
    error::Coded,
    event::DomainEvent,
    ids::{ImportId, SheetId},
    measurement::{
        import::{Import, ImportState, PartDone, Told},
        sheet::Mode,
    },
};
use duban_persistence::{
    Actor, StoreError, accounts,
    measurement_imports::{self as imports, ImportFile},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::{Date, Duration};

use super::{
    Asked, SheetFile,
    applying::{mapping_of, store},
    checking::{Check, RowOutcome, examine_form},
    questions::{Questions, may_record},
    reading::{Bytes, ReadSheet, bytes_of, parsed},
    stamped::check_stamp,
};
use crate::{
    App,
    change::{Call, ChangeError, actor, answered_before, begin},
    identity::AccessError,
};

/// Parts of one round of jobs, so that mails need not wait for a file.
const PARTS_OF_ROUND: usize = 4;
/// How long a server that died in the middle keeps others from going on.
const HELD_FOR: Duration = Duration::minutes(2);
/// How long the file of an import that ended is kept for its workbook of mistakes.
const FILE_KEPT: Duration = Duration::days(30);
/// Files of one account that may wait or run at a time.
const OPEN_MOST: u64 = 3;
/// Rows of the workbook of mistakes.
const RESULT_ROWS_MOST: usize = 20_000;

/// Takes a large file in: it is read and its headings are looked at now, its rows by the jobs. Rows with an
/// error are left out and come back in a workbook.
///
/// # Errors
///
/// [`ChangeError`] where the file cannot be read or is not of this unit and period; nothing is kept then.
pub async fn start_import(
    app: &App,
    call: &Call,
    asked: Asked,
    (file, columns): (SheetFile, Option<Mapping>),
) -> Result<ImportId, ChangeError> {
    if let Some(known) = answered_before(app, call).await? {
        return Ok(known);
    }
    if call.who.is_narrowed_to_metrics() {
        // The jobs take the rows in the name of the account, whose rights reach further.
        return Err(ChangeError::field("uploadId", "TOKEN_IMPORT_REFUSED"));
    }
    let db = app.store().read();
    let by = may_record(db, &call.who, asked).await?;
    let open = imports::count_open_unscoped(db, by.account).await?;
    if open >= OPEN_MOST {
        return Err(ChangeError::Invalid {
            path: "uploadId",
            code: "IMPORTS_TOO_MANY",
            figures: vec![("most", OPEN_MOST.to_string())],
        });
    }
    let bytes = bytes_of(app, &call.who, file).await?;
    let begun = begin!(app, call);
    let tx = begun.tx();
    let mapping = mapping_of(tx, asked, columns).await?;
    let (content, file_name) = (bytes.content.clone(), bytes.name.clone());
    let parsed = Parsed::read(bytes, mapping).await?;
    if let Some(wrong) = parsed.form.findings.iter().find(|one| stops_all(one)) {
        return Err(ChangeError::Invalid {
            path: "uploadId",
            code: wrong.code,
            figures: wrong.figures.clone(),
        });
    }
    let questions = Questions::of(tx.conn(), &call.who, asked).await?;
    check_stamp(app, parsed.read.signed.as_ref(), (&questions, asked))?;
    let import = Import {
        id: ImportId::fresh(tx.now()),
        department: asked.department,
        period: asked.period,
        file_name,
        sha256: parsed.read.sha256.clone(),
        state: ImportState::Waiting,
        rows: count(parsed.form.entries.len()),
        rows_done: 0,
        taken: 0,
        unchanged: 0,
        refused: 0,
        by,
        token: call.who.limits().map(|one| one.token),
        at: tx.now(),
        ended_at: None,
        failure: None,
    };
    if import.rows == 0 {
        return Err(ChangeError::field("uploadId", "SHEET_NOTHING_NEW"));
    }
    let headings = serde_json::to_string(&parsed.mapping).unwrap_or_default();
    imports::forget_files(tx, tx.now() - FILE_KEPT).await?;
    imports::insert(tx, &import, ImportFile { content, headings }).await?;
    let event = event("import.started", &import, json!({ "rows": import.rows }));
    begun.finish(import.id, [event]).await
}

/// Goes on with the imports that wait, some parts of the oldest one; says how many rows were looked at.
///
/// # Errors
///
/// [`StoreError`] of the database; the parts before stay taken, and the next round goes on.
pub async fn take_imports(app: &App) -> Result<u64, StoreError> {
    let now = app.store().clock().now();
    let open = imports::open_unscoped(app.store().read(), now, 1).await?;
    let Some(id) = open.first() else {
        return Ok(0);
    };
    let tx = app.store().begin(Actor::default()).await?;
    let is_ours = imports::hold(&tx, *id, HELD_FOR).await?;
    tx.commit([]).await?;
    if !is_ours {
        return Ok(0);
    }
    let done = take_parts(app, *id).await;
    let tx = app.store().begin(Actor::default()).await?;
    if let Err(ChangeError::Store(_)) | Ok(_) = &done {
        imports::release(&tx, *id).await?;
    }
    tx.commit([]).await?;
    match done {
        Ok(rows) => Ok(rows),
        Err(ChangeError::Store(error)) => Err(error),
        Err(refused) => {
            stop(app, *id, &refused).await?;
            Ok(0)
        }
    }
}

async fn take_parts(app: &App, id: ImportId) -> Result<u64, ChangeError> {
    let db = app.store().read();
    let import = imports::find_unscoped(db, id).await?;
    let import = import.ok_or(ChangeError::NotFound)?;
    let file = imports::file_unscoped(db, id).await?;
    let file = file.ok_or(ChangeError::NotFound)?;
    let mapping = serde_json::from_str(&file.headings).unwrap_or_default();
    let bytes = Bytes {
        name: import.file_name.clone(),
        content: file.content,
    };
    let parsed = Parsed::read(bytes, mapping).await?;
    let mut at = usize::try_from(import.rows_done).unwrap_or_default();
    let mut rows = 0;
    for _ in 0..PARTS_OF_ROUND {
        let part = parsed.part(at, app.import_part_rows());
        if part.entries.is_empty() {
            break;
        }
        let length = part.entries.len();
        if !take_part(app, &import, (&parsed, part, at)).await? {
            break;
        }
        at += length;
        rows += u64::try_from(length).unwrap_or_default();
    }
    Ok(rows)
}

/// Takes one part in a transaction of its own; false when another server did it meanwhile.
async fn take_part(
    app: &App,
    import: &Import,
    (parsed, part, first): (&Parsed, Form, usize),
) -> Result<bool, ChangeError> {
    let who = sender(app, import).await?;
    let call = Call::once(who);
    let asked = Asked {
        department: import.department,
        period: import.period,
    };
    let rows = count(part.entries.len());
    let tx = app.store().begin(actor(&call)).await?;
    let sheet = SheetId::fresh(tx.now());
    let looked_at = ((&parsed.read, &parsed.mapping), Sheet::default(), part);
    let examined = examine_form((app, &tx, &call), (asked, sheet), looked_at).await?;
    let done = PartDone {
        rows,
        taken: count(examined.check.count(RowOutcome::Changes)),
        unchanged: count(examined.check.count(RowOutcome::Unchanged)),
        refused: count(examined.check.count(RowOutcome::Refused)),
    };
    let found = serde_json::to_string(&found_in(&examined.check)).unwrap_or_default();
    let at = (import, count(first));
    if !imports::advance(&tx, at, done, (found, HELD_FOR)).await? {
        tx.roll_back().await?;
        return Ok(false);
    }
    let mut events = Vec::new();
    if !examined.added.is_empty() {
        let made = (asked, Mode::GoodRows, sheet);
        let with = (None, Some(import.id));
        let (_, applied) = store((app, &tx, &call), made, (&parsed.read, examined), with).await?;
        events.push(applied);
    }
    if at.1 + rows >= import.rows {
        events.push(event("import.done", import, json!({ "rows": import.rows })));
    }
    tx.commit(events).await?;
    Ok(true)
}

/// Whoever sent the file, with the rights of today; a program as far as its token reaches, for as long as
/// that is in force.
async fn sender(app: &App, import: &Import) -> Result<Principal, ChangeError> {
    let found = accounts::find_many_unscoped(app.store().read(), &[import.by.account]).await?;
    let is_gone = found.first().is_none_or(|one| one.is_disabled);
    if is_gone {
        return Err(ChangeError::field("department", "IMPORT_SENDER_GONE"));
    }
    let Some(token) = import.token else {
        let account = import.by.account;
        return Ok(app.identity().principal(account, None).await?);
    };
    match app.identity().bearer_again(token).await {
        Ok(who) => Ok(Arc::unwrap_or_clone(who)),
        Err(AccessError::Store(error)) => Err(error.into()),
        Err(_) => Err(ChangeError::field("department", "IMPORT_TOKEN_ENDED")),
    }
}

async fn stop(app: &App, id: ImportId, refused: &ChangeError) -> Result<(), StoreError> {
    let told = told(refused);
    let tx = app.store().begin(Actor::default()).await?;
    imports::stop(&tx, id, &told).await?;
    let import = imports::find_unscoped(tx.conn(), id).await?;
    let events = import.map(|one| event("import.stopped", &one, json!({ "code": told.code })));
    tx.commit(events).await
}

fn told(refused: &ChangeError) -> Told {
    let owned = |figures: Vec<(&'static str, String)>| {
        let figures = figures.into_iter();
        figures
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    };
    let (code, figures) = match refused {
        ChangeError::Invalid { code, figures, .. } => (*code, owned(figures.clone())),
        ChangeError::Forbidden(refusal) => (refusal.code(), owned(refusal.figures())),
        ChangeError::Plan(refusal) => (refusal.code(), owned(refusal.figures())),
        _ => ("NOT_FOUND", Vec::new()),
    };
    Told {
        code: code.to_owned(),
        figures,
    }
}

fn event(action: &'static str, import: &Import, more: serde_json::Value) -> DomainEvent {
    let mut detail = json!({
        "department": import.department,
        "period": import.period.to_string(),
        "file": import.file_name,
        "sha256": import.sha256,
        "onBehalfOf": import.by.acting_for,
    });
    if let (Some(detail), serde_json::Value::Object(more)) = (detail.as_object_mut(), more) {
        detail.extend(more);
    }
    DomainEvent::new(action, "MeasurementImport", import.id.0).with(detail)
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// Whether a finding is about the file and not about one of its rows.
fn stops_all(one: &Finding) -> bool {
    one.severity == Severity::Error && one.code != "SHEET_CODE_MISSING"
}

/// A file as read, with its rows.
struct Parsed {
    read: ReadSheet,
    filled: Sheet,
    form: Form,
    mapping: Mapping,
}

impl Parsed {
    /// Reads a file off the async threads.
    async fn read(bytes: Bytes, mapping: Mapping) -> Result<Self, ChangeError> {
        parsed(move || {
            let read = ReadSheet::parse(bytes.name, &bytes.content)?;
            let filled = read.filled(&mapping);
            let form = Form::read(&filled, &mapping);
            Ok(Self {
                read,
                filled,
                form,
                mapping,
            })
        })
        .await
    }

    /// The rows of the part that begins at this one; what was found in the file goes with the first.
    fn part(&self, first: usize, rows: usize) -> Form {
        let end = self.form.entries.len().min(first + rows);
        let rows = self.form.entries.get(first..end).unwrap_or_default();
        let findings = if first == 0 {
            self.form.findings.clone()
        } else {
            Vec::new()
        };
        Form {
            columns: self.form.columns.clone(),
            entries: rows.to_vec(),
            findings,
        }
    }
}

/// A finding as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Found {
    at: Option<(u32, u32)>,
    is_error: bool,
    code: String,
    figures: Vec<(String, String)>,
}

/// What is to be mended: findings of rows that were not taken, and of the file.
fn found_in(check: &Check) -> Vec<Found> {
    let refused = check.rows.iter();
    let refused = refused.filter(|row| row.outcome == RowOutcome::Refused);
    let of_rows = refused.flat_map(|row| &row.findings);
    let all = check.findings.iter().chain(of_rows);
    all.map(|one| Found {
        at: one.at.map(|at| (at.row, at.column)),
        is_error: one.severity == Severity::Error,
        code: one.code.to_owned(),
        figures: one
            .figures
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect(),
    })
    .collect()
}

/// The rows of a large file that were not taken.
pub struct ImportResult {
    /// Name of the file.
    pub file_name: String,
    sheet: Sheet,
    found: Vec<Found>,
    signed: Option<SignedStamp>,
    made_on: Date,
}

/// The rows of an import that were not taken so far, to be written as a workbook; none where all were, or
/// where its file was forgotten.
///
/// # Errors
///
/// [`ChangeError`] where the file cannot be read any more.
pub async fn import_result(
    app: &App,
    import: &Import,
) -> Result<Option<ImportResult>, ChangeError> {
    let db = app.store().read();
    let Some(file) = imports::file_unscoped(db, import.id).await? else {
        return Ok(None);
    };
    let parts = imports::findings_unscoped(db, import.id).await?;
    let found = parts.iter().flat_map(|text| {
        let found: Vec<Found> = serde_json::from_str(text).unwrap_or_default();
        found
    });
    let found: Vec<Found> = found.collect();
    if found.is_empty() {
        return Ok(None);
    }
    let mapping = serde_json::from_str(&file.headings).unwrap_or_default();
    let bytes = Bytes {
        name: import.file_name.clone(),
        content: file.content,
    };
    let parsed = Parsed::read(bytes, mapping).await?;
    let mut refused: Vec<u32> = found
        .iter()
        .filter_map(|one| one.at.map(|at| at.0))
        .collect();
    refused.sort_unstable();
    refused.dedup();
    let header = parsed.form.columns.as_ref().map(|one| one.header);
    refused.truncate(RESULT_ROWS_MOST);
    let mut sheet = parsed.filled;
    sheet
        .rows
        .retain(|row| Some(row.number) <= header || refused.binary_search(&row.number).is_ok());
    Ok(Some(ImportResult {
        file_name: import.file_name.clone(),
        sheet,
        found,
        signed: parsed.read.signed,
        made_on: official_day(app.store().clock().now()),
    }))
}

impl ImportResult {
    /// Writes the rows where they stood with each finding on its cell; not for the async threads.
    ///
    /// # Errors
    ///
    /// [`WriteError`], for a text that no cell holds.
    pub fn workbook(
        &self,
        words: impl Fn(&str, &[(&str, String)]) -> String,
    ) -> Result<Vec<u8>, WriteError> {
        let is_shown = |row: u32| {
            let rows = &self.sheet.rows;
            rows.binary_search_by_key(&row, |one| one.number).is_ok()
        };
        let shown = self.found.iter();
        let shown = shown.filter(|one| one.at.is_none_or(|(row, _)| is_shown(row)));
        let told: Vec<OnCell> = shown
            .map(|one| {
                let figures: Vec<(&str, String)> = one
                    .figures
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.clone()))
                    .collect();
                OnCell {
                    at: one.at.map(|(row, column)| Address { row, column }),
                    severity: if one.is_error {
                        Severity::Error
                    } else {
                        Severity::Warning
                    },
                    code: one.code.clone(),
                    message: words(&one.code, &figures),
                }
            })
            .collect();
        errors(&self.sheet, &told, self.signed.as_ref(), self.made_on)
    }
}
