//! The light of a task (红黄绿灯): a pure function from facts to a colour, why, and what would turn
//! it green (product rule 8). It is never stored and nobody types it in.

mod cause;
mod facts;
mod judge;
mod overriding;
mod pace;
mod remedy;
mod rules;

pub use cause::{Cause, LightReason};
pub use facts::{LightFacts, LiveOwners, MilestoneFact, Outlook, Percent, WaitingNotice};
pub use judge::light_of;
pub use overriding::{LONGEST_OVERRIDE_DAYS, LightOverride, OverrideError, OverrideTerms, shown};
pub use pace::Pace;
pub use remedy::Remedy;
pub use rules::{LightRules, LightRulesError, Threshold, Thresholds};

use crate::named::named;

named! {
    /// What a light shows.
    Colour {
        /// Late or off target (滞后).
        Red = "RED",
        /// At risk (预警).
        Yellow = "YELLOW",
        /// On track (正常).
        Green = "GREEN",
        /// Not started, or stopped (未启动).
        Grey = "GREY",
        /// Done (办结).
        Blue = "BLUE",
    }
}

/// The light of one task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Light {
    /// What it shows.
    pub colour: Colour,
    /// Why, the gravest first.
    pub reasons: Vec<LightReason>,
    /// What would turn it green, all of it together; empty where it is green or the task is over.
    pub turns_green: Vec<Remedy>,
    /// How much of its time has passed (序时进度), where it has a beginning and an end.
    pub pace: Option<Percent>,
}

#[cfg(test)]
mod tests;
