//! What happens to milestones, exceptions for metrics, and where items come from, as the API shows it.

use async_graphql::{Context, Description, Enum, ID, Object};
use duban_domain::task as domain;

use crate::graphql::{
    account::Person,
    context::request,
    department::Department,
    enums::MilestoneState,
    error::Fault,
    id::{Kind, global},
    metric::Metric,
    scalars::{Date, DateTime},
};

/// What was done to a milestone of a task in force.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::task::MilestoneAct")]
pub enum MilestoneAct {
    /// Added after issue.
    Add,
    /// Changed after issue.
    Change,
    /// Done, with evidence.
    Complete,
    /// Given up by decision.
    Waive,
    /// Taken up again.
    Reopen,
}

/// Whether an exception is decided.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::task::ExceptionState")]
pub enum ExceptionState {
    /// Waiting for a decision.
    Requested,
    /// Granted: the metric does not hold its task up any more.
    Approved,
    /// Refused: the metric is to be attained.
    Refused,
}

/// One step of a milestone's life; never changed, never removed.
#[derive(Debug, Clone, Description)]
pub struct MilestoneStep(pub domain::MilestoneStep);

/// A request to complete a task although one of its metrics is not attained (指标例外).
#[derive(Debug, Clone, Description)]
pub struct MetricException(pub domain::MetricException);

/// Where a task without a plan comes from (事项来源).
#[derive(Debug, Clone, Description)]
pub struct TaskOrigin(pub domain::item::Origin);

#[Object(use_type_description)]
impl MilestoneStep {
    /// What was done.
    async fn act(&self) -> MilestoneAct {
        self.0.act.into()
    }

    /// Where the milestone stood before.
    async fn from(&self) -> MilestoneState {
        self.0.from.into()
    }

    /// Where it stood after.
    async fn to(&self) -> MilestoneState {
        self.0.to.into()
    }

    /// The day it was done, of a completion.
    async fn done_on(&self) -> Option<Date> {
        self.0.done_on.map(Date)
    }

    /// Evidence, reason or finding.
    async fn words(&self) -> Option<&str> {
        self.0
            .words
            .as_ref()
            .map(duban_domain::text::Reason::as_str)
    }

    /// Who did it.
    async fn by(&self) -> Person {
        Person(self.0.who.account)
    }

    /// For whom it was done, under a delegation.
    async fn on_behalf_of(&self) -> Option<Person> {
        self.0.who.acting_for.map(Person)
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }
}

#[Object(use_type_description)]
impl MetricException {
    /// Global id.
    async fn id(&self) -> ID {
        global(Kind::Exception, self.0.id.0)
    }

    /// The metric.
    async fn metric(&self, ctx: &Context<'_>) -> Result<Metric, Fault> {
        let found = request(ctx).loader.load_one(self.0.metric).await?;
        found.map(Metric).ok_or(Fault::NotFound)
    }

    /// Why.
    async fn reason(&self) -> &str {
        self.0.reason.as_str()
    }

    /// Whether it is decided.
    async fn state(&self) -> ExceptionState {
        self.0.state.into()
    }

    /// Who asked.
    async fn requested_by(&self) -> Person {
        Person(self.0.requested_by.account)
    }

    /// When.
    async fn requested_at(&self) -> DateTime {
        DateTime(self.0.requested_at)
    }

    /// Who decided.
    async fn decided_by(&self) -> Option<Person> {
        self.0.decision.as_ref().map(|one| Person(one.by.account))
    }

    /// When it was decided.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decision.as_ref().map(|one| DateTime(one.at))
    }

    /// The words of the decision.
    async fn decision_reason(&self) -> Option<&str> {
        let words = self.0.decision.as_ref()?.reason.as_ref()?;
        Some(words.as_str())
    }
}

#[Object(use_type_description)]
impl TaskOrigin {
    /// The department that set the task and reviews it.
    async fn owner(&self, ctx: &Context<'_>) -> Result<Department, Fault> {
        let found = request(ctx).loader.load_one(self.0.owner).await?;
        found.map(Department).ok_or(Fault::NotFound)
    }

    /// Who said it, and where; none for a part, whose source is its parent.
    async fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }

    /// The day it was said or decided.
    async fn on(&self) -> Option<Date> {
        self.0.on.map(Date)
    }

    /// 发文字号 of the paper that says so.
    async fn document_number(&self) -> Option<&str> {
        self.0.document_number.as_deref()
    }

    /// Who entered it.
    async fn created_by(&self) -> Person {
        Person(self.0.created_by.account)
    }

    /// When.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}
