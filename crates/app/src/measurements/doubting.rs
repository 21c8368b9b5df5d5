//! What looks wrong about figures, found beside those of the same year.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use duban_domain::{
    access::Scope,
    ids::{DepartmentId, MeasurementId, MetricId},
    measurement::{
        Amount, Around, Doubt, Elsewhere, Measurement, MeasurementKey, SameFile, Slot, doubts,
    },
    period::Period,
    quantity::Figure,
};
use duban_persistence::{
    Connection, StoreError, capacities, departments, evidence, measurements, metrics,
};

/// What looks wrong about each of these measurements that the caller may see, with a fixed number of
/// statements; those about which nothing does are left out.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn doubts_of<C: Connection>(
    db: &C,
    scope: &Scope,
    ids: &[MeasurementId],
) -> Result<HashMap<MeasurementId, Vec<Doubt>>, StoreError> {
    let asked = measurements::find_many(db, scope, ids).await?;
    let metrics: BTreeSet<MetricId> = asked.iter().map(|one| one.key.metric).collect();
    let metrics: Vec<MetricId> = metrics.into_iter().collect();
    let periods: BTreeSet<Period> = asked
        .iter()
        .flat_map(|one| year_of(one.key.period))
        .collect();
    let periods: Vec<Period> = periods.into_iter().collect();
    let said = measurements::handed_in_unscoped(db, &metrics, &periods).await?;
    let said = said.into_iter().filter_map(|one| match scope.as_of {
        Some(instant) => one.as_it_stood(instant),
        None => Some(one),
    });
    let year = Year::new(said);
    let mut files = same_files(db, scope, &asked).await?;
    let capacities = capacities::current_unscoped(db, scope, &metrics).await?;
    let capacity = |key: MeasurementKey| {
        let mut declared = capacities.get(&key.metric).into_iter().flatten();
        declared.find(|one| one.department == key.department)?.most
    };
    let found = asked.into_iter().filter_map(|one| {
        let amount = one.reading.amount()?;
        let around = Around {
            same_file: files.remove(&one.id),
            capacity: capacity(one.key),
            ..year.around(one.key)
        };
        let found = doubts(one.key.period, amount, &around);
        (!found.is_empty()).then_some((one.id, found))
    });
    Ok(found.collect())
}

/// Places that are told in words; there may be any number of them.
const PLACES_TOLD: usize = 5;

/// Where files of these measurements lie under another metric, unit or month, with a fixed number of
/// statements and none but the first where there are no files.
async fn same_files<C: Connection>(
    db: &C,
    scope: &Scope,
    asked: &[Measurement],
) -> Result<HashMap<MeasurementId, SameFile>, StoreError> {
    let ids: Vec<MeasurementId> = asked.iter().map(|one| one.id).collect();
    let files = evidence::of_measurements(db, scope, &ids).await?;
    let hashes: BTreeSet<String> = files
        .values()
        .flatten()
        .map(|one| one.sha256.clone())
        .collect();
    let hashes: Vec<String> = hashes.into_iter().collect();
    let places = evidence::places_unscoped(db, scope, &hashes).await?;
    if places.is_empty() {
        return Ok(HashMap::new());
    }
    let words = words_of(db, scope, &places).await?;
    let found = asked.iter().filter_map(|one| {
        let of_one = files.get(&one.id)?;
        let mut same = SameFile::default();
        let mut keys: BTreeMap<MeasurementKey, Option<&String>> = BTreeMap::new();
        for file in of_one {
            let elsewhere = places
                .iter()
                .filter(|place| place.sha256 == file.sha256 && key_of(place) != one.key);
            let mut is_elsewhere = false;
            for place in elsewhere {
                is_elsewhere = true;
                let known = words.get(&place.measurement);
                let told = keys.entry(key_of(place)).or_default();
                *told = told.or(known);
            }
            same.files += usize::from(is_elsewhere);
        }
        same.places = keys.len();
        let seen = keys.into_values().flatten().take(PLACES_TOLD);
        same.seen = seen.cloned().collect();
        (same.files > 0).then_some((one.id, same))
    });
    Ok(found.collect())
}

const fn key_of(place: &Elsewhere) -> MeasurementKey {
    MeasurementKey {
        metric: place.metric,
        department: place.department,
        period: place.period,
    }
}

/// The places that the caller may see, in words: 2025-19-M2 中原区科协 2025-03.
async fn words_of<C: Connection>(
    db: &C,
    scope: &Scope,
    places: &[Elsewhere],
) -> Result<HashMap<MeasurementId, String>, StoreError> {
    let ids: Vec<MeasurementId> = places.iter().map(|one| one.measurement).collect();
    let seen = measurements::find_many(db, scope, &ids).await?;
    let metrics: Vec<MetricId> = seen.iter().map(|one| one.key.metric).collect();
    let metrics = metrics::find_many(db, scope, &metrics).await?;
    let metrics: HashMap<MetricId, String> =
        metrics.into_iter().map(|one| (one.id, one.code)).collect();
    let units: Vec<DepartmentId> = seen.iter().map(|one| one.key.department).collect();
    let units = departments::find_many(db, &units).await?;
    let units: HashMap<DepartmentId, String> = units
        .into_iter()
        .map(|one| (one.id, one.short_name))
        .collect();
    let words = seen.into_iter().filter_map(|one| {
        let metric = metrics.get(&one.key.metric)?;
        let unit = units.get(&one.key.department)?;
        Some((one.id, format!("{metric} {unit} {}", one.key.period)))
    });
    Ok(words.collect())
}

/// Every period of the same year and cadence.
fn year_of(period: Period) -> impl Iterator<Item = Period> {
    let in_year = move |one: &Period| one.year() == period.year();
    let before = std::iter::successors(Some(period), |one| Some(one.previous()));
    let after = std::iter::successors(Some(period.next()), |one| Some(one.next()));
    before.take_while(in_year).chain(after.take_while(in_year))
}

/// What all units say of the metrics.
struct Year(HashMap<MetricId, BTreeMap<(DepartmentId, Period), Slot>>);

impl Year {
    fn new(said: impl Iterator<Item = Measurement>) -> Self {
        let mut revisions: BTreeMap<MeasurementKey, Vec<Measurement>> = BTreeMap::new();
        for one in said {
            revisions.entry(one.key).or_default().push(one);
        }
        let mut year: HashMap<MetricId, BTreeMap<_, _>> = HashMap::new();
        for (key, revisions) in revisions {
            let slots = year.entry(key.metric).or_default();
            slots.insert((key.department, key.period), Slot::new(key, revisions));
        }
        Self(year)
    }

    fn around(&self, key: MeasurementKey) -> Around {
        let slots = || self.0.get(&key.metric).into_iter().flatten();
        let is_own = |department: DepartmentId| department == key.department;
        let said = |slot: &Slot| {
            let said = slot.verified().or_else(|| slot.provisional())?;
            said.reading.amount().map(|amount| amount.value)
        };
        let verified = |slot: &Slot| -> Option<Amount> {
            let verified = slot.verified()?;
            verified.reading.amount().cloned()
        };
        let own = slots()
            .filter(|((unit, month), _)| is_own(*unit) && *month != key.period)
            .filter_map(|((_, month), slot)| Some((*month, said(slot)?)))
            .collect();
        let others = || slots().filter(|((unit, _), _)| !is_own(*unit));
        let peers: Vec<Figure> = others()
            .filter(|((_, month), _)| *month == key.period)
            .filter_map(|(_, slot)| verified(slot).map(|amount| amount.value))
            .collect();
        let named = others()
            .filter_map(|(_, slot)| verified(slot))
            .flat_map(|amount| amount.things)
            .collect();
        Around {
            own,
            peers,
            named,
            ..Around::default()
        }
    }
}
