//! Spreadsheets of figures: taken, and taken back.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use duban_app::sheets::{RowOutcome, apply_sheet, start_import, undo_sheet};
use duban_domain::{ids::SheetId, text::Reason};
use duban_persistence::measurement_imports;
use uuid::Uuid;

use super::refused;
use crate::{
    graphql::{
        context::{call, request},
        error::Fault,
        id::{Kind, decode},
        scalars::Period,
        sheet::{
            MeasurementImport, MeasurementSheet, MeasurementSheetCheck, SheetColumnInput,
            SheetInput, SheetMode,
        },
        user_error::UserError,
    },
    wording,
};

/// A file whose figures are to be taken.
#[derive(InputObject)]
pub struct ApplyMeasurementSheetInput {
    /// The file, as `POST /uploads` has named it.
    upload_id: String,
    /// The unit whose figures it has, with those below, by id or code.
    department: ID,
    /// The month.
    period: Period,
    /// What becomes of it where rows cannot be taken.
    mode: SheetMode,
    /// What headings mean that are not known; remembered for the unit.
    columns: Option<Vec<SheetColumnInput>>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// A file whose figures are to be taken back.
#[derive(InputObject)]
pub struct UndoMeasurementSheetInput {
    /// Which one.
    sheet_id: ID,
    /// Why.
    reason: String,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// A large file whose figures are to be taken part by part.
#[derive(InputObject)]
pub struct StartMeasurementImportInput {
    /// The file, as `POST /uploads` has named it.
    upload_id: String,
    /// The unit whose figures it has, with those below, by id or code.
    department: ID,
    /// The month.
    period: Period,
    /// What headings mean that are not known; remembered for the unit.
    columns: Option<Vec<SheetColumnInput>>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// Whether a large file is taken.
#[derive(SimpleObject, Default)]
pub struct StartMeasurementImportPayload {
    /// The import, which waits for its turn.
    import: Option<MeasurementImport>,
    /// What the user can mend; nothing was kept then.
    user_errors: Vec<UserError>,
}

/// How taking a file ended.
#[derive(SimpleObject, Default)]
pub struct ApplyMeasurementSheetPayload {
    /// The spreadsheet, where anything of it was taken.
    sheet: Option<MeasurementSheet>,
    /// What the file says; none where it could not be read, and for a repeat of the same request.
    check: Option<MeasurementSheetCheck>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

/// How taking a file back ended.
#[derive(SimpleObject, Default)]
pub struct UndoMeasurementSheetPayload {
    /// The spreadsheet as it is now.
    sheet: Option<MeasurementSheet>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

/// Mutations of spreadsheets.
#[derive(Default)]
pub struct SheetMutation;

#[Object]
impl SheetMutation {
    /// Takes the figures of a file (入库): by the same rules as `recordMeasurements`, all of it or the
    /// rows without an error.
    async fn apply_measurement_sheet(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The file, and what it is about.")] input: ApplyMeasurementSheetInput,
    ) -> Result<ApplyMeasurementSheetPayload, Fault> {
        let request = request(ctx);
        let language = request.language;
        let call = call(ctx, input.idempotency_key)?;
        let file = SheetInput {
            upload_id: input.upload_id,
            department: input.department,
            period: input.period,
            columns: input.columns,
        };
        let (asked, file, columns) = file.read(request).await?;
        let words = |finding: &duban_app::sheets::Finding| {
            wording::sentence(language, finding.code, &finding.figures)
        };
        let asked = (asked, input.mode.into());
        let tried = apply_sheet(&request.app, &call, asked, (file, columns), words).await;
        let done = match refused!(language, "department", tried) {
            Ok(done) => done,
            Err(error) => {
                return Ok(ApplyMeasurementSheetPayload {
                    user_errors: vec![error],
                    ..ApplyMeasurementSheetPayload::default()
                });
            }
        };
        let sheet = match done.sheet {
            Some(id) => request
                .loader
                .load_one(id)
                .await?
                .map(MeasurementSheet::from),
            None => None,
        };
        let user_errors = match (&done.sheet, &done.check) {
            (None, Some(check)) => {
                let rows = check.count(RowOutcome::Refused);
                let (code, rows) = match rows {
                    0 if !check.is_blocked() => ("SHEET_NOTHING_NEW", rows),
                    _ => ("SHEET_HAS_ERRORS", rows.max(1)),
                };
                vec![UserError::new(
                    language,
                    "uploadId",
                    code,
                    &[("rows", rows.to_string())],
                )]
            }
            _ => Vec::new(),
        };
        let check = done.check;
        Ok(ApplyMeasurementSheetPayload {
            sheet,
            check: check.map(|check| MeasurementSheetCheck::of(language, check)),
            user_errors,
        })
    }

    /// Takes a large file in (大表入库), up to 200,000 rows: its headings are looked at now, its rows part by
    /// part afterwards. Rows with an error are left out; `measurementImport` says how far it is.
    async fn start_measurement_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The file, and what it is about.")] input: StartMeasurementImportInput,
    ) -> Result<StartMeasurementImportPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let file = SheetInput {
            upload_id: input.upload_id,
            department: input.department,
            period: input.period,
            columns: input.columns,
        };
        let (asked, file, columns) = file.read(request).await?;
        let tried = start_import(&request.app, &call, asked, (file, columns)).await;
        match refused!(request.language, "department", tried) {
            Ok(id) => {
                let db = request.app.store().read();
                let found = measurement_imports::find(db, &request.scope, id).await?;
                Ok(StartMeasurementImportPayload {
                    import: found.map(MeasurementImport::from),
                    user_errors: Vec::new(),
                })
            }
            Err(error) => Ok(StartMeasurementImportPayload {
                user_errors: vec![error],
                ..StartMeasurementImportPayload::default()
            }),
        }
    }

    /// Takes all figures of a file back (撤回), while none of them is verified and the month takes figures.
    /// What was said before stands again; every revision stays readable.
    async fn undo_measurement_sheet(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why.")] input: UndoMeasurementSheetInput,
    ) -> Result<UndoMeasurementSheetPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let refused = |error| UndoMeasurementSheetPayload {
            user_errors: vec![error],
            ..UndoMeasurementSheetPayload::default()
        };
        let reason = match Reason::try_new(&input.reason) {
            Ok(reason) => reason,
            Err(error) => return Ok(refused(UserError::of(request.language, "reason", &error))),
        };
        let key = decode(&input.sheet_id).filter(|(kind, _)| *kind == Kind::Sheet);
        let id = SheetId(key.map_or(Uuid::nil(), |(_, key)| key));
        let tried = undo_sheet(&request.app, &call, id, reason).await;
        match refused!(request.language, "sheetId", tried) {
            Ok(id) => Ok(UndoMeasurementSheetPayload {
                sheet: request
                    .loader
                    .load_one(id)
                    .await?
                    .map(MeasurementSheet::from),
                user_errors: Vec::new(),
            }),
            Err(error) => Ok(refused(error)),
        }
    }
}
