//! Reading a feed page by page: what was read last is all that is remembered of the rows.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use duban_domain::{
    access::Scope,
    ids::{DepartmentId, MetricId, PlanId, TaskId},
    measurement::MeasurementKey,
    metric::{
        Metric, TreeAggregation,
        rollup::{Kept, Months, Rule, Stretch},
    },
    period::{Cadence, Period},
};
use duban_persistence::{
    Connection, StoreError, departments,
    feeds::{self, KeptPlace, Wanted},
    plans,
};

use super::{
    FeedAsked, FeedName, FeedRow, PAGE_ROWS, may_read,
    row::{self, Listed, Of, Unit},
};
use crate::{
    App,
    change::{Call, ChangeError},
    measurements::Reporters,
};

/// Metrics that one statement names.
const METRICS_NAMED: usize = 500;

/// A feed that is being read. What is in memory does not depend on how many rows it has: the metrics in
/// scope, the names of departments, and a page.
pub struct Feed {
    app: App,
    scope: Scope,
    asked: FeedAsked,
    /// In the order of keys.
    metrics: BTreeMap<MetricId, Listed>,
    /// Those that are still to be read, in the same order.
    left: Vec<MetricId>,
    place: Place,
    units: HashMap<DepartmentId, Unit>,
    rules: Rules,
}

/// After which row the next page begins.
#[derive(Clone, Copy)]
enum Place {
    Start,
    Measurement(MeasurementKey),
    Figure(KeptPlace),
}

impl Feed {
    /// Finds what a feed is of, in the caller's scope, with a fixed number of statements.
    ///
    /// # Errors
    ///
    /// [`ChangeError`] for a caller who reads no figures, and for a plan, a metric or a department that is
    /// not there for the caller.
    pub async fn open(app: &App, call: &Call, asked: FeedAsked) -> Result<Self, ChangeError> {
        may_read(&call.who)?;
        let (db, scope) = (app.store().read(), call.who.scope());
        if let Some(plan) = asked.plan {
            let found = plans::find(db, &scope, plan).await?;
            found.ok_or(ChangeError::NotFound)?;
        }
        if let Some(unit) = asked.under
            && departments::find_many(db, &[unit]).await?.is_empty()
        {
            return Err(ChangeError::NotFound);
        }
        let only = only(call, &asked)?;
        let found = feeds::metrics(db, &scope, (asked.plan, only.as_deref())).await?;
        let rules = match asked.name {
            FeedName::Measurements => Rules::default(),
            FeedName::Figures => Rules::of(db, &found).await?,
        };
        let metrics = listed(db, &scope, found).await?;
        Ok(Self {
            app: app.clone(),
            left: metrics.keys().copied().collect(),
            metrics,
            scope,
            asked,
            place: Place::Start,
            units: HashMap::new(),
            rules,
        })
    }

    /// The next rows, in the order of metrics, departments and months; none at the end. A page takes one
    /// statement, one more where it names departments for the first time, and one more where metrics
    /// count things once.
    ///
    /// # Errors
    ///
    /// [`ChangeError`] of the database, and of a sum that is too large for a figure.
    pub async fn next(&mut self) -> Result<Option<Vec<FeedRow>>, ChangeError> {
        while !self.left.is_empty() {
            let rows = match self.asked.name {
                FeedName::Measurements => self.next_measurements().await?,
                FeedName::Figures => self.next_figures().await?,
            };
            if !rows.is_empty() {
                return Ok(Some(rows));
            }
        }
        Ok(None)
    }

    async fn next_measurements(&mut self) -> Result<Vec<FeedRow>, ChangeError> {
        let app = self.app.clone();
        let db = app.store().read();
        let after = match self.place {
            Place::Measurement(key) => Some(key),
            Place::Start | Place::Figure(_) => None,
        };
        let wanted = self.wanted(self.asked.from);
        let page = feeds::measurements(db, &self.scope, wanted, after).await?;
        let is_last = u64::try_from(page.len()).is_ok_and(|count| count < PAGE_ROWS);
        let last = page.last().map(|one| one.key);
        self.move_on(
            is_last,
            last.map(|key| (key.metric, Place::Measurement(key))),
        );
        let new = self.unmet(page.iter().map(|one| one.key.department));
        self.name(db, &new).await?;
        let rows = page.iter().filter_map(|one| {
            let of = self.of((one.key.metric, one.key.department), one.key.period)?;
            Some(row::measurement(&of, one))
        });
        Ok(rows.collect())
    }

    async fn next_figures(&mut self) -> Result<Vec<FeedRow>, ChangeError> {
        let app = self.app.clone();
        let db = app.store().read();
        let after = match self.place {
            Place::Figure(place) => Some(place),
            Place::Start | Place::Measurement(_) => None,
        };
        // What stands at a month is told from January on.
        let from = self.asked.from.and_then(january);
        let with_things = &self.rules.with_things;
        let page = feeds::figures(db, self.wanted(from), with_things, after).await?;
        let last = page.places.last().map(|(place, _)| *place);
        self.move_on(page.is_last, last.map(|one| (one.0, Place::Figure(one))));
        let new = self.unmet(page.places.iter().map(|(place, _)| place.1));
        self.name(db, &new).await?;
        let mut rows = Vec::new();
        for (place, kept) in &page.places {
            self.tell(*place, kept, &mut rows)?;
        }
        Ok(rows)
    }

    /// The rows of the months of a metric and a unit of which anything is kept.
    fn tell(
        &mut self,
        place: KeptPlace,
        kept: &Kept,
        rows: &mut Vec<FeedRow>,
    ) -> Result<(), ChangeError> {
        let months: BTreeSet<Period> = kept.tallies.keys().map(|spot| spot.period).collect();
        let Some(rule) = self.rules.ready(place.0, &months) else {
            return Ok(());
        };
        let told = |stretch| {
            let told = rule
                .rule
                .told((kept, &rule.expected), place.1, &Months::of(stretch));
            told.map_err(|_| ChangeError::field("", "FIGURE_TOO_LARGE"))
        };
        let asked = &self.asked;
        let is_asked = |month: &Period| {
            asked.from.is_none_or(|from| from <= *month)
                && asked.until.is_none_or(|until| *month <= until)
        };
        for month in months.into_iter().filter(is_asked) {
            let (of_month, to_date) = (told(Stretch::Of(month))?, told(Stretch::YearTo(month))?);
            if let Some(listed) = self.metrics.get(&place.0) {
                let of = Of {
                    listed,
                    unit: self.units.get(&place.1),
                    department: place.1,
                    period: month,
                };
                rows.push(row::figure(&of, &of_month, &to_date));
            }
        }
        Ok(())
    }

    fn wanted(&self, from: Option<Period>) -> Wanted<'_> {
        let named = self.left.len().min(METRICS_NAMED);
        Wanted {
            metrics: self.left.get(..named).unwrap_or_default(),
            under: self.asked.under,
            from,
            until: self.asked.until,
            limit: PAGE_ROWS,
        }
    }

    /// Leaves behind what was read: after the last page the metrics that it named, else those before the
    /// last row.
    fn move_on(&mut self, is_last: bool, last: Option<(MetricId, Place)>) {
        if is_last {
            let named = self.left.len().min(METRICS_NAMED);
            self.left.drain(..named);
            self.place = Place::Start;
        } else if let Some((metric, place)) = last {
            let done = self.left.partition_point(|one| *one < metric);
            self.left.drain(..done);
            self.place = place;
        }
    }

    /// Departments whose names were not read before.
    fn unmet(&self, met: impl Iterator<Item = DepartmentId>) -> Vec<DepartmentId> {
        let new = met.filter(|one| !self.units.contains_key(one));
        let new: BTreeSet<DepartmentId> = new.collect();
        new.into_iter().collect()
    }

    async fn name<C: Connection>(
        &mut self,
        db: &C,
        new: &[DepartmentId],
    ) -> Result<(), StoreError> {
        if !new.is_empty() {
            self.units.extend(feeds::departments(db, new).await?);
        }
        Ok(())
    }

    fn of(&self, (metric, department): KeptPlace, period: Period) -> Option<Of<'_>> {
        Some(Of {
            listed: self.metrics.get(&metric)?,
            unit: self.units.get(&department),
            department,
            period,
        })
    }
}

/// The metrics that are asked for, as far as the token of the call lets its bearer.
fn only(call: &Call, asked: &FeedAsked) -> Result<Option<Vec<MetricId>>, ChangeError> {
    let Some(let_to) = call.who.token_metrics() else {
        return Ok(asked.metrics.clone());
    };
    match &asked.metrics {
        None => Ok(Some(let_to.iter().copied().collect())),
        Some(all) if all.iter().all(|one| let_to.contains(one)) => Ok(Some(all.clone())),
        Some(_) => Err(ChangeError::NotFound),
    }
}

fn january(month: Period) -> Option<Period> {
    Period::of(month.first_day(), Cadence::Yearly)
        .monthly()
        .next()
}

async fn listed<C: Connection>(
    db: &C,
    scope: &Scope,
    found: Vec<Metric>,
) -> Result<BTreeMap<MetricId, Listed>, StoreError> {
    let ids: BTreeSet<PlanId> = found.iter().map(|one| one.plan).collect();
    let ids: Vec<PlanId> = ids.into_iter().collect();
    let plans = plans::find_many(db, scope, &ids).await?;
    let plans: HashMap<PlanId, String> = plans.into_iter().map(|one| (one.id, one.code)).collect();
    let ids: BTreeSet<TaskId> = found.iter().filter_map(|one| one.task).collect();
    let ids: Vec<TaskId> = ids.into_iter().collect();
    let tasks = feeds::task_codes(db, scope, &ids).await?;
    let listed = found.into_iter().map(|metric| {
        let task = metric.task.and_then(|id| tasks.get(&id));
        let listed = Listed {
            plan: plans.get(&metric.plan).cloned().unwrap_or_default(),
            task: task.cloned().unwrap_or_default(),
            metric,
        };
        (listed.metric.id, listed)
    });
    Ok(listed.collect())
}

/// How the metrics of a feed add up, and who is asked; of one metric after the other.
#[derive(Default)]
struct Rules {
    reporters: Option<Reporters>,
    with_things: Vec<MetricId>,
    ready: Option<Ready>,
}

/// The rule of a metric with how many are asked in some months.
struct Ready {
    metric: MetricId,
    months: BTreeSet<Period>,
    rule: Rule,
    expected: BTreeMap<(DepartmentId, Period), u32>,
}

impl Rules {
    async fn of<C: Connection>(db: &C, metrics: &[Metric]) -> Result<Self, StoreError> {
        let distinct = metrics
            .iter()
            .filter(|one| one.tree_aggregation == TreeAggregation::Distinct);
        Ok(Self {
            with_things: distinct.map(|one| one.id).collect(),
            reporters: Some(Reporters::of_unscoped(db, metrics.to_vec()).await?),
            ready: None,
        })
    }

    /// The rule of a metric, worked out again only for another metric or for months that were not met.
    fn ready(&mut self, id: MetricId, months: &BTreeSet<Period>) -> Option<&Ready> {
        let known = self.ready.take().filter(|one| one.metric == id);
        let mut ready = if let Some(known) = known {
            known
        } else {
            let reporters = self.reporters.as_ref()?;
            Ready {
                metric: id,
                months: BTreeSet::new(),
                rule: reporters.rule(reporters.metric(id)?),
                expected: BTreeMap::new(),
            }
        };
        let years = months
            .iter()
            .map(|one| Period::of(one.first_day(), Cadence::Yearly));
        let new: BTreeSet<Period> = years
            .flat_map(Period::monthly)
            .filter(|one| !ready.months.contains(one))
            .collect();
        if !new.is_empty() {
            let tree = self.reporters.as_ref()?.tree();
            let new: Vec<Period> = new.into_iter().collect();
            ready.expected.extend(ready.rule.expected(tree, &new));
            ready.months.extend(new);
        }
        Some(self.ready.insert(ready))
    }
}
