//! Figures that are verified or rejected, cell by cell, by others than those who measured.

use std::collections::HashMap;

use duban_domain::{
    access::{Decider, Permission, authorize},
    ids::MeasurementId,
    measurement::{Measurement, MeasurementKey, MeasurementRefusal},
    text::Reason,
};
use duban_persistence::{WriteTx, measurements};

use super::{MeasurementOutcome, event, keeping::Keeper};
use crate::{
    App,
    change::{Call, ChangeError, begin},
};

/// Verifies revisions (核实), row by row: from now on they count.
///
/// # Errors
///
/// [`ChangeError`] of the batch as a whole; nothing is stored then.
pub async fn verify_measurements(
    app: &App,
    call: &Call,
    rows: Vec<MeasurementId>,
) -> Result<Vec<MeasurementOutcome>, ChangeError> {
    let rows = rows.into_iter().map(|id| (id, Ok(None))).collect();
    decide(app, call, "measurement.verified", rows).await
}

/// Rejects revisions (驳回), row by row, each with why.
///
/// # Errors
///
/// [`ChangeError`] of the batch as a whole; nothing is stored then.
pub async fn reject_measurements(
    app: &App,
    call: &Call,
    rows: Vec<(MeasurementId, Result<Reason, ChangeError>)>,
) -> Result<Vec<MeasurementOutcome>, ChangeError> {
    let rows = rows.into_iter().map(|(id, reason)| (id, reason.map(Some)));
    decide(app, call, "measurement.rejected", rows.collect()).await
}

/// A revision to be decided on; with a reason it is rejected.
type Row = (MeasurementId, Result<Option<Reason>, ChangeError>);

async fn decide(
    app: &App,
    call: &Call,
    action: &'static str,
    rows: Vec<Row>,
) -> Result<Vec<MeasurementOutcome>, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let mut bench = Bench::open(tx, call, &rows).await?;
    let (mut outcomes, mut events) = (Vec::with_capacity(rows.len()), Vec::new());
    let mut all = Vec::new();
    for (id, reason) in rows {
        let done = reason.and_then(|reason| bench.decide((tx, call), id, reason));
        let done = done.map(|decided| {
            let told = (id, event(action, &decided));
            all.push(decided);
            told
        });
        outcomes.push(MeasurementOutcome::of("measurementId", done, &mut events)?);
    }
    measurements::save_decisions(tx, &all).await?;
    bench.keeper.close(tx).await?;
    begun.finish(outcomes, events).await
}

/// What the rows of one batch are about, read with a fixed number of statements.
struct Bench {
    found: HashMap<MeasurementId, MeasurementKey>,
    keeper: Keeper,
}

impl Bench {
    async fn open(tx: &WriteTx, call: &Call, rows: &[Row]) -> Result<Self, ChangeError> {
        let db = tx.conn();
        let ids: Vec<MeasurementId> = rows.iter().map(|row| row.0).collect();
        let found = measurements::find_many(db, &call.who.scope(), &ids).await?;
        let keys: Vec<MeasurementKey> = found.iter().map(|one| one.key).collect();
        Ok(Self {
            found: found.into_iter().map(|one| (one.id, one.key)).collect(),
            keeper: Keeper::open(tx, keys).await?,
        })
    }

    fn decide(
        &mut self,
        (tx, call): (&WriteTx, &Call),
        id: MeasurementId,
        reason: Option<Reason>,
    ) -> Result<Measurement, ChangeError> {
        let key = *self.found.get(&id).ok_or(ChangeError::NotFound)?;
        let place = self.keeper.reporters.place(key.department);
        let place = place.unwrap_or_default();
        let decider = Decider {
            person: authorize(&call.who, Permission::MeasurementVerify, &place)?,
            stands_for: call.who.stands_for(),
        };
        let slot = self
            .keeper
            .slots
            .get_mut(&key)
            .ok_or(ChangeError::NotFound)?;
        let asked = slot.revisions().iter().find(|one| one.id == id);
        let revision = asked.ok_or(ChangeError::NotFound)?.revision;
        let at = (decider, tx.now());
        let done = match reason {
            None => slot.verify(revision, at),
            Some(reason) => slot.reject(revision, at, reason),
        };
        done.cloned().map_err(|refusal| refused(&refusal))
    }
}

fn refused(refusal: &MeasurementRefusal) -> ChangeError {
    ChangeError::invalid("measurementId", refusal)
}
