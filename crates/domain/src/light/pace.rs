//! Pace (序时进度): how much of a task should be done by a day.

use time::Date;

use super::{LightFacts, Percent};
use crate::named::named;

named! {
    /// Which curve the pace follows.
    Pace {
        /// Even from hand-out to deadline.
        Linear = "LINEAR",
        /// By the milestones that are due; even where none is dated.
        Milestones = "MILESTONES",
    }
}

const WHOLE: u16 = 100;

impl Pace {
    /// What should be attained on the day of the facts; none without a beginning or an end.
    #[must_use]
    pub fn expected(self, facts: &LightFacts) -> Option<Percent> {
        let begin = facts.handed_out_on?;
        let by_time = even(begin, facts.deadline?, facts.today);
        Some(match self {
            Self::Linear => by_time,
            Self::Milestones => by_milestones(facts).unwrap_or(by_time),
        })
    }
}

fn even(begin: Date, end: Date, today: Date) -> Percent {
    let whole = (end - begin).whole_days();
    if whole <= 0 {
        return Percent(WHOLE);
    }
    let passed = (today - begin).whole_days().clamp(0, whole);
    share(passed, whole)
}

fn by_milestones(facts: &LightFacts) -> Option<Percent> {
    let dated = || facts.milestones.iter().filter_map(|one| one.due_on);
    let all = i64::try_from(dated().count()).ok().filter(|all| *all > 0)?;
    let due = dated().filter(|day| *day <= facts.today).count();
    Some(share(i64::try_from(due).unwrap_or(all), all))
}

/// `part` of `whole` in percent, rounded down; both are positive and `part` is the smaller.
fn share(part: i64, whole: i64) -> Percent {
    let percent = part.saturating_mul(i64::from(WHOLE)) / whole;
    Percent(u16::try_from(percent).unwrap_or(WHOLE))
}
