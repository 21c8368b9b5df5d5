//! Supervision notices (督办单): issued to departments, replied to, escalated, closed.

mod escalation;
mod facts;

use std::collections::HashMap;

use duban_domain::{
    access::{Permission, Person, Place, authorize},
    clock::official_day,
    event::DomainEvent,
    ids::{DepartmentId, NoticeId, TaskId},
    notice::{
        NewNotice, NoticeAct, NoticeNumber, NoticeRefusal, NoticeStep, Pressing, Recipient,
        SupervisionNotice,
    },
    task::Task,
    text::Reason,
};
use duban_persistence::{WriteTx, notices, tasks};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) use self::escalation::escalate_overdue;
pub use self::facts::{ActVerdict, NoticeFacts, Prospect, facts_of, prospects};
use self::facts::{Prospects, prospects_of};
use crate::{
    App,
    change::{Call, ChangeError, begin},
    notify::{News, tell},
    plans::expect_version,
    tasks::RowRefusal,
};

/// One notice to be issued.
#[derive(Debug, Clone)]
pub struct IssueRow {
    /// The task that is pressed.
    pub task: TaskId,
    /// Who has to reply; with none the department that leads.
    pub departments: Vec<DepartmentId>,
    /// What is asked.
    pub text: Reason,
    /// Working days to reply.
    pub reply_working_days: u8,
}

/// How one row of a batch of notices ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueOutcome {
    /// The task.
    pub task: TaskId,
    /// The notice, where one was issued.
    pub notice: Option<NoticeId>,
    /// Why it was not.
    pub refused: Option<RowRefusal>,
}

/// What somebody wants to do with a notice.
#[derive(Debug, Clone)]
pub enum NoticeCommand {
    /// 回复, for a department; with none for the one that the caller speaks for.
    Reply(Option<DepartmentId>, Reason),
    /// 升级, with working days to reply.
    Escalate(u8, Option<Reason>),
    /// 办结.
    Close(Option<Reason>),
    /// 撤回.
    Withdraw(Reason),
}

/// Issues notices (制发督办单), row by row: a refused row leaves the others alone.
///
/// # Errors
///
/// [`ChangeError`] of the batch as a whole; nothing is stored then.
pub async fn issue_notices(
    app: &App,
    call: &Call,
    rows: Vec<IssueRow>,
) -> Result<Vec<IssueOutcome>, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let scope = call.who.scope();
    let ids: Vec<TaskId> = rows.iter().map(|row| row.task).collect();
    let found = tasks::find_many(tx.conn(), &scope, &ids).await?;
    let year = official_day(tx.now()).year();
    let mut last = notices::lock_counter(tx, year).await?;
    let prospects = prospects_of(tx.conn(), &scope, &found, tx.now()).await?;
    let mut known: HashMap<TaskId, Task> = found.into_iter().map(|one| (one.id, one)).collect();
    let (mut outcomes, mut issued) = (Vec::with_capacity(rows.len()), Vec::new());
    for row in rows {
        let number = NoticeNumber {
            year,
            ordinal: last + 1,
        };
        let made = match known.remove(&row.task) {
            Some(task) => issue_one((tx, call, &prospects), &row, &task, number)
                .map(|(notice, step)| (task, notice, step)),
            None => Err(ChangeError::NotFound),
        };
        let mut outcome = IssueOutcome {
            task: row.task,
            notice: None,
            refused: None,
        };
        match made {
            Ok((task, notice, step)) => {
                last += 1;
                outcome.notice = Some(notice.id);
                issued.push((task, notice, step));
            }
            Err(error) => outcome.refused = Some(RowRefusal::of(error)?),
        }
        outcomes.push(outcome);
    }
    notices::save_counter(tx, year, last).await?;
    let new: Vec<_> = issued
        .iter()
        .map(|(_, notice, step)| (notice.clone(), step.clone()))
        .collect();
    notices::insert(tx, &new).await?;
    let told = issued.iter().map(|(task, notice, step)| {
        let people = notice.recipients.iter().map(|one| one.account);
        (
            news((&task.code, &task.title), notice, step),
            people.collect(),
        )
    });
    tell(tx, told.collect::<Vec<_>>()).await?;
    let events: Vec<DomainEvent> = issued
        .iter()
        .map(|(task, notice, step)| event(notice, step, &task.code))
        .collect();
    begun.finish(outcomes, events).await
}

fn issue_one(
    (tx, call, prospects): (&WriteTx, &Call, &Prospects),
    row: &IssueRow,
    task: &Task,
    number: NoticeNumber,
) -> Result<(SupervisionNotice, NoticeStep), ChangeError> {
    let (owner, who) = prospects.may_press(&call.who, task)?;
    let departments = prospects.addressed(task, &row.departments)?;
    let recipients: Vec<Recipient> = departments
        .iter()
        .flat_map(|department| prospects.first_rung(task, *department))
        .collect();
    let without =
        |department: &&DepartmentId| !recipients.iter().any(|one| one.department == **department);
    if departments.iter().any(|one| without(&one)) {
        return Err(ChangeError::invalid(
            "departmentIds",
            &NoticeRefusal::NoRecipient,
        ));
    }
    let new = NewNotice {
        id: NoticeId::fresh(tx.now()),
        number,
        task: task.id,
        issuer: owner,
        departments,
        recipients,
        text: row.text.clone(),
        reply_working_days: row.reply_working_days,
    };
    let open = prospects.open_notice(task);
    let made = prospects.press(task, (&call.who, who), tx.now(), |now| {
        SupervisionNotice::issue(new, open, now)
    });
    made.map_err(|refusal| refused(&refusal))
}

fn refused(refusal: &NoticeRefusal) -> ChangeError {
    let path = match refusal {
        NoticeRefusal::ReplyDays { .. } => "replyWorkingDays",
        NoticeRefusal::TaskDone { .. }
        | NoticeRefusal::TaskNotUnderway { .. }
        | NoticeRefusal::OpenAlready { .. } => "taskId",
        NoticeRefusal::NoRecipient => "departmentIds",
        _ => "noticeId",
    };
    ChangeError::invalid(path, refusal)
}

/// Does one act on one notice.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn act(
    app: &App,
    call: &Call,
    (id, expected): (NoticeId, i32),
    command: NoticeCommand,
) -> Result<NoticeId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let found = notices::find(tx.conn(), &call.who.scope(), id).await?;
    let mut notice = found.ok_or(ChangeError::NotFound)?;
    let facts = facts_of(tx.conn(), std::slice::from_ref(&notice), tx.now()).await?;
    let (who, department) = if let NoticeCommand::Reply(wanted, _) = &command {
        replier(&facts, &notice, call, *wanted)?
    } else {
        let place = Place(facts.directory().path(notice.issuer).to_vec());
        let who = authorize(&call.who, Permission::NoticeIssue, &place)?;
        (who, notice.issuer)
    };
    expect_version(notice.version, expected)?;
    let now = facts.pressing(&notice, who, tx.now());
    let step = decide(&mut notice, command, (&facts, department), &now)?;
    notices::save(tx, &mut notice, &step).await?;
    let Some(task) = facts.task(&notice) else {
        return Err(ChangeError::NotFound);
    };
    let people = match step.act {
        NoticeAct::Reply => facts
            .directory()
            .holders(Permission::NoticeIssue, notice.issuer),
        NoticeAct::Close => Vec::new(),
        _ => notice.recipients.iter().map(|one| one.account).collect(),
    };
    let told = news((&task.code, &task.title), &notice, &step);
    tell(tx, [(told, people)]).await?;
    let event = event(&notice, &step, &task.code);
    begun.finish(notice.id, [event]).await
}

/// Who replies, and for which department: the one that is named, or the first that still waits.
fn replier(
    facts: &NoticeFacts,
    notice: &SupervisionNotice,
    call: &Call,
    wanted: Option<DepartmentId>,
) -> Result<(Person, DepartmentId), ChangeError> {
    let speaks_for = facts.speaks_for(notice, &call.who);
    let waits = |(department, _): &&(DepartmentId, Person)| {
        notice.outstanding().any(|one| one == *department)
    };
    let found = match wanted {
        Some(wanted) => speaks_for.iter().find(|(one, _)| *one == wanted),
        None => speaks_for.iter().find(waits).or(speaks_for.first()),
    };
    let (department, person) = found.ok_or_else(|| refused(&NoticeRefusal::NotAddressed))?;
    Ok((*person, *department))
}

fn decide(
    notice: &mut SupervisionNotice,
    command: NoticeCommand,
    (facts, department): (&NoticeFacts, DepartmentId),
    now: &Pressing<'_>,
) -> Result<NoticeStep, ChangeError> {
    let step = match command {
        NoticeCommand::Reply(_, words) => notice.reply(department, words, now),
        NoticeCommand::Escalate(days, words) => {
            let people = facts.ladder(notice);
            notice.escalate(&people, days, words, now)
        }
        NoticeCommand::Close(words) => notice.close(words, now),
        NoticeCommand::Withdraw(words) => notice.withdraw(words, now),
    };
    step.map_err(|refusal| match refusal {
        NoticeRefusal::ReplyDays { .. } => refused(&refusal),
        _ => ChangeError::invalid("noticeId", &refusal),
    })
}

fn event(notice: &SupervisionNotice, step: &NoticeStep, task: &str) -> DomainEvent {
    let action = match step.act {
        NoticeAct::Issue => "notice.issued",
        NoticeAct::Reply => "notice.replied",
        NoticeAct::Escalate => "notice.escalated",
        NoticeAct::Close => "notice.closed",
        NoticeAct::Withdraw => "notice.withdrawn",
    };
    DomainEvent::new(action, "SupervisionNotice", notice.id.0).with(json!({
        "number": notice.number.to_string(),
        "task": task,
        "level": notice.level.name(),
        "replyBy": notice.reply_by.to_string(),
        "department": step.department,
        "words": step.words.as_ref().map(ToString::to_string),
        "isAutomatic": step.is_automatic,
    }))
}

/// What those concerned are told of a step.
fn news((code, title): (&str, &str), notice: &SupervisionNotice, step: &NoticeStep) -> News {
    use duban_domain::notification::{NotificationFigures, NotificationKind as K};
    let kind = match step.act {
        NoticeAct::Issue => K::NoticeIssued,
        NoticeAct::Escalate => K::NoticeEscalated,
        NoticeAct::Reply => K::NoticeReplied,
        NoticeAct::Close | NoticeAct::Withdraw => K::NoticeWithdrawn,
    };
    let is_waiting = matches!(step.act, NoticeAct::Issue | NoticeAct::Escalate);
    let (id, version) = (notice.id.0.simple(), notice.version);
    News {
        kind,
        phase: None,
        natural_key: format!("{kind}:{id}:{version}"),
        task: Some(notice.task),
        notice: Some(notice.id),
        due_on: is_waiting.then_some(notice.reply_by),
        figures: NotificationFigures {
            task: code.to_owned(),
            title: title.to_owned(),
            number: Some(notice.number.to_string()),
            words: step.words.as_ref().map(ToString::to_string),
            ..NotificationFigures::default()
        },
    }
}
