//! Figures of units with everything below them, told from what is kept.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use duban_domain::{
    access::{Coverage, Place, Scope},
    ids::{DepartmentId, MetricId},
    metric::{
        Metric, TreeAggregation,
        rollup::{Kept, Months, Rolled, Rule, Stretch, TooLarge},
    },
    period::Period,
};
use duban_persistence::{Connection, StoreError, metrics, rollups};

use super::{Reporters, reckoning::kept_then};

/// The figure of a metric for a unit with everything below, over a stretch of months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FiguresKey {
    /// The metric.
    pub metric: MetricId,
    /// The unit; none for the one whose figure is the metric's.
    pub department: Option<DepartmentId>,
    /// The months.
    pub stretch: Stretch,
}

impl FiguresKey {
    /// The metric and the unit, where the metric was found.
    pub(super) fn target<'a>(
        &self,
        reporters: &'a Reporters,
    ) -> Option<(&'a Metric, DepartmentId)> {
        let metric = reporters.metric(self.metric)?;
        let department = self.department.or_else(|| reporters.home(metric))?;
        Some((metric, department))
    }
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

/// A grid of figures: every metric for every unit over every stretch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GridAsked {
    /// The metrics.
    pub metrics: Vec<MetricId>,
    /// The units.
    pub units: Vec<DepartmentId>,
    /// The stretches.
    pub stretches: Vec<Stretch>,
}

impl GridAsked {
    /// The metrics, each once, in order.
    #[must_use]
    pub fn distinct_metrics(&self) -> Vec<MetricId> {
        distinct(self.metrics.iter().copied())
    }

    fn keys(&self) -> Vec<FiguresKey> {
        let places = self.metrics.iter().flat_map(|metric| {
            let units = self.units.iter();
            units.map(move |unit| (*metric, *unit))
        });
        let keys = places.flat_map(|(metric, unit)| {
            let stretches = self.stretches.iter();
            stretches.map(move |stretch| FiguresKey {
                metric,
                department: Some(unit),
                stretch: *stretch,
            })
        });
        keys.collect()
    }
}

/// A figure of a grid as one caller may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridFigure {
    /// What it adds up to.
    pub rolled: Rolled,
    /// Whether the caller may see what is not verified there.
    pub shows_provisional: bool,
}

/// The figures of a grid, metric by metric, unit by unit, stretch by stretch; none of metrics out of scope.
pub type Grid = Vec<Option<GridFigure>>;

/// What figures of some metrics are told by: the metrics that are in scope, those that they repeat, and who
/// is asked for them.
pub struct Basis {
    readable: HashSet<MetricId>,
    reporters: Reporters,
    /// How many are asked, by metric and months: worked out once.
    expected: Mutex<Vec<Known>>,
}

/// Of a metric and some months, how many are asked.
struct Known {
    metric: MetricId,
    periods: Vec<Period>,
    expected: Arc<Expected>,
}

/// How many reporters each unit has in each of some periods.
type Expected = BTreeMap<(DepartmentId, Period), u32>;

/// Of how many metrics and months it is known at a time how many are asked.
const EXPECTED_MOST: usize = 16;

/// Which sums are read for some figures.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sums {
    metrics: Vec<MetricId>,
    with_things: Vec<MetricId>,
    with_bases: bool,
    units: Vec<DepartmentId>,
    periods: Vec<Period>,
}

impl Sums {
    /// Reads them: what is kept now, by metric.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of the database.
    pub async fn read<C: Connection>(
        &self,
        db: &C,
    ) -> Result<BTreeMap<MetricId, Kept>, StoreError> {
        let wanted = rollups::Wanted {
            metrics: &self.metrics,
            with_things: &self.with_things,
            with_bases: self.with_bases,
            units: Some(&self.units),
            periods: Some(&self.periods),
        };
        rollups::kept_unscoped(db, wanted).await
    }
}

impl Basis {
    /// Reads it for metrics, with a fixed number of statements.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of the database.
    pub async fn of<C: Connection>(
        db: &C,
        scope: &Scope,
        ids: &[MetricId],
    ) -> Result<Self, StoreError> {
        let found = metrics::find_many(db, scope, ids).await?;
        let readable = found.iter().map(|one| one.id).collect();
        let found = with_repeated(db, found).await?;
        let reporters = match scope.as_of {
            None => Reporters::of_unscoped(db, found).await?,
            Some(_) => Reporters::of(db, scope, found).await?,
        };
        Ok(Self {
            readable,
            reporters,
            expected: Mutex::default(),
        })
    }

    /// Which sums figures of these keys are told from.
    #[must_use]
    pub fn sums(&self, keys: &[FiguresKey]) -> Sums {
        sums_for(&with_repeated_keys(&self.reporters, keys), &self.reporters)
    }

    /// Which sums the figures of a grid are told from.
    #[must_use]
    pub fn sums_of_grid(&self, asked: &GridAsked) -> Sums {
        let metric = |id: &MetricId| self.reporters.metric(*id);
        let found = || asked.metrics.iter().filter_map(metric);
        let repeated = found().filter_map(|one| self.reporters.metric(one.same_as?));
        let metrics: Vec<&Metric> = found().chain(repeated).collect();
        let units = asked.units.iter().copied();
        sums_over(&metrics, units, asked.stretches.iter().copied())
    }

    async fn kept<C: Connection>(
        &self,
        db: &C,
        scope: &Scope,
        keys: &[FiguresKey],
    ) -> Result<BTreeMap<MetricId, Kept>, StoreError> {
        match scope.as_of {
            None => self.sums(keys).read(db).await,
            Some(instant) => {
                let keys = with_repeated_keys(&self.reporters, keys);
                kept_then(db, (instant, &keys), &self.reporters).await
            }
        }
    }

    /// The figures of a grid, told from the sums that are kept.
    ///
    /// # Errors
    ///
    /// [`TooLarge`] where one of them leaves what a figure can hold.
    pub fn grid(
        &self,
        scope: &Scope,
        asked: &GridAsked,
        kept: &BTreeMap<MetricId, Kept>,
    ) -> Result<Grid, TooLarge> {
        let seen = Seen::of(scope, &self.reporters);
        let over: Vec<Months> = asked.stretches.iter().copied().map(Months::of).collect();
        let periods = distinct(over.iter().flat_map(Months::periods).copied());
        let none = Kept::default();
        let row = asked.units.len() * over.len();
        let mut grid = Vec::with_capacity(asked.metrics.len() * row);
        for id in &asked.metrics {
            let metric = self.reporters.metric(*id);
            let Some(metric) = metric.filter(|one| self.readable.contains(&one.id)) else {
                grid.extend(std::iter::repeat_n(None, row));
                continue;
            };
            let metric = source(&self.reporters, kept, metric);
            let rule = self.reporters.rule(metric);
            let expected = self.expected(metric.id, &rule, &periods);
            let kept = kept.get(&metric.id).unwrap_or(&none);
            for unit in &asked.units {
                let shows_provisional = seen.shows(*unit, rule.reporters.contains(unit));
                for months in &over {
                    grid.push(Some(GridFigure {
                        rolled: rule.told((kept, &expected), *unit, months)?,
                        shows_provisional,
                    }));
                }
            }
        }
        Ok(grid)
    }

    fn expected(&self, metric: MetricId, rule: &Rule, periods: &[Period]) -> Arc<Expected> {
        let mut known = self.expected.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |one: &&Known| one.metric == metric && one.periods == periods;
        if let Some(one) = known.iter().find(is_it) {
            return Arc::clone(&one.expected);
        }
        let expected = Arc::new(rule.expected(self.reporters.tree(), periods));
        known.truncate(EXPECTED_MOST - 1);
        let one = Known {
            metric,
            periods: periods.to_vec(),
            expected: Arc::clone(&expected),
        };
        known.insert(0, one);
        expected
    }

    /// The figures of these keys whose metrics are in scope, told from the sums that are kept.
    #[must_use]
    pub fn figures(
        &self,
        scope: &Scope,
        keys: &[FiguresKey],
        kept: &BTreeMap<MetricId, Kept>,
    ) -> HashMap<FiguresKey, Figures> {
        let seen = Seen::of(scope, &self.reporters);
        let periods = distinct(keys.iter().flat_map(|key| key.stretch.periods()));
        let (mut asked, mut sights, none) = (HashMap::new(), HashMap::new(), Kept::default());
        let mut figures = HashMap::with_capacity(keys.len());
        for key in keys {
            let Some((metric, department)) = key.target(&self.reporters) else {
                continue;
            };
            if !self.readable.contains(&key.metric) {
                continue;
            }
            let metric = source(&self.reporters, kept, metric);
            let (rule, expected) = asked.entry(metric.id).or_insert_with(|| {
                let rule = self.reporters.rule(metric);
                let expected = self.expected(metric.id, &rule, &periods);
                (rule, expected)
            });
            let kept = kept.get(&metric.id).unwrap_or(&none);
            let is_reporter = rule.reporters.contains(&department);
            let shows = sights
                .entry((department, is_reporter))
                .or_insert_with(|| seen.shows(department, is_reporter));
            figures.insert(
                *key,
                Figures {
                    department,
                    rolled: rule.told((kept, expected), department, &Months::of(key.stretch)),
                    shows_provisional: *shows,
                    periods: key.stretch.periods(),
                },
            );
        }
        figures
    }
}

/// The figures of these keys whose metrics are in scope, with a fixed number of statements. Now they are
/// told from kept sums: what they cost does not depend on the number of measurements. As of an earlier
/// day they are added up from the measurements of that day.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn figures_of<C: Connection>(
    db: &C,
    scope: &Scope,
    keys: &[FiguresKey],
) -> Result<HashMap<FiguresKey, Figures>, StoreError> {
    let basis = Basis::of(db, scope, &metrics_of(keys)).await?;
    let kept = basis.kept(db, scope, keys).await?;
    Ok(basis.figures(scope, keys, &kept))
}

/// The figures of a grid, as [`figures_of`] tells them.
///
/// # Errors
///
/// [`StoreError`] of the database; inside, [`TooLarge`] where a figure leaves what it can hold.
pub async fn grid_of<C: Connection>(
    db: &C,
    scope: &Scope,
    asked: &GridAsked,
) -> Result<Result<Grid, TooLarge>, StoreError> {
    let basis = Basis::of(db, scope, &asked.distinct_metrics()).await?;
    let kept = basis.kept(db, scope, &asked.keys()).await?;
    Ok(basis.grid(scope, asked, &kept))
}

/// The metrics of some figures, each once, in order.
#[must_use]
pub fn metrics_of(keys: &[FiguresKey]) -> Vec<MetricId> {
    distinct(keys.iter().map(|key| key.metric))
}

/// The metric whose figures are those of a metric: one that repeats another one has the figures of that
/// one unless it has its own.
pub(super) fn source<'a>(
    reporters: &'a Reporters,
    kept: &BTreeMap<MetricId, Kept>,
    metric: &'a Metric,
) -> &'a Metric {
    let repeated = metric.same_as.and_then(|id| reporters.metric(id));
    repeated
        .filter(|_| !kept.contains_key(&metric.id))
        .unwrap_or(metric)
}

/// Some metrics with those that they repeat; one statement, and none where nothing is repeated.
pub(super) async fn with_repeated<C: Connection>(
    db: &C,
    mut found: Vec<Metric>,
) -> Result<Vec<Metric>, StoreError> {
    let known: HashSet<MetricId> = found.iter().map(|one| one.id).collect();
    let repeated = found.iter().filter_map(|one| one.same_as);
    let missing = distinct(repeated.filter(|id| !known.contains(id)));
    if !missing.is_empty() {
        found.append(&mut metrics::find_many_unscoped(db, &missing).await?);
    }
    Ok(found)
}

/// The keys, and those of the metrics that theirs repeat.
pub(super) fn with_repeated_keys(reporters: &Reporters, keys: &[FiguresKey]) -> Vec<FiguresKey> {
    let repeated = keys.iter().filter_map(|key| {
        let metric = reporters.metric(key.metric)?.same_as?;
        Some(FiguresKey { metric, ..*key })
    });
    repeated.chain(keys.iter().copied()).collect()
}

/// Who is asked, and what is kept for some keys, now or as of the day of the scope.
pub(super) async fn standing<C: Connection>(
    db: &C,
    scope: &Scope,
    (found, keys): (Vec<Metric>, impl FnOnce(&Reporters) -> Vec<FiguresKey>),
) -> Result<(Reporters, BTreeMap<MetricId, Kept>), StoreError> {
    let Some(instant) = scope.as_of else {
        let reporters = Reporters::of_unscoped(db, found).await?;
        let kept = sums_for(&keys(&reporters), &reporters).read(db).await?;
        return Ok((reporters, kept));
    };
    let reporters = Reporters::of(db, scope, found).await?;
    let kept = kept_then(db, (instant, &keys(&reporters)), &reporters).await?;
    Ok((reporters, kept))
}

fn sums_for(keys: &[FiguresKey], reporters: &Reporters) -> Sums {
    let targets: Vec<(&Metric, DepartmentId)> = keys
        .iter()
        .filter_map(|key| key.target(reporters))
        .collect();
    let metrics: Vec<&Metric> = targets.iter().map(|(metric, _)| *metric).collect();
    let units = targets.iter().map(|(_, unit)| *unit);
    let stretches = distinct(keys.iter().map(|key| key.stretch));
    sums_over(&metrics, units, stretches.into_iter())
}

fn sums_over(
    metrics: &[&Metric],
    units: impl Iterator<Item = DepartmentId>,
    stretches: impl Iterator<Item = Stretch>,
) -> Sums {
    let with_things = metrics
        .iter()
        .filter(|metric| metric.tree_aggregation == TreeAggregation::Distinct);
    Sums {
        with_things: distinct(with_things.map(|metric| metric.id)),
        with_bases: metrics
            .iter()
            .any(|metric| metric.tree_aggregation.has_base()),
        metrics: distinct(metrics.iter().map(|metric| metric.id)),
        units: distinct(units),
        periods: distinct(stretches.flat_map(Stretch::words)),
    }
}

/// Each once, in order.
pub(super) fn distinct<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = all.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Where the caller sees what is not verified.
pub(super) struct Seen<'a> {
    reporters: &'a Reporters,
    coverages: [&'a Coverage; 3],
}

impl<'a> Seen<'a> {
    pub(super) const fn of(scope: &'a Scope, reporters: &'a Reporters) -> Self {
        Self {
            reporters,
            coverages: [
                &scope.measurements,
                &scope.measurement_checks,
                &scope.reports,
            ],
        }
    }

    /// Whether the unit and all below it are covered: a figure of a subtree tells of all of it. Nobody
    /// below a unit that reports is asked as well.
    pub(super) fn shows(&self, department: DepartmentId, is_reporter: bool) -> bool {
        let Place(path) = self.reporters.place(department).unwrap_or_default();
        let mut coverages = self.coverages.iter();
        coverages.any(|one| {
            let alone = is_reporter && one.itself.contains(&department);
            alone || path.iter().any(|unit| one.subtree.contains(unit))
        })
    }
}
