//! Notices that nobody replied to go a rung up by themselves (自动升级).

use duban_domain::{clock::official_day, event::DomainEvent, notice::SupervisionNotice};
use duban_persistence::{Actor, StoreError, WriteTx, calendar, jobs, notices};

use super::{NoticeFacts, event, facts_of, news};
use crate::{App, notify::tell};

/// Presses the next rung of every notice whose reply date is over, once a working day; returns how
/// many went up. None does while its task is done or rests.
///
/// # Errors
///
/// [`StoreError`] of the database; nothing is stored then.
pub(crate) async fn escalate_overdue(app: &App) -> Result<u64, StoreError> {
    let store = app.store();
    let today = official_day(store.clock().now());
    let rules = app.notify().escalation();
    if rules.up_to.is_none() || !calendar::load(store.read()).await?.is_working_day(today) {
        return Ok(0);
    }
    let tx = store.begin(Actor::default()).await?;
    let run = format!("escalations:{today}");
    if !jobs::claim(&tx, &run).await? {
        tx.roll_back().await?;
        return Ok(0);
    }
    let overdue = notices::overdue_unscoped(tx.conn(), today).await?;
    let facts = facts_of(tx.conn(), &overdue, tx.now()).await?;
    let mut events = Vec::new();
    for notice in overdue {
        events.extend(escalate(app, &tx, &facts, notice).await?);
    }
    let count = u64::try_from(events.len()).unwrap_or(u64::MAX);
    jobs::save_outcome(&tx, &run, count).await?;
    tx.commit(events).await?;
    Ok(count)
}

async fn escalate(
    app: &App,
    tx: &WriteTx,
    facts: &NoticeFacts,
    mut notice: SupervisionNotice,
) -> Result<Option<DomainEvent>, StoreError> {
    let Some(task) = facts.task(&notice) else {
        return Ok(None);
    };
    let people = facts.ladder(&notice);
    let now = facts.pressing(&notice, notice.issued_by, tx.now());
    let Ok(step) = notice.escalate_by(app.notify().escalation(), &people, &now) else {
        return Ok(None);
    };
    notices::save(tx, &mut notice, &step).await?;
    let told = notice.recipients.iter().map(|one| one.account);
    let told = told.chain([notice.issued_by.account]).collect();
    let news = news((&task.code, &task.title), &notice, &step);
    tell(tx, [(news, told)]).await?;
    Ok(Some(event(&notice, &step, &task.code)))
}
