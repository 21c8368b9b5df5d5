//! What happened to a task, step by step, and requests for more time, as the API shows them.

use async_graphql::{Description, ID, Object};
use duban_domain::task as domain;
use duban_persistence::lives::StoredStep;

use super::enums::{ExtensionState, Transition};
use crate::graphql::{
    account::Person,
    enums::TaskState,
    id::{Kind, global},
    ready::ready,
    scalars::{Date, DateTime},
};

/// One step of a task's life; never changed, never removed.
#[derive(Debug, Clone, Description)]
pub struct TaskStep(pub StoredStep);

/// A request for more time (延期).
#[derive(Debug, Clone, Description)]
pub struct Extension(pub domain::Extension);

#[Object(use_type_description)]
impl TaskStep {
    /// Its number in the task's life, from 1.
    async fn seq(&self) -> i32 {
        self.0.seq
    }

    /// What was done.
    async fn transition(&self) -> Transition {
        self.0.step.transition.into()
    }

    /// Where the task stood before.
    async fn from(&self) -> TaskState {
        self.0.step.from.into()
    }

    /// Where it stood after.
    async fn to(&self) -> TaskState {
        self.0.step.to.into()
    }

    /// Who did it.
    async fn by(&self) -> Person {
        Person(self.0.step.who.account)
    }

    /// For whom it was done, under a delegation.
    async fn on_behalf_of(&self) -> Option<Person> {
        self.0.step.who.acting_for.map(Person)
    }

    /// The words given with it.
    async fn reason(&self) -> Option<&str> {
        self.0
            .step
            .reason
            .as_ref()
            .map(duban_domain::text::Reason::as_str)
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }
}

ready!(TaskStep {});

#[Object(use_type_description)]
impl Extension {
    /// Global id.
    async fn id(&self) -> ID {
        global(Kind::Extension, self.0.id.0)
    }

    /// The deadline when it was asked for.
    async fn from(&self) -> Date {
        Date(self.0.from)
    }

    /// The deadline asked for.
    async fn to(&self) -> Date {
        Date(self.0.to)
    }

    /// Why.
    async fn reason(&self) -> &str {
        self.0.reason.as_str()
    }

    /// Whether it is decided.
    async fn state(&self) -> ExtensionState {
        self.0.state.into()
    }

    /// Who asked.
    async fn requested_by(&self) -> Person {
        Person(self.0.requested_by.account)
    }

    /// For whom it was asked, under a delegation.
    async fn requested_on_behalf_of(&self) -> Option<Person> {
        self.0.requested_by.acting_for.map(Person)
    }

    /// When.
    async fn requested_at(&self) -> DateTime {
        DateTime(self.0.requested_at)
    }

    /// Who decided.
    async fn decided_by(&self) -> Option<Person> {
        self.0.decision.as_ref().map(|one| Person(one.by.account))
    }

    /// For whom it was decided, under a delegation.
    async fn decided_on_behalf_of(&self) -> Option<Person> {
        let decision = self.0.decision.as_ref();
        decision.and_then(|one| one.by.acting_for).map(Person)
    }

    /// When it was decided.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decision.as_ref().map(|one| DateTime(one.at))
    }

    /// The words of the decision.
    async fn decision_reason(&self) -> Option<&str> {
        let decision = self.0.decision.as_ref()?;
        decision
            .reason
            .as_ref()
            .map(duban_domain::text::Reason::as_str)
    }
}
