//! Shares of a target (指标分解): shared out exactly, and held against the target so that an addition on
//! the way down (加码) is seen.

use std::collections::BTreeSet;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::{
    error::Coded,
    ids::DepartmentId,
    named::named,
    quantity::{Comparator, FIGURE_SCALE, Figure},
};

/// What one department carries of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Who.
    pub department: DepartmentId,
    /// How much.
    pub figure: Figure,
}

named! {
    /// How a target was shared out.
    AllocationMethod {
        /// 平均分解.
        Evenly = "EVENLY",
        /// By the results of the year before.
        ByLastYear = "BY_LAST_YEAR",
        /// By weights that were given.
        ByWeight = "BY_WEIGHT",
        /// Each share typed.
        ByHand = "BY_HAND",
    }
}

/// Why a target is not shared out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AllocationError {
    /// Nobody to carry it.
    #[error("no department is named")]
    NoDepartment,
    /// One department twice.
    #[error("a department is named twice")]
    DepartmentTwice,
    /// A weight or share below zero.
    #[error("{value} is negative")]
    Negative {
        /// As given.
        value: Figure,
    },
    /// All weights are zero.
    #[error("all weights are zero")]
    NoWeight,
    /// The target has more places than its shares may have.
    #[error("{target} has more than {places} decimal places")]
    TooPrecise {
        /// The target.
        target: Figure,
        /// Places of a share.
        places: u32,
    },
    /// Figures whose sum cannot be held.
    #[error("the figures are too large")]
    TooLarge,
}

impl Coded for AllocationError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoDepartment => "ALLOCATION_NO_DEPARTMENT",
            Self::DepartmentTwice => "ALLOCATION_DEPARTMENT_TWICE",
            Self::Negative { .. } => "ALLOCATION_NEGATIVE",
            Self::NoWeight => "ALLOCATION_NO_WEIGHT",
            Self::TooPrecise { .. } => "ALLOCATION_TOO_PRECISE",
            Self::TooLarge => "FIGURE_TOO_LARGE",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Negative { value } => vec![("value", value.to_string())],
            Self::TooPrecise { target, places } => {
                vec![
                    ("value", target.to_string()),
                    ("places", places.to_string()),
                ]
            }
            Self::NoDepartment | Self::DepartmentTwice | Self::NoWeight | Self::TooLarge => {
                Vec::new()
            }
        }
    }
}

/// Shares a target out in proportion to weights, each share to so many decimal places, so that the
/// shares add up to the target exactly. What rounding leaves goes to the largest remainders (Hamilton's
/// method), on a tie to whoever was named first.
///
/// # Errors
///
/// [`AllocationError`]; nothing is shared out then.
pub fn share_out(
    target: Figure,
    weights: &[Share],
    places: u32,
) -> Result<Vec<Share>, AllocationError> {
    check(weights)?;
    if target < Figure::ZERO {
        return Err(AllocationError::Negative { value: target });
    }
    let places = places.min(FIGURE_SCALE);
    if target.decimal().normalize().scale() > places {
        return Err(AllocationError::TooPrecise { target, places });
    }
    let whole: Decimal = weights.iter().map(|one| one.figure.decimal()).sum();
    if whole.is_zero() {
        return Err(AllocationError::NoWeight);
    }
    let mut parts = Vec::with_capacity(weights.len());
    for weight in weights {
        let exact = weight.figure.decimal() / whole * target.decimal();
        let floor = exact.round_dp_with_strategy(places, RoundingStrategy::ToZero);
        parts.push((weight.department, floor, exact - floor));
    }
    let step = Decimal::new(1, places);
    let shared: Decimal = parts.iter().map(|(_, floor, _)| *floor).sum();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|one, other| parts[*other].2.cmp(&parts[*one].2).then(one.cmp(other)));
    let mut left = target.decimal() - shared;
    for position in order {
        if left < step {
            break;
        }
        parts[position].1 += step;
        left -= step;
    }
    let rounded = parts.into_iter().map(|(department, figure, _)| {
        let figure = Figure::try_new(figure).map_err(|_| AllocationError::TooLarge)?;
        Ok(Share { department, figure })
    });
    rounded.collect()
}

/// Shares a target out evenly, as [`share_out`] does with equal weights.
///
/// # Errors
///
/// [`AllocationError`]; nothing is shared out then.
pub fn share_out_evenly(
    target: Figure,
    departments: &[DepartmentId],
    places: u32,
) -> Result<Vec<Share>, AllocationError> {
    let one = Figure::try_new(Decimal::ONE).map_err(|_| AllocationError::TooLarge)?;
    let weights: Vec<Share> = departments
        .iter()
        .map(|department| Share {
            department: *department,
            figure: one,
        })
        .collect();
    share_out(target, &weights, places)
}

/// What is shared out, held against what is to be met. Shown wherever shares are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balance {
    /// To be met.
    pub target: Figure,
    /// The sum of the shares.
    pub shared: Figure,
    /// The sum less the target: above zero is 加码.
    pub difference: Figure,
    /// Whether shares that add up like this can miss or contradict the target; such shares need a
    /// reason.
    pub is_contradiction: bool,
}

impl Balance {
    /// Adds shares up against a target.
    ///
    /// # Errors
    ///
    /// [`AllocationError`] when a department is named twice, a share is negative, or the sum cannot be
    /// held.
    pub fn of(
        (comparator, target): (Comparator, Figure),
        shares: &[Share],
    ) -> Result<Self, AllocationError> {
        check(shares)?;
        let too_large = |_| AllocationError::TooLarge;
        let sum: Decimal = shares.iter().map(|one| one.figure.decimal()).sum();
        let whole = Figure::try_new(sum).map_err(too_large)?;
        let difference = Figure::try_new(sum - target.decimal()).map_err(too_large)?;
        let is_contradiction = match comparator {
            Comparator::AtLeast | Comparator::MoreThan | Comparator::Reach => whole < target,
            Comparator::AtMost => whole > target,
            Comparator::Equal => whole != target,
            Comparator::About | Comparator::Done => false,
        };
        Ok(Self {
            target,
            shared: whole,
            difference,
            is_contradiction,
        })
    }
}

fn check(shares: &[Share]) -> Result<(), AllocationError> {
    if shares.is_empty() {
        return Err(AllocationError::NoDepartment);
    }
    let departments: BTreeSet<DepartmentId> = shares.iter().map(|one| one.department).collect();
    if departments.len() != shares.len() {
        return Err(AllocationError::DepartmentTwice);
    }
    match shares.iter().find(|one| one.figure < Figure::ZERO) {
        Some(one) => Err(AllocationError::Negative { value: one.figure }),
        None => Ok(()),
    }
}
