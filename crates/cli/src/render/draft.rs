//! A plan as read from a file, for people.

use std::{collections::BTreeMap, fmt::Write};

use duban_domain::{
    plan::draft::{
        AssignmentRole, DraftDocument, DraftMetric, DraftPlan, DraftPlanKind, DraftSection,
        DraftSource, DraftTask, DraftWarning, PlanDraft,
    },
    quantity::Comparator,
};
use duban_gateway::http::client::Language;

use super::{LineIndex, Table, one_line};
use crate::language::words;

/// How much stands in a draft.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Chapters.
    pub sections: usize,
    /// Numbered points.
    pub tasks: usize,
    /// Departments named on points.
    pub assignments: usize,
    /// Targets, those outside any point included.
    pub metrics: usize,
}

impl Counts {
    /// Counts what stands in a draft.
    pub fn of(draft: &PlanDraft) -> Self {
        draft.plans.iter().fold(Self::default(), |sum, plan| Self {
            sections: sum.sections + plan.sections.len(),
            tasks: sum.tasks + plan.tasks.len(),
            assignments: sum.assignments
                + plan
                    .tasks
                    .iter()
                    .map(|task| task.departments.len())
                    .sum::<usize>(),
            metrics: sum.metrics
                + plan.metrics.len()
                + plan
                    .tasks
                    .iter()
                    .map(|task| task.metrics.len())
                    .sum::<usize>(),
        })
    }

    /// The counts as a sentence.
    pub fn sentence(self, language: Language) -> String {
        let Self {
            sections,
            tasks,
            assignments,
            metrics,
        } = self;
        words!(
            language,
            "章节 {sections} 个，任务 {tasks} 项，责任分工 {assignments} 条，指标 {metrics} 个",
            "{sections} sections, {tasks} tasks, {assignments} assignments, {metrics} metrics",
        )
    }
}

/// The whole draft: head, plans with sections and tasks, warnings.
pub fn text(draft: &PlanDraft, source: &str, language: Language) -> String {
    let mut out = head(draft, language);
    for plan in &draft.plans {
        out.push('\n');
        out.push_str(&plan_text(plan, language));
    }
    out.push('\n');
    out.push_str(&departments(draft, language));
    out.push_str(&warnings(&draft.warnings, source, language));
    let counts = Counts::of(draft).sentence(language);
    let plans = draft.plans.len();
    let warnings = draft.warnings.len();
    out.push_str(&words!(
        language,
        "合计：计划 {plans} 个，{counts}，提醒 {warnings} 条\n",
        "In all: {plans} plans, {counts}, {warnings} warnings\n",
    ));
    out
}

fn head(draft: &PlanDraft, language: Language) -> String {
    let DraftDocument {
        title,
        issuing_body,
        document_number,
        year,
        issued_on,
        recipients,
    } = &draft.document;
    let mut out = String::new();
    let none = || words!(language, "（未识别标题）", "(no title found)");
    let _ = writeln!(out, "{}", one_line(&title.clone().unwrap_or_else(none)));
    let mut row = |chinese: &str, english: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let name = match language {
                Language::Chinese => format!("{chinese}："),
                Language::English => format!("{english}: "),
            };
            let _ = writeln!(out, "  {name}{}", one_line(&value));
        }
    };
    row("发文单位", "issued by", issuing_body.clone());
    row("发文字号", "document number", document_number.clone());
    row("年度", "year", year.map(|year| year.to_string()));
    row(
        "印发日期",
        "issued on",
        issued_on.map(|day| day.to_string()),
    );
    row("主送", "to", Some(recipients.join("、")));
    let DraftSource {
        file,
        sha256,
        characters,
    } = &draft.source;
    let size = words!(
        language,
        "{file}，{characters} 个字符，SHA-256 {sha256}",
        "{file}, {characters} characters, SHA-256 {sha256}",
    );
    row("文件", "file", Some(size));
    out
}

fn plan_text(plan: &DraftPlan, language: Language) -> String {
    let kind = kind(plan.kind, language);
    let mut out = String::new();
    let _ = writeln!(out, "{} [{kind}]", one_line(&plan.title));
    let mut open: Option<&DraftSection> = None;
    for task in &plan.tasks {
        let section = task
            .section
            .as_ref()
            .and_then(|key| plan.sections.iter().find(|one| one.key == *key));
        if section.map(|one| &one.key) != open.map(|one| &one.key) {
            for one in unseen(plan, open, section) {
                let room = "  ".repeat(usize::from(one.level));
                let _ = writeln!(out, "{room}{} {}", one.ordinal, one_line(&one.title));
            }
            open = section;
        }
        out.push_str(&task_text(task, language));
    }
    if !plan.metrics.is_empty() {
        let _ = writeln!(
            out,
            "  {}",
            words!(
                language,
                "不属于任何条目的指标：",
                "Metrics outside any point:"
            )
        );
        for metric in &plan.metrics {
            let _ = writeln!(out, "      {}", metric_text(metric, language));
        }
    }
    out
}

/// The headings that lead to a section and were not printed for the one before.
fn unseen<'a>(
    plan: &'a DraftPlan,
    before: Option<&DraftSection>,
    section: Option<&'a DraftSection>,
) -> Vec<&'a DraftSection> {
    let find = |key: &Option<String>| {
        key.as_ref()
            .and_then(|key| plan.sections.iter().find(|one| one.key == *key))
    };
    let mut path = Vec::new();
    let mut at = section;
    while let Some(one) = at.filter(|_| path.len() < plan.sections.len()) {
        let is_seen = before
            .is_some_and(|seen| seen.key == one.key || seen.parent.as_ref() == Some(&one.key));
        if is_seen {
            break;
        }
        path.push(one);
        at = find(&one.parent);
    }
    path.reverse();
    path
}

fn task_text(task: &DraftTask, language: Language) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "    {} {}", task.ordinal, one_line(&task.title));
    let names = |role: AssignmentRole| {
        let named = task.departments.iter().filter(|one| one.role == role);
        named
            .map(|one| one_line(&one.name))
            .collect::<Vec<_>>()
            .join("、")
    };
    let (lead, support) = (names(AssignmentRole::Lead), names(AssignmentRole::Support));
    let mut who = Vec::new();
    if !lead.is_empty() {
        who.push(words!(language, "牵头 {lead}", "lead {lead}"));
    }
    if !support.is_empty() {
        who.push(words!(language, "配合 {support}", "support {support}"));
    }
    if task.others_unnamed {
        who.push(words!(language, "另有未列名单位", "others unnamed"));
    }
    if !who.is_empty() {
        let _ = writeln!(
            out,
            "        {}",
            who.join(words!(language, "；", "; ").as_str())
        );
    }
    if let Some(deadline) = &task.deadline {
        let (date, words) = (deadline.date, one_line(&deadline.text));
        let line = words!(language, "期限 {date}（{words}）", "due {date} ({words})");
        let _ = writeln!(out, "        {line}");
    }
    for metric in &task.metrics {
        let _ = writeln!(out, "        {}", metric_text(metric, language));
    }
    out
}

fn metric_text(metric: &DraftMetric, language: Language) -> String {
    let DraftMetric { value, unit, .. } = metric;
    let unit = one_line(unit);
    let sign = comparator(metric.comparator, language);
    let mut text = words!(
        language,
        "指标 {sign} {value} {unit}",
        "metric {sign} {value} {unit}"
    );
    if let Some(by) = metric.by {
        text.push_str(&words!(language, "，{by} 前", ", by {by}"));
    }
    if metric.per_year {
        text.push_str(&words!(language, "，每年", ", each year"));
    }
    if metric.tentative {
        text.push_str(&words!(language, "，力争", ", tentative"));
    }
    let phrase = one_line(&metric.phrase);
    let _ = write!(text, "  「{phrase}」");
    text
}

/// Who has how much to do.
fn departments(draft: &PlanDraft, language: Language) -> String {
    let mut loads: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let tasks = draft.plans.iter().flat_map(|plan| &plan.tasks);
    for one in tasks.flat_map(|task| &task.departments) {
        let load = loads.entry(one.name.as_str()).or_default();
        match one.role {
            AssignmentRole::Lead => load.0 += 1,
            AssignmentRole::Support => load.1 += 1,
        }
    }
    if loads.is_empty() {
        return String::new();
    }
    let mut table = Table::with_header([
        words!(language, "单位", "department"),
        words!(language, "牵头", "leads"),
        words!(language, "配合", "supports"),
    ]);
    let mut rows: Vec<_> = loads.into_iter().collect();
    rows.sort_by(|(_, one), (_, other)| other.cmp(one));
    for (name, (lead, support)) in rows {
        table.add([name.to_owned(), lead.to_string(), support.to_string()]);
    }
    format!("{}\n", table.lines(0))
}

fn warnings(warnings: &[DraftWarning], source: &str, language: Language) -> String {
    if warnings.is_empty() {
        return String::new();
    }
    let lines = LineIndex::of(source);
    let mut table = Table::with_header([
        words!(language, "提醒", "warning"),
        words!(language, "行", "line"),
        words!(language, "说明", "about"),
    ]);
    for warning in warnings {
        let code = serde_json::to_value(warning.code).ok();
        let code = code
            .as_ref()
            .and_then(serde_json::Value::as_str)
            .unwrap_or_default();
        let line = lines.line(warning.span.start).to_string();
        table.add([code.to_owned(), line, warning.message.clone()]);
    }
    format!("{}\n", table.lines(0))
}

/// The kind of a plan in words.
pub fn kind(kind: DraftPlanKind, language: Language) -> String {
    match kind {
        DraftPlanKind::WorkPoints => words!(language, "工作要点", "work points"),
        DraftPlanKind::KeyTasks => words!(language, "重点工作", "key tasks"),
        DraftPlanKind::Measures => words!(language, "措施", "measures"),
        DraftPlanKind::Table => words!(language, "任务表", "table"),
        DraftPlanKind::Other => words!(language, "其他", "other"),
    }
}

/// How a result compares with its target, as a sign or word.
pub fn comparator(comparator: Comparator, language: Language) -> String {
    match comparator {
        Comparator::AtLeast => "≥".to_owned(),
        Comparator::MoreThan => ">".to_owned(),
        Comparator::AtMost => "≤".to_owned(),
        Comparator::Equal => "=".to_owned(),
        Comparator::Reach => words!(language, "达到", "reach"),
        Comparator::About => words!(language, "约", "about"),
        Comparator::Done => words!(language, "完成", "done"),
    }
}
