//! Extension of a deadline (延期): asked for before it passes, decided by somebody else; the original
//! deadline stays and is the one that is evaluated.

use time::{Date, OffsetDateTime};

use super::{life::TaskLife, refusal::Refusal};
use crate::{
    access::{Decider, Person, four_eyes},
    ids::{AccountId, ExtensionId, TaskId},
    named::named,
    text::Reason,
};

named! {
    /// Whether an extension is decided.
    ExtensionState {
        /// Waiting for a decision.
        Requested = "REQUESTED",
        /// Granted: the deadline moved.
        Approved = "APPROVED",
        /// Refused: the deadline stays.
        Refused = "REFUSED",
    }
}

/// A request for more time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// Key.
    pub id: ExtensionId,
    /// The task.
    pub task: TaskId,
    /// The deadline when it was asked for.
    pub from: Date,
    /// The deadline asked for.
    pub to: Date,
    /// Why.
    pub reason: Reason,
    /// Who asked.
    pub requested_by: Person,
    /// When.
    pub requested_at: OffsetDateTime,
    /// Whether it is decided.
    pub state: ExtensionState,
    /// Who decided, when, and with which words.
    pub decision: Option<Decision>,
}

/// A decision on a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Who.
    pub by: Person,
    /// When.
    pub at: OffsetDateTime,
    /// Why; a refusal always says so.
    pub reason: Option<Reason>,
}

/// What a request for more time says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtensionRequest {
    /// Key of the new request.
    pub id: ExtensionId,
    /// The task.
    pub task: TaskId,
    /// The deadline asked for.
    pub to: Date,
    /// Why.
    pub reason: Reason,
}

impl TaskLife {
    /// Asks for more time. `is_pending` says whether an earlier request still waits.
    ///
    /// # Errors
    ///
    /// [`Refusal`]: after the deadline, to an earlier day, while another waits, or when nobody works on it.
    pub fn request_extension(
        &self,
        request: ExtensionRequest,
        (who, at): (Person, OffsetDateTime),
        today: Date,
        is_pending: bool,
    ) -> Result<Extension, Refusal> {
        let from = self.may_be_extended(today, is_pending)?;
        if request.to <= from {
            return Err(Refusal::NotLater {
                deadline: from,
                to: request.to,
            });
        }
        Ok(Extension {
            id: request.id,
            task: request.task,
            from,
            to: request.to,
            reason: request.reason,
            requested_by: who,
            requested_at: at,
            state: ExtensionState::Requested,
            decision: None,
        })
    }

    /// Whether more time may be asked for; returns the deadline that stands.
    ///
    /// # Errors
    ///
    /// [`Refusal`] says why not.
    pub fn may_be_extended(&self, today: Date, is_pending: bool) -> Result<Date, Refusal> {
        let deadline = self.deadline.ok_or(Refusal::NoDeadline)?;
        if !self.state.is_underway() {
            return Err(Refusal::NotUnderway { from: self.state });
        }
        if today > deadline {
            return Err(Refusal::DeadlinePassed { deadline });
        }
        if is_pending {
            return Err(Refusal::ExtensionPending);
        }
        Ok(deadline)
    }

    /// Decides a request; granting moves the deadline, the original one stays. `stands_for` are the
    /// people whom the one who decides stands in for.
    ///
    /// # Errors
    ///
    /// [`Refusal::SamePerson`] for whoever asked, [`Refusal::ExtensionDecided`] the second time.
    pub fn decide_extension(
        &mut self,
        extension: &mut Extension,
        state: ExtensionState,
        (decision, stands_for): (Decision, &[AccountId]),
    ) -> Result<(), Refusal> {
        if extension.state != ExtensionState::Requested || state == ExtensionState::Requested {
            return Err(Refusal::ExtensionDecided);
        }
        let decider = Decider {
            person: decision.by,
            stands_for,
        };
        four_eyes(extension.requested_by, decider).map_err(|_| Refusal::SamePerson)?;
        if state == ExtensionState::Approved {
            if !self.state.is_open() {
                return Err(Refusal::NotUnderway { from: self.state });
            }
            self.deadline = Some(extension.to);
        }
        extension.state = state;
        extension.decision = Some(decision);
        Ok(())
    }
}
