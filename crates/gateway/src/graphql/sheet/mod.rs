//! Spreadsheets of figures as the API shows them: what a file would change, what was taken of it.

mod check;
mod file;
mod import;
pub mod query;

use async_graphql::{Context, Enum, ID, MergedObject, Object, SimpleObject};
use duban_app::sheets::ReceiptCheck;
use duban_domain::{
    access::{Permission, Place, authorize},
    measurement::sheet,
};

use self::file::FiguresFile;
pub use self::{
    check::{MeasurementSheetCheck, SheetColumnInput, SheetInput},
    import::{MeasurementImport, import_key},
};
use super::{
    account::Person,
    context::request,
    error::Fault,
    id::{Kind, global},
    loaders::{BroughtBy, HasVerified, PathOf},
    measurement::Measurement,
    ready::ready,
    scalars::DateTime,
};

/// What becomes of a file with rows that cannot be taken.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::measurement::sheet::Mode")]
pub enum SheetMode {
    /// 全部或不入库: nothing of it is taken.
    AllOrNothing,
    /// 只入正确行: the rows without an error are taken; the others come back in a workbook.
    GoodRows,
}

/// A spreadsheet whose figures were taken (填报表), wholly or in part.
#[derive(MergedObject, Debug, Clone)]
pub struct MeasurementSheet(FiguresFile, SheetTaken);

impl From<sheet::Sheet> for MeasurementSheet {
    fn from(stored: sheet::Sheet) -> Self {
        Self(FiguresFile::from(&stored), SheetTaken(stored))
    }
}

ready!(MeasurementSheet {});

impl MeasurementSheet {
    /// Global id, as a `Node` gives it.
    ///
    /// # Errors
    ///
    /// None; the interface expects one.
    #[expect(clippy::unused_async, reason = "resolvers are asynchronous")]
    pub async fn id(&self, _: &Context<'_>) -> async_graphql::Result<ID> {
        Ok(global(Kind::Sheet, self.stored().id.0))
    }

    /// What is stored of it.
    pub const fn stored(&self) -> &sheet::Sheet {
        &self.1.0
    }
}

/// What is told of a spreadsheet alone.
#[derive(Debug, Clone)]
pub struct SheetTaken(sheet::Sheet);

#[Object]
impl SheetTaken {
    /// Global id.
    async fn id(&self) -> ID {
        global(Kind::Sheet, self.0.id.0)
    }

    /// What was to become of rows that could not be taken.
    async fn mode(&self) -> SheetMode {
        self.0.mode.into()
    }

    /// SHA-256 over what was taken, in lower-case hex.
    async fn digest(&self) -> &str {
        &self.0.digest
    }

    /// The signed receipt (回执), as text; `sheetReceipt` says later whether it is genuine.
    async fn receipt(&self) -> &str {
        &self.0.receipt
    }

    /// The large file that it is a part of (大表入库); none where it is a file of its own.
    async fn import(&self, ctx: &Context<'_>) -> Option<Result<MeasurementImport, Fault>> {
        let id = self.0.import?;
        let found = request(ctx).loader.load_one(id).await;
        found
            .map(|found| found.map(MeasurementImport::from))
            .map_err(Fault::from)
            .transpose()
    }

    /// The revisions that it brought and the caller may see, at most the first 200.
    async fn measurements(&self, ctx: &Context<'_>) -> Result<Vec<Measurement>, Fault> {
        let found = request(ctx).loader.load_one(BroughtBy(self.0.id)).await?;
        let found = found.unwrap_or_default().into_iter();
        Ok(found.map(Measurement).collect())
    }

    /// When all of it was taken back (撤回).
    async fn undone_at(&self) -> Option<DateTime> {
        self.0.undone.as_ref().map(|one| DateTime(one.at))
    }

    /// Who took it back.
    async fn undone_by(&self) -> Option<Person> {
        self.0.undone.as_ref().map(|one| Person(one.by.account))
    }

    /// Why it was taken back.
    async fn undone_reason(&self) -> Option<&str> {
        self.0.undone.as_ref().map(|one| one.reason.as_str())
    }

    /// Whether the caller may take it back: the right, and nothing of it verified yet.
    async fn viewer_can_undo(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
        let request = request(ctx);
        let path = request.load(PathOf(self.0.department)).await?;
        let place = Place(path.unwrap_or_default());
        let who = request.principal()?;
        if self.0.undone.is_some() || authorize(who, Permission::MeasurementRecord, &place).is_err()
        {
            return Ok(false);
        }
        let verified = request.loader.load_one(HasVerified(self.0.id)).await?;
        Ok(verified.is_none())
    }
}

/// What a receipt proves.
#[derive(SimpleObject)]
pub struct SheetReceipt {
    /// Whether this installation signed it, as it stands.
    is_genuine: bool,
    /// Whether what is stored is still what was taken then; false where the caller may not see it.
    is_unchanged: bool,
    /// The spreadsheet, where the caller may see it.
    sheet: Option<MeasurementSheet>,
}

impl From<ReceiptCheck> for SheetReceipt {
    fn from(check: ReceiptCheck) -> Self {
        Self {
            is_genuine: check.is_genuine,
            is_unchanged: check.is_unchanged,
            sheet: check.sheet.map(MeasurementSheet::from),
        }
    }
}
