//! The form in which a change of a field is stored: what it is about, old and new as JSON.

use duban_domain::{
    ids::{DepartmentId, MetricId, MilestoneId},
    quantity::{Comparator, Figure},
    task::amendment::{AmendmentField, FieldChange, MilestoneWords, Responsible, TargetFigure},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use time::Date;
use uuid::Uuid;

use crate::{
    entity::amendment_change,
    error::{StoreError, corrupt},
};

#[derive(Serialize, Deserialize)]
struct StoredResponsible {
    lead: DepartmentId,
    support: Vec<DepartmentId>,
}

#[derive(Serialize, Deserialize)]
struct StoredTarget {
    comparator: String,
    /// In ten-thousandths.
    value: i64,
    /// Left out in amendments from before metrics could ask for it.
    #[serde(default)]
    is_evidence_asked: bool,
}

#[derive(Serialize, Deserialize)]
struct StoredMilestone {
    title: String,
    due_on: Option<Date>,
}

fn responsible(who: &Responsible) -> Value {
    json!(StoredResponsible {
        lead: who.lead,
        support: who.support.clone(),
    })
}

fn target(one: TargetFigure) -> Value {
    json!(StoredTarget {
        comparator: one.comparator.name().to_owned(),
        value: one.value.scaled(),
        is_evidence_asked: one.is_evidence_asked,
    })
}

fn milestone(one: &MilestoneWords) -> Value {
    json!(StoredMilestone {
        title: one.title.clone(),
        due_on: one.due_on,
    })
}

/// What a change is about, its old value and its new one.
pub(super) fn parts(change: &FieldChange) -> (Option<Uuid>, Option<Value>, Value) {
    match change {
        FieldChange::Title { old, new } | FieldChange::Text { old, new } => {
            (None, Some(json!(old)), json!(new))
        }
        FieldChange::Deadline { old, new } => (None, old.map(|day| json!(day)), json!(new)),
        FieldChange::Departments { old, new } => {
            (None, old.as_ref().map(responsible), responsible(new))
        }
        FieldChange::Target { metric, old, new } => {
            (Some(metric.0), Some(target(*old)), target(*new))
        }
        FieldChange::Milestone { old, new } => (
            old.as_ref().map(|(id, _)| id.0),
            old.as_ref().map(|(_, words)| milestone(words)),
            milestone(new),
        ),
    }
}

/// The change of a stored row.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when it cannot be read.
#[expect(clippy::needless_pass_by_value, reason = "a row is taken apart")]
pub(super) fn read(row: amendment_change::Model) -> Result<FieldChange, StoreError> {
    let broken = |column| {
        corrupt(
            "amendment_change",
            column,
            row.id,
            "not of the field's form",
        )
    };
    let field = AmendmentField::parse(&row.field)
        .ok_or_else(|| corrupt("amendment_change", "field", row.id, &row.field))?;
    let old = || row.old.clone().ok_or_else(|| broken("old"));
    let new = || row.new.clone();
    Ok(match field {
        AmendmentField::Title => FieldChange::Title {
            old: of(old()?).ok_or_else(|| broken("old"))?,
            new: of(new()).ok_or_else(|| broken("new"))?,
        },
        AmendmentField::Text => FieldChange::Text {
            old: of(old()?).ok_or_else(|| broken("old"))?,
            new: of(new()).ok_or_else(|| broken("new"))?,
        },
        AmendmentField::Deadline => FieldChange::Deadline {
            old: row.old.clone().and_then(of),
            new: of(new()).ok_or_else(|| broken("new"))?,
        },
        AmendmentField::Departments => FieldChange::Departments {
            old: row.old.clone().and_then(read_responsible),
            new: read_responsible(new()).ok_or_else(|| broken("new"))?,
        },
        AmendmentField::Target => FieldChange::Target {
            metric: MetricId(row.object_id.ok_or_else(|| broken("object_id"))?),
            old: read_target(old()?).ok_or_else(|| broken("old"))?,
            new: read_target(new()).ok_or_else(|| broken("new"))?,
        },
        AmendmentField::Milestone => FieldChange::Milestone {
            old: row
                .object_id
                .zip(row.old.clone().and_then(read_milestone))
                .map(|(id, words)| (MilestoneId(id), words)),
            new: read_milestone(new()).ok_or_else(|| broken("new"))?,
        },
    })
}

fn of<T: DeserializeOwned>(value: Value) -> Option<T> {
    serde_json::from_value(value).ok()
}

fn read_responsible(value: Value) -> Option<Responsible> {
    let stored: StoredResponsible = of(value)?;
    Some(Responsible {
        lead: stored.lead,
        support: stored.support,
    })
}

fn read_target(value: Value) -> Option<TargetFigure> {
    let stored: StoredTarget = of(value)?;
    Some(TargetFigure {
        comparator: Comparator::parse(&stored.comparator)?,
        value: Figure::from_scaled(stored.value).ok()?,
        is_evidence_asked: stored.is_evidence_asked,
    })
}

fn read_milestone(value: Value) -> Option<MilestoneWords> {
    let stored: StoredMilestone = of(value)?;
    Some(MilestoneWords {
        title: stored.title,
        due_on: stored.due_on,
    })
}
