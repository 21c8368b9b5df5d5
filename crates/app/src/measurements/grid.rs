//! Which units the rows of a grid of figures are for.

use std::collections::BTreeSet;

use duban_domain::{ids::DepartmentId, metric::Metric, period::Period};
use duban_persistence::{Connection, StoreError};

use super::{Reporters, rolling::with_repeated};

/// Below which unit, and how many levels down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Under {
    /// The unit; it belongs to them.
    pub unit: DepartmentId,
    /// Levels below it.
    pub depth: usize,
}

/// The units below one that are asked for any figure of these metrics in these months, each with its level
/// below it as the tree stood on the last day; itself at level 0, asked or not.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn units_under<C: Connection>(
    db: &C,
    under: Under,
    (metrics, months): (&[Metric], &[Period]),
) -> Result<BTreeSet<(usize, DepartmentId)>, StoreError> {
    let reporters = Reporters::of_unscoped(db, with_repeated(db, metrics.to_vec()).await?).await?;
    let tree = reporters.tree();
    let asked = reporters.metrics().flat_map(|metric| {
        let expected = reporters.rule(metric).expected(tree, months);
        expected.into_keys().map(|(unit, _)| unit)
    });
    let mut units: BTreeSet<DepartmentId> = asked.collect();
    units.insert(under.unit);
    let Some(day) = months.iter().max().map(|last| last.last_day()) else {
        return Ok(BTreeSet::new());
    };
    let level = |unit| {
        let mut path = tree.path(unit, day).take(under.depth + 1);
        path.position(|one| one == under.unit)
    };
    let units = units.into_iter();
    Ok(units
        .filter_map(|unit| Some((level(unit)?, unit)))
        .collect())
}
