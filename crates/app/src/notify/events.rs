//! Which event concerns whom: told in the transaction of the event itself.

use std::collections::HashMap;

use duban_domain::{
    access::Permission,
    clock::official_day,
    event::DomainEvent,
    ids::{AccountId, TaskId, fresh_key},
    notification::{NotificationFigures, NotificationKind},
};
use duban_persistence::{
    StoreError, WriteTx,
    watched::{self, Watched},
};

use super::{Directory, News, tell};

/// Who is told of an event on a task.
#[derive(Clone, Copy)]
enum Circle {
    /// Those who accept for the lead department.
    Liaisons,
    /// The two people who act for the lead department; while there are none, its liaisons.
    Owners,
    /// Whoever holds a permission on the side of the plan's owner.
    Owner(Permission),
}

fn concern(action: &str) -> Option<(NotificationKind, Circle)> {
    use NotificationKind as K;
    Some(match action {
        "task.handed_out" | "task.reassigned" => (K::HandedOut, Circle::Liaisons),
        "task.declined" => (K::Declined, Circle::Owner(Permission::TaskAssign)),
        "task.completion_submitted" => (
            K::CompletionSubmitted,
            Circle::Owner(Permission::CompletionApprove),
        ),
        "task.returned" => (K::Returned, Circle::Owners),
        "task.completed" => (K::Completed, Circle::Owners),
        "task.extension_requested" => (
            K::ExtensionRequested,
            Circle::Owner(Permission::ExtensionApprove),
        ),
        "task.extension_decided" => (K::ExtensionDecided, Circle::Owners),
        _ => return None,
    })
}

/// Tells those concerned of events on tasks, with a fixed number of statements.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub(crate) async fn tell_of(tx: &WriteTx, events: &[DomainEvent]) -> Result<(), StoreError> {
    let concerns: Vec<(&DomainEvent, NotificationKind, Circle)> = events
        .iter()
        .filter(|event| event.object_type == "Task")
        .filter_map(|event| concern(&event.action).map(|(kind, circle)| (event, kind, circle)))
        .collect();
    if concerns.is_empty() {
        return Ok(());
    }
    let tasks: Vec<TaskId> = concerns
        .iter()
        .map(|(event, ..)| TaskId(event.object_id))
        .collect();
    let known = watched::find_many_unscoped(tx.conn(), &tasks).await?;
    let directory = directory_of(tx, &known).await?;
    let news = concerns.into_iter().filter_map(|(event, kind, circle)| {
        let task = known.get(&TaskId(event.object_id))?;
        Some((
            news(tx, event, kind, task),
            people(&directory, task, circle),
        ))
    });
    tell(tx, news.collect::<Vec<_>>()).await?;
    Ok(())
}

async fn directory_of(
    tx: &WriteTx,
    known: &HashMap<TaskId, Watched>,
) -> Result<Directory, StoreError> {
    let sides = known.values().flat_map(|task| [task.owner, task.lead]);
    let mut departments: Vec<_> = sides.flatten().collect();
    departments.sort_unstable();
    departments.dedup();
    Directory::of(tx.conn(), &departments, official_day(tx.now())).await
}

fn people(directory: &Directory, task: &Watched, circle: Circle) -> Vec<AccountId> {
    let liaisons = || task.lead.map(|lead| directory.liaisons(lead));
    match circle {
        Circle::Liaisons => liaisons().unwrap_or_default(),
        Circle::Owners => owners(task).or_else(liaisons).unwrap_or_default(),
        Circle::Owner(permission) => task
            .owner
            .map(|owner| directory.holders(permission, owner))
            .unwrap_or_default(),
    }
}

/// The two people who act for the lead department.
pub(crate) fn owners(task: &Watched) -> Option<Vec<AccountId>> {
    let both = task.accountable.zip(task.substitute);
    both.map(|(one, other)| vec![one, other])
}

fn news(tx: &WriteTx, event: &DomainEvent, kind: NotificationKind, task: &Watched) -> News {
    let words = |name: &str| event.detail[name].as_str().map(str::to_owned);
    let due_on = match kind {
        NotificationKind::HandedOut => task.sign_by,
        NotificationKind::Returned => task.mend_by,
        NotificationKind::ExtensionDecided | NotificationKind::ExtensionRequested => task.deadline,
        _ => None,
    };
    let is_decision = kind == NotificationKind::ExtensionDecided;
    News {
        kind,
        phase: None,
        natural_key: format!("{kind}:{}", fresh_key(tx.now()).simple()),
        task: Some(task.task),
        notice: None,
        due_on,
        figures: NotificationFigures {
            task: task.code.clone(),
            title: task.title.clone(),
            subject: is_decision.then(|| words("to")).flatten(),
            words: if is_decision { None } else { words("reason") },
            verdict: is_decision.then(|| words("state")).flatten(),
            ..NotificationFigures::default()
        },
    }
}
