//! Drafts in few words, for tests.

use time::Date;

use super::draft::{
    AssignmentRole, ClauseKind, DRAFT_FORMAT, DraftClause, DraftDepartment, DraftDocument,
    DraftMetric, DraftPlan, DraftPlanKind, DraftSource, DraftTask, PlanDraft, Span,
};
use crate::quantity::{Comparator, Figure};

/// A document of the year 2025 with these lists of points; the second begins at character 10,000.
pub fn document(mut plans: Vec<DraftPlan>) -> PlanDraft {
    let mut clauses = Vec::new();
    for (plan, part) in plans.iter_mut().enumerate() {
        for (task, point) in part.tasks.iter_mut().enumerate() {
            point.span.start += 10_000 * plan;
            point.span.end += 10_000 * plan;
            clauses.push(DraftClause {
                kind: ClauseKind::Sentence,
                block: 0,
                text: point.text.clone(),
                span: point.span,
                plan: Some(plan),
                section: None,
                task: Some(task),
            });
        }
    }
    PlanDraft {
        format: DRAFT_FORMAT.to_owned(),
        source: DraftSource {
            file: "sample.md".to_owned(),
            sha256: String::new(),
            characters: 0,
        },
        document: DraftDocument {
            year: Some(2025),
            ..DraftDocument::default()
        },
        plans,
        clauses,
        warnings: Vec::new(),
    }
}

/// A list of points, numbered from 1; the lead sentence of each ends at the first mark.
pub fn list(kind: DraftPlanKind, texts: &[&str]) -> DraftPlan {
    DraftPlan {
        title: "示例".to_owned(),
        kind,
        sections: Vec::new(),
        tasks: texts
            .iter()
            .zip(1..)
            .map(|(text, number)| point(number, text))
            .collect(),
        metrics: Vec::new(),
    }
}

/// A point; its span is 100 characters long and begins at 100 times its number.
pub fn point(number: u32, text: &str) -> DraftTask {
    let title = text.split(['。', '，']).next().unwrap_or(text).to_owned();
    let start = usize::try_from(number).unwrap_or_default() * 100;
    DraftTask {
        number,
        ordinal: number.to_string(),
        title,
        section: None,
        text: text.to_owned(),
        departments: Vec::new(),
        role_stated: false,
        others_unnamed: false,
        deadline: None,
        metrics: Vec::new(),
        span: Span {
            start,
            end: start + 100,
        },
    }
}

/// Departments by name, the first leading.
pub fn departments(names: &[&str]) -> Vec<DraftDepartment> {
    names
        .iter()
        .enumerate()
        .map(|(index, name)| DraftDepartment {
            name: (*name).to_owned(),
            name_in_text: (*name).to_owned(),
            role: match index {
                0 => AssignmentRole::Lead,
                _ => AssignmentRole::Support,
            },
        })
        .collect()
}

/// A target: at least `value` of `subject`.
pub fn target(value: &str, unit: &str, subject: &str, by: Option<Date>) -> DraftMetric {
    DraftMetric {
        phrase: format!("{value}{unit}以上{subject}"),
        value: value.parse().unwrap_or(Figure::ZERO),
        unit: unit.to_owned(),
        comparator: Comparator::AtLeast,
        subject: subject.to_owned(),
        by,
        per_year: false,
        tentative: false,
        span: Span { start: 0, end: 0 },
    }
}
