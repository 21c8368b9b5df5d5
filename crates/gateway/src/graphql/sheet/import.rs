//! Large files of figures, as the API shows them: how far each is.

use async_graphql::{Context, Enum, ID, MergedObject, Object};
use duban_domain::{ids::ImportId, measurement::import};

use super::file::FiguresFile;
use crate::graphql::{
    context::request,
    id::{Kind, decode, global},
    ready::ready,
    scalars::DateTime,
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
#[derive(MergedObject, Debug, Clone)]
pub struct MeasurementImport(FiguresFile, ImportSteps);

impl From<import::Import> for MeasurementImport {
    fn from(stored: import::Import) -> Self {
        Self(FiguresFile::from(&stored), ImportSteps(stored))
    }
}

ready!(MeasurementImport {});

impl MeasurementImport {
    /// What is stored of it.
    pub const fn stored(&self) -> &import::Import {
        &self.1.0
    }
}

/// What is told of a large file alone.
#[derive(Debug, Clone)]
pub struct ImportSteps(import::Import);

#[Object]
impl ImportSteps {
    /// Its id; not a node.
    async fn id(&self) -> ID {
        global(Kind::Import, self.0.id.0)
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
