//! The judgement itself.

use time::Date;

use super::{
    Cause, Colour, Light, LightFacts, LightReason, LightRules, LiveOwners, Percent, Remedy,
    Thresholds,
};
use crate::{period::Period, task::TaskState};

/// The light of a task.
#[must_use]
pub fn light_of(facts: &LightFacts, rules: &LightRules) -> Light {
    let mut findings = Findings {
        facts,
        thresholds: rules.thresholds(),
        reasons: Vec::new(),
        remedies: Vec::new(),
    };
    findings.look();
    let Findings {
        mut reasons,
        mut remedies,
        thresholds,
        ..
    } = findings;
    reasons.sort_by_key(|one| one.colour);
    if remedies.contains(&Remedy::Complete) {
        remedies.retain(|one| !matches!(one, Remedy::Submit { .. }));
    }
    Light {
        colour: reasons.first().map_or(Colour::Green, |one| one.colour),
        reasons,
        turns_green: remedies,
        pace: thresholds.pace.expected(facts),
    }
}

/// What was found so far.
struct Findings<'a> {
    facts: &'a LightFacts,
    thresholds: &'a Thresholds,
    reasons: Vec<LightReason>,
    remedies: Vec<Remedy>,
}

/// Days from one day to another; negative when the other is earlier.
fn days(from: Date, to: Date) -> i64 {
    (to - from).whole_days()
}

/// Days since a day that is past.
fn days_past(day: Option<Date>, today: Date) -> Option<(Date, i64)> {
    let day = day.filter(|day| *day < today)?;
    Some((day, days(day, today)))
}

fn red_from(value: i64, threshold: u16) -> Colour {
    if value >= i64::from(threshold) {
        Colour::Red
    } else {
        Colour::Yellow
    }
}

impl Findings<'_> {
    fn say(&mut self, colour: Colour, cause: Cause) {
        self.reasons.push(LightReason { cause, colour });
    }

    fn find(&mut self, colour: Colour, cause: Cause, remedy: Remedy) {
        self.say(colour, cause);
        if !self.remedies.contains(&remedy) {
            self.remedies.push(remedy);
        }
    }

    fn look(&mut self) {
        match self.facts.state {
            TaskState::Draft => {
                self.find(Colour::Grey, Cause::NotHandedOut, Remedy::HandOut);
            }
            TaskState::Assigned => {
                self.sign_for();
                self.time();
                self.notice();
            }
            TaskState::Declined => {
                self.find(Colour::Yellow, Cause::Declined, Remedy::Reassign);
                self.time();
            }
            TaskState::InProgress => self.work(),
            TaskState::Returned => {
                self.mending();
                self.work();
            }
            TaskState::Reopened => {
                let by = self.facts.deadline.filter(|day| *day >= self.facts.today);
                self.find(Colour::Yellow, Cause::Reopened, Remedy::Submit { by });
                self.work();
            }
            TaskState::CompletionSubmitted => self.review(),
            TaskState::Suspended => self.suspension(),
            TaskState::StageCompleted => self.say(Colour::Blue, Cause::StageCompleted),
            TaskState::Completed | TaskState::Archived => {
                self.say(Colour::Blue, Cause::Completed);
            }
            TaskState::Cancelled => self.say(Colour::Grey, Cause::Cancelled),
        }
    }

    /// The sign-for clock (签收时限).
    fn sign_for(&mut self) {
        let facts = self.facts;
        let (colour, cause) = match days_past(facts.sign_by, facts.today) {
            Some((sign_by, days)) => (
                red_from(days, self.thresholds.unsigned_red_days),
                Cause::Unsigned { sign_by, days },
            ),
            None => (
                Colour::Grey,
                Cause::AwaitingAcceptance {
                    sign_by: facts.sign_by,
                },
            ),
        };
        self.find(colour, cause, Remedy::Accept);
    }

    /// Everything that may be the matter while the lead department works on it.
    fn work(&mut self) {
        self.time();
        self.milestones();
        self.reports();
        self.notice();
        self.touch();
        self.owners();
        self.pace();
        self.outlook();
        if let (true, Some(deadline)) = (self.reasons.is_empty(), self.facts.deadline) {
            let days = days(self.facts.today, deadline);
            self.say(Colour::Green, Cause::OnTrack { deadline, days });
        }
    }

    fn time(&mut self) {
        let facts = self.facts;
        // What was returned has a day of its own to be mended by.
        if facts.state == TaskState::Returned && facts.mend_by.is_some() {
            return;
        }
        let Some(deadline) = facts.deadline else {
            return;
        };
        let left = days(facts.today, deadline);
        if left < 0 {
            let days = left.saturating_neg();
            let cause = Cause::Overdue { deadline, days };
            self.find(Colour::Red, cause, Remedy::Complete);
            return;
        }
        let remedy = Remedy::Submit { by: Some(deadline) };
        if left <= i64::from(self.thresholds.deadline_near_days) {
            let cause = Cause::DeadlineNear {
                deadline,
                days: left,
            };
            self.find(Colour::Yellow, cause, remedy.clone());
        }
        if let Some((original, _)) = days_past(facts.original_deadline, facts.today) {
            let cause = Cause::Extended { original, deadline };
            self.find(Colour::Yellow, cause, remedy);
        }
    }

    fn mending(&mut self) {
        let facts = self.facts;
        // After the deadline a submission alone is a late one.
        let is_late = days_past(facts.deadline, facts.today).is_some();
        let remedy = |by| {
            if is_late {
                Remedy::Complete
            } else {
                Remedy::Submit { by }
            }
        };
        if let Some((mend_by, days)) = days_past(facts.mend_by, facts.today) {
            let cause = Cause::MendingOverdue { mend_by, days };
            self.find(Colour::Red, cause, remedy(None));
        } else {
            let cause = Cause::Returned {
                mend_by: facts.mend_by,
            };
            self.find(Colour::Yellow, cause, remedy(facts.mend_by));
        }
    }

    fn milestones(&mut self) {
        let facts = self.facts;
        let late = || {
            let open = facts.milestones.iter().filter(|one| one.is_open);
            open.filter_map(|one| days_past(one.due_on, facts.today).map(|late| (one, late)))
        };
        let Some((oldest, (due_on, days))) = late().max_by_key(|(_, (_, days))| *days) else {
            return;
        };
        let count = late().count();
        let cause = Cause::MilestonesOverdue {
            count,
            title: oldest.title.clone(),
            due_on,
            days,
        };
        let colour = red_from(days, self.thresholds.milestone_red_days);
        self.find(colour, cause, Remedy::FinishMilestones { count });
    }

    fn reports(&mut self) {
        let periods = &self.facts.missing_reports;
        let count = i64::try_from(periods.len()).unwrap_or(i64::MAX);
        if count < i64::from(self.thresholds.missing_reports_yellow) {
            return;
        }
        let colour = red_from(count, self.thresholds.missing_reports_red);
        let cause = Cause::ReportsMissing {
            periods: periods.clone(),
        };
        let remedy = Remedy::SubmitReports {
            periods: periods.clone(),
        };
        self.find(colour, cause, remedy);
    }

    fn notice(&mut self) {
        let Some(notice) = self.facts.notice else {
            return;
        };
        let Some((reply_by, days)) = days_past(Some(notice.reply_by), self.facts.today) else {
            return;
        };
        let number = notice.number;
        let cause = Cause::NoticeOverdue {
            number,
            reply_by,
            days,
        };
        let colour = red_from(days, self.thresholds.notice_red_days);
        self.find(colour, cause, Remedy::ReplyToNotice { number });
    }

    fn touch(&mut self) {
        let facts = self.facts;
        let Some(since) = facts.touched_on else {
            return;
        };
        let mut begin = Period::of(facts.today, facts.cadence);
        for _ in 0..self.thresholds.untouched_periods {
            begin = begin.previous();
        }
        if since >= begin.first_day() {
            return;
        }
        let mut whole: u16 = 0;
        let mut period = Period::of(since, facts.cadence).next();
        let now = Period::of(facts.today, facts.cadence);
        while period < now && whole < u16::MAX {
            whole += 1;
            period = period.next();
        }
        let cause = Cause::Untouched {
            since,
            periods: whole,
        };
        self.find(Colour::Yellow, cause, Remedy::Touch);
    }

    fn owners(&mut self) {
        let (colour, left) = match self.facts.owners {
            LiveOwners::Both | LiveOwners::Unnamed => return,
            LiveOwners::One => (Colour::Yellow, 1),
            LiveOwners::Neither => (Colour::Red, 0),
        };
        self.find(colour, Cause::OwnersGone { left }, Remedy::NameOwners);
    }

    fn pace(&mut self) {
        let expected = self.thresholds.pace.expected(self.facts);
        let (Some(attained), Some(expected)) = (self.facts.attained, expected) else {
            return;
        };
        let gap = expected.0.saturating_sub(attained.0);
        let yellow = self.thresholds.behind_pace_yellow;
        if gap < yellow {
            return;
        }
        let cause = Cause::BehindPace {
            attained,
            expected,
            gap: Percent(gap),
        };
        let colour = red_from(gap.into(), self.thresholds.behind_pace_red);
        let to = Percent(expected.0.saturating_sub(yellow).saturating_add(1));
        self.find(colour, cause, Remedy::CatchUp { to });
    }

    fn outlook(&mut self) {
        let Some(outlook) = &self.facts.outlook else {
            return;
        };
        let to = Percent(self.thresholds.forecast_yellow);
        if outlook.probability >= to {
            return;
        }
        let cause = Cause::TargetAtRisk {
            metric: outlook.metric.clone(),
            probability: outlook.probability,
            expected: outlook.expected,
            target: outlook.target,
        };
        let remedy = Remedy::RaiseForecast {
            metric: outlook.metric.clone(),
            months: outlook.months,
            each: outlook.each,
            to,
        };
        self.find(Colour::Yellow, cause, remedy);
    }

    fn review(&mut self) {
        let facts = self.facts;
        let Some(since) = facts.last_step_on else {
            return;
        };
        if let Some((deadline, late)) = days_past(facts.deadline, since) {
            let cause = Cause::SubmittedLate {
                deadline,
                days: late,
            };
            self.find(Colour::Red, cause, Remedy::Review);
        }
        let waiting = days(since, facts.today);
        if waiting > i64::from(self.thresholds.review_waiting_days) {
            let cause = Cause::ReviewWaiting {
                since,
                days: waiting,
            };
            self.find(Colour::Yellow, cause, Remedy::Review);
        }
        self.notice();
        if self.reasons.is_empty() {
            self.say(Colour::Green, Cause::InReview { since });
        }
    }

    fn suspension(&mut self) {
        let facts = self.facts;
        let (colour, cause) = match days_past(facts.review_on, facts.today) {
            Some((review_on, days)) => (Colour::Yellow, Cause::ReviewDue { review_on, days }),
            None => (
                Colour::Grey,
                Cause::Suspended {
                    review_on: facts.review_on,
                },
            ),
        };
        self.find(colour, cause, Remedy::Resume);
    }
}
