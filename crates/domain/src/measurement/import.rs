//! Large files of figures, taken part by part while nobody waits (大表入库).

use time::OffsetDateTime;

use crate::{
    access::Person,
    ids::{ApiTokenId, DepartmentId, ImportId},
    named::named,
    period::Period,
};

named! {
    /// How far an import is.
    ImportState {
        /// 待入库: nothing of it was taken yet.
        Waiting = "WAITING",
        /// 入库中: some parts are taken.
        Running = "RUNNING",
        /// 已完成: every row was looked at.
        Done = "DONE",
        /// 已停止: it could not go on; the parts before stay taken.
        Stopped = "STOPPED",
    }
}

impl ImportState {
    /// Whether there is more to do.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Running)
    }
}

/// A large file whose rows are taken part by part, each part a transaction of its own: rows with an error
/// are left out and come back in a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Key.
    pub id: ImportId,
    /// The unit whose figures it has, with those below.
    pub department: DepartmentId,
    /// The period.
    pub period: Period,
    /// Name of the file, a label only.
    pub file_name: String,
    /// SHA-256 of the file in lower-case hex.
    pub sha256: String,
    /// How far it is.
    pub state: ImportState,
    /// Rows that name a metric.
    pub rows: i32,
    /// Of them, rows that were looked at.
    pub rows_done: i32,
    /// Rows taken.
    pub taken: i32,
    /// Rows that said what was said already.
    pub unchanged: i32,
    /// Rows that were not taken.
    pub refused: i32,
    /// Who sent it.
    pub by: Person,
    /// The token that it was sent with; none for a person.
    pub token: Option<ApiTokenId>,
    /// When.
    pub at: OffsetDateTime,
    /// When it was done or stopped.
    pub ended_at: Option<OffsetDateTime>,
    /// Why it stopped.
    pub failure: Option<Told>,
}

/// A code with its figures, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The stable code.
    pub code: String,
    /// Figures for the sentence.
    pub figures: Vec<(String, String)>,
}

/// What a part of an import came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PartDone {
    /// Rows looked at.
    pub rows: i32,
    /// Rows taken.
    pub taken: i32,
    /// Rows that said what was said already.
    pub unchanged: i32,
    /// Rows that were not taken.
    pub refused: i32,
}
