//! Pages of kept figures: whole years of a metric and a unit.

use std::collections::BTreeSet;

use duban_domain::{
    ids::{DepartmentId, MetricId},
    metric::rollup::Kept,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};

use super::Wanted;
use crate::{
    entity::{kept_figure as figure, kept_thing as thing},
    error::StoreError,
    rollups::row::{to_namings, to_tally},
    scope::descendants,
};

/// Where a row of kept figures stands among all: its metric and its unit.
pub type KeptPlace = (MetricId, DepartmentId);

/// What is kept of some metrics and units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FiguresPage {
    /// By metric and unit, in the order of keys: all months that were wanted.
    pub places: Vec<(KeptPlace, Kept)>,
    /// Whether there are no more.
    pub is_last: bool,
}

/// A page of what is kept, after a place, with one statement, and one more where things that are counted
/// once are wanted of some metrics. Verified figures are for everybody who reads the metric.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored name is unknown.
#[expect(
    clippy::disallowed_methods,
    reason = "sums of metrics that were found in scope"
)]
pub async fn figures(
    db: &impl ConnectionTrait,
    wanted: Wanted<'_>,
    with_things: &[MetricId],
    after: Option<KeptPlace>,
) -> Result<FiguresPage, StoreError> {
    use figure::Column as C;
    let columns = [C::MetricId, C::DepartmentId].map(|one| Expr::col((figure::Entity, one)));
    let mut limit = wanted.limit;
    let mut page = loop {
        let rows = figure::Entity::find()
            .filter(narrowed(wanted, [C::DepartmentId, C::Period]))
            .filter(C::MetricId.is_in(wanted.metrics.iter().map(|id| id.0)))
            .filter(Condition::all().add_option(after.map(|one| beyond(columns.clone(), one))))
            .order_by_asc(C::MetricId)
            .order_by_asc(C::DepartmentId)
            .order_by_asc(C::Period)
            .limit(limit.saturating_add(1))
            .all(db)
            .await?;
        let is_last = u64::try_from(rows.len()).is_ok_and(|count| count <= limit);
        let mut page = gathered(&rows)?;
        page.is_last = is_last;
        // The last place may go on beyond the page: it begins the next one.
        if !is_last {
            page.places.pop();
        }
        if is_last || !page.places.is_empty() {
            break page;
        }
        limit = limit.saturating_mul(2);
    };
    name_things(db, (wanted, with_things), &mut page).await?;
    for (_, kept) in &mut page.places {
        kept.prune();
    }
    Ok(page)
}

fn gathered(rows: &[figure::Model]) -> Result<FiguresPage, StoreError> {
    let mut page = FiguresPage::default();
    for row in rows {
        let (metric, spot, tally) = to_tally(row)?;
        let place = (metric, spot.unit);
        if page.places.last().is_none_or(|(last, _)| *last != place) {
            page.places.push((place, Kept::default()));
        }
        if let Some((_, kept)) = page.places.last_mut() {
            kept.tallies.insert(spot, tally);
        }
    }
    Ok(page)
}

/// Adds the things that the places of a page name.
#[expect(
    clippy::disallowed_methods,
    reason = "names of metrics that were found in scope"
)]
async fn name_things(
    db: &impl ConnectionTrait,
    (wanted, with_things): (Wanted<'_>, &[MetricId]),
    page: &mut FiguresPage,
) -> Result<(), StoreError> {
    use thing::Column as C;
    let places = &mut page.places;
    let named = |metric: &MetricId| with_things.contains(metric);
    let metrics: BTreeSet<MetricId> = places
        .iter()
        .map(|((metric, _), _)| *metric)
        .filter(named)
        .collect();
    let ends = places.first().zip(places.last());
    let Some((first, last)) = ends.map(|(first, last)| (first.0, last.0)) else {
        return Ok(());
    };
    if metrics.is_empty() {
        return Ok(());
    }
    let columns = [C::MetricId, C::DepartmentId].map(|one| Expr::col((thing::Entity, one)));
    let rows = thing::Entity::find()
        .filter(narrowed(wanted, [C::DepartmentId, C::Period]))
        .filter(C::MetricId.is_in(metrics.iter().map(|id| id.0)))
        .filter(Expr::tuple(columns.clone()).gte(Expr::tuple(key(first))))
        .filter(Expr::tuple(columns).lte(Expr::tuple(key(last))))
        .all(db)
        .await?;
    for row in rows {
        let (metric, spot, name, namings) = to_namings(&row)?;
        let place = (metric, spot.unit);
        if let Ok(at) = places.binary_search_by_key(&place, |(place, _)| *place)
            && let Some((_, kept)) = places.get_mut(at)
        {
            let things = kept.things.entry(spot).or_default();
            things.insert(name, namings);
        }
    }
    Ok(())
}

fn narrowed<C: ColumnTrait>(wanted: Wanted<'_>, [unit, period]: [C; 2]) -> Condition {
    let under = wanted.under.map(|one| {
        let units = BTreeSet::from([one]);
        unit.in_subquery(descendants(&units))
    });
    Condition::all()
        .add_option(under)
        .add_option(wanted.from.map(|one| period.gte(one.to_string())))
        .add_option(wanted.until.map(|one| period.lte(one.to_string())))
}

fn beyond(columns: [Expr; 2], place: KeptPlace) -> Expr {
    Expr::tuple(columns).gt(Expr::tuple(key(place)))
}

fn key((metric, unit): KeptPlace) -> [Expr; 2] {
    [Expr::value(metric.0), Expr::value(unit.0)]
}
