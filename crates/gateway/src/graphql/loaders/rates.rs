//! Loaders of what is reported: rates over months, and the month that is reported now.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use duban_app::reports::{PeriodRates, current_period, rates_of};
use duban_domain::{ids::DepartmentId, period::Period};
use duban_persistence::StoreError;

use super::{Found, Loaders};

/// A department over some months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RatesKey {
    /// The department.
    pub department: DepartmentId,
    /// The last month.
    pub until: Period,
    /// How many months.
    pub months: u8,
}

impl RatesKey {
    /// The months, the newest first.
    fn periods(self) -> Vec<Period> {
        let all = std::iter::successors(Some(self.until), |one| Some(one.previous()));
        all.take(usize::from(self.months)).collect()
    }
}

pub(super) async fn rates(
    this: &Loaders,
    keys: &[RatesKey],
) -> Result<HashMap<RatesKey, Vec<PeriodRates>>, StoreError> {
    let mut by_span: HashMap<(Period, u8), Vec<RatesKey>> = HashMap::new();
    for &key in keys {
        by_span
            .entry((key.until, key.months))
            .or_default()
            .push(key);
    }
    let mut found = HashMap::new();
    for keys in by_span.into_values() {
        let ids: Vec<DepartmentId> = keys.iter().map(|key| key.department).collect();
        let periods = keys.first().map(|key| key.periods()).unwrap_or_default();
        let mut rates = rates_of(this.store.read(), &this.scope, &ids, &periods).await?;
        for key in keys {
            found.extend(rates.remove(&key.department).map(|one| (key, one)));
        }
    }
    Ok(found)
}

/// The month that reporters look at; one key for all of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PresentMonth;

impl Loader<PresentMonth> for Loaders {
    type Value = Period;
    type Error = Arc<StoreError>;

    async fn load(&self, _: &[PresentMonth]) -> Found<PresentMonth, Period> {
        let now = self.scope.moment(self.store.clock().now());
        let month = current_period(self.store.read(), now).await?;
        Ok(HashMap::from([(PresentMonth, month)]))
    }
}
