//! The plan check (文件体检): what a person should look at before a plan is handed out.

mod agreement;
mod deliverable;

use std::collections::{BTreeMap, HashMap};

use time::{Date, Month};

use super::{
    codes::series_of,
    draft::{AssignmentRole, ClauseKind, DraftTask, PlanDraft, Span, WarningCode},
    links::{Link, TaskPlace},
};
use crate::{named::named, task::TaskKind};

named! {
    /// What a finding is about; the name is the stable code of the API.
    FindingCode {
        /// Nobody is responsible.
        PointWithoutDepartment = "POINT_WITHOUT_DEPARTMENT",
        /// Departments are named, and none of them leads.
        PointWithoutLead = "POINT_WITHOUT_LEAD",
        /// Two departments are named as leads.
        TwoLeads = "TWO_LEADS",
        /// A key task names departments that the work points it sums up do not.
        DepartmentsDisagree = "DEPARTMENTS_DISAGREE",
        /// A key task and a work point that it sums up give different figures for one thing.
        TargetsDisagree = "TARGETS_DISAGREE",
        /// The reader left a number out that may be a target.
        NumberNotTaken = "NUMBER_NOT_TAKEN",
        /// Neither a number nor anything else that could be shown when it is done.
        PointWithoutDeliverable = "POINT_WITHOUT_DELIVERABLE",
        /// No date but the end of the year.
        PointWithoutDate = "POINT_WITHOUT_DATE",
        /// No numeric target.
        PointWithoutNumber = "POINT_WITHOUT_NUMBER",
    }
}

named! {
    /// How much a finding matters.
    Severity {
        /// Must be mended before issue.
        Error = "ERROR",
        /// Should be looked at.
        Warning = "WARNING",
        /// Good to know.
        Note = "NOTE",
    }
}

impl FindingCode {
    /// How much it matters.
    pub const fn severity(self) -> Severity {
        match self {
            Self::PointWithoutDepartment | Self::PointWithoutLead => Severity::Error,
            Self::TwoLeads
            | Self::DepartmentsDisagree
            | Self::TargetsDisagree
            | Self::NumberNotTaken
            | Self::PointWithoutDeliverable => Severity::Warning,
            Self::PointWithoutDate | Self::PointWithoutNumber => Severity::Note,
        }
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub code: FindingCode,
    /// The task; none for words outside any task.
    pub task: Option<TaskPlace>,
    /// Where in the source text.
    pub span: Span,
    /// Index into the draft's `clauses` of the sentence there.
    pub clause: Option<usize>,
    /// The figures of the sentence for the reader.
    pub figures: Vec<(&'static str, String)>,
}

/// What is checked.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The document.
    pub draft: &'a PlanDraft,
    /// Which work points its key tasks sum up.
    pub links: &'a [Link],
    /// The codes of its tasks, by part and place in the part.
    pub codes: &'a [Vec<String>],
    /// The words of its warnings, by where they stand.
    pub excerpts: &'a HashMap<Span, String>,
}

/// Longest excerpt of a warning, in characters.
const EXCERPT_LENGTH: usize = 40;

/// The words of the warnings of a draft, cut from its source text.
pub fn excerpts(draft: &PlanDraft, source: &str) -> HashMap<Span, String> {
    if draft.warnings.is_empty() {
        return HashMap::new();
    }
    let letters: Vec<char> = source.chars().collect();
    let cut = |span: Span| -> String {
        let end = span.end.min(span.start.saturating_add(EXCERPT_LENGTH));
        let words = letters.get(span.start..end.min(letters.len()));
        let words = words.unwrap_or_default().iter();
        words.filter(|one| !one.is_control()).collect()
    };
    draft
        .warnings
        .iter()
        .map(|one| (one.span, cut(one.span)))
        .collect()
}

/// Checks a document: its points one by one, then the texts against each other, then what the
/// reader was not sure of. Findings stand in the order of the text.
///
/// Numbers, dates and deliverables are asked of the points alone; a key task sums points up and
/// needs departments only.
#[must_use]
pub fn findings(subject: Subject<'_>) -> Vec<Finding> {
    let places = Places::of(subject);
    let mut found = Vec::new();
    for (place, kind, task) in places.tasks() {
        let codes = responsibility(task).into_iter().chain(match kind {
            TaskKind::KeyTask => Vec::new(),
            _ => content(task, subject.draft.document.year),
        });
        found.extend(codes.map(|code| places.finding(code, place, None, Vec::new())));
    }
    found.extend(agreement::findings(subject, &places));
    for one in of_warnings(subject, &places) {
        let is_known = |known: &Finding| (known.code, known.task) == (one.code, one.task);
        if one.code != FindingCode::TwoLeads || !found.iter().any(is_known) {
            found.push(one);
        }
    }
    found.sort_by_key(|one| (one.task.is_none(), one.task, one.code, one.span));
    found
}

fn responsibility(task: &DraftTask) -> Option<FindingCode> {
    let is_lead = |role| role == AssignmentRole::Lead;
    if task.departments.is_empty() {
        return Some(FindingCode::PointWithoutDepartment);
    }
    let leads = task.departments.iter().filter(|one| is_lead(one.role));
    match leads.count() {
        0 => Some(FindingCode::PointWithoutLead),
        1 => None,
        _ => Some(FindingCode::TwoLeads),
    }
}

fn content(task: &DraftTask, year: Option<i32>) -> Vec<FindingCode> {
    let mut codes = Vec::new();
    if task.metrics.is_empty() {
        codes.push(FindingCode::PointWithoutNumber);
        if !deliverable::is_stated(&task.text) {
            codes.push(FindingCode::PointWithoutDeliverable);
        }
    }
    if task.deadline.is_none() && !task.metrics.iter().any(|one| is_dated(one.by, year)) {
        codes.push(FindingCode::PointWithoutDate);
    }
    codes
}

/// The end of the plan's year is what every target has; it dates nothing.
fn is_dated(by: Option<Date>, year: Option<i32>) -> bool {
    let year_end = year.and_then(|year| Date::from_calendar_date(year, Month::December, 31).ok());
    by.is_some() && by != year_end
}

/// What the reader asks a person. Of joint leads a stored plan keeps the first, so that there only
/// the warning knows.
fn of_warnings(subject: Subject<'_>, places: &Places<'_>) -> Vec<Finding> {
    let warnings = subject.draft.warnings.iter();
    warnings
        .filter_map(|one| match one.code {
            WarningCode::NumberNotTaken => {
                let excerpt = subject.excerpts.get(&one.span).cloned();
                let figures = vec![("excerpt", excerpt.unwrap_or_default())];
                Some(places.at(FindingCode::NumberNotTaken, one.span, figures))
            }
            WarningCode::TwoLeads => Some(places.at(FindingCode::TwoLeads, one.span, Vec::new())),
            _ => None,
        })
        .collect()
}

/// Where tasks and sentences stand.
struct Places<'a> {
    subject: Subject<'a>,
    kinds: Vec<TaskKind>,
    /// Sentences of each task, in order.
    clauses: HashMap<TaskPlace, Vec<usize>>,
    /// Sentences by their first character.
    starts: BTreeMap<usize, usize>,
    /// Tasks by their first character.
    task_starts: BTreeMap<usize, TaskPlace>,
}

impl<'a> Places<'a> {
    fn of(subject: Subject<'a>) -> Self {
        let draft = subject.draft;
        let series = series_of(draft.plans.iter().map(|part| part.kind));
        let mut this = Self {
            subject,
            kinds: series.into_iter().map(|(_, kind)| kind).collect(),
            clauses: HashMap::new(),
            starts: BTreeMap::new(),
            task_starts: BTreeMap::new(),
        };
        for (index, clause) in draft.clauses.iter().enumerate() {
            if let Some((plan, task)) = clause.plan.zip(clause.task) {
                let place = TaskPlace { plan, task };
                this.clauses.entry(place).or_default().push(index);
            }
            this.starts.insert(clause.span.start, index);
        }
        let spans: Vec<(usize, TaskPlace)> = this
            .tasks()
            .filter(|(_, _, task)| task.span.end > 0)
            .map(|(place, _, task)| (task.span.start, place))
            .collect();
        this.task_starts.extend(spans);
        this
    }

    fn tasks(&self) -> impl Iterator<Item = (TaskPlace, TaskKind, &'a DraftTask)> + '_ {
        let parts = self.subject.draft.plans.iter().zip(&self.kinds).enumerate();
        parts.flat_map(|(plan, (part, kind))| {
            let tasks = part.tasks.iter().enumerate();
            tasks.map(move |(task, found)| (TaskPlace { plan, task }, *kind, found))
        })
    }

    fn task(&self, place: TaskPlace) -> Option<&'a DraftTask> {
        let part = self.subject.draft.plans.get(place.plan)?;
        part.tasks.get(place.task)
    }

    fn code(&self, place: TaskPlace) -> String {
        let codes = self.subject.codes.get(place.plan);
        let code = codes.and_then(|codes| codes.get(place.task));
        code.cloned().unwrap_or_default()
    }

    /// A finding on a task, at its sentence of that kind, else at its first one.
    fn finding(
        &self,
        code: FindingCode,
        place: TaskPlace,
        kind: Option<ClauseKind>,
        mut figures: Vec<(&'static str, String)>,
    ) -> Finding {
        figures.insert(0, ("task", self.code(place)));
        let own = self
            .clauses
            .get(&place)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let all = &self.subject.draft.clauses;
        let of_kind = |index: &&usize| all.get(**index).map(|one| one.kind) == kind;
        let clause = own.iter().find(of_kind).or_else(|| own.first()).copied();
        let span = clause.and_then(|index| all.get(index)).map(|one| one.span);
        let whole = self.task(place).map(|task| task.span);
        Finding {
            code,
            task: Some(place),
            span: span.or(whole).unwrap_or(Span { start: 0, end: 0 }),
            clause,
            figures,
        }
    }

    /// A finding on a range of the text, which may stand outside any task.
    fn at(
        &self,
        code: FindingCode,
        span: Span,
        mut figures: Vec<(&'static str, String)>,
    ) -> Finding {
        let covers = |outer: Span| outer.start <= span.start && span.start < outer.end;
        let before = self.task_starts.range(..=span.start).next_back();
        let task = before
            .map(|(_, place)| *place)
            .filter(|place| self.task(*place).is_some_and(|task| covers(task.span)));
        let clause = self.starts.range(..=span.start).next_back();
        let clause = clause.map(|(_, index)| *index).filter(|index| {
            let all = &self.subject.draft.clauses;
            all.get(*index).is_some_and(|one| covers(one.span))
        });
        let label = match task {
            Some(place) => self.code(place),
            None => self
                .subject
                .draft
                .document
                .title
                .clone()
                .unwrap_or_default(),
        };
        figures.insert(0, ("task", label));
        Finding {
            code,
            task,
            span,
            clause,
            figures,
        }
    }
}
