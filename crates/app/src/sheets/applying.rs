//! A spreadsheet tried, and taken.

use std::collections::HashMap;

use duban_documents::{
    sheet::{Address, Field, Finding, Mapping},
    write::WriteError,
};
use duban_domain::{
    event::DomainEvent,
    ids::{ImportId, MeasurementId, SheetId},
    measurement::sheet::{Mode, Sheet, digest},
};
use duban_persistence::{StoreError, WriteTx, measurements, rollups, sheets};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::task::JoinError;

use super::{
    Asked, SheetFile,
    checking::{Check, Examined, RowOutcome, examine},
    finding::warning,
    questions::may_record,
    reading::{ReadSheet, read},
    receipt,
};
use crate::{
    App,
    change::{Call, ChangeError, actor, answered_before, begin},
    measurements::doubts_of,
};

/// Rows of which the preview says what looks wrong about their figures.
const DOUBTED_MOST: usize = 1_000;

/// How an upload ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Applied {
    /// The spreadsheet, where anything of it was taken.
    pub sheet: Option<SheetId>,
    /// What its rows said; none where the very same request was answered before.
    #[serde(skip)]
    pub check: Option<Check>,
}

/// Tries a spreadsheet: what each row would change and everything that is wrong, by the same rules and in
/// the same order as when it is taken. Nothing is stored.
///
/// # Errors
///
/// [`ChangeError`] where the file cannot be read or is not of this unit and period.
pub async fn preview_sheet(
    app: &App,
    call: &Call,
    asked: Asked,
    (file, columns): (SheetFile, Option<Mapping>),
) -> Result<Check, ChangeError> {
    may_record(app.store().read(), &call.who, asked).await?;
    let read = read(app, &call.who, file).await?;
    let tx = app.store().begin(actor(call)).await?;
    let mapping = mapping_of(&tx, asked, columns).await?;
    let id = SheetId::fresh(tx.now());
    let done = examine((app, &tx, call), (asked, id), (&read, &mapping)).await;
    let done = match done {
        Ok(mut examined) => doubt(&tx, call, &mut examined)
            .await
            .map(|()| examined.check),
        Err(error) => Err(error),
    };
    tx.roll_back().await?;
    done
}

/// Takes a spreadsheet: all of it or nothing, or the rows without an error. The others come back in a
/// workbook; `words` says a finding for it in the caller's language.
///
/// # Errors
///
/// [`ChangeError`] where the file cannot be read or is not of this unit and period; nothing is stored then.
pub async fn apply_sheet(
    app: &App,
    call: &Call,
    (asked, mode): (Asked, Mode),
    (file, columns): (SheetFile, Option<Mapping>),
    words: impl Fn(&Finding) -> String,
) -> Result<Applied, ChangeError> {
    if let Some(known) = answered_before(app, call).await? {
        return Ok(known);
    }
    may_record(app.store().read(), &call.who, asked).await?;
    let read = read(app, &call.who, file).await?;
    let begun = begin!(app, call);
    let tx = begun.tx();
    let mapping = mapping_of(tx, asked, columns).await?;
    let id = SheetId::fresh(tx.now());
    let examined = examine((app, tx, call), (asked, id), (&read, &mapping)).await?;
    let check = &examined.check;
    let is_refused = mode == Mode::AllOrNothing && check.count(RowOutcome::Refused) > 0;
    if is_refused || check.is_blocked() || examined.added.is_empty() {
        return Ok(Applied {
            sheet: None,
            check: Some(examined.check),
        });
    }
    let mistakes = match check.count(RowOutcome::Refused) {
        0 => None,
        _ => Some(
            check
                .workbook(true, words)
                .map_err(|error| unwritten(&error))?,
        ),
    };
    let whole = (mistakes, None);
    let (check, event) =
        store((app, tx, call), (asked, mode, id), (&read, examined), whole).await?;
    let done = Applied {
        sheet: Some(id),
        check: None,
    };
    let done = begun.finish(done, [event]).await?;
    let check = Some(check);
    Ok(Applied { check, ..done })
}

/// Stores what was examined, with its spreadsheet; as a part of a large file where it is one. The file is
/// one act and one event: its digest holds what every row said, and each row names its file.
pub(super) async fn store(
    (app, tx, call): (&App, &WriteTx, &Call),
    (asked, mode, id): (Asked, Mode, SheetId),
    (read, examined): (&ReadSheet, Examined),
    (mistakes, import): (Option<Vec<u8>>, Option<ImportId>),
) -> Result<(Check, DomainEvent), ChangeError> {
    let mut sheet = sheet_of((app, tx, call), (asked, mode, id), (read, &examined)).await?;
    sheet.import = import;
    let reckoned = examined.desk.reckon();
    sheets::insert(tx, &sheet, mistakes).await?;
    measurements::insert(tx, &examined.added).await?;
    let check = examined.check;
    if !check.is_stamped {
        let headings = serde_json::to_string(&check.mapping).unwrap_or_default();
        sheets::save_mapping(tx, asked.department, headings).await?;
    }
    let changes = reckoned.await.map_err(|error| unreckoned(&error))?;
    rollups::apply(tx, &changes).await?;
    Ok((check, applied_event(&sheet)))
}

async fn sheet_of(
    (app, tx, call): (&App, &WriteTx, &Call),
    (asked, mode, id): (Asked, Mode, SheetId),
    (read, examined): (&ReadSheet, &Examined),
) -> Result<Sheet, ChangeError> {
    let by = may_record(tx.conn(), &call.who, asked).await?;
    let count = |outcome| {
        let rows = examined.check.count(outcome);
        i32::try_from(rows).unwrap_or(i32::MAX)
    };
    let mut sheet = Sheet {
        id,
        department: asked.department,
        period: asked.period,
        file_name: read.name.clone(),
        sha256: read.sha256.clone(),
        mode,
        taken: count(RowOutcome::Changes),
        unchanged: count(RowOutcome::Unchanged),
        refused: count(RowOutcome::Refused),
        by,
        at: tx.now(),
        digest: digest(&examined.added),
        receipt: String::new(),
        import: None,
        undone: None,
    };
    sheet.receipt = receipt::signed(app, &sheet, &examined.questions.unit);
    Ok(sheet)
}

fn applied_event(sheet: &Sheet) -> DomainEvent {
    DomainEvent::new("sheet.applied", "MeasurementSheet", sheet.id.0).with(json!({
        "department": sheet.department,
        "period": sheet.period.to_string(),
        "file": sheet.file_name,
        "sha256": sheet.sha256,
        "mode": sheet.mode.name(),
        "taken": sheet.taken,
        "unchanged": sheet.unchanged,
        "refused": sheet.refused,
        "digest": sheet.digest,
        "onBehalfOf": sheet.by.acting_for,
    }))
}

/// What headings mean: as the caller says, or as the unit used them the last time.
pub(super) async fn mapping_of(
    tx: &WriteTx,
    asked: Asked,
    columns: Option<Mapping>,
) -> Result<Mapping, ChangeError> {
    let kept = sheets::mapping(tx.conn(), asked.department).await?;
    let kept = kept.and_then(|text| serde_json::from_str(&text).ok());
    let mut mapping: Mapping = kept.unwrap_or_default();
    mapping.0.extend(columns.unwrap_or_default().0);
    Ok(mapping)
}

/// Adds what looks wrong about the figures beside others, as hints on their cells.
async fn doubt(tx: &WriteTx, call: &Call, examined: &mut Examined) -> Result<(), ChangeError> {
    let first: Vec<_> = examined.added.iter().take(DOUBTED_MOST).cloned().collect();
    if first.is_empty() {
        return Ok(());
    }
    measurements::insert(tx, &first).await?;
    let ids: Vec<MeasurementId> = first.iter().map(|one| one.id).collect();
    let mut found: HashMap<_, _> = doubts_of(tx.conn(), &call.who.scope(), &ids).await?;
    for row in &mut examined.check.rows {
        let doubts = row.after.as_ref().and_then(|one| found.remove(&one.id));
        for doubt in doubts.unwrap_or_default() {
            let at = Address {
                row: row.row,
                column: examined
                    .check
                    .columns
                    .get(&Field::Value)
                    .copied()
                    .unwrap_or_default(),
            };
            row.findings
                .push(warning(at, (doubt.code(), doubt.figures())));
        }
    }
    Ok(())
}

fn unreckoned(error: &JoinError) -> ChangeError {
    tracing::error!(error = %error, "what changes of the kept figures could not be worked out");
    ChangeError::Store(StoreError::Stale)
}

fn unwritten(error: &WriteError) -> ChangeError {
    tracing::error!(error = %error, "a workbook could not be written");
    ChangeError::Store(StoreError::Stale)
}
