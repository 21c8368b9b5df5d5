//! Reminders (提醒): which are due on a day, from facts alone (product rule 13, security design §6.5).
//!
//! A reminder is told apart by what it is about, its date and its phase. Whatever the clock does,
//! the same one is never told twice; one that was missed is told once, late.

mod quiet;
mod tokens;

use time::{Date, Duration, OffsetDateTime};

pub use quiet::{QuietHours, QuietHoursError, may_be_told};
pub use tokens::{TOKEN_ENDS_IN, TOKEN_UNUSED_FOR, TokenWarning, token_warnings};

use crate::{
    calendar::WorkingCalendar,
    ids::{DepartmentId, MilestoneId, NoticeId, ReportId, TaskId},
    named::named,
    period::Period,
    task::TaskState,
};

named! {
    /// What a reminder asks for.
    ReminderKind {
        /// 签收: accept or decline.
        SignFor = "SIGN_FOR",
        /// 月报: report on a period.
        Report = "REPORT",
        /// 办结时限: finish, or ask for more time.
        Deadline = "DEADLINE",
        /// 节点: a dated step.
        Milestone = "MILESTONE",
        /// 退回整改: mend what was returned.
        Mend = "MEND",
        /// 月报退回修改: mend a report that was returned.
        ReportMend = "REPORT_MEND",
        /// 回复督办单.
        NoticeReply = "NOTICE_REPLY",
    }
}

named! {
    /// On which side of the date.
    Phase {
        /// Some working days before.
        Before = "BEFORE",
        /// On the day, or the last working day before it.
        On = "ON",
        /// Past it.
        After = "AFTER",
    }
}

/// What is to be done by a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The task itself.
    Task,
    /// A period on which a department has to report.
    Report(DepartmentId, Period),
    /// A report that was returned, and when: returned again, it is asked for again.
    Returned(ReportId, OffsetDateTime),
    /// A milestone.
    Milestone(MilestoneId),
    /// A notice to be replied to.
    Notice(NoticeId),
}

/// A reminder that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reminder {
    /// The task.
    pub task: TaskId,
    /// What it asks for.
    pub kind: ReminderKind,
    /// About what.
    pub subject: Subject,
    /// The date.
    pub due_on: Date,
    /// On which side of it.
    pub phase: Phase,
}

impl Reminder {
    /// What tells it apart from every other: told once under this key, never again.
    #[must_use]
    pub fn natural_key(&self) -> String {
        let subject = match self.subject {
            Subject::Task => "-".to_owned(),
            Subject::Report(department, period) => format!("{period}@{}", department.0.simple()),
            Subject::Returned(id, at) => format!("{}@{}", id.0.simple(), at.unix_timestamp()),
            Subject::Milestone(id) => id.0.simple().to_string(),
            Subject::Notice(id) => id.0.simple().to_string(),
        };
        let (task, kind) = (self.task.0.simple(), self.kind);
        format!("{kind}:{task}:{subject}:{}:{}", self.due_on, self.phase)
    }
}

/// A report that is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpectedReport {
    /// The department that owes it.
    pub department: DepartmentId,
    /// The period.
    pub period: Period,
    /// Last day on which it is on time.
    pub due_on: Date,
    /// Whether it is handed in; nothing is said of it any more then.
    pub is_reported: bool,
}

/// A report that was returned and is not submitted again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReturnedReport {
    /// The report.
    pub report: ReportId,
    /// When it was returned.
    pub returned_at: OffsetDateTime,
    /// It is to be mended by then.
    pub mend_by: Date,
}

/// What is known of a task when its reminders are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The task.
    pub task: TaskId,
    /// Where it stands.
    pub state: TaskState,
    /// Last day to accept or decline.
    pub sign_by: Option<Date>,
    /// Last day.
    pub deadline: Option<Date>,
    /// What was returned is to be mended by then.
    pub mend_by: Option<Date>,
    /// Dated steps that are open.
    pub milestones: Vec<(MilestoneId, Date)>,
    /// Reports that are expected.
    pub reports: Vec<ExpectedReport>,
    /// Reports that were returned and are not submitted again.
    pub returned: Vec<ReturnedReport>,
    /// Notices that wait for a reply, each with its last day.
    pub notices: Vec<(NoticeId, Date)>,
}

/// How many working days ahead people are reminded; settings of the installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReminderRules {
    /// Before the last day to accept or decline.
    pub sign_for: u8,
    /// Before a report is due.
    pub report: u8,
    /// Before a deadline.
    pub deadline: u8,
    /// Before a milestone.
    pub milestone: u8,
    /// Before what was returned, a completion or a report, is to be mended.
    pub mend: u8,
    /// Before a reply to a notice is due.
    pub notice_reply: u8,
}

impl Default for ReminderRules {
    fn default() -> Self {
        Self {
            sign_for: 1,
            report: 2,
            deadline: 5,
            milestone: 3,
            mend: 1,
            notice_reply: 1,
        }
    }
}

impl ReminderRules {
    const fn lead(self, kind: ReminderKind) -> u8 {
        match kind {
            ReminderKind::SignFor => self.sign_for,
            ReminderKind::Report => self.report,
            ReminderKind::Deadline => self.deadline,
            ReminderKind::Milestone => self.milestone,
            ReminderKind::Mend | ReminderKind::ReportMend => self.mend,
            ReminderKind::NoticeReply => self.notice_reply,
        }
    }

    /// The longest of them: nothing later than that is looked at.
    #[must_use]
    pub fn longest(&self) -> u8 {
        let all = ReminderKind::ALL.iter().map(|kind| self.lead(*kind));
        all.max().unwrap_or_default()
    }
}

/// Longest look ahead for a working day; no holiday is as long.
const LOOK_BACK: i64 = 60;

/// The working day that is `count` before `day`; with 0 the last one up to `day`.
fn working_day_up_to(calendar: &WorkingCalendar, day: Date, count: u8) -> Date {
    let mut left = u32::from(count) + 1;
    let mut found = day;
    for back in 0..LOOK_BACK + 2 * i64::from(count) {
        let Some(one) = day.checked_sub(Duration::days(back)) else {
            break;
        };
        found = one;
        left -= u32::from(calendar.is_working_day(one));
        if left == 0 {
            break;
        }
    }
    found
}

/// On which side of a date a day lies, if near enough to be told of.
#[must_use]
pub fn phase_on(today: Date, due_on: Date, lead: u8, calendar: &WorkingCalendar) -> Option<Phase> {
    if today > due_on {
        return Some(Phase::After);
    }
    if today >= working_day_up_to(calendar, due_on, 0) {
        return Some(Phase::On);
    }
    (today >= working_day_up_to(calendar, due_on, lead)).then_some(Phase::Before)
}

/// The reminders of a task that are due on a day: none on a day off, none once it is done.
#[must_use]
pub fn due(
    facts: &Facts,
    today: Date,
    calendar: &WorkingCalendar,
    rules: &ReminderRules,
) -> Vec<Reminder> {
    if !calendar.is_working_day(today) || !facts.state.is_open() {
        return Vec::new();
    }
    let reminder = |(kind, subject, due_on): (ReminderKind, Subject, Date)| {
        let phase = phase_on(today, due_on, rules.lead(kind), calendar)?;
        Some(Reminder {
            task: facts.task,
            kind,
            subject,
            due_on,
            phase,
        })
    };
    dates(facts).into_iter().filter_map(reminder).collect()
}

/// What is still to be done by which date, given where the task stands.
fn dates(facts: &Facts) -> Vec<(ReminderKind, Subject, Date)> {
    let state = facts.state;
    let of_task = |kind, day: Option<Date>| day.map(|day| (kind, Subject::Task, day));
    let mut found = Vec::new();
    if state == TaskState::Assigned {
        found.extend(of_task(ReminderKind::SignFor, facts.sign_by));
    }
    if state == TaskState::Returned {
        found.extend(of_task(ReminderKind::Mend, facts.mend_by));
    }
    if state.is_underway() {
        found.extend(of_task(ReminderKind::Deadline, facts.deadline));
        let steps = facts.milestones.iter();
        found.extend(
            steps.map(|(id, day)| (ReminderKind::Milestone, Subject::Milestone(*id), *day)),
        );
    }
    if state.is_underway() || state == TaskState::StageCompleted {
        let open = facts.reports.iter().filter(|one| !one.is_reported);
        found.extend(open.map(|one| {
            let subject = Subject::Report(one.department, one.period);
            (ReminderKind::Report, subject, one.due_on)
        }));
    }
    found.extend(facts.returned.iter().map(|one| {
        let subject = Subject::Returned(one.report, one.returned_at);
        (ReminderKind::ReportMend, subject, one.mend_by)
    }));
    if crate::notice::may_be_pressed(state).is_ok() {
        let waiting = facts.notices.iter();
        found.extend(
            waiting.map(|(id, day)| (ReminderKind::NoticeReply, Subject::Notice(*id), *day)),
        );
    }
    found
}
