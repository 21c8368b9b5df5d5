//! Large files of figures, as the API shows them: how far each is.

use async_graphql::{Context, Description, Enum, ID, Object};
use duban_domain::{ids::ImportId, measurement::import};

use crate::graphql::{
    account::Person,
    context::request,
    department::Department,
    error::Fault,
    id::{Kind, decode, global},
    scalars::{DateTime, Period},
    user_error::UserError,
};

/// How far an import is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::measurement::import::ImportState")]
pub enum MeasurementImportState {
    /// 待入库: nothing of it was taken yet.
    Waiting,
    /// 入库中: some parts are taken.
    Running,
    /// 已完成: every row was looked at.
    Done,
    /// 已停止: it could not go on; the parts before stay taken.
    Stopped,
}

/// A large file whose rows are taken part by part while nobody waits (大表入库). Each part is a
/// spreadsheet of its own: `measurementSheets(import:)`.
#[derive(Debug, Clone, Description)]
pub struct MeasurementImport(pub import::Import);

#[Object(use_type_description)]
impl MeasurementImport {
    /// Its id; not a node.
    async fn id(&self) -> ID {
        global(Kind::Import, self.0.id.0)
    }

    /// The unit whose figures it has, with those below.
    async fn department(&self, ctx: &Context<'_>) -> Result<Department, Fault> {
        let found = request(ctx).loader.load_one(self.0.department).await?;
        found.map(Department).ok_or(Fault::NotFound)
    }

    /// For when.
    async fn period(&self) -> Period {
        Period(self.0.period)
    }

    /// Name of the file, a label only.
    async fn file_name(&self) -> &str {
        &self.0.file_name
    }

    /// SHA-256 of the file in lower-case hex.
    async fn sha256(&self) -> &str {
        &self.0.sha256
    }

    /// How far it is.
    async fn state(&self) -> MeasurementImportState {
        self.0.state.into()
    }

    /// Rows that name a metric.
    async fn rows(&self) -> i32 {
        self.0.rows
    }

    /// Of them, rows that were looked at.
    async fn rows_done(&self) -> i32 {
        self.0.rows_done
    }

    /// Rows whose figures were taken.
    async fn taken(&self) -> i32 {
        self.0.taken
    }

    /// Rows that said what was said already.
    async fn unchanged(&self) -> i32 {
        self.0.unchanged
    }

    /// Rows that were not taken; `/sheets/result?importId=` gives them back as a workbook.
    async fn refused(&self) -> i32 {
        self.0.refused
    }

    /// Who sent it.
    async fn recorded_by(&self) -> Person {
        Person(self.0.by.account)
    }

    /// When.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// When it was done or stopped.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(DateTime)
    }

    /// Why it stopped.
    async fn failure(&self, ctx: &Context<'_>) -> Option<UserError> {
        let told = self.0.failure.as_ref()?;
        let figures = told.figures.iter();
        let figures: Vec<(&str, String)> = figures
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        let language = request(ctx).language;
        Some(UserError::explaining(language, "", &told.code, &figures))
    }
}

/// The import that an id names; nobody's where it is no such id.
pub fn import_key(id: &ID) -> ImportId {
    let key = decode(id).filter(|(kind, _)| *kind == Kind::Import);
    ImportId(key.map_or(uuid::Uuid::nil(), |(_, key)| key))
}
