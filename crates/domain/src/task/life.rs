//! The life of a task: every act with its guards, refused with a reason or done (product rules 1 to 4).

use time::Date;

use super::{
    refusal::Refusal,
    state::{TaskState, Transition},
};
use crate::{
    access::{Decider, Person, four_eyes},
    calendar::WorkingCalendar,
    ids::AccountId,
    named::named,
    text::Reason,
};

named! {
    /// How well a task was done, said by the reviewer with a reason (办结等次).
    Grade {
        /// 优秀.
        Excellent = "EXCELLENT",
        /// 良好.
        Good = "GOOD",
        /// 合格.
        Pass = "PASS",
        /// 不合格.
        Fail = "FAIL",
    }
}

/// The two people of the lead department who act for it: one answers, the other stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Owners {
    accountable: AccountId,
    substitute: AccountId,
}

impl Owners {
    /// Two different people.
    ///
    /// # Errors
    ///
    /// [`Refusal::OwnersSame`] when both are one.
    pub fn try_new(accountable: AccountId, substitute: AccountId) -> Result<Self, Refusal> {
        if accountable == substitute {
            return Err(Refusal::OwnersSame);
        }
        Ok(Self {
            accountable,
            substitute,
        })
    }

    /// Who answers for the task (责任人).
    #[must_use]
    pub const fn accountable(self) -> AccountId {
        self.accountable
    }

    /// Who stands in (替补).
    #[must_use]
    pub const fn substitute(self) -> AccountId {
        self.substitute
    }
}

/// What is known of a task's way so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskLife {
    /// Where it stands.
    pub state: TaskState,
    /// Where it stood when it was suspended.
    pub before: Option<TaskState>,
    /// Whether it is done stage by stage (逐月, 常态化).
    pub is_standing: bool,
    /// Last day; extensions and amendments move it.
    pub deadline: Option<Date>,
    /// The last day as handed out: the one that is evaluated.
    pub original_deadline: Option<Date>,
    /// Last day to accept or decline.
    pub sign_by: Option<Date>,
    /// Who acts for the lead department.
    pub owners: Option<Owners>,
    /// Who asked for completion last.
    pub submitted_by: Option<Person>,
    /// What was returned is to be mended by then.
    pub mend_by: Option<Date>,
    /// A suspended task is looked at again on that day.
    pub review_on: Option<Date>,
    /// How well it was done.
    pub grade: Option<Grade>,
}

/// What somebody wants to do with a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 交办; the deadline is fixed from then on.
    HandOut,
    /// 改派, with the departments already set anew.
    Reassign(Reason),
    /// 签收.
    Accept(Owners),
    /// 退回改派.
    Decline(Reason),
    /// 申请办结, with what was achieved.
    SubmitCompletion(Reason),
    /// 退回.
    Return {
        /// What is to be mended.
        mend: Reason,
        /// By when.
        by: Date,
    },
    /// 办结.
    Complete {
        /// How well.
        grade: Grade,
        /// Why this grade.
        reason: Reason,
    },
    /// 阶段性办结.
    CompleteStage(Reason),
    /// The next stage.
    BeginStage,
    /// 中止.
    Suspend {
        /// Why.
        reason: Reason,
        /// When it is looked at again.
        review_on: Date,
    },
    /// 恢复.
    Resume(Reason),
    /// 回头看, with what was found.
    Reopen(Reason),
    /// 归档, with the archive number.
    Archive(Reason),
    /// 撤销.
    Cancel(Reason),
}

impl Command {
    /// The transition that it asks for.
    #[must_use]
    pub const fn transition(&self) -> Transition {
        match self {
            Self::HandOut => Transition::HandOut,
            Self::Reassign(_) => Transition::Reassign,
            Self::Accept(_) => Transition::Accept,
            Self::Decline(_) => Transition::Decline,
            Self::SubmitCompletion(_) => Transition::SubmitCompletion,
            Self::Return { .. } => Transition::Return,
            Self::Complete { .. } => Transition::Complete,
            Self::CompleteStage(_) => Transition::CompleteStage,
            Self::BeginStage => Transition::BeginStage,
            Self::Suspend { .. } => Transition::Suspend,
            Self::Resume(_) => Transition::Resume,
            Self::Reopen(_) => Transition::Reopen,
            Self::Archive(_) => Transition::Archive,
            Self::Cancel(_) => Transition::Cancel,
        }
    }

    /// The words given with it.
    #[must_use]
    pub const fn reason(&self) -> Option<&Reason> {
        match self {
            Self::HandOut | Self::Accept(_) | Self::BeginStage => None,
            Self::Reassign(reason)
            | Self::Decline(reason)
            | Self::SubmitCompletion(reason)
            | Self::CompleteStage(reason)
            | Self::Resume(reason)
            | Self::Reopen(reason)
            | Self::Archive(reason)
            | Self::Cancel(reason)
            | Self::Return { mend: reason, .. }
            | Self::Complete { reason, .. }
            | Self::Suspend { reason, .. } => Some(reason),
        }
    }
}

/// What a decision needs to know besides the task's own life.
#[derive(Debug, Clone)]
pub struct Circumstances<'a> {
    /// Who asks.
    pub who: Person,
    /// The people whom the one who asks stands in for, whatever grant the act rests on.
    pub stands_for: &'a [AccountId],
    /// The day it is.
    pub today: Date,
    /// Working days.
    pub calendar: &'a WorkingCalendar,
    /// Working days that the lead has to accept or decline.
    pub sign_working_days: u8,
    /// Whether a department leads.
    pub has_lead: bool,
    /// Accounts of the lead department that can sign in.
    pub live_accounts: &'a [AccountId],
    /// Codes of metrics neither attained by verified figures nor excepted.
    pub open_metrics: &'a [String],
    /// Titles of milestones neither done nor waived.
    pub open_milestones: &'a [String],
    /// Codes of sub-tasks still open.
    pub open_sub_tasks: &'a [String],
}

/// What an act did: one entry of the task's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The act.
    pub transition: Transition,
    /// From where.
    pub from: TaskState,
    /// To where.
    pub to: TaskState,
    /// Who.
    pub who: Person,
    /// The words given.
    pub reason: Option<Reason>,
}

impl TaskLife {
    /// Whether the act would be taken now, whatever is written into it.
    ///
    /// # Errors
    ///
    /// [`Refusal`] says why not.
    pub fn check(&self, by: Transition, now: &Circumstances<'_>) -> Result<TaskState, Refusal> {
        let next = self
            .state
            .next(by, self.before)
            .ok_or(Refusal::NotAllowed {
                from: self.state,
                attempted: by,
            })?;
        match by {
            Transition::HandOut | Transition::Reassign => self.may_be_handed_out(now)?,
            Transition::SubmitCompletion => Self::is_done(now)?,
            Transition::Return | Transition::Complete => self.is_seen_by_other(now)?,
            Transition::CompleteStage => {
                self.is_seen_by_other(now)?;
                if !self.is_standing {
                    return Err(Refusal::NotStanding);
                }
            }
            Transition::Accept
            | Transition::Decline
            | Transition::BeginStage
            | Transition::Suspend
            | Transition::Resume
            | Transition::Reopen
            | Transition::Archive
            | Transition::Cancel => {}
        }
        Ok(next)
    }

    /// Does it; on an error the life is unchanged.
    ///
    /// # Errors
    ///
    /// [`Refusal`] says why not.
    pub fn apply(&mut self, command: &Command, now: &Circumstances<'_>) -> Result<Step, Refusal> {
        let transition = command.transition();
        let (from, to) = (self.state, self.check(transition, now)?);
        match command {
            Command::HandOut | Command::Reassign(_) => self.hand_out(now),
            Command::Accept(owners) => self.accept(*owners, now)?,
            Command::Return { by, .. } => {
                is_ahead(*by, now.today)?;
                self.mend_by = Some(*by);
            }
            Command::Suspend { review_on, .. } => {
                is_ahead(*review_on, now.today)?;
                self.before = Some(from);
                self.review_on = Some(*review_on);
            }
            Command::Resume(_) | Command::Cancel(_) => {
                self.before = None;
                self.review_on = None;
            }
            Command::SubmitCompletion(_) => {
                self.submitted_by = Some(now.who);
                self.mend_by = None;
            }
            Command::Complete { grade, .. } => self.grade = Some(*grade),
            Command::Reopen(_) => self.grade = None,
            Command::Decline(_)
            | Command::CompleteStage(_)
            | Command::BeginStage
            | Command::Archive(_) => {}
        }
        self.state = to;
        Ok(Step {
            transition,
            from,
            to,
            who: now.who,
            reason: command.reason().cloned(),
        })
    }

    fn may_be_handed_out(&self, now: &Circumstances<'_>) -> Result<(), Refusal> {
        if !now.has_lead {
            return Err(Refusal::NoLead);
        }
        let deadline = self.deadline.ok_or(Refusal::NoDeadline)?;
        is_ahead(deadline, now.today)
    }

    fn hand_out(&mut self, now: &Circumstances<'_>) {
        self.original_deadline = self.original_deadline.or(self.deadline);
        let days = u32::from(now.sign_working_days);
        self.sign_by = Some(now.calendar.working_day_after(now.today, days));
        self.owners = None;
    }

    fn accept(&mut self, owners: Owners, now: &Circumstances<'_>) -> Result<(), Refusal> {
        for account in [owners.accountable, owners.substitute] {
            if !now.live_accounts.contains(&account) {
                return Err(Refusal::OwnerNotLive { account });
            }
        }
        self.owners = Some(owners);
        self.sign_by = None;
        Ok(())
    }

    /// Completes on evidence (product rule 4).
    fn is_done(now: &Circumstances<'_>) -> Result<(), Refusal> {
        let refused = |codes: &[String]| (!codes.is_empty()).then(|| codes.to_vec());
        if let Some(codes) = refused(now.open_metrics) {
            return Err(Refusal::MetricsOpen { codes });
        }
        if let Some(titles) = refused(now.open_milestones) {
            return Err(Refusal::MilestonesOpen { titles });
        }
        if let Some(codes) = refused(now.open_sub_tasks) {
            return Err(Refusal::SubTasksOpen { codes });
        }
        Ok(())
    }

    fn is_seen_by_other(&self, now: &Circumstances<'_>) -> Result<(), Refusal> {
        match self.submitted_by {
            Some(doer) => {
                let decider = Decider {
                    person: now.who,
                    stands_for: now.stands_for,
                };
                four_eyes(doer, decider).map_err(|_| Refusal::SamePerson)
            }
            None => Ok(()),
        }
    }
}

/// Whether the day is not over yet.
fn is_ahead(day: Date, today: Date) -> Result<(), Refusal> {
    if day < today {
        Err(Refusal::DatePast { date: day })
    } else {
        Ok(())
    }
}
