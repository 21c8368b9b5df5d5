//! What spreadsheets and large files tell alike: whose figures a file has, and what became of its rows.

use async_graphql::{Context, Object};
use duban_domain::{
    access,
    ids::DepartmentId,
    measurement::{import::Import, sheet::Sheet},
    period,
};
use time::OffsetDateTime;

use crate::graphql::{
    account::Person,
    context::request,
    department::Department,
    error::Fault,
    scalars::{DateTime, Period},
};

/// A file of figures.
#[derive(Debug, Clone)]
pub struct FiguresFile {
    department: DepartmentId,
    period: period::Period,
    name: String,
    sha256: String,
    taken: i32,
    unchanged: i32,
    refused: i32,
    by: access::Person,
    at: OffsetDateTime,
}

/// Both have the same of these.
macro_rules! file_of {
    ($($kind:ty),+) => {
        $(
            impl From<&$kind> for FiguresFile {
                fn from(of: &$kind) -> Self {
                    Self {
                        department: of.department,
                        period: of.period,
                        name: of.file_name.clone(),
                        sha256: of.sha256.clone(),
                        taken: of.taken,
                        unchanged: of.unchanged,
                        refused: of.refused,
                        by: of.by,
                        at: of.at,
                    }
                }
            }
        )+
    };
}

file_of!(Sheet, Import);

#[Object]
impl FiguresFile {
    /// The unit whose figures it has, with those below.
    async fn department(&self, ctx: &Context<'_>) -> Result<Department, Fault> {
        let found = request(ctx).loader.load_one(self.department).await?;
        found.map(Department).ok_or(Fault::NotFound)
    }

    /// For when.
    async fn period(&self) -> Period {
        Period(self.period)
    }

    /// Name of the file, a label only.
    async fn file_name(&self) -> &str {
        &self.name
    }

    /// SHA-256 of the file in lower-case hex.
    async fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Rows whose figures were taken.
    async fn taken(&self) -> i32 {
        self.taken
    }

    /// Rows that said what was said already.
    async fn unchanged(&self) -> i32 {
        self.unchanged
    }

    /// Rows that were not taken; `/sheets/errors?sheetId=`, and of a large file `/sheets/result?importId=`,
    /// gives them back as a workbook.
    async fn refused(&self) -> i32 {
        self.refused
    }

    /// Who sent it.
    async fn recorded_by(&self) -> Person {
        Person(self.by.account)
    }

    /// When.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.at)
    }
}
