//! Large files of figures that are taken part by part: held by one server at a time, advanced exactly once.

use duban_domain::{
    access::{Person, Scope},
    ids::{AccountId, ApiTokenId, DepartmentId, ImportId},
    measurement::import::{Import, ImportState, PartDone, Told},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
    sea_query::{Expr, Query, SimpleExpr},
};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::{
    entity::{
        measurement_import as import, measurement_import_file as file,
        measurement_import_part as part,
    },
    error::{StoreError, corrupt},
    instant::Instant,
    page::{self, KeyValue, Page, SortKey, Window},
    scope::imports_in,
    store::WriteTx,
};

const TABLE: &str = "measurement_import";

/// The file of an import, with what its headings mean as JSON of whoever asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportFile {
    /// The bytes.
    pub content: Vec<u8>,
    /// What headings mean.
    pub headings: String,
}

/// The imports of these keys that are in scope.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn find_many(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[ImportId],
) -> Result<Vec<Import>, StoreError> {
    let rows = every()
        .filter(imports_in(scope))
        .filter(import::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .all(db)
        .await?;
    rows.into_iter().map(to_domain).collect()
}

/// The import, if it is in scope; one out of scope looks like none.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn find(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: ImportId,
) -> Result<Option<Import>, StoreError> {
    Ok(find_many(db, scope, &[id]).await?.pop())
}

/// The import of that key, for the work on it.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn find_unscoped(
    db: &impl ConnectionTrait,
    id: ImportId,
) -> Result<Option<Import>, StoreError> {
    let row = every().filter(import::Column::Id.eq(id.0)).one(db).await?;
    row.map(to_domain).transpose()
}

/// The sort key of an import in lists.
pub fn key_of(one: &Import) -> Vec<KeyValue> {
    vec![KeyValue::Key(one.id.0)]
}

/// A window of the imports of a department, or of all that are in scope, the newest first.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    department: Option<DepartmentId>,
    window: &Window,
) -> Result<Page<Import>, StoreError> {
    let narrowed = department.map(|id| import::Column::DepartmentId.eq(id.0));
    let select = every()
        .filter(imports_in(scope))
        .filter(Condition::all().add_option(narrowed));
    let keys = [SortKey::key(import::Column::Id, true)];
    let found = page::fetch(db, select, &keys, window).await?;
    found.try_map(to_domain)
}

/// The imports that wait or were left in the middle, the oldest first.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn open_unscoped(
    db: &impl ConnectionTrait,
    now: OffsetDateTime,
    most: u64,
) -> Result<Vec<ImportId>, StoreError> {
    let keys: Vec<Uuid> = every()
        .select_only()
        .column(import::Column::Id)
        .filter(is_open())
        .filter(is_free(now))
        .order_by_asc(import::Column::Id)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?;
    Ok(keys.into_iter().map(ImportId).collect())
}

/// How many imports of an account wait or run.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn count_open_unscoped(
    db: &impl ConnectionTrait,
    account: AccountId,
) -> Result<u64, StoreError> {
    let open = every()
        .filter(import::Column::AuthorId.eq(account.0))
        .filter(is_open());
    Ok(open.count(db).await?)
}

/// The file of an import; none once it was forgotten.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(
    clippy::disallowed_methods,
    reason = "of an import found in scope, or for the work on it"
)]
pub async fn file_unscoped(
    db: &impl ConnectionTrait,
    id: ImportId,
) -> Result<Option<ImportFile>, StoreError> {
    let row = file::Entity::find()
        .filter(file::Column::ImportId.eq(id.0))
        .one(db)
        .await?;
    Ok(row.map(|row| ImportFile {
        content: row.content,
        headings: row.headings,
    }))
}

/// What was found in the parts of an import, in order, as JSON of whoever wrote it.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "of an import found in scope")]
pub async fn findings_unscoped(
    db: &impl ConnectionTrait,
    id: ImportId,
) -> Result<Vec<String>, StoreError> {
    let rows = part::Entity::find()
        .filter(part::Column::ImportId.eq(id.0))
        .order_by_asc(part::Column::First)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.findings).collect())
}

/// Adds an import with its file.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn insert(tx: &WriteTx, new: &Import, with: ImportFile) -> Result<(), StoreError> {
    let row = import::ActiveModel {
        id: Set(new.id.0),
        department_id: Set(new.department.0),
        period: Set(new.period.to_string()),
        file_name: Set(new.file_name.clone()),
        sha256: Set(new.sha256.clone()),
        state: Set(new.state.name().to_owned()),
        rows: Set(new.rows),
        rows_done: Set(new.rows_done),
        taken: Set(new.taken),
        unchanged: Set(new.unchanged),
        refused: Set(new.refused),
        author_id: Set(new.by.account.0),
        author_for_id: Set(new.by.acting_for.map(|one| one.0)),
        token_id: Set(new.token.map(|one| one.0)),
        recorded_at: Set(new.at.into()),
        held_until: Set(None),
        ended_at: Set(None),
        failure: Set(None),
    };
    import::Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    let row = file::ActiveModel {
        import_id: Set(new.id.0),
        headings: Set(with.headings),
        content: Set(with.content),
    };
    file::Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// Takes an import for a while, so that no other server works on it; false when another one does.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn hold(tx: &WriteTx, id: ImportId, until: Duration) -> Result<bool, StoreError> {
    let done = import::Entity::update_many()
        .set(import::ActiveModel {
            state: Set(ImportState::Running.name().to_owned()),
            held_until: Set(Some((tx.now() + until).into())),
            ..import::ActiveModel::default()
        })
        .filter(import::Column::Id.eq(id.0))
        .filter(is_open())
        .filter(is_free(tx.now()))
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Writes that a part was done that began at `first`, with what was found in it, and holds the import
/// on; false when somebody else did it meanwhile, and nothing of the transaction may stay then.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn advance(
    tx: &WriteTx,
    (import, first): (&Import, i32),
    done: PartDone,
    (findings, until): (String, Duration),
) -> Result<bool, StoreError> {
    use import::Column as C;
    let plus = |column: C, more: i32| -> (C, SimpleExpr) { (column, Expr::col(column).add(more)) };
    let is_last = first + done.rows >= import.rows;
    let mut update = import::Entity::update_many()
        .filter(C::Id.eq(import.id.0))
        .filter(C::State.eq(ImportState::Running.name()))
        .filter(C::RowsDone.eq(first));
    for (column, sum) in [
        plus(C::RowsDone, done.rows),
        plus(C::Taken, done.taken),
        plus(C::Unchanged, done.unchanged),
        plus(C::Refused, done.refused),
    ] {
        update = update.col_expr(column, sum);
    }
    let now = Instant::from(tx.now());
    update = if is_last {
        update
            .col_expr(C::State, Expr::value(ImportState::Done.name()))
            .col_expr(C::EndedAt, Expr::value(now))
    } else {
        let held = Instant::from(tx.now() + until);
        update.col_expr(C::HeldUntil, Expr::value(held))
    };
    if update.exec(tx.conn()).await?.rows_affected != 1 {
        return Ok(false);
    }
    let row = part::ActiveModel {
        import_id: Set(import.id.0),
        first: Set(first),
        findings: Set(findings),
    };
    part::Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(true)
}

/// Lets others go on with an import that is open still.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn release(tx: &WriteTx, id: ImportId) -> Result<(), StoreError> {
    import::Entity::update_many()
        .set(import::ActiveModel {
            held_until: Set(None),
            ..import::ActiveModel::default()
        })
        .filter(import::Column::Id.eq(id.0))
        .filter(is_open())
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Stops an import, with the reason.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn stop(tx: &WriteTx, id: ImportId, why: &Told) -> Result<(), StoreError> {
    let failure = serde_json::json!({ "code": why.code, "figures": why.figures });
    import::Entity::update_many()
        .set(import::ActiveModel {
            state: Set(ImportState::Stopped.name().to_owned()),
            ended_at: Set(Some(tx.now().into())),
            failure: Set(Some(failure.to_string())),
            ..import::ActiveModel::default()
        })
        .filter(import::Column::Id.eq(id.0))
        .filter(is_open())
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Forgets the files of imports that ended before an instant; says of how many.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn forget_files(tx: &WriteTx, before: OffsetDateTime) -> Result<u64, StoreError> {
    let ended = Query::select()
        .column(import::Column::Id)
        .from(import::Entity)
        .and_where(import::Column::EndedAt.lt(Instant::from(before)))
        .to_owned();
    let done = file::Entity::delete_many()
        .filter(file::Column::ImportId.in_subquery(ended))
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected)
}

fn is_open() -> SimpleExpr {
    let open = [ImportState::Waiting, ImportState::Running];
    import::Column::State.is_in(open.map(ImportState::name))
}

fn is_free(now: OffsetDateTime) -> Condition {
    Condition::any()
        .add(import::Column::HeldUntil.is_null())
        .add(import::Column::HeldUntil.lt(Instant::from(now)))
}

#[expect(
    clippy::disallowed_methods,
    reason = "its callers narrow it or say unscoped"
)]
fn every() -> Select<import::Entity> {
    import::Entity::find()
}

fn to_domain(row: import::Model) -> Result<Import, StoreError> {
    let unknown = |column, value: &str| corrupt(TABLE, column, row.id, value);
    let failure = row.failure.as_deref().map(|text| {
        let told: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
        let figures = serde_json::from_value(told["figures"].clone());
        Told {
            code: told["code"].as_str().unwrap_or_default().to_owned(),
            figures: figures.unwrap_or_default(),
        }
    });
    Ok(Import {
        id: ImportId(row.id),
        department: DepartmentId(row.department_id),
        period: row
            .period
            .parse()
            .map_err(|_| unknown("period", &row.period))?,
        state: ImportState::parse(&row.state).ok_or_else(|| unknown("state", &row.state))?,
        rows: row.rows,
        rows_done: row.rows_done,
        taken: row.taken,
        unchanged: row.unchanged,
        refused: row.refused,
        by: Person {
            account: AccountId(row.author_id),
            acting_for: row.author_for_id.map(AccountId),
        },
        token: row.token_id.map(ApiTokenId),
        at: row.recorded_at.into(),
        ended_at: row.ended_at.map(Into::into),
        failure,
        file_name: row.file_name,
        sha256: row.sha256,
    })
}
