//! Evidence: files under measurements, their contents once each.

use std::collections::HashMap;

use duban_domain::{
    access::Scope,
    ids::{AccountId, DepartmentId, EvidenceId, MeasurementId, MetricId, UploadId},
    measurement::{Elsewhere, Evidence, MeasurementState, MediaKind},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, OnConflict, Query},
};
use uuid::Uuid;

use crate::{
    bulk::{BINDS, insert_all},
    entity::{evidence, evidence_content as content, measurement, upload},
    error::{StoreError, corrupt},
    instant::Instant,
    scope::{exists, measurements_in, same},
    store::WriteTx,
};

/// A file that a revision names: which upload it is, and what it was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The upload.
    pub upload: UploadId,
    /// SHA-256 of its content.
    pub sha256: String,
    /// Its name, a label only.
    pub name: String,
    /// What it is.
    pub kind: MediaKind,
    /// Bytes.
    pub size: i64,
}

/// Keeps files under revisions. What they hold is copied from the uploads inside the database, and once
/// for each content.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn insert(tx: &WriteTx, new: &[(Evidence, UploadId)]) -> Result<(), StoreError> {
    let mut contents: HashMap<&str, (UploadId, MediaKind)> = HashMap::new();
    for (one, upload) in new {
        contents.insert(&one.sha256, (*upload, one.kind));
    }
    for (upload, kind) in contents.into_values() {
        keep(tx, upload, kind).await?;
    }
    let rows = new.iter().map(|(one, _)| evidence::ActiveModel {
        id: Set(one.id.0),
        measurement_id: Set(one.measurement.0),
        sha256: Set(one.sha256.clone()),
        name: Set(one.name.clone()),
        position: Set(one.position),
        uploaded_by: Set(one.uploaded_by.0),
        uploaded_at: Set(one.uploaded_at.into()),
    });
    insert_all(tx.conn(), rows.collect()).await
}

#[expect(
    clippy::disallowed_methods,
    reason = "the upload was found as its owner's"
)]
async fn keep(tx: &WriteTx, id: UploadId, kind: MediaKind) -> Result<(), StoreError> {
    use upload::Column as C;
    let found = upload::Entity::find()
        .select_only()
        .column(C::Sha256)
        .column(C::Size)
        .expr(Expr::val(kind.name()))
        .column(C::Content)
        .expr(Expr::val(Instant::from(tx.now())))
        .filter(C::Id.eq(id.0))
        .into_query();
    let columns = [
        content::Column::Sha256,
        content::Column::Size,
        content::Column::MediaType,
        content::Column::Content,
        content::Column::StoredAt,
    ];
    let known = OnConflict::column(content::Column::Sha256)
        .do_nothing()
        .to_owned();
    let mut statement = Query::insert();
    statement
        .into_table(content::Entity)
        .columns(columns)
        .on_conflict(known);
    statement
        .select_from(found)
        .map_err(|error| corrupt("evidence_content", "content", id, error))?;
    tx.conn().execute(&statement).await?;
    Ok(())
}

/// The files under each of these revisions that are in scope, in their order.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn of_measurements(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[MeasurementId],
) -> Result<HashMap<MeasurementId, Vec<Evidence>>, StoreError> {
    let mut found: HashMap<MeasurementId, Vec<Evidence>> = HashMap::new();
    for ids in ids.chunks(BINDS) {
        let under = evidence::Column::MeasurementId.is_in(ids.iter().map(|id| id.0));
        let rows = rows(db, scope, under.into()).await?;
        for one in rows {
            found.entry(one.measurement).or_default().push(one);
        }
    }
    Ok(found)
}

/// A file with what it holds, where its measurement is in scope; one out of scope looks like none.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
pub async fn find(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: EvidenceId,
) -> Result<Option<Evidence>, StoreError> {
    let is_it = evidence::Column::Id.eq(id.0);
    Ok(rows(db, scope, is_it.into()).await?.pop())
}

/// What a file that was found holds.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when it is gone.
#[expect(clippy::disallowed_methods, reason = "the file was found in scope")]
pub async fn content_of(
    db: &impl ConnectionTrait,
    found: &Evidence,
) -> Result<Vec<u8>, StoreError> {
    let bytes: Option<Vec<u8>> = content::Entity::find()
        .select_only()
        .column(content::Column::Content)
        .filter(content::Column::Sha256.eq(&found.sha256))
        .into_tuple()
        .one(db)
        .await?;
    bytes.ok_or_else(|| corrupt("evidence_content", "sha256", found.id, &found.sha256))
}

/// Where else these contents lie under figures that were handed in, whoever handed them in; as of the
/// scope's instant. Whoever shows places narrows them.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
#[expect(
    clippy::disallowed_methods,
    reason = "its callers narrow what they show"
)]
pub async fn places_unscoped(
    db: &impl ConnectionTrait,
    scope: &Scope,
    hashes: &[String],
) -> Result<Vec<Elsewhere>, StoreError> {
    use measurement::Column as M;
    if hashes.is_empty() {
        return Ok(Vec::new());
    }
    let counted = [MeasurementState::Submitted, MeasurementState::Verified];
    let mut query = evidence::Entity::find()
        .select_only()
        .column(evidence::Column::Sha256)
        .columns([M::Id, M::MetricId, M::DepartmentId, M::Period])
        .join(
            sea_orm::JoinType::InnerJoin,
            evidence::Entity::belongs_to(measurement::Entity)
                .from(evidence::Column::MeasurementId)
                .to(M::Id)
                .into(),
        )
        .filter(evidence::Column::Sha256.is_in(hashes))
        .filter(M::State.is_in(counted.map(MeasurementState::name)));
    if let Some(instant) = scope.as_of {
        query = query.filter(M::RecordedAt.lt(Instant::from(instant)));
    }
    let rows: Vec<(String, Uuid, Uuid, Uuid, String)> =
        query.order_by_asc(M::Id).into_tuple().all(db).await?;
    rows.into_iter()
        .map(|(sha256, id, metric, department, period)| {
            Ok(Elsewhere {
                sha256,
                measurement: MeasurementId(id),
                metric: MetricId(metric),
                department: DepartmentId(department),
                period: period
                    .parse()
                    .map_err(|_| corrupt("measurement", "period", id, &period))?,
            })
        })
        .collect()
}

#[expect(clippy::disallowed_methods, reason = "scoped here")]
async fn rows(
    db: &impl ConnectionTrait,
    scope: &Scope,
    which: sea_orm::Condition,
) -> Result<Vec<Evidence>, StoreError> {
    let readable = measurement::Entity::find()
        .filter(same(
            measurement::Column::Id,
            evidence::Column::MeasurementId,
        ))
        .filter(measurements_in(scope));
    let found = evidence::Entity::find()
        .filter(which)
        .filter(exists(readable))
        .order_by_asc(evidence::Column::Position)
        .all(db)
        .await?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let hashes = found.iter().map(|row| row.sha256.clone());
    let about: Vec<(String, i64, String)> = content::Entity::find()
        .select_only()
        .columns([
            content::Column::Sha256,
            content::Column::Size,
            content::Column::MediaType,
        ])
        .filter(content::Column::Sha256.is_in(hashes))
        .into_tuple()
        .all(db)
        .await?;
    let about: HashMap<String, (i64, String)> = about
        .into_iter()
        .map(|(sha256, size, kind)| (sha256, (size, kind)))
        .collect();
    found
        .into_iter()
        .map(|row| {
            let (size, kind) = about
                .get(&row.sha256)
                .ok_or_else(|| corrupt("evidence", "sha256", row.id, &row.sha256))?;
            Ok(Evidence {
                id: EvidenceId(row.id),
                measurement: MeasurementId(row.measurement_id),
                kind: MediaKind::parse(kind)
                    .ok_or_else(|| corrupt("evidence_content", "media_type", row.id, kind))?,
                size: *size,
                sha256: row.sha256,
                name: row.name,
                position: row.position,
                uploaded_by: AccountId(row.uploaded_by),
                uploaded_at: row.uploaded_at.into(),
            })
        })
        .collect()
}
