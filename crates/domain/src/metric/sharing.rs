//! Who carries which share of a target: what one unit shared out among units below it, and what of that
//! counts.

use std::collections::{BTreeMap, BTreeSet};

use time::{Date, OffsetDateTime};

use super::{
    Target, TreeAggregation,
    allocation::{AllocationError, AllocationMethod, Balance, Share},
    rollup::DatedTree,
};
use crate::{
    access::Person,
    error::Coded,
    ids::{AllocationId, DepartmentId, MetricId},
    quantity::Figure,
    text::Reason,
};

/// What one unit shared out of what it carries of a metric; a change is another version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation {
    /// Key.
    pub id: AllocationId,
    /// Of what.
    pub metric: MetricId,
    /// Who shared out: the unit whose plan it is, or one that carries a share itself.
    pub whole: DepartmentId,
    /// From 1 for each metric and unit, without gaps.
    pub version: i32,
    /// How.
    pub method: AllocationMethod,
    /// To whom, and how much; nobody twice.
    pub shares: Vec<Share>,
    /// Why, where the shares contradict what is to be met.
    pub reason: Option<Reason>,
    /// Who.
    pub by: Person,
    /// When.
    pub at: OffsetDateTime,
}

/// Most units that one unit shares out to.
pub const SHARES_MOST: usize = 500;

/// Why a metric is not shared out like this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SharingError {
    /// The figures.
    #[error(transparent)]
    Figures(#[from] AllocationError),
    /// Figures of units do not add up to that of the metric: there is nothing to share.
    #[error("the figures of units are not added up to that of the metric")]
    NotAdded,
    /// The plan is not in force, and its targets may still change.
    #[error("the plan is not in force")]
    NotInForce,
    /// Whoever shares out carries nothing.
    #[error("the unit carries no share of the metric")]
    NothingCarried,
    /// A unit that does not stand below whoever shares out.
    #[error("a unit does not stand below the one that shares out")]
    NotBelow,
    /// Of two units that stand one below the other both would carry the same.
    #[error("a unit and one above it would both carry the same")]
    Nested,
    /// More units than [`SHARES_MOST`].
    #[error("{number} units, at most {SHARES_MOST}")]
    TooMany {
        /// Units named.
        number: usize,
    },
    /// The shares can miss or contradict what is to be met, and nobody said why.
    #[error("{shared} is shared out of {target}, and no reason is given")]
    ReasonMissing {
        /// The sum of the shares.
        shared: Figure,
        /// To be met.
        target: Figure,
    },
}

impl Coded for SharingError {
    fn code(&self) -> &'static str {
        match self {
            Self::Figures(error) => error.code(),
            Self::NotAdded => "ALLOCATION_NOT_ADDED",
            Self::NotInForce => "ALLOCATION_NOT_IN_FORCE",
            Self::NothingCarried => "ALLOCATION_NOTHING_CARRIED",
            Self::NotBelow => "ALLOCATION_NOT_BELOW",
            Self::Nested => "ALLOCATION_NESTED",
            Self::TooMany { .. } => "ALLOCATION_TOO_MANY",
            Self::ReasonMissing { .. } => "ALLOCATION_REASON_MISSING",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Figures(error) => error.figures(),
            Self::TooMany { number } => vec![
                ("number", number.to_string()),
                ("most", SHARES_MOST.to_string()),
            ],
            Self::ReasonMissing { shared, target } => vec![
                ("shared", shared.to_string()),
                ("target", target.to_string()),
            ],
            Self::NotAdded
            | Self::NotInForce
            | Self::NothingCarried
            | Self::NotBelow
            | Self::Nested => Vec::new(),
        }
    }
}

/// Whether shares of a target mean anything under an aggregation over the tree: only where the parts add
/// up to the whole. Distinct things do as far as no two units name the same.
#[must_use]
pub const fn is_shared(aggregation: TreeAggregation) -> bool {
    match aggregation {
        TreeAggregation::Sum | TreeAggregation::Distinct | TreeAggregation::Stage => true,
        TreeAggregation::Average
        | TreeAggregation::Weighted
        | TreeAggregation::Ratio
        | TreeAggregation::External => false,
    }
}

/// Everything that was shared out of one metric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sharing {
    top: DepartmentId,
    target: Target,
    sets: BTreeMap<DepartmentId, Allocation>,
}

/// Levels of sharing; a loop that moves of units have made ends there.
const LEVELS_MOST: usize = 32;

impl Sharing {
    /// The newest version of each unit that shared out; `top` carries the target itself.
    #[must_use]
    pub fn new(
        (top, target): (DepartmentId, Target),
        sets: impl IntoIterator<Item = Allocation>,
    ) -> Self {
        let sets = sets.into_iter().map(|one| (one.whole, one)).collect();
        Self { top, target, sets }
    }

    /// The unit that carries the whole target.
    #[must_use]
    pub const fn top(&self) -> DepartmentId {
        self.top
    }

    /// What a unit shared out, whether it still counts or not.
    #[must_use]
    pub fn by(&self, whole: DepartmentId) -> Option<&Allocation> {
        self.sets.get(&whole)
    }

    /// What a unit carries: the target, or the share that a unit gave it which carries something
    /// itself; none where nobody gave it any.
    #[must_use]
    pub fn carried(&self, unit: DepartmentId) -> Option<Figure> {
        self.carried_within(unit, LEVELS_MOST)
    }

    fn carried_within(&self, unit: DepartmentId, levels: usize) -> Option<Figure> {
        if unit == self.top {
            return Some(self.target.value);
        }
        let levels = levels.checked_sub(1)?;
        let mut sets = self.sets.values();
        sets.find_map(|one| {
            let share = one.shares.iter().find(|share| share.department == unit)?;
            self.carried_within(one.whole, levels).map(|_| share.figure)
        })
    }

    /// What a unit shared out, held against what it carries; none where it shared out or carries
    /// nothing.
    #[must_use]
    pub fn balance(&self, whole: DepartmentId) -> Option<Balance> {
        let shared = self.by(whole)?;
        let carried = self.carried(whole)?;
        Balance::of((self.target.comparator, carried), &shared.shares).ok()
    }

    /// Whether a unit may share out like this: to units that stand below it today, none below another.
    ///
    /// # Errors
    ///
    /// [`SharingError`]; nothing is to be stored then.
    pub fn check(
        &self,
        whole: DepartmentId,
        shares: &[Share],
        (tree, today): (&DatedTree, Date),
    ) -> Result<Balance, SharingError> {
        if shares.len() > SHARES_MOST {
            return Err(SharingError::TooMany {
                number: shares.len(),
            });
        }
        let carried = self.carried(whole).ok_or(SharingError::NothingCarried)?;
        let balance = Balance::of((self.target.comparator, carried), shares)?;
        let named: BTreeSet<DepartmentId> = shares.iter().map(|one| one.department).collect();
        for unit in &named {
            let above: Vec<DepartmentId> = tree.path(*unit, today).skip(1).collect();
            if !tree.exists(*unit, today) || !above.contains(&whole) {
                return Err(SharingError::NotBelow);
            }
            if above.iter().any(|one| named.contains(one)) {
                return Err(SharingError::Nested);
            }
        }
        Ok(balance)
    }
}

/// Shares that can miss or contradict what is to be met need a reason.
///
/// # Errors
///
/// [`SharingError::ReasonMissing`].
pub fn check_reason(balance: &Balance, reason: Option<&Reason>) -> Result<(), SharingError> {
    if balance.is_contradiction && reason.is_none() {
        return Err(SharingError::ReasonMissing {
            shared: balance.shared,
            target: balance.target,
        });
    }
    Ok(())
}
