//! The most that a unit can reach of a metric in a month (承载上限): how much a place holds on the days on
//! which it is open. What goes beyond is doubted and never refused.

use time::OffsetDateTime;

use crate::{
    access::Person,
    error::Coded,
    ids::{CapacityId, DepartmentId, MetricId},
    quantity::Figure,
    text::Reason,
};

/// The most that was declared; a change is another version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capacity {
    /// Key.
    pub id: CapacityId,
    /// Of what.
    pub metric: MetricId,
    /// Of whom.
    pub department: DepartmentId,
    /// From 1 for each metric and unit, without gaps.
    pub version: i32,
    /// The most in a month; none where what was declared is taken back.
    pub most: Option<Figure>,
    /// What it stands on: 日最大承载量 5000 人 × 开放 26 天.
    pub reason: Reason,
    /// Who declared it.
    pub by: Person,
    /// When.
    pub at: OffsetDateTime,
}

/// Why nothing is declared like this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CapacityError {
    /// Nothing, or less.
    #[error("{most} is no most that anybody can reach")]
    NotPositive {
        /// The figure given.
        most: Figure,
    },
    /// There is nothing to take back.
    #[error("nothing was declared")]
    NothingDeclared,
}

impl Coded for CapacityError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotPositive { .. } => "CAPACITY_NOT_POSITIVE",
            Self::NothingDeclared => "CAPACITY_NOTHING_DECLARED",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotPositive { most } => vec![("most", most.to_string())],
            Self::NothingDeclared => Vec::new(),
        }
    }
}

/// Whether this may be declared after what stood before.
///
/// # Errors
///
/// [`CapacityError`] says why not.
pub fn check(before: Option<&Capacity>, most: Option<Figure>) -> Result<(), CapacityError> {
    match most {
        Some(most) if most <= Figure::ZERO => Err(CapacityError::NotPositive { most }),
        None if before.is_none_or(|one| one.most.is_none()) => Err(CapacityError::NothingDeclared),
        _ => Ok(()),
    }
}
