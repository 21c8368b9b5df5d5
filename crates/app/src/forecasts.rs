//! Where the years of units will end, told from verified figures, and which units close a gap.

use std::collections::{BTreeSet, HashMap};

use duban_domain::{
    access::Scope,
    ids::{DepartmentId, MetricId},
    metric::{
        Metric,
        forecast::{NoForecast, UnitOutlook, smallest_set},
        outlook::{Outlook, is_counted, outlook},
        rollup::Stretch,
    },
    period::Period,
    quantity::{Comparator, Figure},
};
use duban_persistence::{Connection, StoreError, departments, light_rules, metrics};

use crate::{
    allocations::{SharingSeen, sharing_of},
    measurements::{Figures, FiguresKey, Reporters, figures_of},
};

/// A metric, and the unit whose year is forecast; none for the one whose figure is the metric's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ForecastKey {
    /// The metric.
    pub metric: MetricId,
    /// The unit.
    pub department: Option<DepartmentId>,
}

/// The outlook of a unit as one caller may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreseen {
    /// The unit.
    pub department: DepartmentId,
    /// Months of which something is verified.
    pub months: usize,
    /// What is to be met; none where the caller may not see it, and where the unit carries nothing.
    pub target: Option<Figure>,
    /// The outlook, or why there is none.
    pub outlook: Result<Outlook, NoOutlook>,
    /// The fewest units right below that close the gap by meeting their own shares; none without a gap,
    /// where all of them together do not, and where the caller may not see their shares.
    pub closing: Option<Vec<DepartmentId>>,
}

/// Why a year is not forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoOutlook {
    /// The months of the metric are no counts that add up.
    NotCounted,
    /// The method says nothing.
    Nothing(NoForecast),
}

/// The outlooks of these keys whose metrics are in scope, with a fixed number of statements.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn outlooks_of<C: Connection>(
    db: &C,
    scope: &Scope,
    keys: &[ForecastKey],
) -> Result<HashMap<ForecastKey, Foreseen>, StoreError> {
    let ids: BTreeSet<MetricId> = keys.iter().map(|key| key.metric).collect();
    let ids: Vec<MetricId> = ids.into_iter().collect();
    let found = metrics::find_many(db, scope, &ids).await?;
    let reporters = Reporters::of(db, scope, found).await?;
    let asked: Vec<(ForecastKey, &Metric, DepartmentId, i32)> = keys
        .iter()
        .filter_map(|key| {
            let metric = reporters.metric(key.metric)?;
            let unit = key.department.or_else(|| reporters.home(metric))?;
            Some((*key, metric, unit, reporters.plan(metric)?.year))
        })
        .collect();
    let units: Vec<DepartmentId> = asked.iter().map(|one| one.2).collect();
    let below = departments::children(db, scope, &units).await?;
    let below: HashMap<DepartmentId, Vec<DepartmentId>> = below
        .into_iter()
        .map(|(unit, children)| (unit, children.iter().map(|one| one.id).collect()))
        .collect();
    let named: Vec<DepartmentId> = below.values().flatten().chain(&units).copied().collect();
    let sharing = sharing_of(db, scope, &ids, &named).await?;
    let mut wanted = BTreeSet::new();
    for (_, metric, unit, year) in &asked {
        let counted = is_counted(metric.time_aggregation, metric.tree_aggregation);
        let children = below.get(unit).into_iter().flatten();
        for unit in children.chain([unit]).filter(|_| counted) {
            wanted.extend(months(*year).map(|month| (metric.id, *unit, month)));
        }
    }
    let wanted: Vec<FiguresKey> = wanted.into_iter().map(figures_key).collect();
    let figures = figures_of(db, scope, &wanted).await?;
    let behind_red = light_rules::standing(db, scope).await?;
    let seer = Seer {
        figures,
        behind_red: behind_red.rules.thresholds().behind_pace_red,
    };
    let told = asked.into_iter().map(|(key, metric, unit, year)| {
        let sharing = sharing.get(&metric.id);
        let children = below.get(&unit).map_or(&[][..], Vec::as_slice);
        (key, seer.foresee((metric, sharing), (unit, children), year))
    });
    Ok(told.collect())
}

fn figures_key((metric, department, month): (MetricId, DepartmentId, Period)) -> FiguresKey {
    FiguresKey {
        metric,
        department: Some(department),
        stretch: Stretch::Of(month),
    }
}

/// The months of a year, in order.
fn months(year: i32) -> impl Iterator<Item = Period> {
    (1..=12_u8).filter_map(move |month| format!("{year:04}-{month:02}").parse().ok())
}

struct Seer {
    figures: HashMap<FiguresKey, Figures>,
    behind_red: u16,
}

impl Seer {
    fn foresee(
        &self,
        (metric, sharing): (&Metric, Option<&SharingSeen>),
        (unit, children): (DepartmentId, &[DepartmentId]),
        year: i32,
    ) -> Foreseen {
        let target = sharing.and_then(|seen| seen.carried(unit));
        let comparator = metric.target.comparator;
        let known = self.known(metric.id, unit, year);
        let counted = known.iter().filter(|(_, count)| count.is_some()).count();
        let found = if is_counted(metric.time_aggregation, metric.tree_aggregation) {
            let target = target.map(|target| (comparator, target));
            outlook(&known, target, self.behind_red).map_err(NoOutlook::Nothing)
        } else {
            Err(NoOutlook::NotCounted)
        };
        let gap = found.as_ref().ok().and_then(|one| one.gap);
        let closing = gap.zip(sharing).and_then(|(gap, sharing)| {
            self.closing((metric.id, comparator), (gap, sharing), (children, year))
        });
        Foreseen {
            department: unit,
            months: counted,
            target,
            outlook: found,
            closing,
        }
    }

    fn closing(
        &self,
        (metric, comparator): (MetricId, Comparator),
        (gap, sharing): (Figure, &SharingSeen),
        (children, year): (&[DepartmentId], i32),
    ) -> Option<Vec<DepartmentId>> {
        let units: Vec<UnitOutlook> = children
            .iter()
            .filter_map(|unit| {
                let target = sharing.carried(*unit)?;
                let known = self.known(metric, *unit, year);
                let found = outlook(&known, Some((comparator, target)), self.behind_red).ok()?;
                Some(UnitOutlook {
                    department: *unit,
                    target,
                    expected: found.forecast.expected,
                })
            })
            .collect();
        smallest_set(gap, &units)
    }

    /// What is verified of each month alone; none where nothing of it is.
    fn known(
        &self,
        metric: MetricId,
        unit: DepartmentId,
        year: i32,
    ) -> Vec<(Period, Option<Figure>)> {
        months(year)
            .map(|month| {
                let figures = self.figures.get(&figures_key((metric, unit, month)));
                let rolled = figures.and_then(|one| one.rolled.as_ref().ok());
                (month, rolled.and_then(|one| one.verified))
            })
            .collect()
    }
}
