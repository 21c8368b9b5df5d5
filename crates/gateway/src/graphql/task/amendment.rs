//! Amendments of tasks in force (变更) as the API shows them.

use async_graphql::{Context, Description, Enum, ID, Object};
use duban_domain::{
    ids::DepartmentId,
    task::amendment::{self as domain, FieldChange, Responsible, TargetFigure},
    text::Reason,
};

use crate::graphql::{
    account::Person,
    context::request,
    department::Department,
    enums::Comparator,
    error::Fault,
    id::{Kind, global},
    metric::{Metric, Milestone},
    ready::ready,
    scalars::{Date, DateTime, Decimal},
    task::Task,
};

/// Whether an amendment is decided.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::task::amendment::AmendmentState")]
pub enum AmendmentState {
    /// Waiting for a decision.
    Proposed,
    /// Approved and applied.
    Approved,
    /// Refused: nothing changed.
    Refused,
}

/// What an amendment changes.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[graphql(remote = "duban_domain::task::amendment::AmendmentField")]
pub enum AmendmentField {
    /// The lead sentence.
    Title,
    /// The whole text.
    Text,
    /// The last day.
    Deadline,
    /// Who leads and supports.
    Departments,
    /// The target of a metric.
    Target,
    /// A milestone.
    Milestone,
}

/// A proposed change of a task in force (变更).
#[derive(Debug, Clone, Description)]
pub struct Amendment(pub domain::Amendment);

/// One field, old → new.
#[derive(Debug, Clone, Description)]
pub struct AmendmentChange(pub FieldChange);

/// A value of a field, in the form that the field has; the others are null.
#[derive(Debug, Clone, Description)]
pub struct AmendedValue(Value);

#[derive(Debug, Clone)]
enum Value {
    Text(String),
    Date(time::Date),
    Departments(Responsible),
    Target(TargetFigure),
    Milestone(domain::MilestoneWords),
}

#[Object(use_type_description)]
impl Amendment {
    /// Global id.
    async fn id(&self) -> ID {
        global(Kind::Amendment, self.0.id.0)
    }

    /// The task.
    async fn task(&self, ctx: &Context<'_>) -> Result<Task, Fault> {
        let found = request(ctx).loader.load_one(self.0.task).await?;
        found.map(Task).ok_or(Fault::NotFound)
    }

    /// What changes, field by field.
    async fn changes(&self) -> Vec<AmendmentChange> {
        self.0
            .changes
            .iter()
            .cloned()
            .map(AmendmentChange)
            .collect()
    }

    /// Why.
    async fn reason(&self) -> &str {
        self.0.reason.as_str()
    }

    /// Whether it is decided.
    async fn state(&self) -> AmendmentState {
        self.0.state.into()
    }

    /// Who proposed it.
    async fn proposed_by(&self) -> Person {
        Person(self.0.proposed_by.account)
    }

    /// For whom it was proposed, under a delegation.
    async fn proposed_on_behalf_of(&self) -> Option<Person> {
        self.0.proposed_by.acting_for.map(Person)
    }

    /// When.
    async fn proposed_at(&self) -> DateTime {
        DateTime(self.0.proposed_at)
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
        Some(Reason::as_str(words))
    }
}

ready!(Amendment {});

#[Object(use_type_description)]
impl AmendmentChange {
    /// What it changes.
    async fn field(&self) -> AmendmentField {
        self.0.field().into()
    }

    /// The metric whose target changes.
    async fn metric(&self, ctx: &Context<'_>) -> Option<Result<Metric, Fault>> {
        let FieldChange::Target { metric, .. } = self.0 else {
            return None;
        };
        let found = request(ctx).loader.load_one(metric).await;
        found
            .map_err(Fault::from)
            .transpose()
            .map(|one| one.map(Metric))
    }

    /// The milestone that changes; none for a new one.
    async fn milestone(&self, ctx: &Context<'_>) -> Option<Result<Milestone, Fault>> {
        let FieldChange::Milestone {
            old: Some((id, _)), ..
        } = &self.0
        else {
            return None;
        };
        let found = request(ctx).loader.load_one(*id).await;
        found
            .map_err(Fault::from)
            .transpose()
            .map(|one| one.map(Milestone))
    }

    /// As it was; none where nothing was.
    async fn old(&self) -> Option<AmendedValue> {
        let value = match &self.0 {
            FieldChange::Title { old, .. } | FieldChange::Text { old, .. } => {
                Some(Value::Text(old.clone()))
            }
            FieldChange::Deadline { old, .. } => old.map(Value::Date),
            FieldChange::Departments { old, .. } => old.clone().map(Value::Departments),
            FieldChange::Target { old, .. } => Some(Value::Target(*old)),
            FieldChange::Milestone { old, .. } => old
                .as_ref()
                .map(|(_, words)| Value::Milestone(words.clone())),
        };
        value.map(AmendedValue)
    }

    /// As it is to be.
    async fn new(&self) -> AmendedValue {
        AmendedValue(match &self.0 {
            FieldChange::Title { new, .. } | FieldChange::Text { new, .. } => {
                Value::Text(new.clone())
            }
            FieldChange::Deadline { new, .. } => Value::Date(*new),
            FieldChange::Departments { new, .. } => Value::Departments(new.clone()),
            FieldChange::Target { new, .. } => Value::Target(*new),
            FieldChange::Milestone { new, .. } => Value::Milestone(new.clone()),
        })
    }
}

async fn department(ctx: &Context<'_>, id: DepartmentId) -> Result<Department, Fault> {
    let found = request(ctx).loader.load_one(id).await?;
    found.map(Department).ok_or(Fault::NotFound)
}

#[Object(use_type_description)]
impl AmendedValue {
    /// A title, a text, or the title of a milestone.
    async fn text(&self) -> Option<&str> {
        match &self.0 {
            Value::Text(text) => Some(text),
            Value::Milestone(words) => Some(&words.title),
            Value::Date(_) | Value::Departments(_) | Value::Target(_) => None,
        }
    }

    /// A deadline, or the last day of a milestone.
    async fn date(&self) -> Option<Date> {
        match &self.0 {
            Value::Date(day) => Some(Date(*day)),
            Value::Milestone(words) => words.due_on.map(Date),
            Value::Text(_) | Value::Departments(_) | Value::Target(_) => None,
        }
    }

    /// The department that leads.
    async fn lead(&self, ctx: &Context<'_>) -> Option<Result<Department, Fault>> {
        match &self.0 {
            Value::Departments(who) => Some(department(ctx, who.lead).await),
            _ => None,
        }
    }

    /// The departments that support, in order.
    async fn support(&self, ctx: &Context<'_>) -> Result<Vec<Department>, Fault> {
        let Value::Departments(who) = &self.0 else {
            return Ok(Vec::new());
        };
        let all = who.support.iter().map(|one| department(ctx, *one));
        futures_util::future::try_join_all(all).await
    }

    /// How a result compares with the figure of a target.
    async fn comparator(&self) -> Option<Comparator> {
        match &self.0 {
            Value::Target(target) => Some(target.comparator.into()),
            _ => None,
        }
    }

    /// The figure of a target.
    async fn value(&self) -> Option<Decimal> {
        match &self.0 {
            Value::Target(target) => Some(Decimal(target.value)),
            _ => None,
        }
    }

    /// Whether figures of the metric are handed in with evidence only.
    async fn is_evidence_asked(&self) -> Option<bool> {
        match &self.0 {
            Value::Target(target) => Some(target.is_evidence_asked),
            _ => None,
        }
    }
}
