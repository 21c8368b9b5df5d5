//! The root queries of spreadsheets.

use async_graphql::{Context, ID, Object, SimpleObject};
use duban_app::{
    change::Call,
    sheets::{check_receipt, preview_sheet},
};
use duban_domain::ids::SheetId;
use duban_persistence::{
    measurement_imports,
    sheets::{self, SheetFilter},
};

use super::{
    MeasurementImport, MeasurementSheet, MeasurementSheetCheck, SheetInput, SheetReceipt,
    import_key,
};
use crate::graphql::{
    context::request,
    department::find_department,
    error::Fault,
    id::{Kind, decode},
    page::{self, Args, Conn, LARGEST_PAGE},
    scalars::Period,
    user_error::UserError,
};

/// What a file would change.
#[derive(SimpleObject)]
pub struct MeasurementSheetPreview {
    /// What it says; none where it cannot be read or is not of this unit and month.
    check: Option<MeasurementSheetCheck>,
    /// Why it cannot be read at all.
    user_errors: Vec<UserError>,
}

/// Queries of spreadsheets.
#[derive(Default)]
pub struct SheetQuery;

#[Object]
impl SheetQuery {
    /// What taking a file would change and everything that is wrong with it, cell by cell (预检); by the
    /// same rules as when it is taken. Nothing is stored.
    async fn preview_measurement_sheet(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The file, and what it is about.")] input: SheetInput,
    ) -> Result<MeasurementSheetPreview, Fault> {
        let request = request(ctx);
        let language = request.language;
        let call = Call::once(request.principal()?.clone());
        let (asked, file, columns) = input.read(request).await?;
        let tried = preview_sheet(&request.app, &call, asked, (file, columns)).await;
        Ok(match tried {
            Ok(check) => MeasurementSheetPreview {
                check: Some(MeasurementSheetCheck::of(language, check)),
                user_errors: Vec::new(),
            },
            Err(error) => MeasurementSheetPreview {
                check: None,
                user_errors: vec![UserError::from_change(language, "department", error)?],
            },
        })
    }

    /// A spreadsheet whose figures were taken, where the caller records or verifies figures.
    async fn measurement_sheet(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
    ) -> Option<Result<MeasurementSheet, Fault>> {
        let key = decode(&id).filter(|(kind, _)| *kind == Kind::Sheet);
        let (_, key) = key?;
        let found = request(ctx).loader.load_one(SheetId(key)).await;
        found
            .map(|found| found.map(MeasurementSheet::from))
            .map_err(Fault::from)
            .transpose()
    }

    /// The spreadsheets whose figures were taken, the newest first, where the caller records or verifies
    /// figures.
    #[expect(
        clippy::too_many_arguments,
        reason = "the four arguments of a connection"
    )]
    async fn measurement_sheets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only those of this unit, by id or code.")] department: Option<ID>,
        #[graphql(desc = "Only those of this month.")] period: Option<Period>,
        #[graphql(desc = "Only the parts of this large file.")] import: Option<ID>,
    ) -> Result<Conn<MeasurementSheet>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let request = request(ctx);
        let window = args.window(ctx, "measurementSheets", LARGEST_PAGE)?;
        let department = match &department {
            Some(id) => Some(find_department(ctx, id).await?.ok_or(Fault::NotFound)?.id),
            None => None,
        };
        let filter = SheetFilter {
            department,
            period: period.map(|one| one.0),
            import: import.as_ref().map(import_key),
        };
        let db = request.app.store().read();
        let found = sheets::list(db, &request.scope, &filter, &window).await?;
        Ok(page::connection(
            "measurementSheets",
            found.map(MeasurementSheet::from),
            |one| sheets::key_of(one.stored()),
        ))
    }

    /// A large file that is taken part by part, where the caller records or verifies figures.
    async fn measurement_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
    ) -> Option<Result<MeasurementImport, Fault>> {
        let found = request(ctx).loader.load_one(import_key(&id)).await;
        found
            .map(|found| found.map(MeasurementImport::from))
            .map_err(Fault::from)
            .transpose()
    }

    /// The large files that were taken part by part or still are (大表入库), the newest first, where the
    /// caller records or verifies figures.
    #[expect(
        clippy::too_many_arguments,
        reason = "the four arguments of a connection"
    )]
    async fn measurement_imports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only those of this unit, by id or code.")] department: Option<ID>,
    ) -> Result<Conn<MeasurementImport>, Fault> {
        let args = Args {
            first,
            after,
            last,
            before,
        };
        let request = request(ctx);
        let window = args.window(ctx, "measurementImports", LARGEST_PAGE)?;
        let department = match &department {
            Some(id) => Some(find_department(ctx, id).await?.ok_or(Fault::NotFound)?.id),
            None => None,
        };
        let db = request.app.store().read();
        let found = measurement_imports::list(db, &request.scope, department, &window).await?;
        Ok(page::connection(
            "measurementImports",
            found.map(MeasurementImport::from),
            |one| measurement_imports::key_of(one.stored()),
        ))
    }

    /// Whether a receipt is genuine, and whether what it proves still stands (回执核验).
    async fn sheet_receipt(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The receipt, as it was given.")] receipt: String,
    ) -> Result<SheetReceipt, Fault> {
        let request = request(ctx);
        let checked = check_receipt(&request.app, request.principal()?, &receipt).await?;
        Ok(checked.into())
    }
}
