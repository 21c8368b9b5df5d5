//! When a light turns: thresholds, each within its bounds.

use std::ops::RangeInclusive;

use super::Pace;
use crate::{error::Coded, named::named};

named! {
    /// A number that an installation may set.
    Threshold {
        /// Yellow this many days before the deadline.
        DeadlineNearDays = "DEADLINE_NEAR_DAYS",
        /// Unsigned is red this many days after the last day to sign.
        UnsignedRedDays = "UNSIGNED_RED_DAYS",
        /// An open milestone is red this many days after its last day; yellow before that.
        MilestoneRedDays = "MILESTONE_RED_DAYS",
        /// Yellow with this many reports missing.
        MissingReportsYellow = "MISSING_REPORTS_YELLOW",
        /// Red with this many reports missing.
        MissingReportsRed = "MISSING_REPORTS_RED",
        /// Yellow after this many whole periods in which nobody touched the task.
        UntouchedPeriods = "UNTOUCHED_PERIODS",
        /// Yellow when a submitted completion waits longer than this many days.
        ReviewWaitingDays = "REVIEW_WAITING_DAYS",
        /// A notice without a reply is red this many days after its reply date; yellow before that.
        NoticeRedDays = "NOTICE_RED_DAYS",
        /// Yellow this many points behind the pace.
        BehindPaceYellow = "BEHIND_PACE_YELLOW",
        /// Red this many points behind the pace.
        BehindPaceRed = "BEHIND_PACE_RED",
        /// Yellow when a target is met with less than this likelihood, in percent; 0 never.
        ForecastYellow = "FORECAST_YELLOW",
    }
}

impl Threshold {
    /// What it may be.
    #[must_use]
    pub const fn bounds(self) -> RangeInclusive<u16> {
        match self {
            Self::DeadlineNearDays => 0..=180,
            Self::UnsignedRedDays | Self::ReviewWaitingDays | Self::NoticeRedDays => 1..=60,
            Self::MilestoneRedDays => 0..=365,
            Self::MissingReportsYellow | Self::MissingReportsRed | Self::UntouchedPeriods => 1..=12,
            Self::BehindPaceYellow | Self::BehindPaceRed => 1..=100,
            Self::ForecastYellow => 0..=100,
        }
    }
}

/// The numbers as somebody writes them down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Thresholds {
    /// [`Threshold::DeadlineNearDays`].
    pub deadline_near_days: u16,
    /// [`Threshold::UnsignedRedDays`].
    pub unsigned_red_days: u16,
    /// [`Threshold::MilestoneRedDays`].
    pub milestone_red_days: u16,
    /// [`Threshold::MissingReportsYellow`].
    pub missing_reports_yellow: u16,
    /// [`Threshold::MissingReportsRed`].
    pub missing_reports_red: u16,
    /// [`Threshold::UntouchedPeriods`].
    pub untouched_periods: u16,
    /// [`Threshold::ReviewWaitingDays`].
    pub review_waiting_days: u16,
    /// [`Threshold::NoticeRedDays`].
    pub notice_red_days: u16,
    /// [`Threshold::BehindPaceYellow`].
    pub behind_pace_yellow: u16,
    /// [`Threshold::BehindPaceRed`].
    pub behind_pace_red: u16,
    /// [`Threshold::ForecastYellow`].
    pub forecast_yellow: u16,
    /// Which curve the pace follows.
    pub pace: Pace,
}

impl Thresholds {
    /// The number of that name.
    #[must_use]
    pub const fn get(&self, which: Threshold) -> u16 {
        match which {
            Threshold::DeadlineNearDays => self.deadline_near_days,
            Threshold::UnsignedRedDays => self.unsigned_red_days,
            Threshold::MilestoneRedDays => self.milestone_red_days,
            Threshold::MissingReportsYellow => self.missing_reports_yellow,
            Threshold::MissingReportsRed => self.missing_reports_red,
            Threshold::UntouchedPeriods => self.untouched_periods,
            Threshold::ReviewWaitingDays => self.review_waiting_days,
            Threshold::NoticeRedDays => self.notice_red_days,
            Threshold::BehindPaceYellow => self.behind_pace_yellow,
            Threshold::BehindPaceRed => self.behind_pace_red,
            Threshold::ForecastYellow => self.forecast_yellow,
        }
    }

    /// Sets the number of that name, whatever its bounds.
    pub const fn set(&mut self, which: Threshold, value: u16) {
        match which {
            Threshold::DeadlineNearDays => self.deadline_near_days = value,
            Threshold::UnsignedRedDays => self.unsigned_red_days = value,
            Threshold::MilestoneRedDays => self.milestone_red_days = value,
            Threshold::MissingReportsYellow => self.missing_reports_yellow = value,
            Threshold::MissingReportsRed => self.missing_reports_red = value,
            Threshold::UntouchedPeriods => self.untouched_periods = value,
            Threshold::ReviewWaitingDays => self.review_waiting_days = value,
            Threshold::NoticeRedDays => self.notice_red_days = value,
            Threshold::BehindPaceYellow => self.behind_pace_yellow = value,
            Threshold::BehindPaceRed => self.behind_pace_red = value,
            Threshold::ForecastYellow => self.forecast_yellow = value,
        }
    }
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            deadline_near_days: 15,
            unsigned_red_days: 5,
            milestone_red_days: 30,
            missing_reports_yellow: 1,
            missing_reports_red: 2,
            untouched_periods: 2,
            review_waiting_days: 5,
            notice_red_days: 5,
            behind_pace_yellow: 10,
            behind_pace_red: 25,
            forecast_yellow: 50,
            pace: Pace::Linear,
        }
    }
}

/// Why thresholds cannot stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LightRulesError {
    /// A number outside its bounds.
    #[error("{threshold} is {value}, not within {least} to {most}")]
    OutOfRange {
        /// Which.
        threshold: Threshold,
        /// The number given.
        value: u16,
        /// The least it may be.
        least: u16,
        /// The most it may be.
        most: u16,
    },
    /// Red would come before yellow.
    #[error("{red} comes before {yellow}")]
    RedBeforeYellow {
        /// The threshold of red.
        threshold: Threshold,
        /// The number for yellow.
        yellow: u16,
        /// The number for red.
        red: u16,
    },
}

impl LightRulesError {
    /// The threshold that is to be mended.
    #[must_use]
    pub const fn threshold(self) -> Threshold {
        match self {
            Self::OutOfRange { threshold, .. } | Self::RedBeforeYellow { threshold, .. } => {
                threshold
            }
        }
    }
}

impl Coded for LightRulesError {
    fn code(&self) -> &'static str {
        match self {
            Self::OutOfRange { .. } => "LIGHT_RULE_OUT_OF_RANGE",
            Self::RedBeforeYellow { .. } => "LIGHT_RULE_RED_BEFORE_YELLOW",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::OutOfRange {
                value, least, most, ..
            } => vec![
                ("value", value.to_string()),
                ("least", least.to_string()),
                ("most", most.to_string()),
            ],
            Self::RedBeforeYellow { yellow, red, .. } => {
                vec![("yellow", yellow.to_string()), ("red", red.to_string())]
            }
        }
    }
}

/// Thresholds that keep their bounds and in which red never comes before yellow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct LightRules(Thresholds);

impl LightRules {
    /// Takes thresholds.
    ///
    /// # Errors
    ///
    /// [`LightRulesError`] of the first that cannot stand.
    pub fn try_new(thresholds: Thresholds) -> Result<Self, LightRulesError> {
        for threshold in Threshold::ALL {
            let (value, bounds) = (thresholds.get(*threshold), threshold.bounds());
            if !bounds.contains(&value) {
                return Err(LightRulesError::OutOfRange {
                    threshold: *threshold,
                    value,
                    least: *bounds.start(),
                    most: *bounds.end(),
                });
            }
        }
        let pairs = [
            (
                Threshold::MissingReportsYellow,
                Threshold::MissingReportsRed,
            ),
            (Threshold::BehindPaceYellow, Threshold::BehindPaceRed),
        ];
        for (first, then) in pairs {
            let (yellow, red) = (thresholds.get(first), thresholds.get(then));
            if red < yellow {
                return Err(LightRulesError::RedBeforeYellow {
                    threshold: then,
                    yellow,
                    red,
                });
            }
        }
        Ok(Self(thresholds))
    }

    /// The thresholds.
    #[must_use]
    pub const fn thresholds(&self) -> &Thresholds {
        &self.0
    }
}
