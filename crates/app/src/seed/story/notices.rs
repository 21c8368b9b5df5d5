//! How the people of the demo press a task with supervision notices.

use duban_domain::notice::SupervisionNotice;
use duban_persistence::notices;

use super::{Teller, acts::Act};
use crate::{
    change::Call,
    notices::{IssueRow, NoticeCommand, act, issue_notices},
    seed::SeedError,
};

/// Issues a notice on the task of an act, to be replied to within the working days it says.
pub(super) async fn issue(teller: &Teller<'_>, call: &Call, one: &Act) -> Result<(), SeedError> {
    let task = teller.task(call, one.task()).await?;
    let reply_working_days = working_days(one)?;
    let row = IssueRow {
        task: task.id,
        departments: Vec::new(),
        text: one.reason()?,
        reply_working_days,
    };
    let issued = issue_notices(teller.app, call, vec![row]).await?;
    match issued.into_iter().find_map(|outcome| outcome.refused) {
        Some(refused) => Err(one.wrong(refused.code)),
        None => Ok(()),
    }
}

/// Replies to the latest notice on the task of an act.
pub(super) async fn reply(teller: &Teller<'_>, call: &Call, one: &Act) -> Result<(), SeedError> {
    let latest = latest(teller, call, one).await?;
    let words = NoticeCommand::Reply(None, one.reason()?);
    act(teller.app, call, (latest.id, latest.version), words).await?;
    Ok(())
}

/// Takes the latest notice on the task of an act a rung up, to be replied to within the working days
/// it says.
pub(super) async fn escalate(teller: &Teller<'_>, call: &Call, one: &Act) -> Result<(), SeedError> {
    let latest = latest(teller, call, one).await?;
    let command = NoticeCommand::Escalate(working_days(one)?, Some(one.reason()?));
    act(teller.app, call, (latest.id, latest.version), command).await?;
    Ok(())
}

async fn latest(
    teller: &Teller<'_>,
    call: &Call,
    one: &Act,
) -> Result<SupervisionNotice, SeedError> {
    let task = teller.task(call, one.task()).await?;
    let db = teller.app.store().read();
    let known = notices::of_tasks(db, &call.who.scope(), &[task.id]).await?;
    let latest = known.into_values().flatten().next();
    latest.ok_or_else(|| one.wrong("no notice waits"))
}

fn working_days(one: &Act) -> Result<u8, SeedError> {
    let days = one.more().parse();
    days.map_err(|_| one.wrong("no working days"))
}
