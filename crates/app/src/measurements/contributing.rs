//! How figures come about (这个数怎么来的): their terms, and the measurements that make them up.

use std::collections::{BTreeSet, HashMap, HashSet};

use duban_domain::{
    access::Scope,
    ids::{DepartmentId, MetricId},
    measurement::Measurement,
    metric::{
        Metric, TimeAggregation,
        rollup::{Kept, Rule, Term, TooLarge},
    },
    period::Period,
};
use duban_persistence::{
    Connection, StoreError,
    measurements::{self, Contributing},
    metrics,
    page::{Page, Window},
};

use super::{
    Reporters,
    rolling::{FiguresKey, Seen, distinct, source, standing, with_repeated, with_repeated_keys},
};

/// How a verified figure comes about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Working {
    /// The metric whose measurements are added up: another one where the metric repeats it.
    pub metric: Metric,
    /// The unit.
    pub department: DepartmentId,
    /// What is put together over time; without a sum where it leaves what can be told.
    pub terms: Result<Vec<Term>, TooLarge>,
}

/// How the verified figures of these keys come about, as far as their metrics are in scope, with a fixed
/// number of statements.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn workings_of<C: Connection>(
    db: &C,
    scope: &Scope,
    keys: &[FiguresKey],
) -> Result<HashMap<FiguresKey, Working>, StoreError> {
    let ids = distinct(keys.iter().map(|key| key.metric));
    let found = metrics::find_many(db, scope, &ids).await?;
    let readable: HashSet<MetricId> = found.iter().map(|one| one.id).collect();
    let found = with_repeated(db, found).await?;
    let wanted = |reporters: &Reporters| with_repeated_keys(reporters, keys);
    let (reporters, kept) = standing(db, scope, (found, wanted)).await?;
    let none = Kept::default();
    let workings = keys.iter().filter_map(|key| {
        let (metric, department) = key.target(&reporters)?;
        let metric = source(&reporters, &kept, metric);
        let kept = kept.get(&metric.id).unwrap_or(&none);
        let terms = reporters
            .rule(metric)
            .workings(kept, department, key.stretch);
        let working = Working {
            metric: metric.clone(),
            department,
            terms,
        };
        readable.contains(&key.metric).then_some((*key, working))
    });
    Ok(workings.collect())
}

/// A window of the measurements that make up a figure, the newest month first: of verified ones, or, where
/// the caller may see what is not verified there, of those that would count if everything were. A unit's
/// word is part of the figure in the months in which the unit stood below, in the tree of each month; of
/// LATEST only its last word is.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn contributions_of<C: Connection>(
    db: &C,
    scope: &Scope,
    (metric, key, is_provisional): (&Metric, FiguresKey, bool),
    window: &Window,
) -> Result<Page<Measurement>, StoreError> {
    let found = with_repeated(db, vec![metric.clone()]).await?;
    let wanted = |reporters: &Reporters| with_repeated_keys(reporters, &[key]);
    let (reporters, kept) = standing(db, scope, (found, wanted)).await?;
    let Some((metric, department)) = key.target(&reporters) else {
        return Ok(Page::empty());
    };
    let metric = source(&reporters, &kept, metric);
    let rule = reporters.rule(metric);
    let is_reporter = rule.reporters.contains(&department);
    let seen = Seen::of(scope, &reporters);
    let is_last_word = rule.over_time == TimeAggregation::Latest;
    let periods = if is_last_word {
        key.stretch.words()
    } else {
        key.stretch.periods()
    };
    let (units, except) = parts(&reporters, &rule, (department, &periods));
    let wanted = Contributing {
        metric: metric.id,
        units: &units,
        periods: &periods,
        except: &except,
        is_provisional: is_provisional && seen.shows(department, is_reporter),
        is_last_word,
    };
    measurements::contributing(db, scope, &wanted, window).await
}

/// The reporters that are part of a unit in any of these months, and the months in which one of them is
/// none.
fn parts(
    reporters: &Reporters,
    rule: &Rule,
    (department, periods): (DepartmentId, &[Period]),
) -> (Vec<DepartmentId>, Vec<(DepartmentId, Period)>) {
    let tree = reporters.tree();
    let (mut units, mut except) = (BTreeSet::new(), Vec::new());
    for &reporter in rule.reporters.iter() {
        let is_part = |period: &&Period| rule.belongs(tree, reporter, department, **period);
        let (within, without): (Vec<&Period>, Vec<&Period>) = periods.iter().partition(is_part);
        if !within.is_empty() {
            units.insert(reporter);
            except.extend(without.into_iter().map(|period| (reporter, *period)));
        }
    }
    (units.into_iter().collect(), except)
}
