//! Figures of units with everything below them, added up anew whenever they are asked for.

use std::collections::{BTreeMap, HashMap};

use duban_domain::{
    access::{Coverage, Scope},
    ids::{DepartmentId, MetricId},
    measurement::{Measurement, MeasurementKey, Slot},
    metric::rollup::{Cell, Rolled, TooLarge},
    period::Period,
};
use duban_persistence::{Connection, StoreError, departments, measurements, metrics};

use super::Reporters;

/// The figure of a metric for a unit with everything below, from January up to and with a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FiguresKey {
    /// The metric.
    pub metric: MetricId,
    /// The unit; none for the one whose figure is the metric's.
    pub department: Option<DepartmentId>,
    /// The last month.
    pub until: Period,
}

/// A figure as one caller may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// The unit.
    pub department: DepartmentId,
    /// The months.
    pub periods: Vec<Period>,
    /// What they add up to; without a sum where it leaves what a figure can hold.
    pub rolled: Result<Rolled, TooLarge>,
    /// Whether the caller may see what is not verified there.
    pub shows_provisional: bool,
}

/// The figures of these keys whose metrics are in scope, with a fixed number of statements.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn figures_of<C: Connection>(
    db: &C,
    scope: &Scope,
    keys: &[FiguresKey],
) -> Result<HashMap<FiguresKey, Figures>, StoreError> {
    let mut ids: Vec<MetricId> = keys.iter().map(|key| key.metric).collect();
    ids.sort_unstable();
    ids.dedup();
    let found = metrics::find_many(db, scope, &ids).await?;
    let ids: Vec<MetricId> = found.iter().map(|one| one.id).collect();
    let mut periods: Vec<Period> = keys.iter().flat_map(|key| months(key.until)).collect();
    periods.sort_unstable();
    periods.dedup();
    let said = measurements::handed_in_unscoped(db, &ids, &periods).await?;
    let said = said.into_iter().filter_map(|one| match scope.as_of {
        Some(instant) => one.as_it_stood(instant),
        None => Some(one),
    });
    let cells = cells_of(said);
    let reporters = Reporters::of(db, scope, found).await?;
    let seen = Seen::of(db, scope, keys, &reporters).await?;
    let mut figures = HashMap::new();
    for key in keys {
        let Some(metric) = reporters.metric(key.metric) else {
            continue;
        };
        let Some(department) = key.department.or_else(|| reporters.home(metric)) else {
            continue;
        };
        let periods = months(key.until);
        let none = Vec::new();
        let cells = cells.get(&key.metric).unwrap_or(&none);
        let of = (department, periods.as_slice());
        let rule = reporters.rule(metric);
        let rolled = rule.roll_up(reporters.tree(), cells, of);
        let is_reporter = rule.reporters.contains(&department);
        figures.insert(
            *key,
            Figures {
                department,
                rolled,
                shows_provisional: seen.shows(department, is_reporter),
                periods,
            },
        );
    }
    Ok(figures)
}

/// The months of the year up to and with this one, the first one first.
fn months(until: Period) -> Vec<Period> {
    let back = std::iter::successors(Some(until), |one| Some(one.previous()));
    let mut all: Vec<Period> = back.take_while(|one| one.year() == until.year()).collect();
    all.reverse();
    all
}

/// What every unit says for every period, by metric.
fn cells_of(said: impl Iterator<Item = Measurement>) -> HashMap<MetricId, Vec<Cell>> {
    let mut revisions: BTreeMap<MeasurementKey, Vec<Measurement>> = BTreeMap::new();
    for one in said {
        revisions.entry(one.key).or_default().push(one);
    }
    let mut cells: HashMap<MetricId, Vec<Cell>> = HashMap::new();
    for (key, revisions) in revisions {
        let slot = Slot::new(key, revisions);
        let first = slot.revisions().first();
        cells.entry(key.metric).or_default().push(Cell {
            unit: key.department,
            period: key.period,
            verified: slot.verified().map(|one| one.reading.clone()),
            provisional: slot.provisional().map(|one| one.reading.clone()),
            is_late: first.is_some_and(|one| one.is_late),
        });
    }
    cells
}

/// Where the caller sees what is not verified.
struct Seen {
    paths: HashMap<DepartmentId, Vec<DepartmentId>>,
    coverages: [Coverage; 3],
}

impl Seen {
    async fn of<C: Connection>(
        db: &C,
        scope: &Scope,
        keys: &[FiguresKey],
        reporters: &Reporters,
    ) -> Result<Self, StoreError> {
        let unit = |key: &FiguresKey| {
            let metric = reporters.metric(key.metric);
            key.department
                .or_else(|| metric.and_then(|metric| reporters.home(metric)))
        };
        let mut units: Vec<DepartmentId> = keys.iter().filter_map(unit).collect();
        units.sort_unstable();
        units.dedup();
        Ok(Self {
            paths: departments::paths(db, &units).await?,
            coverages: [
                scope.measurements.clone(),
                scope.measurement_checks.clone(),
                scope.reports.clone(),
            ],
        })
    }

    /// Whether the unit and all below it are covered: a figure of a subtree tells of all of it. Nobody
    /// below a unit that reports is asked as well.
    fn shows(&self, department: DepartmentId, is_reporter: bool) -> bool {
        let path = self.paths.get(&department).map(Vec::as_slice);
        let path = path.unwrap_or_default();
        let mut coverages = self.coverages.iter();
        coverages.any(|one| {
            let alone = is_reporter && one.itself.contains(&department);
            alone || path.iter().any(|unit| one.subtree.contains(unit))
        })
    }
}
