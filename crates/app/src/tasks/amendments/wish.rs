//! What somebody wants a task to be, and what that changes.

use duban_domain::{
    ids::{DepartmentId, MetricId, MilestoneId},
    plan::draft::AssignmentRole,
    quantity::{Comparator, Figure},
    task::{
        Assignments, TITLE_LENGTH, Task,
        amendment::{FieldChange, MilestoneWords, Responsible, TargetFigure},
    },
};
use duban_persistence::{WriteTx, assignments, departments, metrics, milestones};
use time::Date;

use super::super::items::long_text;
use crate::{
    change::{Call, ChangeError},
    drafts::Edit,
    plans::{refuse, text_field},
};

/// Longest title of a milestone, in characters.
const MILESTONE_LENGTH: usize = 200;

/// A new target for a metric of the task.
#[derive(Debug, Clone)]
pub struct TargetWish {
    /// The metric.
    pub metric: MetricId,
    /// How a result compares; none leaves it.
    pub comparator: Option<Comparator>,
    /// The figure; none leaves it.
    pub value: Option<Figure>,
    /// Whether figures are handed in with evidence only; none leaves it.
    pub is_evidence_asked: Option<bool>,
}

/// A milestone to be changed or added.
#[derive(Debug, Clone)]
pub struct MilestoneWish {
    /// The milestone; none for a new one.
    pub milestone: Option<MilestoneId>,
    /// What is to be there; none leaves it.
    pub title: Option<String>,
    /// Last day.
    pub due_on: Edit<Date>,
}

/// What somebody wants a task to be; what is none stays.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// The lead sentence.
    pub title: Option<String>,
    /// The whole text.
    pub text: Option<String>,
    /// The last day.
    pub deadline: Option<Date>,
    /// Who leads and supports.
    pub departments: Option<(DepartmentId, Vec<DepartmentId>)>,
    /// Targets.
    pub targets: Vec<TargetWish>,
    /// Milestones.
    pub milestones: Vec<MilestoneWish>,
}

/// What the wish changes, field by field; fields that stay are among them.
pub(super) async fn changes(
    tx: &WriteTx,
    call: &Call,
    task: &Task,
    wish: Wish,
) -> Result<Vec<FieldChange>, ChangeError> {
    let mut changes = Vec::new();
    if let Some(title) = wish.title {
        changes.push(FieldChange::Title {
            old: task.title.clone(),
            new: text_field("title", &title, TITLE_LENGTH)?,
        });
    }
    if let Some(text) = wish.text {
        changes.push(FieldChange::Text {
            old: task.text.clone(),
            new: long_text("text", &text)?,
        });
    }
    if let Some(new) = wish.deadline {
        let old = task.deadline;
        changes.push(FieldChange::Deadline { old, new });
    }
    if let Some(wanted) = wish.departments {
        changes.push(departments_of(tx, call, task, wanted).await?);
    }
    if !wish.targets.is_empty() {
        changes.extend(targets(tx, call, task, wish.targets).await?);
    }
    if !wish.milestones.is_empty() {
        changes.extend(steps(tx, call, task, wish.milestones).await?);
    }
    Ok(changes)
}

/// Who is responsible for a task now.
pub(super) async fn responsible(
    tx: &WriteTx,
    call: &Call,
    task: &Task,
) -> Result<Option<Responsible>, ChangeError> {
    let scope = call.who.scope();
    let found = assignments::of_tasks(tx.conn(), &scope, &[task.id]).await?;
    let (mut lead, mut support) = (None, Vec::new());
    for one in found.into_values().flatten() {
        match one.role {
            AssignmentRole::Lead => lead = Some(one.department),
            AssignmentRole::Support => support.push(one.department),
        }
    }
    Ok(lead.map(|lead| Responsible { lead, support }))
}

async fn departments_of(
    tx: &WriteTx,
    call: &Call,
    task: &Task,
    (lead, support): (DepartmentId, Vec<DepartmentId>),
) -> Result<FieldChange, ChangeError> {
    let mut wanted = Assignments::led_by(lead);
    for one in &support {
        refuse("support", wanted.add_support(*one))?;
    }
    let mut ids = support.clone();
    ids.push(lead);
    let known = departments::find_many(tx.conn(), &ids).await?;
    if !known.iter().any(|one| one.id == lead) {
        return Err(ChangeError::field("lead", "DEPARTMENT_UNKNOWN"));
    }
    if known.len() != ids.len() {
        return Err(ChangeError::field("support", "DEPARTMENT_UNKNOWN"));
    }
    Ok(FieldChange::Departments {
        old: responsible(tx, call, task).await?,
        new: Responsible { lead, support },
    })
}

async fn targets(
    tx: &WriteTx,
    call: &Call,
    task: &Task,
    wishes: Vec<TargetWish>,
) -> Result<Vec<FieldChange>, ChangeError> {
    let scope = call.who.scope();
    let known = metrics::of_tasks(tx.conn(), &scope, &[task.id]).await?;
    let known = known.into_values().next().unwrap_or_default();
    wishes
        .into_iter()
        .map(|wish| {
            let metric = known.iter().find(|one| one.id == wish.metric);
            let metric = metric.ok_or(ChangeError::field("targets", "AMENDMENT_NOT_OF_TASK"))?;
            let mut target = metric.target.clone();
            target.comparator = wish.comparator.unwrap_or(target.comparator);
            target.value = wish.value.unwrap_or(target.value);
            refuse("targets", target.check())?;
            Ok(FieldChange::Target {
                metric: metric.id,
                old: TargetFigure {
                    comparator: metric.target.comparator,
                    value: metric.target.value,
                    is_evidence_asked: metric.is_evidence_asked,
                },
                new: TargetFigure {
                    comparator: target.comparator,
                    value: target.value,
                    is_evidence_asked: wish.is_evidence_asked.unwrap_or(metric.is_evidence_asked),
                },
            })
        })
        .collect()
}

async fn steps(
    tx: &WriteTx,
    call: &Call,
    task: &Task,
    wishes: Vec<MilestoneWish>,
) -> Result<Vec<FieldChange>, ChangeError> {
    let scope = call.who.scope();
    let known = milestones::of_tasks(tx.conn(), &scope, &[task.id]).await?;
    let known = known.into_values().next().unwrap_or_default();
    wishes
        .into_iter()
        .map(|wish| {
            let old = match wish.milestone {
                None => None,
                Some(id) => {
                    let found = known.iter().find(|one| one.id == id);
                    let found =
                        found.ok_or(ChangeError::field("milestones", "AMENDMENT_NOT_OF_TASK"))?;
                    let words = MilestoneWords {
                        title: found.title.clone(),
                        due_on: found.due_on,
                    };
                    Some((id, words))
                }
            };
            let title = match (&wish.title, &old) {
                (None, Some((_, words))) => words.title.clone(),
                (title, _) => {
                    let title = title.as_deref().unwrap_or_default();
                    text_field("milestones", title, MILESTONE_LENGTH)?
                }
            };
            let due_on = old.as_ref().and_then(|(_, words)| words.due_on);
            Ok(FieldChange::Milestone {
                new: MilestoneWords {
                    title,
                    due_on: wish.due_on.apply(due_on),
                },
                old,
            })
        })
        .collect()
}
