//! What looks wrong about figures, found beside those of the same year.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use duban_domain::{
    access::Scope,
    ids::{DepartmentId, MeasurementId, MetricId},
    measurement::{Amount, Around, Doubt, Measurement, MeasurementKey, Slot, doubts},
    period::Period,
    quantity::Figure,
};
use duban_persistence::{Connection, StoreError, measurements};

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
    let found = asked.into_iter().filter_map(|one| {
        let amount = one.reading.amount()?;
        let around = year.around(one.key);
        let found = doubts(one.key.period, amount, &around);
        (!found.is_empty()).then_some((one.id, found))
    });
    Ok(found.collect())
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
        Around { own, peers, named }
    }
}
