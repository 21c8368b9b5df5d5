//! Targets shared out among units (指标分解): tried first, stored version by version, shown to whom they
//! concern.

use std::collections::{BTreeSet, HashMap};

use duban_domain::{
    access::{Coverage, Permission, Person, Place, Principal, Scope, authorize},
    clock::official_day,
    event::DomainEvent,
    ids::{AllocationId, DepartmentId, MetricId},
    metric::{
        Metric,
        allocation::{AllocationMethod, Balance, Share, share_out, share_out_evenly},
        sharing::{Allocation, Sharing, SharingError, check_reason, is_shared},
    },
    quantity::Figure,
    text::Reason,
};
use duban_persistence::{Connection, StoreError, allocations, departments, metrics};
use serde_json::json;
use time::OffsetDateTime;

use crate::{
    App,
    change::{Call, ChangeError, begin},
    last_year::results_of_last_year,
    measurements::Reporters,
    plans::expect_version,
};

/// How a target is to be shared out.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The metric.
    pub metric: MetricId,
    /// Who shares out; none for the unit whose plan it is.
    pub whole: Option<DepartmentId>,
    /// How.
    pub method: AllocationMethod,
    /// To whom: with the shares themselves when shared by hand, with weights, or with last year's results,
    /// which are read where none is given; figures are not looked at when shared evenly.
    pub shares: Vec<(DepartmentId, Option<Figure>)>,
    /// Whose results were last year's; none for the metric of the year before that is defined alike.
    pub last_year: Option<MetricId>,
}

impl Wanted {
    /// The units, each with its figure: last year's where it is known and none is given.
    async fn figures<C: Connection>(
        &self,
        (db, scope): (&C, &Scope),
        metric: &Metric,
    ) -> Result<Vec<Share>, ChangeError> {
        let missing = |one: &&(DepartmentId, Option<Figure>)| one.1.is_none();
        let missing: Vec<DepartmentId> = self
            .shares
            .iter()
            .filter(missing)
            .map(|one| one.0)
            .collect();
        let mut known = HashMap::new();
        if self.method == AllocationMethod::ByLastYear && !missing.is_empty() {
            let of = (metric, self.last_year);
            let results = results_of_last_year(db, scope, of, &missing).await?;
            known = results.map_err(|error| ChangeError::invalid(error.field(), &error))?;
        }
        let shares = self.shares.iter().map(|(department, figure)| {
            let department = *department;
            let figure = match self.method {
                AllocationMethod::Evenly => Some(Figure::ZERO),
                _ => figure.or_else(|| known.get(&department).copied()),
            };
            let figure = figure.ok_or(ChangeError::field("shares", "ALLOCATION_FIGURE_MISSING"))?;
            Ok(Share { department, figure })
        });
        shares.collect()
    }
}

/// What sharing out like this comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Who would carry how much.
    pub shares: Vec<Share>,
    /// What that adds up to.
    pub balance: Balance,
}

/// What was shared out of a metric, as one caller may see it.
#[derive(Debug, Clone)]
pub struct SharingSeen {
    /// All of it.
    sharing: Sharing,
    paths: HashMap<DepartmentId, Vec<DepartmentId>>,
    coverages: [Coverage; 3],
}

impl SharingSeen {
    /// The unit that carries the whole target.
    #[must_use]
    pub const fn top(&self) -> DepartmentId {
        self.sharing.top()
    }

    /// What a unit carries, where the caller may see it; the target itself is no secret.
    #[must_use]
    pub fn carried(&self, unit: DepartmentId) -> Option<Figure> {
        let shown = unit == self.top() || self.shows(unit);
        self.sharing.carried(unit).filter(|_| shown)
    }

    /// What a unit shared out, with those of the shares that the caller may see and, for whoever sees
    /// all of them, what they add up to.
    #[must_use]
    pub fn by(&self, whole: DepartmentId) -> Option<(Allocation, Option<Balance>)> {
        let mut shared = self.sharing.by(whole)?.clone();
        let sees_all = self.covers(whole);
        shared
            .shares
            .retain(|one| sees_all || self.shows(one.department));
        let balance = self.sharing.balance(whole).filter(|_| sees_all);
        (sees_all || !shared.shares.is_empty()).then_some((shared, balance))
    }

    fn path(&self, unit: DepartmentId) -> &[DepartmentId] {
        self.paths.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// Whether the caller sees a unit with everything below it.
    fn covers(&self, unit: DepartmentId) -> bool {
        let mut above = self.path(unit).iter();
        above.any(|one| self.coverages.iter().any(|seen| seen.subtree.contains(one)))
    }

    fn shows(&self, unit: DepartmentId) -> bool {
        self.covers(unit)
            || self
                .coverages
                .iter()
                .any(|seen| seen.itself.contains(&unit))
    }
}

/// What was shared out of these metrics, where they are in scope and units' figures add up, with a
/// fixed number of statements; of `units` it can be told what they carry.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn sharing_of<C: Connection>(
    db: &C,
    scope: &Scope,
    ids: &[MetricId],
    units: &[DepartmentId],
) -> Result<HashMap<MetricId, SharingSeen>, StoreError> {
    let found = metrics::find_many(db, scope, ids).await?;
    let ids: Vec<MetricId> = found.iter().map(|one| one.id).collect();
    let reporters = Reporters::of(db, scope, found).await?;
    let mut stored = allocations::current_unscoped(db, scope, &ids).await?;
    let named = stored.values().flatten().flat_map(|one| {
        let shares = one.shares.iter().map(|share| share.department);
        shares.chain([one.whole])
    });
    let mut named: BTreeSet<DepartmentId> = named.chain(units.iter().copied()).collect();
    named.extend(ids.iter().filter_map(|id| home(&reporters, *id)));
    let named: Vec<DepartmentId> = named.into_iter().collect();
    let paths = departments::paths(db, &named).await?;
    let seen = ids.into_iter().filter_map(|id| {
        let sets = stored.remove(&id).unwrap_or_default();
        let sharing = sharing(&reporters, id, sets).ok()?;
        Some((
            id,
            SharingSeen {
                sharing,
                paths: paths.clone(),
                coverages: [
                    scope.measurements.clone(),
                    scope.measurement_checks.clone(),
                    scope.reports.clone(),
                ],
            },
        ))
    });
    Ok(seen.collect())
}

/// What units carry of metrics, where the caller may see it; with a fixed number of statements.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn carried_by<C: Connection>(
    db: &C,
    scope: &Scope,
    keys: &[(MetricId, DepartmentId)],
) -> Result<HashMap<(MetricId, DepartmentId), Figure>, StoreError> {
    let ids: BTreeSet<MetricId> = keys.iter().map(|key| key.0).collect();
    let ids: Vec<MetricId> = ids.into_iter().collect();
    let units: Vec<DepartmentId> = keys.iter().map(|key| key.1).collect();
    let seen = sharing_of(db, scope, &ids, &units).await?;
    let carried = keys.iter().filter_map(|key| {
        let figure = seen.get(&key.0)?.carried(key.1)?;
        Some((*key, figure))
    });
    Ok(carried.collect())
}

fn home(reporters: &Reporters, id: MetricId) -> Option<DepartmentId> {
    reporters.home(reporters.metric(id)?)
}

fn sharing(
    reporters: &Reporters,
    id: MetricId,
    sets: Vec<Allocation>,
) -> Result<Sharing, ChangeError> {
    let metric = reporters.metric(id).ok_or(ChangeError::NotFound)?;
    if !is_shared(metric.tree_aggregation) {
        return Err(refused(&SharingError::NotAdded));
    }
    let top = reporters.home(metric).ok_or(ChangeError::NotFound)?;
    Ok(Sharing::new((top, metric.target.clone()), sets))
}

/// The field that a refusal is about.
fn refused(error: &SharingError) -> ChangeError {
    let path = match error {
        SharingError::NotAdded | SharingError::NotInForce => "metric",
        SharingError::NothingCarried => "whole",
        SharingError::ReasonMissing { .. } => "reason",
        _ => "shares",
    };
    ChangeError::invalid(path, error)
}

/// Where a change of shares is judged: the metric, what was shared out of it, and the tree.
struct Desk {
    reporters: Reporters,
    sharing: Sharing,
    whole: DepartmentId,
    shares: Vec<Share>,
    by: Person,
}

impl Desk {
    async fn open<C: Connection>(
        db: &C,
        who: &Principal,
        wanted: &Wanted,
    ) -> Result<Self, ChangeError> {
        let scope = &who.scope();
        let found = metrics::find_many(db, scope, &[wanted.metric]).await?;
        let reporters = Reporters::of(db, scope, found).await?;
        let metric = reporters.metric(wanted.metric);
        let metric = metric.ok_or(ChangeError::NotFound)?;
        if !reporters.is_in_force(metric) {
            return Err(refused(&SharingError::NotInForce));
        }
        let mut stored = allocations::current_unscoped(db, scope, &[wanted.metric]).await?;
        let sets = stored.remove(&wanted.metric).unwrap_or_default();
        let sharing = sharing(&reporters, wanted.metric, sets)?;
        let whole = wanted.whole.unwrap_or(sharing.top());
        let path = departments::paths(db, &[whole]).await?.remove(&whole);
        let place = Place(path.ok_or(ChangeError::field("whole", "DEPARTMENT_UNKNOWN"))?);
        let by = authorize(who, Permission::MetricAllocate, &place)?;
        let shares = wanted.figures((db, scope), metric).await?;
        Ok(Self {
            reporters,
            sharing,
            whole,
            shares,
            by,
        })
    }

    fn propose(
        &self,
        method: AllocationMethod,
        now: OffsetDateTime,
    ) -> Result<Proposal, SharingError> {
        let carried = self.sharing.carried(self.whole);
        let carried = carried.ok_or(SharingError::NothingCarried)?;
        // Shares of a count are whole, and of anything else as fine as what is shared.
        let places = carried.decimal().normalize().scale();
        let shares = match method {
            AllocationMethod::ByHand => self.shares.clone(),
            AllocationMethod::Evenly => {
                let units: Vec<DepartmentId> =
                    self.shares.iter().map(|one| one.department).collect();
                share_out_evenly(carried, &units, places).map_err(SharingError::from)?
            }
            AllocationMethod::ByLastYear | AllocationMethod::ByWeight => {
                share_out(carried, &self.shares, places).map_err(SharingError::from)?
            }
        };
        let tree = (self.reporters.tree(), official_day(now));
        let balance = self.sharing.check(self.whole, &shares, tree)?;
        Ok(Proposal { shares, balance })
    }
}

/// What sharing out like this would come to. Writes nothing.
///
/// # Errors
///
/// [`ChangeError`] of whoever may not share out there, and for what cannot be shared like this.
pub async fn preview_allocation<C: Connection>(
    db: &C,
    who: &Principal,
    wanted: &Wanted,
    now: OffsetDateTime,
) -> Result<Proposal, ChangeError> {
    let desk = Desk::open(db, who, wanted).await?;
    desk.propose(wanted.method, now)
        .map_err(|error| refused(&error))
}

/// Shares a target out, or what a unit carries of it; what was shared out before is replaced.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn allocate(
    app: &App,
    call: &Call,
    wanted: Wanted,
    (expected, reason): (i32, Option<Reason>),
) -> Result<AllocationId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let desk = Desk::open(tx.conn(), &call.who, &wanted).await?;
    let before = desk.sharing.by(desk.whole);
    let version = before.map_or(0, |one| one.version);
    expect_version(version, expected)?;
    let proposal = desk.propose(wanted.method, tx.now());
    let Proposal { shares, balance } = proposal.map_err(|error| refused(&error))?;
    check_reason(&balance, reason.as_ref()).map_err(|error| refused(&error))?;
    let made = Allocation {
        id: AllocationId::fresh(tx.now()),
        metric: wanted.metric,
        whole: desk.whole,
        version: version.saturating_add(1),
        method: wanted.method,
        shares,
        reason,
        by: desk.by,
        at: tx.now(),
    };
    allocations::append(tx, &made).await?;
    let event = DomainEvent::new("metric.allocated", "Metric", made.metric.0).with(json!({
        "whole": made.whole,
        "version": made.version,
        "method": made.method.name(),
        "target": balance.target.to_string(),
        "shared": balance.shared.to_string(),
        "shares": made.shares.iter().map(told).collect::<Vec<_>>(),
        "reason": made.reason.as_ref().map(Reason::as_str),
        "onBehalfOf": made.by.acting_for,
    }));
    begun.finish(made.id, [event]).await
}

fn told(share: &Share) -> serde_json::Value {
    json!({ "department": share.department, "figure": share.figure.to_string() })
}
