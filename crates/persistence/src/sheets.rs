//! Spreadsheets whose figures were taken, and what headings mean to a unit.

use duban_domain::{
    access::{Person, Scope},
    ids::{AccountId, DepartmentId, ImportId, SheetId},
    measurement::sheet::{Mode, Sheet, Undone},
    period::Period,
    text::Reason,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, Select,
    sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    entity::{measurement_sheet as sheet, sheet_mapping as mapping, sheet_mistake as mistake},
    error::{StoreError, corrupt},
    page::{self, KeyValue, Page, SortKey, Window},
    scope::sheets_in,
    store::WriteTx,
};

const TABLE: &str = "measurement_sheet";

/// Which spreadsheets a list holds; what is none does not narrow.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SheetFilter {
    /// Of this department.
    pub department: Option<DepartmentId>,
    /// Of this period.
    pub period: Option<Period>,
    /// Of this large file.
    pub import: Option<ImportId>,
}

/// The spreadsheets of these keys that are in scope.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn find_many(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[SheetId],
) -> Result<Vec<Sheet>, StoreError> {
    let select = scoped(scope).filter(sheet::Column::Id.is_in(ids.iter().map(|id| id.0)));
    let rows = select.all(db).await?;
    rows.into_iter().map(to_domain).collect()
}

/// The spreadsheet, if it is in scope; one out of scope looks like none.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn find(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: SheetId,
) -> Result<Option<Sheet>, StoreError> {
    Ok(find_many(db, scope, &[id]).await?.pop())
}

/// The sort key of a spreadsheet in lists.
pub fn key_of(one: &Sheet) -> Vec<KeyValue> {
    vec![KeyValue::Key(one.id.0)]
}

/// A window of the spreadsheets that the filter lets through, the newest first.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &SheetFilter,
    window: &Window,
) -> Result<Page<Sheet>, StoreError> {
    use sheet::Column as C;
    let narrowed = Condition::all()
        .add_option(filter.department.map(|id| C::DepartmentId.eq(id.0)))
        .add_option(filter.period.map(|one| C::Period.eq(one.to_string())))
        .add_option(filter.import.map(|one| C::ImportId.eq(one.0)));
    let keys = [SortKey::key(C::Id, true)];
    let found = page::fetch(db, scoped(scope).filter(narrowed), &keys, window).await?;
    found.try_map(to_domain)
}

/// The workbook that says what was wrong with the rows that were not taken; none where all were.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "of a spreadsheet found in scope")]
pub async fn mistakes(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: SheetId,
) -> Result<Option<Vec<u8>>, StoreError> {
    if find(db, scope, id).await?.is_none() {
        return Ok(None);
    }
    let row = mistake::Entity::find()
        .filter(mistake::Column::SheetId.eq(id.0))
        .one(db)
        .await?;
    Ok(row.map(|row| row.workbook))
}

/// Adds a spreadsheet with the workbook of what was not taken.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn insert(
    tx: &WriteTx,
    new: &Sheet,
    mistakes: Option<Vec<u8>>,
) -> Result<(), StoreError> {
    let row = sheet::ActiveModel {
        id: Set(new.id.0),
        department_id: Set(new.department.0),
        period: Set(new.period.to_string()),
        file_name: Set(new.file_name.clone()),
        sha256: Set(new.sha256.clone()),
        mode: Set(new.mode.name().to_owned()),
        taken: Set(new.taken),
        unchanged: Set(new.unchanged),
        refused: Set(new.refused),
        author_id: Set(new.by.account.0),
        author_for_id: Set(new.by.acting_for.map(|one| one.0)),
        recorded_at: Set(new.at.into()),
        digest: Set(new.digest.clone()),
        receipt: Set(new.receipt.clone()),
        undone_by_id: Set(None),
        undone_for_id: Set(None),
        undone_at: Set(None),
        undone_reason: Set(None),
        import_id: Set(new.import.map(|one| one.0)),
    };
    sheet::Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    if let Some(workbook) = mistakes {
        let row = mistake::ActiveModel {
            sheet_id: Set(new.id.0),
            workbook: Set(workbook),
        };
        mistake::Entity::insert(row)
            .exec_without_returning(tx.conn())
            .await?;
    }
    Ok(())
}

/// Writes that a spreadsheet was taken back.
///
/// # Errors
///
/// [`StoreError::Stale`] when somebody was faster.
pub async fn save_undone(tx: &WriteTx, id: SheetId, undone: &Undone) -> Result<(), StoreError> {
    let done = sheet::Entity::update_many()
        .set(sheet::ActiveModel {
            undone_by_id: Set(Some(undone.by.account.0)),
            undone_for_id: Set(undone.by.acting_for.map(|one| one.0)),
            undone_at: Set(Some(undone.at.into())),
            undone_reason: Set(Some(undone.reason.to_string())),
            ..sheet::ActiveModel::default()
        })
        .filter(sheet::Column::Id.eq(id.0))
        .filter(sheet::Column::UndoneAt.is_null())
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 1 {
        Ok(())
    } else {
        Err(StoreError::Stale)
    }
}

/// What headings mean to a unit, as JSON of whoever asks.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(
    clippy::disallowed_methods,
    reason = "read for whoever may record at the unit"
)]
pub async fn mapping(
    db: &impl ConnectionTrait,
    department: DepartmentId,
) -> Result<Option<String>, StoreError> {
    let row = mapping::Entity::find()
        .filter(mapping::Column::DepartmentId.eq(department.0))
        .one(db)
        .await?;
    Ok(row.map(|row| row.headings))
}

/// Remembers what headings mean to a unit.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn save_mapping(
    tx: &WriteTx,
    department: DepartmentId,
    headings: String,
) -> Result<(), StoreError> {
    mapping::Entity::insert(mapping::ActiveModel {
        department_id: Set(department.0),
        headings: Set(headings),
        saved_at: Set(tx.now().into()),
    })
    .on_conflict(
        OnConflict::column(mapping::Column::DepartmentId)
            .update_columns([mapping::Column::Headings, mapping::Column::SavedAt])
            .to_owned(),
    )
    .exec_without_returning(tx.conn())
    .await?;
    Ok(())
}

fn to_domain(row: sheet::Model) -> Result<Sheet, StoreError> {
    let unknown = |column, value: &str| corrupt(TABLE, column, row.id, value);
    let person = |account: Uuid, acting_for: Option<Uuid>| Person {
        account: AccountId(account),
        acting_for: acting_for.map(AccountId),
    };
    let undone = match (row.undone_by_id, row.undone_at, &row.undone_reason) {
        (Some(by), Some(at), Some(words)) => Some(Undone {
            by: person(by, row.undone_for_id),
            at: at.into(),
            reason: Reason::try_new(words).map_err(|_| unknown("undone_reason", words))?,
        }),
        _ => None,
    };
    Ok(Sheet {
        id: SheetId(row.id),
        department: DepartmentId(row.department_id),
        period: row
            .period
            .parse()
            .map_err(|_| unknown("period", &row.period))?,
        mode: Mode::parse(&row.mode).ok_or_else(|| unknown("mode", &row.mode))?,
        taken: row.taken,
        unchanged: row.unchanged,
        refused: row.refused,
        by: person(row.author_id, row.author_for_id),
        at: row.recorded_at.into(),
        file_name: row.file_name,
        sha256: row.sha256,
        digest: row.digest,
        receipt: row.receipt,
        import: row.import_id.map(ImportId),
        undone,
    })
}

/// The only unscoped `find` on this table.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
fn scoped(scope: &Scope) -> Select<sheet::Entity> {
    sheet::Entity::find().filter(sheets_in(scope))
}
