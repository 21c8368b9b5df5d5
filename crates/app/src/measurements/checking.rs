//! Whether the figures that are kept are those of the measurements.

use std::collections::{BTreeMap, BTreeSet};

use duban_domain::{
    event::DomainEvent,
    ids::MetricId,
    metric::rollup::{Kept, Namings, Spot, Tally},
};
use duban_persistence::{Actor, Store, StoreError, departments, measurements, metrics, rollups};

use super::{
    Reporters,
    keeping::{rebuild, reckoned},
};

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RollupReport {
    /// How many metrics were looked at.
    pub metrics: usize,
    /// How many rows are kept of them.
    pub rows: usize,
    /// The metrics of which something differs, by code.
    pub differing: Vec<String>,
    /// The first difference.
    pub first: Option<Difference>,
}

/// Something that is kept and not what the measurements say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The code of the metric.
    pub metric: String,
    /// The code of the unit.
    pub unit: String,
    /// Where.
    pub spot: Spot,
    /// What differs there.
    pub field: &'static str,
    /// What is kept.
    pub kept: String,
    /// What the measurements say.
    pub said: String,
}

/// Adds all measurements up again and compares, metric by metric; where it is told to, what differs is
/// made anew.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn verify_rollups(store: &Store, repairs: bool) -> Result<RollupReport, StoreError> {
    // Nobody writes figures of a metric between the two looks at it.
    let tx = store.begin(Actor::default()).await?;
    let db = tx.conn();
    let measured = measurements::metrics_unscoped(db).await?;
    let kept = rollups::metrics_unscoped(db).await?;
    let ids: BTreeSet<MetricId> = measured.into_iter().chain(kept).collect();
    let ids: Vec<MetricId> = ids.into_iter().collect();
    rollups::lock(&tx, &ids).await?;
    let found = metrics::find_many_unscoped(db, &ids).await?;
    let reporters = Reporters::of_unscoped(db, found).await?;
    let mut report = RollupReport {
        metrics: ids.len(),
        ..RollupReport::default()
    };
    let mut wrong = Vec::new();
    for id in ids {
        let said = reckoned(db, &reporters, id).await?.unwrap_or_default();
        let wanted = rollups::Wanted {
            metrics: &[id],
            with_things: &[id],
            with_bases: true,
            units: None,
            periods: None,
        };
        let kept = rollups::kept_unscoped(db, wanted).await?.remove(&id);
        let kept = kept.unwrap_or_default();
        report.rows += kept.tallies.len() + kept.things.values().map(BTreeMap::len).sum::<usize>();
        let Some((spot, field, values)) = first_difference(&kept, &said) else {
            continue;
        };
        let code = reporters.metric(id).map(|metric| metric.code.clone());
        let code = code.unwrap_or_else(|| id.to_string());
        if report.first.is_none() {
            let unit = departments::find_many(db, &[spot.unit]).await?.pop();
            report.first = Some(Difference {
                metric: code.clone(),
                unit: unit.map_or_else(|| spot.unit.to_string(), |unit| unit.code),
                spot,
                field,
                kept: values.0,
                said: values.1,
            });
        }
        report.differing.push(code);
        wrong.push(id);
    }
    if repairs && !wrong.is_empty() {
        rebuild(&tx, &wrong).await?;
        tx.commit(wrong.into_iter().map(mended)).await?;
    } else {
        tx.roll_back().await?;
    }
    Ok(report)
}

/// The event of figures that were made anew: what is told of the metric changes without a measurement.
fn mended(metric: MetricId) -> DomainEvent {
    DomainEvent::new("metric.figures_mended", "Metric", metric.0)
}

/// The first difference in the order of units and months, with what is kept and what is said.
fn first_difference(kept: &Kept, said: &Kept) -> Option<(Spot, &'static str, (String, String))> {
    let change = kept.to(said);
    let of_sums = change.tallies.keys().next();
    let of_things = change.things.keys().next();
    let spot = *of_sums.into_iter().chain(of_things).min()?;
    let (old, new) = (kept.tallies.get(&spot), said.tallies.get(&spot));
    let (old, new) = (
        old.copied().unwrap_or_default(),
        new.copied().unwrap_or_default(),
    );
    let told = fields(&old).into_iter().zip(fields(&new));
    let differs = told
        .into_iter()
        .find(|((_, old), (_, new))| old != new)
        .map(|((field, old), (_, new))| (spot, field, (old.to_string(), new.to_string())));
    differs.or_else(|| {
        let (thing, _) = change.things.get(&spot)?.iter().next()?;
        let namings = |of: &Kept| {
            let named = of.things.get(&spot).and_then(|all| all.get(thing).copied());
            let Namings {
                verified,
                provisional,
            } = named.unwrap_or_default();
            format!("{thing}: {verified}, {provisional}")
        };
        Some((spot, "things", (namings(kept), namings(said))))
    })
}

/// What a row says, by name.
fn fields(tally: &Tally) -> [(&'static str, i128); 12] {
    let (verified, provisional) = (&tally.verified, &tally.provisional);
    [
        ("onTime", tally.on_time.into()),
        ("late", tally.late.into()),
        ("notApplicable", tally.not_applicable.into()),
        ("waiting", tally.waiting.into()),
        ("verifiedAmounts", verified.amounts.into()),
        ("verifiedValue", verified.value),
        ("verifiedBase", verified.base),
        ("verifiedProduct", verified.product),
        ("provisionalAmounts", provisional.amounts.into()),
        ("provisionalValue", provisional.value),
        ("provisionalBase", provisional.base),
        ("provisionalProduct", provisional.product),
    ]
}
