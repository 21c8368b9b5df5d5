//! Plans: their heads, their source texts, their states.

use duban_domain::{
    access::Scope,
    ids::{AccountId, DepartmentId, PlanId},
    plan::{
        draft::DraftPlanKind,
        issued::{Plan, PlanPart, PlanState},
    },
    text::is_storable,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select, sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    entity::{plan, plan_source},
    error::{StoreError, corrupt},
    instant::Instant,
    page::{self, KeyValue, Page, SortKey, Window},
    scope::plans_in,
    store::WriteTx,
};

#[derive(Serialize, Deserialize)]
struct StoredPart {
    title: String,
    kind: DraftPlanKind,
}

/// The plans of these keys that are in scope.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_many(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[PlanId],
) -> Result<Vec<Plan>, StoreError> {
    let keys: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = scoped(scope)
        .filter(plan::Column::Id.is_in(keys))
        .all(db)
        .await?;
    rows.into_iter().map(to_domain).collect()
}

/// The plans of these keys, for figures that are kept whoever writes.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(
    clippy::disallowed_methods,
    reason = "what is kept does not depend on who reads"
)]
pub async fn find_many_unscoped(
    db: &impl ConnectionTrait,
    ids: &[PlanId],
) -> Result<Vec<Plan>, StoreError> {
    let rows = plan::Entity::find()
        .filter(plan::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .all(db)
        .await?;
    rows.into_iter().map(to_domain).collect()
}

/// The plan, if it is in scope; one out of scope looks like none.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: PlanId,
) -> Result<Option<Plan>, StoreError> {
    Ok(find_many(db, scope, &[id]).await?.pop())
}

/// The plan of that code, if it is in scope.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_by_code(
    db: &impl ConnectionTrait,
    scope: &Scope,
    code: &str,
) -> Result<Option<Plan>, StoreError> {
    if !is_storable(code) {
        return Ok(None);
    }
    let row = scoped(scope)
        .filter(plan::Column::Code.eq(code))
        .one(db)
        .await?;
    row.map(to_domain).transpose()
}

/// The plan, locked until the transaction ends, so that nobody else changes it or what hangs on it.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_locked(
    tx: &WriteTx,
    scope: &Scope,
    id: PlanId,
) -> Result<Option<Plan>, StoreError> {
    let row = scoped(scope)
        .filter(plan::Column::Id.eq(id.0))
        .lock_exclusive()
        .one(tx.conn())
        .await?;
    row.map(to_domain).transpose()
}

/// The plan of a unit that was read from exactly this file, if it is in scope.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_by_source(
    db: &impl ConnectionTrait,
    scope: &Scope,
    department: DepartmentId,
    sha256: &str,
) -> Result<Option<Plan>, StoreError> {
    let row = scoped(scope)
        .filter(plan::Column::DepartmentId.eq(department.0))
        .filter(plan::Column::SourceSha256.eq(sha256))
        .one(db)
        .await?;
    row.map(to_domain).transpose()
}

/// Every code in use for a year, whoever may see it, so that a new one is free.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "codes must be free everywhere")]
pub async fn codes_unscoped(
    db: &impl ConnectionTrait,
    year: i32,
) -> Result<Vec<String>, StoreError> {
    Ok(plan::Entity::find()
        .select_only()
        .column(plan::Column::Code)
        .filter(plan::Column::Code.starts_with(year.to_string()))
        .into_tuple()
        .all(db)
        .await?)
}

/// The plans in scope that are in force for a year, in the order of their codes.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn in_force(
    db: &impl ConnectionTrait,
    scope: &Scope,
    year: i32,
) -> Result<Vec<Plan>, StoreError> {
    let rows = scoped(scope)
        .filter(plan::Column::State.eq(PlanState::Issued.name()))
        .filter(plan::Column::Year.eq(year))
        .order_by_asc(plan::Column::Code)
        .all(db)
        .await?;
    rows.into_iter().map(to_domain).collect()
}

/// The sort key of a plan in lists.
pub fn key_of(plan: &Plan) -> Vec<KeyValue> {
    vec![
        KeyValue::Int(plan.year.into()),
        KeyValue::Instant(plan.imported_at),
        KeyValue::Key(plan.id.0),
    ]
}

/// A window of the plans in scope, the newest year first.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    state: Option<PlanState>,
    window: &Window,
) -> Result<Page<Plan>, StoreError> {
    let mut select = scoped(scope);
    if let Some(state) = state {
        select = select.filter(plan::Column::State.eq(state.name()));
    }
    let keys = [
        SortKey::number(plan::Column::Year, true),
        SortKey::instant(plan::Column::ImportedAt, true),
        SortKey::key(plan::Column::Id, true),
    ];
    page::fetch(db, select, &keys, window)
        .await?
        .try_map(to_domain)
}

/// The source text of a plan that the caller has found in scope.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when it is missing.
#[expect(clippy::disallowed_methods, reason = "asked for a plan found in scope")]
pub async fn source_text(db: &impl ConnectionTrait, of: &Plan) -> Result<String, StoreError> {
    let row = plan_source::Entity::find()
        .filter(plan_source::Column::PlanId.eq(of.id.0))
        .one(db)
        .await?;
    row.map(|row| row.text)
        .ok_or_else(|| corrupt("plan_source", "plan_id", of.id, "no row"))
}

/// Adds a plan with its source text.
///
/// # Errors
///
/// [`StoreError::Taken`] when its code or its very file is there already.
pub async fn insert(tx: &WriteTx, new: &Plan, source: &str) -> Result<(), StoreError> {
    plan::Entity::insert(plan::ActiveModel {
        id: Set(new.id.0),
        code: Set(new.code.clone()),
        department_id: Set(new.department.0),
        title: Set(new.title.clone()),
        issuing_body: Set(new.issuing_body.clone()),
        document_number: Set(new.document_number.clone()),
        year: Set(new.year),
        issued_on: Set(new.issued_on),
        recipients: Set(json!(new.recipients)),
        parts: Set(json!(
            new.parts
                .iter()
                .map(|part| StoredPart {
                    title: part.title.clone(),
                    kind: part.kind
                })
                .collect::<Vec<_>>()
        )),
        state: Set(new.state.name().to_owned()),
        source_file: Set(new.source_file.clone()),
        source_sha256: Set(new.source_sha256.clone()),
        source_characters: Set(new.source_characters),
        imported_at: Set(new.imported_at.into()),
        imported_by: Set(new.imported_by.0),
        issued_at: Set(new.issued_at.map(Instant::from)),
        is_demo: Set(new.is_demo),
        version: Set(new.version),
    })
    .exec_without_returning(tx.conn())
    .await?;
    plan_source::Entity::insert(plan_source::ActiveModel {
        plan_id: Set(new.id.0),
        text: Set(source.to_owned()),
    })
    .exec_without_returning(tx.conn())
    .await?;
    Ok(())
}

/// Writes head and state back and counts the version up.
///
/// # Errors
///
/// [`StoreError::Stale`] when someone was faster.
pub async fn save(tx: &WriteTx, plan: &mut Plan) -> Result<(), StoreError> {
    let done = plan::Entity::update_many()
        .col_expr(plan::Column::Title, Expr::value(plan.title.clone()))
        .col_expr(
            plan::Column::IssuingBody,
            Expr::value(plan.issuing_body.clone()),
        )
        .col_expr(
            plan::Column::DocumentNumber,
            Expr::value(plan.document_number.clone()),
        )
        .col_expr(plan::Column::Year, Expr::value(plan.year))
        .col_expr(plan::Column::IssuedOn, Expr::value(plan.issued_on))
        .col_expr(plan::Column::State, Expr::value(plan.state.name()))
        .col_expr(
            plan::Column::IssuedAt,
            Expr::value(plan.issued_at.map(Instant::from)),
        )
        .col_expr(plan::Column::Version, Expr::value(plan.version + 1))
        .filter(plan::Column::Id.eq(plan.id.0))
        .filter(plan::Column::Version.eq(plan.version))
        .exec(tx.conn())
        .await?;
    if done.rows_affected != 1 {
        return Err(StoreError::Stale);
    }
    plan.version += 1;
    Ok(())
}

/// Removes a draft with everything that hangs on it.
///
/// # Errors
///
/// [`StoreError::Stale`] when someone changed or issued it first.
pub async fn delete_draft(tx: &WriteTx, plan: &Plan) -> Result<(), StoreError> {
    let done = plan::Entity::delete_many()
        .filter(plan::Column::Id.eq(plan.id.0))
        .filter(plan::Column::Version.eq(plan.version))
        .filter(plan::Column::State.eq(PlanState::Draft.name()))
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 1 {
        Ok(())
    } else {
        Err(StoreError::Stale)
    }
}

/// The only unscoped `find` on this table that callers' lists go through.
#[expect(clippy::disallowed_methods, reason = "scoped here")]
fn scoped(scope: &Scope) -> Select<plan::Entity> {
    plan::Entity::find().filter(plans_in(scope))
}

fn to_domain(row: plan::Model) -> Result<Plan, StoreError> {
    let recipients = serde_json::from_value(row.recipients.clone())
        .map_err(|_| corrupt("plan", "recipients", row.id, &row.recipients))?;
    let parts: Vec<StoredPart> = serde_json::from_value(row.parts.clone())
        .map_err(|_| corrupt("plan", "parts", row.id, &row.parts))?;
    Ok(Plan {
        id: PlanId(row.id),
        department: DepartmentId(row.department_id),
        state: PlanState::parse(&row.state)
            .ok_or_else(|| corrupt("plan", "state", row.id, &row.state))?,
        code: row.code,
        title: row.title,
        issuing_body: row.issuing_body,
        document_number: row.document_number,
        year: row.year,
        issued_on: row.issued_on,
        recipients,
        parts: parts
            .into_iter()
            .map(|part| PlanPart {
                title: part.title,
                kind: part.kind,
            })
            .collect(),
        source_file: row.source_file,
        source_sha256: row.source_sha256,
        source_characters: row.source_characters,
        imported_at: row.imported_at.into(),
        imported_by: AccountId(row.imported_by),
        issued_at: row.issued_at.map(OffsetDateTime::from),
        is_demo: row.is_demo,
        version: row.version,
    })
}
