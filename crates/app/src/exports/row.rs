//! One row of the ledger, from what is known of its task.

use duban_documents::write::{LedgerRow, Span};
use duban_domain::{
    clock::official_day,
    ids::AccountId,
    light::Cause,
    metric::Metric,
    notice::NoticeLevel,
    plan::draft::AssignmentRole,
    quantity::{Comparator, Figure},
    report::{ProgressReport, ReportCell},
    task::{
        ExceptionState, MilestoneAct, MilestoneState, Task, TaskKind, TaskLife, TaskState,
        Transition,
    },
    text::Reason,
};
use duban_persistence::lives::{StoredStep, unborn};
use time::Date;

use super::{Words, loading::Loaded, words};
use crate::sheets::{words_of, words_of_target};

/// Between the entries of one cell.
const BETWEEN: &str = "；\n";

/// The row of a task.
pub(super) fn row_of(task: &Task, known: &Loaded, say: Words<'_>) -> LedgerRow {
    let of = Of { task, known };
    let life = of.life();
    let report = of.report();
    let cell = |cell| report.map_or("", |one| one.text.cell(cell)).to_owned();
    let standing = of.standing_metric();
    let light = known.lights.get(&task.id);
    LedgerRow {
        code: task.code.clone(),
        source: of.source(),
        clause: of.clause(),
        category: words::kind(task.kind).to_owned(),
        is_key: task.kind == TaskKind::KeyTask,
        content: if task.text.is_empty() {
            task.title.clone()
        } else {
            task.text.clone()
        },
        deliverable: of.deliverable(),
        target: of.targets(),
        leader: of.leader(),
        lead: of.units(AssignmentRole::Lead),
        support: of.units(AssignmentRole::Support),
        accountable: life
            .owners
            .map_or("", |one| known.person(one.accountable()))
            .to_owned(),
        liaison: of.liaison(),
        urgency: of.urgency().to_owned(),
        dates: of.dates(&life),
        milestones: of.milestones(),
        cadence: of.cadence(&life),
        progress: report.map_or_else(String::new, |one| {
            let words = one.text.cell(ReportCell::Progress);
            format!("{}：{words}", words_of(one.key.period))
        }),
        cumulative: standing.and_then(|one| known.verified.get(&one.id).copied()),
        attainment: standing.and_then(|one| of.attainment(one)),
        problems: cell(ReportCell::Problems),
        next_steps: cell(ReportCell::NextSteps),
        support_needed: cell(ReportCell::SupportNeeded),
        evidence: of.evidence(),
        state: words::state(life.state).to_owned(),
        light: light.map(|one| one.shown),
        light_reasons: of.light_reasons(say),
        notices: of.notices(),
        extensions: of.extensions(),
        review: of.review(),
        grade: life.grade.map_or("", words::grade).to_owned(),
        archive_number: of.said(Transition::Archive),
        remarks: of.remarks(&life, standing),
    }
}

/// A task among what is known.
struct Of<'a> {
    task: &'a Task,
    known: &'a Loaded,
}

impl<'a> Of<'a> {
    fn life(&self) -> TaskLife {
        let known = self.known.lives.get(&self.task.id).cloned();
        known.unwrap_or_else(|| unborn(self.task))
    }

    /// The paper with its chapter, who said it, or the task that it is part of.
    fn source(&self) -> String {
        let (task, known) = (self.task, self.known);
        if let Some(plan) = task.plan.and_then(|id| known.plans.get(&id)) {
            let section = task.section.and_then(|id| known.sections.get(&id));
            let section = section.map(|one| format!(" {}{}", one.ordinal, one.title));
            return format!("《{}》{}", plan.title, section.unwrap_or_default());
        }
        if let Some(parent) = task.parent.and_then(|id| known.parents.get(&id)) {
            return format!("{} {}", parent.code, parent.title);
        }
        let origin = known.origins.get(&task.id);
        let parts = origin.map(|one| {
            let day = one.on.map(|day| day.to_string());
            let parts = [one.source.clone(), one.document_number.clone(), day];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        });
        parts.unwrap_or_default()
    }

    fn clause(&self) -> String {
        let clauses = self.known.clauses.get(&self.task.id).into_iter().flatten();
        let texts: Vec<&str> = clauses.map(|one| one.text.as_str()).collect();
        texts.concat()
    }

    fn metrics(&self) -> &'a [Metric] {
        let found = self.known.metrics.get(&self.task.id);
        found.map_or(&[], Vec::as_slice)
    }

    /// What is to be there: steps without a day, and yes/no results.
    fn deliverable(&self) -> String {
        let steps = self
            .known
            .milestones
            .get(&self.task.id)
            .into_iter()
            .flatten();
        let undated = steps
            .filter(|one| one.due_on.is_none())
            .map(|one| one.title.clone());
        let results = self.metrics().iter();
        let results = results
            .filter(|one| one.target.comparator == Comparator::Done)
            .map(|one| one.name.clone());
        undated.chain(results).collect::<Vec<_>>().join(BETWEEN)
    }

    fn targets(&self) -> String {
        let words = self.metrics().iter().map(|one| {
            let striven = if one.target.is_tentative {
                "力争"
            } else {
                ""
            };
            format!("{} {striven}{}", one.name, words_of_target(&one.target))
        });
        words.collect::<Vec<_>>().join(BETWEEN)
    }

    fn attainment(&self, metric: &Metric) -> Option<Figure> {
        let verified = self.known.verified.get(&metric.id)?;
        metric.target.attainment(*verified)
    }

    /// The metric that stands for the task: the measured one that is furthest behind, as for its light.
    fn standing_metric(&self) -> Option<&'a Metric> {
        let measured = self.metrics().iter();
        let measured = measured.filter(|one| self.known.verified.contains_key(&one.id));
        measured.min_by_key(|one| {
            self.attainment(one)
                .map_or((true, Figure::ZERO), |share| (false, share))
        })
    }

    fn units(&self, role: AssignmentRole) -> String {
        let assigned = self.known.assigned.get(&self.task.id).into_iter().flatten();
        let names = assigned
            .filter(|one| one.role == role)
            .map(|one| self.known.unit(one.department));
        names.collect::<Vec<_>>().join("、")
    }

    /// The people of the lead department on a rung of the ladder.
    fn on_rung(&self, levels: &[NoticeLevel]) -> String {
        let assigned = self.known.assigned.get(&self.task.id).into_iter().flatten();
        let leads = assigned.filter(|one| one.role == AssignmentRole::Lead);
        let people = leads.flat_map(|one| self.known.directory.ladder(one.department));
        let ids: Vec<AccountId> = people
            .filter(|one| levels.contains(&one.level))
            .map(|one| one.account)
            .collect();
        let names = ids.iter().map(|one| self.known.person(*one));
        names.collect::<Vec<_>>().join("、")
    }

    fn leader(&self) -> String {
        self.on_rung(&[NoticeLevel::Leader])
    }

    fn liaison(&self) -> String {
        self.on_rung(&[NoticeLevel::Liaison])
    }

    /// How pressing it is, told from its light: nobody types it in.
    fn urgency(&self) -> &'static str {
        let light = self.known.lights.get(&self.task.id);
        let reasons = light.map_or(&[][..], |one| &one.light.reasons);
        let is = |wanted: fn(&Cause) -> bool| reasons.iter().any(|one| wanted(&one.cause));
        if is(|cause| matches!(cause, Cause::Overdue { .. } | Cause::MendingOverdue { .. })) {
            "逾期"
        } else if is(|cause| matches!(cause, Cause::DeadlineNear { .. })) {
            "临期"
        } else if self.task.state.is_open() && self.task.state != TaskState::Draft {
            "一般"
        } else {
            ""
        }
    }

    fn steps(&self) -> &'a [StoredStep] {
        let found = self.known.steps.get(&self.task.id);
        found.map_or(&[], Vec::as_slice)
    }

    fn last(&self, acts: &[Transition]) -> Option<&'a StoredStep> {
        let mut steps = self.steps().iter().rev();
        steps.find(|one| acts.contains(&one.step.transition))
    }

    fn day_of(&self, acts: &[Transition]) -> Option<Date> {
        self.last(acts).map(|one| official_day(one.at))
    }

    /// The words given with the last act of a kind.
    fn said(&self, act: Transition) -> String {
        let step = self.last(&[act]);
        let words = step.and_then(|one| one.step.reason.as_ref());
        words.map_or("", Reason::as_str).to_owned()
    }

    fn dates(&self, life: &TaskLife) -> Span {
        let is_done = matches!(life.state, TaskState::Completed | TaskState::Archived);
        let is_staged = life.state == TaskState::StageCompleted;
        let done: &[Transition] = match (is_done, is_staged) {
            (true, _) => &[Transition::Complete],
            (_, true) => &[Transition::CompleteStage],
            _ => &[],
        };
        Span {
            assigned_on: self.day_of(&[Transition::HandOut, Transition::Reassign]),
            accepted_on: self
                .day_of(&[Transition::Accept])
                .filter(|_| life.owners.is_some()),
            due_on: life.deadline.or(self.task.deadline),
            originally_due_on: life.original_deadline,
            completed_on: self.day_of(done),
            cleared_on: self.day_of(done).filter(|_| is_done),
        }
    }

    fn milestones(&self) -> String {
        let steps = self
            .known
            .milestones
            .get(&self.task.id)
            .into_iter()
            .flatten();
        let words = steps.map(|one| {
            let done = self
                .known
                .milestone_steps
                .get(&one.id)
                .into_iter()
                .flatten();
            let mut done = done
                .filter(|step| step.act == MilestoneAct::Complete)
                .filter_map(|step| step.done_on);
            words::milestone(one, done.next_back())
        });
        words.collect::<Vec<_>>().join(BETWEEN)
    }

    /// Reports are monthly once a task is handed out.
    fn cadence(&self, life: &TaskLife) -> String {
        let is_reported = life.original_deadline.is_some() || !self.steps().is_empty();
        let words = match (is_reported, life.is_standing) {
            (false, _) => "",
            (true, true) => "每月（常态化）",
            (true, false) => "每月",
        };
        words.to_owned()
    }

    /// The newest report that was handed in: the lead's, or where it handed in none anybody's.
    fn report(&self) -> Option<&'a ProgressReport> {
        let known = self.known;
        let assigned = known.assigned.get(&self.task.id).into_iter().flatten();
        let lead = assigned
            .filter(|one| one.role == AssignmentRole::Lead)
            .map(|one| one.department)
            .next();
        let handed_in = || {
            let reports = known.reports.get(&self.task.id).into_iter().flatten();
            reports.filter(|one| one.is_in())
        };
        let of_lead = handed_in().find(|one| Some(one.key.department) == lead);
        of_lead.or_else(|| handed_in().next())
    }

    /// What shows that steps were taken, and that the whole is done.
    fn evidence(&self) -> String {
        let steps = self
            .known
            .milestones
            .get(&self.task.id)
            .into_iter()
            .flatten();
        let done = steps.filter(|one| one.state == MilestoneState::Done);
        let shown = done.filter_map(|one| {
            let steps = self.known.milestone_steps.get(&one.id)?;
            let mut steps = steps.iter().rev();
            let step = steps.find(|step| step.act == MilestoneAct::Complete)?;
            let words = step.words.as_ref()?;
            Some(format!("{}：{}", one.title, words.as_str()))
        });
        let whole = self.said(Transition::SubmitCompletion);
        let whole = (!whole.is_empty()).then(|| format!("申请办结：{whole}"));
        shown.chain(whole).collect::<Vec<_>>().join(BETWEEN)
    }

    fn light_reasons(&self, say: Words<'_>) -> String {
        let Some(light) = self.known.lights.get(&self.task.id) else {
            return String::new();
        };
        let overriding = light.overriding.as_ref();
        let overriding = overriding.map(|one| format!("人工调整：{}", one.reason.as_str()));
        let reasons = light.light.reasons.iter();
        let reasons = reasons.map(|one| say(one.cause.code(), &one.cause.figures()));
        overriding
            .into_iter()
            .chain(reasons)
            .collect::<Vec<_>>()
            .join("\n")
    }

    fn notices(&self) -> String {
        let notices = self.known.notices.get(&self.task.id).into_iter().flatten();
        let words = notices.map(|one| words::notice(one, self.known.today));
        words.collect::<Vec<_>>().join(BETWEEN)
    }

    fn extensions(&self) -> String {
        let asked = self
            .known
            .extensions
            .get(&self.task.id)
            .into_iter()
            .flatten();
        let words = asked.map(|one| {
            let state = words::extension(one.state);
            format!("{}→{}（{state}）", one.from, one.to)
        });
        words.collect::<Vec<_>>().join(BETWEEN)
    }

    /// What reviewers said: of the newest report, and of the completion.
    fn review(&self) -> String {
        let report = self.report().map(|one| {
            let state = words::report(one.state);
            format!("{}报告：{state}", words_of(one.key.period))
        });
        let acts = [
            Transition::Complete,
            Transition::CompleteStage,
            Transition::Return,
        ];
        let completion = self.last(&acts).map(|one| {
            let word = match one.step.transition {
                Transition::Return => "办结退回",
                Transition::CompleteStage => "阶段性办结",
                _ => "同意办结",
            };
            let reason = one.step.reason.as_ref().map_or("", Reason::as_str);
            format!("{} {word}：{reason}", official_day(one.at))
        });
        let all = report.into_iter().chain(completion);
        all.collect::<Vec<_>>().join(BETWEEN)
    }

    fn remarks(&self, life: &TaskLife, standing: Option<&Metric>) -> String {
        let known = self.known;
        let summed = known.sums_up.get(&self.task.id).map(|all| {
            let codes: Vec<&str> = all.iter().map(|one| one.code.as_str()).collect();
            format!("汇总要点 {}", codes.join("、"))
        });
        let of_metric = standing
            .filter(|_| self.metrics().len() > 1)
            .map(|one| format!("累计完成、完成率为指标 {}", one.code));
        let excepted = known.exceptions.get(&self.task.id).into_iter().flatten();
        let excepted = excepted
            .filter(|one| one.state == ExceptionState::Approved)
            .map(|one| format!("指标例外：{}", one.reason.as_str()));
        let stopped = match life.state {
            TaskState::Suspended => Some(("中止", Transition::Suspend)),
            TaskState::Cancelled => Some(("撤销", Transition::Cancel)),
            TaskState::Reopened => Some(("回头看", Transition::Reopen)),
            TaskState::Declined => Some(("退回改派", Transition::Decline)),
            _ => None,
        };
        let stopped = stopped.map(|(word, act)| format!("{word}：{}", self.said(act)));
        let all = summed
            .into_iter()
            .chain(of_metric)
            .chain(excepted)
            .chain(stopped);
        all.collect::<Vec<_>>().join(BETWEEN)
    }
}
