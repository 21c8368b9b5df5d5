//! Why a measurement is refused: a code, and the figures that say what to mend.

use super::MeasurementState;
use crate::{error::Coded, metric::TreeAggregation, quantity::Figure};

/// Why an act on a measurement is refused. Nothing is changed then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MeasurementRefusal {
    /// Nothing is counted below zero.
    #[error("{value} is negative")]
    Negative {
        /// The figure given.
        value: Figure,
    },
    /// A ratio needs its denominator, a weighted mean its weight.
    #[error("{over_tree} needs a base")]
    BaseMissing {
        /// How the metric adds up.
        over_tree: TreeAggregation,
    },
    /// The metric has no denominator or weight.
    #[error("{over_tree} has no base")]
    BaseNeedless {
        /// How the metric adds up.
        over_tree: TreeAggregation,
    },
    /// A part is larger than its whole.
    #[error("{value} is more than {base}")]
    AboveBase {
        /// The numerator.
        value: Figure,
        /// The denominator.
        base: Figure,
    },
    /// The figure says more or fewer things than are named.
    #[error("the figure is {value}, and {things} things are named")]
    ThingsDiffer {
        /// The figure.
        value: Figure,
        /// Things named.
        things: usize,
    },
    /// The metric counts no distinct things.
    #[error("{over_tree} counts no distinct things")]
    ThingsNeedless {
        /// How the metric adds up.
        over_tree: TreeAggregation,
    },
    /// One measurement names too many things.
    #[error("{given} things are named, at most {most}")]
    ThingsTooMany {
        /// Named.
        given: usize,
        /// The limit.
        most: usize,
    },
    /// A thing has no name, or one that cannot be stored.
    #[error("not the name of a thing: {thing:?}")]
    ThingMalformed {
        /// As given, cut.
        thing: String,
        /// Longest name, in characters.
        most: usize,
    },
    /// The running total is below that of the period before.
    #[error("the running total falls from {before} to {total}")]
    TotalFalls {
        /// As entered.
        total: Figure,
        /// Up to the period before.
        before: Figure,
    },
    /// Periods of this metric do not add up.
    #[error("the metric has no running total")]
    NoRunningTotal,
    /// The sum leaves what a figure can hold.
    #[error("the figure is too large")]
    TooLarge,
    /// Only what was submitted is verified or rejected.
    #[error("a measurement that is {state} is not decided on")]
    NotSubmitted {
        /// Where it stands.
        state: MeasurementState,
    },
    /// What was said before is replaced with a reason only.
    #[error("a correction needs its reason")]
    ReasonMissing,
    /// It says what is said already.
    #[error("nothing changes")]
    Same,
    /// The metric asks for evidence, and no file comes with the figure.
    #[error("the metric asks for evidence")]
    EvidenceAsked,
    /// The metric is asked of other departments.
    #[error("the department is not asked for the metric")]
    NotReporter,
    /// The period lies outside the year of the plan.
    #[error("the plan is for {year}")]
    OutsideYear {
        /// The year of the plan.
        year: i32,
    },
    /// The plan is a draft.
    #[error("the plan is not in force")]
    NotInForce,
    /// Whoever measured does not verify.
    #[error("the same person stands behind the measurement and the decision")]
    SamePerson,
}

impl Coded for MeasurementRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Negative { .. } => "MEASUREMENT_NEGATIVE",
            Self::BaseMissing { .. } => "MEASUREMENT_BASE_MISSING",
            Self::BaseNeedless { .. } => "MEASUREMENT_BASE_NEEDLESS",
            Self::AboveBase { .. } => "MEASUREMENT_ABOVE_BASE",
            Self::ThingsDiffer { .. } => "MEASUREMENT_THINGS_DIFFER",
            Self::ThingsNeedless { .. } => "MEASUREMENT_THINGS_NEEDLESS",
            Self::ThingsTooMany { .. } => "MEASUREMENT_THINGS_TOO_MANY",
            Self::ThingMalformed { .. } => "MEASUREMENT_THING_MALFORMED",
            Self::TotalFalls { .. } => "MEASUREMENT_TOTAL_FALLS",
            Self::NoRunningTotal => "MEASUREMENT_NO_RUNNING_TOTAL",
            Self::TooLarge => "FIGURE_TOO_LARGE",
            Self::NotSubmitted { .. } => "MEASUREMENT_NOT_SUBMITTED",
            Self::ReasonMissing => "MEASUREMENT_REASON_MISSING",
            Self::Same => "MEASUREMENT_SAME",
            Self::EvidenceAsked => "MEASUREMENT_EVIDENCE_ASKED",
            Self::NotReporter => "MEASUREMENT_NOT_REPORTER",
            Self::OutsideYear { .. } => "MEASUREMENT_OUTSIDE_YEAR",
            Self::NotInForce => "MEASUREMENT_NOT_IN_FORCE",
            Self::SamePerson => "FOUR_EYES",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Negative { value } => vec![("value", value.to_string())],
            Self::BaseMissing { over_tree }
            | Self::BaseNeedless { over_tree }
            | Self::ThingsNeedless { over_tree } => vec![("aggregation", over_tree.to_string())],
            Self::AboveBase { value, base } => {
                vec![("value", value.to_string()), ("base", base.to_string())]
            }
            Self::ThingsDiffer { value, things } => {
                vec![("value", value.to_string()), ("things", things.to_string())]
            }
            Self::ThingsTooMany { given, most } => {
                vec![("given", given.to_string()), ("most", most.to_string())]
            }
            Self::ThingMalformed { thing, most } => {
                vec![("thing", thing.clone()), ("most", most.to_string())]
            }
            Self::TotalFalls { total, before } => {
                vec![("total", total.to_string()), ("before", before.to_string())]
            }
            Self::NotSubmitted { state } => vec![("state", state.to_string())],
            Self::OutsideYear { year } => vec![("year", year.to_string())],
            Self::NoRunningTotal
            | Self::EvidenceAsked
            | Self::NotReporter
            | Self::NotInForce
            | Self::TooLarge
            | Self::ReasonMissing
            | Self::Same
            | Self::SamePerson => Vec::new(),
        }
    }
}
