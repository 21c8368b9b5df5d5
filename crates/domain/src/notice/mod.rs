//! Supervision notices (督办单): a formal nudge with a reply date, one rung of the ladder at a time
//! (product rule 13).

mod escalation;
mod ladder;
mod number;
mod refusal;
mod step;

use std::ops::RangeInclusive;

use time::{Date, OffsetDateTime};

pub use escalation::EscalationRules;
pub use ladder::{Addressee, NoticeLevel, Recipient};
pub use number::NoticeNumber;
pub use refusal::NoticeRefusal;
pub use step::{NoticeAct, NoticeStep};

use crate::{
    access::Person,
    calendar::WorkingCalendar,
    ids::{DepartmentId, NoticeId, TaskId},
    named::named,
    task::TaskState,
    text::Reason,
};

/// Working days that addressees may be given to reply.
pub const REPLY_WORKING_DAYS: RangeInclusive<u8> = 1..=20;

named! {
    /// Where a notice stands.
    NoticeState {
        /// 待回复: at least one addressee has not replied.
        Issued = "ISSUED",
        /// 已回复: every addressee has.
        Replied = "REPLIED",
        /// 已办结: nothing more is expected.
        Closed = "CLOSED",
        /// 已撤回: it should not have been sent.
        Withdrawn = "WITHDRAWN",
    }
}

/// A supervision notice (督办单).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupervisionNotice {
    /// Key.
    pub id: NoticeId,
    /// 督办〔2025〕3号.
    pub number: NoticeNumber,
    /// The task that is pressed.
    pub task: TaskId,
    /// The department that issues it.
    pub issuer: DepartmentId,
    /// What is asked.
    pub text: Reason,
    /// The rung that it has reached.
    pub level: NoticeLevel,
    /// Last day to reply.
    pub reply_by: Date,
    /// Where it stands.
    pub state: NoticeState,
    /// Who has to reply.
    pub addressees: Vec<Addressee>,
    /// Who is told.
    pub recipients: Vec<Recipient>,
    /// Who issued it.
    pub issued_by: Person,
    /// When.
    pub issued_at: OffsetDateTime,
    /// Changes so far, from 1.
    pub version: i32,
}

/// What a new notice says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNotice {
    /// Key.
    pub id: NoticeId,
    /// Its number.
    pub number: NoticeNumber,
    /// The task that is pressed.
    pub task: TaskId,
    /// The department that issues it.
    pub issuer: DepartmentId,
    /// Who has to reply.
    pub departments: Vec<DepartmentId>,
    /// Who is told.
    pub recipients: Vec<Recipient>,
    /// What is asked.
    pub text: Reason,
    /// Working days to reply.
    pub reply_working_days: u8,
}

/// What decisions on a notice need to know.
#[derive(Debug, Clone, Copy)]
pub struct Pressing<'a> {
    /// Who acts.
    pub who: Person,
    /// When.
    pub at: OffsetDateTime,
    /// The day it is.
    pub today: Date,
    /// Working days.
    pub calendar: &'a WorkingCalendar,
    /// Where the task stands.
    pub task: TaskState,
}

/// Whether a task in that state may be pressed: handed out, and neither done nor resting.
///
/// # Errors
///
/// [`NoticeRefusal`] says why not.
pub const fn may_be_pressed(task: TaskState) -> Result<(), NoticeRefusal> {
    match task {
        TaskState::Completed | TaskState::Archived | TaskState::Cancelled => {
            Err(NoticeRefusal::TaskDone { state: task })
        }
        TaskState::Draft | TaskState::Declined | TaskState::Suspended => {
            Err(NoticeRefusal::TaskNotUnderway { state: task })
        }
        TaskState::Assigned
        | TaskState::InProgress
        | TaskState::CompletionSubmitted
        | TaskState::Returned
        | TaskState::StageCompleted
        | TaskState::Reopened => Ok(()),
    }
}

fn reply_date(working_days: u8, now: &Pressing<'_>) -> Result<Date, NoticeRefusal> {
    if !REPLY_WORKING_DAYS.contains(&working_days) {
        return Err(NoticeRefusal::ReplyDays { days: working_days });
    }
    Ok(now
        .calendar
        .working_day_after(now.today, u32::from(working_days)))
}

impl SupervisionNotice {
    /// Issues a notice on the lowest rung. `open` is the notice on the task that still waits.
    ///
    /// # Errors
    ///
    /// [`NoticeRefusal`]: the task is done or not handed out, another notice waits, nobody is there to reply.
    pub fn issue(
        new: NewNotice,
        open: Option<NoticeNumber>,
        now: &Pressing<'_>,
    ) -> Result<(Self, NoticeStep), NoticeRefusal> {
        may_be_pressed(now.task)?;
        if let Some(number) = open {
            return Err(NoticeRefusal::OpenAlready { number });
        }
        let mut addressees: Vec<Addressee> = Vec::with_capacity(new.departments.len());
        for department in new.departments {
            if !addressees.iter().any(|one| one.department == department) {
                addressees.push(Addressee {
                    department,
                    replied_at: None,
                });
            }
        }
        if addressees.is_empty() || new.recipients.is_empty() {
            return Err(NoticeRefusal::NoRecipient);
        }
        let notice = Self {
            id: new.id,
            number: new.number,
            task: new.task,
            issuer: new.issuer,
            text: new.text,
            level: NoticeLevel::Liaison,
            reply_by: reply_date(new.reply_working_days, now)?,
            state: NoticeState::Issued,
            addressees,
            recipients: new.recipients,
            issued_by: now.who,
            issued_at: now.at,
            version: 1,
        };
        let step = notice.step(NoticeAct::Issue, now, None, Some(notice.text.clone()));
        Ok((notice, step))
    }

    /// Whether the reply date is over and somebody has not replied.
    #[must_use]
    pub fn is_overdue(&self, today: Date) -> bool {
        self.state == NoticeState::Issued && self.reply_by < today
    }

    /// The departments that have not replied.
    pub fn outstanding(&self) -> impl Iterator<Item = DepartmentId> + '_ {
        let waiting = self
            .addressees
            .iter()
            .filter(|one| one.replied_at.is_none());
        waiting.map(|one| one.department)
    }

    /// Whether the next rung may be pressed now.
    ///
    /// # Errors
    ///
    /// [`NoticeRefusal`]: before the reply date has passed, after the task is done, on the top rung.
    pub fn may_escalate(
        &self,
        reachable: &[NoticeLevel],
        now: &Pressing<'_>,
    ) -> Result<NoticeLevel, NoticeRefusal> {
        self.expect(NoticeAct::Escalate, &[NoticeState::Issued])?;
        may_be_pressed(now.task)?;
        if !self.is_overdue(now.today) {
            return Err(NoticeRefusal::NotOverdue {
                reply_by: self.reply_by,
            });
        }
        self.level
            .next_among(reachable)
            .ok_or(NoticeRefusal::TopLevel { level: self.level })
    }

    /// Presses the next rung (升级) with a new reply date. `people` are those of all rungs.
    ///
    /// # Errors
    ///
    /// As [`Self::may_escalate`]; the notice is unchanged then.
    pub fn escalate(
        &mut self,
        people: &[Recipient],
        reply_working_days: u8,
        words: Option<Reason>,
        now: &Pressing<'_>,
    ) -> Result<NoticeStep, NoticeRefusal> {
        let waiting: Vec<DepartmentId> = self.outstanding().collect();
        let of_waiting = people
            .iter()
            .filter(|one| waiting.contains(&one.department));
        let people: Vec<Recipient> = of_waiting.copied().collect();
        let reachable: Vec<NoticeLevel> = people.iter().map(|one| one.level).collect();
        let level = self.may_escalate(&reachable, now)?;
        let reply_by = reply_date(reply_working_days, now)?;
        self.level = level;
        self.reply_by = reply_by;
        let told = |one: &Recipient, known: &[Recipient]| {
            known
                .iter()
                .any(|old| old.account == one.account && old.department == one.department)
        };
        for one in people.into_iter().filter(|one| one.level <= level) {
            if !told(&one, &self.recipients) {
                self.recipients.push(one);
            }
        }
        Ok(self.step(NoticeAct::Escalate, now, None, words))
    }

    /// Presses the next rung by the rules (自动升级), in the name of whoever issued the notice.
    ///
    /// # Errors
    ///
    /// As [`Self::may_escalate`], with nobody above the highest rung of the rules; the notice is
    /// unchanged then.
    pub fn escalate_by(
        &mut self,
        rules: &EscalationRules,
        people: &[Recipient],
        now: &Pressing<'_>,
    ) -> Result<NoticeStep, NoticeRefusal> {
        let within = people.iter().filter(|one| Some(one.level) <= rules.up_to);
        let within: Vec<Recipient> = within.copied().collect();
        let step = self.escalate(&within, rules.reply_working_days, None, now)?;
        Ok(NoticeStep {
            is_automatic: true,
            ..step
        })
    }

    /// Replies for a department (回复).
    ///
    /// # Errors
    ///
    /// [`NoticeRefusal`]: closed or withdrawn, not addressed, replied already.
    pub fn reply(
        &mut self,
        department: DepartmentId,
        words: Reason,
        now: &Pressing<'_>,
    ) -> Result<NoticeStep, NoticeRefusal> {
        self.expect(
            NoticeAct::Reply,
            &[NoticeState::Issued, NoticeState::Replied],
        )?;
        let addressee = self
            .addressees
            .iter_mut()
            .find(|one| one.department == department)
            .ok_or(NoticeRefusal::NotAddressed)?;
        if addressee.replied_at.is_some() {
            return Err(NoticeRefusal::RepliedAlready);
        }
        addressee.replied_at = Some(now.at);
        if self.outstanding().next().is_none() {
            self.state = NoticeState::Replied;
        }
        Ok(self.step(NoticeAct::Reply, now, Some(department), Some(words)))
    }

    /// Closes a notice (办结) to which everybody has replied, or whose task is done.
    ///
    /// # Errors
    ///
    /// [`NoticeRefusal`] says why not.
    pub fn close(
        &mut self,
        words: Option<Reason>,
        now: &Pressing<'_>,
    ) -> Result<NoticeStep, NoticeRefusal> {
        self.expect(
            NoticeAct::Close,
            &[NoticeState::Issued, NoticeState::Replied],
        )?;
        if self.state == NoticeState::Issued && now.task.is_open() {
            return Err(NoticeRefusal::NotReplied {
                count: self.outstanding().count(),
            });
        }
        self.state = NoticeState::Closed;
        Ok(self.step(NoticeAct::Close, now, None, words))
    }

    /// Withdraws a notice (撤回) that should not have been sent.
    ///
    /// # Errors
    ///
    /// [`NoticeRefusal`] when it is over already.
    pub fn withdraw(
        &mut self,
        words: Reason,
        now: &Pressing<'_>,
    ) -> Result<NoticeStep, NoticeRefusal> {
        self.expect(NoticeAct::Withdraw, &[NoticeState::Issued])?;
        self.state = NoticeState::Withdrawn;
        Ok(self.step(NoticeAct::Withdraw, now, None, Some(words)))
    }

    fn expect(&self, act: NoticeAct, states: &[NoticeState]) -> Result<(), NoticeRefusal> {
        if states.contains(&self.state) {
            Ok(())
        } else {
            Err(NoticeRefusal::NotAllowed {
                state: self.state,
                act,
            })
        }
    }

    fn step(
        &self,
        act: NoticeAct,
        now: &Pressing<'_>,
        department: Option<DepartmentId>,
        words: Option<Reason>,
    ) -> NoticeStep {
        NoticeStep {
            act,
            by: now.who,
            at: now.at,
            level: self.level,
            reply_by: self.reply_by,
            department,
            words,
            is_automatic: false,
        }
    }
}
