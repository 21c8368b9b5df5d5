//! Dated steps of a task (节点): done with evidence, waived by decision, taken up again.

use time::{Date, OffsetDateTime};

use super::{life::Owners, state::TaskState};
use crate::{
    access::{Decider, Person, four_eyes},
    error::Coded,
    ids::{AccountId, MilestoneId, TaskId},
    named::named,
    text::Reason,
};

named! {
    /// Whether a dated step is taken.
    MilestoneState {
        /// Not yet.
        Open = "OPEN",
        /// Taken.
        Done = "DONE",
        /// No longer needed, by decision.
        Waived = "WAIVED",
    }
}

named! {
    /// What was done to a milestone of a task in force.
    MilestoneAct {
        /// Added after issue.
        Add = "ADD",
        /// Changed after issue.
        Change = "CHANGE",
        /// Done, with evidence.
        Complete = "COMPLETE",
        /// Given up by decision of the owner's side.
        Waive = "WAIVE",
        /// Taken up again, with what was found.
        Reopen = "REOPEN",
    }
}

/// A dated step or yes/no deliverable inside a task (节点).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// Key.
    pub id: MilestoneId,
    /// The task.
    pub task: TaskId,
    /// What is to be there.
    pub title: String,
    /// Last day, where one is set.
    pub due_on: Option<Date>,
    /// Whether it is taken.
    pub state: MilestoneState,
    /// Order within the task.
    pub position: i32,
    /// Changes so far, from 1.
    pub version: i32,
}

/// What somebody wants to do with a milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MilestoneCommand {
    /// It is done.
    Complete {
        /// What shows it.
        evidence: Reason,
        /// The day it was done.
        done_on: Date,
    },
    /// It is no longer needed.
    Waive(Reason),
    /// It is to be done after all.
    Reopen(Reason),
}

/// One entry of a milestone's history; never changed, never removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MilestoneStep {
    /// What was done.
    pub act: MilestoneAct,
    /// Where it stood before.
    pub from: MilestoneState,
    /// Where it stood after.
    pub to: MilestoneState,
    /// The day it was done, of a completion.
    pub done_on: Option<Date>,
    /// Evidence, reason or finding.
    pub words: Option<Reason>,
    /// Who.
    pub who: Person,
    /// When.
    pub at: OffsetDateTime,
}

/// What a decision about a milestone needs to know.
#[derive(Debug, Clone, Copy)]
pub struct MilestoneNow<'a> {
    /// Who acts.
    pub who: Person,
    /// The people whom the one who acts stands in for.
    pub stands_for: &'a [AccountId],
    /// When.
    pub at: OffsetDateTime,
    /// The day it is.
    pub today: Date,
    /// Where its task stands.
    pub task: TaskState,
    /// Who acts for the lead department of its task.
    pub owners: Option<Owners>,
}

/// Why an act on a milestone is refused. It is unchanged then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MilestoneRefusal {
    /// It is done or waived already.
    #[error("the milestone is {state}")]
    Settled {
        /// Where it stands.
        state: MilestoneState,
    },
    /// It is open: there is nothing to take up again.
    #[error("the milestone is open")]
    NotSettled,
    /// The task does not let its milestones move now.
    #[error("the task is {state}")]
    TaskNotUnderway {
        /// Where the task stands.
        state: TaskState,
    },
    /// Nothing is done on a day to come.
    #[error("{date} is still to come")]
    DateAhead {
        /// The day given.
        date: Date,
    },
    /// Who answers for the task cannot let it off.
    #[error("who acts for the lead department cannot waive its milestones")]
    SamePerson,
}

impl Coded for MilestoneRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Settled { .. } => "MILESTONE_SETTLED",
            Self::NotSettled => "MILESTONE_NOT_SETTLED",
            Self::TaskNotUnderway { .. } => "MILESTONE_TASK_NOT_UNDERWAY",
            Self::DateAhead { .. } => "DATE_AHEAD",
            Self::SamePerson => "FOUR_EYES",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Settled { state } => vec![("state", state.to_string())],
            Self::TaskNotUnderway { state } => vec![("state", state.to_string())],
            Self::DateAhead { date } => vec![("date", date.to_string())],
            Self::NotSettled | Self::SamePerson => Vec::new(),
        }
    }
}

impl Milestone {
    /// Does it; on an error the milestone is unchanged.
    ///
    /// # Errors
    ///
    /// [`MilestoneRefusal`] says why not.
    pub fn apply(
        &mut self,
        command: MilestoneCommand,
        now: &MilestoneNow<'_>,
    ) -> Result<MilestoneStep, MilestoneRefusal> {
        let (act, to, words, done_on) = match command {
            MilestoneCommand::Complete { evidence, done_on } => {
                self.is_open()?;
                if !now.task.is_underway() {
                    return Err(MilestoneRefusal::TaskNotUnderway { state: now.task });
                }
                if done_on > now.today {
                    return Err(MilestoneRefusal::DateAhead { date: done_on });
                }
                let to = MilestoneState::Done;
                (MilestoneAct::Complete, to, evidence, Some(done_on))
            }
            MilestoneCommand::Waive(reason) => {
                self.is_open()?;
                now.may_be_decided()?;
                now.is_decided_by_other()?;
                (MilestoneAct::Waive, MilestoneState::Waived, reason, None)
            }
            MilestoneCommand::Reopen(finding) => {
                if self.state == MilestoneState::Open {
                    return Err(MilestoneRefusal::NotSettled);
                }
                now.may_be_decided()?;
                (MilestoneAct::Reopen, MilestoneState::Open, finding, None)
            }
        };
        let from = std::mem::replace(&mut self.state, to);
        Ok(MilestoneStep {
            act,
            from,
            to,
            done_on,
            words: Some(words),
            who: now.who,
            at: now.at,
        })
    }

    /// The entry of an act that leaves the state alone.
    #[must_use]
    pub fn noted(&self, act: MilestoneAct, (who, at): (Person, OffsetDateTime)) -> MilestoneStep {
        MilestoneStep {
            act,
            from: self.state,
            to: self.state,
            done_on: None,
            words: None,
            who,
            at,
        }
    }

    const fn is_open(&self) -> Result<(), MilestoneRefusal> {
        match self.state {
            MilestoneState::Open => Ok(()),
            state => Err(MilestoneRefusal::Settled { state }),
        }
    }
}

impl MilestoneNow<'_> {
    /// The owner's side decides while the task is neither submitted nor over.
    const fn may_be_decided(&self) -> Result<(), MilestoneRefusal> {
        match self.task {
            TaskState::CompletionSubmitted => {
                Err(MilestoneRefusal::TaskNotUnderway { state: self.task })
            }
            state if state.is_open() => Ok(()),
            state => Err(MilestoneRefusal::TaskNotUnderway { state }),
        }
    }

    fn is_decided_by_other(&self) -> Result<(), MilestoneRefusal> {
        let owners = self
            .owners
            .map(|one| [one.accountable(), one.substitute()])
            .into_iter()
            .flatten();
        for owner in owners {
            let decider = Decider {
                person: self.who,
                stands_for: self.stands_for,
            };
            four_eyes(Person::alone(owner), decider).map_err(|_| MilestoneRefusal::SamePerson)?;
        }
        Ok(())
    }
}
