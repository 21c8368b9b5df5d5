//! Figures as of an earlier day, added up anew from the measurements of that day: what is kept is of now
//! alone.

use std::collections::HashMap;

use duban_domain::{access::Scope, ids::MetricId, period::Period};
use duban_persistence::{Connection, StoreError, measurements, metrics};

use super::{
    Reporters,
    keeping::{cells_of, slots_of},
    rolling::{Figures, FiguresKey, Seen, distinct},
};

/// The figures of these keys as they stood at the instant of the scope, with a fixed number of
/// statements.
pub(super) async fn figures_then<C: Connection>(
    db: &C,
    scope: &Scope,
    keys: &[FiguresKey],
) -> Result<HashMap<FiguresKey, Figures>, StoreError> {
    let ids = distinct(keys.iter().map(|key| key.metric));
    let found = metrics::find_many(db, scope, &ids).await?;
    let ids: Vec<MetricId> = found.iter().map(|one| one.id).collect();
    let periods: Vec<Period> = distinct(keys.iter().flat_map(|key| key.stretch.periods()));
    let said = measurements::handed_in_unscoped(db, &ids, &periods).await?;
    let said = said.into_iter().filter_map(|one| match scope.as_of {
        Some(instant) => one.as_it_stood(instant),
        None => Some(one),
    });
    let cells = cells_of(&slots_of(said));
    let reporters = Reporters::of(db, scope, found).await?;
    let seen = Seen::of(db, scope, keys, &reporters).await?;
    let mut figures = HashMap::new();
    for key in keys {
        let Some((metric, department)) = key.target(&reporters) else {
            continue;
        };
        let none = Vec::new();
        let cells = cells.get(&key.metric).unwrap_or(&none);
        let periods = key.stretch.periods();
        let rule = reporters.rule(metric);
        let of = (department, periods.as_slice());
        let is_reporter = rule.reporters.contains(&department);
        figures.insert(
            *key,
            Figures {
                department,
                rolled: rule.roll_up(reporters.tree(), cells, of),
                shows_provisional: seen.shows(department, is_reporter),
                periods,
            },
        );
    }
    Ok(figures)
}
