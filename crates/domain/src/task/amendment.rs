//! Amendments (变更, product rule 10): after issue a change of words, deadline, departments, targets or
//! milestones is proposed with its reason, old → new, and decided by somebody else.

use time::{Date, OffsetDateTime};

use super::{
    extension::Decision,
    life::{Circumstances, Step, TaskLife},
    state::{TaskState, Transition},
};
use crate::{
    access::{Decider, Person, four_eyes},
    error::Coded,
    ids::{AccountId, AmendmentId, DepartmentId, MetricId, MilestoneId, TaskId},
    named::named,
    quantity::{Comparator, Figure},
    text::Reason,
};

named! {
    /// Whether an amendment is decided.
    AmendmentState {
        /// Waiting for a decision.
        Proposed = "PROPOSED",
        /// Approved and applied.
        Approved = "APPROVED",
        /// Refused: nothing changed.
        Refused = "REFUSED",
    }
}

named! {
    /// What an amendment changes.
    AmendmentField {
        /// The lead sentence.
        Title = "TITLE",
        /// The whole text.
        Text = "TEXT",
        /// The last day.
        Deadline = "DEADLINE",
        /// Who leads and supports.
        Departments = "DEPARTMENTS",
        /// The target of a metric.
        Target = "TARGET",
        /// A milestone.
        Milestone = "MILESTONE",
    }
}

/// Who is responsible: the lead, and those who support, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Responsible {
    /// Who leads.
    pub lead: DepartmentId,
    /// Who supports.
    pub support: Vec<DepartmentId>,
}

/// The target of a metric, as far as it is amended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TargetFigure {
    /// How a result compares.
    pub comparator: Comparator,
    /// The figure.
    pub value: Figure,
    /// Whether figures of it are handed in with evidence only.
    pub is_evidence_asked: bool,
}

/// Words and day of a milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MilestoneWords {
    /// What is to be there.
    pub title: String,
    /// Last day, where one is set.
    pub due_on: Option<Date>,
}

/// One field, old → new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldChange {
    /// The lead sentence.
    Title {
        /// As it was.
        old: String,
        /// As it is to be.
        new: String,
    },
    /// The whole text.
    Text {
        /// As it was.
        old: String,
        /// As it is to be.
        new: String,
    },
    /// The last day.
    Deadline {
        /// As it was.
        old: Option<Date>,
        /// As it is to be.
        new: Date,
    },
    /// Who leads and supports.
    Departments {
        /// As it was; none where nobody led.
        old: Option<Responsible>,
        /// As it is to be.
        new: Responsible,
    },
    /// The target of a metric.
    Target {
        /// The metric.
        metric: MetricId,
        /// As it was.
        old: TargetFigure,
        /// As it is to be.
        new: TargetFigure,
    },
    /// A milestone changed, or added where there was none.
    Milestone {
        /// The milestone and how it was; none for a new one.
        old: Option<(MilestoneId, MilestoneWords)>,
        /// As it is to be.
        new: MilestoneWords,
    },
}

impl FieldChange {
    /// What it changes.
    #[must_use]
    pub const fn field(&self) -> AmendmentField {
        match self {
            Self::Title { .. } => AmendmentField::Title,
            Self::Text { .. } => AmendmentField::Text,
            Self::Deadline { .. } => AmendmentField::Deadline,
            Self::Departments { .. } => AmendmentField::Departments,
            Self::Target { .. } => AmendmentField::Target,
            Self::Milestone { .. } => AmendmentField::Milestone,
        }
    }

    /// Whether old and new are one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Title { old, new } | Self::Text { old, new } => old == new,
            Self::Deadline { old, new } => *old == Some(*new),
            Self::Departments { old, new } => old.as_ref() == Some(new),
            Self::Target { old, new, .. } => old == new,
            Self::Milestone { old, new } => old.as_ref().is_some_and(|(_, old)| old == new),
        }
    }
}

/// A proposed change of a task in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// Key.
    pub id: AmendmentId,
    /// The task.
    pub task: TaskId,
    /// What changes, field by field.
    pub changes: Vec<FieldChange>,
    /// Why.
    pub reason: Reason,
    /// Who proposed it.
    pub proposed_by: Person,
    /// When.
    pub proposed_at: OffsetDateTime,
    /// Whether it is decided.
    pub state: AmendmentState,
    /// Who decided, when, and with which words.
    pub decision: Option<Decision>,
}

/// Why an amendment is refused its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AmendmentRefusal {
    /// Nothing would change.
    #[error("nothing would change")]
    Empty,
    /// One proposal at a time.
    #[error("an amendment of the task is waiting for its decision")]
    Pending,
    /// The task is under review, or over.
    #[error("the task is {state}")]
    TaskClosed {
        /// Where the task stands.
        state: TaskState,
    },
    /// What was proposed to change has changed meanwhile.
    #[error("{field} has changed since the proposal")]
    Outdated {
        /// The field.
        field: AmendmentField,
    },
    /// The day is over.
    #[error("{date} is past")]
    DatePast {
        /// The day given.
        date: Date,
    },
    /// It was decided already.
    #[error("the amendment is decided")]
    Decided,
    /// Whoever proposed it cannot decide on it.
    #[error("the same person stands behind the proposal and the decision")]
    SamePerson,
}

impl Coded for AmendmentRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "AMENDMENT_EMPTY",
            Self::Pending => "AMENDMENT_PENDING",
            Self::TaskClosed { .. } => "AMENDMENT_TASK_CLOSED",
            Self::Outdated { .. } => "AMENDMENT_OUTDATED",
            Self::DatePast { .. } => "DATE_PAST",
            Self::Decided => "AMENDMENT_DECIDED",
            Self::SamePerson => "FOUR_EYES",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TaskClosed { state } => vec![("state", state.to_string())],
            Self::Outdated { field } => vec![("field", field.to_string())],
            Self::DatePast { date } => vec![("date", date.to_string())],
            Self::Empty | Self::Pending | Self::Decided | Self::SamePerson => Vec::new(),
        }
    }
}

impl Amendment {
    /// Allows amending a task that stands there: not while its completion is reviewed, nor afterwards.
    ///
    /// # Errors
    ///
    /// [`AmendmentRefusal::TaskClosed`] otherwise.
    pub const fn may_amend(state: TaskState) -> Result<(), AmendmentRefusal> {
        match state {
            TaskState::CompletionSubmitted => Err(AmendmentRefusal::TaskClosed { state }),
            state if state.is_open() => Ok(()),
            state => Err(AmendmentRefusal::TaskClosed { state }),
        }
    }

    /// Takes a proposal, without the fields that it leaves as they are.
    ///
    /// # Errors
    ///
    /// [`AmendmentRefusal`] when nothing would change, another waits, or a deadline is past.
    pub fn propose(
        proposed: Self,
        today: Date,
        earlier: &[Self],
    ) -> Result<Self, AmendmentRefusal> {
        let mut proposed = proposed;
        proposed.changes.retain(|one| !one.is_empty());
        if proposed.changes.is_empty() {
            return Err(AmendmentRefusal::Empty);
        }
        if earlier
            .iter()
            .any(|one| one.state == AmendmentState::Proposed)
        {
            return Err(AmendmentRefusal::Pending);
        }
        for change in &proposed.changes {
            if let FieldChange::Deadline { new, .. } = change
                && *new < today
            {
                return Err(AmendmentRefusal::DatePast { date: *new });
            }
        }
        Ok(proposed)
    }

    /// Decides a proposal. `stands_for` are the people whom the one who decides stands in for.
    ///
    /// # Errors
    ///
    /// [`AmendmentRefusal::SamePerson`] for whoever proposed, [`AmendmentRefusal::Decided`] the second
    /// time.
    pub fn decide(
        &mut self,
        state: AmendmentState,
        (decision, stands_for): (Decision, &[AccountId]),
    ) -> Result<(), AmendmentRefusal> {
        if self.state != AmendmentState::Proposed || state == AmendmentState::Proposed {
            return Err(AmendmentRefusal::Decided);
        }
        let decider = Decider {
            person: decision.by,
            stands_for,
        };
        four_eyes(self.proposed_by, decider).map_err(|_| AmendmentRefusal::SamePerson)?;
        self.state = state;
        self.decision = Some(decision);
        Ok(())
    }
}

impl TaskLife {
    /// Moves a task to another lead by an approved amendment: a department that was handed it before
    /// signs for it anew. Returns the step, where the task was handed out.
    pub fn change_lead(&mut self, reason: Reason, now: &Circumstances<'_>) -> Option<Step> {
        if self.state == TaskState::Draft {
            return None;
        }
        let from = std::mem::replace(&mut self.state, TaskState::Assigned);
        let days = u32::from(now.sign_working_days);
        self.sign_by = Some(now.calendar.working_day_after(now.today, days));
        self.owners = None;
        self.before = None;
        self.review_on = None;
        self.mend_by = None;
        self.submitted_by = None;
        Some(Step {
            transition: Transition::Reassign,
            from,
            to: self.state,
            who: now.who,
            reason: Some(reason),
        })
    }
}
