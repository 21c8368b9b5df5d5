//! What is known of a task when its light is judged.

use std::fmt;

use rust_decimal::Decimal;
use time::Date;

use crate::{
    notice::NoticeNumber,
    period::{Cadence, Period},
    quantity::Figure,
    task::TaskState,
};

/// Whole percent points; may be over 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(pub u16);

impl Percent {
    /// Of a share from 0 to 1, rounded down.
    #[must_use]
    pub fn of_share(share: Figure) -> Self {
        let percent = (share.decimal() * Decimal::ONE_HUNDRED).floor();
        Self(u16::try_from(percent).unwrap_or_default())
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How many of the two people who act for a task can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LiveOwners {
    /// Nobody was named yet.
    Unnamed,
    /// Neither.
    Neither,
    /// One of the two.
    One,
    /// Both.
    Both,
}

/// A milestone as far as a light needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MilestoneFact {
    /// What is to be there.
    pub title: String,
    /// Last day, where one is set.
    pub due_on: Option<Date>,
    /// Whether it is neither done nor waived.
    pub is_open: bool,
}

/// A supervision notice that waits for a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitingNotice {
    /// Its number.
    pub number: NoticeNumber,
    /// Last day to reply.
    pub reply_by: Date,
}

/// How likely a target of the task is met, told from verified months (预测).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// The code of the metric.
    pub metric: String,
    /// How likely, in whole percent.
    pub probability: Percent,
    /// Where the year is expected to end.
    pub expected: Figure,
    /// The least result that meets the target.
    pub target: Figure,
    /// Months to come.
    pub months: u16,
    /// What each of them has to bring on average to meet it.
    pub each: Figure,
}

/// Everything that a light depends on, besides the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LightFacts {
    /// Where the task stands.
    pub state: TaskState,
    /// The day it is.
    pub today: Date,
    /// When it was first handed out.
    pub handed_out_on: Option<Date>,
    /// When it came to where it stands.
    pub last_step_on: Option<Date>,
    /// The last time anybody did anything with it, a step or a report.
    pub touched_on: Option<Date>,
    /// Last day.
    pub deadline: Option<Date>,
    /// Last day as handed out.
    pub original_deadline: Option<Date>,
    /// Last day to accept or decline.
    pub sign_by: Option<Date>,
    /// What was returned is to be mended by then.
    pub mend_by: Option<Date>,
    /// A suspended task is looked at again on that day.
    pub review_on: Option<Date>,
    /// Its milestones, in any order.
    pub milestones: Vec<MilestoneFact>,
    /// Periods whose report is due and missing since the last one that came, the oldest first.
    pub missing_reports: Vec<Period>,
    /// The notice on it that waits for a reply.
    pub notice: Option<WaitingNotice>,
    /// How often it is reported on.
    pub cadence: Cadence,
    /// Whether those who act for it can sign in.
    pub owners: LiveOwners,
    /// How much of its targets is attained by verified figures, where figures exist.
    pub attained: Option<Percent>,
    /// The target that is least likely met, where anything is forecast.
    pub outlook: Option<Outlook>,
}
