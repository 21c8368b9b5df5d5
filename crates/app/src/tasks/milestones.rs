//! Milestones of tasks in force: done with evidence, waived by the owner's side, taken up again.

use duban_domain::{
    access::Permission,
    event::DomainEvent,
    ids::{MilestoneId, TaskId},
    task::{Milestone, MilestoneAct, MilestoneCommand, MilestoneNow, MilestoneStep},
};
use duban_persistence::{milestone_steps, milestones, tasks};
use serde_json::json;

use super::{
    facts_of,
    rights::{Side, permitted_to},
};
use crate::{
    App,
    change::{Call, ChangeError, begin},
    plans::{expect_version, refuse},
};

/// What settling a milestone needs, and on whose side: the lead says that it is done, the owner's side
/// decides to do without it.
pub(crate) const fn needs_of(act: MilestoneAct) -> (Permission, Side) {
    match act {
        MilestoneAct::Complete => (Permission::CompletionSubmit, Side::Lead),
        MilestoneAct::Waive => (Permission::CompletionApprove, Side::Owner),
        MilestoneAct::Reopen => (Permission::TaskManage, Side::Owner),
        MilestoneAct::Add | MilestoneAct::Change => (Permission::TaskAssign, Side::Owner),
    }
}

const fn act_of(command: &MilestoneCommand) -> MilestoneAct {
    match command {
        MilestoneCommand::Complete { .. } => MilestoneAct::Complete,
        MilestoneCommand::Waive(_) => MilestoneAct::Waive,
        MilestoneCommand::Reopen(_) => MilestoneAct::Reopen,
    }
}

/// Does one act on one milestone.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn settle_milestone(
    app: &App,
    call: &Call,
    (id, expected): (MilestoneId, i32),
    command: MilestoneCommand,
) -> Result<(TaskId, MilestoneId), ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let scope = call.who.scope();
    let found = milestones::find(tx.conn(), &scope, id).await?;
    let mut milestone = found.ok_or(ChangeError::NotFound)?;
    let found = tasks::find(tx.conn(), &scope, milestone.task).await?;
    let task = found.ok_or(ChangeError::NotFound)?;
    let facts = facts_of(tx.conn(), &scope, std::slice::from_ref(&task), tx.now()).await?;
    let who = permitted_to(call, &facts, &task, needs_of(act_of(&command)))?;
    expect_version(milestone.version, expected)?;
    let now = MilestoneNow {
        who,
        stands_for: call.who.stands_for(),
        at: tx.now(),
        today: facts.today(),
        task: task.state,
        owners: facts.life(&task).owners,
    };
    let path = match command {
        MilestoneCommand::Complete { .. } => "doneOn",
        _ => "milestoneId",
    };
    let step = refuse(path, milestone.apply(command, &now))?;
    milestones::save(tx, &mut milestone).await?;
    milestone_steps::append(tx, milestone.id, &step).await?;
    let event = event(&milestone, &step);
    begun.finish((task.id, milestone.id), [event]).await
}

fn event(milestone: &Milestone, step: &MilestoneStep) -> DomainEvent {
    let action = match step.act {
        MilestoneAct::Complete => "milestone.completed",
        MilestoneAct::Waive => "milestone.waived",
        MilestoneAct::Reopen => "milestone.reopened",
        MilestoneAct::Add => "milestone.added",
        MilestoneAct::Change => "milestone.updated",
    };
    DomainEvent::new(action, "Milestone", milestone.id.0).with(json!({
        "task": milestone.task,
        "title": milestone.title,
        "from": step.from.name(),
        "to": step.to.name(),
        "doneOn": step.done_on.map(|day| day.to_string()),
        "words": step.words.as_ref().map(ToString::to_string),
    }))
}
