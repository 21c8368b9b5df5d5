//! Reminders, once a working day: in-app at once, by mail with the next digest.

use std::collections::{HashMap, HashSet};

use duban_domain::{
    calendar::WorkingCalendar,
    clock::official_day,
    ids::{AccountId, DepartmentId, MilestoneId, NoticeId, ReportId, TaskId},
    notice::SupervisionNotice,
    notification::{NotificationFigures, Reporter},
    period::Period,
    reminder::{
        ExpectedReport, Facts, Phase, Reminder, ReminderKind, ReturnedReport, Subject, due,
    },
    report::{ProgressReport, ReportKey, ReportWindow, was_underway_in},
};
use duban_persistence::{
    Actor, StoreError, WriteTx, calendar, departments, jobs, milestones, notices, report_rules,
    reports::{self, Duties},
    watched::{self, Watched},
};
use time::Date;

use super::tokens::warn_of_tokens;
use crate::{
    App,
    notify::{Directory, News, owners, tell},
};

/// Tasks looked at together.
const TASKS: u64 = 2_000;

/// What is known of some tasks.
struct Batch {
    tasks: Vec<Watched>,
    milestones: HashMap<TaskId, Vec<(MilestoneId, String, Date)>>,
    notices: HashMap<TaskId, Vec<SupervisionNotice>>,
    /// The months that take reports today.
    windows: Vec<ReportWindow>,
    duties: Duties,
    reported: HashSet<ReportKey>,
    returned: HashMap<TaskId, Vec<ProgressReport>>,
    codes: HashMap<DepartmentId, String>,
    directory: Directory,
}

/// Writes the reminders that are due today, unless that was done; returns how many were new.
///
/// # Errors
///
/// [`StoreError`] of the database; nothing is stored then.
pub(super) async fn remind(app: &App) -> Result<u64, StoreError> {
    let store = app.store();
    let today = official_day(store.clock().now());
    let days = calendar::load(store.read()).await?;
    if !days.is_working_day(today) {
        return Ok(0);
    }
    let tx = store.begin(Actor::default()).await?;
    let run = format!("reminders:{today}");
    if !jobs::claim(&tx, &run).await? {
        tx.roll_back().await?;
        return Ok(0);
    }
    let (mut after, mut count) = (None, 0);
    loop {
        let tasks = watched::open_unscoped(tx.conn(), after, TASKS).await?;
        let Some(last) = tasks.last() else {
            break;
        };
        after = Some(last.task);
        let batch = Batch::read(&tx, tasks, (today, &days)).await?;
        let mut news = Vec::new();
        for task in &batch.tasks {
            for one in due(&batch.facts(task), today, &days, app.notify().rules()) {
                news.push((batch.news(task, &one), batch.people(task, &one)));
            }
        }
        count += tell(&tx, news).await?;
    }
    count += warn_of_tokens(&tx, &days).await?;
    jobs::save_outcome(&tx, &run, count).await?;
    tx.commit([]).await?;
    Ok(count)
}

impl Batch {
    async fn read(
        tx: &WriteTx,
        tasks: Vec<Watched>,
        (today, calendar): (Date, &WorkingCalendar),
    ) -> Result<Self, StoreError> {
        let ids: Vec<TaskId> = tasks.iter().map(|task| task.task).collect();
        let windows = report_rules::schedule(tx.conn())
            .await?
            .taking_on(today, calendar);
        let months: Vec<Period> = windows.iter().map(|one| one.period).collect();
        let duties = reports::duties_unscoped(tx.conn(), &ids).await?;
        let sides = tasks.iter().flat_map(|task| [task.owner, task.lead]);
        let reporting = duties.tasks.values().flat_map(|duty| duty.parts.ever());
        let mut departments: Vec<DepartmentId> = sides.flatten().chain(reporting).collect();
        departments.sort_unstable();
        departments.dedup();
        let named = departments::find_many(tx.conn(), &departments).await?;
        Ok(Self {
            windows,
            returned: reports::returned_unscoped(tx.conn(), &ids).await?,
            reported: reports::handed_in_unscoped(tx.conn(), &ids, &months).await?,
            duties,
            codes: named.into_iter().map(|one| (one.id, one.code)).collect(),
            milestones: milestones::open_dated_unscoped(tx.conn(), &ids).await?,
            notices: notices::waiting_unscoped(tx.conn(), &ids).await?,
            directory: Directory::of(tx.conn(), &departments, today).await?,
            tasks,
        })
    }

    fn facts(&self, task: &Watched) -> Facts {
        let steps = self.milestones.get(&task.task).into_iter().flatten();
        let waiting = self.notices.get(&task.task).into_iter().flatten();
        Facts {
            task: task.task,
            state: task.state,
            sign_by: task.sign_by,
            deadline: task.deadline,
            mend_by: task.mend_by,
            milestones: steps.map(|(id, _, day)| (*id, *day)).collect(),
            reports: self.expected(task.task),
            returned: self.to_mend(task.task),
            notices: waiting.map(|one| (one.id, one.reply_by)).collect(),
        }
    }

    /// The reports on a task that its departments owe for the months that take them.
    fn expected(&self, task: TaskId) -> Vec<ExpectedReport> {
        let Some(duty) = self.duties.tasks.get(&task) else {
            return Vec::new();
        };
        let owed = self
            .windows
            .iter()
            .filter(|window| was_underway_in(&duty.course, window.period));
        owed.flat_map(|window| {
            let parts = duty.parts.at_end_of(window.period).iter();
            parts.map(|&department| ExpectedReport {
                department,
                period: window.period,
                due_on: window.due_on,
                is_reported: self.reported.contains(&ReportKey {
                    task,
                    department,
                    period: window.period,
                }),
            })
        })
        .collect()
    }

    fn to_mend(&self, task: TaskId) -> Vec<ReturnedReport> {
        let returned = self.returned.get(&task).into_iter().flatten();
        let to_mend = |one: &ProgressReport| {
            let remark = one.remark.as_ref()?;
            Some(ReturnedReport {
                report: one.id,
                returned_at: remark.at,
                mend_by: remark.mend_by,
            })
        };
        returned.filter_map(to_mend).collect()
    }

    fn report(&self, task: &Watched, id: ReportId) -> Option<&ProgressReport> {
        let returned = self.returned.get(&task.task)?;
        returned.iter().find(|one| one.id == id)
    }

    /// Who mends a report: those of its authors who still report for the department, else whoever
    /// does.
    fn authors(&self, task: &Watched, report: &ProgressReport) -> Vec<AccountId> {
        let all = self.directory.reporters(report.key.department);
        let wrote = report.authors.iter();
        let mut wrote: Vec<AccountId> = wrote
            .flat_map(|one| [Some(one.account), one.acting_for])
            .flatten()
            .filter(|one| all.contains(one))
            .collect();
        if wrote.is_empty() {
            wrote = self.directory.reporters_on(task, report.key.department);
        }
        wrote
    }

    fn notice(&self, task: &Watched, id: NoticeId) -> Option<&SupervisionNotice> {
        let waiting = self.notices.get(&task.task)?;
        waiting.iter().find(|one| one.id == id)
    }

    /// Who is reminded: who acts for the lead, else its liaisons; of a report those who write it;
    /// of a notice those it is addressed to, and past its date whoever issued it too, for the next
    /// rung is theirs to press.
    fn people(&self, task: &Watched, reminder: &Reminder) -> Vec<AccountId> {
        let liaisons = || task.lead.map(|lead| self.directory.liaisons(lead));
        if let Subject::Notice(id) = reminder.subject {
            let Some(notice) = self.notice(task, id) else {
                return Vec::new();
            };
            let waiting: Vec<DepartmentId> = notice.outstanding().collect();
            let mut people: Vec<AccountId> = notice
                .recipients
                .iter()
                .filter(|one| waiting.contains(&one.department))
                .map(|one| one.account)
                .collect();
            if reminder.phase == Phase::After {
                people.push(notice.issued_by.account);
            }
            return people;
        }
        if let Subject::Report(department, _) = reminder.subject {
            return self.directory.reporters_on(task, department);
        }
        if let Subject::Returned(id, _) = reminder.subject {
            let report = self.report(task, id);
            return report.map_or_else(Vec::new, |one| self.authors(task, one));
        }
        match reminder.kind {
            ReminderKind::SignFor => liaisons().unwrap_or_default(),
            _ => owners(task).or_else(liaisons).unwrap_or_default(),
        }
    }

    fn reporter(&self, department: DepartmentId) -> Option<Reporter> {
        let code = self.codes.get(&department).cloned();
        code.map(|code| Reporter { department, code })
    }

    fn news(&self, task: &Watched, reminder: &Reminder) -> News {
        let (mut notice, mut number, mut subject, mut reporter) = (None, None, None, None);
        match reminder.subject {
            Subject::Task => {}
            Subject::Report(department, period) => {
                subject = Some(period.to_string());
                reporter = self.reporter(department);
            }
            Subject::Returned(id, _) => {
                let report = self.report(task, id);
                subject = report.map(|one| one.key.period.to_string());
                reporter = report.and_then(|one| self.reporter(one.key.department));
            }
            Subject::Milestone(id) => {
                let steps = self.milestones.get(&task.task).into_iter().flatten();
                let step = steps.into_iter().find(|(one, ..)| *one == id);
                subject = step.map(|(_, title, _)| title.clone());
            }
            Subject::Notice(id) => {
                notice = Some(id);
                number = self.notice(task, id).map(|one| one.number.to_string());
            }
        }
        News {
            kind: reminder.kind.into(),
            phase: Some(reminder.phase),
            natural_key: reminder.natural_key(),
            task: Some(task.task),
            notice,
            due_on: Some(reminder.due_on),
            figures: NotificationFigures {
                task: task.code.clone(),
                title: task.title.clone(),
                number,
                subject,
                reporter,
                ..NotificationFigures::default()
            },
        }
    }
}
