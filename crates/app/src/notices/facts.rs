//! What decisions on notices need to know, read with a fixed number of statements.

use std::collections::HashMap;

use duban_domain::{
    access::{Permission, Person, Place, Principal, Scope, authorize},
    calendar::WorkingCalendar,
    clock::official_day,
    ids::{AccountId, DepartmentId, TaskId},
    notice::{
        NoticeAct, NoticeLevel, NoticeNumber, NoticeRefusal, NoticeState, Pressing, Recipient,
        SupervisionNotice, may_be_pressed,
    },
    plan::issued::PlanState,
    task::{Task, TaskState},
};
use duban_persistence::{
    Connection, StoreError, assignments, calendar, notices, tasks,
    watched::{self, Watched},
};
use time::{Date, OffsetDateTime};

use crate::{
    App,
    change::ChangeError,
    notify::Directory,
    tasks::{Facts, facts_of as task_facts_of},
};

/// Facts about some notices at one moment.
pub struct NoticeFacts {
    today: Date,
    calendar: WorkingCalendar,
    tasks: HashMap<TaskId, Watched>,
    directory: Directory,
}

/// Whether an act on a notice would be taken now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActVerdict {
    /// It would.
    Allowed,
    /// It is not the caller's to do.
    Forbidden,
    /// The notice does not allow it.
    Refused(NoticeRefusal),
}

/// Reads what decisions about these notices need; the caller has found them in scope.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn facts_of<C: Connection>(
    db: &C,
    found: &[SupervisionNotice],
    now: OffsetDateTime,
) -> Result<NoticeFacts, StoreError> {
    let today = official_day(now);
    let ids: Vec<TaskId> = found.iter().map(|notice| notice.task).collect();
    let addressed = found
        .iter()
        .flat_map(|notice| notice.addressees.iter().map(|one| one.department));
    let issuers = found.iter().map(|notice| notice.issuer);
    let mut departments: Vec<DepartmentId> = addressed.chain(issuers).collect();
    departments.sort_unstable();
    departments.dedup();
    Ok(NoticeFacts {
        today,
        calendar: calendar::load(db).await?,
        tasks: watched::find_many_unscoped(db, &ids).await?,
        directory: Directory::of(db, &departments, today).await?,
    })
}

impl NoticeFacts {
    /// The people behind the departments.
    pub const fn directory(&self) -> &Directory {
        &self.directory
    }

    /// The day it is.
    pub const fn today(&self) -> Date {
        self.today
    }

    /// The task that is pressed.
    pub fn task(&self, notice: &SupervisionNotice) -> Option<&Watched> {
        self.tasks.get(&notice.task)
    }

    /// What a decision on the notice needs to know.
    pub fn pressing(
        &self,
        notice: &SupervisionNotice,
        who: Person,
        at: OffsetDateTime,
    ) -> Pressing<'_> {
        Pressing {
            who,
            at,
            today: self.today,
            calendar: &self.calendar,
            task: self
                .task(notice)
                .map_or(TaskState::Cancelled, |one| one.state),
        }
    }

    /// The addressed departments that somebody may reply for, personally told or at work there,
    /// each with the person to be recorded.
    pub fn speaks_for(
        &self,
        notice: &SupervisionNotice,
        who: &Principal,
    ) -> Vec<(DepartmentId, Person)> {
        let alone = Person::alone(who.account());
        let acting_for = |other: AccountId| Person {
            acting_for: Some(other),
            ..alone
        };
        let told = |department: DepartmentId| {
            let is_told = |account: AccountId| {
                notice
                    .recipients
                    .iter()
                    .any(|one| one.account == account && one.department == department)
            };
            let other = who.stands_for().iter().copied().find(|one| is_told(*one));
            is_told(who.account())
                .then_some(alone)
                .or(other.map(acting_for))
        };
        let at_work = |department: DepartmentId| {
            let grant = who.grants().iter().find(|grant| {
                grant.department == department
                    && grant.permissions.contains(&Permission::NoticeReply)
            })?;
            Some(grant.on_behalf_of.map_or(alone, acting_for))
        };
        let addressed = notice.addressees.iter().map(|one| one.department);
        addressed
            .filter_map(|one| Some((one, told(one).or_else(|| at_work(one))?)))
            .collect()
    }

    /// Everybody on every rung, of the addressed departments.
    pub fn ladder(&self, notice: &SupervisionNotice) -> Vec<Recipient> {
        let addressed = notice.addressees.iter();
        addressed
            .flat_map(|one| self.directory.ladder(one.department))
            .collect()
    }

    /// For every act but issuing, whether this caller could do it now, and why not.
    pub fn verdicts(
        &self,
        notice: &SupervisionNotice,
        who: &Principal,
        at: OffsetDateTime,
    ) -> Vec<(NoticeAct, ActVerdict)> {
        let person = Person::alone(who.account());
        let now = self.pressing(notice, person, at);
        let place = Place(self.directory.path(notice.issuer).to_vec());
        let issues = authorize(who, Permission::NoticeIssue, &place).is_ok();
        let speaks_for: Vec<DepartmentId> = self
            .speaks_for(notice, who)
            .into_iter()
            .map(|(department, _)| department)
            .collect();
        let acts = NoticeAct::ALL
            .iter()
            .filter(|act| **act != NoticeAct::Issue);
        acts.map(|act| {
            let is_mine = match act {
                NoticeAct::Reply => !speaks_for.is_empty(),
                _ => issues,
            };
            let checked = self.check(*act, notice, &speaks_for, &now);
            let verdict = match checked {
                _ if !is_mine => ActVerdict::Forbidden,
                Err(refusal) => ActVerdict::Refused(refusal),
                Ok(()) => ActVerdict::Allowed,
            };
            (*act, verdict)
        })
        .collect()
    }

    fn check(
        &self,
        act: NoticeAct,
        notice: &SupervisionNotice,
        speaks_for: &[DepartmentId],
        now: &Pressing<'_>,
    ) -> Result<(), NoticeRefusal> {
        match act {
            NoticeAct::Reply => {
                let waiting = notice.outstanding().any(|one| speaks_for.contains(&one));
                if waiting && notice.state == NoticeState::Issued {
                    Ok(())
                } else {
                    Err(NoticeRefusal::RepliedAlready)
                }
            }
            NoticeAct::Escalate => {
                let waiting: Vec<DepartmentId> = notice.outstanding().collect();
                let ladder = self.ladder(notice).into_iter();
                let reachable: Vec<NoticeLevel> = ladder
                    .filter(|one| waiting.contains(&one.department))
                    .map(|one| one.level)
                    .collect();
                notice.may_escalate(&reachable, now).map(|_| ())
            }
            NoticeAct::Close => notice.clone().close(None, now).map(|_| ()),
            NoticeAct::Withdraw if notice.state == NoticeState::Issued => Ok(()),
            NoticeAct::Withdraw | NoticeAct::Issue => Err(NoticeRefusal::NotAllowed {
                state: notice.state,
                act,
            }),
        }
    }
}

/// What is known of tasks before they are pressed.
pub(super) struct Prospects {
    facts: Facts,
    assigned: HashMap<TaskId, Vec<DepartmentId>>,
    open: HashMap<TaskId, NoticeNumber>,
    directory: Directory,
}

/// Whom a notice on a task would reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prospect {
    /// The task.
    pub task: TaskId,
    /// The departments that take part, the lead first, each with those who would be told.
    pub departments: Vec<(DepartmentId, Vec<Recipient>)>,
    /// Why no notice can be issued now.
    pub refusal: Option<NoticeRefusal>,
}

pub(super) async fn prospects_of<C: Connection>(
    db: &C,
    scope: &Scope,
    found: &[Task],
    now: OffsetDateTime,
) -> Result<Prospects, StoreError> {
    let ids: Vec<TaskId> = found.iter().map(|task| task.id).collect();
    let assigned: HashMap<TaskId, Vec<DepartmentId>> = assignments::of_tasks(db, scope, &ids)
        .await?
        .into_iter()
        .map(|(task, list)| (task, list.into_iter().map(|one| one.department).collect()))
        .collect();
    let mut departments: Vec<DepartmentId> = assigned.values().flatten().copied().collect();
    departments.sort_unstable();
    departments.dedup();
    let open = notices::waiting_unscoped(db, &ids).await?;
    Ok(Prospects {
        facts: task_facts_of(db, scope, found, now).await?,
        open: open
            .into_iter()
            .filter_map(|(task, list)| Some((task, list.first()?.number)))
            .collect(),
        directory: Directory::of(db, &departments, official_day(now)).await?,
        assigned,
    })
}

impl Prospects {
    /// The department in whose name the caller presses the task, and the person to be recorded.
    pub(super) fn may_press(
        &self,
        who: &Principal,
        task: &Task,
    ) -> Result<(DepartmentId, Person), ChangeError> {
        let nowhere = Place(Vec::new());
        let place = self.facts.owner(task).unwrap_or(&nowhere);
        let person = authorize(who, Permission::NoticeIssue, place)?;
        if self.facts.plan_state(task) == Some(PlanState::Draft) {
            return Err(ChangeError::field("taskId", "PLAN_NOT_ISSUED"));
        }
        let issuer = place.0.first().copied();
        Ok((issuer.ok_or(ChangeError::NotFound)?, person))
    }

    /// The departments that have to reply, all of which take part in the task.
    pub(super) fn addressed(
        &self,
        task: &Task,
        wanted: &[DepartmentId],
    ) -> Result<Vec<DepartmentId>, ChangeError> {
        let assigned = self.assigned.get(&task.id).map_or(&[][..], Vec::as_slice);
        if wanted.is_empty() {
            let lead = self.facts.lead(task).and_then(|place| place.0.first());
            return Ok(lead.copied().into_iter().collect());
        }
        if wanted.iter().all(|one| assigned.contains(one)) {
            Ok(wanted.to_vec())
        } else {
            Err(ChangeError::field("departmentIds", "NOTICE_NOT_ASSIGNED"))
        }
    }

    /// The notice on the task that still waits.
    pub(super) fn open_notice(&self, task: &Task) -> Option<NoticeNumber> {
        self.open.get(&task.id).copied()
    }

    /// Those who would be told first for a department: who acts for it, else its liaisons.
    pub(super) fn first_rung(&self, task: &Task, department: DepartmentId) -> Vec<Recipient> {
        let leads = self.facts.lead(task).and_then(|place| place.0.first()) == Some(&department);
        let owners = self.facts.life(task).owners.filter(|_| leads);
        let people: Vec<AccountId> = match owners {
            Some(owners) => vec![owners.accountable(), owners.substitute()],
            None => self.directory.liaisons(department),
        };
        let mut found: Vec<Recipient> = people
            .into_iter()
            .map(|account| Recipient {
                account,
                department,
                level: NoticeLevel::Liaison,
            })
            .collect();
        found.dedup_by_key(|one| one.account);
        found
    }

    pub(super) fn press<T>(
        &self,
        task: &Task,
        (caller, who): (&Principal, Person),
        at: OffsetDateTime,
        rule: impl FnOnce(&Pressing<'_>) -> T,
    ) -> T {
        self.facts.decide(task, (caller, who), |now| {
            rule(&Pressing {
                who,
                at,
                today: now.today,
                calendar: now.calendar,
                task: task.state,
            })
        })
    }
}

/// Whom notices on these tasks would reach, shown before anything goes; for those who may issue them.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn prospects(
    app: &App,
    who: &Principal,
    ids: &[TaskId],
) -> Result<Vec<Prospect>, StoreError> {
    let (db, scope) = (app.store().read(), who.scope());
    let found = tasks::find_many(db, &scope, ids).await?;
    let known = prospects_of(db, &scope, &found, app.store().clock().now()).await?;
    let mut made = Vec::with_capacity(found.len());
    for id in ids {
        let Some(task) = found.iter().find(|task| task.id == *id) else {
            continue;
        };
        if known.may_press(who, task).is_err() {
            continue;
        }
        let assigned = known.assigned.get(id).cloned().unwrap_or_default();
        let reach = assigned
            .into_iter()
            .map(|department| (department, known.first_rung(task, department)));
        let waiting = known.open_notice(task);
        let refusal = may_be_pressed(task.state)
            .err()
            .or(waiting.map(|number| NoticeRefusal::OpenAlready { number }));
        made.push(Prospect {
            task: *id,
            departments: reach.collect(),
            refusal,
        });
    }
    Ok(made)
}
