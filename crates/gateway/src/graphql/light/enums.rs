//! Colours and rules of lights, as the API names them.

use async_graphql::Enum;

/// What a light shows.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::light::Colour")]
pub enum LightColour {
    /// Late or off target (滞后).
    Red,
    /// At risk (预警).
    Yellow,
    /// On track (正常).
    Green,
    /// Not started, or stopped (未启动).
    Grey,
    /// Done (办结).
    Blue,
}

/// A number that an installation may set.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::light::Threshold")]
pub enum LightThreshold {
    /// Yellow this many days before the deadline.
    DeadlineNearDays,
    /// Unsigned is red this many days after the last day to sign.
    UnsignedRedDays,
    /// An open milestone is red this many days after its last day; yellow before that.
    MilestoneRedDays,
    /// Yellow with this many reports missing.
    MissingReportsYellow,
    /// Red with this many reports missing.
    MissingReportsRed,
    /// Yellow after this many whole periods in which nobody touched the task.
    UntouchedPeriods,
    /// Yellow when a submitted completion waits longer than this many days.
    ReviewWaitingDays,
    /// A notice without a reply is red this many days after its reply date; yellow before that.
    NoticeRedDays,
    /// Yellow this many points behind the pace.
    BehindPaceYellow,
    /// Red this many points behind the pace.
    BehindPaceRed,
    /// Yellow when a target is met with less than this likelihood, in percent; 0 never.
    ForecastYellow,
}

/// Which curve the pace follows (序时进度).
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::light::Pace")]
pub enum Pace {
    /// Even from hand-out to deadline.
    Linear,
    /// By the milestones that are due; even where none is dated.
    Milestones,
}
