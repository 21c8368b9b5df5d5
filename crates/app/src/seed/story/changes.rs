//! How the people of the demo settle milestones, and change a task in force.

use duban_domain::task::{
    Milestone, MilestoneCommand,
    amendment::{Amendment, AmendmentState},
};
use duban_persistence::{amendments, milestones};

use super::{Teller, acts::Act};
use crate::{
    change::Call,
    drafts::Edit,
    seed::SeedError,
    tasks::{MilestoneWish, Wish, decide_amendment, propose_amendment, settle_milestone},
};

/// Settles the milestone of an act as done: its title is what the act says besides.
pub(super) async fn complete_milestone(
    teller: &Teller<'_>,
    call: &Call,
    one: &Act,
) -> Result<(), SeedError> {
    let milestone = milestone(teller, call, one).await?;
    let command = MilestoneCommand::Complete {
        evidence: one.reason()?,
        done_on: one.must_have_day()?,
    };
    let at = (milestone.id, milestone.version);
    settle_milestone(teller.app, call, at, command).await?;
    Ok(())
}

/// Proposes another last day for the milestone of an act.
pub(super) async fn propose(teller: &Teller<'_>, call: &Call, one: &Act) -> Result<(), SeedError> {
    let task = teller.task(call, one.task()).await?;
    let wish = Wish {
        milestones: vec![MilestoneWish {
            milestone: Some(milestone(teller, call, one).await?.id),
            title: None,
            due_on: Edit::Set(one.must_have_day()?),
        }],
        ..Wish::default()
    };
    let at = (task.id, task.version);
    propose_amendment(teller.app, call, at, (wish, one.reason()?)).await?;
    Ok(())
}

/// Approves the proposal that waits on the task of an act.
pub(super) async fn approve(teller: &Teller<'_>, call: &Call, one: &Act) -> Result<(), SeedError> {
    let task = teller.task(call, one.task()).await?;
    let db = teller.app.store().read();
    let known = amendments::of_tasks(db, &call.who.scope(), &[task.id]).await?;
    let waits = |one: &Amendment| one.state == AmendmentState::Proposed;
    let waiting = known.into_values().flatten().find(waits);
    let waiting = waiting.ok_or_else(|| one.wrong("no amendment waits"))?;
    let decision = (AmendmentState::Approved, Some(one.reason()?));
    decide_amendment(teller.app, call, waiting.id, decision).await?;
    Ok(())
}

async fn milestone(teller: &Teller<'_>, call: &Call, one: &Act) -> Result<Milestone, SeedError> {
    let task = teller.task(call, one.task()).await?;
    let db = teller.app.store().read();
    let known = milestones::of_tasks(db, &call.who.scope(), &[task.id]).await?;
    let named = |found: &Milestone| found.title == one.more();
    let found = known.into_values().flatten().find(named);
    found.ok_or_else(|| one.wrong("no such milestone"))
}
