//! An approved amendment, applied: only while what it changes is still as it was proposed.

use duban_domain::{
    ids::{MetricId, MilestoneId},
    task::{
        Milestone, MilestoneAct, MilestoneState, TaskLife,
        amendment::{
            Amendment, AmendmentField, AmendmentRefusal, FieldChange, MilestoneWords, Responsible,
            TargetFigure,
        },
    },
};
use duban_persistence::{WriteTx, lives, metrics, milestone_steps, milestones, origins, tasks};

use super::{Amended, wish::responsible};
use crate::{
    change::{Call, ChangeError},
    drafts::assign,
};

fn outdated(field: AmendmentField) -> ChangeError {
    ChangeError::invalid("amendmentId", &AmendmentRefusal::Outdated { field })
}

/// Goes on only when a field still is what it was.
fn still<T: PartialEq>(field: AmendmentField, now: &T, old: &T) -> Result<(), ChangeError> {
    if now == old {
        Ok(())
    } else {
        Err(outdated(field))
    }
}

/// Changes the task as approved.
pub(super) async fn apply(
    tx: &WriteTx,
    call: &Call,
    amended: &mut Amended,
    amendment: &Amendment,
) -> Result<(), ChangeError> {
    let mut life = amended.facts.life(&amended.task);
    let mut step = None;
    for change in &amendment.changes {
        let field = change.field();
        let task = &mut amended.task;
        match change {
            FieldChange::Title { old, new } => {
                still(field, &task.title, old)?;
                task.title.clone_from(new);
            }
            FieldChange::Text { old, new } => {
                still(field, &task.text, old)?;
                task.text.clone_from(new);
            }
            FieldChange::Deadline { old, new } => {
                still(field, &task.deadline, old)?;
                task.deadline = Some(*new);
                task.deadline_text = None;
                life.deadline = Some(*new);
            }
            FieldChange::Departments { old, new } => {
                still(field, &responsible(tx, call, task).await?, old)?;
                let is_other = old.as_ref().is_none_or(|old| old.lead != new.lead);
                hand_over(tx, amended, new).await?;
                if is_other {
                    step = change_lead(call, amended, &mut life, amendment);
                }
            }
            FieldChange::Target { metric, old, new } => {
                amend_target(tx, call, *metric, (*old, *new)).await?;
            }
            FieldChange::Milestone { old, new } => {
                amend_milestone(tx, call, amended, (old.as_ref(), new)).await?;
            }
        }
    }
    tasks::amend(tx, &mut amended.task).await?;
    lives::save(tx, &mut amended.task, &life, step.as_ref()).await?;
    Ok(())
}

async fn hand_over(tx: &WriteTx, amended: &Amended, new: &Responsible) -> Result<(), ChangeError> {
    assign(tx, amended.task.id, (new.lead, new.support.clone())).await?;
    // Parts belong to whoever leads the whole.
    origins::set_owner_of_parts(tx, amended.task.id, new.lead).await?;
    Ok(())
}

fn change_lead(
    call: &Call,
    amended: &Amended,
    life: &mut TaskLife,
    amendment: &Amendment,
) -> Option<duban_domain::task::Step> {
    let who = (&call.who, amended.person);
    amended.facts.decide(&amended.task, who, |now| {
        life.change_lead(amendment.reason.clone(), now)
    })
}

async fn amend_target(
    tx: &WriteTx,
    call: &Call,
    id: MetricId,
    (old, new): (TargetFigure, TargetFigure),
) -> Result<(), ChangeError> {
    let found = metrics::find(tx.conn(), &call.who.scope(), id).await?;
    let mut metric = found.ok_or(outdated(AmendmentField::Target))?;
    let now = TargetFigure {
        comparator: metric.target.comparator,
        value: metric.target.value,
        is_evidence_asked: metric.is_evidence_asked,
    };
    still(AmendmentField::Target, &now, &old)?;
    metric.target.comparator = new.comparator;
    metric.target.value = new.value;
    metric.is_evidence_asked = new.is_evidence_asked;
    metrics::amend(tx, &mut metric).await?;
    Ok(())
}

async fn amend_milestone(
    tx: &WriteTx,
    call: &Call,
    amended: &Amended,
    (old, new): (Option<&(MilestoneId, MilestoneWords)>, &MilestoneWords),
) -> Result<(), ChangeError> {
    let scope = call.who.scope();
    let known = milestones::of_tasks(tx.conn(), &scope, &[amended.task.id]).await?;
    let known = known.into_values().next().unwrap_or_default();
    let at = (amended.person, tx.now());
    let (milestone, act) = if let Some((id, words)) = old {
        let found = known.into_iter().find(|one| one.id == *id);
        let mut milestone = found.ok_or(outdated(AmendmentField::Milestone))?;
        let now = MilestoneWords {
            title: milestone.title.clone(),
            due_on: milestone.due_on,
        };
        still(AmendmentField::Milestone, &now, words)?;
        milestone.title.clone_from(&new.title);
        milestone.due_on = new.due_on;
        milestones::save(tx, &mut milestone).await?;
        (milestone, MilestoneAct::Change)
    } else {
        let last = known.iter().map(|one| one.position).max();
        let milestone = Milestone {
            id: MilestoneId::fresh(tx.now()),
            task: amended.task.id,
            title: new.title.clone(),
            due_on: new.due_on,
            state: MilestoneState::Open,
            position: last.map_or(0, |last| last + 1),
            version: 1,
        };
        milestones::insert_all_of(tx, std::slice::from_ref(&milestone)).await?;
        (milestone, MilestoneAct::Add)
    };
    milestone_steps::append(tx, milestone.id, &milestone.noted(act, at)).await?;
    Ok(())
}
