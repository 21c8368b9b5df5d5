//! Bringing an issued document in: read it, show what is there, store it as a draft in one go.

mod store;

use duban_documents::{
    plan::{DepartmentRegister, ParseError},
    read::{Limits, ReadError},
    source::SourceText,
};
use duban_domain::{
    access::{Permission, authorize},
    event::DomainEvent,
    ids::{DepartmentId, PlanId, UploadId},
    plan::draft::PlanDraft,
};
use duban_persistence::{Store, StoreError, departments, plans};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    App,
    change::{Call, ChangeError, begin},
    uploads::{label, sent_before},
};

/// How often storing is tried while others take the codes that were free.
const TRIES: u32 = 10;

/// Where the bytes of a plan come from.
#[derive(Debug, Clone)]
pub enum PlanFile {
    /// A file that was uploaded before.
    Upload(UploadId),
    /// Text that was pasted, with a name for it.
    Text {
        /// What to call it.
        name: String,
        /// The text.
        text: String,
    },
    /// Bytes at hand.
    Bytes {
        /// File name.
        name: String,
        /// Content.
        bytes: Vec<u8>,
    },
}

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// The plan.
    pub plan: PlanId,
    /// False when this very file was there already; then nothing was changed.
    pub is_new: bool,
}

/// A document as read: the text, and what was found in it.
#[derive(Debug, Clone)]
pub struct ReadPlan {
    /// The text.
    pub source: SourceText,
    /// What was found.
    pub draft: PlanDraft,
}

/// Why a document could not be brought in.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// No plan was found in it.
    #[error(transparent)]
    Parse(#[from] ParseError),
    /// The upload is unknown or was forgotten after a day.
    #[error("the upload is unknown")]
    UploadUnknown,
    /// The year of the plan cannot be told from the document.
    #[error("the year of the plan cannot be told")]
    YearUnknown,
    /// The reader was stopped.
    #[error("the reader was stopped")]
    Stopped,
    /// As every change.
    #[error(transparent)]
    Change(#[from] ChangeError),
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        Self::Change(error.into())
    }
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;

    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Reads a document with the department register, off the async threads.
///
/// # Errors
///
/// [`ImportError::Read`] or [`ImportError::Parse`] say what is wrong with it.
pub async fn read_plan(
    register: DepartmentRegister,
    name: String,
    bytes: Vec<u8>,
) -> Result<ReadPlan, ImportError> {
    tokio::task::spawn_blocking(move || {
        let source = duban_documents::read::read(&name, &bytes, &Limits::default())?;
        let draft = duban_documents::plan::parse(&source, &register)?;
        Ok(ReadPlan { source, draft })
    })
    .await
    .map_err(|_| ImportError::Stopped)?
}

/// The names of all departments, as the reader wants them.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn register(store: &Store) -> Result<DepartmentRegister, StoreError> {
    let names = departments::names(store.read()).await?;
    Ok(DepartmentRegister::new(
        names.into_iter().map(|one| (one.name, one.others)),
    ))
}

/// Brings a document in as a draft plan of the caller's unit.
///
/// The same file again changes nothing and answers with the plan that it made.
///
/// # Errors
///
/// [`ImportError`]; nothing is stored then.
pub async fn import_plan(
    app: &App,
    call: &Call,
    file: PlanFile,
    is_demo: bool,
) -> Result<Imported, ImportError> {
    let department = importing_unit(app, call).await?;
    let (name, bytes) = match file {
        PlanFile::Upload(id) => {
            let upload = sent_before(app, &call.who, id)
                .await?
                .ok_or(ImportError::UploadUnknown)?;
            (upload.name, upload.content)
        }
        PlanFile::Text { name, text } => (label(&name), text.into_bytes()),
        PlanFile::Bytes { name, bytes } => (label(&name), bytes),
    };
    let plan = read_plan(register(app.store()).await?, name, bytes).await?;
    let mut tries = TRIES;
    loop {
        tries -= 1;
        match store_plan(app, call, &plan, (department, is_demo)).await {
            // Somebody brought in the same file, or took the same code, at the same moment.
            Err(ImportError::Change(ChangeError::Store(StoreError::Taken(_)))) if tries > 0 => {}
            done => return done,
        }
    }
}

/// Stores a read document in one transaction, or finds what it made before.
async fn store_plan(
    app: &App,
    call: &Call,
    plan: &ReadPlan,
    (department, is_demo): (DepartmentId, bool),
) -> Result<Imported, ImportError> {
    let change = begin!(app, call);
    let tx = change.tx();
    let scope = call.who.scope();
    let sha256 = &plan.draft.source.sha256;
    if let Some(known) = plans::find_by_source(tx.conn(), &scope, department, sha256).await? {
        let found = Imported {
            plan: known.id,
            is_new: false,
        };
        return Ok(change.finish(found, []).await?);
    }
    let stored = store::store(tx, plan, department, is_demo).await?;
    let event = DomainEvent::new("plan.imported", "Plan", stored.id.0).with(json!({
        "code": stored.code,
        "file": plan.source.file,
        "sha256": sha256,
    }));
    let made = Imported {
        plan: stored.id,
        is_new: true,
    };
    Ok(change.finish(made, [event]).await?)
}

/// The unit whose plan it becomes: that of the grant which lets the caller import.
async fn importing_unit(app: &App, call: &Call) -> Result<DepartmentId, ChangeError> {
    let permission = Permission::PlanImport;
    let grant = call
        .who
        .grants()
        .iter()
        .find(|grant| grant.permissions.contains(&permission));
    let department = grant
        .map(|grant| grant.department)
        .ok_or_else(|| call.who.forbidden(permission))?;
    authorize(
        &call.who,
        permission,
        &departments::place(app.store().read(), department).await?,
    )?;
    Ok(department)
}
