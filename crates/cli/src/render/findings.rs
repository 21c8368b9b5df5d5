//! Findings of the plan check, for people and for programs.

use std::fmt::Write;

use duban_domain::plan::{
    check::{Finding, FindingCode, Severity},
    draft::{PlanDraft, Span},
};
use duban_gateway::{http::client::Language, wording::sentence};
use serde_json::{Map, Value, json};

use super::{LineIndex, one_line};
use crate::language::words;

/// Characters of a sentence that are shown.
const SENTENCE_LENGTH: usize = 60;

/// What was checked and what was found.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The document.
    pub draft: &'a PlanDraft,
    /// Its source text.
    pub text: &'a str,
    /// The codes of its tasks.
    pub codes: &'a [Vec<String>],
    /// What was found.
    pub findings: &'a [Finding],
}

impl Report<'_> {
    /// The sentence that a finding is about; where no sentence is known, the words of its range.
    fn clause(&self, finding: &Finding) -> String {
        let clauses = &self.draft.clauses;
        let known = finding.clause.and_then(|index| clauses.get(index));
        known.map_or_else(|| self.words(finding.span), |clause| clause.text.clone())
    }

    fn words(&self, span: Span) -> String {
        let length = span.end.saturating_sub(span.start);
        self.text.chars().skip(span.start).take(length).collect()
    }

    fn of(&self, code: FindingCode) -> Vec<&Finding> {
        let all = self.findings.iter();
        all.filter(|one| one.code == code).collect()
    }
}

/// The report as JSON: counts by code, then each finding with its task, place and sentence.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the head becomes part of what is returned"
)]
pub fn json(report: Report<'_>, source: Value, language: Language) -> Value {
    let lines = LineIndex::of(report.text);
    let mut counts = Map::new();
    for code in FindingCode::ALL {
        counts.insert(code.name().to_owned(), report.of(*code).len().into());
    }
    let findings: Vec<Value> = report
        .findings
        .iter()
        .map(|one| {
            let figures: Map<String, Value> = one
                .figures
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone().into()))
                .collect();
            json!({
                "code": one.code.name(),
                "severity": one.code.severity().name(),
                "message": sentence(language, one.code.name(), &one.figures),
                "figures": figures,
                "task": task(report, one),
                "span": one.span,
                "line": lines.line(one.span.start),
                "clause": report.clause(one),
            })
        })
        .collect();
    json!({
        "format": "duban-check/1",
        "source": source,
        "title": report.draft.document.title,
        "counts": counts,
        "findings": findings,
    })
}

fn task(report: Report<'_>, finding: &Finding) -> Value {
    let Some(place) = finding.task else {
        return Value::Null;
    };
    let part = report.draft.plans.get(place.plan);
    let task = part.and_then(|part| part.tasks.get(place.task));
    let code = report.codes.get(place.plan);
    json!({
        "code": code.and_then(|codes| codes.get(place.task)),
        "plan": place.plan,
        "number": task.map(|task| task.number),
        "title": task.map(|task| &task.title),
    })
}

/// The report for people, by kind, what matters most first.
pub fn text(report: Report<'_>, language: Language) -> String {
    let lines = LineIndex::of(report.text);
    let mut out = String::new();
    let title = report.draft.document.title.clone().unwrap_or_default();
    let _ = writeln!(out, "{}", one_line(&title));
    for code in FindingCode::ALL {
        let found = report.of(*code);
        if found.is_empty() {
            continue;
        }
        let (severity, heading) = (
            severity(code.severity(), language),
            heading(*code, language),
        );
        let count = found.len();
        let head = words!(
            language,
            "[{severity}] {heading}：{count} 条（{code}）",
            "[{severity}] {heading}: {count} ({code})",
        );
        let _ = writeln!(out, "\n{head}");
        for one in found {
            let line = lines.line(one.span.start);
            let message = one_line(&sentence(language, code.name(), &one.figures));
            let clause = shortened(&report.clause(one));
            let line = words!(language, "第 {line} 行", "line {line}");
            let _ = writeln!(out, "  {message}\n      {line}「{clause}」");
        }
    }
    let of = |severity| {
        let all = report.findings.iter();
        all.filter(|one| one.code.severity() == severity).count()
    };
    let (errors, warnings, notes) = (
        of(Severity::Error),
        of(Severity::Warning),
        of(Severity::Note),
    );
    let sum = words!(
        language,
        "合计：错误 {errors} 条，提醒 {warnings} 条，说明 {notes} 条",
        "In all: {errors} errors, {warnings} warnings, {notes} notes",
    );
    let _ = writeln!(out, "\n{sum}");
    out
}

fn shortened(clause: &str) -> String {
    let clause = one_line(clause);
    if clause.chars().count() <= SENTENCE_LENGTH {
        return clause;
    }
    let mut short: String = clause.chars().take(SENTENCE_LENGTH).collect();
    short.push('…');
    short
}

fn severity(severity: Severity, language: Language) -> String {
    match severity {
        Severity::Error => words!(language, "错误", "error"),
        Severity::Warning => words!(language, "提醒", "warning"),
        Severity::Note => words!(language, "说明", "note"),
    }
}

fn heading(code: FindingCode, language: Language) -> String {
    match code {
        FindingCode::PointWithoutDepartment => {
            words!(language, "没有责任部门", "no department")
        }
        FindingCode::PointWithoutLead => words!(language, "没有牵头单位", "no lead"),
        FindingCode::TwoLeads => words!(language, "两个牵头单位", "two leads"),
        FindingCode::DepartmentsDisagree => words!(
            language,
            "重点工作与要点的责任部门不一致",
            "key task and work points name other departments",
        ),
        FindingCode::TargetsDisagree => words!(
            language,
            "重点工作与要点的目标不一致",
            "key task and work point state other targets",
        ),
        FindingCode::NumberNotTaken => {
            words!(language, "未列为指标的数字", "numbers that are no metric",)
        }
        FindingCode::PointWithoutDeliverable => {
            words!(language, "没有可交付的成果", "no deliverable")
        }
        FindingCode::PointWithoutDate => words!(language, "没有完成时限", "no date"),
        FindingCode::PointWithoutNumber => words!(language, "没有数字目标", "no number"),
    }
}
