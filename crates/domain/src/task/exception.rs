//! Exceptions for metrics (product rule 4): a task may be completed although a metric is not attained,
//! asked for by the lead department and approved by somebody else.

use time::OffsetDateTime;

use super::{extension::Decision, state::TaskState};
use crate::{
    access::{Decider, Person, four_eyes},
    error::Coded,
    ids::{AccountId, ExceptionId, MetricId, TaskId},
    named::named,
    text::Reason,
};

named! {
    /// Whether an exception is decided.
    ExceptionState {
        /// Waiting for a decision.
        Requested = "REQUESTED",
        /// Granted: the metric does not hold its task up any more.
        Approved = "APPROVED",
        /// Refused: the metric is to be attained.
        Refused = "REFUSED",
    }
}

/// A request to complete a task although one of its metrics is not attained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricException {
    /// Key.
    pub id: ExceptionId,
    /// The task.
    pub task: TaskId,
    /// The metric.
    pub metric: MetricId,
    /// Why.
    pub reason: Reason,
    /// Who asked.
    pub requested_by: Person,
    /// When.
    pub requested_at: OffsetDateTime,
    /// Whether it is decided.
    pub state: ExceptionState,
    /// Who decided, when, and with which words.
    pub decision: Option<Decision>,
}

/// Why an exception is refused its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExceptionRefusal {
    /// Nobody works on the task.
    #[error("nobody works on the task: {state}")]
    TaskNotUnderway {
        /// Where the task stands.
        state: TaskState,
    },
    /// One request at a time.
    #[error("a request for the metric is waiting for its decision")]
    Pending,
    /// The metric has its exception.
    #[error("the metric has an approved exception")]
    Granted,
    /// It was decided already.
    #[error("the request is decided")]
    Decided,
    /// Whoever asked for it cannot decide on it.
    #[error("the same person stands behind the request and the decision")]
    SamePerson,
}

impl Coded for ExceptionRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::TaskNotUnderway { .. } => "EXCEPTION_TASK_NOT_UNDERWAY",
            Self::Pending => "EXCEPTION_PENDING",
            Self::Granted => "EXCEPTION_GRANTED",
            Self::Decided => "EXCEPTION_DECIDED",
            Self::SamePerson => "FOUR_EYES",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TaskNotUnderway { state } => vec![("state", state.to_string())],
            Self::Pending | Self::Granted | Self::Decided | Self::SamePerson => Vec::new(),
        }
    }
}

impl MetricException {
    /// Allows a request for a metric of a task that stands there, given the earlier requests for it.
    ///
    /// # Errors
    ///
    /// [`ExceptionRefusal`] says why not.
    pub fn may_be_requested<'a>(
        task: TaskState,
        earlier: impl IntoIterator<Item = &'a Self>,
    ) -> Result<(), ExceptionRefusal> {
        if !task.is_underway() {
            return Err(ExceptionRefusal::TaskNotUnderway { state: task });
        }
        for one in earlier {
            match one.state {
                ExceptionState::Requested => return Err(ExceptionRefusal::Pending),
                ExceptionState::Approved => return Err(ExceptionRefusal::Granted),
                ExceptionState::Refused => {}
            }
        }
        Ok(())
    }

    /// Decides a request. `stands_for` are the people whom the one who decides stands in for.
    ///
    /// # Errors
    ///
    /// [`ExceptionRefusal::SamePerson`] for whoever asked, [`ExceptionRefusal::Decided`] the second time.
    pub fn decide(
        &mut self,
        state: ExceptionState,
        (decision, stands_for): (Decision, &[AccountId]),
    ) -> Result<(), ExceptionRefusal> {
        if self.state != ExceptionState::Requested || state == ExceptionState::Requested {
            return Err(ExceptionRefusal::Decided);
        }
        let decider = Decider {
            person: decision.by,
            stands_for,
        };
        four_eyes(self.requested_by, decider).map_err(|_| ExceptionRefusal::SamePerson)?;
        self.state = state;
        self.decision = Some(decision);
        Ok(())
    }
}
