//! What is counted: a target and how its values add up (指标).

pub mod allocation;
mod attainment;
pub mod capacity;
pub mod forecast;
pub mod outlook;
pub mod rollup;
pub mod sharing;

use rust_decimal::{Decimal, RoundingStrategy};
use time::Date;

use crate::{
    department::DepartmentKind,
    error::Coded,
    ids::{ClauseId, MetricId, PlanId, TaskId},
    named::named,
    plan::draft::Span,
    quantity::{Comparator, FIGURE_SCALE, Figure},
    text::search_form,
};

named! {
    /// How values of one unit add up over time.
    TimeAggregation {
        /// Periods are added.
        Sum = "SUM",
        /// The latest value stands.
        Latest = "LATEST",
        /// The largest value stands.
        Max = "MAX",
        /// The mean of the periods.
        Average = "AVERAGE",
    }
}

named! {
    /// How values of units add up over the organisation's tree.
    TreeAggregation {
        /// Units are added.
        Sum = "SUM",
        /// The mean of the units.
        Average = "AVERAGE",
        /// The mean weighted by a size of the unit.
        Weighted = "WEIGHTED",
        /// Distinct things are counted once, wherever they occur.
        Distinct = "DISTINCT",
        /// Numerators and denominators are added apart.
        Ratio = "RATIO",
        /// Entries that reached a stage are counted.
        Stage = "STAGE",
        /// A figure from outside, never computed from below.
        External = "EXTERNAL",
    }
}

named! {
    /// The level whose units report the figure, so that no unit and its parent are both counted.
    ReportingLevel {
        /// The provincial office and its institutions.
        Province = "PROVINCE",
        /// Municipal associations.
        City = "CITY",
        /// County associations.
        County = "COUNTY",
        /// The venues (科技馆) below the unit whose plan it is; its lead department while there is none.
        Venue = "VENUE",
    }
}

impl TreeAggregation {
    /// Whether a value says what it is a part of: units are divided by their bases together.
    #[must_use]
    pub const fn has_base(self) -> bool {
        matches!(self, Self::Ratio | Self::Weighted)
    }
}

impl ReportingLevel {
    /// The kind of unit that reports at the level; none where the lead department does, through which the
    /// provincial office speaks, and for venues, which are units of several kinds.
    #[must_use]
    pub const fn kind(self) -> Option<DepartmentKind> {
        match self {
            Self::City => Some(DepartmentKind::MunicipalAssociation),
            Self::County => Some(DepartmentKind::CountyAssociation),
            Self::Province | Self::Venue => None,
        }
    }
}

/// A target of a task, or of a plan outside any point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metric {
    /// Key.
    pub id: MetricId,
    /// `2025-14-M1`.
    pub code: String,
    /// The plan it belongs to.
    pub plan: PlanId,
    /// The task it belongs to; none for a target outside any point.
    pub task: Option<TaskId>,
    /// The sentence that states it.
    pub clause: Option<ClauseId>,
    /// What is counted, for people.
    pub name: String,
    /// The words of the document.
    pub phrase: String,
    /// Where those words stand.
    pub span: Option<Span>,
    /// The target.
    pub target: Target,
    /// Over time.
    pub time_aggregation: TimeAggregation,
    /// Over the tree.
    pub tree_aggregation: TreeAggregation,
    /// Who reports it.
    pub reporting_level: ReportingLevel,
    /// Whether a figure is handed in with evidence only (product rule 6).
    pub is_evidence_asked: bool,
    /// The metric that this one repeats: one figure seen from two tasks.
    pub same_as: Option<MetricId>,
    /// Order within the plan.
    pub position: i32,
    /// Changes so far, from 1.
    pub version: i32,
}

impl Metric {
    /// Whether another metric counts the same in the same way: by name, measure word and aggregations; what
    /// is to be met may differ.
    #[must_use]
    pub fn is_defined_like(&self, other: &Self) -> bool {
        search_form(&self.name) == search_form(&other.name)
            && self.target.unit == other.target.unit
            && self.time_aggregation == other.time_aggregation
            && self.tree_aggregation == other.tree_aggregation
    }
}

/// The figure to be met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// How a result compares.
    pub comparator: Comparator,
    /// The figure.
    pub value: Figure,
    /// Measure word (场, 名, 人次, %).
    pub unit: String,
    /// The date that it is for.
    pub by: Option<Date>,
    /// Each year (每年).
    pub is_per_year: bool,
    /// Striven for only (力争, 争取).
    pub is_tentative: bool,
}

/// Longest unit, in characters.
pub const UNIT_LENGTH: usize = 12;

/// Why a target is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TargetError {
    /// A count needs its measure word.
    #[error("the unit is missing")]
    UnitMissing,
    /// The unit is longer than [`UNIT_LENGTH`].
    #[error("the unit has {length} characters, at most {UNIT_LENGTH}")]
    UnitTooLong {
        /// Characters given.
        length: usize,
    },
    /// A target cannot be less than nothing.
    #[error("the target is negative: {value}")]
    Negative {
        /// The figure given.
        value: Figure,
    },
}

impl Coded for TargetError {
    fn code(&self) -> &'static str {
        match self {
            Self::UnitMissing => "METRIC_UNIT_MISSING",
            Self::UnitTooLong { .. } => "METRIC_UNIT_TOO_LONG",
            Self::Negative { .. } => "METRIC_TARGET_NEGATIVE",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::UnitMissing => Vec::new(),
            Self::UnitTooLong { length } => {
                vec![
                    ("length", length.to_string()),
                    ("most", UNIT_LENGTH.to_string()),
                ]
            }
            Self::Negative { value } => vec![("value", value.to_string())],
        }
    }
}

impl Target {
    /// A result in percent of the target, to four places; none for a yes/no result and a target of
    /// nothing.
    #[must_use]
    pub fn attainment(&self, result: Figure) -> Option<Figure> {
        if self.comparator == Comparator::Done {
            return None;
        }
        let percent = result.decimal().checked_mul(Decimal::ONE_HUNDRED)?;
        let share = percent.checked_div(self.value.decimal())?;
        let rounded = share.round_dp_with_strategy(FIGURE_SCALE, RoundingStrategy::ToZero);
        Figure::try_new(rounded).ok()
    }

    /// Checks the figure and its unit; a yes/no result ([`Comparator::Done`]) needs no unit.
    ///
    /// # Errors
    ///
    /// [`TargetError`] names what is wrong.
    pub fn check(&self) -> Result<(), TargetError> {
        let length = self.unit.chars().count();
        if length == 0 && self.comparator != Comparator::Done {
            return Err(TargetError::UnitMissing);
        }
        if length > UNIT_LENGTH {
            return Err(TargetError::UnitTooLong { length });
        }
        if self.value < Figure::ZERO {
            return Err(TargetError::Negative { value: self.value });
        }
        Ok(())
    }
}
